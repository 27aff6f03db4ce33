using Eigenflow.Spectra;
using Eigenflow.Systems.FunctionalScalingLaw;
using Eigenflow.Systems.PhaseRetrieval;
using Shouldly;
using Xunit;
using ModeRepresentation = Eigenflow.Systems.PhaseRetrieval.ModeRepresentation;

namespace Eigenflow.Tests.PhaseRetrieval.Students;

public sealed class PreconditionedTests
{
    // Integrated by classical Runge-Kutta steps mode by mode.
    [Theory]
    [InlineData(0)]
    [InlineData(0.3)]
    [InlineData(1)]
    public void TheFlowFollowsTheEquationOfEveryMode(double kappa)
    {
        var problem = Reference.Problem(30, 1.5) with { Preconditioner = kappa };
        var modes = problem.Modes();
        var w = (double[])modes.Start.Clone();
        const double step = 1e-3, end = 0.6;
        double[] Slope(double[] state)
        {
            double s = modes.Sum(j => modes.Eigenvalues[j] * state[j] * state[j]), u = modes.Sum(j => modes.Eigenvalues[j] * state[j] * modes.Teacher[j]);
            return [.. state.Select((value, j) => Math.Pow(modes.Eigenvalues[j], 1 - kappa) * ((4 * (1 - (3 * s)) * value) + (8 * u * modes.Teacher[j])))];
        }

        double[] Moved(double[] state, double[] slope, double factor) => [.. state.Zip(slope, (value, by) => value + (factor * by))];
        for (var k = 0; k < (int)Math.Round(end / step); k++)
        {
            var first = Slope(w);
            var second = Slope(Moved(w, first, step / 2));
            var third = Slope(Moved(w, second, step / 2));
            var fourth = Slope(Moved(w, third, step));
            w = [.. w.Select((value, j) => value + (step / 6 * (first[j] + (2 * second[j]) + (2 * third[j]) + fourth[j])))];
        }

        var flow = problem.Solve(new GradientFlow { Times = [end], RelativeTolerance = 1e-11 });
        flow["mse"][0].ShouldBe(w.Select((value, j) => (value - modes.Teacher[j]) * (value - modes.Teacher[j])).Average(), 1e-9);
        flow["u"][0].ShouldBe(modes.Sum(j => modes.Eigenvalues[j] * w[j] * modes.Teacher[j]), 1e-9);
    }

    // Late, 1 − u and 1 − s follow p = (w − w*)ᵀQ(w − w*): 1 − u = 3p/2s*, 1 − s = 2p/s* and L = 4s*p, down to underflow (steps of 10⁻³ change that by 1 %). Entries apart would leave their rounding, 10⁻¹⁶√p.
    [Theory]
    [InlineData("flow", 1)]
    [InlineData("flow", 3)]
    [InlineData("gd", 1)]
    public void AtOneTheDeviationsKeepTheirDigits(string method, int representation)
    {
        var problem = Reference.Problem(2000, 1.5) with { Preconditioner = 1, Teacher = Teacher.Ones() };
        double[] times = [0.01, 1.5, 4, 10];
        var solution = method == "gd"
            ? problem.Solve(new GradientDescent { LearningRate = 1e-3, AtSteps = [10, 1500, 4000, 10_000] })
            : problem.Solve(new GradientFlow { Times = times, Modes = (ModeRepresentation)representation, RelativeTolerance = 1e-9 });
        for (var row = 2; row < times.Length; row++)
        {
            var (s, u, loss) = (solution["one-minus-s"][row], solution["one-minus-u"][row], solution["loss"][row]);
            s.ShouldBeInRange(1e-75, 1e-20);
            (u / s).ShouldBe(0.75, method == "gd" ? 0.03 : 1e-6);
            (loss / s).ShouldBe(2, method == "gd" ? 0.03 : 1e-6);
        }
    }

