using System.Buffers;
using Eigenflow.Dynamics;
using Eigenflow.Schedules;
using Eigenflow.Systems.FunctionalScalingLaw;
using Eigenflow.Systems.FunctionalScalingLaw.Kernels;
using Shouldly;
using Xunit;

namespace Eigenflow.Tests.FunctionalScalingLaw;

/// <summary>Momentum against reference values of independent code, limits and closed forms.</summary>
public sealed class MomentumTests
{
    private const double Tolerance = 1e-8;

    // β, s, N, M, σ², K, B, η, ρ, then E at 1, K/10, K/2, K, κ and E_∞ for Polyak and for Nesterov.
    public static TheoryData<double, double, long, long, double, long, long, double, double, double[], double[]> Trajectories => new()
    {
        { 4, 0.5, 128, 64, 0.04, 1000, 1, 0.01, 0.9, [0.5910922227, 0.05766919474, 0.02473518219, 0.01787404298, 0.05690464144, 0.001254424279], [0.5910922227, 0.05734776172, 0.02453179301, 0.01769862195, 0.05323745315, 0.001153543414] },
        { 2, 1, 256, 256, 0.25, 500, 4, 0.05, 0.9, [0.5512449306, 0.02308208976, 0.01579203207, 0.01536524081, 0.1080759652, 0.01514646442], [0.5512449306, 0.01706380594, 0.0121775569, 0.01176457768, 0.08883239248, 0.01154713433] },
        { 1.5, 0.8, 200, 100, 1, 400, 2, 0.02, 0.8, [0.7230347188, 0.1027293291, 0.04912203917, 0.04134285245, 0.06126541872, 0.03362154746], [0.7230347188, 0.1019137645, 0.04784240602, 0.04004695925, 0.05985893924, 0.03232771864] },
    };

    private static MomentumOptions With(double strength, MomentumKind kind) => new() { Strength = strength, Kind = kind };

    private static MomentumOptions Growing(MomentumKind kind) => new() { Growth = MomentumGrowth.Increasing, Kind = kind };

    [Theory]
    [MemberData(nameof(Trajectories))]
    public void TrajectoriesStabilityAndStationaryRisk(
        double beta, double s, long features, long size, double noise, long steps, long batch, double rate, double strength, double[] polyak, double[] nesterov)
    {
        var problem = Cases.Problem(beta, s, features, size, noise, steps, batch, "constant", rate);
        foreach (var (kind, expected) in new[] { (MomentumKind.Polyak, polyak), (MomentumKind.Nesterov, nesterov) })
        {
            var exact = problem.Solve(new ExactMoments { AtSteps = [1, steps / 10, steps / 2, steps], Momentum = With(strength, kind) });
            var stability = new MomentumStability(problem.Modes(), noise, rate, batch, kind, strength);
            double[] measured = [.. exact["loss"], stability.Gain, stability.StationaryRisk];
            for (var k = 0; k < measured.Length; k++)
                measured[k].ShouldBe(expected[k], Tolerance * expected[k], $"{kind}, column {k}");
        }
    }

    [Theory]
    [InlineData(1.5, 8, 0.98, 1.566088489, 0.1008343003, 0.3083795055)]
    [InlineData(2, 8, 0.98, 1.587498701, 0.1298065561, 0.7475272762)]
    [InlineData(4, 8, 0.98, 1.598611225, 0.1507828222, 0.9232295345)]
    [InlineData(2, 16, 1 - (1.0 / 4096), double.NaN, 0.003256013111, 0.09948052716)]
    public void CriticalRatesOfStability(double beta, long batch, double strength, double sgd, double polyak, double nesterov)
    {
        var modes = Cases.Problem(beta, 1, 4096, 4096, 0, 1, 1, "constant", 0.1).Modes();
        if (!double.IsNaN(sgd))
        {
            new MomentumStability(modes, 0, 0.1, batch, MomentumKind.Polyak, 0).CriticalRate.ShouldBe(sgd, Tolerance * sgd);
            new Stability(modes, 0, 0.1, batch).LargestRate.ShouldBe(sgd, Tolerance * sgd);
        }

        new MomentumStability(modes, 0, 0.1, batch, MomentumKind.Polyak, strength).CriticalRate.ShouldBe(polyak, Tolerance * polyak);
        new MomentumStability(modes, 0, 0.1, batch, MomentumKind.Nesterov, strength).CriticalRate.ShouldBe(nesterov, Tolerance * nesterov);
    }

