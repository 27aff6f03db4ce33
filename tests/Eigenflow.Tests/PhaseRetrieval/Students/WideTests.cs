using Eigenflow.Dynamics;
using Eigenflow.Numerics.Ode;
using Eigenflow.Spectra;
using Eigenflow.Systems.PhaseRetrieval;
using Shouldly;
using Xunit;

namespace Eigenflow.Tests.PhaseRetrieval;

public sealed class WideTests
{
    [Theory]
    [InlineData(100, 2)]
    [InlineData(60, 0)]
    public void OneNeuronIsTheFlow(int dimension, double exponent)
    {
        var problem = Reference.Problem(dimension, exponent);
        double[] times = [0.1, 1, 10, 40];
        var flow = problem.Solve(new GradientFlow { Times = times, RelativeTolerance = 1e-10 });
        var wide = problem.Solve(new WideStudent { Width = 1, Times = times, RelativeTolerance = 1e-10 });
        foreach (var quantity in new[] { "s", "u", "mse", "loss" })
        {
            for (var row = 0; row < times.Length; row++)
                wide[quantity][row].ShouldBe(flow[quantity][row], 1e-8 * Math.Abs(flow[quantity][row]), $"{quantity} at t = {times[row]}");
        }

        wide.TimeOf("escape").ShouldBe(flow.TimeOf("escape"), 1e-7);
    }

    // Starts so near to a teacher that sums over the weights have no digits of it left: all methods tell the first row in the deviation.
    [Theory]
    [InlineData(1)]
    [InlineData(-1)]
    public void FirstRowsNearTheTeacherKeepTheirDigits(int sign)
    {
        var problem = new PhaseRetrievalProblem { Spectrum = Spectrum.PowerLaw(6, 1.5), Teacher = Teacher.Ones(), Start = Start.FromValues([.. Enumerable.Range(1, 6).Select(i => sign * (1 + (1e-9 * i)))]) };
        var flow = problem.Solve(new GradientFlow { Times = [0, 1e-3] });
        var wide = problem.Solve(new WideStudent { Width = 1, Times = [0, 1e-3] });
        var hierarchy = problem.Solve(new TruncatedHierarchy { Times = [0, 1e-3] });
        flow["loss"][0].ShouldBeInRange(1e-18, 1e-15);
        foreach (var column in new[] { "mse", "loss", "one-minus-s", "one-minus-u" })
        {
            wide[column][0].ShouldBe(flow[column][0], 1e-12 * Math.Abs(flow[column][0]), column);
            hierarchy[column][0].ShouldBe(flow[column][0], 1e-12 * Math.Abs(flow[column][0]), column);
        }

        // ‖wwᵀ − w*w*ᵀ‖_F = √2 ‖w*‖‖e‖ to first order, for e along w* twice.
        wide["matrix-error"][0].ShouldBeInRange(Math.Sqrt(2 * flow["mse"][0]), 2 * Math.Sqrt(flow["mse"][0]));
        hierarchy["mse"].ShouldAllBe(value => value >= 0);
        hierarchy["loss"].ShouldAllBe(value => value >= 0);
    }

    [Fact]
    public void TheFlowIsTheGradientOfTheLossOfTheMatrix()
    {
        var (system, state, eigenvalues, teacher) = Small();
        const int width = 3, size = 5, stride = 8;
        var loss = new Func<double[], double>(point =>
        {
            var difference = new double[size, size];
            for (var i = 0; i < size; i++)
            {
                for (var j = 0; j < size; j++)
                    difference[i, j] = Enumerable.Range(0, width).Sum(k => point[(k * stride) + i] * point[(k * stride) + j] / width) - (teacher[i] * teacher[j]);
            }

            double squares = 0, trace = 0;
            for (var i = 0; i < size; i++)
            {
                trace += eigenvalues[i] * difference[i, i];
                for (var j = 0; j < size; j++)
                    squares += eigenvalues[i] * difference[i, j] * eigenvalues[j] * difference[j, i];
            }

            return (2 * squares) + (trace * trace);
        });
        system.Observe(state).Phase.Loss.ShouldBe(loss(state), 1e-12);
        var derivative = new double[state.Length];
        system.Derivative(0, state, derivative);
        var gradient = Slopes.Gradient(loss, state);
        for (var at = 0; at < state.Length; at++)
            derivative[at].ShouldBe(-width * gradient[at], 1e-7);
    }

