using Eigenflow.Systems.MultiscaleDoubleDescent;
using Shouldly;
using Xunit;

namespace Eigenflow.Tests.MultiscaleDoubleDescent;

/// <summary>Reference values of an independent program, each at the digits that it gives.</summary>
public sealed class ReferenceTests
{
    private const double Rate = 0.3267011195;

    [Fact]
    public void TheDesignHasItsEigenvalues()
    {
        double[] expected = [3.060901663, 0.7143466442, 0.01383281711, 0.005631782256];
        Close(Cases.Design().Eigenvalues, expected, 1e-7);
        (1 / Cases.Design().Eigenvalues[0]).ShouldBe(Rate, 1e-9);
    }

    [Theory]
    [InlineData(1, 0.3099342387, 0.3046186368, 0.3423750797)]
    [InlineData(10, 0.4981039957, 0.6617936413, 0.3327928249)]
    [InlineData(100, 0.6331109676, 0.6715473692, 0.2026627170)]
    [InlineData(1000, 0.9576626086, 1.019256892, 0.05196583759)]
    [InlineData(10000, 0.9999999975, 1.110406966, 0.05520348542)]
    public void FiniteSizesByGradientDescent(double steps, double alignment, double norm, double error) =>
        Close(Finite(StudentUpdate.Descent, 0.3, steps), alignment, norm, error, 1e-7);

    [Fact]
    public void FiniteSizesByRidge()
    {
        var curve = new FiniteSizeCurve(Cases.Design(), LatentTeacher.Gaussian, 0.09);
        Close(curve.At(new SpectralFilter(StudentUpdate.Ridge, 0.05, 0), double.PositiveInfinity), 0.5591122931, 0.6200279996, 0.2509017067, 1e-7);
        Close(curve.At(new SpectralFilter(StudentUpdate.Ridge, 0, 0), 1 / 0.05), 0.5591122931, 0.6200279996, 0.2509017067, 1e-7);
    }

    // Lemma B.1: R and E without noise of GD, flow and ridge λ = 1/(η t), and E of flow and ridge at σ = 0.3.
    [Theory]
    [InlineData(1, 0.3099342387, 0.3378511322, 0.2116533653, 0.3519002102, 0.1738884623, 0.3676810026, 0.3540452117, 0.3691591639)]
    [InlineData(10, 0.4981039957, 0.3155664957, 0.4913606693, 0.3120351339, 0.4176089030, 0.2944072737, 0.3284925501, 0.3051374069)]
    [InlineData(100, 0.6331109676, 0.1808876282, 0.6329128478, 0.1810958087, 0.6039165647, 0.1939056275, 0.2028632587, 0.2137608856)]
    [InlineData(1000, 0.9576626086, 0.0034799998, 0.9575676095, 0.0034922421, 0.8653561782, 0.0238666258, 0.0519650750, 0.0615885008)]
    public void EarlyStoppingAsRidge(double steps, double descentR, double descentE, double flowR, double flowE, double ridgeR, double ridgeE, double noisyFlow, double noisyRidge)
    {
        (StudentUpdate Update, double R, double E)[] expected = [(StudentUpdate.Descent, descentR, descentE), (StudentUpdate.Flow, flowR, flowE), (StudentUpdate.Ridge, ridgeR, ridgeE)];
        foreach (var (update, alignment, error) in expected)
        {
            var student = Finite(update, 0, steps);
            student.Alignment.ShouldBe(alignment, 1e-9);
            student.Error.ShouldBe(error, 1e-9);
        }

        Finite(StudentUpdate.Flow, 0.3, steps).Error.ShouldBe(noisyFlow, 1e-9);
        Finite(StudentUpdate.Ridge, 0.3, steps).Error.ShouldBe(noisyRidge, 1e-9);
    }

    [Fact]
    public void TheClosedFormOfThePaper()
    {
        var form = Cases.TwoScale(150, 100, 60, 50).TwoBlocks();
        var parts = form.Parts(0.01);
        Close([1 / parts.Inverse1, 1 / parts.Inverse2, parts.Alignment1, parts.Alignment2, parts.B1, parts.B2, parts.Norm1(0), parts.Norm2(0), form.At(0.01).Error],
            [2.52757719, 67.1941916, 0.593453686, 0.02232335808, 0.6428972217, 0.000831244253, 0.8165946079, 0.001733177949, 0.2933868489], 1e-8);
        var second = Cases.Scales(110, 0.2, (0.5, 70), (0.005, 30)).TwoBlocks().At(1e-3);
        Close(second, 0.7011568416, 1.22541687, 0.4115515932, 1e-8);

        // It is no limit of the system: one scale, and the slow phase.
        Cases.TwoScale(150, 100, 60, 1).TwoBlocks().At(1).Error.ShouldBe(0.12758, 1e-5);
        new ExactTheory(Cases.TwoScale(150, 100, 60, 1)).Ridge(1).Error.ShouldBe(0.15, 1e-9);
        Cases.TwoScale(150, 100, 60, 50).TwoBlocks().At(1e-4).Error.ShouldBe(0.01479, 1e-5);
        new ExactTheory(Cases.TwoScale(150, 100, 60, 50)).Ridge(1e-4).Error.ShouldBe(0.03586, 1e-5);
    }