    [Fact]
    public void PolyakIsSgdOfASmallerBatch()
    {
        var modes = Cases.Problem(2, 1, 4096, 4096, 0, 1, 1, "constant", 0.1).Modes();
        var polyak = new MomentumStability(modes, 0.3, 0.05, 8, MomentumKind.Polyak, 0.98);
        polyak.EffectiveBatch.ShouldBe(0.0808080808, 1e-10);
        var sgd = new Stability(modes, 0.3, 0.05 / 1.98, polyak.EffectiveBatch);
        polyak.Gain.ShouldBe(sgd.NoiseGain, 1e-12 * sgd.NoiseGain);
        polyak.StationaryRisk.ShouldBe(sgd.StationaryLoss, 1e-12 * sgd.StationaryLoss);
        sgd.LargestRate.ShouldBe(0.06555887, 1e-8);
        polyak.CriticalRate.ShouldBe(1.98 * sgd.LargestRate, 1e-11);
    }

    [Fact]
    public void ConstantsOfSmallCriticalRates()
    {
        foreach (var (beta, constant) in new[] { (1.5, 0.31764140), (2, 0.41702364), (3, 0.47372881), (4, 0.48945722), (6, 0.49781673) })
            CriticalRates.PolyakConstant(beta).ShouldBe(constant, 2e-8);
        CriticalRates.Polyak(2, 16, 1.0 / 4096).ShouldBe(0.0032579972, 1e-9);
        CriticalRates.Nesterov(2, 16, 1.0 / 4096).ShouldBe(0.10134672, 1e-7);
        foreach (var (kind, ceiling) in new[] { (MomentumKind.Polyak, 4), (MomentumKind.Nesterov, 4.0 / 3) })
            MomentumStability.LargestStep(kind, 1 - 1e-9, 1e15).ShouldBe(ceiling, 1e-5 * ceiling);
        MomentumStability.LargestStep(MomentumKind.Nesterov, 0, 7).ShouldBe(MomentumStability.LargestStep(MomentumKind.Polyak, 0, 7), 1e-14);
    }

    [Theory]
    [InlineData(MomentumKind.Polyak, 0.3, 0.9)]
    [InlineData(MomentumKind.Polyak, 0.001, 0.5)]
    [InlineData(MomentumKind.Nesterov, 0.3, 0.9)]
    [InlineData(MomentumKind.Nesterov, 0.9, 0.3)]
    public void GreenEnergiesAndMultipliersAreThoseOfTheRecursion(MomentumKind kind, double x, double rho)
    {
        var r = kind == MomentumKind.Polyak ? rho : rho * (1 - x);
        double response = 1, responseMove = 1, mean = 1, move = 0, energy = 0;
        for (var k = 0; k < 40_000; k++)
        {
            if (k < 60)
                MomentumLaw.Multiplier(kind, x, rho, k).ShouldBe(mean, 1e-11);
            energy += response * response;
            (responseMove, move) = ((r * responseMove) - (x * response), (r * move) - (x * mean));
            (response, mean) = (response + responseMove, mean + move);
        }

        MomentumStability.GreenEnergy(kind, x, rho).ShouldBe(energy, 1e-9 * energy);
    }

