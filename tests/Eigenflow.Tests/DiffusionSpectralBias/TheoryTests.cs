using Eigenflow.Data;
using Eigenflow.Systems.DiffusionSpectralBias;
using Shouldly;
using Xunit;

namespace Eigenflow.Tests.DiffusionSpectralBias;

/// <summary>Closed forms against the quadrature, laws of gains against small steps, limits.</summary>
public sealed class TheoryTests
{
    [Theory]
    [InlineData("one-layer", 0.0)]
    [InlineData("one-layer", -0.3)]
    [InlineData("one-layer", 1.0)]
    [InlineData("tied", 0.1)]
    [InlineData("tied", 1.5)]
    [InlineData("deep:2", 0.02)]
    [InlineData("residual:2", 1)]
    [InlineData("flow-matching", 0.0)]
    [InlineData("flow-matching", 0.7)]
    public void ClosedFormsAreTheQuadrature(string architecture, double gain)
    {
        foreach (var variance in (double[])[0, 1e-6, 0.01, 1, 30, 1e4])
        {
            foreach (var time in (double[])[0, 1e-9, 1e-4, 0.01, 1, 100, 1e6])
            {
                if (architecture == "flow-matching" && variance == 0)
                    continue;
                var problem = Problems.Of(architecture, gain, variance, 1);
                var (closed, quadrature) = (new ModeTheory(problem), new ModeTheory(problem, 4001));
                closed.IsClosed.ShouldBeTrue();
                quadrature.IsClosed.ShouldBeFalse();
                closed.LogVariance(0, time).ShouldBe(quadrature.LogVariance(0, time), 1e-9, $"λ = {variance}, τ = {time}");
            }
        }
    }

    [Theory]
    [InlineData("one-layer", 0.3, 0)]
    [InlineData("tied", 0.3, 0)]
    [InlineData("deep:2", 0.3, 0)]
    [InlineData("deep:2", 0.3, 0.7)]
    [InlineData("deep:3", 0.3, 0)]
    [InlineData("deep:3", 2.5, 0)]
    [InlineData("deep:3", 0.1, 0.5)]
    [InlineData("deep:5", 0.05, 0)]
    [InlineData("deep:7", 1.7, 0)]
    [InlineData("deep:5", 0.2, 0.1)]
    public void LawsOfGainsFollowTheirEquations(string architecture, double gain, double unbalance)
    {
        var kind = Eigenflow.Systems.DiffusionSpectralBias.Architecture.Read(architecture);
        var law = GainLaw.Of(kind, gain, unbalance);
        foreach (var (drive, rate) in ((double, double)[])[(1, 1.7), (0.3, 0.2), (-0.4, 0.9), (0, 1)])
        {
            foreach (var time in (double[])[0.01, 0.3, 2])
            {
                if (unbalance > 0 && drive <= 0 && kind.Layers > 2)
                    continue;
                law.At(drive, rate, time).ShouldBe(Integrated(kind, gain, unbalance, drive, rate, time), 2e-7, $"K = {drive}, R = {rate}, T = {time}");
            }
        }
    }

    [Fact]
    public void DeepLimitsAndEnds()
    {
        foreach (var layers in (int[])[3, 4, 8, 64])
        {
            var law = new BalancedLayers(0.1, layers);
            law.At(2, 3, 0).ShouldBe(0.1);
            law.At(2, 3, 1e12).ShouldBe(2.0 / 3, 1e-12);
            new BalancedLayers(5, layers).At(2, 3, 1e12).ShouldBe(2.0 / 3, 1e-12);

            // A start at the optimum stays; early times move by the slope L w^(2−2/L)(K − R w) T.
            new BalancedLayers(2.0 / 3, layers).At(2, 3, 5).ShouldBe(2.0 / 3, 1e-12);
            (law.At(2, 3, 1e-7) - 0.1).ShouldBe(layers * Math.Pow(0.1, 2 - (2.0 / layers)) * (2 - 0.3) * 1e-7, 1e-11);
            var before = 0.1;
            for (var time = 1e-3; time < 1e9; time *= 3)
            {
                var now = law.At(2, 3, time);
                now.ShouldBeInRange(before - 1e-15, (2.0 / 3) + 1e-15);
                before = now;
            }
        }
    }

