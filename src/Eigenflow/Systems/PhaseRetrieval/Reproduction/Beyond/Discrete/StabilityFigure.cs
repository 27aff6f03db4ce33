using Eigenflow.Figures;
using Eigenflow.Random;
using Eigenflow.Solutions;

namespace Eigenflow.Systems.PhaseRetrieval;

/// <summary>The largest learning rate that is stable in mean square, the growth of deviations on both sides of it, and how far beyond single runs last.</summary>
internal static class StabilityFigure
{
    private const int Dimension = 50;
    private const int StepDimension = 10;
    private const int Samples = 800_000;
    private const int TypicalSteps = 200_000;
    private const int Replicas = 200;
    private const long Steps = 1500;

    // Part of the change that a step makes, about one per cent, within which its factor is claimed: no change is far outside.
    private const double Tolerance = 0.5;

    // Beyond, the fourth moments of a step make its samples too uncertain.
    private const double LargestClaimed = 1.25;
    private static readonly int[] Batches = [1, 4, 16];
    private static readonly double[] Exponents = [0, 0.25, 0.5, 0.75, 1, 1.25, 1.5, 1.75, 2, 2.5, 3];
    private static readonly double[] Parts = [0.5, 0.7, 0.9, 1.1, 1.3, 1.6, 2, 2.5, 3];
    private static readonly double[] StepParts = [0.5, 0.75, 0.9, 1.1, 1.25, 1.5, 2];
    private static readonly double[] Lasting = [0, 1, 2];