    [Fact]
    public void LawsWithConstants()
    {
        var problem = Cases.Problem(4, 0.3, 4096, 4096, 1, 10_000, 32, "constant", 0.03);
        var modes = problem.Modes();
        foreach (var (kind, exact, law, floor) in new[]
        {
            (MomentumKind.Polyak, new[] { 0.0483528100, 0.0308232306 }, new[] { 0.0465423609, 0.0296531166 }, new[] { 0.0134103067, 0.0126834755 }),
            (MomentumKind.Nesterov, [0.0402202103, 0.0229561500], [0.0394453746, 0.0225561302], [0.0058015051, 0.0055864891]),
        })
        {
            var solved = problem.Solve(new ExactMoments { AtSteps = [1000, 10_000], Momentum = With(0.98, kind) });
            for (var row = 0; row < 2; row++)
            {
                solved["loss"][row].ShouldBe(exact[row], Tolerance * exact[row]);
                (MomentumLaw.Signal(4, 0.3, 1.5 * Math.Pow(10, 3 + row)) + MomentumLaw.Floor(kind, modes, 1, 1.5, 32)).ShouldBe(law[row], Tolerance * law[row]);
            }

            new MomentumStability(modes, 1, 0.03, 32, kind, 0.98).StationaryRisk.ShouldBe(floor[0], Tolerance * floor[0]);
            MomentumLaw.Floor(kind, modes, 1, 1.5, 32).ShouldBe(floor[1], Tolerance * floor[1]);

            // The method of the law is that law with the sums of the model.
            var method = problem.Solve(new ScalingLaw { AtSteps = [1000, 10_000], Momentum = With(0.98, kind) });
            method["loss"].Zip(solved["loss"], (one, other) => one / other).ShouldAllBe(ratio => ratio > 0.93 && ratio < 1.02);
            method["t"][1].ShouldBe(300, 1e-9);
        }

        (4 * MomentumLaw.Floor(MomentumKind.Nesterov, modes, 1, 100, 1)).ShouldBe(3.0124134, 1e-6);
        (4 * MomentumLaw.NesterovFloor(4, 1, 100, 1)).ShouldBe(3.0124074, 1e-7);
    }

    [Fact]
    public void KinksOfTheBatch()
    {
        foreach (var (s, beta, first, second, third, most) in new[]
        {
            (0.3, 4.0, 0.23076923, 0.45945946, 0.61538462, 0.32432432), (0.1, 2, 0.09090909, 0.41176471, 0.54545455, 0.11764706), (0.3, 2, 0.23076923, 0.52380952, 0.61538462, 0.28571429),
        })
        {
            var regimes = new BatchRegimes(beta, s);
            double[] measured = [regimes.First, regimes.Second, regimes.Third, regimes.Exponent(TunedRule.Nesterov, regimes.Second)];
            measured.Zip([first, second, third, most], (one, other) => Math.Abs(one - other)).ShouldAllBe(difference => difference < 1e-8);
            foreach (var (rule, kink) in new[] { (TunedRule.Sgd, first), (TunedRule.Polyak, third), (TunedRule.Nesterov, first), (TunedRule.Nesterov, second) })
                regimes.Exponent(rule, kink - 1e-9).ShouldBe(regimes.Exponent(rule, kink + 1e-9), 1e-7);
        }
    }

    [Theory]
    [InlineData(0.5, 2, 256, 0.780556, 0.0037616126, 1.44433, 0.0031988, 0.0037890538)]
    [InlineData(0.3, 4, 64, 1.07951, 0.019777266, 14.2148, 0.0134920, double.NaN)]
    public void OptimaWithConstants(double s, double beta, long batch, double polyakRate, double polyakRisk, double nesterovRate, double nesterovRisk, double exact)
    {
        var problem = Cases.Problem(beta, s, 200_000, 4096, 1, 20_000, batch, "constant", 0.1);
        var trace = beta == 2 ? Math.Pow(Math.PI, 2) / 6 : Math.Pow(Math.PI, 4) / 90;
        var polyak = MomentumOptimum.Of(TunedRule.Polyak, beta, s, 1, trace, 20_000, batch);
        polyak.EffectiveRate.ShouldBe(polyakRate, 1e-5 * polyakRate);
        polyak.Risk.ShouldBe(polyakRisk, 1e-7 * polyakRisk);
        var nesterov = MomentumOptimum.Of(TunedRule.Nesterov, beta, s, 1, trace, 20_000, batch);
        nesterov.EffectiveRate.ShouldBe(nesterovRate, 1e-5 * nesterovRate);
        nesterov.Risk.ShouldBe(nesterovRisk, 1e-4 * nesterovRisk);
        if (double.IsNaN(exact))
            return;
        var solved = problem.Solve(new ExactMoments { AtSteps = [20_000], Momentum = With(1 - (0.1 / polyakRate), MomentumKind.Polyak) }).Last("loss");
        solved.ShouldBe(exact, 3e-4 * exact, "the number of features that there are was not stated");
        solved.ShouldBe(polyak.Risk, 0.04 * solved);
    }

