using System.Globalization;
using System.Text;

namespace Eigenflow.Browser;

/// <summary>Small files of every kind; each is the same in every run.</summary>
internal static class DataSamples
{
    /// <summary>A loss curve under a linear decay: 3000 steps, a row every tenth.</summary>
    public static string LossCurve { get; } = Curve(3000, 10, 2e-3);

    /// <summary>A sweep of three widths: 1.7 + A·tokens^(−0.35).</summary>
    public static string Sweep { get; } = Text("width,tokens,error", new[] { 64, 128, 256 }.SelectMany(width => Enumerable.Range(0, 20).Select(row =>
    {
        var tokens = Math.Round(1e5 * Math.Pow(10, row / 5.0));
        return FormattableString.Invariant($"{width},{tokens:R},{(1.7 + (30.0 / width * Math.Pow(tokens / 1e6, -0.35))) * (1 + (0.004 * Noise(width + row))):R}");
    })));

    /// <summary>200 eigenvalues i^(−1.3).</summary>
    public static string Eigenvalues { get; } = Text("eigenvalue", Enumerable.Range(1, 200).Select(mode => FormattableString.Invariant($"{Math.Pow(mode, -1.3):R}")));

    /// <summary>300 rows of 40 features with variances i^(−1.2), without a heading.</summary>
    public static string Rows { get; } = Text(null, Enumerable.Range(0, 300).Select(row => string.Join(',', Enumerable.Range(1, 40).Select(mode => FormattableString.Invariant($"{Math.Pow(mode, -0.6) * Noise((row * 41) + mode):R}")))));

    private static string Curve(int steps, int every, double peak)
    {
        var time = 0.0;
        var rows = new List<string>();
        for (var step = 1; step <= steps; step++)
        {
            var rate = peak * (1 - ((step - 1.0) / steps));
            time += rate;
            if (step % every == 0)
                rows.Add(FormattableString.Invariant($"{step},{(0.4 + (0.6 * Math.Pow(0.05 + time, -0.45)) + (40 * rate)) * (1 + (0.002 * Noise(step))):R},{peak * (1 - ((double)step / steps)):R}"));
        }

        return Text("step,loss,learning_rate", rows);
    }

    // Nearly Gaussian numbers without a generator: sums of sines of large numbers.
    private static double Noise(int index)
    {
        var sum = 0.0;
        for (var part = 1; part <= 6; part++)
        {
            var value = Math.Sin((index * 12.9898) + (part * 78.233)) * 43758.5453;
            sum += value - Math.Floor(value) - 0.5;
        }

        return sum * Math.Sqrt(2);
    }

    private static string Text(string? heading, IEnumerable<string> rows)
    {
        var text = new StringBuilder();
        foreach (var row in heading is null ? rows : rows.Prepend(heading))
            text.Append(CultureInfo.InvariantCulture, $"{row}\n");
        return text.ToString();
    }
}
