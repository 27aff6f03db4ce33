namespace Eigenflow.Systems.RaoBlackwellDiffusion;

/// <summary>Steps and learning rates of SGD where none are given.</summary>
internal static class SgdRates
{
    /// <summary>Number of steps.</summary>
    public const long DefaultSteps = 1000;

    private const double Safe = 0.1;

    /// <summary>A tenth of 1/E‖features‖², to one digit: stable for features whose fourth moments are not far from those of a Gaussian.</summary>
    /// <param name="problem">The problem.</param>
    /// <param name="model">What is trained.</param>
    public static double Default(DiffusionProblem problem, ModelKind model)
    {
        var level = problem.Level;
        var directions = problem.Dimension - (problem.IsCentred ? problem.Templates.Columns : 0);
        var square = model == ModelKind.Posterior ? problem.MeanSquare : (level.Alpha * level.Alpha * problem.MeanSquare) + (level.Sigma * level.Sigma * directions);
        var exact = Safe / square;
        var unit = Math.Pow(10, Math.Floor(Math.Log10(exact)));
        return double.Parse(FormattableString.Invariant($"{Math.Max(1, Math.Floor(exact / unit)) * unit:G2}"), System.Globalization.CultureInfo.InvariantCulture);
    }
}
