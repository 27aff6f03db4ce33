using Eigenflow.Figures;
using Eigenflow.Numerics;
using Eigenflow.Schedules;
using Eigenflow.Solutions;

namespace Eigenflow.Systems.PhaseRetrieval;

/// <summary>The loss at the best learning rate against the number of samples: its exponent by the law, by the theory and by SGD, at a constant and at a linearly falling rate.</summary>
internal static class SampleFigure
{
    private const double Noise = 1;

    // Runs of the largest number of samples, and of the others in inverse proportion, up to a limit.
    private const int Replicas = 64;
    private const int MostReplicas = 1024;

    // At this size the tail of the spectrum has no end that the law could see; the edge does not depend on the tail.
    private const long LargeDimension = 1_000_000_000_000;
    private const long EdgeDimension = 10_000;
    private const double LargestPart = 0.3;
    private const double AsymptoticTolerance = 0.02;
    private const double Tolerance = 0.05;
    private const double BatchTolerance = 0.15;
    private const int Batch = 4;
    private static readonly long[] Samples = [500, 2000, 8000, 32_000];
    private static readonly double[] Many = [1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e11, 1e13];

    // Beyond, the law alone is to be seen.
    private static readonly double[] Drawn = [.. Many.Where(n => n <= 1e8)];
    private static readonly (double Exponent, ScheduleShape Shape, int Dimension)[] Cases = [(1.5, new ConstantShape(), 100), (2, new ConstantShape(), 200), (1.5, new PowerShape(1), 100)];

    public static ReproductionResult Run(IProgress<Progress>? progress, CancellationToken cancellation)
    {
        var claims = new List<Claim>();
        var losses = new List<Series>();
        var best = new List<Series>();
        var told = new List<string>();
        foreach (var (number, (exponent, shape, dimension)) in Cases.Index())
        {
            var name = FormattableString.Invariant($"a = {exponent}, {shape.Text}, d = {dimension}");
            var id = FormattableString.Invariant($"a{exponent}-{shape.Text}");
            var many = Law(claims, exponent, shape, id);
            progress?.Report(new Progress((number + 0.2) / Cases.Length, "best rates"));
            var problem = DiscreteTasks.Problem(dimension, exponent, Noise);
            var largest = LargestPart * DiscreteTasks.Edge(problem);
            var few = Samples.Select(count => SampleScaling.Best(problem, count, shape, largest, cancellation)).ToArray();
            double[] mean = new double[Samples.Length], error = new double[Samples.Length];
            for (var k = 0; k < Samples.Length; k++)
            {
                var runs = Runs(problem, few[k].Rate, shape, 1, Samples[k], cancellation);
                (mean[k], error[k]) = (runs["loss"][0], runs["loss-se"][0]);
                progress?.Report(new Progress((number + 0.2 + (0.8 * (k + 1) / Samples.Length)) / Cases.Length, "runs"));
            }

            var (predicted, slope, half) = (Slope(Samples, [.. few.Select(one => one.Loss)]), Slope(Samples, mean), Half(Samples, mean, error));
            told.Add(DisplayNumber.WithInterval(slope, half));
            claims.Add(Claim.Absolute(
                $"samples-sgd-{id}", FormattableString.Invariant($"at the best rates of the mean-field theory the loss of SGD falls with the exponent of the theory over these samples ({name}, σ² = {Noise})"), predicted, slope, Tolerance, Curves.Derived,
                FormattableString.Invariant($"least squares on ln L over n = {Samples[0]} to {Samples[^1]}, means of {Count(Samples[0])} to {Replicas} runs; interval from their standard errors"), PredictionKind.Heuristic, half).UpTo(Samples[^1], "n").At("d", dimension).At("runs", Replicas));
            if (number == 1)
                claims.Add(Batched(problem, few[^2].Rate, shape, mean[^2], error[^2], cancellation));
            double[] x = [.. Samples.Select(n => (double)n)];
            losses.Add(new Series { Label = name, X = x, Y = [.. few.Select(one => one.Loss)], Color = number });
            losses.Add(new Series { Label = name, X = Drawn, Y = [.. many.Take(Drawn.Length).Select(one => one.Loss)], Color = number, Style = SeriesStyle.Dashed });
            losses.Add(new Series { Label = name, X = x, Y = mean, Lower = [.. mean.Zip(error, (value, se) => value - (1.96 * se))], Upper = [.. mean.Zip(error, (value, se) => value + (1.96 * se))], Color = number, Style = SeriesStyle.Points });
            best.Add(new Series { Label = name, X = x, Y = [.. few.Select(one => one.Rate)], Color = number });
            best.Add(new Series { Label = name, X = Drawn, Y = [.. many.Take(Drawn.Length).Select(one => one.Rate)], Color = number, Style = SeriesStyle.Dashed });
        }

        return new ReproductionResult
        {
            Claims = claims,
            Figures =
            [
                new Figure
                {
                    Id = "discrete-samples",
                    Title = Headline.FirstThatFits($"Loss of SGD at the best rate ∝ n^{{p}}, p = {string.Join(", ", told)}", "Loss at the best rate against samples"),
                    Caption = FormattableString.Invariant($"Loss at the best learning rate for n samples: mean-field theory (lines), SGD at these rates (dots: mean of {Replicas} runs at n = {Samples[^1]} and up to {MostReplicas} before; bars: 95 %), and the law of small steps at d = 10^{{12}} (dashed), with the rates. Rates up to {LargestPart} of the edge of stability. p in the order of the legend; the d of runs ends the power laws, whose exponents for n, d → ∞ are {string.Join(", ", Cases.Select(one => DisplayNumber.Of(Exponent(one.Exponent, one.Shape), 3)))}. B = 1, σ² = {Noise}, teacher all ones, alternating start, seed 1."),
                    Panels =
                    [
                        new Panel { Title = "loss", X = new Axis("samples n", true), Y = new Axis("loss at the best rate", true), Series = losses },
                        new Panel { Title = "best rate", X = new Axis("samples n", true), Y = new Axis("learning rate η", true), Series = best },
                    ],
                },
            ],
        };
    }

