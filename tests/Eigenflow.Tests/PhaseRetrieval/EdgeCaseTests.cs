using Eigenflow.Solutions;
using Eigenflow.Spectra;
using Eigenflow.Systems.PhaseRetrieval;
using Shouldly;
using Xunit;

namespace Eigenflow.Tests.PhaseRetrieval;

public sealed class EdgeCaseTests
{
    public static TheoryData<Method<PhaseRetrievalProblem>> Methods =>
    [
        new GradientFlow(), new GradientDescent { LearningRate = 0.01, Steps = 500 }, new OnlineSgd { LearningRate = 1e-3, Steps = 50, Replicas = 2 },
        new SgdTheory { LearningRate = 1e-3, Steps = 50 }, new TruncatedHierarchy { Order = 4, Until = 0.1 }, new VolterraPhaseOne(), new IsotropicReduction(),
        new FrozenPhase(),
    ];

    [Theory]
    [MemberData(nameof(Methods))]
    public void OneModeIsAProblem(Method<PhaseRetrievalProblem> method)
    {
        var problem = new PhaseRetrievalProblem { Spectrum = Spectrum.PowerLaw(1, 2), Teacher = Teacher.Ones(), Start = Start.FromValues([0.1]) };
        var solution = problem.Solve(method);
        solution.Status.Outcome.ShouldBe(SolveOutcome.Completed, solution.Status.Message);
        solution["u"].ShouldAllBe(value => double.IsFinite(value));
    }

    [Fact]
    public void OneModeHasItsClosedSolution()
    {
        // ẇ = 4(1 − 3w²)w + 8w = 12 w (1 − w²), so that w² follows a logistic curve.
        var problem = new PhaseRetrievalProblem { Spectrum = Spectrum.PowerLaw(1, 0), Teacher = Teacher.Ones(), Start = Start.FromValues([0.1]) };
        double[] times = [0.05, 0.1, 0.2, 0.5, 1];
        var flow = problem.Solve(new GradientFlow { Times = times, RelativeTolerance = 1e-12 });
        for (var row = 0; row < times.Length; row++)
        {
            var ratio = 0.01 / 0.99 * Math.Exp(24 * times[row]);
            flow["s"][row].ShouldBe(ratio / (1 + ratio), 1e-10);
            flow["one-minus-s"][row].ShouldBe(1 / (1 + ratio), 1e-9 / (1 + ratio));
        }

        EscapeTheory.Of(problem.Modes()).Rate.ShouldBe(12, 1e-12);
        EscapeTheory.Of(problem.Modes()).Coefficient.ShouldBe(0.1, 1e-12);
    }

    [Fact]
    public void StartAtACriticalPointStaysThere()
    {
        foreach (var (start, s) in new[] { (0.0, 0.0), (1.0, 1.0), (-1.0, 1.0) })
        {
            var problem = new PhaseRetrievalProblem { Spectrum = Spectrum.PowerLaw(20, 1.5), Teacher = Teacher.Ones(), Start = Start.FromValues(Enumerable.Repeat(start, 20)) };
            foreach (Method<PhaseRetrievalProblem> method in new Method<PhaseRetrievalProblem>[] { new GradientFlow { Until = 1e3 }, new GradientDescent { LearningRate = 0.01, Steps = 100 }, new TruncatedHierarchy { Until = 1e3 }, new IsotropicReduction { Until = 1e3 } })
            {
                // The truncation has w = 0 as its only critical point of these.
                if (method is TruncatedHierarchy && start != 0)
                    continue;
                var solution = problem.Solve(method);
                solution.Status.Outcome.ShouldBe(SolveOutcome.Completed, $"{method.Name} from {start}: {solution.Status.Message}");
                solution["s"].ShouldAllBe(value => Math.Abs(value - s) < 1e-12);
            }
        }
    }

    [Fact]
    public void StartWithoutTeacherOverlapIsOrdinary()
    {
        // u(0) = 0 exactly, C ≠ 0: λ = (0.8, 0.2), w* = (1, 1), w(0) = (0.1, −0.4).
        var problem = new PhaseRetrievalProblem { Spectrum = Spectrum.FromValues([0.8, 0.2]), Teacher = Teacher.FromValues([1, 1]), Start = Start.FromValues([0.1, -0.4]) };
        var flow = problem.Solve(new GradientFlow { Times = [0, 100] });
        Math.Abs(flow["u"][0]).ShouldBeLessThan(1e-15);
        flow["u"][1].ShouldBe(Math.Sign(EscapeTheory.Of(problem.Modes()).Coefficient), 1e-9);
    }