    [Fact]
    public void StagesSolveWithTheJacobian()
    {
        var (system, state, _, _) = Small();
        system.Reformulate(state, default).ShouldBeTrue();
        system.Linearize(0, state, new LowRankJacobian(system.Size, 0));
        const double shift = 3;
        system.Factor(shift).ShouldBeTrue();
        var wanted = state.Select((value, at) => value == 0 ? 0 : Math.Sin(at)).ToArray();
        var (plus, minus, right) = (new double[state.Length], new double[state.Length], new double[state.Length]);
        const double step = 1e-6;
        system.Derivative(0, [.. state.Zip(wanted, (a, b) => a + (step * b))], plus);
        system.Derivative(0, [.. state.Zip(wanted, (a, b) => a - (step * b))], minus);
        for (var at = 0; at < state.Length; at++)
            right[at] = (shift * wanted[at]) - ((plus[at] - minus[at]) / (2 * step));
        system.Solve(right);
        for (var at = 0; at < state.Length; at++)
            right[at].ShouldBe(wanted[at], 1e-7);
    }

    [Fact]
    public void TurningTheNeuronsChangesNothing()
    {
        var (system, state, _, _) = Small();
        var before = system.Observe(state);
        system.Reformulate(state, before).ShouldBeTrue();
        var after = system.Observe(state);
        after.Phase.Loss.ShouldBe(before.Phase.Loss, 1e-12);
        after.Phase.U.ShouldBe(before.Phase.U, 1e-12);
        after.Phase.MeanSquaredError.ShouldBe(before.Phase.MeanSquaredError, 1e-12);
        after.MatrixError.ShouldBe(before.MatrixError, 1e-12);
        after.Best.ShouldBe(before.Best, 1e-12);
        after.Mean.ShouldBe(before.Mean, 1e-12);
    }

    [Fact]
    public void TheStiffSolverAgreesWithTheExplicitOne()
    {
        var problem = new PhaseRetrievalProblem { Spectrum = Spectrum.PowerLaw(20, 1) };
        double[] times = [0.5, 2, 8];
        var wide = problem.Solve(new WideStudent { Width = 4, Times = times, RelativeTolerance = 1e-9 });
        var modes = problem.Modes(ModeRepresentation.Full);
        var system = new WideSystem(modes.Eigenvalues, modes.Teacher, [.. Enumerable.Range(0, 4).Select(k => (problem with { Start = problem.Start.Neuron(k) }).Modes(ModeRepresentation.Full).Start)]);
        var rows = ContinuousRun.RunExplicit(system, system.InitialState, times, 1e-10, new MappedWatch<WideStatistics>(new PhaseEvents(problem, modes.TeacherOverlap), row => row.Phase), "", default).Rows;
        for (var row = 0; row < times.Length; row++)
        {
            wide["loss"][row].ShouldBe(rows[row].Phase.Loss, 1e-6);
            wide["best-alignment"][row].ShouldBe(rows[row].Best, 1e-6);
            wide["matrix-error"][row].ShouldBe(rows[row].MatrixError, 1e-6);
        }
    }

