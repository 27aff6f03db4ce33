using Eigenflow.Figures;
using Eigenflow.Solutions;

namespace Eigenflow.Systems.PhaseRetrieval;

/// <summary>The stationary loss, MSE and spread of u at finite steps, against learning rate, batch, label noise and exponent.</summary>
internal static class FloorFigure
{
    private const int Dimension = 20;
    private const int Replicas = 256;
    private const int Rows = 6;

    // Relaxations of the slowest mode before the first recorded step, and between two.
    private const double Before = 6, Between = 2;
    private const double Tolerance = 0.1;

    // Up to this part of the edge floors are claimed: beyond it rare excursions carry the mean.
    private const double LargestPart = 0.3;
    private static readonly double[] Parts = [0.05, 0.1, 0.2, 0.3, 0.5, 0.7];
    private static readonly int[] Batches = [1, 2, 4, 16];
    private static readonly double[] Noises = [0.01, 0.05, 0.2, 1];
    private static readonly double[] Exponents = [0, 0.5, 1, 1.5];

    private sealed record Point(double X, double Exponent, double Rate, int Batch, double Noise, double Part)
    {
        public FluctuationFloor Predicted { get; init; } = new(double.NaN, double.NaN, double.NaN, double.NaN);

        public double MeanField { get; init; }

        public double Small { get; init; }

        public (double Value, double Error) Loss { get; init; }

        public (double Value, double Error) MeanSquaredError { get; init; }

        public bool Diverged { get; init; }
    }

    public static ReproductionResult Run(IProgress<Progress>? progress, CancellationToken cancellation)
    {
        var edge = DiscreteTasks.Edge(DiscreteTasks.Problem(Dimension, 1, 0));
        var axes = new (string Id, string Title, string Label, bool IsLogarithmic, Point[] Points)[]
        {
            ("rate", "learning rate", "η/η_{stable}", true, [.. Parts.Select(part => new Point(part, 1, part * edge, 1, 0.05, part))]),
            ("batch", "batch", "batch B", true, [.. Batches.Select(batch => (batch, rate: LargestPart * edge)).Select(one => new Point(one.batch, 1, one.rate, one.batch, 0.05, one.rate / DiscreteTasks.Edge(DiscreteTasks.Problem(Dimension, 1, 0), one.batch)))]),
            ("noise", "label noise", "σ²", true, [.. Noises.Select(noise => new Point(noise, 1, 0.1 * edge, 1, noise, 0.1))]),
            ("exponent", "exponent", "exponent a", false, [.. Exponents.Select(a => new Point(a, a, 0.2 * DiscreteTasks.Edge(DiscreteTasks.Problem(Dimension, a, 0)), 1, 0.05, 0.2))]),
        };
        var claims = new List<Claim>();
        var panels = new List<Panel>();
        var done = 0;
        var total = axes.Sum(axis => axis.Points.Length);
        var farthest = 0.0;
        foreach (var (id, title, label, isLogarithmic, points) in axes)
        {
            var measured = points.Select(point => Measure(point, PartialProgress.Of(progress, done++, total), cancellation)).ToArray();
            foreach (var point in measured.Where(point => point.Part <= LargestPart * 1.001))
            {
                farthest = Math.Max(farthest, Math.Abs((point.Loss.Value / point.Predicted.Loss) - 1));
                claims.Add(Claimed($"floor-loss-{id}-{DisplayNumber.Plain(DisplayNumber.Of(point.X))}", "stationary loss", point, point.Predicted.Loss, point.Loss));
                claims.Add(Claimed($"floor-mse-{id}-{DisplayNumber.Plain(DisplayNumber.Of(point.X))}", "stationary MSE", point, point.Predicted.MeanSquaredError, point.MeanSquaredError));
            }

            double[] x = [.. measured.Select(point => point.X)];
            var kept = measured.Where(point => !point.Diverged).ToArray();
            panels.Add(new Panel
            {
                Title = title,
                X = new Axis(label, isLogarithmic),
                Y = new Axis("stationary loss", true),
                Series =
                [
                    new Series { Label = "covariance theory", X = x, Y = [.. measured.Select(point => point.Predicted.Loss)], Color = 0 },
                    new Series { Label = "mean field", X = x, Y = [.. measured.Select(point => point.MeanField)], Color = 2, Style = SeriesStyle.Dashed },
                    new Series { Label = "small steps", X = x, Y = [.. measured.Select(point => point.Small)], Color = CurveColors.Neutral, Style = SeriesStyle.Dotted },
                    new Series
                    {
                        Label = "SGD", X = [.. kept.Select(point => point.X)], Y = [.. kept.Select(point => point.Loss.Value)], Lower = [.. kept.Select(point => point.Loss.Value - point.Loss.Error)], Upper = [.. kept.Select(point => point.Loss.Value + point.Loss.Error)],
                        Color = 1, Style = SeriesStyle.Points, Expected = [.. kept.Select(point => point.Predicted.Loss)],
                    },
                ],
            });
        }

        return new ReproductionResult
        {
            Claims = claims,
            Figures =
            [
                new Figure
                {
                    Id = "discrete-floors",
                    Title = Headline.Departure(DisplayText.Of($"Floors up to {LargestPart:0.0} of the edge"), "the covariance equation", farthest),
                    Caption = FormattableString.Invariant($"Stationary loss of online SGD (dots: {Replicas} runs at {Rows} steps, {Between} relaxations of the slowest mode apart; bars: 95 %), the covariance equation linearised at w* (line), the mean field (dashed) and the limit of small steps ησ²(4s* + 8s*⁽²⁾)/B (dotted). d = {Dimension}, teacher all ones, start at the teacher; unless it is the axis: a = 1, B = 1, σ² = 0.05; η = {LargestPart}, 0.1 and 0.2 of the edge at B = 1 for batch, noise and exponent; seed 1."),
                    Panels = panels,
                    Columns = 2,
                },
            ],
        };
    }

