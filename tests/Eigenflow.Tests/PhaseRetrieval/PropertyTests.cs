using Eigenflow.Spectra;
using Eigenflow.Systems.PhaseRetrieval;
using FsCheck;
using FsCheck.Xunit;
using Shouldly;

namespace Eigenflow.Tests.PhaseRetrieval;

/// <summary>What holds for every problem, on random spectra, teachers and starts with fixed seeds.</summary>
public sealed class PropertyTests
{
    [Property(MaxTest = 60, Replay = "(101,7)")]
    public void OverlapsObeyCauchyAndSchwarz(PositiveInt dimension, NonNegativeInt exponent, PositiveInt seed)
    {
        var problem = Make(dimension.Get, exponent.Get, seed.Get);
        var overlap = problem.Modes().TeacherOverlap;
        var flow = problem.Solve(new GradientFlow { Points = 40 });
        for (var row = 0; row < flow.Times.Length; row++)
        {
            var (s, u) = (flow["s"][row], flow["u"][row]);
            (u * u).ShouldBeLessThanOrEqualTo(s * overlap * (1 + 1e-7));
            s.ShouldBeGreaterThanOrEqualTo(0);
            flow["mse"][row].ShouldBeGreaterThanOrEqualTo(0);
            flow["loss"][row].ShouldBeGreaterThanOrEqualTo(0);
        }
    }

    [Property(MaxTest = 60, Replay = "(102,7)")]
    public void LossNeverRisesAlongTheFlow(PositiveInt dimension, NonNegativeInt exponent, PositiveInt seed)
    {
        var loss = Make(dimension.Get, exponent.Get, seed.Get).Solve(new GradientFlow { Points = 60 })["loss"];
        for (var row = 1; row < loss.Length; row++)
            loss[row].ShouldBeLessThanOrEqualTo(loss[row - 1] * (1 + 1e-7));
    }

    [Property(MaxTest = 60, Replay = "(103,7)")]
    public void FinalSignIsThatOfTheEscapeCoefficientForSmallStarts(PositiveInt dimension, NonNegativeInt exponent, PositiveInt seed)
    {
        // The coefficient belongs to the linearised flow, so that the start is small; a coefficient that is zero to rounding says nothing.
        var problem = Make(dimension.Get, exponent.Get, seed.Get);
        var modes = problem.Modes(ModeRepresentation.Full);
        problem = problem with { Start = Start.FromValues(modes.Start.Select(value => 1e-6 * value)) };
        var escape = EscapeTheory.Of(problem.Modes());
        if (Math.Abs(escape.Coefficient) < 1e-10)
            return;
        var flow = problem.Solve(new GradientFlow { Points = 10, Until = 1e3 / modes.SmallestEigenvalue, RelativeTolerance = 1e-10 });
        Math.Sign(flow["u"][^1]).ShouldBe(Math.Sign(escape.Coefficient));
        flow["one-minus-u"][^1].ShouldBe(0, 1e-9);
    }

    [Property(MaxTest = 40, Replay = "(104,7)")]
    public void TurningTheTeacherTurnsOverlapOnly(PositiveInt dimension, NonNegativeInt exponent, PositiveInt seed)
    {
        var problem = Make(dimension.Get, exponent.Get, seed.Get);
        var teacher = problem.Modes(ModeRepresentation.Full).Teacher;
        var first = (problem with { Teacher = Teacher.FromValues(teacher) }).Solve(new GradientFlow { Points = 10 });
        var second = (problem with { Teacher = Teacher.FromValues(teacher.Select(value => -value)) }).Solve(new GradientFlow { Points = 10 });
        foreach (var quantity in new[] { "s", "mse", "loss" })
            second[quantity].ShouldBe(first[quantity], quantity);
        second["u"].ShouldBe(first["u"].Select(value => -value));
    }

    [Property(MaxTest = 40, Replay = "(105,7)")]
    public void TurningTheStartTurnsOverlapOnly(PositiveInt dimension, NonNegativeInt exponent, PositiveInt seed)
    {
        var problem = Make(dimension.Get, exponent.Get, seed.Get);
        var start = problem.Modes(ModeRepresentation.Full).Start;
        var method = new GradientDescent { LearningRate = 0.02, Steps = 300, Points = 10 };
        var first = (problem with { Start = Start.FromValues(start) }).Solve(method);
        var second = (problem with { Start = Start.FromValues(start.Select(value => -value)) }).Solve(method);
        second["s"].ShouldBe(first["s"]);
        second["mse"].ShouldBe(first["mse"]);
        second["u"].ShouldBe(first["u"].Select(value => -value));
    }

    [Property(MaxTest = 40, Replay = "(106,7)")]
    public void LengthOfAnExplicitTeacherDoesNotMatter(PositiveInt dimension, PositiveInt scale, PositiveInt seed)
    {
        var problem = Make(dimension.Get, 3, seed.Get);
        var teacher = problem.Modes(ModeRepresentation.Full).Teacher;
        var first = problem.Solve(new GradientFlow { Points = 5, RelativeTolerance = 1e-10 });
        var second = (problem with { Teacher = Teacher.FromValues(teacher.Select(value => scale.Get * value)) }).Solve(new GradientFlow { Times = first.Times, RelativeTolerance = 1e-10 });
        for (var row = 0; row < first.Times.Length; row++)
            second["s"][row].ShouldBe(first["s"][row], 1e-8);
    }

    [Property(MaxTest = 40, Replay = "(107,7)")]
    public void EscapeRateGrowsWithTheExponentForEqualTeachers(PositiveInt dimension, PositiveInt exponent)
    {
        var d = 2 + (dimension.Get % 200);
        var a = exponent.Get % 8 / 3.0;
        double Rate(double value) => EscapeTheory.Of(new PhaseRetrievalProblem { Spectrum = Spectrum.PowerLaw(d, value), Teacher = Teacher.Ones() }.Modes()).Rate;
        Rate(a + 0.3).ShouldBeGreaterThan(Rate(a));
        Rate(a).ShouldBeInRange(12.0 / d * (1 - 1e-12), 12);
    }

    private static PhaseRetrievalProblem Make(int dimension, int exponent, int seed) => new()
    {
        Spectrum = Spectrum.PowerLaw(1 + (dimension % 40), exponent % 9 / 3.0),
        Teacher = Teacher.Gaussian(seed),
        Start = Start.UnitSphere(seed),
    };
}
