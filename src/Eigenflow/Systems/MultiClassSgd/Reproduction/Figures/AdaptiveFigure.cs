using Eigenflow.Dynamics;
using Eigenflow.Figures;
using Eigenflow.Solutions;

namespace Eigenflow.Systems.MultiClassSgd;

/// <summary>Exponents of risk and learning rate of four rules on power laws, with and without target noise: a phase diagram along h + δ with a kink at 1.</summary>
internal static class AdaptiveFigure
{
    private const double Density = 0.2;
    private const double FlowTime = 1e8;
    private const double Tolerance = 0.01;
    private const double Margin = 0.1 - 1e-9;
    private const double LargestExcess = 0.01;
    private static readonly double[] Sums = [0.1, 0.3, 0.5, 0.7, 0.9, 1, 1.1, 1.3, 1.5, 1.7, 1.9];

    private static readonly (AdaptiveRule Rule, string Name, string Id)[] Rules =
        [(AdaptiveRule.Constant, "constant", "constant"), (AdaptiveRule.AdaGradNorm, "AdaGrad-norm", "adagrad"), (AdaptiveRule.LineSearch, "line search", "line-search"), (AdaptiveRule.Polyak, "Polyak", "polyak")];

    public static ReproductionResult Run(IProgress<Progress>? progress, CancellationToken cancellation)
    {
        var claims = new List<Claim>();
        var panels = new List<Panel>();
        var pairs = new List<(double Predicted, double Measured)>();
        foreach (var noise in new[] { 0.0, 1 })
        {
            List<Series> excess = [], rates = [];
            for (var k = 0; k < Rules.Length; k++)
            {
                var (rule, name, id) = Rules[k];
                double[] excessSlopes = new double[Sums.Length], rateSlopes = new double[Sums.Length];
                var isLate = new bool[Sums.Length];
                for (var n = 0; n < Sums.Length; n++)
                {
                    cancellation.ThrowIfCancellationRequested();
                    (excessSlopes[n], rateSlopes[n], isLate[n]) = Slopes(rule, noise, Sums[n] - Density);
                    progress?.Report(new Progress(((noise * Rules.Length) + k + ((n + 1.0) / Sums.Length)) / (2 * Rules.Length), "adaptive steps"));
                }

                (double Excess, double Rate) Predicted(double sum) => new AdaptiveLaws(Density, sum - Density).Exponents(rule, noise > 0);
                var where = Enumerable.Range(0, Sums.Length).Where(n => Math.Abs(Sums[n] - 1) >= Margin && isLate[n]).ToArray();
                claims.Add(Worst($"adaptive-{id}-risk{(noise > 0 ? "-noise" : "")}", "e", excessSlopes, sum => Predicted(sum).Excess));
                if (rule != AdaptiveRule.Constant)
                    claims.Add(Worst($"adaptive-{id}-rate{(noise > 0 ? "-noise" : "")}", "γ", rateSlopes, sum => Predicted(sum).Rate));
                double[] lines = [.. Enumerable.Range(0, 37).Select(step => 0.1 + (0.05 * step))];
                excess.Add(SolutionSeries.Function(lines, sum => Predicted(sum).Excess, name, k, SeriesStyle.Line));
                excess.Add(new Series { Label = name, X = Sums, Y = excessSlopes, Color = k, Style = SeriesStyle.Points });
                rates.Add(SolutionSeries.Function(lines, sum => Predicted(sum).Rate, name, k, SeriesStyle.Line));
                rates.Add(new Series { Label = name, X = Sums, Y = rateSlopes, Color = k, Style = SeriesStyle.Points });
                pairs.AddRange(where.SelectMany(n => new[] { (Predicted(Sums[n]).Excess, excessSlopes[n]), (Predicted(Sums[n]).Rate, rateSlopes[n]) }));
                if (rule == AdaptiveRule.AdaGradNorm && noise == 0)
                    claims.Add(Kink(rateSlopes));

                Claim Worst(string claimId, string quantity, double[] slopes, Func<double, double> predicted)
                {
                    var worst = where.MaxBy(n => Math.Abs(slopes[n] - predicted(Sums[n])));
                    return Claim.Absolute(
                        claimId, $"d ln {quantity}/d ln t of {name}{(noise > 0 ? " with target noise ω² = 1" : "")} is that of the table (h = 0.2, h + δ = {string.Join(", ", where.Select(n => DisplayNumber.Of(Sums[n])))}); shown where it is farthest, {DisplayNumber.Of(Sums[worst])}",
                        predicted(Sums[worst]), slopes[worst], Tolerance, rule == AdaptiveRule.AdaGradNorm ? $"{Lab.HighLine}, table 1" : Lab.Derived,
                        "exact equations of least squares, between u = 10^{7.5} and 10^{8.5}", PredictionKind.Asymptotic)
                        .UpTo(Math.Sqrt(10) * FlowTime, "u").Over(noise > 0 ? "u ≫ 1, |h + δ − 1| ≥ 0.1; e ≤ 0.01 ω², and no term of the law that is dropped changes its slope by more than 0.005" : "u ≫ 1, |h + δ − 1| ≥ 0.1");
                }
            }

            var title = noise > 0 ? "target noise ω² = 1" : "no target noise";
            panels.Add(Make($"excess risk, {title}", "slope of ln e in ln t", excess));
            panels.Add(Make($"learning rate, {title}", "slope of ln γ in ln t", rates));
        }

        return new ReproductionResult
        {
            Claims = claims,
            Figures =
            [
                new Figure
                {
                    Id = "adaptive-phases",
                    Title = Headline.Exponents("Adaptive steps on power laws", pairs),
                    Columns = 2,
                    Caption = "Local slopes of the excess risk e and of the learning rate γ around u = ∫γ dt = 10^{8} (dots) and the late exponents (lines), against h + δ: density of eigenvalues (1 − h) λ^{−h} with h = 0.2, squared distances D² = λ^{−δ} at the start. "
                        + "From h + δ = 1 on the start is infinitely far from the optimum, and AdaGrad-norm never stops to slow down; at 1 it has logarithms. With target noise the last dots have not arrived: there e is not yet small beside ω². γ = 1 (constant), η = b = 1.",
                    Panels = panels,
                },
            ],
        };
    }