    [Fact]
    public void GrowingMomentumIsStableUpToItsHorizon()
    {
        var problem = Cases.Problem(4, 0.3, 4096, 4096, 0, 10_000, 4, "constant", 0.05);
        var modes = problem.Modes();
        CriticalRates.Horizon(modes, MomentumKind.Polyak, 0.05, 4).ShouldBe(76.348257, 1e-6);
        CriticalRates.Horizon(modes, MomentumKind.Nesterov, 0.05, 4).ShouldBe(43920.415, 0.001);
        var second = Cases.Problem(2, 0.5, 4096, 4096, 0, 1, 16, "constant", 0.05).Modes();
        CriticalRates.Horizon(second, MomentumKind.Polyak, 0.05, 16).ShouldBe(263.134, 0.001);
        CriticalRates.Horizon(second, MomentumKind.Nesterov, 0.05, 16).ShouldBe(8253.12, 0.01);
        var polyak = problem.Solve(new ExactMoments { AtSteps = [10, 93, 100, 1000], Momentum = Growing(MomentumKind.Polyak) });
        foreach (var (row, expected) in new[] { (0, 0.2461018758), (2, 0.1564347600), (3, 1526.6629) })
            polyak["loss"][row].ShouldBe(expected, Tolerance * expected);
        polyak["loss"][1].ShouldBeLessThan(polyak["loss"][2]);
        polyak.Warnings.ShouldHaveSingleItem().ShouldContain("stable in the mean square up to step 76.35");
        var nesterov = problem.Solve(new ExactMoments { AtSteps = [100, 10_000], Momentum = Growing(MomentumKind.Nesterov) });
        nesterov["loss"][0].ShouldBe(0.08175957233, 1e-9);
        nesterov["loss"][1].ShouldBe(0.01345760894, 2e-10);
    }

    [Theory]
    [InlineData(MomentumKind.Polyak, MomentumGrowth.Constant, "constant")]
    [InlineData(MomentumKind.Nesterov, MomentumGrowth.Constant, "cosine")]
    [InlineData(MomentumKind.Nesterov, MomentumGrowth.Increasing, "wsd")]
    public void TheMeanOfRunsIsThatOfTheExactMoments(MomentumKind kind, MomentumGrowth growth, string schedule)
    {
        var problem = Cases.Problem(2, 0.7, 40, 20, 0.2, 60, 2, schedule, 0.08) with { Batch = BatchSchedule.Parse("2*2@0.5") };
        MomentumOptions momentum = new() { Strength = growth == MomentumGrowth.Constant ? 0.8 : 0, Kind = kind, Growth = growth };
        var sgd = problem.Solve(new OnlineSgd { Replicas = 2000, AtSteps = [1, 5, 20, 60], Momentum = momentum, Seed = 3 });
        var exact = problem.Solve(new ExactMoments { AtSteps = [1, 5, 20, 60], Momentum = momentum });
        for (var row = 0; row < 4; row++)
        {
            (Math.Abs(sgd["loss"][row] - exact["loss"][row]) / sgd["loss-se"][row]).ShouldBeLessThan(3.5, $"row {row}");
            exact["signal"][row].ShouldBe(sgd["signal"][row]);
        }
    }

