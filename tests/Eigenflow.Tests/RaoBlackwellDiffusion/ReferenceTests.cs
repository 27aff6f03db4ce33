using Eigenflow.Systems.RaoBlackwellDiffusion;
using Shouldly;
using Xunit;

namespace Eigenflow.Tests.RaoBlackwellDiffusion;

/// <summary>Targets, normalisers, variances and moments against values of an independent program, to a relative error of 1e-6.</summary>
public sealed class ReferenceTests
{
    [Theory]
    [InlineData("signs", new[] { 0.96402758, 0.109317542, -0.019970423, 1.99977322 })]
    [InlineData("global-sign", new[] { 0.999996299, -0.499998149, 0.29999889, 1.9999926 })]
    public void SignFlips(string group, double[] expected) => Near(Clouds.Problem(group, 4, Clouds.Vector).Target(Clouds.NoisyVector), expected);

    [Fact]
    public void CyclicShifts() => Near(
        Clouds.Problem("cyclic", 8, Clouds.Ring, sigma: 1.2).Target(Clouds.NoisyRing),
        [1.30348417, 1.89989475, 1.78053776, 1.08417207, 0.593021128, 0.0677429983, -0.0803464439, 0.42974764]);

    [Fact]
    public void WeightsOfCyclicShifts()
    {
        var (problem, image) = (Clouds.Problem("cyclic", 8, Clouds.Ring, sigma: 1.2), new double[8]);
        double[] weights = [.. Enumerable.Range(0, 8).Select(shift =>
        {
            problem.Group.ApplyDesign(shift, Clouds.Ring, image);
            return problem.Level.FieldFactor * Vectors.Dot(image, Clouds.NoisyRing);
        })];
        Vectors.Softmax(weights);
        Near(weights, [0.00571399432, 0.0478768825, 0.223942274, 0.542407136, 0.149800516, 0.0230461082, 0.00482417539, 0.0023889137]);
    }

    [Theory]
    [InlineData("so2", new[] { 0.837655266, -0.443342408, 0.665013613, 1.2564829, 0, 0, -1.50266888, -0.813140491 })]
    [InlineData("cyclic:3", new[] { 0.999825663, -0.000100584375, 0.000150876562, 1.49973849, 0, 0, -0.999976539, -1.49963791 })]
    [InlineData("cyclic:6", new[] { 0.794656585, -0.355301653, 0.53295248, 1.19198488, 0, 0, -1.32760907, -0.836683225 })]
    public void PlanarClouds(string group, double[] expected) => Near(Clouds.Problem(group, 2, Clouds.Planar(Clouds.Template), 4).Target(Clouds.Planar(Clouds.Noisy)), expected);

    [Theory]
    [InlineData(0.6, 8.52815923, new[] { 0.779883081, -0.372286403, 0.0714187809, 0.474493385, 1.09557839, 0.610142192, -0.142796085, -0.224274496, 0.538029827, -1.11158038, -0.499017493, -1.2195908 })]
    [InlineData(0.15, 203.861012, new[] { 0.893819881, -0.424272465, 0.0722162303, 0.527578808, 1.22408712, 0.666648894, -0.173389333, -0.26159656, 0.619004738, -1.24800936, -0.538218099, -1.35786986 })]
    public void SpatialClouds(double sigma, double normaliser, double[] expected)
    {
        var problem = Clouds.Problem("so3", 3, Clouds.Template, 4, sigma);
        Near(problem.Target(Clouds.Noisy), expected);
        var orbit = new OrbitTarget(problem, 1);
        orbit.Target(problem.Level, 0, Clouds.Template, Clouds.Noisy, [], new double[12]);
        orbit.LogNormaliser.ShouldBe(normaliser, 1e-6 * normaliser);
    }

    [Theory]
    [InlineData(0.6, false, new[] { 0.779883081, 0.316328924, -0.203994407, -0.372286403, 0.730385595, -0.320392137, 0.0714187809, 0.406761461, 0.768614038 })]
    [InlineData(0.15, false, new[] { 0.893819881, 0.351719206, -0.247699047, -0.424272465, 0.816058082, -0.373709371, 0.0722162303, 0.444432596, 0.884292483 })]
    [InlineData(0.6, true, new[] { 0.229595428, 0.157108205, 0.748395117, -0.52083911, 0.647302981, 0.0444749572, -0.562395905, -0.552114424, 0.207246706 })]
    public void MeanRotations(double sigma, bool isMirrored, double[] expected)
    {
        var rotation = new double[9];
        _ = MatrixFisher.Mean(Field(sigma, isMirrored ? Clouds.Mirrored(Clouds.Noisy) : Clouds.Noisy), rotation);
        Near(rotation, expected);
    }