    [Fact]
    public void OrthogonalStartNeverEscapesWhereSymmetryForbidsIt()
    {
        // The teacher has no weight on the modes of the start, so that u stays zero and s relaxes to s*/3.
        var problem = new PhaseRetrievalProblem { Spectrum = Spectrum.FromValues([0.5, 0.5]), Teacher = Teacher.FromValues([1, 0]), Start = Start.FromValues([0, 0.2]) };
        foreach (Method<PhaseRetrievalProblem> method in new Method<PhaseRetrievalProblem>[] { new GradientFlow { Until = 100 }, new GradientDescent { LearningRate = 0.01, Steps = 10_000 }, new IsotropicReduction { Until = 100 } })
        {
            var solution = problem.Solve(method);
            solution.Status.Outcome.ShouldBe(SolveOutcome.Completed, solution.Status.Message);
            solution["u"][^1].ShouldBe(0);
            solution["s"][^1].ShouldBe(1.0 / 3, 1e-8);
            solution.Events["escape"].ShouldBeNull();
        }

        EscapeTheory.Of(problem.Modes()).Coefficient.ShouldBe(0);
        problem.Solve(new VolterraPhaseOne()).Status.Outcome.ShouldBe(SolveOutcome.Completed);
    }

    [Fact]
    public void ModesWithoutVarianceKeepTheirStart()
    {
        var problem = new PhaseRetrievalProblem { Spectrum = Spectrum.ZeroOne(10, 4), Teacher = Teacher.Ones(), Start = Start.Alternating() };
        var modes = problem.Modes(ModeRepresentation.Full);
        var lost = Enumerable.Range(4, 6).Sum(i => Math.Pow(modes.Start[i] - modes.Teacher[i], 2)) / 10;
        foreach (var representation in new[] { ModeRepresentation.Full, ModeRepresentation.Compressed, ModeRepresentation.Averaged })
        {
            var flow = problem.Solve(new GradientFlow { Until = 1e4, Modes = representation });
            flow["one-minus-u"][^1].ShouldBe(0, 1e-12);
            if (representation != ModeRepresentation.Averaged)
                flow["mse"][^1].ShouldBe(lost, 1e-12);
        }

        SpectralRelaxation.TimeTo(modes, 0.5).ShouldBeNull();
        SpectralRelaxation.TimeTo(modes, 0.8).ShouldNotBeNull();
        EscapeTheory.Of(modes).Rate.ShouldBe(3, 1e-12);
    }

    [Fact]
    public void TeachersWithoutVarianceOrWithWrongLengthsAreRefused()
    {
        var problem = new PhaseRetrievalProblem { Spectrum = Spectrum.FromValues([1, 0]), Start = Start.FromValues([1, 1]) };
        Should.Throw<ParameterException>(() => (problem with { Teacher = Teacher.FromValues([0, 1]) }).Solve(new GradientFlow())).Parameter.ShouldBe("teacher");
        Should.Throw<ParameterException>(() => (problem with { Teacher = Teacher.FromValues([0, 0]) }).Solve(new GradientFlow())).Parameter.ShouldBe("teacher");
        Should.Throw<ParameterException>(() => (problem with { Teacher = Teacher.FromValues([1, 1, 1]) }).Solve(new GradientFlow())).Parameter.ShouldBe("teacher");
        Should.Throw<ParameterException>(() => Teacher.FromValues([1, double.NaN]));
        Should.Throw<ParameterException>(() => Start.FromValues([]));
    }

    [Theory]
    [InlineData(1e-3)]
    [InlineData(1e-7)]
    [InlineData(1e-25)]
    [InlineData(1e-60)]
    public void EscapeTheoryKeepsItsDigitsWhereTheTeacherHardlyTouchesTheFirstMode(double small)
    {
        // λ = (0.9, 0.1), w* ∝ (κ, 1): the root lies at 4λ₁s* + x with x = 8 w*₁² λ₁²/(1 − 8 w*₂² λ₂²/(x + 3.2 s*)), and C → w*₁ w₁(0) λ₁ x/(8 w*₁² λ₁²).
        var problem = new PhaseRetrievalProblem { Spectrum = Spectrum.FromValues([0.9, 0.1]), Teacher = Teacher.FromValues([small, 1]), Start = Start.FromValues([0.3, 0]) };
        var modes = problem.Modes();
        double first = modes.Teacher[0], second = modes.Teacher[1];
        var x = 0.0;
        for (var k = 0; k < 200; k++)
            x = 8 * first * first * 0.81 / (1 - (8 * second * second * 0.01 / (x + 3.2)));
        var escape = EscapeTheory.Of(modes);
        escape.Rate.ShouldBe(3.6 + x, 1e-14);
        var slope = (8 * first * first * 0.81 / x / x) + (8 * second * second * 0.01 / (x + 3.2) / (x + 3.2));
        var expected = 0.9 * 0.3 * first / x / slope;
        escape.Coefficient.ShouldBe(expected, 1e-11 * expected);
    }

