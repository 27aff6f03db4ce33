using Eigenflow.Data;
using Eigenflow.Systems.DiffusionSpectralBias;
using Shouldly;
using Xunit;

namespace Eigenflow.Tests.DiffusionSpectralBias;

/// <summary>Numbers of an independent program, η = 1, σ₀ = 0.002, σ_T = 80.</summary>
public sealed class ReferenceTests
{
    private const double Tolerance = 1e-6;

    [Theory]
    [InlineData("one-layer", 0.3, 1.0, 0.1, 0.00350995283)]
    [InlineData("one-layer", 5.0, 0.1, 0.1, 0.00527416452)]
    [InlineData("one-layer", 2.0, 0.3, 0.5, 0.0726785203)]
    [InlineData("one-layer", 50.0, 0.01, 0.0, 0.000865985821)]
    [InlineData("one-layer", 0.001, 10.0, 0.1, 3.42354927e-05)]
    [InlineData("tied", 0.3, 1.0, 0.1, 0.0054841733)]
    [InlineData("tied", 5.0, 0.1, 0.1, 0.0276323951)]
    [InlineData("tied", 2.0, 0.3, 0.5, 0.278229659)]
    [InlineData("flow-matching", 0.3, 1.0, 0.1, 1.14406853)]
    [InlineData("flow-matching", 5.0, 0.1, 0.1, 0.128148509)]
    [InlineData("flow-matching", 2.0, 0.3, 0.5, 0.443487434)]
    [InlineData("edm", 0.3, 1.0, 0.0, 0.653099305)]
    [InlineData("edm", 5.0, 0.1, 0.0, 0.100380635)]
    [InlineData("edm", 2.0, 0.3, 0.0, 0.299292914)]
    public void GeneratedVariances(string architecture, double time, double variance, double gain, double expected)
    {
        var problem = Problems.Of(architecture, gain, variance) with { Weighting = architecture == "edm" ? NoiseWeighting.Edm : NoiseWeighting.Uniform };
        Close(problem.Variance(time), expected);
        Close(problem.Variance(time, nodes: 2001), expected);
    }

    [Theory]
    [InlineData("one-layer", 0.3, 1.0, 0.1, 0.379522315)]
    [InlineData("one-layer", 5.0, 0.1, 0.1, 0.0909092427)]
    [InlineData("one-layer", 2.0, 0.3, 0.5, 0.23225446)]
    [InlineData("one-layer", 50.0, 0.01, 0.0, 0.0099009901)]
    [InlineData("one-layer", 0.001, 10.0, 0.1, 0.117605628)]
    [InlineData("tied", 0.3, 1.0, 0.1, 0.366872361)]
    [InlineData("tied", 5.0, 0.1, 0.1, 0.0910607123)]
    [InlineData("tied", 2.0, 0.3, 0.5, 0.231796414)]
    public void Weights(string architecture, double time, double variance, double gain, double expected) => Close(Problems.Of(architecture, gain, variance).Weight(time, 1), expected);

    [Theory]
    [InlineData(0.3, 1.0, 0.1, 0.273300318)]
    [InlineData(5.0, 0.1, 0.1, -1.21762974)]
    [InlineData(2.0, 0.3, 0.5, -0.0388314946)]
    public void VelocitiesAtTimeSevenTenths(double time, double variance, double gain, double expected) => Close(Problems.Of("flow-matching", gain, variance).Weight(time, 0.3 / 0.7), expected);

    [Theory]
    [InlineData("deep:3", 0.5, 2.0, 0.05, 0.7, 0.530802072)]
    [InlineData("deep:4", 1.5, 1.0, 0.1, 0.3, 0.916343558)]
    public void WeightsOfDeepNetworks(string architecture, double time, double variance, double gain, double sigma, double expected) => Close(Problems.Of(architecture, gain, variance).Weight(time, sigma), expected);

    // a = (0.5, 0.1) at the start: c = 0.24 and w = 0.05.
    [Fact]
    public void TwoLayersThatAreNotBalanced()
    {
        // Both layers follow from their product and from c, which is conserved.
        const double c = 0.24;
        var gain = (Problems.Of("deep:2", 0.05, 1.5) with { Unbalance = c }).Weight(0.4, 0.6);
        var square = 0.5 * (c + Math.Sqrt((c * c) + (4 * gain * gain)));
        Close(Math.Sqrt(square), 0.780995345);
        Close(Math.Sqrt(square - c), 0.608238217);
    }