    [Fact]
    public void ExactRidge()
    {
        Ridge(Cases.TwoScale(150, 100, 60, 50), 0.01, 0.01680008608, 0.6071474319, 0.8272224445, 0.3064637904);
        Ridge(Cases.TwoScale(110, 100, 70, 100, 0.2), 1e-3, 0.002816808668, 0.7094871432, 1.246314259, 0.4136699861);
        Ridge(Cases.PowerLaw, 1e-3, 0.002521241628, 0.2413480106, 0.370329475, 0.4438167268);

        static void Ridge(MultiscaleProblem problem, double ridge, double kappa, double alignment, double norm, double error)
        {
            var theory = new ExactTheory(problem);
            theory.Kappa(ridge).ShouldBe(kappa, 1e-9 * kappa);
            Close(theory.Ridge(ridge), alignment, norm, error, 1e-9);
        }
    }

    [Theory]
    [InlineData(1, 0.386309049, 0.342089137, 0.284735519, 0.280439559, 0.004295960)]
    [InlineData(100, 0.701145261, 1.289891086, 0.443800282, 0.408849670, 0.034950612)]
    [InlineData(1e4, 0.787738205, 1.102336308, 0.263429950, 0.224831081, 0.038598869)]
    public void ExactFlow(double time, double alignment, double norm, double error, double bias, double noise)
    {
        var student = new ExactTheory(Cases.TwoScale(110, 100, 70, 100, 0.2)).Flow(time);
        Absolute([student.Alignment, student.Norm, student.Error, student.Bias, student.NoisePart], [alignment, norm, error, bias, noise], 1e-6);
    }

    [Theory]
    [InlineData(1, 0.004487366, 0.002394586, 0.496709928)]
    [InlineData(100, 0.109762936, 0.174630138, 0.477552133)]
    [InlineData(1e4, 0.395720145, 0.751059725, 0.479809717)]
    public void ExactFlowOfAPowerLaw(double time, double alignment, double norm, double error)
    {
        var student = new ExactTheory(Cases.PowerLaw).Flow(time);
        Absolute([student.Alignment, student.Norm, student.Error], [alignment, norm, error], 1e-6);
    }

    // Times to a step of the grid of the reference, 20 per decade.
    [Theory]
    [InlineData(30, 0.2, 0.2742, 1.78, 0.4230, 50.1, 0.1205, 1.26e4)]
    [InlineData(7, 0.2, 0.2636, 2.24, 0.2996, 14.1, 0.1172, 708)]
    [InlineData(12, 0, 0.2629, 2.24, 0.3322, 25.1, double.NaN, double.NaN)]
    public void TurningPoints(double condition, double deviation, double first, double firstTime, double top, double topTime, double second, double secondTime)
    {
        var solution = Cases.TwoScale(110, 100, 70, condition, deviation).Solve(new GradientFlow { Until = 1e9, Points = 10 });
        (string Name, double Error, double Time)[] expected = [("first-minimum", first, firstTime), ("maximum", top, topTime), ("second-minimum", second, secondTime)];
        foreach (var (name, error, time) in expected)
        {
            if (double.IsNaN(error))
            {
                solution.Events[name].ShouldBeNull();
                continue;
            }

            solution.SummaryOf(name + "-error")!.Value.ShouldBe(error, 2e-4);
            Math.Abs(Math.Log10(solution.TimeOf(name) / time)).ShouldBeLessThan(0.051);
        }
    }

    [Fact]
    public void OneScaleIsMonotone() => CriticalCondition.Classify(Cases.TwoScale(110, 100, 70, 1)).Shape.ShouldBe(ErrorShape.Monotone);

    private static StudentError Finite(StudentUpdate update, double deviation, double steps) =>
        new FiniteSizeCurve(Cases.Design(), LatentTeacher.Gaussian, deviation * deviation).At(new SpectralFilter(update, 0, 1 / Cases.Design().Eigenvalues[0]), steps / Cases.Design().Eigenvalues[0]);

    private static void Close(StudentError student, double alignment, double norm, double error, double tolerance) =>
        Close([student.Alignment, student.Norm, student.Error], [alignment, norm, error], tolerance);

    private static void Close(double[] values, double[] expected, double tolerance) => Absolute([.. values.Zip(expected, (value, known) => value / known)], [.. expected.Select(_ => 1.0)], tolerance);

    private static void Absolute(double[] values, double[] expected, double tolerance)
    {
        values.Length.ShouldBe(expected.Length);
        for (var k = 0; k < values.Length; k++)
            values[k].ShouldBe(expected[k], tolerance, $"number {k + 1}");
    }
}