    // Small Q: τ* ≈ Q^(−(1−2/L))/(2η(L − 2)λ).
    [Fact]
    public void ThePrefactorOfDeepNetworksGrowsAsTheirStartFalls()
    {
        double Time(double gain) => Problems.Of("deep:4", gain, 1.0).EmergenceTime("geometric");
        (Time(1e-8) / (1 / (4 * Math.Sqrt(1e-8)))).ShouldBe(1, 0.01);
        (Math.Log(Time(1e-8) / Time(1e-6)) / Math.Log(100)).ShouldBe(0.5, 0.01);
    }

    [Fact]
    public void StartAndEndOfOneLayer()
    {
        foreach (var (gain, expected) in ((double, double)[])[(0, 4e-6), (0.1, 3.330e-5), (0.5, 0.16), (0.6, 1.332), (1, 6400)])
            (Problems.Of("one-layer", gain, 1.0).Variance(0) / expected).ShouldBe(1, 1e-3);
        Problems.Of("one-layer", 0.1, 1.0).Variance(1e12).ShouldBe(6400 * (1 + 4e-6) / 6401, 1e-12);
        Problems.Of("one-layer", 0.1, 0.0, 1.0).Variance(1e15).ShouldBe(4e-6, 1e-15);
        Problems.Of("flow-matching", 0.3, 1.0).Variance(0).ShouldBe(Math.Exp(0.6), 1e-14);
        (Problems.Of("edm", 0, 1.0) with { Weighting = NoiseWeighting.Edm }).Variance(0).ShouldBe(6400 * 0.250004 / 6400.25, 1e-10);
    }

    // A gain cannot contract: the converged variance is exp(2∫_{1/(1+λ)}^1 w* dt), more than λ.
    [Fact]
    public void TiedFlowMatchingEndsAboveItsTarget()
    {
        foreach (var variance in (double[])[0.1, 1, 5])
        {
            double from = 1 / (1 + variance), sum = 0;
            const int steps = 200_000;
            for (var k = 0; k < steps; k++)
            {
                var t = from + ((1 - from) * (k + 0.5) / steps);
                sum += ((t * variance) - (1 - t)) / ((t * t * variance) + ((1 - t) * (1 - t))) * (1 - from) / steps;
            }

            var generated = Problems.Of("flow-matching-tied", 0.2, variance).Variance(1e7);
            generated.ShouldBe(Math.Exp(2 * sum), 2e-3 * generated);
            generated.ShouldBeGreaterThan(variance);
        }
    }

    [Theory]
    [InlineData(Objective.Noise)]
    [InlineData(Objective.Score)]
    [InlineData(Objective.Velocity)]
    [InlineData(Objective.Clean)]
    public void EveryObjectiveEndsAtTheSameDenoiser(Objective objective)
    {
        foreach (var process in (NoiseProcess[])[NoiseProcess.VarianceExploding, NoiseProcess.VariancePreserving])
        {
            var problem = Problems.Of("one-layer", 0.1, 0.7) with { Objective = objective, Process = process };
            problem.Variance(1e14).ShouldBe(6400 * 0.700004 / 6400.7, 1e-9);
            var level = problem.Levels.At(0.4);
            (level.Offset + (level.Factor * level.Drive(0.7) / level.Rate(0.7))).ShouldBe(0.7 / 0.86, 1e-14);

            // Smallest loss per mode: λ(as − cα)²/(α²λ + s²).
            var determinant = (level.A * level.S) - (level.C * level.Alpha);
            level.Loss(0.7, level.Drive(0.7) / level.Rate(0.7)).ShouldBe(0.7 * determinant * determinant / ((level.Alpha * level.Alpha * 0.7) + (level.S * level.S)), 1e-13);
        }
    }

