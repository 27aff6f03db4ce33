using Eigenflow.Figures;
using Eigenflow.Solutions;

namespace Eigenflow.Systems.PhaseRetrieval;

/// <summary>How far the mean loss of online SGD is from the mean-field theory and from those of the covariance, over learning rate and exponent: as a part of the theory, and in standard deviations between runs.</summary>
internal static class BreakdownMap
{
    private const int Dimension = 50;
    private const double Noise = 0.05;
    private const int Replicas = 256;
    private const int Points = 24;

    // Flow time: past the escape of all exponents but the isotropic one.
    private const double Until = 30;

    // Smaller differences are those of chance.
    private const double Errors = 4;

    // What the mean field is to be within at the smallest rate.
    private const double LargestSmall = 0.2;

    // Up to here the second order is claimed.
    private const double LargestPart = 0.3;
    private static readonly double[] Parts = [0.05, 0.1, 0.2, 0.3, 0.5, 0.8];
    private static readonly double[] Exponents = [0, 0.5, 1, 1.5, 2];

    public static ReproductionResult Run(IProgress<Progress>? progress, CancellationToken cancellation)
    {
        var cells = new Cell[Parts.Length * Exponents.Length];
        for (var row = 0; row < Exponents.Length; row++)
        {
            var problem = DiscreteTasks.Problem(Dimension, Exponents[row], Noise);
            var edge = DiscreteTasks.Edge(problem);
            for (var column = 0; column < Parts.Length; column++)
            {
                var at = (row * Parts.Length) + column;
                cells[at] = Measure(problem, Parts[column] * edge, PartialProgress.Of(progress, at, cells.Length), cancellation);
            }
        }

        var small = Enumerable.Range(0, cells.Length).Where(at => at % Parts.Length == 0).ToArray();
        Claim[] claims =
        [
            .. small.Select(at => Claim.AtMost(
                $"map-small-rate-a{DisplayNumber.Of(Exponents[at / Parts.Length])}", FormattableString.Invariant($"at η = {Parts[0]} η_stable the mean loss is within {LargestSmall * 100} % of the mean-field theory (a = {Exponents[at / Parts.Length]}, d = {Dimension}, σ² = {Noise}, B = 1)"), LargestSmall, double.IsNaN(cells[at].MeanField.Part) ? 0 : cells[at].MeanField.Part, Curves.Derived,
                FormattableString.Invariant($"largest relative difference over {Points} steps up to t = {Until} that is beyond {Errors} standard errors of {Replicas} runs; 0 where none is; {Errors} standard errors are at most {DisplayNumber.Percent(cells[at].Resolution)} of the loss"), PredictionKind.Heuristic).UpTo(Until).At("runs", Replicas) with
                { Lacks = cells[at].Resolution <= LargestSmall ? "" : FormattableString.Invariant($"{Replicas} runs do not see a difference of {LargestSmall * 100} %") }),
        ];
        var far = cells.Where((_, at) => Parts[at % Parts.Length] <= LargestPart).Select(cell => double.IsNaN(cell.Second.Part) ? 0 : cell.Second.Part).Max();
        claims =
        [
            .. claims, Claim.AtMost(
                "map-second-order", FormattableString.Invariant($"up to η = {LargestPart} η_stable the mean loss is within 10 % of the second-order theory, a = {Exponents[0]} to {Exponents[^1]} (d = {Dimension}, σ² = {Noise}, B = 1)"), 0.1, far, Curves.Derived,
                FormattableString.Invariant($"largest relative difference over the cells of the map and {Points} steps up to t = {Until} that is beyond {Errors} standard errors of {Replicas} runs; 0 where none is"), PredictionKind.Heuristic).UpTo(Until).At("runs", Replicas),
        ];
        string[] where = [.. cells.Index().Where(one => one.Item.Diverged > 0).Select(one => FormattableString.Invariant($"a = {Exponents[one.Index / Parts.Length]}, {Parts[one.Index % Parts.Length]}: {one.Item.Diverged}"))];
        var worst = cells.Where(cell => !double.IsNaN(cell.MeanField.Part)).MaxBy(cell => cell.MeanField.Part);
        var same = worst is null ? double.NaN : worst.Second.Part;
        return new ReproductionResult
        {
            Claims = claims,
            Figures =
            [
                new Figure
                {
                    Id = "discrete-map",
                    Title = worst is null ? "No departure from the mean field is seen" : $"The mean field is up to {DisplayNumber.Percent(worst.MeanField.Part)} off; the second order {(double.IsNaN(same) ? "is not seen to be off" : $"up to {DisplayNumber.Percent(same)}")} there",
                    Caption = FormattableString.Invariant($"Largest difference of the mean loss of {Replicas} runs (seed 1) from a theory over {Points} steps up to flow time {Until}, of those beyond {Errors} standard errors (empty: none is): in per cent of the theory (top), and in standard deviations between runs at that step (bottom). Mean-field theory, linear noise about gradient descent, and the covariance to second order. d = {Dimension}, B = 1, σ² = {Noise}, teacher all ones, alternating start. Runs that diverged and are left out (of {Replicas}): {(where.Length == 0 ? "none" : string.Join("; ", where))}."),
                    Columns = 3,
                    Panels =
                    [
                        Map("mean field", "%", cell => 100 * cell.MeanField.Part, 100), Map("linear noise", "%", cell => 100 * cell.Linear.Part, 100), Map("second order", "%", cell => 100 * cell.Second.Part, 100),
                        Map("mean field", "sd", cell => cell.MeanField.Deviations, 1), Map("linear noise", "sd", cell => cell.Linear.Deviations, 1), Map("second order", "sd", cell => cell.Second.Deviations, 1),
                    ],
                },
            ],
        };

        Panel Map(string title, string label, Func<Cell, double> value, double largest) => new()
        {
            Title = title,
            X = new Axis("η/η_{stable}", true),
            Y = new Axis("exponent a"),
            HeatMap = new HeatMap { Label = label, X = Parts, Y = Exponents, Values = [.. cells.Select(value)], IsLogarithmic = true, Minimum = largest / 100, Maximum = largest },
            Series = [],
        };
    }

