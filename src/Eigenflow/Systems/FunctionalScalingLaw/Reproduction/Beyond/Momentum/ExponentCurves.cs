using Eigenflow.Figures;

namespace Eigenflow.Systems.FunctionalScalingLaw;

/// <summary>Exponents of the tuned risk against the batch, as stated and as the minimised loss law has them.</summary>
internal static class ExponentCurves
{
    private const double LargeData = 1e64;
    private const long Many = 1_000_000_000;

    // Below the kinks the law has its exponent at this budget; above, 1 − ρ ~ ln D/T makes it slow.
    private const double Tolerance = 0.001, SlowTolerance = 0.06, KinkDistance = 0.05;
    private static readonly double[] Places = [0.05, 0.15, 0.3, 0.4, 0.55, 0.75, 0.85];

    /// <summary>Lines and dots of a problem; its claims are added.</summary>
    public static Panel Panel(double s, double beta, List<Claim> claims, CancellationToken cancellation)
    {
        var regimes = new BatchRegimes(beta, s);
        var problem = new ScalingLawProblem { Capacity = beta, Difficulty = s, Features = Many, ModelSize = Many, Noise = 1 };
        var modes = problem.Modes(ModeRepresentation.Compressed);
        var series = new List<Series>();
        double[] kinks = [regimes.First, regimes.Second, regimes.Third];
        double[] fine = [.. Enumerable.Range(0, 101).Select(n => n / 100.0).Concat(kinks).Distinct().Order()];
        var label = $"s = {DisplayNumber.Of(s)}, β = {DisplayNumber.Of(beta)}";
        var id = $"s{DisplayNumber.Of(s)}-b{DisplayNumber.Of(beta)}".Replace('.', '-');
        foreach (var (k, (rule, name, word)) in MomentumLab.Rules.Index())
        {
            series.Add(LawCurves.Function(fine, b => regimes.Exponent(rule, b), name, k));
            double[] slopes = [.. Places.Select(b => Slope(b, LargeData, 10))];
            series.Add(new Series { Label = name, X = Places, Y = slopes, Color = k, Style = SeriesStyle.Points, Role = SeriesRole.Approximation });
            var end = rule == TunedRule.Sgd ? 1 : rule == TunedRule.Polyak ? regimes.Third : regimes.Second;
            var below = Places.Index().Where(one => one.Item < end && kinks.All(kink => Math.Abs(one.Item - kink) >= KinkDistance)).ToArray();
            claims.Add(Claim.Absolute($"momentum-exponent-{word}-{id}", $"the minimised loss law falls as D^{{−r(b)}}{(rule == TunedRule.Sgd ? "" : " below the last kink")} ({name}, {label})", 0, below.Max(one => Math.Abs(slopes[one.Index] - regimes.Exponent(rule, one.Item))), Tolerance, MomentumLab.Paper, $"largest difference of the local slope over b = {string.Join(", ", below.Select(one => DisplayNumber.Of(one.Item)))}", PredictionKind.Asymptotic).UpTo(LargeData, "D").Over("D → ∞, away from the kinks"));
            if (rule == TunedRule.Sgd)
                continue;
            var place = rule == TunedRule.Polyak ? 0.8 : (regimes.Second + regimes.Third) / 2;
            claims.Add(Claim.Relative($"momentum-slow-exponent-{word}-{id}", $"above it the transient makes 1 − ρ ~ ln D/T, and the exponent is approached as 1/ln D ({name}, {label}, b = {DisplayNumber.Of(place, 3)})", regimes.Exponent(rule, place), Slope(place, 1e12, 1e4), SlowTolerance, MomentumLab.Paper, "slope between D = 10^{8} and 10^{16}", PredictionKind.Asymptotic).UpTo(1e16, "D"));

            double Slope(double b, double data, double factor) => Math.Log(Law(b, data / factor) / Law(b, data * factor)) / (2 * Math.Log(factor));

            double Law(double b, double data)
            {
                cancellation.ThrowIfCancellationRequested();
                return MomentumOptimum.Minimised(rule, modes, problem, Math.Pow(data, 1 - b), Math.Pow(data, b));
            }
        }

        return new Panel
        {
            Title = label,
            X = new Axis("b of B = D^{b}"),
            Y = new Axis("r of E = D^{−r}", false, 0),
            Series = [.. series, SolutionSeries.Key("stated", SeriesStyle.Line), SolutionSeries.Key("minimised law", SeriesStyle.Points)],
        };
    }

    /// <summary>The kinks in words.</summary>
    public static string Kinks(double s, double beta)
    {
        var regimes = new BatchRegimes(beta, s);
        return $"b_{{1}} = {DisplayNumber.Of(regimes.First, 3)}, b_{{2}} = {DisplayNumber.Of(regimes.Second, 3)}, b_{{3}} = {DisplayNumber.Of(regimes.Third, 3)}";
    }
}