    // A mode that the mean does not touch keeps its rate; one number couples to its bias with det G = λ + σ².
    [Fact]
    public void TheMeanCouplesOneDirection()
    {
        var free = Problems.Of("one-layer", 0.1, 2.0, 1.0, 0.3);
        var moved = free with { Mean = [0, 1.5, 0] };
        var (a, b) = (free.Solve(new DiffusionTheory { Times = [0.4], Shown = [0, 1, 2] }), moved.Solve(new DiffusionTheory { Times = [0.4], Shown = [0, 1, 2] }));
        b["variance1"][0].ShouldBe(a["variance1"][0], 2e-6 * a["variance1"][0]);
        b["variance3"][0].ShouldBe(a["variance3"][0], 2e-6 * a["variance3"][0]);
        (Math.Abs(b["variance2"][0] / a["variance2"][0] - 1) > 0.01).ShouldBeTrue();
        moved.Solve(new DiffusionTheory { Times = [1e5] })["kl"][0].ShouldBeLessThan(1e-3);
    }

    [Fact]
    public void ThePatchOfAllPlacesIsTheFullFilter()
    {
        double[] odd = StationaryModes.OfLength(3, new WaveBasis(15, 1));
        var (full, patch) = (Problems.Of("convolution", 0.1, odd), Problems.Of("patch:7", 0.1, odd));
        foreach (var mode in (int[])[0, 3, 7])
            patch.Variance(0.03, mode).ShouldBe(full.Variance(0.03, mode), 1e-9 * full.Variance(0.03, mode));

        // Radius zero has one variance for all waves: the mean.
        Problems.Of("patch:0", 0.1, odd).Variance(1e9, 4).ShouldBe(1, 1e-3);
        var square = new WaveBasis(6, 6);
        var plane = Problems.Of("patch:1", 0.0, StationaryModes.OfLength(2, square)) with { Modes = new ModeSet(StationaryModes.OfLength(2, square), square) };
        plane.Validate();
        plane.Patch()!.Variances.Length.ShouldBe(9);
        plane.Variance(0.02, 1).ShouldBe(plane.Variance(0.02, 6), 1e-12);
        plane.Variance(0.02, 3, nodes: 2001).ShouldBe(plane.Variance(0.02, 3), 1e-9);
    }

    private static double Integrated(Eigenflow.Systems.DiffusionSpectralBias.Architecture kind, double gain, double unbalance, double drive, double rate, double time)
    {
        // Classical fourth-order steps of the layers themselves.
        const int steps = 4000;
        var layers = kind.IsTied ? 1 : kind.Layers;
        var rest = layers > 1 ? UnbalancedLayers.StartOf(gain, layers, unbalance) : kind.IsTied ? Math.Sqrt(gain) : gain;
        double[] state = [layers > 1 ? Math.Sqrt((rest * rest) + unbalance) : rest, rest];
        double[] Slope(double a, double b)
        {
            if (kind.IsTied)
                return [2 * (drive - (rate * a * a)) * a, 0];
            if (layers == 1)
                return [drive - (rate * a), 0];
            var power = Math.Pow(b, layers - 2);
            var error = drive - (rate * a * power * b);
            return [error * power * b, error * a * power];
        }

        var h = time / steps;
        for (var k = 0; k < steps; k++)
        {
            var k1 = Slope(state[0], state[1]);
            var k2 = Slope(state[0] + (h / 2 * k1[0]), state[1] + (h / 2 * k1[1]));
            var k3 = Slope(state[0] + (h / 2 * k2[0]), state[1] + (h / 2 * k2[1]));
            var k4 = Slope(state[0] + (h * k3[0]), state[1] + (h * k3[1]));
            for (var i = 0; i < 2; i++)
                state[i] += h / 6 * (k1[i] + (2 * (k2[i] + k3[i])) + k4[i]);
        }

        return kind.IsTied ? state[0] * state[0] : layers == 1 ? state[0] : state[0] * Math.Pow(state[1], layers - 1);
    }
}