    [Theory]
    [InlineData("one-layer", "geometric", 1.0, 0.0, 0.308634697)]
    [InlineData("one-layer", "geometric", 0.01, 0.1, 37.6653336)]
    [InlineData("tied", "geometric", 1.0, 0.1, 0.302165338)]
    [InlineData("tied", "geometric", 0.01, 0.01, 55.8069749)]
    [InlineData("flow-matching", "geometric", 0.01, 0.0, 2.9757073)]
    [InlineData("one-layer", "harmonic", 1.0, 0.0, 0.0221794085)]
    [InlineData("one-layer", "harmonic", 0.01, 0.1, 12.4298486)]
    [InlineData("tied", "harmonic", 1.0, 0.1, 0.0942810814)]
    [InlineData("tied", "harmonic", 0.01, 0.01, 28.0826114)]
    [InlineData("flow-matching", "harmonic", 0.01, 0.0, 20.5840605)]
    [InlineData("one-layer", "arithmetic", 1.0, 0.0, 1.36220868)]
    [InlineData("one-layer", "arithmetic", 0.01, 0.1, 103.903238)]
    [InlineData("tied", "arithmetic", 1.0, 0.1, 0.616265311)]
    [InlineData("tied", "arithmetic", 0.01, 0.01, 84.7762797)]
    [InlineData("flow-matching", "arithmetic", 0.01, 0.0, 0.419710533)]
    public void EmergenceTime(string architecture, string criterion, double variance, double gain, double expected) => Close(Problems.Of(architecture, gain, variance).EmergenceTime(criterion), expected);

    [Fact]
    public void SlopesOfEmergence()
    {
        Close(Slope(Problems.Of("one-layer", 0, Problems.Twenty), CriterionKind.Geometric, _ => true), -0.985438493);
        Close(Slope(Problems.Of("one-layer", 0.1, Problems.Twenty), CriterionKind.Harmonic, _ => true), -1.18254874);
        var edm = Problems.Of("edm", 0, Problems.Twenty) with { Weighting = NoiseWeighting.Edm };
        Close(Slope(edm, CriterionKind.Geometric, one => one.Target > 0.5), -0.536021953);
        Close(Slope(edm, CriterionKind.Geometric, one => one.Target < 0.125), -0.46209385);
    }

    [Theory]
    [InlineData(20, 5.0, 1.0, 1.07140311, true)]
    [InlineData(20, 5.0, 1.0, 1.07149924, false)]
    [InlineData(40, 5.0, 0.1, 0.00212071437, true)]
    [InlineData(40, 5.0, 0.1, 0.00473984765, false)]
    public void DiscreteSampler(int steps, double time, double variance, double expected, bool hasLastStep)
    {
        var problem = Problems.Of("one-layer", 0.1, variance);
        var solution = problem.Solve(new DiffusionHeun { Sampler = new(steps, 7, hasLastStep), Times = [time] });
        Close(solution["variance1"][0], expected);
    }

    [Fact]
    public void MeanAndWeightsAreCoupled()
    {
        // In the eigenbasis of Σ, and back.
        var (covariance, mean) = (new DataMatrix(2, 2, [1.0, 0.3, 0.3, 0.5]), new[] { 1.0, -2.0 });
        var modes = DataModes.OfCovariance(covariance);
        var vectors = ((DataBasis)modes.Basis).Vectors;
        double[] turned = [(vectors[0] * mean[0]) + (vectors[1] * mean[1]), (vectors[2] * mean[0]) + (vectors[3] * mean[1])];
        var problem = Problems.Of("one-layer", 0, modes.Variances) with { Mean = turned };
        problem.Validate();
        var theory = new CoupledTheory(problem);
        var level = problem.Levels.At(0.5);
        var network = theory.Prepare(level).At(problem.TimeScale * 0.4);
        double W(int i, int j) => Sum((a, b) => vectors[(a * 2) + i] * network[(a * 3) + b] * vectors[(b * 2) + j]);
        double[] expected = [0.603437602, -0.103306323, -0.103306323, 0.751343974];
        for (var k = 0; k < 4; k++)
            Close(W(k / 2, k % 2), expected[k]);
        Close((vectors[0] * network[2]) + (vectors[2] * network[5]), 0.164949656);
        Close((vectors[1] * network[2]) + (vectors[3] * network[5]), -0.336724287);
        var rates = Eigenflow.Numerics.Dense.DenseAlgebra.Best.SymmetricEigenvalues(theory.Curvature(level), 3);
        Close(rates[2], 0.0935665708);
        Close(rates[1], 1.38997653);
        Close(rates[0], 6.5164569);

        static double Sum(Func<int, int, double> term) => term(0, 0) + term(0, 1) + term(1, 0) + term(1, 1);
    }

