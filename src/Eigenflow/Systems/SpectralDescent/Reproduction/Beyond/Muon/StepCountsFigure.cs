using Eigenflow.Figures;
using Eigenflow.Scaling;
using Eigenflow.Schedules;
using Eigenflow.Solutions;

namespace Eigenflow.Systems.SpectralDescent;

/// <summary>Steps of spectral descent against the dimension, at a sixth of the largest learning rate and tuned with a linear decay; and the counts of every rule at one setting.</summary>
internal static class StepCountsFigure
{
    private const double Spike = 9;
    private const double Scale = 1e-6;

    // Well below the gap in which the lattice of steps keeps the signal from growing.
    private const int Part = 6;
    private static readonly double[] Dimensions = [.. Enumerable.Range(0, 15).Select(k => Math.Round(Math.Pow(10, 1.5 + (k / 4.0))))];
    private static readonly double[] Targets = [1e-2, 1e-4];

    public static ReproductionResult Run(IProgress<Progress>? progress, CancellationToken cancellation)
    {
        var claims = new List<Claim>();
        var (constant, aligned) = Constant(claims, cancellation);
        progress?.Report(new Progress(0.3, "tuned steps"));
        var (tuned, exponent) = Tuned(claims, cancellation);
        progress?.Report(new Progress(0.8, "every rule"));
        return new ReproductionResult
        {
            Claims = claims,
            Figures =
            [
                new Figure
                {
                    Id = "muon-step-counts",
                    Title = $"Tuned steps of spectral descent ∝ d^{{{exponent}}}, alignment after d^{{{aligned}}}, gradient descent none",
                    Caption = $"Spectral descent at a sixth of √(3/tr Q): first steps with a² ≥ 1/2 and A_F ≥ 0.9 (dots) and their predictions (lines) (a). Fewest steps to a loss target: spectral descent with linear decay from the best of 20 learning rates with η_0 K between 1.7 and 3, with lines of slope 1/2 through the largest dimension, and gradient descent at η = 0.25/s (b). λ = {Spike}, α = 10^{{-6}}.",
                    Panels =
                    [
                        new Panel { Title = "a sixth of the largest step", X = new Axis("dimension d", true), Y = new Axis("steps", true), Series = constant },
                        new Panel { Title = "to a loss target", X = new Axis("dimension d", true), Y = new Axis("steps", true), Series = tuned },
                    ],
                },
            ],
            Tables = [StepCountsTable.Of(claims, cancellation)],
        };
    }

    private static (List<Series> Series, MeasuredSlope Aligned) Constant(List<Claim> claims, CancellationToken cancellation)
    {
        double[] half = new double[Dimensions.Length], aligned = new double[Dimensions.Length], halfLaw = new double[Dimensions.Length], alignedLaw = new double[Dimensions.Length];
        for (var k = 0; k < Dimensions.Length; k++)
        {
            var problem = Runs.Spiked((long)Dimensions[k], Spike, Scale);
            var theory = new SpectralTheory(problem.Blocks());
            var rate = theory.LargestLearningRate / Part;
            (halfLaw[k], alignedLaw[k]) = (theory.HalfStep(rate), theory.StepsTo(theory.AlignedSignal, rate));
            var run = Runs.Spectral(problem, rate, (long)(1.5 / rate) + 2, cancellation, 8);
            (half[k], aligned[k]) = (run.SummaryOf("half-step") ?? double.NaN, run.SummaryOf("aligned-step") ?? double.NaN);
        }

        PowerLawFit Fit(double[] steps) => PowerLaw.Fit(Dimensions, steps, new PowerLawOptions { WindowStart = 900, WindowEnd = 1e6 });
        var (halfFit, alignedFit) = (Fit(half), Fit(aligned));
        claims.Add(Exponent("half-exponent", "k_{1/2} of spectral descent grows as d^{1/2} at a fixed part of its largest step", 0.5, halfFit, 0.02, "a sixth of √(3/tr Q)"));
        claims.Add(Exponent("aligned-exponent", "its first step with A_F ≥ 0.9 grows as d^{1/4}", 0.25, alignedFit, 0.05, "a sixth of √(3/tr Q)"));
        return ([Line("k_{1/2}", halfLaw, 0), Line("k_A", alignedLaw, 1), Dots("k_{1/2}", half, halfLaw, 0), Dots("k_A", aligned, alignedLaw, 1)], alignedFit.Slope());
    }

