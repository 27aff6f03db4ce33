using System.Globalization;
using System.Text;

namespace Eigenflow.Studies;

/// <summary>Timings of runs, beside the results and never in them: <c>log/NAME.csv</c> with <c>run,method,seconds</c>, one file per process.</summary>
internal sealed class SweepLog(RunStore store, string owner)
{
    private readonly Lock gate = new();
    private bool hasHeading;

    /// <summary>Adds a run. A log that cannot be written is no reason to lose work.</summary>
    public void Add(SweepStep step)
    {
        lock (gate)
        {
            try
            {
                if (!hasHeading)
                    store.Files.CreateFolder(Path.Combine(store.Folder, "log"));
                store.Files.Append(
                    Path.Combine(store.Folder, "log", owner + ".csv"),
                    string.Create(CultureInfo.InvariantCulture, $"{(hasHeading ? "" : "run,method,seconds\n")}{step.Run.Id},{step.Run.Method},{step.Seconds:0.######}\n"));
                hasHeading = true;
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                // Told by the next file of a run.
            }
        }
    }

    /// <summary>Seconds per run, of all processes; lines that are cut off are left out.</summary>
    public static IReadOnlyDictionary<string, double> Read(RunStore store)
    {
        var seconds = new Dictionary<string, double>(StringComparer.Ordinal);
        var folder = Path.Combine(store.Folder, "log");
        foreach (var name in store.Files.Files(folder))
        {
            foreach (var line in Encoding.UTF8.GetString(store.Files.Read(Path.Combine(folder, name)) ?? []).Split('\n'))
            {
                var fields = line.Split(',');
                if (fields.Length == 3 && double.TryParse(fields[2], NumberStyles.Float, CultureInfo.InvariantCulture, out var value))
                    seconds[fields[0]] = value;
            }
        }

        return seconds;
    }
}
