using Eigenflow.Dynamics;
using Eigenflow.Solutions;

namespace Eigenflow.Systems.RaoBlackwellDiffusion;

/// <summary>The variance of targets along the noise level, exact parts and decomposition; and of estimators whose targets have no closed form, measured on random samples, along the noise level or the number of candidates.</summary>
internal sealed record VarianceCurve : AxisMethod<DiffusionProblem>, ISampledMethod
{
    private const double NearSignal = 20, FarSignal = 0.2;
    private const double MostSamples = 256;

    /// <inheritdoc/>
    public override string Name => "variance";

    /// <summary>Draws per value on the axis.</summary>
    public int Replicas { get; init; } = DiffusionParameters.DefaultDraws;

    /// <inheritdoc/>
    public long Seed { get; init; } = 1;

    /// <inheritdoc/>
    public int Threads { get; init; }

    internal override Solution Solve(DiffusionProblem problem, SolveContext context)
    {
        SampledParameters.Check(this);
        var isAlongSamples = Along == DiffusionColumns.Samples.Name;
        if (isAlongSamples && !problem.Estimator.IsSampled())
            throw new ParameterException("along", Along, "sigma with this estimator", "samples are those of snis, snis-without, local and local-exact");
        var (from, to) = RangeOf(problem);
        double[] grid = isAlongSamples ? [.. Grid(1, MostSamples).Select(value => At is null ? Math.Max(1, Math.Round(value)) : value).Distinct()] : Grid(from, to);
        if (isAlongSamples && grid.Where(value => value < 1 || value > DiffusionProblem.MostSamples || value != Math.Floor(value)).ToArray() is [var wrong, ..])
            throw new ParameterException("at", wrong, $"whole numbers of candidates from 1 to {DiffusionProblem.MostSamples}, such as 1,4,16");
        foreach (var value in grid)
            Along1(problem, value, isAlongSamples).Validate();
        var isDrawn = problem.Estimator is not (EstimatorKind.Plain or EstimatorKind.Augmented or EstimatorKind.Orbit or EstimatorKind.Full);
        var identity = EnsembleState.Identity(
            FormattableString.Invariant($"{ProblemIdentity.Of(problem)} {Along} {Replicas} {Seed}"), [grid, .. ProblemIdentity.Columns(problem)]);
        TargetVariance? kept = null;
        var (rows, status) = Evaluate(grid, value => Row(Along1(problem, value, isAlongSamples), isDrawn, isAlongSamples, ref kept, context.Cancellation), identity, context);
        var columns = new List<Observable> { DiffusionColumns.Axis(Along).Column(grid[..rows.Count]) };
        NamedQuantity[] exact = [DiffusionColumns.Alpha, DiffusionColumns.Signal, .. DiffusionColumns.Exact.Select(pair => pair.Quantity)];
        columns.AddRange(exact.Select((quantity, k) => quantity.Column([.. rows.Select(row => row[k])])));
        var first = exact.Length;
        foreach (var (quantity, _, _) in problem.Bridge > 0 ? DiffusionColumns.OfBridge : [])
        {
            var at = first++;
            columns.Add(quantity.Column([.. rows.Select(row => row[at])]));
        }

        for (var k = 0; isDrawn && k < DiffusionColumns.Drawn.Length; k++)
        {
            var (quantity, at) = (DiffusionColumns.Drawn[k].Quantity, first + (2 * k));
            columns.Add(quantity.Column([.. rows.Select(row => row[at])]));
            columns.Add(new Observable(quantity.Name + ReplicaColumns.Error, "", $"Standard error of {quantity.Name} over draws.", [.. rows.Select(row => row[at + 1])]));
        }

        return Assemble(problem, columns, status, new SolverStatistics { Evaluations = rows.Count * (isDrawn ? Replicas : 1), StateSize = problem.Dimension }) with { Warnings = [.. Warnings(problem), .. Untold(exact, rows)] };
    }

    /// <summary>What a user should know of a problem.</summary>
    internal static IEnumerable<string> Warnings(DiffusionProblem problem)
    {
        if (problem.Estimator == EstimatorKind.Local)
            yield return "local proposals around the generating element are biased; local-exact is not";
        if (problem.Estimator == EstimatorKind.LocalExact)
            yield return "local-exact targets are unbiased for every number of candidates, and do not converge to the orbit target: all candidates lie around one hidden centre, and their distance ends at a limit that more of them do not lower; snis converges";
        if (problem.Estimator == EstimatorKind.SnisWithout)
            yield return "without the generating element targets are biased, and at small noise no candidate is near the true pose";
        if (problem.Estimator is EstimatorKind.Kabsch or EstimatorKind.Tempered)
            yield return $"{DiffusionParameters.Word(problem.Estimator)} targets are biased at every noise level";
    }

    /// <summary>The noise levels of a curve where none are asked for.</summary>
    internal static (double From, double To) RangeOf(DiffusionProblem problem) => problem.Kernel switch
    {
        KernelKind.Torus => (0.01, 1),
        KernelKind.VariancePreserving or KernelKind.FlowMatching => (0.05, 0.99),
        _ => ((problem.Alpha is > 0 and var alpha ? alpha : 1) * Math.Sqrt(problem.Templates.MeanSquare) / problem.Deviation is var size ? size / NearSignal : 0, size / FarSignal),
    };

    private static DiffusionProblem Along1(DiffusionProblem problem, double value, bool isAlongSamples) => isAlongSamples ? problem with { Samples = (int)Math.Min(int.MaxValue, value) } : problem.At(value);

    // What is below its own error is not stated, and with what is left of the noise also what is removed of it.
    private static double Told(string name, double value, TargetVariance parts) =>
        name == DiffusionColumns.Exact[^1].Quantity.Name || (TargetNoise.Tells(value, parts.ErrorOf(name)) && (name != "removed" || TargetNoise.Tells(parts.Between, parts.BetweenError))) ? value : double.NaN;

    private static IEnumerable<string> Untold(NamedQuantity[] exact, List<double[]> rows)
    {
        var at = Array.FindIndex(exact, quantity => quantity.Name == "between");
        var count = rows.Count(row => double.IsNaN(row[at]));
        if (count > 0)
            yield return FormattableString.Invariant($"between, and with it removed, is left out at {count} of {rows.Count} noise levels, where it is below what its integral can tell");
    }

    private double[] Row(DiffusionProblem problem, bool isDrawn, bool isAlongSamples, ref TargetVariance? kept, CancellationToken cancellation)
    {
        var level = problem.Level;

        // Along the candidates the exact parts stay what they are.
        var parts = isAlongSamples && kept is not null ? kept : TargetVariance.Of(problem, cancellation);
        kept = parts;
        var row = new List<double> { level.Alpha, level.Alpha * Math.Sqrt(problem.Templates.MeanSquare) / level.Sigma };
        row.AddRange(DiffusionColumns.Exact.Select(pair => Told(pair.Quantity.Name, pair.Of(parts), parts)));
        if (problem.Bridge > 0)
        {
            var bridge = new BridgeNoise(problem);
            row.AddRange(DiffusionColumns.OfBridge.Select(one => one.Of(bridge, parts)));
        }

        if (!isDrawn)
            return [.. row];
        var draws = EstimatorDraws.Of(problem, Replicas, Seed, Threads, cancellation);
        row.AddRange(DiffusionColumns.Drawn.SelectMany(pair => new[] { pair.Of(draws).Mean, pair.Of(draws).Error }));
        return [.. row];
    }
}