    [Fact]
    public void TimesMayBeUnsortedRepeatedOrZero()
    {
        var problem = Reference.Problem(100, 2);
        var flow = problem.Solve(new GradientFlow { Times = [10, 0, 1, 10] });
        flow.Times.ShouldBe([0, 1, 10]);
        flow["s"][2].ShouldBe(0.9542965776, 1e-7);
        var start = problem.Solve(new GradientFlow { Times = [0] });
        start["loss"].ShouldBe([2.9253878698], 1e-10);
        foreach (Method<PhaseRetrievalProblem> method in new Method<PhaseRetrievalProblem>[] { new TruncatedHierarchy { Times = [0] }, new IsotropicReduction { Times = [0] }, new GradientDescent { AtSteps = [0] }, new SgdTheory { AtSteps = [0] }, new OnlineSgd { AtSteps = [0] } })
            problem.Solve(method).Times.ShouldBe([0]);
    }

    [Theory]
    [InlineData(1e-300)]
    [InlineData(1e-12)]
    [InlineData(1e15)]
    public void RangeMayBeTinyOrHuge(double until)
    {
        var flow = Reference.Problem(50, 2).Solve(new GradientFlow { Until = until });
        flow.Status.Outcome.ShouldBe(SolveOutcome.Completed, flow.Status.Message);
        flow.Times[^1].ShouldBe(until);
        flow["s"][^1].ShouldBe(until < 1 ? flow["s"][0] : 1, 1e-9);
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(0.0)]
    [InlineData(-1.0)]
    [InlineData(double.PositiveInfinity)]
    public void RangeMustBeFiniteAndPositive(double until) =>
        Should.Throw<ParameterException>(() => Reference.Problem(5, 1).Solve(new GradientFlow { Until = until })).Parameter.ShouldBe("until");

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(0.0)]
    [InlineData(1e-14)]
    [InlineData(0.5)]
    public void ToleranceMustBeInItsRange(double tolerance)
    {
        foreach (FlowMethod method in new FlowMethod[] { new GradientFlow(), new VolterraPhaseOne(), new IsotropicReduction(), new FrozenPhase(), new TruncatedHierarchy() })
            Should.Throw<ParameterException>(() => Reference.Problem(5, 1).Solve(method with { RelativeTolerance = tolerance })).Parameter.ShouldBe("rtol", method.Name);
    }

    [Fact]
    public void CancelledSolvesKeepTheTrajectory()
    {
        foreach (Method<PhaseRetrievalProblem> method in new Method<PhaseRetrievalProblem>[] { new GradientFlow { Times = [0, 1e3] }, new FrozenPhase { Times = [0, 1e3] }, new GradientDescent(), new SgdTheory(), new VolterraPhaseOne() })
        {
            var solution = Reference.Problem(50, 1.5).Solve(method, null, new CancellationToken(true));
            solution.Status.Outcome.ShouldBe(SolveOutcome.Cancelled, method.Name);
            solution.Status.Message.ShouldContain("kept");
            solution.Times.Length.ShouldBe(solution["mse"].Length);
        }
    }

    [Theory]
    [InlineData(1e-150)]
    [InlineData(1e6)]
    public void ExtremeTeacherLengthsAreOtherUnits(double scale)
    {
        // Explicit teachers are normalised, so that their unit does not matter.
        var values = Enumerable.Range(0, 30).Select(i => scale * (1 + Math.Cos(i))).ToArray();
        var problem = Reference.Problem(30, 1.5) with { Teacher = Teacher.FromValues(values) };
        var expected = Reference.Problem(30, 1.5) with { Teacher = Teacher.FromValues(values.Select(value => value / scale)) };
        problem.Solve(new GradientFlow { Times = [10] })["u"][0].ShouldBe(expected.Solve(new GradientFlow { Times = [10] })["u"][0], 1e-10);
    }

    [Fact]
    public void LargeStartsComeDown()
    {
        var problem = Reference.Problem(20, 1) with { Start = Start.FromValues(Enumerable.Range(0, 20).Select(i => 1e4 * Math.Cos(i))) };
        var flow = problem.Solve(new GradientFlow { Until = 1e4 });
        flow.Status.Outcome.ShouldBe(SolveOutcome.Completed);
        flow["s"][0].ShouldBeGreaterThan(1e6);
        flow["one-minus-s"][^1].ShouldBe(0, 1e-6);
    }

    [Fact]
    public void AveragedModesReachATrillionDimensions()
    {
        var problem = new PhaseRetrievalProblem { Spectrum = Spectrum.PowerLaw(1_000_000_000_000, 2), Teacher = Teacher.Ones() };
        var flow = problem.Solve(new GradientFlow { Until = 1e10, Points = 20 });
        flow.Status.Outcome.ShouldBe(SolveOutcome.Completed);
        flow.Statistics.Modes.ShouldBe("averaged");

        // β = 1/2 in 1 ≪ 8ct ≪ d^a, for τ₁ ∝ t^(−1/2).
        var tail = SharpLaw.MesoscopicTail((PowerLawSpectrum)problem.Spectrum, 1, 1e10);
        flow["one-minus-s"][^1].ShouldBe(2.0 / 3 * tail, 1e-4 * tail);
    }
}
