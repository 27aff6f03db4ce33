using Eigenflow.Solutions;
using Eigenflow.Spectra;
using Eigenflow.Systems.PhaseRetrieval;
using Eigenflow.Tests.PhaseRetrieval.Oracle;
using Shouldly;
using Xunit;

namespace Eigenflow.Tests.PhaseRetrieval;

/// <summary>Starts outside s ≤ s*: large, tiny, along the teacher. Values by implicit Runge–Kutta methods at 1e-14 unless a closed form is named.</summary>
public sealed class FlowStartTests
{
    public static TheoryData<DescentMethod> Descents =>
    [
        new GradientDescent { LearningRate = 1e-4 }, new SgdTheory { LearningRate = 1e-4, Batch = 1_000_000 },
    ];

    // u changes its sign while s is still far above s*: big30_st.
    private static PhaseRetrievalProblem Large => new()
    {
        Spectrum = Spectrum.FromValues([0.7, 0.2, 0.1]),
        Teacher = Teacher.Ones(),
        Start = Start.FromValues([30, -20, 5]),
    };

    [Fact]
    public void LoneModeKeepsItsDigitsInTheIsotropicMethod()
    {
        // Closed form: w² is logistic.
        var problem = new PhaseRetrievalProblem { Spectrum = Spectrum.PowerLaw(1, 0), Teacher = Teacher.Ones(), Start = Start.FromValues([0.5]) };
        var solution = problem.Solve(new IsotropicReduction { Times = [0.5, 1, 2, 5], RelativeTolerance = 1e-10 });
        double[] mse = [8.493817e-11, 3.206619e-21, 4.569958e-42], misalignment = [9.216190585e-6, 5.662701498e-11, 2.137746e-21];
        for (var row = 0; row < 3; row++)
        {
            solution["mse"][row].ShouldBe(mse[row], 2e-7 * mse[row]);
            solution["one-minus-u"][row].ShouldBe(misalignment[row], 3e-7 * misalignment[row]);
        }

        solution["mse"][3].ShouldBe(1.32e-104, 5e-107);
        solution["loss"].ShouldAllBe(loss => loss > 0);
    }

    [Theory]
    [InlineData(ModeRepresentation.Full)]
    [InlineData(ModeRepresentation.Compressed)]
    public void StartsAlongTheTeacherKeepNoRoundingAcrossIt(ModeRepresentation representation)
    {
        // λ = 1/10 and w(0) = c w*: u/s* = c e^(…) is logistic, and an orthogonal part would relax more slowly.
        foreach (var part in new[] { 0.1, 0.3, -0.7 })
        {
            var problem = new PhaseRetrievalProblem
            {
                Spectrum = Spectrum.Isotropic(10),
                Teacher = Teacher.Gaussian(3),
                Start = Start.FromValues([.. new PhaseRetrievalProblem { Spectrum = Spectrum.Isotropic(10), Teacher = Teacher.Gaussian(3) }.Modes(ModeRepresentation.Full).Teacher.Select(value => part * value)]),
            };
            double[] times = [1, 20, 40, 60];
            foreach (FlowMethod method in new FlowMethod[] { new GradientFlow { Times = times, RelativeTolerance = 1e-10, Modes = representation }, new IsotropicReduction { Times = times, RelativeTolerance = 1e-10 } })
            {
                var solution = problem.Solve(method);
                for (var row = 0; row < times.Length; row++)
                {
                    // w = √x w* with x/(1 − x) = x₀/(1 − x₀) e^(24 λ t); MSE = (1 − √x)² ‖w*‖²/d.
                    var ratio = part * part / (1 - (part * part)) * Math.Exp(2.4 * times[row]);
                    var expected = Math.Pow(1 / (1 + ratio) / (1 + Math.Sqrt(ratio / (1 + ratio))), 2);
                    solution["mse"][row].ShouldBe(expected, 1e-8 * expected, $"{method.Name} t = {times[row]}");
                }
            }
        }
    }

