using Eigenflow.Figures;
using Eigenflow.Scaling;
using Eigenflow.Solutions;

namespace Eigenflow.Systems.SpectralDescent;

/// <summary>Claims about the escape of gradient descent: rates, threshold, plateau and dip.</summary>
internal static class EscapeClaims
{
    private const string Window = "λ well above 2, (d − 2)c² ≪ 1";

    private static readonly double[] Scales = [1e-2, 1e-3, 1e-4, 1e-5, 1e-6, 1e-7];

    public static ReproductionResult Run(IProgress<Progress>? progress, CancellationToken cancellation)
    {
        var claims = new List<Claim>();
        claims.AddRange(Rates(cancellation));
        claims.Add(Threshold(cancellation));
        claims.AddRange(Plateau(cancellation));
        var (dips, figure) = Dips(cancellation);
        claims.AddRange(dips);
        return new ReproductionResult { Claims = claims, Figures = [figure] };
    }

    private static IEnumerable<Claim> Rates(CancellationToken cancellation)
    {
        const double Rate = 1e-5;
        const long Steps = 50_000;
        var run = Runs.Descent(Runs.Spiked(100, 9, 1e-8), Rate, Steps, cancellation, at: [0, Steps]);
        var theory = new GradientDescentTheory(Runs.Spiked(100, 9, 1e-8).Blocks());
        foreach (var (name, label, rate) in new[] { ("a", "signal", theory.SignalRate), ("b", "spike", theory.LoudRate), ("c", "bulk", theory.QuietRate) })
        {
            yield return Claim.Relative(
                $"rate-{label}", $"ln {name} grows at rate {DisplayNumber.Of(rate)} in the escape (λ = 9, d = 100): 3 : s : 1", rate, Math.Log(run[name][1] / run[name][0]) / (Rate * Steps), 1e-3, DescentCurves.Derived,
                "growth over τ = 0.5 from α = 10^{-8}, η = 10^{-5}").UpTo(Rate * Steps, "τ").At("d", 100).Over("escape, α² tr Q ≪ 1");
        }
    }

    // The spike at which b/a neither grows nor falls in the escape.
    private static Claim Threshold(CancellationToken cancellation)
    {
        double Growth(double spike)
        {
            var run = Runs.Descent(Runs.Spiked(100, spike, 1e-8), 1e-4, 10_000, cancellation, at: [0, 10_000]);
            return Math.Log(run["b"][1] / run["a"][1]);
        }

        double low = 0, high = 5;
        for (var k = 0; k < 40 && high - low > 1e-7; k++)
        {
            var middle = (low + high) / 2;
            (low, high) = Growth(middle) < 0 ? (middle, high) : (low, middle);
        }

        return Claim.Absolute(
            "threshold", "the spike overtakes the signal when λ > 2 (d = 100)", 2, (low + high) / 2, 1e-3, DescentCurves.Derived, "zero crossing of d ln(b/a)/dτ in λ by bisection, τ = 1 from α = 10^{-8}, η = 10^{-4}", PredictionKind.Asymptotic)
            .UpTo(1, "τ").At("d", 100).Over("small start, population");
    }

    private static IEnumerable<Claim> Plateau(CancellationToken cancellation)
    {
        foreach (var spike in new[] { 9.0, 29, 99 })
        {
            var problem = Runs.Spiked(100, spike, 1e-5);
            var theory = new GradientDescentTheory(problem.Blocks());
            var rate = 0.1 / (1 + spike);
            var run = Runs.Descent(problem, rate, (long)(1.5 * theory.SignalTime / rate), cancellation);
            var step = (long)run.SummaryOf("largest-spike-step")!.Value;
            var loss = Runs.Descent(problem, rate, step, cancellation, at: [step])["loss"][0];
            var name = DisplayNumber.Of(spike);
            yield return Claim.Relative($"plateau-loss-{name}", $"the loss of the misalignment plateau is 2/3 (λ = {name}, d = 100)", theory.PlateauLoss, loss, 1e-3, DescentCurves.Derived, "loss at the largest b, α = 10^{-5}, η = 0.1/s", PredictionKind.Asymptotic)
                .UpTo(run["step"][^1], "k").At("d", 100).Over(Window);
            yield return Claim.Relative($"plateau-spike-{name}", $"the spike saturates at b* = 1/√(3s) (λ = {name}, d = 100)", theory.PlateauCoefficient, run.SummaryOf("largest-spike")!.Value, 1e-3, DescentCurves.Derived, "largest b, α = 10^{-5}, η = 0.1/s", PredictionKind.Asymptotic)
                .UpTo(run["step"][^1], "k").At("d", 100).Over(Window);
        }
    }

