using Eigenflow.Dynamics;
using Eigenflow.Settings;
using Eigenflow.Solutions;

namespace Eigenflow.Systems.ScalingCollapse;

/// <summary>Loss curves of a sum of power laws; exact, without seeds. The deviation is that over the models of the ladder.</summary>
public sealed record SumOfPowerLaws : Method<ScalingProblem>
{
    /// <summary>Rows where no number is given: places 0.01 to 1.</summary>
    public const int DefaultPoints = 100;

    private const double LargestKept = 5e7;

    internal const string Identifier = "law";

    /// <inheritdoc/>
    public override string Name => Identifier;

    /// <summary>Number of rows, at x = 1/points to 1 in equal distances.</summary>
    public int Points { get; init; } = DefaultPoints;

    internal override Method<ScalingProblem> Configured(SettingView setting) => this with { Points = setting[ScalingParameters.Points] };

    internal override Solution Solve(ScalingProblem problem, SolveContext context)
    {
        context.Cancellation.ThrowIfCancellationRequested();
        var gamma = problem.DataExponent ?? CollapseTheorem.ComputeOptimal(problem.Terms)?.Gamma
            ?? throw new ParameterException("data-exponent", null, "a number > 0 for these terms", CollapseTheorem.WhyNone(problem.Terms));
        var x = Places(Points);
        if ((double)x.Length * problem.Models.Count > LargestKept)
            throw new TooLargeException($"{x.Length} rows of {problem.Models.Count} models", 24.0 * x.Length * problem.Models.Count, 24 * LargestKept, "lower points, or choose fewer models");
        var curves = problem.Models.Select(size => Curve(problem, gamma, size, x)).ToArray();
        var own = curves[problem.Models.ToList().IndexOf(problem.Own)];
        var horizon = problem.HorizonScale * Math.Pow(problem.Own, gamma);
        var columns = new List<Observable>
        {
            ScalingColumns.Place.Column(x), ScalingColumns.Time.Column([.. x.Select(place => place * horizon)]), ScalingColumns.Loss.Column(own.Losses),
            ScalingColumns.Reducible.Column([.. own.Losses.Select(loss => loss - problem.Offset)]), ScalingColumns.Normalized.Column(own.Normalized),
        };
        double[] deviations = [];
        if (curves.Length > 1)
        {
            deviations = [.. Enumerable.Range(0, x.Length).Select(row => LadderSpread.Deviation([.. curves.Select(curve => (curve.Normalized[row], 0.0))]))];
            columns.Add(ScalingColumns.Deviation.Column(deviations));
            columns.AddRange(ScalingColumns.OfModels(problem.Models, [.. curves.Select(curve => curve.Losses)], [.. curves.Select(curve => curve.Normalized)]));
        }

        return Assemble(problem, columns, SolveStatus.Completed, new SolverStatistics { Evaluations = (long)x.Length * curves.Length }) with { Summary = [.. ScalingColumns.Spread(x, deviations)] };
    }

    /// <summary>Equal distances from 1/points to 1.</summary>
    /// <exception cref="ParameterException">None.</exception>
    internal static double[] Places(int points) => points < 1 ? throw new ParameterException("points", points, "a whole number >= 1") : [.. Enumerable.Range(1, points).Select(k => (double)k / points)];

    private static (double[] Losses, double[] Normalized) Curve(ScalingProblem problem, double gamma, double size, double[] x)
    {
        var horizon = problem.HorizonScale * Math.Pow(size, gamma);
        double[] losses = [.. x.Select(place => problem.Terms.At(place * horizon, size))];
        return (losses, ReducibleLoss.Normalized(losses, losses[^1], problem.Offset));
    }
}
