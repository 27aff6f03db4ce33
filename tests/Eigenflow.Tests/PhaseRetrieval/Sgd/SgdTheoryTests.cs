using Eigenflow.Spectra;
using Eigenflow.Systems.PhaseRetrieval;
using Shouldly;
using Xunit;

namespace Eigenflow.Tests.PhaseRetrieval;

public sealed class SgdTheoryTests
{
    [Theory]
    [InlineData(0.5, 0.4, 1, 0, 30)]
    [InlineData(0.9, 0.8, 1, 0.05, 42.816)]
    [InlineData(0.1, 0.05, 1, 0.25, 4.864)]
    public void IntensityHasTheReferenceValues(double s, double u, double overlap, double noise, double expected) =>
        GradientMoments.Of(s, u, overlap, noise).Intensity.ShouldBe(expected, 1e-12);

    // The rates of docs/systems/phase-retrieval.md, section 10: the recursion itself forgets a start or does not, on either side of the limit of the linearised one.
    [Theory]
    [InlineData(0.5, 0.0763)]
    [InlineData(1, 0.0588)]
    [InlineData(1.5, 0.0342)]
    [InlineData(2, 0.0226)]
    public void TheRecursionTurnsUnstableAtTheStatedRate(double exponent, double limit)
    {
        var problem = Reference.Problem(100, exponent);
        var modes = problem.Modes(ModeRepresentation.Full);
        problem = problem with { Start = Start.FromValues(Enumerable.Range(0, 100).Select(i => modes.Teacher[i] * (1 + (1e-3 * (i % 2))))) };
        double Last(double rate)
        {
            var loss = problem.Solve(new SgdTheory { LearningRate = rate, Steps = 200_000, AtSteps = [10_000, 200_000] })["loss"];
            return loss.Length < 2 ? double.PositiveInfinity : loss[1] / loss[0];
        }

        Last(0.99 * limit).ShouldBeLessThan(1);
        Last(1.01 * limit).ShouldBeGreaterThan(1);
    }

    // d = 4, a = 1.5, w = (.5, −.8, 1.1, .3), w* = (1, .9, −.4, 1.3), σ² = .25: second moments of the gradient from the exact moments of a Gaussian vector (LinearNoiseTests compares them with samples).
    [Fact]
    public void SecondMomentsOfTheGradientHaveTheirExactValues()
    {
        double[] w = [0.5, -0.8, 1.1, 0.3], teacher = [1, 0.9, -0.4, 1.3], expected = [47.861097, 11.698605, 5.7030403, 2.1971727];
        double[] eigenvalues = [.. Enumerable.Range(1, 4).Select(i => Math.Pow(i, -1.5))];
        var trace = eigenvalues.Sum();
        for (var i = 0; i < 4; i++)
            eigenvalues[i] /= trace;
        double Form(double[] a, double[] b) => Enumerable.Range(0, 4).Sum(i => eigenvalues[i] * a[i] * b[i]);
        var moments = GradientMoments.Of(Form(w, w), Form(w, teacher), Form(teacher, teacher), 0.25);
        double Exact(int i) => (eigenvalues[i] * moments.Intensity)
            + (16 * eigenvalues[i] * eigenvalues[i] * ((moments.Square * w[i] * w[i]) + (2 * moments.Cross * w[i] * teacher[i]) + (moments.Constant * teacher[i] * teacher[i])));

        for (var i = 0; i < 4; i++)
            Exact(i).ShouldBe(expected[i], 1e-6 * expected[i]);
    }

    [Fact]
    public void HeadModesOfASteepSpectrumFollowTheTheory()
    {
        // λ₁ = 0.65 at a = 2: without its λ² terms the noise of the first mode would be less than half. 128 runs from the teacher, so that only noise is seen. Its sum in s is what the theory
        // is for; the MSE of few modes it has too large, because it keeps no correlation between modes (docs/systems/phase-retrieval.md).
        var teacher = Enumerable.Repeat(1.0, 12).ToArray();
        var problem = new PhaseRetrievalProblem { Spectrum = Spectrum.PowerLaw(12, 2), Teacher = Teacher.FromValues(teacher), Start = Start.FromValues(teacher), Noise = 0.2 };
        long[] steps = [10, 40, 160];
        var sgd = problem.Solve(new OnlineSgd { LearningRate = 2e-3, AtSteps = steps, Replicas = 128, Seed = 6 });
        var theory = problem.Solve(new SgdTheory { LearningRate = 2e-3, AtSteps = steps });
        for (var row = 0; row < steps.Length; row++)
            sgd["s"][row].ShouldBe(theory["s"][row], 4 * sgd["s-se"][row], $"step {steps[row]}");
        sgd["mse"][2].ShouldBeLessThan(theory["mse"][2] - (4 * sgd["mse-se"][2]));
    }

