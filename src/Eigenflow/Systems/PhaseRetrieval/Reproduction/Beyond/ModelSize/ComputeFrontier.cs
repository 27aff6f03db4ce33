using Eigenflow.Figures;
using Eigenflow.Scaling;
using Eigenflow.Spectra;

namespace Eigenflow.Systems.PhaseRetrieval;

/// <summary>The least loss of the flow at every compute C = p t, over students of all sizes, with the size that has it.</summary>
internal sealed class ComputeFrontier
{
    // The tail of the spectrum behind the largest student must look infinite.
    public const long Dimension = 1_000_000_000_000;

    private const int SmallestOctave = 4;
    private const int LargestOctave = 24;

    // Best sizes at the ends of the budgets, and at the beginning of the fits, where 1/p and the loss itself, the relative errors of the laws, are small.
    private const double FirstSize = 32, LastSize = 2_097_152, FitSize = 4096;
    private const int BudgetCount = 49;

    private ComputeFrontier(double exponent, double source, double[] budgets, double[] losses, double[] sizes) =>
        (Exponent, Source, Budgets, Losses, Sizes) = (exponent, source, budgets, losses, sizes);

    /// <summary>a.</summary>
    public double Exponent { get; }

    /// <summary>b.</summary>
    public double Source { get; }

    /// <summary>C.</summary>
    public double[] Budgets { get; }

    /// <summary>The least loss.</summary>
    public double[] Losses { get; }

    /// <summary>The size that has it, between the sizes that were solved.</summary>
    public double[] Sizes { get; }

    /// <summary>The first budget of the fits.</summary>
    public double FitFrom => Budget(Exponent, FitSize);

    /// <summary>The exponent of the loss.</summary>
    public MeasuredSlope LossSlope => Fit(Losses);

    /// <summary>The exponent of the size.</summary>
    public MeasuredSlope SizeSlope => Fit(Sizes);

    /// <summary>A student of some size: teacher w*_i² ∝ i^(−b), typical start.</summary>
    public static PhaseRetrievalProblem Problem(double exponent, double source, long? size) =>
        new() { Spectrum = Spectrum.PowerLaw(Dimension, exponent), Teacher = Teacher.Source(source), ModelSize = size };

    /// <summary>The compute at which mode p of a student of p modes has relaxed, p · p^a/(16c).</summary>
    public static double Budget(double exponent, double size) => size * Math.Pow(size, exponent) * PowerSum.Of(exponent, Dimension) / 16;

    /// <summary>Solves students of 2⁴ to 2²⁴ modes. About a second.</summary>
    public static ComputeFrontier Of(double exponent, double source, CancellationToken cancellation)
    {
        var (first, last) = (Math.Log(Budget(exponent, FirstSize)), Math.Log(Budget(exponent, LastSize)));
        double[] budgets = [.. Enumerable.Range(0, BudgetCount).Select(k => Math.Exp(first + ((last - first) * k / (BudgetCount - 1))))];
        var losses = new List<double[]>();
        for (var octave = SmallestOctave; octave <= LargestOctave; octave++)
        {
            cancellation.ThrowIfCancellationRequested();
            var size = 1L << octave;
            losses.Add(Problem(exponent, source, size).Solve(
                new GradientFlow { Modes = ModeRepresentation.Averaged, Times = [.. budgets.Select(budget => budget / size)], KeepsDenseOutput = false }, null, cancellation)["loss"]);
        }

        double[] least = new double[budgets.Length], best = new double[budgets.Length];
        for (var k = 0; k < budgets.Length; k++)
        {
            double[] column = [.. losses.Select(row => Math.Log(row[k]))];
            (best[k], least[k]) = Minimum(column);
            (best[k], least[k]) = (Math.Pow(2, SmallestOctave + best[k]), Math.Exp(least[k]));
        }

        return new ComputeFrontier(exponent, source, budgets, least, best);
    }

    // The least point of the parabola through the least value and its neighbours, in steps of the grid.
    private static (double Place, double Value) Minimum(double[] values)
    {
        var k = Math.Clamp(Array.IndexOf(values, values.Min()), 1, values.Length - 2);
        var (slope, curvature) = ((values[k + 1] - values[k - 1]) / 2, values[k + 1] - (2 * values[k]) + values[k - 1]);
        var shift = Math.Clamp(-slope / curvature, -1, 1);
        return (k + shift, values[k] + (slope * shift) + (0.5 * curvature * shift * shift));
    }

    private MeasuredSlope Fit(double[] values) => PowerLaw.Fit(Budgets, values, new PowerLawOptions { WindowStart = FitFrom }).Slope();
}