    // Two modes, two neurons: an explicit Runge-Kutta integration of the matrix M, and its first eigenvector in the metric Q.
    [Theory]
    [InlineData(1e-4, 1e-3)]
    [InlineData(1e-11, 1e-7)]
    public void TheErrorIsThatOfTheLeadingNeuronAtEveryRow(double tolerance, double accuracy)
    {
        var problem = new PhaseRetrievalProblem { Spectrum = Spectrum.PowerLaw(2, 1.5), Teacher = Teacher.Ones(), Start = Start.UnitSphere(7) };
        double[] times = [0, 0.05, 0.2, 0.4, 0.8, 1.5];
        var wide = problem.Solve(new WideStudent { Width = 2, Times = times, RelativeTolerance = tolerance });
        var modes = problem.Modes(ModeRepresentation.Full);
        var (q, teacher) = (modes.Eigenvalues, modes.Teacher);
        double[] w = [.. modes.Start, .. (problem with { Start = problem.Start.Neuron(1) }).Modes(ModeRepresentation.Full).Start];
        var time = 0.0;
        for (var row = 0; row < times.Length; row++)
        {
            var steps = (int)Math.Round((times[row] - time) / 1e-4);
            for (var step = 0; step < steps; step++)
                w = RungeKutta(w, 1e-4);
            time = times[row];
            wide["mse"][row].ShouldBe(Error(), accuracy * Error(), $"t = {time}");
        }

        // tan 2φ = 2b/(a − c) for the symmetric matrix √Q M √Q.
        double Error()
        {
            var (a, b, c) = (q[0] * M(w, 0, 0), Math.Sqrt(q[0] * q[1]) * M(w, 0, 1), q[1] * M(w, 1, 1));
            var angle = 0.5 * Math.Atan2(2 * b, a - c);
            var root = Math.Sqrt(((a + c) / 2) + Math.Sqrt((b * b) + ((a - c) * (a - c) / 4)));
            double[] neuron = [root * Math.Cos(angle) / Math.Sqrt(q[0]), root * Math.Sin(angle) / Math.Sqrt(q[1])];
            return new[] { -1, 1 }.Min(sign => Math.Pow(neuron[0] - (sign * teacher[0]), 2) + Math.Pow(neuron[1] - (sign * teacher[1]), 2)) / 2;
        }

        static double M(double[] w, int i, int j) => ((w[i] * w[j]) + (w[2 + i] * w[2 + j])) / 2;

        double[] Slope(double[] w)
        {
            double D(int i, int j) => M(w, i, j) - (teacher[i] * teacher[j]);
            var trace = (q[0] * D(0, 0)) + (q[1] * D(1, 1));
            return [.. Enumerable.Range(0, 4).Select(at => -q[at % 2] * ((8 * ((D(at % 2, 0) * q[0] * w[at - (at % 2)]) + (D(at % 2, 1) * q[1] * w[at - (at % 2) + 1]))) + (4 * trace * w[at])))];
        }

        double[] RungeKutta(double[] w, double h)
        {
            var k1 = Slope(w);
            var k2 = Slope([.. w.Zip(k1, (x, k) => x + (h / 2 * k))]);
            var k3 = Slope([.. w.Zip(k2, (x, k) => x + (h / 2 * k))]);
            var k4 = Slope([.. w.Zip(k3, (x, k) => x + (h * k))]);
            return [.. w.Select((x, i) => x + (h / 6 * (k1[i] + (2 * k2[i]) + (2 * k3[i]) + k4[i])))];
        }
    }

    [Fact]
    public void EqualNeuronsAreRefused() =>
        Should.Throw<ParameterException>(() => Reference.Problem(5, 1).Solve(new WideStudent { Width = 2, Until = 1 })).Parameter.ShouldBe("width");

    [Fact]
    public void ADimensionBeyondMemoryIsRefused() =>
        Should.Throw<TooLargeException>(() => new PhaseRetrievalProblem { Spectrum = Spectrum.PowerLaw(1_000_000_000, 2) }.Solve(new WideStudent { Width = 32 }));

    // d = 5, three neurons, each padded to eight numbers.
    private static (WideSystem System, double[] State, double[] Eigenvalues, double[] Teacher) Small()
    {
        double[] eigenvalues = [0.4, 0.3, 0.15, 0.1, 0.05], teacher = [1, -0.5, 0.8, 0.3, 1.2];
        double[][] starts = [[0.5, 0.1, -0.2, 0.4, 0.3], [-0.3, 0.7, 0.2, 0.1, -0.6], [0.2, 0.2, 0.9, -0.4, 0.1]];
        var system = new WideSystem(eigenvalues, teacher, starts);
        return (system, (double[])system.InitialState.Clone(), eigenvalues, teacher);
    }
}