    [Fact]
    public void WithoutMomentumNothingChanges()
    {
        var problem = Cases.Problem(2, 0.7, 64, 40, 0.2, 300, 2, "cosine", 0.2);
        problem.Solve(new ExactMoments { Momentum = With(0, MomentumKind.Nesterov) })["loss"].ShouldBe(problem.Solve(new ExactMoments())["loss"]);
        problem.Solve(new OnlineSgd { Replicas = 3, Momentum = With(0, MomentumKind.Nesterov) })["loss"].ShouldBe(problem.Solve(new OnlineSgd { Replicas = 3 })["loss"]);

        // Little momentum is little change: both recursions meet.
        foreach (var kind in new[] { MomentumKind.Polyak, MomentumKind.Nesterov })
        {
            var plain = problem.Solve(new ExactMoments { AtSteps = [1, 30, 300] });
            var little = problem.Solve(new ExactMoments { AtSteps = [1, 30, 300], Momentum = With(1e-13, kind) });
            foreach (var column in new[] { "loss", "signal", "noise" })
                little[column].Zip(plain[column], (one, other) => Math.Abs((one / other) - 1)).ShouldAllBe(difference => difference < 1e-10);
        }

        // Without label noise the samples of both kernels are the same.
        var silent = Cases.Problem(2, 0.7, 40, 40, 0, 100, 3, "constant", 0.1);
        var one = silent.Solve(new OnlineSgd { Replicas = 2, Momentum = With(1e-14, MomentumKind.Nesterov) });
        one["loss"].Zip(silent.Solve(new OnlineSgd { Replicas = 2 })["loss"], (a, b) => Math.Abs((a / b) - 1)).ShouldAllBe(difference => difference < 1e-10);
    }

    [Theory]
    [InlineData(MomentumKind.Polyak)]
    [InlineData(MomentumKind.Nesterov)]
    public void ARunGoesOnFromItsStateWithTheSameBits(MomentumKind kind)
    {
        var problem = Cases.Problem(2, 0.7, 40, 20, 0.2, 60, 2, "cosine", 0.08) with { Batch = BatchSchedule.Parse("2*2@0.5") };
        var (whole, begun, resumed) = (Trajectory(), Trajectory(), Trajectory());
        var state = new ArrayBufferWriter<byte>();
        whole.Advance(60);
        begun.Advance(37);
        begun.Write(state);
        resumed.Read(state.WrittenSpan);
        resumed.Step.ShouldBe(37);
        resumed.Advance(23);
        double[] one = [0], other = [0];
        whole.Observe(one, isSaved: true);
        resumed.Observe(other, isSaved: true);
        other.ShouldBe(one);
        problem.Solve(new OnlineSgd { Replicas = 5, Threads = 1, Momentum = With(0.7, kind) })["loss"].ShouldBe(problem.Solve(new OnlineSgd { Replicas = 5, Threads = 3, Momentum = With(0.7, kind) })["loss"]);

        MomentumTrajectory Trajectory()
        {
            var modes = problem.Modes(ModeRepresentation.Full);
            return new MomentumTrajectory(new MomentumSgdKernel(SgdKernel.PaddedRoots(modes.Eigenvalues), new double[modes.Size], 0.2, With(0.7, kind), 3, 1), problem.Schedule, problem.Batch, 0, 1e9);
        }
    }

    [Fact]
    public void StabilityDecidesWhetherTheRiskGrows()
    {
        var problem = Cases.Problem(2, 1, 64, 64, 0, 1, 4, "constant", 0.1);
        foreach (var kind in new[] { MomentumKind.Polyak, MomentumKind.Nesterov })
        {
            var critical = new MomentumStability(problem.Modes(), 0, 0.1, 4, kind, 0.9).CriticalRate;
            foreach (var (factor, grows) in new[] { (1.05, true), (0.95, false) })
            {
                var solved = (problem with { Schedule = new LearningRateSchedule(new ConstantShape(), critical * factor, 1000) }).Solve(new ExactMoments { AtSteps = [500, 1000], Momentum = With(0.9, kind) });
                (solved["loss"][1] > solved["loss"][0]).ShouldBe(grows, $"{kind} {factor}");
            }
        }
    }
}
