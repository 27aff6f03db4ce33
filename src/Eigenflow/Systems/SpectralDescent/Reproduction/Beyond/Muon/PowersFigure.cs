using Eigenflow.Figures;
using Eigenflow.Scaling;
using Eigenflow.Schedules;
using Eigenflow.Solutions;

namespace Eigenflow.Systems.SpectralDescent;

/// <summary>The chatter of fractional and negative powers about the plateau: a steady cycle between two points for 0 &lt; p &lt; 1, and none below.</summary>
internal static class PowersFigure
{
    private const double Spike = 9;
    private const long Settling = 4000;
    private const int Watched = 100_000;
    private static readonly double[] Powers = [0.5, 0.25, -0.25, -0.35];
    private static readonly double[] Rates = [.. Enumerable.Range(0, 9).Select(k => 1e-5 * Math.Pow(10, k / 4.0))];

    // Jumps of negative powers have a heavy tail, which must stay about the plateau.
    private static readonly double[] SmallRates = [.. Rates.Select(rate => 0.01 * rate)];

    public static ReproductionResult Run(IProgress<Progress>? progress, CancellationToken cancellation)
    {
        var claims = new List<Claim>();
        List<Series> sizes = [], steadiness = [];
        var exponents = new List<(double Predicted, double Measured)>();
        for (var n = 0; n < Powers.Length; n++)
        {
            cancellation.ThrowIfCancellationRequested();
            var power = Powers[n];
            var rates = power > 0 ? Rates : SmallRates;
            var watched = rates.Select(rate => Watch(power, rate)).ToArray();
            double[] median = [.. watched.Select(one => one.Median)];
            double[] law = [.. rates.Select(rate => Cycle(power, rate))];
            var (name, label) = (DisplayNumber.Of(power), $"p = {DisplayNumber.Of(power)}");
            var id = (power < 0 ? "minus-" : "") + Settings.Setting.Format(Math.Abs(power));
            var fit = PowerLaw.Fit(rates, median, new PowerLawOptions { WindowStart = 1e-9, WindowEnd = 1 });
            exponents.Add((1 / (1 - power), fit.Exponent));
            claims.Add(Claim.Absolute(
                $"chatter-exponent-{id}", $"the chatter about the plateau grows as η^{{1/(1−p)}} (p = {name}, λ = {Spike})", 1 / (1 - power), fit.Exponent, 0.03, DescentCurves.Derived,
                $"median of |b − b*| over {Watched} steps, least squares on the logarithms over η = {DisplayNumber.Of(rates[0])} … {DisplayNumber.Of(rates[^1])}; 95 % interval", PredictionKind.Exact, fit.MeanHalf).Over("small chatter"));
            var spread = watched.Max(one => one.Spread);
            claims.Add(power > 0
                ? Claim.AtMost($"cycle-steady-{id}", $"for 0 < p < 1 it is a steady cycle of two points: |b − b*| has one value (p = {name})", 0.05, spread, DescentCurves.Derived, "spread between the 10 and the 90 % quantile over the median, largest of all rates", PredictionKind.Exact).Over("small chatter")
                : Claim.AtLeast($"cycle-steady-{id}", $"for p < 0 the cycle is unstable, its multiplier 1 − 2p above one: |b − b*| wanders (p = {name})", 0.5, watched.Min(one => one.Spread), DescentCurves.Derived, "spread between the 10 and the 90 % quantile over the median, smallest of all rates", PredictionKind.Exact).Over("small chatter"));
            if (power > 0)
            {
                claims.Add(Claim.Relative(
                    $"cycle-size-{id}", $"its half width is (η κ^p/2)^{{1/(1−p)}} with κ = 2s (p = {name})", 1, 1 + median.Zip(law, (value, expected) => (value / expected) - 1).MaxBy(Math.Abs), 0.02, DescentCurves.Derived, "the farthest ratio over all rates").Over("small chatter"));
                sizes.Add(new Series { Label = label, X = rates, Y = law, Color = n });
            }

            sizes.Add(new Series { Label = label, X = rates, Y = median, Color = n, Style = SeriesStyle.Points, Expected = power > 0 ? law : null });
            steadiness.Add(new Series { Label = label, X = rates, Y = [.. watched.Select(one => one.Spread)], Color = n, Style = SeriesStyle.Points });
        }

        return new ReproductionResult
        {
            Claims = claims,
            Figures =
            [
                new Figure
                {
                    Id = "muon-powers",
                    Title = Headline.Exponents("Chatter ∝ η^{1/(1−p)}", exponents),
                    Caption = $"Median of |b − b*| over {Watched} steps of U S^p Vᵀ on the plateau, every direction but the spike at zero (dots), and the cycle of two points (η κ^p/2)^{{1/(1−p)}} for p > 0 (lines) (a); its spread between the 10 and the 90 % quantile over the median (b). λ = {Spike}.",
                    Panels =
                    [
                        new Panel { Title = "size", X = new Axis("learning rate η", true), Y = new Axis("median |b − b*|", true), Series = sizes },
                        new Panel { Title = "spread", X = new Axis("learning rate η", true), Y = new Axis("spread/median", false, 0), Series = steadiness },
                    ],
                },
            ],
        };
    }

    private static double Cycle(double power, double rate) => Math.Pow(rate * Math.Pow(2 * (1 + Spike), power) / 2, 1 / (1 - power));

    private static (double Median, double Spread) Watch(double power, double rate)
    {
        var rule = new UpdateRule { Direction = new PowerDirection(power) };
        var engine = MuonRuns.Engine(Runs.Spiked(100, Spike, 1e-3), rule, LearningRateSchedule.Constant(rate, Settling + Watched));
        var (loud, plateau) = (engine.System.Loud, new GradientDescentTheory(engine.System).PlateauCoefficient);
        Array.Clear(engine.Weights);
        engine.Weights[loud] = plateau + (0.7 * Cycle(power, rate));
        engine.Advance(Settling);
        var sizes = new double[Watched];
        for (var k = 0; k < Watched; k++)
        {
            engine.Advance(1);
            sizes[k] = Math.Abs(engine.Weights[loud] - plateau);
        }

        Array.Sort(sizes);
        var median = sizes[Watched / 2];
        return (median, (sizes[9 * Watched / 10] - sizes[Watched / 10]) / median);
    }
}
