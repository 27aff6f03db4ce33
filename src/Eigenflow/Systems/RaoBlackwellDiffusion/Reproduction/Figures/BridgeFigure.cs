using Eigenflow.Figures;
using Eigenflow.Solutions;
using static Eigenflow.Systems.RaoBlackwellDiffusion.DiffusionCurves;

namespace Eigenflow.Systems.RaoBlackwellDiffusion;

/// <summary>Velocity targets of flow matching with a bridge noise: what averaging the clean sample alone removes, and what stays, against the time of the path; a planar cloud under SO(2).</summary>
internal static class BridgeFigure
{
    private const int Draws = 4000;
    private const int Places = 40;
    private const double Shown = 0.5;

    private static readonly double[] Bridges = [0.2, 0.5, 1];
    private static readonly double[] Measured = [0.2, 0.4, 0.6, 0.8];

    public static ReproductionResult Run(IProgress<Progress>? progress, CancellationToken cancellation)
    {
        double[] times = [.. Enumerable.Range(0, Places).Select(k => 0.02 + (0.96 * k / (Places - 1)))];
        DiffusionProblem At(double bridge, double time) => Problem("so2", 1 - time) with { Kernel = KernelKind.FlowMatching, Bridge = bridge };
        (double Whole, double Left) Theory(double bridge, double time)
        {
            var problem = At(bridge, time);
            var (targets, orbit) = (new BridgeNoise(problem), TargetVariance.Of(problem, cancellation).Orbit);
            return (targets.Whole(orbit), targets.Left(orbit));
        }

        var (variances, removed, claims) = (new List<Series>(), new List<Series>(), new List<Claim>());
        var most = 0.0;
        foreach (var (index, bridge) in Bridges.Index())
        {
            progress?.Report(new Progress((double)index / Bridges.Length, DisplayText.Of($"c = {bridge:R}")));
            (double Whole, double Left)[] theory = [.. times.Select(time => Theory(bridge, time))], exact = [.. Measured.Select(time => Theory(bridge, time))];
            BridgeDraws[] draws = [.. Measured.Select(time => BridgeDraws.Of(At(bridge, time), Draws, 61, cancellation))];
            double[] parts = [.. theory.Select(one => 1 - (one.Left / one.Whole))];
            removed.Add(new Series { Label = DisplayText.Of($"c = {bridge:R}"), X = times, Y = parts, Color = index + 2 });
            if (bridge == Shown)
            {
                most = parts.Max();
                variances.Add(new Series { Label = "augmented", X = times, Y = [.. theory.Select(one => one.Whole)], Color = 0 });
                variances.Add(new Series { Label = "clean sample averaged", X = times, Y = [.. theory.Select(one => one.Left)], Color = 1 });
                variances.Add(Dots("augmented", 0, Measured, [.. draws.Select(one => one.Whole)]));
                variances.Add(Dots("clean sample averaged", 1, Measured, [.. draws.Select(one => one.Left)]));
            }

            var id = FormattableString.Invariant($"{bridge}").Replace('.', '-');
            var how = $"largest distance in standard errors over t = 0.2, 0.4, 0.6, 0.8, {Draws} random samples each, seed 61";
            claims.Add(MeansClaim($"bridge-noise-{id}", DisplayText.Of($"the velocity target of a bridge noise has the variance (1 − t s′/s)^{{2}} E tr Cov(x_{{1}}) + d(1 + (1 − t)σ_{{b}}′/σ_{{b}})^{{2}} σ_{{b}}^{{2}}/s^{{2}} around its mean over the orbit (c = {bridge:R}, SO(2))"), draws.Zip(exact, (one, theory) => (one.Whole, theory.Whole)), Draws, Derived, how));
            claims.Add(MeansClaim($"bridge-left-{id}", DisplayText.Of($"averaging the clean sample alone leaves (1 + (1 − t)σ_{{b}}′/σ_{{b}})^{{2}} times the variance of z, which stays (c = {bridge:R}, SO(2))"), draws.Zip(exact, (one, theory) => (one.Left, theory.Left)), Draws, Derived, how));
            claims.Add(Claim.AtMost($"bridge-unbiased-{id}", DisplayText.Of($"{Distance}the target with the averaged clean sample is unbiased (c = {bridge:R}, SO(2))"), MeanOfRuns.Limit, draws.Max(one => Math.Abs(one.Bias.Mean) / one.Bias.Error), Paper, how + ", along E[v|x_t, orbit]", PredictionKind.Exact).At("draws", Draws));
        }

        return new ReproductionResult
        {
            Claims = claims,
            Figures =
            [
                new Figure
                {
                    Id = "bridge",
                    Title = DisplayText.Of($"With a bridge noise of c = {Shown} averaging the clean sample takes at most {DisplayNumber.Percent(most)} of the noise of velocity targets"),
                    Caption = DisplayText.Of($"Flow matching with x_t = t x_1 + (1 − t) z + σ_b ε, σ_b = c √(t(1 − t)); four planar points under SO(2). (a) Variance of the velocity target around its mean over the orbit given x_t: augmented, and with the clean sample averaged, whose single z stays; c = {Shown}. (b) Part of it that the average removes; without a bridge noise the velocity is told by x_1 and x_t alone, and all of it is removed. Lines exact, dots means over {Draws} random samples with 95 % intervals."),
                    Panels =
                    [
                        new Panel { Title = "variance of velocity targets", X = new Axis("time t"), Y = new Axis("E tr Cov(v | x_{t}, orbit)", true), Series = variances },
                        new Panel { Title = "part that is removed", X = new Axis("time t"), Y = new Axis("1 − left / augmented", false, 0, 1), Series = removed },
                    ],
                },
            ],
        };
    }
}
