using Eigenflow.Figures;
using Eigenflow.Scaling;
using Eigenflow.Schedules;
using Eigenflow.Solutions;

namespace Eigenflow.Systems.SpectralDescent;

/// <summary>The largest step of each method against the spike: where the plateau of gradient descent is stable, and where a run still learns the signal.</summary>
internal static class LargestStepsFigure
{
    private const int Dimension = 100;
    private const double Scale = 1.37e-3;
    private const double Slow = 0.9;
    private const string Everything = "every direction but the spike at zero";
    private static readonly double[] Spikes = [.. Enumerable.Range(0, 13).Select(k => Math.Round(Math.Pow(10, 1 + (k / 4.0)), 1))];
    private static readonly double[] Powers = [1, 0.75, 0.5, 0.25];

    public static ReproductionResult Run(IProgress<Progress>? progress, CancellationToken cancellation)
    {
        var claims = new List<Claim>();
        var local = Plateau(claims, cancellation);
        progress?.Report(new Progress(0.2, "largest steps that learn"));
        var (powers, slopes) = Fractional(claims, cancellation);
        progress?.Report(new Progress(0.6, "updates of fixed size"));
        var (signs, farthest) = Signs(claims, cancellation);
        var lattice = LatticeOfSteps.Draw(claims, cancellation);
        return new ReproductionResult
        {
            Claims = claims,
            Figures =
            [
                new Figure
                {
                    Id = "muon-largest-steps",
                    Title = $"Largest step ∝ s^{{{slopes[0]}}} for gradient descent, √(3/tr Q) within {Headline.Percent(farthest)} for spectral descent",
                    Caption = $"Largest stable learning rate on the plateau, by bisection (dots) and 1/s times (1 + μ)/(1 − μ) or (1 + μ)/((1 − μ)(1 + 2μ)) (lines), μ = {Slow} (a). Largest learning rate at which a run has a mean alignment of 0.9 over its last quarter: "
                        + $"powers p of the gradient with lines of slope −(1 + p)/2 through the strongest spike, and 2/s for p = 1 (b); updates of fixed size with √(3/tr Q) (c). That mean alignment against the step in units of 1/√tr Q, spectral descent with λ = 9 and α = 10^{{-6}} (d). d = {Dimension} unless it is named, α = {Scale}; Muon: μ = {MuonRuns.Momentum}, Nesterov.",
                    Panels =
                    [
                        new Panel { Title = "stable on the plateau", X = new Axis("spike eigenvalue s", true), Y = new Axis("largest learning rate", true), Series = local },
                        new Panel { Title = "learns: powers of the gradient", X = new Axis("spike eigenvalue s", true), Y = new Axis("largest learning rate", true), Series = powers },
                        new Panel { Title = "learns: updates of fixed size", X = new Axis("tr Q = d + λ", true), Y = new Axis("largest learning rate", true), Series = signs },
                        lattice,
                    ],
                },
            ],
        };
    }

    /// <summary>The largest learning rate at which a run learns: scanned from above in steps of 9 %, then by bisection; two neighbours of the scan must learn, against windows of a lattice.</summary>
    /// <param name="problem">The problem.</param>
    /// <param name="rule">The rule.</param>
    /// <param name="top">Where the scan begins.</param>
    /// <param name="steps">Steps of a run.</param>
    /// <param name="cancellation">Ends the scan.</param>
    internal static double LargestThatLearns(SpectralDescentProblem problem, UpdateRule rule, double top, long steps, CancellationToken cancellation)
    {
        const double Ratio = 1.0905;
        var learned = false;
        for (var rate = top; rate > top * 1e-4; rate /= Ratio)
        {
            cancellation.ThrowIfCancellationRequested();
            var learns = Learns(problem, rule, rate, steps);
            if (learns && learned)
            {
                double low = rate * Ratio, high = low * Ratio;
                for (var k = 0; k < 6; k++)
                {
                    var middle = Math.Sqrt(low * high);
                    (low, high) = Learns(problem, rule, middle, steps) ? (middle, high) : (low, middle);
                }

                return low;
            }

            learned = learns;
        }

        return double.NaN;
    }

    private static bool Learns(SpectralDescentProblem problem, UpdateRule rule, double rate, long steps) => MuonRuns.LateAlignment(problem, rule, rate, steps) >= 0.9;