    private static Panel Make(string title, string ordinate, List<Series> series) => new()
    {
        Title = title,
        X = new Axis("h + δ", false, 0, 2),
        Y = new Axis(ordinate),
        Series = [.. series, SolutionSeries.Key("u = 10^{8}", SeriesStyle.Points)],
        Lines = [new ReferenceLine(1, "")],
    };

    // Above the kink γ ∝ t^(−1 + 1/(h + δ)): 1/(1 + slope) is h + δ, and where it is 1 the rate stops to fall.
    private static Claim Kink(double[] slopes)
    {
        int[] above = [.. Enumerable.Range(0, Sums.Length).Where(n => Sums[n] >= 1 + Margin)];
        double[] values = [.. above.Select(n => 1 / (1 + slopes[n]))], sums = [.. above.Select(n => Sums[n])];
        double meanSum = sums.Average(), meanValue = values.Average();
        var slope = sums.Zip(values, (sum, value) => (sum - meanSum) * (value - meanValue)).Sum() / sums.Sum(sum => (sum - meanSum) * (sum - meanSum));
        return Claim.Absolute(
            "adaptive-kink", "the learning rate of AdaGrad-norm goes to zero from h + δ = 1 on (h = 0.2, no target noise)", 1, meanSum - ((meanValue - 1) / slope), 0.02, $"{Lab.HighLine}, table 1",
            "where the line through 1/(1 + d ln γ/d ln t) for h + δ = 1.1 … 1.9 is 1; the law makes it h + δ itself", PredictionKind.Asymptotic)
            .UpTo(Math.Sqrt(10) * FlowTime, "u").Over("u ≫ 1");
    }

    // Late is where the laws with target noise are meant: the risk is that of the noise, and the second term of a law that has two no longer bends it.
    private static (double Excess, double Rate, bool IsLate) Slopes(AdaptiveRule rule, double noise, double start)
    {
        var states = AdaptiveFlow.At(AdaptiveModes.PowerLaw(Density, start), RuleOf(rule), noise, [FlowTime / Math.Sqrt(10), FlowTime * Math.Sqrt(10)], isFlowTime: true);
        var span = Math.Log(states[1].Time / states[0].Time);
        var isLate = true;
        if (noise > 0)
        {
            var laws = new AdaptiveLaws(Density, start);
            var slope = Math.Log(laws.At(rule, states[1].Time, noise).Excess / laws.At(rule, states[0].Time, noise).Excess) / span;
            isLate = Math.Abs(slope - laws.Exponents(rule, isNoisy: true).Excess) <= Tolerance / 2 && (rule == AdaptiveRule.Constant || states[0].Excess <= LargestExcess * noise);
        }

        return (Math.Log(states[1].Excess / states[0].Excess) / span, Math.Log(states[1].Rate / states[0].Rate) / span, isLate);
    }

    // Rules see the excess risk.
    private static LearningRateRule RuleOf(AdaptiveRule rule) => rule switch
    {
        AdaptiveRule.AdaGradNorm => new AdaGradNormRate(1, 1),
        AdaptiveRule.LineSearch => new LineSearchRate(),
        AdaptiveRule.Polyak => new PolyakRate(0),
        _ => ScheduledRate.Constant(1),
    };
}