    // Modes without inputs do not move, and the student of few modes has its floor.
    [Fact]
    public void AtOneModesThatRestAndModesThatAreNotSeenStay()
    {
        var resting = new PhaseRetrievalProblem { Spectrum = Spectrum.FromValues([0.6, 0.3, 0.1, 0, 0]), Teacher = Teacher.FromValues([1, -0.5, 2, 0.5, -1]), Start = Start.FromValues([0.2, 0.4, 0.1, 0.3, 0.7]), Preconditioner = 1 };
        var end = resting.Solve(new GradientFlow { Times = [0, 8], RelativeTolerance = 1e-10 });
        var scale = Math.Sqrt(1 / (0.6 + (0.3 * 0.25) + (0.1 * 4)));
        double Rest(double sign) => (Math.Pow(0.3 - (sign * 0.5 * scale), 2) + Math.Pow(0.7 + (sign * scale), 2)) / 5;
        end["mse"][1].ShouldBe(Math.Min(Rest(1), Rest(1)), 1e-12);
        var seen = Reference.Problem(300, 1.5) with { Preconditioner = 1, ModelSize = 20 };
        var floor = seen.Solve(new GradientFlow { Times = [0.3, 20], RelativeTolerance = 1e-10 });
        floor["loss-excess"][1].ShouldBeInRange(0, 1e-60);
        floor["mse"][0].ShouldBeInRange(0, 2);
    }

    // s and u close at κ = 1 as with isotropic inputs: the same numbers d times sooner.
    [Fact]
    public void AtOneTheOverlapsAreThoseOfIsotropicInputs()
    {
        var problem = Reference.Problem(50, 2) with { Preconditioner = 1 };
        var modes = problem.Modes();
        var (s, u, _) = modes.Moments(1);

        // Two isotropic modes with the same s(0), u(0), s*: w = (u, √(s − u²)) for w* = (1, 0) in units of √λ.
        var twin = new PhaseRetrievalProblem { Spectrum = Spectrum.Isotropic(2), Teacher = Teacher.FromValues([1, 0]), Start = Start.FromValues([Math.Sqrt(2) * u, Math.Sqrt(2) * Math.Sqrt(s - (u * u))]) };
        var (flow, isotropic) = (problem.Solve(new GradientFlow { Times = [0.1, 0.3, 1], RelativeTolerance = 1e-10 }), twin.Solve(new GradientFlow { Times = [0.2, 0.6, 2], RelativeTolerance = 1e-10 }));
        for (var k = 0; k < 3; k++)
        {
            flow["s"][k].ShouldBe(isotropic["s"][k], 1e-8);
            flow["u"][k].ShouldBe(isotropic["u"][k], 1e-8);
        }

        EscapeTheory.Of(modes).Rate.ShouldBe(12, 1e-10);
    }

    [Theory]
    [InlineData(0.5)]
    [InlineData(1)]
    public void DescentIsStableUpToTheStatedRate(double kappa)
    {
        var problem = Reference.Problem(40, 1.5) with { Preconditioner = kappa };
        var modes = problem.Modes();
        problem = problem with { Start = Start.FromValues([.. modes.Teacher.Select((value, j) => value * (1 + (1e-3 * (1 + (j % 2)))))]) };
        var limit = 1 / EscapeTheory.Of(modes).Rate;
        double Last(double rate)
        {
            var loss = problem.Solve(new GradientDescent { LearningRate = rate, AtSteps = [100, 1000] })["loss"];
            return loss.Length < 2 ? double.PositiveInfinity : loss[1] / loss[0];
        }

        Last(0.99 * limit).ShouldBeLessThan(1);
        Last(1.01 * limit).ShouldBeGreaterThan(1);
    }

    [Fact]
    public void CompressionHolds()
    {
        var problem = new PhaseRetrievalProblem { Spectrum = Spectrum.PowerLaw(20_000, 1.5), Preconditioner = 0.5 };
        double[] times = [0.3, 3, 100];
        var (full, nodes) = (problem.Solve(new GradientFlow { Modes = ModeRepresentation.Full, Times = times }), problem.Solve(new GradientFlow { Modes = ModeRepresentation.Compressed, Times = times }));
        for (var k = 0; k < times.Length; k++)
            nodes["mse"][k].ShouldBe(full["mse"][k], 1e-6 * full["mse"][k]);
    }