    private static Claim Claimed(string id, string what, Point point, double predicted, (double Value, double Error) measured) => Claim.Relative(
        id, FormattableString.Invariant($"the {what} of SGD is that of the covariance equation at w* (a = {point.Exponent}, η = {DisplayNumber.Of(point.Rate, 3)}, B = {point.Batch}, σ² = {point.Noise}, d = {Dimension})"), predicted, measured.Value, Tolerance, Curves.Derived,
        FormattableString.Invariant($"mean of {Replicas} runs at {Rows} steps, {Between} relaxations of the slowest mode apart; 95 % interval"), PredictionKind.Heuristic, measured.Error).At("runs", Replicas).Over("η ≤ 0.3 η_stable, small ησ²");

    private static Point Measure(Point point, IProgress<Progress>? progress, CancellationToken cancellation)
    {
        var problem = DiscreteTasks.Problem(Dimension, point.Exponent, point.Noise);
        var modes = problem.Modes(ModeRepresentation.Full, cancellation);
        problem = problem with { Start = Start.FromValues(modes.Teacher) };
        var relaxation = 1 / (16 * modes.SmallestEigenvalue * modes.TeacherOverlap * point.Rate);
        long[] steps = [.. Enumerable.Range(0, Rows).Select(k => (long)Math.Ceiling(relaxation * (Before + (Between * k))))];
        var runs = problem.Solve(new OnlineSgd { LearningRate = point.Rate, Batch = point.Batch, AtSteps = steps, Replicas = Replicas, Threads = 1 }, progress, cancellation);
        cancellation.ThrowIfCancellationRequested();
        return point with
        {
            Predicted = new TeacherFluctuations(modes, point.Batch).Floor(point.Rate, point.Noise) ?? point.Predicted,
            MeanField = 4 * modes.TeacherOverlap * (NoiseFloor.Of(modes, point.Rate, point.Batch, point.Noise)?.Quadratic ?? double.NaN),
            Small = StationaryFloor.Of(modes, point.Rate, point.Batch, point.Noise).Loss,
            Loss = Average("loss"),
            MeanSquaredError = Average("mse-best-sign"),
            Diverged = runs.Status.Outcome == SolveOutcome.Diverged,
        };

        // Rows so far apart are nearly independent.
        (double, double) Average(string column) => runs.Rows < Rows ? (double.NaN, double.NaN)
            : (runs[column].Average(), 1.96 * Math.Sqrt(runs[column + ReplicaColumns.Error].Sum(error => error * error)) / Rows);
    }
}
