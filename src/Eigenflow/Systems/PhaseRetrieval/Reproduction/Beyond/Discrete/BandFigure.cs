using Eigenflow.Figures;
using Eigenflow.Schedules;
using Eigenflow.Solutions;
using MathNet.Numerics.Distributions;

namespace Eigenflow.Systems.PhaseRetrieval;

/// <summary>Means and spread of online SGD between runs against the theory of its covariance, at constant and at falling learning rates.</summary>
internal static class BandFigure
{
    private const int Dimension = 50;
    private const double Exponent = 1;
    private const double Noise = 0.05;
    private const double Rate = 1e-3;
    private const long Steps = 20_000;
    private const int Replicas = 256;
    private const long FirstStep = 50;
    private const long FirstSpread = 20;

    // What second order leaves out of the escape, where runs part widely.
    private const double Tolerance = 0.15;
    private static readonly (string Name, string Label)[] Shown = [("u", "u"), ("s", "s"), ("mse", "MSE"), ("loss", "L")];
    private static readonly ScheduleShape[] Shapes = [new ConstantShape(), new CosineShape(), new PowerShape(1)];

    public static ReproductionResult Run(IProgress<Progress>? progress, CancellationToken cancellation)
    {
        var problem = DiscreteTasks.Problem(Dimension, Exponent, Noise);
        var claims = new List<Claim>();
        var panels = new List<Panel>();
        var (overlaps, losses) = (new List<Series>(), new List<Series>());
        var farthest = 0.0;
        foreach (var (number, shape) in Shapes.Index())
        {
            var runs = problem.Solve(new OnlineSgd { LearningRate = Rate, ScheduleShape = shape, Steps = Steps, Replicas = Replicas, Seed = number + 1, Threads = 1, Points = 32 }, PartialProgress.Of(progress, number, Shapes.Length), cancellation);
            var theory = problem.Solve(new SgdLinearNoise { LearningRate = Rate, ScheduleShape = shape, Steps = Steps, AtSteps = [.. runs["step"].Select(step => (long)step)] }, null, cancellation);
            cancellation.ThrowIfCancellationRequested();
            var name = shape.Text;
            foreach (var (observable, label) in ((string, string)[])[("u", "u"), ("s", "s"), ("loss", "L")])
            {
                var distance = MeanOfRuns.Of(runs, theory, observable, FirstStep);
                farthest = Math.Max(farthest, distance.Largest);
                claims.Add(distance.Claim(
                    $"band-mean-{observable}-{name}", FormattableString.Invariant($"the mean of {label} over SGD runs is that of the second-order theory ({name} rate, d = {Dimension}, a = {Exponent}, η = {DisplayNumber.Of(Rate)}, σ² = {Noise})"), Replicas, null,
                    Curves.Derived, $"largest distance in standard errors of the mean of {Replicas} runs, over {distance.Rows} recorded steps; seed {number + 1}", PredictionKind.Heuristic).UpTo(Steps, "n").At("d", Dimension));
                claims.Add(Spread(runs, theory, observable, label, name));
            }

            if (number == 0)
                panels.AddRange(Shown.Select(one => Panel(runs, theory, one.Name, one.Label)));
            foreach (var (observable, list) in ((string, List<Series>)[])[("u", overlaps), ("loss", losses)])
                list.AddRange(Spreads(runs, theory, observable, name));
        }

        foreach (var (label, list) in ((string, List<Series>)[])[("u", overlaps), ("L", losses)])
            panels.Add(new Panel { Title = $"spread of {label}", X = new Axis("flow time t", true), Y = new Axis($"standard deviation of {label}", true), Series = list });
        return new ReproductionResult
        {
            Claims = claims,
            Figures =
            [
                new Figure
                {
                    Id = "discrete-bands",
                    Title = Headline.Errors($"Means of {Replicas} runs", "the theory of second order", farthest),
                    Caption = FormattableString.Invariant($"Online SGD (dots: mean of {Replicas} runs; bars: 10 to 90 % of them) and the theory of mean and covariance (lines; bands: the same quantiles, where at least {FluctuationStatistics.LeastContributions} steps make up the spread), constant learning rate. Last two panels: standard deviation between runs at three schedules (bars: 95 % intervals). d = {Dimension}, a = {Exponent}, η = {DisplayNumber.Of(Rate)}, σ² = {Noise}, B = 1, {Steps} steps, teacher all ones, alternating start, seeds 1 to 3."),
                    Panels = panels,
                    Columns = 3,
                },
            ],
        };
    }

    // The variance over runs against the predicted one where runs have parted from their start; rows of one ensemble are correlated.
    private static Claim Spread(Solution runs, Solution theory, string observable, string label, string schedule)
    {
        double[] measured = DeviationOf(runs, observable), predicted = theory[observable + FluctuationStatistics.Deviation];
        double[] ratios = [.. Enumerable.Range(0, runs.Rows).Where(row => runs["step"][row] >= FirstStep).Select(row => measured[row] / predicted[row])];
        var mean = Math.Sqrt(ratios.Average(ratio => ratio * ratio));
        var half = 0.5 * ((1 / Math.Sqrt(ChiSquared.InvCDF(Replicas - 1, 0.025) / (Replicas - 1))) - (1 / Math.Sqrt(ChiSquared.InvCDF(Replicas - 1, 0.975) / (Replicas - 1))));
        return Claim.Relative(
            $"band-spread-{observable}-{schedule}", FormattableString.Invariant($"the standard deviation of {label} between SGD runs is that of the second-order theory ({schedule} rate)"), 1, mean, Tolerance, Curves.Derived,
            DisplayText.Of($"root mean square over {ratios.Length} recorded steps of measured over predicted, which goes from {ratios.Min():0.00} to {ratios.Max():0.00}; the interval is that of a single step of {Replicas} runs by the quantiles of χ²"), PredictionKind.Heuristic, half)
            .UpTo(Steps, "n").At("d", Dimension).At("runs", Replicas);
    }

    // Standard deviations between runs with their intervals, at three schedules; few steps have tails that runs do not sample.
    private static Series[] Spreads(Solution runs, Solution theory, string observable, string name)
    {
        double[] deviation = DeviationOf(runs, observable);
        double[] Rows(IEnumerable<double> values) => [.. values.Where((_, row) => runs["step"][row] >= FirstSpread)];
        double[] Edge(double quantile) => Rows(deviation.Select(value => value * Math.Sqrt((Replicas - 1) / ChiSquared.InvCDF(Replicas - 1, quantile))));
        var (x, predicted, color) = (Rows(runs["t"]), Rows(theory[observable + FluctuationStatistics.Deviation]), CurveColors.Schedule(name));
        return
        [
            new Series { Label = name, X = x, Y = Rows(deviation), Style = SeriesStyle.Points, Color = color, Lower = Edge(0.975), Upper = Edge(0.025), Expected = predicted },
            new Series { Label = name, X = x, Y = predicted, Color = color },
        ];
    }

    private static Panel Panel(Solution runs, Solution theory, string observable, string label) => new()
    {
        Title = label,
        X = new Axis("flow time t", true),
        Y = new Axis(label, true),
        Series =
        [
            SolutionSeries.Of(theory, observable, "theory", 0),
            SolutionSeries.Of(runs, observable, "SGD", 1, SeriesStyle.Points).Against(theory, observable),
        ],
    };

    private static double[] DeviationOf(Solution runs, string observable) => DiscreteTasks.Deviation(runs, observable, Replicas);
}
