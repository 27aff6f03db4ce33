using System.Text;
using Eigenflow.Random;
using Eigenflow.Scaling.Epochs;

namespace Eigenflow.Tests.Scaling;

/// <summary>Synthetic epoch curves by a formula: e + A₁ e^(−t/t₁) + A₂ e^(−t/t₂) + b exp(−ln²(t/t_b)/2s²), a late rise, noise of runs and of epochs.</summary>
internal static class SyntheticEpochs
{
    public const int Epochs = 1001;
    public const int Runs = 5;

    private static readonly (double E, double A1, double T1, double A2, double T2, double B, double Tb, double S)[] Columns =
    [
        (0.43, 0.2, 40, 0, 300, 0, 100, 0.5), (0.28, 0.3, 30, 0.06, 250, 0, 100, 0.5), (0.2, 0.36, 7, 0.01, 600, 0.028, 70, 0.5), (0.19, 0.38, 18, 0, 300, 0.08, 4000, 0.9),
        (0.19, 0.38, 16, 0, 300, 0.09, 2500, 0.9), (0.19, 0.36, 12, 0.03, 600, 0.09, 280, 0.6), (0.19, 0.36, 10, 0.03, 600, 0.085, 130, 0.6), (0.18, 0.36, 8, 0.03, 600, 0.08, 85, 0.6),
        (0.17, 0.36, 7, 0.04, 600, 0.075, 65, 0.6), (0.2, 0.36, 7, 0, 600, 0.075, 60, 0.55), (0.2, 0.36, 7, 0.01, 600, 0.014, 70, 0.5), (0.9, 0, 7, 0, 600, 0, 70, 0.5),
    ];

    public static readonly string[] Shapes =
        ["monotone-down", "monotone-down", "double-descent", "U", "U", "double-descent", "double-descent", "double-descent", "double-descent", "double-descent+rise", "monotone-down", "flat"];

    public static int Count => Columns.Length;

    /// <summary>The curve without noise after epoch t.</summary>
    public static double Clean(int column, double t)
    {
        var c = Columns[column];
        var log = Math.Log(t / c.Tb);
        return c.E + (c.A1 * Math.Exp(-t / c.T1)) + (c.A2 * Math.Exp(-t / c.T2)) + (c.B * Math.Exp(-log * log / (2 * c.S * c.S))) + (column == 9 ? 0.05 / (1 + Math.Pow(600 / t, 4)) : 0);
    }

    /// <summary>The errors of one run.</summary>
    public static double[] Run(int column, int run, ulong seed)
    {
        var numbers = new double[Epochs + 1];
        GaussianGenerator.Fill(new GaussianAddress(seed, column, run, 0), 0, numbers);
        return [.. Enumerable.Range(1, Epochs).Select(t => Math.Clamp(Clean(column, t) + (0.003 * (1 + (4 * Math.Exp(-t / 8.0))) * numbers[0]) + (0.006 * (1 + (2 * Math.Exp(-t / 8.0))) * numbers[t]), 0, 1))];
    }

    /// <summary>Mean and deviation (divisor n) over five runs, at log10 λ = −column.</summary>
    public static EpochCurve Curve(int column, ulong seed)
    {
        double[][] runs = [.. Enumerable.Range(0, Runs).Select(run => Run(column, run, seed))];
        double[] mean = [.. Enumerable.Range(0, Epochs).Select(row => runs.Average(run => run[row]))];
        return new EpochCurve { LogLambda = -column, Mean = mean, Deviation = [.. mean.Select((value, row) => Math.Sqrt(runs.Average(run => (run[row] - value) * (run[row] - value))))], Runs = Runs };
    }

    /// <summary>An array as NumPy writes it.</summary>
    /// <param name="columns">Columns of equal length.</param>
    /// <param name="isFortran">Whether the first axis runs fastest.</param>
    /// <param name="isSingle">Whether numbers are single.</param>
    /// <param name="saysFortran">What the header says, where it lies.</param>
    public static byte[] Npy(double[][] columns, bool isFortran, bool isSingle = false, bool? saysFortran = null)
    {
        var rows = columns[0].Length;
        var header = $"{{'descr': '{(isSingle ? "<f4" : "<f8")}', 'fortran_order': {((saysFortran ?? isFortran) ? "True" : "False")}, 'shape': ({rows}, {columns.Length}), }}".PadRight(128 - 10 - 1) + "\n";
        using var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream);
        writer.Write([0x93, .. "NUMPY"u8, 1, 0]);
        writer.Write((ushort)header.Length);
        writer.Write(Encoding.ASCII.GetBytes(header));
        for (var k = 0; k < rows * columns.Length; k++)
        {
            var value = isFortran ? columns[k / rows][k % rows] : columns[k % columns.Length][k / columns.Length];
            if (isSingle)
                writer.Write((float)value);
            else
                writer.Write(value);
        }

        writer.Flush();
        return stream.ToArray();
    }
}
