using Eigenflow.Systems.FunctionalScalingLaw;
using Shouldly;
using Xunit;

namespace Eigenflow.Tests.FunctionalScalingLaw;

/// <summary>Reference values of independent code, relative tolerance 1e-6.</summary>
public sealed class ReferenceTests
{
    private const double Tolerance = 1e-6;

    // β, s, N, M, σ², K, B, schedule, a, b, K₂, then T, exact mid, exact end, SDE, Volterra, e_M, noise, e inf, noise inf.
    public static TheoryData<double, double, long, long, double, long, long, string, double, double, long, double[]> Trajectories => new()
    {
        { 4, 0.5, 128, 64, 0.04, 1000, 1, "constant", 0.2, -1, -1, [200, 0.0211870998, 0.01582171056, 0.01525731888, 0.01481357267, 0.02200625413, 0.00670674729, 0.07053456159, 0.0295188485] },
        { 4, 0.5, 128, 64, 0.04, 1000, 1, "cosine", 0.2, 0, -1, [100.1, 0.01987035352, 0.01596631507, 0.01596956961, 0.01596245172, 0.03128378394, 0.0005332374831, 0.0994544963, 0.007218924886] },
        { 4, 0.5, 128, 64, 0.04, 1000, 1, "wsd", 0.2, 0.002, 200, [168.6984107, 0.0211870998, 0.01245404512, 0.01245199617, 0.01244190252, 0.02395422087, 0.0007893125536, 0.07676462144, 0.01122191007] },
        { 2, 1, 256, 256, 0.25, 500, 4, "exponential", 0.4, 0.004, -1, [43.19345765, 0.004830133247, 0.003626218429, 0.003631480665, 0.003627482832, 0.005780345001, 0.001430474527, 0.02262778369, 0.007623899234] },
        { 1.5, 0.8, 200, 100, 1, 400, 2, "8-1-1", 0.1, -1, -1, [33.66491106, 0.04991843937, 0.02724165734, 0.02714113445, 0.02704880212, 0.02355169998, 0.02725528413, 0.05862568467, 0.07842052642] },
        { 3, 0.3, 100, 40, 0, 600, 1, "power:5", 0.3, 0, -1, [30.15020833, 0.1403496014, 0.1390129003, 0.139065692, 0.1389550333, 0.251956682, 0.003259497508, 0.3564197107, 0.02782161877] },
    };

    [Theory]
    [MemberData(nameof(Trajectories))]
    public void TrajectoriesOfEveryLevel(
        double beta, double s, long features, long size, double noise, long steps, long batch, string schedule, double peak, double final, long decay, double[] expected)
    {
        var problem = Cases.Problem(beta, s, features, size, noise, steps, batch, schedule, peak, final < 0 ? null : final, decay < 0 ? null : decay);
        var exact = problem.Solve(new ExactMoments { AtSteps = [0, steps / 2, steps] });
        var law = problem.Solve(new ScalingLaw { AtSteps = [steps] });
        var infinite = problem.Solve(new InfiniteScalingLaw { AtSteps = [steps] });
        double[] measured =
        [
            exact.Last("t"), exact["loss"][1], exact.Last("loss"), problem.Solve(new StochasticDifferential { AtSteps = [steps] }).Last("loss"),
            problem.Solve(new VolterraEquation { AtSteps = [steps] }).Last("loss"), 2 * law.Last("signal"), 2 * law.Last("noise"), infinite.Last("signal"), infinite.Last("noise"),
        ];
        for (var k = 0; k < measured.Length; k++)
            measured[k].ShouldBe(expected[k], Tolerance * Math.Abs(expected[k]), $"column {k}");
    }

    [Theory]
    [InlineData(2, 0.5, 2000, 200, 10, 0.1931185509, 0.004953787281, 0.002243822906, 0.8222170959)]
    [InlineData(4, 0.5, 400, 50, 100, 0.03122411767, 2.25314731e-05, 9.64613987e-05, 0.601026893)]
    [InlineData(1.5, 1, 1000, 1000, 5, 0.0667012212, 0.02765544921, 0, 0.6707330956)]
    [InlineData(3, 0.8, 500, 100, 25, 0.01692353109, 0.0004321575518, 3.193249893e-06, 0.5693318187)]
    public void Profiles(double beta, double s, long features, long size, double time, double signal, double kernel, double approximation, double initial)
    {
        foreach (var representation in new[] { ModeRepresentation.Full, ModeRepresentation.Compressed })
        {
            var modes = Cases.Problem(beta, s, features, size, 0, 1, 1, "constant", 0.1).Modes(representation);
            modes.SignalProfile(time).ShouldBe(signal, Tolerance * signal);
            modes.ForgettingKernel(time).ShouldBe(kernel, Tolerance * kernel);
            modes.Approximation.ShouldBe(approximation, Tolerance * approximation);
            modes.InitialLoss.ShouldBe(initial, Tolerance * initial);
        }
    }