    private static List<Series> Plateau(List<Claim> claims, CancellationToken cancellation)
    {
        var gradient = UpdateRule.GradientDescent;
        (string Id, string Name, UpdateRule Rule)[] cases = [("plain", "gradient descent", gradient), ("momentum", "momentum", gradient with { Momentum = Slow }), ("nesterov", "Nesterov's momentum", gradient with { Momentum = Slow, IsNesterov = true })];
        var series = new List<Series>();
        for (var n = 0; n < cases.Length; n++)
        {
            var (id, name, rule) = cases[n];
            var factor = MomentumTheory.LimitFactor(rule.Momentum, rule.IsNesterov, isSum: false);
            double[] x = [.. Spikes.Select(spike => 1 + spike)], law = [.. x.Select(s => factor / s)], measured = new double[x.Length];
            for (var k = 0; k < x.Length; k++)
            {
                cancellation.ThrowIfCancellationRequested();
                var problem = Runs.Spiked(Dimension, Spikes[k], Scale);
                double low = 0.5 * law[k], high = 2 * law[k];
                for (var half = 0; half < 24; half++)
                {
                    var middle = (low + high) / 2;
                    (low, high) = IsStable(problem, rule, middle) ? (middle, high) : (low, middle);
                }

                measured[k] = low;
            }

            var fit = PowerLaw.Fit(x, measured, new PowerLawOptions { WindowStart = 1, WindowEnd = 1e6 });
            var worst = measured.Zip(law, (value, expected) => (value / expected) - 1).MaxBy(Math.Abs);
            var words = rule.Momentum == 0 ? name : $"gradient descent with {name} μ = {Slow}";
            claims.Add(Claim.Relative(
                $"plateau-limit-{id}", $"the plateau is stable up to η = {(rule.Momentum == 0 ? "1" : DisplayNumber.Of(factor))}/s under {words}", 1, 1 + worst, 2e-3, DescentCurves.Derived,
                $"the farthest ratio of measured to predicted limit over {Spikes.Length} spikes, by bisection on whether a deviation of 10^{{-3}} from b* has grown after 3000 steps, {Everything}").At("spikes", Spikes.Length).Over("plateau, linear"));
            claims.Add(Claim.Absolute(
                $"plateau-exponent-{id}", $"the limit falls as 1/s under {words}", -1, fit.Exponent, 0.005, DescentCurves.Derived, $"least squares on the logarithms over s = {DisplayNumber.Of(x[0])} … {DisplayNumber.Of(x[^1])}; 95 % interval", PredictionKind.Exact, fit.MeanHalf).Over("plateau, linear"));
            series.Add(new Series { Label = name, X = x, Y = law, Color = n });
            series.Add(new Series { Label = name, X = x, Y = measured, Color = n, Style = SeriesStyle.Points, Expected = law });
        }

        return series;
    }

    private static bool IsStable(SpectralDescentProblem problem, UpdateRule rule, double rate)
    {
        const double Deviation = 1e-3;
        const long Steps = 3000;
        var engine = MuonRuns.Engine(problem, rule, LearningRateSchedule.Constant(rate, Steps));
        var plateau = new GradientDescentTheory(engine.System).PlateauCoefficient;
        Array.Clear(engine.Weights);
        engine.Weights[engine.System.Loud] = plateau * (1 + Deviation);
        return engine.Advance(Steps) && Math.Abs((engine.Weights[engine.System.Loud] / plateau) - 1) < Deviation;
    }

    private static (List<Series> Series, MeasuredSlope[] Slopes) Fractional(List<Claim> claims, CancellationToken cancellation)
    {
        var series = new List<Series>();
        var slopes = new MeasuredSlope[Powers.Length];
        double[] x = [.. Spikes.Select(spike => 1 + spike)];
        for (var n = 0; n < Powers.Length; n++)
        {
            var power = Powers[n];
            var rule = new UpdateRule { Direction = new PowerDirection(power) };
            var exponent = -(1 + power) / 2;
            double[] measured = [.. Spikes.Select(spike => LargestThatLearns(Runs.Spiked(Dimension, spike, Scale), rule, 8 * Math.Pow(1 + spike, exponent), 4000 + (long)(8 * spike), cancellation))];
            var name = DisplayNumber.Of(power);
            var label = $"p = {name}";
            var fit = PowerLaw.Fit(x, measured, new PowerLawOptions { WindowStart = 90, WindowEnd = 1e6 });
            slopes[n] = fit.Slope();
            claims.Add(Claim.Absolute(
                $"largest-power-{Settings.Setting.Format(power)}", $"the largest step that learns falls as s^{{−(1+p)/2}} (p = {name}, d = {Dimension})", exponent, fit.Exponent, 0.05, DescentCurves.Derived,
                "least squares on the logarithms over λ = 100 … 10^4, mean alignment of 0.9 over the last quarter; 95 % interval", PredictionKind.Asymptotic, fit.MeanHalf).At("d", Dimension).Over("strong spike, λ from 100 to 10^4"));
            double[] law = power == 1 ? [.. x.Select(s => 2 / s)] : [.. x.Select(s => measured[^1] * Math.Pow(s / x[^1], exponent))];
            series.Add(new Series { Label = label, X = x, Y = law, Color = n, Style = power == 1 ? SeriesStyle.Line : SeriesStyle.Dotted });
            series.Add(new Series { Label = label, X = x, Y = measured, Color = n, Style = SeriesStyle.Points, Expected = power == 1 ? law : null });
            if (power == 1)
            {
                claims.Add(Claim.Relative(
                    "largest-gradient", $"gradient descent learns up to η = 2/s, twice the limit of a steady plateau (d = {Dimension})", 1, 1 + measured.Zip(law, (value, expected) => (value / expected) - 1).MaxBy(Math.Abs), 0.1, DescentCurves.Derived,
                    $"the farthest ratio of measured to predicted limit over {Spikes.Length} spikes", PredictionKind.Asymptotic).At("d", Dimension).Over("λ ≥ 10"));
            }
        }

        return (series, slopes);
    }

