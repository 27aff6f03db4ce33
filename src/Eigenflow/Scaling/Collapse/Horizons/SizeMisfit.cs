using Eigenflow.Numerics;
using MathNet.Numerics.Distributions;

namespace Eigenflow.Scaling.Collapse;

/// <summary>
/// How much more the shapes of sizes differ than their seeds do, by Fisher's test, and what that does to intervals: where it is no chance, errors grow with its root, and the sizes are the observations.
/// </summary>
/// <param name="Ratio">Variance between sizes over that within, 1 where only seeds differ.</param>
/// <param name="Models">Number of sizes.</param>
/// <param name="Runs">Number of runs.</param>
internal readonly record struct SizeMisfit(double Ratio, int Models, int Runs)
{
    /// <summary>Probability below which a statement is refused.</summary>
    public const double Significance = 1 - TestLevel;

    private const double TestLevel = 0.95;

    /// <summary>Whether sizes differ by more than chance.</summary>
    public bool IsMisfit { get; } = Ratio > FisherSnedecor.InvCDF(Models - 1, Runs - Models, TestLevel);

    /// <summary>Factor of variances.</summary>
    public double Inflation => IsMisfit ? Ratio : 1;

    /// <summary>Standard errors of the half-width of a 95 % interval.</summary>
    /// <param name="freedom">Degrees of freedom of the seeds.</param>
    public double Quantile(double freedom) => StudentInterval.Quantile(Math.Max(1, IsMisfit ? Math.Min(freedom, Models - 2) : freedom));
}