    private static Cell Measure(PhaseRetrievalProblem problem, double rate, IProgress<Progress>? progress, CancellationToken cancellation)
    {
        var steps = (long)Math.Ceiling(Until / rate);
        var runs = problem.Solve(new OnlineSgd { LearningRate = rate, Steps = steps, Replicas = Replicas, Threads = 1, Points = Points }, progress, cancellation);
        cancellation.ThrowIfCancellationRequested();
        long[] at = [.. runs["step"].Select(step => (long)step)];
        if (at.Length < 2)
            return new Cell((double.NaN, double.NaN), (double.NaN, double.NaN), (double.NaN, double.NaN), Replicas, double.NaN);
        var field = problem.Solve(new SgdTheory { LearningRate = rate, Steps = steps, AtSteps = at }, null, cancellation);
        var method = new SgdLinearNoise { LearningRate = rate, Steps = steps, AtSteps = at };
        var second = problem.Solve(method, null, cancellation);
        var linear = problem.Solve(method with { Closure = NoiseClosure.Linear }, null, cancellation);
        cancellation.ThrowIfCancellationRequested();
        return new Cell(Largest(runs, field), Largest(runs, linear), Largest(runs, second), DiscreteTasks.Diverged(runs), Resolution(runs));
    }

    private static (double Part, double Deviations) Largest(Solution runs, Solution theory)
    {
        var (part, deviations) = (double.NaN, double.NaN);
        for (var row = 0; row < Math.Min(runs.Rows, theory.Rows); row++)
        {
            double difference = Math.Abs(runs["loss"][row] - theory["loss"][row]), error = runs["loss-se"][row];
            if (!(difference > Errors * error) || error == 0 || difference / theory["loss"][row] <= part)
                continue;
            (part, deviations) = (difference / theory["loss"][row], difference / (error * Math.Sqrt(Replicas)));
        }

        return (part, deviations);
    }

    // The smallest part of the loss that is seen at every step.
    private static double Resolution(Solution runs) => Errors * Enumerable.Range(0, runs.Rows).Max(row => runs["loss-se"][row] / runs["loss"][row]);

    private sealed record Cell((double Part, double Deviations) MeanField, (double Part, double Deviations) Linear, (double Part, double Deviations) Second, int Diverged, double Resolution);
}
