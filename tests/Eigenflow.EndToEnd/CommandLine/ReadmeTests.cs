using System.Runtime.CompilerServices;
using System.Text;

namespace Eigenflow.EndToEnd;

/// <summary>The commands of the README do what they say (reproduce, bench and test, which take long, are tested elsewhere).</summary>
public sealed class ReadmeTests : TemporaryFolder
{
    public static TheoryData<string> Commands() =>
    [
        .. File.ReadLines(Path.Combine(Path.GetDirectoryName(ThisFile())!, "..", "..", "..", "README.md"))
            .Where(line => line.StartsWith("./eigenflow ", StringComparison.Ordinal) && !line.StartsWith("./eigenflow reproduce", StringComparison.Ordinal)
                && !line.StartsWith("./eigenflow bench", StringComparison.Ordinal))
            .Select(line => line["./eigenflow ".Length..].Split('#')[0].Trim()),
    ];

    [Theory]
    [MemberData(nameof(Commands))]
    public async Task ACommandOfTheReadmeWorks(string command)
    {
        WriteMatrix(Path.Combine(Folder, "data.npy"));
        if (command.Contains("data-spectrum.csv", StringComparison.Ordinal))
            (await CommandProcess.Run(Folder, "spectrum data.npy --quiet")).ExitCode.ShouldBe(0);
        if (command.Contains("losses.csv", StringComparison.Ordinal))
            WriteLosses(Path.Combine(Folder, "losses.csv"));
        if (command.Contains("runs.csv", StringComparison.Ordinal))
        {
            var runs = await CommandProcess.Run(Folder, "run phase-retrieval --exponent 2 --dimension 100,1000 --teacher ones --until 1e8 --format csv --quiet");
            await File.WriteAllTextAsync(Path.Combine(Folder, "runs.csv"), runs.Output, TestContext.Current.CancellationToken);
        }

        if (command.Contains("studies/", StringComparison.Ordinal))
            Directory.CreateSymbolicLink(Path.Combine(Folder, "studies"), Path.GetFullPath(Path.Combine(Path.GetDirectoryName(ThisFile())!, "..", "..", "..", "studies")));
        var result = await CommandProcess.Run(Folder, command);
        result.ExitCode.ShouldBe(0, result.Error);
        result.Output.Length.ShouldBeGreaterThan(100);
    }

    // A NumPy file of 400 × 40 independent numbers with standard deviations i^(−1).
    private static void WriteMatrix(string path)
    {
        const int rows = 400, columns = 40;
        var header = $"{{'descr': '<f8', 'fortran_order': False, 'shape': ({rows}, {columns}), }}";
        header = header.PadRight(128 - 10 - 1) + "\n";
        using var writer = new BinaryWriter(File.Create(path));
        writer.Write([0x93, .. "NUMPY"u8, 1, 0]);
        writer.Write((ushort)header.Length);
        writer.Write(Encoding.ASCII.GetBytes(header));
        var random = new System.Random(3);
        for (var k = 0; k < rows * columns; k++)
            writer.Write((random.NextDouble() - 0.5) / ((k % columns) + 1));
    }

    // A loss that falls as a power of intrinsic time and with the learning rate, which decays over the last fifth.
    private static void WriteLosses(string path)
    {
        var text = new StringBuilder("step,loss,learning_rate\n");
        double time = 0;
        for (var step = 1; step <= 2000; step++)
        {
            var rate = step <= 1600 ? 0.01 : 0.01 * (2001 - step) / 401.0;
            time += rate;
            text.Append(FormattableString.Invariant($"{step},{2 + (3 * Math.Pow(1 + (time / 0.05), -0.4)) + (20 * rate):R},{rate:R}\n"));
        }

        File.WriteAllText(path, text.ToString());
    }

    private static string ThisFile([CallerFilePath] string path = "") => path;
}