    [Fact]
    public void TheAlignmentIsThatOfKabsch()
    {
        var rotation = new double[9];
        MatrixFisher.Alignment(Field(0.6, Clouds.Noisy), rotation);
        Near(rotation, [0.901081816, 0.354004317, -0.250464578, -0.427582691, 0.82156825, -0.377092365, 0.0722814202, 0.446885392, 0.891666329]);
    }

    [Fact]
    public void Permutations()
    {
        var problem = Clouds.Problem("permutation", 3, Clouds.Template, 4);
        Near(problem.Target(Clouds.Noisy), [0.913891346, -0.0241326075, 0.0263849943, 0.000317540395, 1.49821876, 0.000606828675, 0.0530297568, -0.00731763091, 0.650966899, -0.967238643, -1.46676852, -0.677958722]);
        var orbit = (AssignmentOrbit)problem.Group.Of(Clouds.Template);
        _ = orbit.Mean([.. Clouds.Noisy.Select(value => value * problem.Level.FieldFactor)], new double[12]);
        Near(orbit.Probabilities.ToArray(),
        [
            0.930017398, 3.76475409e-05, 0.0538189016, 0.0161260526, 0.0003183047, 0.998813269, 0.000867662411, 7.643041e-07,
            0.0585037445, 0.000595567035, 0.935426701, 0.00547398764, 0.0111605525, 0.000553516839, 0.00988673513, 0.978399195,
        ]);
    }

    [Fact]
    public void PermutationsWithRotations()
    {
        var problem = Clouds.Problem("permutation*so3", 3, Clouds.Template, 4);
        Near(problem.Target(Clouds.Noisy), [0.76135473, -0.814616173, -0.179437056, 0.0761643688, 1.37373197, 0.295187031, -0.195714379, -0.373848406, 0.559698002, -0.64180472, -0.185267388, -0.675447978]);
        var (rotations, mixed) = (new GroupForm("so3").Make(4, 3), new double[12]);
        double[] field = [.. Clouds.Noisy.Select(value => value * problem.Level.FieldFactor)];
        double[] weights = [.. global::Eigenflow.Systems.RaoBlackwellDiffusion.Permutations.AsMatrices(4).Select(matrix =>
        {
            ProductGroup.Mix(matrix, 4, Clouds.Template, mixed);
            return rotations.Of(mixed).Mean(field, new double[12]);
        })];
        Vectors.Softmax(weights);
        Near(weights,
        [
            0.0646921677, 0.00163512333, 0.00259124832, 0.0156131524, 0.0991658189, 0.022112413, 0.00738088808, 0.00964238761, 0.0370550362, 0.000411147188, 0.0258202303, 0.279593409,
            0.036823721, 0.00233405811, 0.00734046543, 0.0325083826, 0.0945655539, 0.00960567712, 0.00152607736, 0.0803545443, 0.124570502, 0.0266852757, 0.00293311394, 0.0150396072,
        ]);
    }

    [Theory]
    [InlineData("global-sign", 0.5, 0.795945734)]
    [InlineData("so2", 0.5, 0.888318678)]
    [InlineData("global-sign", 1, 0.449599509)]
    [InlineData("so2", 1, 0.654851197)]
    [InlineData("global-sign", 2, 0.0685974027)]
    [InlineData("so2", 2, 0.274689543)]
    public void VarianceCurves(string group, double signal, double expected)
    {
        // Any number of points: one of the size 1, and four.
        TargetVariance.Of(Clouds.Problem(group, group == "so2" ? 2 : 1, group == "so2" ? [0.6, 0.8] : [1], sigma: 1 / signal, alpha: 1), CancellationToken.None).Orbit.ShouldBe(expected, 1e-6 * expected);
        if (group == "so2")
            (TargetVariance.Of(Clouds.Problem(group, 2, Clouds.Planar(Clouds.Template), 4, Math.Sqrt(6.5) / signal, 1), CancellationToken.None) is var parts ? parts.Orbit / parts.Clean : 0).ShouldBe(expected, 1e-6 * expected);
    }