    [Fact]
    public void NearlyParallelStartsKeepTheirOrthogonalPartInEveryRepresentation()
    {
        // d = 3000 equal eigenvalues; the part across the teacher is 1e-6 of the start and all that is left late.
        const int dimension = 3000;
        var start = Enumerable.Range(0, dimension).Select(i => 0.3 * (1 + ((i % 2 == 0 ? 1e-6 : -1e-6) * (1 + (i % 3 == 0 ? 1 : 0))))).ToArray();
        var mean = start.Average();
        var problem = new PhaseRetrievalProblem { Spectrum = Spectrum.Isotropic(dimension), Teacher = Teacher.Ones(), Start = Start.FromValues(start) };
        var orthogonal = start.Sum(value => (value - mean) * (value - mean)) / dimension;
        double[] times = [3000, 10_000];
        foreach (FlowMethod method in new FlowMethod[]
                 {
                     new GradientFlow { Times = times, RelativeTolerance = 1e-11, Modes = ModeRepresentation.Full }, new GradientFlow { Times = times, RelativeTolerance = 1e-11, Modes = ModeRepresentation.Compressed },
                     new IsotropicReduction { Times = times, RelativeTolerance = 1e-11 },
                 })
        {
            var late = problem.Solve(method)["mse"];
            var rows = new CollocationFlow([1.0 / dimension, 1.0 / dimension * (1 - 1e-16)], [Math.Sqrt(dimension), 0], [mean * Math.Sqrt(dimension), Math.Sqrt(orthogonal * dimension)], 1e-14).Solve(times);
            for (var row = 0; row < 2; row++)
                late[row].ShouldBe(rows[row].MeanSquaredError * 2 / dimension, 1e-9 * late[row], method.Name);
        }
    }

    [Fact]
    public void LargeStartsFindTheSignThatTheyReach()
    {
        double[] times = [0.001, 0.01, 0.1, 1, 10];
        var modes = Large.Modes(ModeRepresentation.Full);
        var exact = new CollocationFlow(modes.Eigenvalues, modes.Teacher, modes.Start, 1e-14).Solve(times);
        foreach (var modesKept in new[] { ModeRepresentation.Full, ModeRepresentation.Compressed })
        {
            var flow = Large.Solve(new GradientFlow { Times = times, RelativeTolerance = 1e-10, Modes = modesKept });
            for (var row = 0; row < times.Length; row++)
            {
                flow["one-minus-u"][row].ShouldBe(exact[row].Misalignment, 1e-9 * exact[row].MisalignmentTerms);
                flow["one-minus-s"][row].ShouldBe(exact[row].Shortfall, 1e-9 * exact[row].ShortfallTerms);
                Math.Sign(flow["u"][row]).ShouldBe(Math.Sign(exact[row].U));
            }

            flow["one-minus-u"][^1].ShouldBe(2.892404e-5, 5e-12);
            flow["one-minus-s"][^1].ShouldBe(5.774010e-5, 5e-12);
            flow.TimeOf("convergence").ShouldBe(2.0992539, 5e-8);
            flow["u"][0].ShouldBeGreaterThan(0);
            flow["u"][^1].ShouldBeLessThan(0);
        }
    }

    [Theory]
    [MemberData(nameof(Descents))]
    public void StepsFollowTheFlowThroughAChangeOfSign(DescentMethod method)
    {
        // The same problem in discrete steps, started where they are small enough.
        var problem = Large with { Start = Start.FromValues([3, -3.5, -1]) };
        var steps = new[] { 0L, 30, 100, 1000, 10_000 }.Select(step => (long)Math.Round(step * 1e-3 / method.LearningRate!.Value)).ToArray();
        var flow = problem.Solve(new GradientFlow { Times = [0, 0.03, 0.1, 1, 10], RelativeTolerance = 1e-10 });
        var descent = problem.Solve(method with { AtSteps = steps });
        descent.Status.Outcome.ShouldBe(SolveOutcome.Completed, descent.Status.Message);
        flow["u"][0].ShouldBeGreaterThan(0);
        flow["u"][^1].ShouldBeLessThan(0);
        for (var row = 1; row < steps.Length; row++)
        {
            Math.Sign(descent["u"][row]).ShouldBe(Math.Sign(flow["u"][row]));
            descent["one-minus-u"][row].ShouldBe(flow["one-minus-u"][row], 0.05 * (1e-3 + Math.Abs(flow["one-minus-u"][row])));
        }

        descent.TimeOf("convergence").ShouldBe(flow.TimeOf("convergence"), 0.01 * flow.TimeOf("convergence"));
    }

    [Fact]
    public void FrozenPhaseStartsFromTheSignThatTheFlowReaches()
    {
        var flow = Large.Solve(new GradientFlow { Times = [20] });
        var frozen = Large.Solve(new FrozenPhase { Times = [20] });
        frozen["u"][0].ShouldBe(-1, 1e-3);
        frozen.TimeOf("convergence").ShouldBe(flow.TimeOf("convergence"));
        frozen["mse"][0].ShouldBeLessThan(1e-3);
    }