    private static (IReadOnlyList<Claim> Claims, Figure Figure) Dips(CancellationToken cancellation)
    {
        var claims = new List<Claim>();
        var series = new List<Series> { SolutionSeries.Key("gradient descent", SeriesStyle.Points), SolutionSeries.Key("(α/b*)^{2−6/s}", SeriesStyle.Line) };
        double[] spikes = [4, 9, 29];
        var slopes = new List<(double Spike, MeasuredSlope Slope)>();
        for (var n = 0; n < spikes.Length; n++)
        {
            double[] measured = new double[Scales.Length], predicted = new double[Scales.Length];
            for (var k = 0; k < Scales.Length; k++)
            {
                var problem = Runs.Spiked(200, spikes[n], Scales[k]);
                var theory = new GradientDescentTheory(problem.Blocks());
                var rate = 0.01 / (1 + spikes[n]);
                predicted[k] = theory.AlignmentDip;
                measured[k] = Runs.Descent(problem, rate, (long)(1.2 * theory.SignalTime / rate), cancellation).SummaryOf("smallest-alignment")!.Value;
                cancellation.ThrowIfCancellationRequested();
            }

            var name = DisplayNumber.Of(spikes[n]);
            double[] ascending = [.. Scales.Reverse()];
            var fit = PowerLaw.Fit(ascending, [.. measured.Reverse()], new PowerLawOptions { WindowStart = 5e-8, WindowEnd = 2e-4 });
            slopes.Add((spikes[n], fit.Slope()));
            var exponent = 2 - (6 / (1 + spikes[n]));
            claims.Add(Claim.Relative(
                $"dip-exponent-{name}", $"the smallest alignment falls as α^{{2−6/s}} (λ = {name}, d = 200)", exponent, fit.Exponent, 0.02, DescentCurves.Derived,
                "least squares on the logarithms over α = 10^{-7} … 10^{-4}, η = 0.01/s; 95 % interval", PredictionKind.Asymptotic, fit.MeanHalf).At("d", 200).Over("λ > 2, α from 10^{-7} to 10^{-4}"));
            claims.Add(Claim.AtMost(
                $"dip-factor-{name}", $"the smallest alignment is (α/b*)^{{2−6/s}} up to a factor of about two (λ = {name}, d = 200, α = 10^{{-4}})", 2.5, Math.Max(measured[2] / predicted[2], predicted[2] / measured[2]), DescentCurves.Derived,
                "ratio of the two, the larger over the smaller", PredictionKind.Heuristic).At("d", 200).Over("λ > 2"));
            double[] law = [.. predicted.Reverse()];
            series.Add(new Series { Label = $"λ = {name}", X = ascending, Y = law, Color = n, Value = spikes[n] });
            series.Add(new Series { Label = $"λ = {name}", X = ascending, Y = [.. measured.Reverse()], Color = n, Style = SeriesStyle.Points, Expected = law, Value = spikes[n] });
        }

        return (claims, new Figure
        {
            Id = "alignment-dip",
            Title = Headline.Slopes("Smallest alignment", "α", "λ", slopes),
            Scale = DescentCurves.Spikes,
            Caption = "Smallest alignment along gradient descent with η = 0.01/(1 + λ) (dots), and (α/b*)^{2−6/s} (lines). d = 200.",
            Panels = [new Panel { X = new Axis("start scale α", true), Y = new Axis("smallest alignment", true), Series = series }],
        });
    }
}