    [Fact]
    public void LocalSlopesOfTheProfiles()
    {
        var modes = Cases.Problem(2, 0.5, 200_000, 200_000, 0, 1, 1, "constant", 0.1).Modes();
        modes.Representation.ShouldBe("compressed");
        (Math.Log(modes.SignalProfile(1.2e4) / modes.SignalProfile(1e4)) / Math.Log(1.2)).ShouldBe(-0.50041804, 1e-8);
        (Math.Log(modes.ForgettingKernel(1.2e4) / modes.ForgettingKernel(1e4)) / Math.Log(1.2)).ShouldBe(-1.5, 1e-8);
    }

    [Fact]
    public void StationaryLosses()
    {
        var first = new Stability(Cases.Problem(2, 1, 500, 500, 1, 1, 1, "constant", 0.5).Modes(), 1, 0.5, 1);
        first.NoiseGain.ShouldBe(0.6722535152, 1e-9);
        first.StationaryLoss.ShouldBe(1.025569375, 1e-8);
        var second = new Stability(Cases.Problem(1.5, 1, 300, 300, 0.3, 1, 8, "constant", 0.2).Modes(), 0.3, 0.2, 8);
        second.NoiseGain.ShouldBe(0.03309013548, 1e-10);
        second.StationaryLoss.ShouldBe(0.005133384717, 1e-11);
        var third = new Stability(Cases.Problem(4, 1, 64, 64, 0.5, 1, 1, "constant", 0.9).Modes(), 0.5, 0.9, 1);
        third.NoiseGain.ShouldBe(4.538791236, 1e-8);
        third.IsStable.ShouldBeFalse();
        third.Warning.ShouldNotBeNull().ShouldContain("Q = 4.539, must be < 1");
        Should.Throw<ParameterException>(() => third.StationaryLoss).Message.ShouldContain("peak = 0.9 is not allowed: it must be a learning rate < ");
        new Stability(Cases.Problem(4, 1, 64, 64, 0.5, 1, 1, "constant", 1.5).Modes(), 0.5, 1.5, 1).NoiseGain.ShouldBe(double.PositiveInfinity);
    }

    [Theory]
    [InlineData(2, 100, 0.1, 1e-4, 10000, 2000, 0.08122489683, 0.00259380662, 0.01017712988, 144.6200625)]
    [InlineData(3, 30, 0.05, 5e-4, 5000, 1000, 0.02987220013, 0.001168819912, 0.003862191948, 53.74394214)]
    public void Convolutions(double beta, long size, double peak, double final, double steps, double decay, double constant, double exponential, double stable, double time)
    {
        foreach (var representation in new[] { ModeRepresentation.Full, ModeRepresentation.Compressed })
        {
            var modes = Cases.Problem(beta, 1, size, size, 0, 1, 1, "constant", 0.1).Modes(representation);
            ClosedForms.ConstantNoise(modes, peak, steps).ShouldBe(constant, Tolerance * constant);
            ClosedForms.ExponentialNoise(modes, peak, final, steps).ShouldBe(exponential, Tolerance * exponential);
            ClosedForms.StableDecayNoise(modes, peak, final, steps, decay).ShouldBe(stable, Tolerance * stable);
        }

        ClosedForms.DecayTime(peak, final, steps).ShouldBe(time, Tolerance * time);
    }

    [Fact]
    public void RightHandSidesOfTheTheorems()
    {
        var hard = Cases.Problem(4, 0.5, 100, 100, 1, 1, 1, "constant", 0.1);
        var easy = Cases.Problem(2, 1, 50, 50, 0.5, 1, 1, "constant", 0.1);
        ClosedForms.ConstantBound(hard, 0.1, 10000, 1).ShouldBe(0.1317227766, 1e-7);
        ClosedForms.ExponentialBound(hard, 0.1, 1e-4, 10000, 1).ShouldBe(0.0857499829, 1e-8);
        ClosedForms.ExponentialBound(easy, 0.2, 0.002, 5000, 4).ShouldBe(0.006989718174, 1e-9);
        ClosedForms.StableDecayBound(hard, 0.1, 1e-4, 10000, 2000, 1).ShouldBe(0.04294282582, 1e-8);
        ClosedForms.StableDecayBound(easy, 0.2, 0.002, 5000, 1000, 4).ShouldBe(0.005610798766, 1e-9);
    }
}
