using Eigenflow.Schedules;
using Eigenflow.Solutions;

namespace Eigenflow.Systems.FunctionalScalingLaw;

/// <summary>Claims: the exact recursion against runs, stability against the recursion, identities and constants of stability.</summary>
internal static class MomentumClaims
{
    private const int Runs = 20_000;

    // Nesterov's limit needs η_ρ^{1/β} ≪ N, for β = 1.5 far more than the features of the paper.
    private const long Many = 1_000_000_000;
    private static readonly (double Left, double Batch, double Capacity)[] Settings = [(0.3, 1, 1.5), (0.3, 8, 2), (0.1, 1, 2), (0.1, 4, 3), (0.1, 32, 1.5), (0.05, 8, 4), (0.05, 64, 2), (0.03, 2, 2), (0.03, 16, 3), (0.03, 128, 4)];

    public static ReproductionResult Run(IProgress<Progress>? progress, CancellationToken cancellation)
    {
        var claims = new List<Claim>();
        foreach (var (kind, name) in new[] { (MomentumKind.Polyak, "Polyak"), (MomentumKind.Nesterov, "Nesterov") })
        {
            var problem = MomentumLab.Problem(0.5, 1.5, 6, 0.1) with { Features = 6, Batch = BatchSchedule.Constant(4), Schedule = new LearningRateSchedule(new ConstantShape(), 0.05, 25) };
            MomentumOptions momentum = new() { Strength = 0.8, Kind = kind };
            var gain = new MomentumStability(problem.Modes(), 0.1, 0.05, 4, kind, 0.8).Gain;
            var runs = problem.Run(new OnlineSgd { Replicas = Runs, AtSteps = [1, 5, 10, 25], Momentum = momentum, Seed = 8 + (int)kind, Threads = 1 }, cancellation);
            var exact = problem.Run(new ExactMoments { AtSteps = [1, 5, 10, 25], Momentum = momentum }, cancellation);
            claims.Add(MeanOfRuns.Of(runs, exact, "loss", 1).Claim("momentum-recursion-" + name.ToLowerInvariant(), $"the mean risk of runs is that of the recursion ({name}, d = 6, s = 0.5, β = 1.5, η = 0.05, ρ = 0.8, B = 4, κ = {DisplayNumber.Of(gain, 2)})", Runs, null, LawCurves.Derived, $"largest distance in standard errors of the mean of {Runs} runs at k = 1, 5, 10, 25; seed {8 + (int)kind}", PredictionKind.Exact).UpTo(25, "k"));
            progress?.Report(new Progress(kind == MomentumKind.Polyak ? 0.3 : 0.6, "runs"));
        }

        claims.Add(Signs(cancellation));
        claims.AddRange(Identity());
        claims.AddRange(Constants());
        return new ReproductionResult { Claims = claims };
    }

    private static Claim Signs(CancellationToken cancellation)
    {
        var right = 0;
        foreach (var (left, batch, beta) in Settings)
        {
            foreach (var rule in new[] { TunedRule.Polyak, TunedRule.Nesterov })
            {
                cancellation.ThrowIfCancellationRequested();
                var modes = (MomentumLab.Problem(1, beta, 64, 0) with { Features = 64 }).Modes();
                var critical = new MomentumStability(modes, 0, 1, batch, MomentumLab.Kind(rule), 1 - left).CriticalRate;
                bool Grows(double factor) => At(factor, 100) > At(factor, 50);
                double At(double factor, double memories) => MomentumLab.Risk(modes, 0, rule, critical * factor, 1 - left, (long)(memories / left), batch);
                right += Grows(1.05) && !Grows(0.95) ? 1 : 0;
            }
        }

        return Claim.Absolute("momentum-stability", "κ = 1 is where the exact mean risk begins to grow: it does at 1.05 η_crit and does not at 0.95 η_crit (σ = 0, ten settings of ρ, B and β, both kinds)", 2 * Settings.Length, right, 0, LawCurves.Derived, "settings in which E(100/(1 − ρ)) compares with E(50/(1 − ρ)) as it should, of 20").At("M", 64);
    }

    private static IEnumerable<Claim> Identity()
    {
        var modes = MomentumLab.Problem(1, 2, MomentumLab.Features, 1).Modes();
        var polyak = new MomentumStability(modes, 1, 0.05, 8, MomentumKind.Polyak, 0.98);
        var sgd = new Stability(modes, 1, 0.05 / 1.98, polyak.EffectiveBatch);
        const string Obtained = "largest relative difference of direct sums; β = 2, N = 4096, ρ = 0.98, B = 8, η = 0.05";
        yield return Claim.Absolute("momentum-polyak-is-sgd", "Polyak's κ and stationary risk are those of SGD with the batch B(1 − ρ)/(1 + ρ) and the rate η/(1 + ρ)", 0, Math.Max(Math.Abs((polyak.Gain / sgd.NoiseGain) - 1), Math.Abs((polyak.StationaryRisk / sgd.StationaryLoss) - 1)), 1e-12, LawCurves.Derived, Obtained).At("N", modes.Size);
        yield return Claim.Absolute("momentum-polyak-critical", "and its critical rate is 1 + ρ times that of SGD", 0, Math.Abs((polyak.CriticalRate / (1.98 * sgd.LargestRate)) - 1), 1e-12, LawCurves.Derived, Obtained).At("N", modes.Size);
    }

    private static IEnumerable<Claim> Constants()
    {
        foreach (var (kind, name) in new[] { (MomentumKind.Polyak, "Polyak"), (MomentumKind.Nesterov, "Nesterov") })
        {
            var ratios = new List<double>();
            foreach (var (beta, batch) in new[] { (1.5, 4), (1.5, 16), (2, 4), (2.0, 16), (3, 4), (4, 4) })
            {
                var modes = MomentumLab.Problem(1, beta, Many, 0).Modes();
                var left = 0.004 / CriticalRates.Asymptote(kind, beta, batch, 1);
                ratios.Add(new MomentumStability(modes, 0, 1, batch, kind, 1 - left).CriticalRate / CriticalRates.Asymptote(kind, beta, batch, left));
            }

            var scale = kind == MomentumKind.Polyak ? "2y*(β) B(1 − ρ)" : "(1 − ρ)(2B/(2B − 1))[(2B − ½)β sin(π/β)/π]^β";
            var farthest = ratios.MaxBy(ratio => Math.Abs(ratio - 1));
            yield return Claim.Relative("momentum-critical-" + name.ToLowerInvariant(), $"small critical rates are {scale} ({name})", 1, farthest, 0.02, LawCurves.Derived, "root of κ = 1 over the limit, the one that differs most of β = 1.5 … 4, B = 4, 16 at η_crit ≈ 0.004", PredictionKind.Asymptotic).At("N", Many).Over("η_crit ≤ 0.01, η_ρ^{1/β} ≪ N");
        }
    }
}