    public static ReproductionResult Run(IProgress<Progress>? progress, CancellationToken cancellation)
    {
        var claims = new List<Claim>();
        var factors = Factors(claims, cancellation);
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
                    Title = $"The mean field misses the edge of stability by factors up to {DisplayNumber.Of(ratios.Max(), 2)}; single runs last beyond it",
                    Caption = FormattableString.Invariant($"(a) Largest learning rate that is stable in mean square at w* (lines), that of the mean-field theory (dashed) and of gradient descent (dotted); d = {Dimension}. (b) Factor by which a step changes the mean square of deviations from the teacher (line: largest eigenvalue of the covariance equation; dots: {Samples} samples, bars: 95 %), and the factor of a single run, from the mean logarithm of its growth over {TypicalSteps} steps; a = 1, d = {StepDimension}, B = 1. (c) Part of {Replicas} runs that have diverged within {Steps} steps from 0.99 w*, B = 1, σ² = 0, d = {Dimension}. Teacher all ones, seed 1."),
                    Panels =
                    [
                        new Panel { Title = "edge", X = new Axis("exponent a"), Y = new Axis("learning rate η", true), Series = [.. edges.SelectMany(series => series), new Series { Label = "gradient descent", X = Exponents, Y = [.. Exponents.Select(a => Stability.LargestLearningRate(Problem(a).Modes()))], Style = SeriesStyle.Dotted, Color = CurveColors.Neutral }] },
                        new Panel { Title = "change in a step", X = new Axis("η/η_{stable}"), Y = new Axis("factor of the square"), Series = factors, Lines = [new ReferenceLine(1, "", IsVertical: false)] },
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

    // One step of linearised SGD without label noise, e ← e − 8ηR² x (x·e), from the covariance that grows most; and the growth of a single deviation over many steps.
    private static List<Series> Factors(List<Claim> claims, CancellationToken cancellation)
    {
        var problem = DiscreteTasks.Problem(StepDimension, 1, 0);
        var modes = problem.Modes(ModeRepresentation.Full, cancellation);
        var theory = new TeacherFluctuations(modes, 1);
        var edge = theory.LargestRate();
        double[] predicted = new double[StepParts.Length], measured = new double[StepParts.Length], half = new double[StepParts.Length], typical = new double[StepParts.Length];
        for (var k = 0; k < StepParts.Length; k++)
        {
            var growth = theory.Growth(StepParts[k] * edge);
            predicted[k] = growth.Factor;
            (measured[k], half[k]) = Sampled(modes, growth.Along, growth.Each, StepParts[k] * edge, cancellation);
            typical[k] = Typical(modes, StepParts[k] * edge, cancellation);
            var text = FormattableString.Invariant($"η = {StepParts[k]} η_stable (a = 1, B = 1, d = {StepDimension})");
            var id = DisplayNumber.Of(StepParts[k]);
            var obtained = FormattableString.Invariant($"tr QΣ after one step over that before, from the covariance that grows most, mean over {Samples} samples; 95 % interval");
            if (StepParts[k] is 0.9 or 1.1)
            {
                claims.Add(StepParts[k] < 1
                    ? Claim.AtMost($"edge-below-{id}", $"deviations from the teacher fall in mean square at {text}", 1, measured[k], Curves.Derived, obtained, PredictionKind.Exact, half[k])
                    : Claim.AtLeast($"edge-above-{id}", $"deviations from the teacher grow in mean square at {text}", 1, measured[k], Curves.Derived, obtained, PredictionKind.Exact, half[k]));
            }

            if (StepParts[k] <= LargestClaimed)
                claims.Add(Claim.Absolute($"edge-factor-{id}", $"a step changes the mean square by the eigenvalue of the covariance equation at {text}", predicted[k], measured[k], Tolerance * Math.Abs(predicted[k] - 1), Curves.Derived, obtained + DisplayText.Of($"; tolerance: half of the change, {predicted[k] - 1:0.0000}"), PredictionKind.Exact, half[k]).At("samples", Samples));
        }

        return
        [
            new Series { Label = "mean square, theory", X = StepParts, Y = predicted, Color = 0 },
            new Series { Label = "mean square, samples", X = StepParts, Y = measured, Lower = [.. measured.Zip(half, (value, width) => value - width)], Upper = [.. measured.Zip(half, (value, width) => value + width)], Color = 1, Style = SeriesStyle.Points },
            new Series { Label = "a single run", X = StepParts, Y = typical, Color = 2, Style = SeriesStyle.Points },
        ];
    }

    private static (double Mean, double Half) Sampled(WeightedModes modes, double[] along, double[] each, double rate, CancellationToken cancellation)
    {
        var d = modes.Size;
        double[] x = new double[d], eigenvalues = modes.Eigenvalues, covariance = [.. Enumerable.Range(0, d * d).Select(at => (modes.Teacher[at / d] * modes.Teacher[at % d] * along[at]) + (at / d == at % d ? each[at / d] : 0))];
        double sum = 0, squares = 0;
        for (var n = 0; n < Samples; n++)
        {
            if (n % 10_000 == 0)
                cancellation.ThrowIfCancellationRequested();
            var label = Draw(modes, x, n);
            double first = 0, second = 0, norm = 0;
            for (var i = 0; i < d; i++)
            {
                var product = 0.0;
                for (var j = 0; j < d; j++)
                    product += covariance[(i * d) + j] * x[j];
                first += eigenvalues[i] * x[i] * product;
                second += x[i] * product;
                norm += eigenvalues[i] * x[i] * x[i];
            }

            var step = 8 * rate * label * label;
            var change = (step * step * second * norm) - (2 * step * first);
            sum += change;
            squares += change * change;
        }

        var mean = sum / Samples;
        return (1 + mean, 1.96 * Math.Sqrt(((squares / Samples) - (mean * mean)) / Samples));
    }

    // e^(2 times the mean of the logarithm of the growth of ‖e‖): what a run sees, however rare excursions are.
    private static double Typical(WeightedModes modes, double rate, CancellationToken cancellation)
    {
        var d = modes.Size;
        double[] x = new double[d], e = new double[d];
        Array.Fill(e, 1 / Math.Sqrt(d));
        var logarithms = 0.0;
        for (var n = 0; n < TypicalSteps; n++)
        {
            if (n % 10_000 == 0)
                cancellation.ThrowIfCancellationRequested();
            var label = Draw(modes, x, Samples + n);
            double product = 0, norm = 0;
            for (var i = 0; i < d; i++)
                product += x[i] * e[i];
            for (var i = 0; i < d; i++)
            {
                e[i] -= 8 * rate * label * label * product * x[i];
                norm += e[i] * e[i];
            }

            logarithms += Math.Log(norm);
            norm = Math.Sqrt(norm);
            for (var i = 0; i < d; i++)
                e[i] /= norm;
        }

        return Math.Exp(logarithms / TypicalSteps);
    }

    // An input; returns its product with the teacher.
    private static double Draw(WeightedModes modes, double[] x, long number)
    {
        GaussianGenerator.Fill(new GaussianAddress(1, RandomStreams.MonteCarlo, 0, number), 0, x);
        var label = 0.0;
        for (var i = 0; i < x.Length; i++)
        {
            x[i] *= Math.Sqrt(modes.Eigenvalues[i]);
            label += x[i] * modes.Teacher[i];
        }

        return label;
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