    private static (List<Series> Series, double Farthest) Signs(List<Claim> claims, CancellationToken cancellation)
    {
        (string Id, string Name, UpdateRule Rule, double Bound)[] cases =
        [
            ("spectral", "spectral descent", UpdateRule.Spectral, 1.2),
            ("spectral-nesterov", "the same, Nesterov", UpdateRule.Spectral with { Momentum = MuonRuns.Momentum, IsNesterov = true }, 1.3),
            ("muon", "Muon", MuonRuns.Muon(NewtonSchulzCoefficients.Muon), 3),
            ("polar-express", "Polar Express", MuonRuns.Muon(NewtonSchulzCoefficients.PolarExpress()), 3),
        ];
        var series = new List<Series>();
        var farthest = 0.0;
        double[] x = [.. Spikes.Select(spike => Dimension + spike)], law = [.. x.Select(trace => Math.Sqrt(3 / trace))];
        series.Add(new Series { Label = "√(3/tr Q)", X = x, Y = law, Color = CurveColors.Neutral });
        for (var n = 0; n < cases.Length; n++)
        {
            var (id, name, rule, bound) = cases[n];
            double[] measured = [.. Spikes.Select(spike => Largest(Dimension, spike))];
            series.Add(new Series { Label = name, X = x, Y = measured, Color = n, Style = SeriesStyle.Points, Expected = law });
            var factor = measured.Zip(law, (value, expected) => Math.Max(value / expected, expected / value)).Max();
            claims.Add(Claim.AtMost(
                $"largest-{id}", $"the largest step that learns is √(3/tr Q) up to a factor {DisplayNumber.Of(bound)} under {(n == 1 ? "spectral descent with Nesterov's momentum" : name)} (λ = 10 … 10^4, d = {Dimension})", bound, factor, DescentCurves.Derived,
                $"largest factor between the two, either way, over {Spikes.Length} spikes", PredictionKind.Heuristic).At("d", Dimension).Over("λ from 10 to 10^4"));
            if (n > 0)
                continue;
            farthest = factor - 1;
            double[] weak = [.. new double[] { 1, 3, 10, 30 }.Select(spike => Largest(1000, spike))];
            claims.Add(Claim.AtMost(
                "largest-spectral-weak", "while λ ≪ d the largest step of spectral descent does not depend on the spike, up to the lattice (λ = 1 … 30, d = 1000)", 1.15, weak.Max() / weak.Min(), DescentCurves.Derived, "largest over smallest of four spikes", PredictionKind.Asymptotic)
                .At("d", 1000).Over("λ ≪ d"));
            var fit = PowerLaw.Fit(x, measured, new PowerLawOptions { WindowStart = 1000, WindowEnd = 1e6 });
            claims.Add(Claim.Absolute(
                "largest-spectral-strong", $"for λ ≫ d it falls as λ^{{−1/2}}, so that it is not independent of the spike (d = {Dimension})", -0.5, fit.Exponent, 0.03, DescentCurves.Derived,
                "exponent against tr Q by least squares on the logarithms over λ = 1000 … 10^4; 95 % interval", PredictionKind.Asymptotic, fit.MeanHalf).At("d", Dimension).Over("λ ≫ d"));

            double Largest(int dimension, double spike) => LargestThatLearns(Runs.Spiked(dimension, spike, 1e-4), rule, 8 / Math.Sqrt(dimension + spike), 2000, cancellation);
        }

        return (series, farthest);
    }
}
