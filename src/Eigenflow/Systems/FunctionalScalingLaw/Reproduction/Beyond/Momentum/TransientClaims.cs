using Eigenflow.Numerics;
using Eigenflow.Solutions;

namespace Eigenflow.Systems.FunctionalScalingLaw;

/// <summary>Claims: the transient of momentum, where two printed statements fail.</summary>
internal static class TransientClaims
{
    private const double Rate = 0.03;
    private const int Times = 6000;

    public static ReproductionResult Run(IProgress<Progress>? progress, CancellationToken cancellation)
    {
        var claims = new List<Claim>();

        // The mean of the oscillating modes, relative to their start, against ρ^k; mode 90 and those beyond do not oscillate.
        var band = MomentumLab.Problem(0.1, 2, 100, 0).Modes();
        var start = MomentumLaw.Transient(band, MomentumKind.Polyak, 0.05, 0.995, 0).Under;
        var largest = 0.0;
        for (var k = 0; k < Times; k++)
        {
            cancellation.ThrowIfCancellationRequested();
            largest = Math.Max(largest, MomentumLaw.Transient(band, MomentumKind.Polyak, 0.05, 0.995, k).Under / Math.Pow(0.995, k));
        }

        claims.Add(Claim.AtMost("printed-transient", "the oscillating modes have P(k) ≤ ρ^{k}; the ratio is at most one (s = 0.1, β = 2, η = 0.05, ρ = 0.995, Polyak)", 1, largest, MomentumLab.Paper, $"largest risk of these modes over ρ^{{k}}; it begins at {DisplayNumber.Of(start, 3)}").UpTo(Times, "k")
            .AsErratum("with a constant, and for a band away from critical damping"));
        var critical = MomentumStability.CriticalDamping(MomentumKind.Polyak, 0.995) * (1 + 1e-4);
        var single = Enumerable.Range(0, 1500).Max(k => Math.Pow(MomentumLaw.Multiplier(MomentumKind.Polyak, critical, 0.995, k), 2) / Math.Pow(0.995, k));
        claims.Add(Claim.AtMost("printed-critical-damping", "the same for a single mode at ηλ = (1 − √ρ)²(1 + 10^{−4}), ρ = 0.995, relative to its start", 1, single, MomentumLab.Paper, "largest square of its mean over ρ^{k} for k < 1500").UpTo(1500, "k")
            .AsErratum("near critical damping it grows as (1 + k(1 − √ρ))²"));
        const double Left = 0.02, Large = 0.1;
        claims.Add(Claim.AtMost("printed-lemma-d10", "Lemma D.10 uses (1 − ρ − ηλ)² ≤ (1 − ρ)²; the ratio of both sides is at most one (ρ = 0.98, ηλ = 0.1)", 1, Math.Pow((Left - Large) / Left, 2), MomentumLab.Paper, "ratio of both sides").AsErratum("it needs ηλ ≤ 2(1 − ρ); the conclusion of the lemma holds"));

        // Where the oscillating modes have as much of the risk as the others.
        var modes = MomentumLab.Problem(0.3, 4, 1024, 0).Modes();
        double[] lefts = LawCurves.Logarithmic(5e-4, 5e-2, 9);
        foreach (var (kind, name, printed) in new[] { (MomentumKind.Polyak, "Polyak", -1.0), (MomentumKind.Nesterov, "Nesterov", -1.01) })
        {
            double[] times = [.. lefts.Select(left => Crossing(modes, kind, left))];
            var slope = Scaling.PowerLaw.Fit(lefts, times).Exponent;
            claims.Add(Claim.Absolute("printed-transition-time-" + name.ToLowerInvariant(), $"the transition time grows as (1 − ρ)^{{{DisplayNumber.Of(printed)}}} ({name}, s = 0.3, β = 4, η = 0.03, 1 − ρ = 0.0005 to 0.05)", printed, slope, 0.05, MomentumLab.Paper, "fitted exponent of the last time at which the risk of the oscillating modes is that of the others", PredictionKind.Heuristic).UpTo(times.Max(), "k")
                .AsErratum("the logarithm in it makes it steeper"));
            progress?.Report(new Progress(kind == MomentumKind.Polyak ? 0.6 : 1, "transition times"));
        }

        return new ReproductionResult { Claims = claims };
    }

    // Oscillating sums cross several times: the last sign change on a fine grid, refined.
    private static double Crossing(KernelModes modes, MomentumKind kind, double left)
    {
        double Excess(double logarithm)
        {
            var (under, over) = MomentumLaw.Transient(modes, kind, Rate, 1 - left, Math.Exp(logarithm));
            return Math.Log(under / over);
        }

        var (low, high) = (Math.Log(0.2 / left), Math.Log(20 / left));
        double[] places = [.. Enumerable.Range(0, 60).Select(n => low + ((high - low) * n / 59))];
        var values = places.Select(Excess).ToArray();
        var last = Array.FindLastIndex(values, value => value > 0);
        return last < 0 || last == places.Length - 1 ? double.NaN : Math.Exp(ScalarRoot.Find(Excess, places[last], places[last + 1]));
    }
}
