using Eigenflow.Figures;
using Eigenflow.Solutions;

namespace Eigenflow.Systems.PhaseRetrieval;

/// <summary>The largest learning rate that is stable in mean square, the growth of deviations on both sides of it, and how far beyond single runs last.</summary>
internal static class StabilityFigure
{
    private const int Dimension = 50;
    private const int GrowthDimension = 10;
    private const int GrowthReplicas = 65_535;
    private const long FirstStep = 10, LastStep = 40;
    private const int Replicas = 200;
    private const long Steps = 1500;

    // Small enough for deviations to stay linear.
    private const double Deviation = 1e-6;
    private static readonly int[] Batches = [1, 4, 16];
    private static readonly double[] Exponents = [0, 0.25, 0.5, 0.75, 1, 1.25, 1.5, 1.75, 2, 2.5, 3];
    private static readonly double[] Parts = [0.5, 0.7, 0.9, 1.1, 1.3, 1.6, 2, 2.5, 3];
    private static readonly double[] Growing = [0.9, 1.1];
    private static readonly double[] Lasting = [0, 1, 2];

    public static ReproductionResult Run(IProgress<Progress>? progress, CancellationToken cancellation)
    {
        var claims = new List<Claim>();
        var (growth, rates) = Growth(claims, cancellation);
        progress?.Report(new Progress(0.4, "deviations"));
        var lasting = Lasting.Select((exponent, k) => Survivors(exponent, k, cancellation)).ToArray();
        progress?.Report(new Progress(0.9, "single runs"));
        var edges = Batches.Select((batch, k) => Edges(batch, k)).ToArray();
        var ratios = Exponents.Select(a => Problem(a)).Select(problem => NoiseFloor.LargestLearningRate(problem.Modes(), 1) / DiscreteTasks.Edge(problem)).ToArray();
        return new ReproductionResult
        {
            Claims = claims,
            Figures =
            [
                new Figure
                {
                    Id = "discrete-stability",
                    Title = Headline.FirstThatFits($"Deviations change by {DisplayNumber.Of(rates[0], 2)} (η = 0.9 η_{{stable}}) and {DisplayNumber.Of(rates[1], 2)} (1.1) in {LastStep - FirstStep} steps; the mean field is up to {DisplayNumber.Of(ratios.Max(), 2)} times off", $"The mean field misses the edge of stability by factors up to {DisplayNumber.Of(ratios.Max(), 2)}"),
                    Caption = FormattableString.Invariant($"(a) Largest learning rate that is stable in mean square at w* (lines), that of the mean-field theory (dashed) and of gradient descent (dotted); d = {Dimension}. (b) E tr Q(w − w*)(w − w*)ᵀ of {GrowthReplicas} runs (dots; bars: 95 %) and its theory (lines), a = 1, d = {GrowthDimension}, B = 1, no label noise, start {Deviation} from the teacher. (c) Part of {Replicas} runs that have diverged within {Steps} steps from 0.99 w*, B = 1, σ² = 0, d = {Dimension}. Teacher all ones, seed 1."),
                    Panels =
                    [
                        new Panel { Title = "edge", X = new Axis("exponent a"), Y = new Axis("learning rate η", true), Series = [.. edges.SelectMany(series => series), new Series { Label = "gradient descent", X = Exponents, Y = [.. Exponents.Select(a => Stability.LargestLearningRate(Problem(a).Modes()))], Style = SeriesStyle.Dotted, Color = CurveColors.Neutral }] },
                        new Panel { Title = "growth of deviations", X = new Axis("step n"), Y = new Axis("tr QΣ over its first", true), Series = growth },
                        new Panel { Title = "single runs", X = new Axis("η/η_{stable}"), Y = new Axis("part that diverged", false, 0, 1), Series = lasting, Lines = [new ReferenceLine(1, "edge")] },
                    ],
                },
            ],
        };
    }

    private static PhaseRetrievalProblem Problem(double exponent) => DiscreteTasks.Problem(Dimension, exponent, 0);

    private static Series[] Edges(int batch, int color) =>
    [
        new Series { Label = FormattableString.Invariant($"B = {batch}"), X = Exponents, Y = [.. Exponents.Select(a => DiscreteTasks.Edge(Problem(a), batch))], Color = color },
        new Series { Label = FormattableString.Invariant($"B = {batch}, mean field"), X = Exponents, Y = [.. Exponents.Select(a => NoiseFloor.LargestLearningRate(Problem(a).Modes(), batch))], Style = SeriesStyle.Dashed, Color = color },
    ];

