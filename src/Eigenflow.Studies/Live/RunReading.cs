using Eigenflow.Data;
using Eigenflow.Settings;

namespace Eigenflow.Studies;

/// <summary>Reads files of runs for somebody who looks at them: bounded, regular files alone, and what is kept of each is small.</summary>
internal sealed class RunReading(RunStore store)
{
    private const int LargestFile = 1 << 28;
    private readonly Dictionary<string, string> names = new(StringComparer.Ordinal);
    private readonly Lock gate = new();

    /// <summary>A run with what is derived from it, without its trajectory.</summary>
    /// <exception cref="FormatException">Its file cannot be read; the message says why.</exception>
    public CollectedRun Summary(Study study, StudyRun run)
    {
        var record = Record(run);
        var collected = new CollectedRun(run, Slim(record, run), "");
        DerivedValues.Evaluate(study, collected, readsInputs: false);
        collected.Keep(new HashSet<string>(StringComparer.Ordinal));
        collected.ForgetPredictions();
        return collected;
    }

    /// <summary>Some columns of the trajectory of a run.</summary>
    /// <param name="run">The run.</param>
    /// <param name="wanted">Their names; those that the file lacks are left out.</param>
    /// <exception cref="FormatException">Its file cannot be read.</exception>
    public IReadOnlyDictionary<string, double[]> Columns(StudyRun run, IReadOnlySet<string> wanted) =>
        Record(run).Columns.Where(pair => wanted.Contains(pair.Key)).ToDictionary(pair => pair.Key, pair => pair.Value, StringComparer.Ordinal);

    private RunRecord Record(StudyRun run)
    {
        byte[] bytes;
        try
        {
            bytes = InputFile.ReadAllBytes(store.PathOf(run.Id), "the file of a run", LargestFile);
        }
        catch (EigenflowException exception)
        {
            throw new FormatException(exception.Message, exception);
        }

        var record = RunFile.Read(bytes);
        return string.Equals(record.Id, run.Id, StringComparison.Ordinal) ? record : throw new FormatException($"it is the file of run {record.Id}");
    }

    // What all runs say alike is kept once.
    private RunRecord Slim(RunRecord record, StudyRun run) => record with
    {
        Id = run.Id,
        System = run.System,
        Method = run.Method,
        Setting = run.Setting,
        Status = One(record.Status),
        Modes = One(record.Modes),
        Events = record.Events.ToDictionary(pair => One(pair.Key), pair => pair.Value, StringComparer.Ordinal),
        Counts = record.Counts.ToDictionary(pair => One(pair.Key), pair => pair.Value, StringComparer.Ordinal),
        Columns = record.Columns.ToDictionary(pair => One(pair.Key), pair => pair.Value, StringComparer.Ordinal),
    };

    private string One(string text)
    {
        lock (gate)
        {
            if (!names.TryGetValue(text, out var known))
                names.Add(text, known = text);
            return known;
        }
    }
}