    [Theory]
    [InlineData(0.7, 0.6, 1, 0.1)]
    [InlineData(2.9, 2.4, 2.5, 0)]
    [InlineData(300, -20, 290, 4)]
    public void BothFormsOfTheMomentsAgree(double s, double u, double overlap, double noise)
    {
        // y = w = e + w*: A e² + 2 (A + B) e w* + (A + 2B + C) w*².
        var absolute = GradientMoments.Of(s, u, overlap, noise);
        var near = GradientMoments.NearTeacher(u - overlap, s - (2 * u) + overlap, overlap, noise);
        var scale = 1e-12 * Math.Pow(s + overlap, 3) * 100;
        near.Intensity.ShouldBe(absolute.Intensity, scale);
        near.Square.ShouldBe(absolute.Square, scale);
        near.Cross.ShouldBe(absolute.Square + absolute.Cross, scale);
        near.Constant.ShouldBe(absolute.Square + (2 * absolute.Cross) + absolute.Constant, scale);
    }

    [Fact]
    public void MomentsNearTheTeacherKeepTheirDigits()
    {
        var near = GradientMoments.NearTeacher(-1e-13, 1e-12, 1, 0);
        near.Intensity.ShouldBe(16 * 12e-12, 1e-21);
        near.Constant.ShouldBe(48e-12, 1e-22);
    }

    [Theory]
    [InlineData(1, 0.0, false)]
    [InlineData(1, 0.3, true)]
    [InlineData(4, 0.1, true)]
    public void OneStepHasExactlyTheSecondMomentsOfSgd(int batch, double noise, bool isNear)
    {
        // One step from a fixed state is exact in the theory, whatever its size.
        var teacher = Enumerable.Range(0, 6).Select(i => 1 + (0.3 * Math.Cos(i))).ToArray();
        var problem = new PhaseRetrievalProblem
        {
            Spectrum = Spectrum.PowerLaw(6, 1.5),
            Teacher = Teacher.FromValues(teacher),
            Start = Start.FromValues(isNear ? teacher.Select((value, i) => 0.9 * value * (i == 2 ? 0.7 : 1)) : [0.4, -0.2, 0.5, 0.1, 0.3, -0.3]),
            Noise = noise,
        };
        const double rate = 0.05;
        var theory = problem.Solve(new SgdTheory { LearningRate = rate, Batch = batch, AtSteps = [1] });
        var sgd = problem.Solve(new OnlineSgd { LearningRate = rate, Batch = batch, AtSteps = [1], Replicas = 40_000 });
        foreach (var quantity in new[] { "s", "u" })
            sgd[quantity][0].ShouldBe(theory[quantity][0], 4 * sgd[quantity + "-se"][0], quantity);
        var descent = problem.Solve(new GradientDescent { LearningRate = rate, AtSteps = [1] });
        Math.Abs(theory["s"][0] - descent["s"][0]).ShouldBeGreaterThan(6 * sgd["s-se"][0], "the test resolves the second moments");
    }

    [Fact]
    public void TrajectoryIsTheMeanOverReplicas()
    {
        var problem = Reference.Problem(40, 1.2) with { Noise = 0.05 };
        long[] steps = [300, 1000, 3000, 10_000];
        var sgd = problem.Solve(new OnlineSgd { LearningRate = 1e-3, AtSteps = steps, Replicas = 96, Seed = 11 });
        var theory = problem.Solve(new SgdTheory { LearningRate = 1e-3, AtSteps = steps });
        foreach (var quantity in new[] { "s", "u", "mse" })
        {
            for (var row = 0; row < steps.Length; row++)
                sgd[quantity][row].ShouldBe(theory[quantity][row], 4 * sgd[quantity + "-se"][row], $"{quantity} at step {steps[row]}");
        }
    }

    [Fact]
    public void SmallLearningRatesGiveGradientDescent()
    {
        var problem = Reference.Problem(60, 1.5) with { Noise = 0.1 };
        double Gap(double rate)
        {
            long[] steps = [(long)Math.Round(2 / rate)];
            return problem.Solve(new SgdTheory { LearningRate = rate, AtSteps = steps })["mse"][0] - problem.Solve(new GradientDescent { LearningRate = rate, AtSteps = steps })["mse"][0];
        }

        Math.Log2(Gap(1e-4) / Gap(5e-5)).ShouldBe(1, 0.05);
    }

    [Theory]
    [InlineData(ModeRepresentation.Full)]
    [InlineData(ModeRepresentation.Compressed)]
    public void CompressedTheoryAgreesWithFullModes(ModeRepresentation representation)
    {
        foreach (var spectrum in new[] { Spectrum.PowerLaw(3000, 1.4), Spectrum.Isotropic(200), Spectrum.Spiked(300, 3, 40), Spectrum.ZeroOne(200, 50) })
        {
            var problem = new PhaseRetrievalProblem { Spectrum = spectrum, Noise = 0.05 };
            var method = new SgdTheory { LearningRate = 2e-3, AtSteps = [10, 1000, 4000], Batch = 2 };
            var expected = problem.Solve(method with { Modes = ModeRepresentation.Full });
            var actual = problem.Solve(method with { Modes = representation });
            foreach (var quantity in new[] { "s", "u", "mse", "loss" })
            {
                for (var row = 0; row < 3; row++)
                    actual[quantity][row].ShouldBe(expected[quantity][row], 1e-9 * Math.Abs(expected[quantity][row]), quantity);
            }
        }
    }

