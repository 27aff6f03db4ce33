using Eigenflow.Figures;
using Eigenflow.Numerics;
using Eigenflow.Schedules;
using Eigenflow.Solutions;

namespace Eigenflow.Systems.PhaseRetrieval;

/// <summary>The loss at the best learning rate against the number of samples: its exponent by the law, by the theory and by SGD, at a constant and at a linearly falling rate.</summary>
internal static class SampleFigure
{
    private const double Noise = 0.25;
    private const int Dimension = 200;
    private const int Replicas = 48;

    // At this size the tail of the spectrum has no end that the runs could see.
    private const long LargeDimension = 100_000;

    // The theory of a rate that falls from this part of the edge is stable.
    private const double LargestPart = 0.5;
    private const double AsymptoticTolerance = 0.03;
    private const double Tolerance = 0.03;
    private static readonly long[] Samples = [1000, 4000, 16_000, 64_000];
    private static readonly long[] ManySamples = [20_000, 80_000, 320_000];
    private static readonly (double Exponent, ScheduleShape Shape)[] Cases = [(1.5, new ConstantShape()), (2, new ConstantShape()), (1.5, new PowerShape(1))];

    public static ReproductionResult Run(IProgress<Progress>? progress, CancellationToken cancellation)
    {
        var claims = new List<Claim>();
        var losses = new List<Series>();
        var best = new List<Series>();
        var told = new List<string>();
        foreach (var (number, (exponent, shape)) in Cases.Index())
        {
            var law = Law(exponent, shape);
            var name = FormattableString.Invariant($"a = {exponent}, {shape.Text}");
            var id = FormattableString.Invariant($"a{exponent}-{shape.Text}");
            var many = Optima(LargeDimension, exponent, shape, ManySamples, cancellation);
            var asymptotic = Slope(ManySamples, many.Losses);
            claims.Add(Claim.Absolute(
                $"samples-law-{id}", FormattableString.Invariant($"the loss at the best {shape.Text} rate falls as n^p with p = {(shape is ConstantShape ? "−β/(1 + β)" : "−β")}, β = (a − 1)/a (a = {exponent}, σ² = {Noise})"), law, asymptotic, AsymptoticTolerance, Curves.Derived,
                FormattableString.Invariant($"slope between {ManySamples[0]} and {ManySamples[^1]} samples of the mean-field theory at its best rate, d = {LargeDimension}"), PredictionKind.Asymptotic).UpTo(ManySamples[^1], "n").At("d", LargeDimension).Over("n → ∞, d → ∞"));
            progress?.Report(new Progress((number + 0.3) / Cases.Length, "best rates"));

            var few = Optima(Dimension, exponent, shape, Samples, cancellation);
            double[] mean = new double[Samples.Length], error = new double[Samples.Length];
            var problem = DiscreteTasks.Problem(Dimension, exponent, Noise);
            for (var k = 0; k < Samples.Length; k++)
            {
                var runs = problem.Solve(new OnlineSgd { LearningRate = few.Rates[k], ScheduleShape = shape, Steps = Samples[k], AtSteps = [Samples[k]], Replicas = Replicas, Threads = 1 }, null, cancellation);
                cancellation.ThrowIfCancellationRequested();
                (mean[k], error[k]) = (runs["loss"][0], runs["loss-se"][0]);
                progress?.Report(new Progress((number + 0.3 + (0.7 * (k + 1) / Samples.Length)) / Cases.Length, "runs"));
            }

            var (slope, half) = (Slope(Samples, mean), Half(Samples, mean, error));
            told.Add(DisplayNumber.WithInterval(slope, half));
            claims.Add(Claim.Absolute(
                $"samples-sgd-{id}", FormattableString.Invariant($"at the best rates of the theory the loss of SGD falls with its exponent ({name}, d = {Dimension})"), Slope(Samples, few.Losses), slope, Tolerance, Curves.Derived,
                FormattableString.Invariant($"least squares on ln L over n = {Samples[0]} to {Samples[^1]}, mean of {Replicas} runs each; interval from their standard errors"), PredictionKind.Heuristic, half).UpTo(Samples[^1], "n").At("d", Dimension).At("runs", Replicas));
            double[] x = [.. Samples.Select(n => (double)n)], large = [.. ManySamples.Select(n => (double)n)];
            losses.Add(new Series { Label = name, X = x, Y = few.Losses, Color = number });
            losses.Add(new Series { Label = name, X = large, Y = many.Losses, Color = number, Style = SeriesStyle.Dashed });
            losses.Add(new Series { Label = name, X = x, Y = mean, Lower = [.. mean.Zip(error, (value, se) => value - (1.96 * se))], Upper = [.. mean.Zip(error, (value, se) => value + (1.96 * se))], Color = number, Style = SeriesStyle.Points, Expected = few.Losses });
            best.Add(new Series { Label = name, X = x, Y = few.Rates, Color = number });
            best.Add(new Series { Label = name, X = large, Y = many.Rates, Color = number, Style = SeriesStyle.Dashed });
        }

        return new ReproductionResult
        {
            Claims = claims,
            Figures =
            [
                new Figure
                {
                    Id = "discrete-samples",
                    Title = Headline.FirstThatFits($"Loss at the best rate ∝ n^{{p}}, p = {string.Join(", ", told)}", "Loss at the best rate against samples"),
                    Caption = FormattableString.Invariant($"Loss at the best learning rate for n samples (B = 1) by the mean-field theory, d = {Dimension} (lines) and {LargeDimension} (dashed), and of SGD at these rates (dots: mean of {Replicas} runs, d = {Dimension}; bars: 95 %), and the best rates. Rates up to {LargestPart} of the edge of stability. p in the order of the legend; predicted for n, d → ∞: {string.Join(", ", Cases.Select(one => DisplayNumber.Of(Law(one.Exponent, one.Shape), 3)))}. σ² = {Noise}, teacher all ones, alternating start, seed 1."),
                    Panels =
                    [
                        new Panel { Title = "loss", X = new Axis("samples n", true), Y = new Axis("loss at the best rate", true), Series = losses },
                        new Panel { Title = "best rate", X = new Axis("samples n", true), Y = new Axis("learning rate η", true), Series = best },
                    ],
                },
            ],
        };
    }

    private static double Law(double exponent, ScheduleShape shape) => ((exponent - 1) / exponent) is var beta && shape is ConstantShape ? SampleScaling.Constant(beta) : SampleScaling.Linear(beta);

    private static (double[] Rates, double[] Losses) Optima(long dimension, double exponent, ScheduleShape shape, long[] samples, CancellationToken cancellation)
    {
        var problem = DiscreteTasks.Problem(dimension, exponent, Noise);
        var largest = LargestPart * TeacherFluctuations.Of(problem, problem.Modes(ModeRepresentation.Compressed, cancellation), 1).LargestRate();
        var optima = samples.Select(count => SampleScaling.Best(problem, count, shape, largest, cancellation)).ToArray();
        return ([.. optima.Select(one => one.Rate)], [.. optima.Select(one => one.Loss)]);
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