    // Without noise and near w* the equations of the second moments are exact: the loss is 4 s* tr QΣ + 8 Var u there.
    private static (List<Series> Series, double[] Rates) Growth(List<Claim> claims, CancellationToken cancellation)
    {
        var problem = DiscreteTasks.Problem(GrowthDimension, 1, 0);
        var modes = problem.Modes(ModeRepresentation.Full, cancellation);
        problem = problem with { Start = Start.FromValues(modes.Teacher.Select((value, i) => value + (i == 0 ? Deviation : 0))) };
        var edge = DiscreteTasks.Edge(problem);
        var series = new List<Series>();
        var rates = new List<double>();
        long[] steps = [.. Enumerable.Range(0, 5).Select(k => FirstStep + (k * (LastStep - FirstStep) / 4))];
        foreach (var (number, part) in Growing.Index())
        {
            var runs = problem.Solve(new OnlineSgd { LearningRate = part * edge, AtSteps = steps, Replicas = GrowthReplicas, Threads = 1 }, null, cancellation);
            var theory = problem.Solve(new SgdLinearNoise { LearningRate = part * edge, AtSteps = [.. Enumerable.Range((int)FirstStep, (int)(LastStep - FirstStep) + 1).Select(step => (long)step)] }, null, cancellation);
            cancellation.ThrowIfCancellationRequested();
            double[] loss = runs["loss"], error = runs["loss-se"];
            var (predicted, measured) = (theory["loss"][^1] / theory["loss"][0], loss[^1] / loss[0]);

            // Errors of two rows of one ensemble are correlated; added, they are the worst.
            var half = 1.96 * measured * ((error[0] / loss[0]) + (error[^1] / loss[^1]));
            rates.Add(measured);
            var text = FormattableString.Invariant($"η = {part} η_stable (a = 1, B = 1, d = {GrowthDimension})");
            var obtained = FormattableString.Invariant($"mean loss of {GrowthReplicas} runs at step {LastStep} over that at step {FirstStep}, {DisplayNumber.Of(Deviation)} from the teacher, no label noise; the interval adds the errors of both");
            claims.Add(part < 1
                ? Claim.AtMost($"edge-below-{DisplayNumber.Of(part)}", $"deviations from the teacher fall in mean square at {text}", 1, measured, Curves.Derived, obtained, PredictionKind.Exact, half)
                : Claim.AtLeast($"edge-above-{DisplayNumber.Of(part)}", $"deviations from the teacher grow in mean square at {text}", 1, measured, Curves.Derived, obtained, PredictionKind.Exact, half));
            claims.Add(Claim.Relative($"edge-factor-{DisplayNumber.Of(part)}", $"their mean square changes by the factor of the covariance equation at {text}", predicted, measured, 0.2, Curves.Derived, obtained, PredictionKind.Exact, half).At("runs", GrowthReplicas));
            series.Add(new Series { Label = FormattableString.Invariant($"η = {part} η_{{stable}}"), X = theory["step"], Y = [.. theory["loss"].Select(value => value / theory["loss"][0])], Color = number });
            series.Add(new Series
            {
                Label = FormattableString.Invariant($"η = {part} η_{{stable}}"), X = runs["step"], Y = [.. loss.Select(value => value / theory["loss"][0])],
                Lower = [.. loss.Select((value, row) => (value - (1.96 * error[row])) / theory["loss"][0])], Upper = [.. loss.Select((value, row) => (value + (1.96 * error[row])) / theory["loss"][0])], Style = SeriesStyle.Points, Color = number,
            });
        }

        return (series, [.. rates]);
    }

    private static Series Survivors(double exponent, int color, CancellationToken cancellation)
    {
        var problem = Problem(exponent);
        var modes = problem.Modes(ModeRepresentation.Full, cancellation);
        problem = problem with { Start = Start.FromValues(modes.Teacher.Select(value => 0.99 * value)) };
        var edge = DiscreteTasks.Edge(problem);
        double[] parts = [.. Parts.Select(part =>
        {
            var runs = problem.Solve(new OnlineSgd { LearningRate = part * edge, AtSteps = [Steps], Replicas = Replicas, Threads = 1 }, null, cancellation);
            cancellation.ThrowIfCancellationRequested();
            return (double)DiscreteTasks.Diverged(runs) / Replicas;
        })];
        return new Series { Label = FormattableString.Invariant($"a = {exponent}"), X = Parts, Y = parts, Style = SeriesStyle.Points, Color = color };
    }
}