    [Theory]
    [InlineData(1, 0.05)]
    [InlineData(4, 0.5)]
    public void NoiseFloorIsTheFixedPointOfTheRecursion(int batch, double noise)
    {
        var problem = Reference.Problem(20, 1) with { Noise = noise };
        const double rate = 1e-3;
        var floor = NoiseFloor.Of(problem.Modes(), rate, batch, noise).ShouldNotBeNull();
        var theory = problem.Solve(new SgdTheory { LearningRate = rate, Batch = batch, AtSteps = [150_000, 200_000] });
        theory["loss"][1].ShouldBe(theory["loss"][0], 1e-3 * theory["loss"][0]);

        // The floor is linear in the variance; what is left is of relative order p = L/4.
        theory["loss"][1].ShouldBe(4 * floor.Quadratic, (3 * floor.Quadratic + 1e-4) * 4 * floor.Quadratic);
        theory["mse"][1].ShouldBe(floor.MeanSquaredError, (3 * floor.Quadratic + 1e-4) * floor.MeanSquaredError);
    }

    [Theory]
    [InlineData(4e-3, 1)]
    [InlineData(2e-2, 5)]
    public void NoiseFloorIsTheStationaryLossOfSgd(double rate, int batch)
    {
        // Started at the teacher, 20 relaxation times of the slowest mode; two far apart rows of 160 replicas are independent.
        var problem = new PhaseRetrievalProblem
        {
            Spectrum = Spectrum.PowerLaw(10, 1),
            Teacher = Teacher.Ones(),
            Start = Start.FromValues(Enumerable.Repeat(1.0, 10)),
            Noise = 0.05,
        };
        var modes = problem.Modes();
        var steps = (long)(20 / (16 * rate * modes.SmallestEigenvalue));
        var sgd = problem.Solve(new OnlineSgd { LearningRate = rate, Batch = batch, AtSteps = [steps / 2, steps], Replicas = 160, Seed = 4 });
        var floor = NoiseFloor.Of(modes, rate, batch, 0.05).ShouldNotBeNull();
        for (var row = 0; row < 2; row++)
            sgd["loss"][row].ShouldBe(4 * floor.Quadratic, 4 * sgd["loss-se"][row]);

        // Between the exact ησ²/B of small η and the theory, which is (1 + 2/d) of it here.
        sgd["mse"][1].ShouldBeInRange((rate * 0.05 / batch) - (4 * sgd["mse-se"][1]), floor.MeanSquaredError + (4 * sgd["mse-se"][1]));
    }

    [Fact]
    public void NoiseFloorScalesWithTheSquareOfTheTeachersOverlap()
    {
        // w → √s* v, t → s* t: σ² ~ s*², η ~ 1/s*.
        var unit = Reference.Problem(30, 1.5) with { Teacher = Teacher.Source(0.7) };
        var large = unit with { Teacher = Teacher.Source(0.7) with { Normalization = TeacherNormalization.Dimension } };
        var overlap = large.Modes().TeacherOverlap;
        overlap.ShouldBeGreaterThan(2);
        var first = NoiseFloor.Of(unit.Modes(), 1e-3, 1, 0.1).ShouldNotBeNull();
        var second = NoiseFloor.Of(large.Modes(), 1e-3 / overlap, 1, 0.1 * overlap * overlap).ShouldNotBeNull();
        second.Quadratic.ShouldBe(first.Quadratic * overlap, 1e-12 * second.Quadratic);
    }

    [Fact]
    public void StabilityLimitOfTheTheoryIsSharp()
    {
        var spectrum = Spectrum.PowerLaw(20, 1);
        var modes = new PhaseRetrievalProblem { Spectrum = spectrum, Teacher = Teacher.Ones() }.Modes(ModeRepresentation.Full);
        var problem = new PhaseRetrievalProblem
        {
            Spectrum = spectrum,
            Teacher = Teacher.Ones(),
            Start = Start.FromValues(modes.Teacher.Select((value, i) => value + (1e-7 * Math.Cos(i)))),
        };
        var limit = NoiseFloor.LargestLearningRate(modes, 1);
        long[] steps = [100, 400];
        var below = problem.Solve(new SgdTheory { LearningRate = 0.97 * limit, AtSteps = steps })["loss"];
        below[1].ShouldBeLessThan(below[0]);
        var above = problem.Solve(new SgdTheory { LearningRate = 1.03 * limit, AtSteps = steps })["loss"];
        above[1].ShouldBeGreaterThan(above[0]);
    }
}