    private static double Exponent(double exponent, ScheduleShape shape) => ((exponent - 1) / exponent) is var beta && shape is ConstantShape ? SampleScaling.Constant(beta) : SampleScaling.Linear(beta);

    private static (double Rate, double Loss)[] Law(List<Claim> claims, double exponent, ScheduleShape shape, string id)
    {
        var modes = DiscreteTasks.Problem(LargeDimension, exponent, Noise).Modes(ModeRepresentation.Averaged);
        var edge = DiscreteTasks.Problem(EdgeDimension, exponent, Noise);
        var largest = LargestPart * DiscreteTasks.Edge(edge);
        var optima = Many.Select(count => SampleScaling.BestOfLaw(modes, count, Noise, shape is not ConstantShape, largest)).ToArray();
        var measured = Math.Log(optima[^1].Loss / optima[^2].Loss) / Math.Log(Many[^1] / Many[^2]);
        claims.Add(Claim.Absolute(
            $"samples-law-{id}", FormattableString.Invariant($"the loss at the best {shape.Text} rate falls as n^p with p = {(shape is ConstantShape ? "−β/(1 + β)" : "−β")}, β = (a − 1)/a (a = {exponent})"), Exponent(exponent, shape), measured, AsymptoticTolerance, Curves.Derived,
            FormattableString.Invariant($"slope between {DisplayNumber.Of(Many[^2])} and {DisplayNumber.Of(Many[^1])} samples of the law of small steps at its best rate, d = 10^{{12}}, σ² = {Noise}"), PredictionKind.Asymptotic).UpTo(Many[^1], "n").At("d", LargeDimension).Over("n → ∞, d → ∞"));
        return optima;
    }

    // The best rate grows with the batch as long as steps are small: the loss of n samples does not depend on it.
    private static Claim Batched(PhaseRetrievalProblem problem, double rate, ScheduleShape shape, double expected, double error, CancellationToken cancellation)
    {
        var samples = Samples[^2];
        var runs = Runs(problem, Batch * rate, shape, Batch, samples / Batch, cancellation);
        return Claim.Relative(
            "samples-batch", FormattableString.Invariant($"a batch of {Batch} at {Batch} times the rate leaves the same loss after {samples} samples (d = {problem.Spectrum.Dimension}, σ² = {Noise}, η/B = {DisplayNumber.Of(rate, 3)})"), expected, runs["loss"][0], BatchTolerance, Curves.Derived,
            FormattableString.Invariant($"mean of {Count(samples)} runs at B = {Batch} against as many at B = 1; the interval has the errors of both"), PredictionKind.Heuristic, 1.96 * Math.Sqrt((error * error) + Math.Pow(runs["loss-se"][0], 2))).At("runs", Count(samples)).Over("η ≪ η_stable");
    }

    private static int Count(long samples) => (int)Math.Min(MostReplicas, Replicas * Samples[^1] / samples);

    private static Solution Runs(PhaseRetrievalProblem problem, double rate, ScheduleShape shape, int batch, long steps, CancellationToken cancellation)
    {
        var runs = problem.Solve(new OnlineSgd { LearningRate = rate, ScheduleShape = shape, Batch = batch, Steps = steps, AtSteps = [steps], Replicas = Count(steps * batch), Threads = 1 }, null, cancellation);
        cancellation.ThrowIfCancellationRequested();
        return runs;
    }

    private static double Slope(long[] samples, double[] losses) => LeastSquaresLine.Fit([.. samples.Select(n => Math.Log(n))], [.. losses.Select(loss => Math.Log(loss))]).Slope;

    // Independent errors of the points through the weights of the slope.
    private static double Half(long[] samples, double[] losses, double[] errors)
    {
        double[] x = [.. samples.Select(n => Math.Log(n))];
        var mean = x.Average();
        var squares = x.Sum(value => (value - mean) * (value - mean));
        return 1.96 * Math.Sqrt(x.Select((value, k) => Math.Pow((value - mean) / squares * errors[k] / losses[k], 2)).Sum());
    }
}