    [Theory]
    [InlineData(1.0, 5.67795766)]
    [InlineData(10.0, 0.628270987)]
    public void Divergence(double time, double expected) => Close(Problems.Of("one-layer", 0.1, 4.0, 1.0, 0.25, 0.0625).Solve(new DiffusionTheory { Times = [time] })["kl"][0], expected);

    [Fact]
    public void Loss() => Close(Problems.Of("one-layer", 0.1, 4.0, 1.0, 0.25, 0.0625).Solve(new DiffusionTheory { Times = [0.3] })["loss"][0], 1.59721873);

    [Fact]
    public void StartsThatAreNotAligned()
    {
        var tied = Problems.Of("tied", 0, 2.0, 0.5) with { Start = new DataMatrix(2, 2, [0.3, 0.15, 0.06, 0.3]) };
        tied.Validate();
        var network = new CoupledTheory(tied).Prepare(tied.Levels.At(0.5)).At(tied.TimeScale * 0.2);
        Close(network[0], 0.670516018);
        Close(network[1], 0.123266707);
        Close(network[3], 0.123266707);
        Close(network[4], 0.144297223);

        var one = Problems.Of("one-layer", 0, 2.0, 0.5) with { Start = new DataMatrix(2, 2, [0.1, 0.05, 0.05, 0.1]) };
        var solution = one.Solve(new DiffusionTheory { Times = [1], Shown = [0, 1] });
        Close(solution["variance1"][0], 1.67154705);
        Close(solution["variance2"][0], 0.0155024701);

        // χ knows what is not diagonal.
        var off = 0.00845350087;
        Close(solution["alignment"][0], ((1.67154705 * 1.67154705) + (0.0155024701 * 0.0155024701)) / ((1.67154705 * 1.67154705) + (0.0155024701 * 0.0155024701) + (2 * off * off)));
    }

    [Fact]
    public void Filters()
    {
        var full = Problems.Of("convolution", 0, Problems.Waves);
        Close([full.Variance(0.01), full.Variance(0.01, 1), full.Variance(0.01, 16)], [4.66337991, 2.33670735, 1.51283766e-05]);
        var narrow = Problems.Of("patch:1", 0, Problems.Waves);
        Close([narrow.Variance(0.05), narrow.Variance(0.05, 1), narrow.Variance(0.05, 16)], [3.64020615, 3.30108468, 0.000138238179]);
        Close([narrow.Variance(1e9), narrow.Variance(1e9, 1), narrow.Variance(1e9, 16)], [2.67263084, 2.58989334, 0.101254566]);
        var wide = Problems.Of("patch:3", 0, Problems.Waves);
        Close([wide.Variance(0.05), wide.Variance(0.05, 1), wide.Variance(0.05, 16)], [4.91215603, 4.23303627, 0.000548047996]);
        Close(Filter(narrow, 0.05), [0.180366103, 0.369386709, 0.180366103]);
        Close(Filter(narrow, 1e9), [0.179132828, 0.37164572, 0.179132828]);
        Close(Filter(wide, 0.05), [0.0309490968, 0.0646247472, 0.149059515, 0.347017067, 0.149059515, 0.0646247472, 0.0309490968]);
    }

    private static double[] Filter(DiffusionProblem problem, double time)
    {
        // w_j = (1/N) Σ_k γ_k cos(2πjk/N).
        var n = problem.Dimension;
        var theory = new ModeTheory(problem);
        var radius = problem.Architecture.Count;
        return [.. Enumerable.Range(-radius, (2 * radius) + 1).Select(j => Enumerable.Range(0, n).Sum(k => theory.Weight(k, time) * Math.Cos(2 * Math.PI * j * k / n)) / n)];
    }

    private static double Slope(DiffusionProblem problem, CriterionKind kind, Func<Emergence, bool> takes)
    {
        var theory = new ModeTheory(problem);
        return EmergenceFit.Fit([.. Enumerable.Range(0, problem.Dimension).Select(mode => EmergenceTimes.Of(theory, mode, problem.Variances[mode], new Criterion(kind))).Where(takes)])!.Value.Slope;
    }

    private static void Close(double[] actual, double[] expected)
    {
        actual.Length.ShouldBe(expected.Length);
        for (var k = 0; k < actual.Length; k++)
            Close(actual[k], expected[k]);
    }

    private static void Close(double actual, double expected) => actual.ShouldBe(expected, Tolerance * Math.Abs(expected));
}
