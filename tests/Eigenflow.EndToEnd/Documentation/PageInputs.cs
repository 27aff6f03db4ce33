using System.Globalization;
using System.Text;
using Eigenflow.Data;

namespace Eigenflow.EndToEnd;

/// <summary>The files of their own that readers of the documentation bring: small ones, made by formulas with a fixed seed.</summary>
internal static class PageInputs
{
    private static readonly Dictionary<string, Action<string>> Makers = new(StringComparer.Ordinal)
    {
        ["data.npy"] = path => WriteMatrix(path, 400, 40),
        ["losses.csv"] = path => WriteLosses(path, 0.2),
        ["curve.csv"] = WriteCurve,
    };

    /// <summary>Makes those files that a command names and that are not there yet.</summary>
    /// <param name="folder">Where the command runs.</param>
    /// <param name="command">The command.</param>
    public static void Make(string folder, string command)
    {
        foreach (var (name, make) in Makers)
        {
            var path = Path.Combine(folder, name);
            if (!File.Exists(path) && command.Split([' ', ':', '\'', '"']).Contains(name, StringComparer.Ordinal))
                make(path);
        }
    }

    // Independent numbers with standard deviations i^(−1).
    private static void WriteMatrix(string path, int rows, int columns)
    {
        var random = new System.Random(3);
        var header = string.Create(CultureInfo.InvariantCulture, $"{{'descr': '<f8', 'fortran_order': False, 'shape': ({rows}, {columns}), }}").PadRight(128 - 10 - 1) + "\n";
        using var writer = new BinaryWriter(File.Create(path));
        writer.Write([0x93, .. "NUMPY"u8, 1, 0]);
        writer.Write((ushort)header.Length);
        writer.Write(Encoding.ASCII.GetBytes(header));
        for (var k = 0; k < rows * columns; k++)
            writer.Write(Gaussian(random) / ((k % columns) + 1));
    }

    // A loss that falls as a power of intrinsic time and with the learning rate, which decays over the last part.
    private static void WriteLosses(string path, double decay)
    {
        const int steps = 2000;
        var text = new StringBuilder("step,loss,learning_rate\n");
        var (time, stable) = (0.0, (int)(steps * (1 - decay)));
        for (var step = 1; step <= steps; step++)
        {
            var rate = step <= stable ? 0.01 : 0.01 * (steps + 1 - step) / (steps + 1.0 - stable);
            time += rate;
            text.Append(FormattableString.Invariant($"{step},{2 + (3 * Math.Pow(1 + (time / 0.05), -0.4)) + (20 * rate):R},{rate:R}\n"));
        }

        File.WriteAllText(path, text.ToString());
    }

    // A power law over six decades with noise of 1 %.
    private static void WriteCurve(string path)
    {
        var random = new System.Random(5);
        var text = new StringBuilder("step,loss\n");
        for (var k = 0; k <= 120; k++)
        {
            var step = Math.Pow(10, k / 20.0);
            text.Append(FormattableString.Invariant($"{step:R},{5 * Math.Pow(step, -0.3) * Math.Exp(0.01 * Gaussian(random)):R}\n"));
        }

        File.WriteAllText(path, text.ToString());
    }

    private static double Gaussian(System.Random random) =>
        Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