    // A rotation by nothing is none; modes that inputs do not reach are refused.
    [Fact]
    public void RotatedEntriesAreTheFlow()
    {
        var problem = Reference.Problem(40, 1.5) with { Preconditioner = 0.5 };
        double[] times = [0.05, 0.5, 5];
        var (aligned, turned) = (problem.Solve(new GradientFlow { Times = times }), (problem with { Rotation = 1e-9 }).Solve(new GradientFlow { Times = times }));
        for (var k = 0; k < times.Length; k++)
        {
            turned["mse"][k].ShouldBe(aligned["mse"][k], 1e-6);
            turned["loss"][k].ShouldBe(aligned["loss"][k], 1e-6);
        }

        var steps = (problem with { Rotation = 0.2 }).Solve(new GradientDescent { LearningRate = 1e-4, AtSteps = [5000] });
        var continuous = (problem with { Rotation = 0.2 }).Solve(new GradientFlow { Times = [0.5] });
        foreach (var name in new[] { "u", "mse" })
            steps[name][0].ShouldBe(continuous[name][0], 2e-3);
        Should.Throw<ParameterException>(() => (problem with { Spectrum = Spectrum.ZeroOne(40, 5), Rotation = 0.1 }).Solve(new GradientFlow())).Message.ShouldContain("rotation");
    }

    // dw/dt = −P∇L with the matrix itself.
    [Fact]
    public void RotatedFlowsFollowTheMatrix()
    {
        const int size = 12;
        var problem = Reference.Problem(size, 1.5) with { Preconditioner = 0.7, Rotation = 0.3, RotationSeed = 5 };
        var plain = Reference.Problem(size, 1.5).Modes();
        var rotation = Eigenflow.Numerics.Dense.RandomRotation.Of(5, RandomStreams.Rotation, size, 0.3);
        double Rotation(int i, int k) => rotation[(i * size) + k];
        double[] factors = [.. Enumerable.Range(0, size).Select(k => Math.Pow(Enumerable.Range(0, size).Sum(i => plain.Eigenvalues[i] * Rotation(i, k) * Rotation(i, k)), -0.7))];
        const double step = 1e-5;
        var w = (double[])plain.Start.Clone();
        double s = plain.Sum(j => plain.Eigenvalues[j] * w[j] * w[j]), u = plain.Sum(j => plain.Eigenvalues[j] * w[j] * plain.Teacher[j]);
        double[] force = [.. w.Select((value, j) => plain.Eigenvalues[j] * ((4 * (1 - (3 * s)) * value) + (8 * u * plain.Teacher[j])))];
        var change = Enumerable.Range(0, size).Select(i => Enumerable.Range(0, size).Sum(k => Rotation(i, k) * factors[k] * Enumerable.Range(0, size).Sum(j => Rotation(j, k) * force[j]))).ToArray();
        var flow = problem.Solve(new GradientFlow { Times = [step], RelativeTolerance = 1e-12 });
        var slope = change.Select((value, j) => 2 * (w[j] - plain.Teacher[j]) * value).Sum() / size;
        var before = w.Select((value, j) => (value - plain.Teacher[j]) * (value - plain.Teacher[j])).Average();
        ((flow["mse"][0] - before) / step).ShouldBe(slope, 1e-3 * Math.Abs(slope));
    }

    [Theory]
    [InlineData(2, 0.25, 1)]
    [InlineData(2, 0.75, 2)]
    [InlineData(1.5, 0.5, 0.5)]
    public void ASmallRotationCostsMoreInMoreDimensions(double exponent, double kappa, double growth)
    {
        double Curvature(int dimension)
        {
            var modes = HalfTime.Problem(dimension, exponent, 0).Modes(ModeRepresentation.Full);
            return RotationLaw.Of(modes.Eigenvalues, modes.Teacher, kappa).Curvature;
        }

        Math.Log2(Curvature(1600) / Curvature(800)).ShouldBe(growth, 0.1);
        RotationLaw.Growth(exponent, kappa).ShouldBe(growth, 1e-12);
    }

    [Fact]
    public void LinearRegressionUnderAPreconditionerHasOtherExponents()
    {
        var law = new PreconditionedLaw(3, 0.3, 0.4);
        law.EffectiveCapacity.ShouldBe(1.8, 1e-12);
        law.EffectiveDifficulty.ShouldBe(0.5, 1e-12);
        law.EasyFrom.ShouldBe((2.0 / 3) - 0.3, 1e-12);
        (law with { Preconditioner = law.EasyFrom }).Tuned.IsEasy.ShouldBe(true);
        law.Tuned.DecayData.ShouldBe(-0.9 / 1.9, 1e-12);
        Should.Throw<ParameterException>(() => (law with { Preconditioner = 0.7 }).Equivalent(new ScalingLawProblem())).Message.ShouldContain("preconditioner = 0.7");
    }
}