    [Theory]
    [InlineData(0.2, 0.0260, 0.0244, 5e-5)]
    [InlineData(0.5, 0.26673047, 0.0327321952, 3e-6)]
    [InlineData(1, 0.604693412, 0.00789003001, 1e-7)]
    [InlineData(2, 0.7965, 0.0024, 5e-5)]
    public void Decompositions(double sigma, double total, double between, double tolerance)
    {
        var parts = TargetVariance.Of(Clouds.Problem("cyclic:4", 2, [1, 0.2, 0.3, 0.8], 1, sigma, 1), CancellationToken.None);
        parts.Full.ShouldBe(total, Math.Max(tolerance, 1e-5 * total));
        parts.Between.ShouldBe(between, tolerance);
        parts.Full.ShouldBe(parts.Orbit + parts.Between, 1e-10);
    }

    [Theory]
    [InlineData(EstimatorKind.Augmented, 0.00256660206, 0.00259441427, 0.776448)]
    [InlineData(EstimatorKind.Plain, 0.00256660206, 0.00259441427, 0.776448)]
    [InlineData(EstimatorKind.Orbit, 0.00195809345, 0.00198590322, 0.59433476)]
    [InlineData(EstimatorKind.Full, 0.00195809345, 0.00198590322, 0.59433476)]
    public void MomentsOfSgd(EstimatorKind kind, double square, double floor, double variance)
    {
        var problem = Clouds.Problem("global-sign", 1, [1]) with { Estimator = kind };
        var (moments, _) = SgdTheory.MomentsOf(problem, ModelKind.Linear, 4, CancellationToken.None);
        (4 * moments.Noise[0, 0]).ShouldBe(variance, 1e-6 * variance);
        moments.Stationary(0.05)!.Trace().ShouldBe(floor, 1e-6 * floor);
        var solution = problem.Solve(new SgdTheory { Batch = 4, LearningRate = 0.05, Steps = 60, AtSteps = [0, 60] });
        solution["mean-distance"][^1].ShouldBe(-0.00143760824, 1e-6 * 0.00143760824);
        solution["distance"][^1].ShouldBe(square, 1e-6 * square);
    }

    [Theory]
    [InlineData(0.5, 0.93, 0.005)]
    [InlineData(0.8, 0.195, 0.0005)]
    [InlineData(0.95, 0.0040, 0.00005)]
    public void RatiosOfFloors(double sigma, double expected, double tolerance)
    {
        var problem = Clouds.Problem("global-sign", 1, [1], sigma: sigma, alpha: Math.Sqrt(1 - (sigma * sigma)));
        double Floor(EstimatorKind kind) => SgdTheory.MomentsOf(problem with { Estimator = kind }, ModelKind.Linear, 1, CancellationToken.None).Moments.Stationary(1e-4)!.Trace();
        (Floor(EstimatorKind.Orbit) / Floor(EstimatorKind.Augmented)).ShouldBe(expected, tolerance);
    }

    [Fact]
    public void ScoresOfTheTorus()
    {
        var score = Clouds.Problem("torus", 1, [0.1, 0.35, 0.8], 3, 0.15).Target([0.3, 0.5, 0.05]);
        score[0].ShouldBe(0, 1e-9);
        Near(score[1..], [2.22207301, -2.22207301]);
    }

    [Fact]
    public void TheConstantGapOfTheToy()
    {
        double[] levels = [.. Enumerable.Range(0, 100).Select(k => 0.01 + (k * (0.999 - 0.01) / 99))];
        var gap = levels.Average(sigma =>
        {
            var problem = Clouds.Problem("global-sign", 1, [1], sigma: sigma) with { Alpha = null, Kernel = KernelKind.VariancePreserving };
            return Math.Pow(problem.Level.Alpha / sigma, 2) * TargetVariance.Of(problem, CancellationToken.None).Orbit;
        });
        gap.ShouldBe(0.2055704, 1e-6);
    }

    private static double[] Field(double sigma, double[] noisy)
    {
        var field = new double[9];
        for (var k = 0; k < 36; k++)
            field[k % 9] += 0.8 / (sigma * sigma) * noisy[(k / 9 * 3) + (k % 9 / 3)] * Clouds.Template[(k / 9 * 3) + (k % 3)];
        return field;
    }

    private static void Near(double[] values, double[] expected)
    {
        values.Length.ShouldBe(expected.Length);
        var size = expected.Max(Math.Abs);

        // Eight or nine digits were printed; what vanishes is compared with the largest.
        for (var k = 0; k < values.Length; k++)
            values[k].ShouldBe(expected[k], Math.Max(1e-6 * Math.Abs(expected[k]), 1e-9 * size), $"number {k + 1}");
    }
}