    [Theory]
    [InlineData(1e-100)]
    [InlineData(1e-300)]
    [InlineData(1e-310)]
    public void TinyStartsLeaveZero(double size)
    {
        // While s ≪ s* the flow is linear and, once its fastest direction alone is left, a smaller start is a later one: t → t + ln(ratio)/ρ.
        foreach (var isFlat in new[] { false, true })
        {
            // With equal eigenvalues a part across the teacher would decide how late it is.
            var problem = new PhaseRetrievalProblem { Spectrum = isFlat ? Spectrum.Isotropic(20) : Spectrum.PowerLaw(20, 1), Teacher = Teacher.Ones() };
            double[] shape = [.. Enumerable.Range(0, 20).Select(i => isFlat ? 1 : 1 + Math.Cos(i))];
            PhaseRetrievalProblem From(double scale) => problem with { Start = Start.FromValues([.. shape.Select(value => scale * value)]) };
            const double small = 1e-40;
            var rate = EscapeTheory.Of(From(small).Modes()).Rate;
            var delay = Math.Log(small / size) / rate;
            var escape = From(small).Solve(new GradientFlow { RelativeTolerance = 1e-11, Until = 3000 }).TimeOf("escape");
            double[] times = [escape, 1.1 * escape, 2 * escape];
            var late = From(small).Solve(new GradientFlow { Times = times, RelativeTolerance = 1e-11 });
            var tiny = From(size).Solve(new GradientFlow { Times = [.. times.Select(time => time + delay)], RelativeTolerance = 1e-11 });
            for (var row = 0; row < 3; row++)
            {
                foreach (var quantity in new[] { "s", "u", "mse" })
                    tiny[quantity][row].ShouldBe(late[quantity][row], (size < 1e-307 ? 1e-4 : 1e-7) * late[quantity][row], $"{quantity} at row {row}");
            }

            tiny.TimeOf("escape").ShouldBe(escape + delay, 1e-6 * escape);
            From(size).Solve(new IsotropicReduction { Until = 5000 })["one-minus-u"][^1].ShouldBeLessThan(1e-3);
            From(size).Solve(new GradientDescent { LearningRate = 0.1, Steps = 50_000, Points = 2 })["one-minus-u"][^1].ShouldBeLessThan(1e-3);
        }
    }

    [Theory]
    [InlineData(1e20)]
    [InlineData(1e70)]
    public void HugeStartsComeDown(double size)
    {
        var problem = new PhaseRetrievalProblem { Spectrum = Spectrum.PowerLaw(20, 1), Teacher = Teacher.Ones(), Start = Start.FromValues([.. Enumerable.Range(0, 20).Select(i => size * (1 + Math.Cos(i)))]) };
        var flow = problem.Solve(new GradientFlow { Until = 1e3 });
        flow.Status.Outcome.ShouldBe(SolveOutcome.Completed, flow.Status.Message);
        flow["one-minus-u"][^1].ShouldBe(0, 1e-3);
        flow.Events["convergence"].ShouldNotBeNull();
    }

    [Fact]
    public void StartsWhoseLossIsNoNumberAreRefused()
    {
        foreach (var representation in new[] { ModeRepresentation.Full, ModeRepresentation.Compressed })
        {
            var problem = new PhaseRetrievalProblem { Spectrum = Spectrum.PowerLaw(20, 1), Teacher = Teacher.Ones(), Start = Start.FromValues(Enumerable.Repeat(1e80, 20)) };
            Should.Throw<ParameterException>(() => problem.Solve(new GradientFlow { Modes = representation })).Parameter.ShouldBe("start");
        }
    }

    [Fact]
    public void FloorOfErrorsIsNotSetByModesThatHardlyMatter()
    {
        // w*_i ∝ i^2.5 and λ_i ∝ i^−6: the first coefficient is 1e-7 of the last, and is what s and u are made of. CollocationFlow and this flow at 1e-13 agree to ten digits.
        var problem = new PhaseRetrievalProblem { Spectrum = Spectrum.PowerLaw(1000, 6), Teacher = Teacher.Source(-5), Start = Start.Alternating() };
        double[] times = [0.3, 1];
        var modes = problem.Modes(ModeRepresentation.Full);
        var exact = new CollocationFlow(modes.Eigenvalues, modes.Teacher, modes.Start, 1e-13).Solve(times);
        var flow = problem.Solve(new GradientFlow { Times = times });
        for (var row = 0; row < 2; row++)
        {
            flow["s"][row].ShouldBe(exact[row].S, 1e-7 * exact[row].S);
            flow["u"][row].ShouldBe(exact[row].U, 1e-7 * Math.Abs(exact[row].U));
        }
    }
}