    private static (List<Series> Series, MeasuredSlope Slope) Tuned(List<Claim> claims, CancellationToken cancellation)
    {
        List<Series> series = [SolutionSeries.Key("spectral, linear decay", SeriesStyle.Points), SolutionSeries.Key("gradient descent", SeriesStyle.Line)];
        var slope = default(MeasuredSlope);
        for (var n = 0; n < Targets.Length; n++)
        {
            var target = Targets[n];
            double[] spectral = new double[Dimensions.Length], descent = new double[Dimensions.Length];
            for (var k = 0; k < Dimensions.Length; k++)
            {
                cancellation.ThrowIfCancellationRequested();
                var problem = Runs.Spiked((long)Dimensions[k], Spike, Scale);
                spectral[k] = Fewest(problem, target);
                descent[k] = Descent(problem, target);
            }

            var fit = PowerLaw.Fit(Dimensions, spectral, new PowerLawOptions { WindowStart = 90, WindowEnd = 1e6 });
            slope = n == 0 ? fit.Slope() : slope;
            claims.Add(Exponent($"tuned-exponent-{n + 1}", $"the tuned step count of spectral descent with linear decay to L ≤ {DisplayNumber.Of(target)} grows as d^{{1/2}}", 0.5, fit, 0.05, "fewest steps with the best of 20 learning rates"));
            var label = $"L* = {DisplayNumber.Of(target)}";
            series.Add(SolutionSeries.Function(Dimensions, d => spectral[^1] * Math.Sqrt(d / Dimensions[^1]), "", n, SeriesStyle.Dotted));
            series.Add(new Series { Label = label, X = Dimensions, Y = spectral, Color = n, Style = SeriesStyle.Points });
            series.Add(new Series { Label = label, X = Dimensions, Y = descent, Color = n });
            if (n == 0)
            {
                claims.Add(Claim.AtMost(
                    "gradient-dimension", "the steps of gradient descent to L ≤ 0.01 do not grow with the dimension while the start is small (d = 32 … 10^5)", 1.1, descent.Max() / descent.Min(), DescentCurves.Derived, "largest over smallest, η = 0.25/s, α = 10^{-6}", PredictionKind.Asymptotic)
                    .At("d", Dimensions[^1]).Over("(d − 2) α^{4/3} ≪ 1"));
            }
        }

        return (series, slope);
    }

    private static Claim Exponent(string id, string statement, double predicted, PowerLawFit fit, double tolerance, string how) => Claim.Absolute(
        "steps-" + id, $"{statement} (λ = {Spike})", predicted, fit.Exponent, tolerance, DescentCurves.Derived, $"least squares on the logarithms over d = {DisplayNumber.Of(fit.WindowStart)} … {DisplayNumber.Of(fit.WindowEnd)}, {how}; 95 % interval", PredictionKind.Asymptotic, fit.MeanHalf)
        .At("d", Dimensions[^1]).Over("d ≫ λ, small start");

    // The smallest number of steps, on a grid of 4 %, at which some initial rate ends at the target.
    private static double Fewest(SpectralDescentProblem problem, double target)
    {
        for (var steps = 6.0; steps < 1e5; steps = Math.Max(steps + 1, steps * 1.04))
        {
            var count = (long)steps;
            if (Enumerable.Range(0, 20).Any(k => MuonRuns.FinalLoss(problem, UpdateRule.Spectral, MuonRuns.Decay((1.7 + (1.3 * k / 19)) / count, count)) <= target))
                return count;
        }

        return double.NaN;
    }

    private static double Descent(SpectralDescentProblem problem, double target)
    {
        var rate = 0.25 / (1 + Spike);
        const long Steps = 20_000;
        var engine = MuonRuns.Engine(problem, UpdateRule.GradientDescent, LearningRateSchedule.Constant(rate, Steps));
        engine.Tracker = new PhaseTracker { LossTarget = target };
        engine.Advance(Steps);
        return engine.Tracker.Summary().FirstOrDefault(number => number.Name == "target-step")?.Value ?? double.NaN;
    }

    private static Series Line(string label, double[] steps, int color) => new() { Label = label, X = Dimensions, Y = steps, Color = color };

    private static Series Dots(string label, double[] steps, double[] law, int color) => new() { Label = label, X = Dimensions, Y = steps, Color = color, Style = SeriesStyle.Points, Expected = law };
}
