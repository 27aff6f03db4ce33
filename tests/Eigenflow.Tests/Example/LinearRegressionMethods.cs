using System.Buffers;
using System.Runtime.InteropServices;
using Eigenflow.Random;
using Eigenflow.Schedules;
using Eigenflow.Solutions;

namespace Eigenflow.Tests.Example;

/// <summary>What the methods share: the default learning rate, and the columns.</summary>
internal abstract record RegressionMethod : ScheduledMethod<LinearRegression>
{
    public static readonly NamedQuantity[] Described = [new("t", "t", "Sum of the learning rates before the step."), new("step", "k", "Update step."), new("loss", "L", "Excess risk ½ Σ λ_j δ_j².")];

    private protected override double DefaultRate(LinearRegression problem) => LinearRegressionSystem.DefaultRate;

    private protected override long DefaultSteps(LinearRegression problem, double learningRate) => LinearRegressionSystem.DefaultSteps;

    private protected static IReadOnlyList<Observable> Columns(LearningRateSchedule schedule, long[] steps, IEnumerable<Observable> loss) =>
        [Described[0].Column([.. steps.Select(schedule.TimeAt)]), Described[1].Column([.. steps.Select(step => (double)step)]), .. loss];

    private protected static Divergence Diverged(long step) => new($"diverged at step {step}", "reduce learning-rate");
}

/// <summary>E δ_j² step by step: (1 − ηλ_j)² of it for gradient descent; SGD adds η²λ_j (λ_j E δ_j² + 2L + σ²), exactly, by the fourth moments of Gaussian inputs.</summary>
internal sealed record SecondMoments(bool IsStochastic) : RegressionMethod
{
    public override string Name => IsStochastic ? "theory" : "gd";

    internal override Solution Solve(LinearRegression problem, SolveContext context)
    {
        var schedule = Schedule(problem);
        var engine = new Engine(problem, schedule, IsStochastic ? 1 : 0);
        var grid = Grid(schedule.Steps);
        var (rows, status) = SteppedRun.Run(engine, grid, context, () => Diverged(engine.Step));
        return Assemble(problem, Columns(schedule, grid[..rows.Count], [Described[2].Column([.. rows])]), status, new SolverStatistics { Steps = engine.Step, StateSize = problem.Dimension });
    }

    private sealed class Engine(LinearRegression problem, LearningRateSchedule schedule, double sampling) : ISteppedEngine<double>
    {
        private readonly double[] eigenvalues = problem.Eigenvalues(), moments = [.. Enumerable.Repeat(1.0, problem.Dimension)];
        private double loss = 0.5;

        public long Step { get; private set; }

        public long Piece => Math.Max(1, 10_000_000 / problem.Dimension);

        public double Observe() => loss;

        public bool Advance(long count)
        {
            for (var end = Step + count; Step < end; Step++)
            {
                var (rate, noise, sum) = (schedule.RateAt(Step), (2 * loss) + problem.Noise, 0.0);
                for (var j = 0; j < moments.Length; j++)
                {
                    var step = rate * eigenvalues[j];
                    moments[j] = ((1 - step) * (1 - step) * moments[j]) + (sampling * step * ((step * moments[j]) + (rate * noise)));
                    sum += eigenvalues[j] * moments[j];
                }

                loss = sum / 2;
                if (!(loss <= problem.LargestLoss))
                    return false;
            }

            return true;
        }
    }
}

/// <summary>One-pass SGD, one fresh sample per step: w ← w − η (⟨x, w⟩ − y) x.</summary>
internal sealed record OnlineSgd : RegressionMethod, ISampledMethod
{
    public override string Name => "sgd";

    public int Replicas { get; init; } = 16;

    public long Seed { get; init; } = 1;

    public int Threads { get; init; }

    internal override Solution Solve(LinearRegression problem, SolveContext context)
    {
        var schedule = Schedule(problem);
        var ensemble = Ensemble.Run(
            new EnsemblePlan
            {
                Options = this,
                Grid = Grid(schedule.Steps),
                Width = 1,
                Make = replica => new Trajectory(problem, schedule, new GaussianAddress((ulong)Seed, 0, replica, 0)),
                StepWork = 10.0 * problem.Dimension,
                StateBytes = 8.0 * problem.Dimension,
                Identity = $"{problem} {schedule.Identity}",
                Divergence = Diverged,
            },
            context);
        var loss = ensemble.Columns(Described[2], (replica, row) => ensemble[replica, row, 0]);
        return Assemble(problem, Columns(schedule, ensemble.Steps, loss), ensemble.Status, new SolverStatistics { Steps = ensemble.StepsDone, StateSize = problem.Dimension });
    }

    private sealed class Trajectory(LinearRegression problem, LearningRateSchedule schedule, GaussianAddress address) : ITrajectory
    {
        private readonly double[] eigenvalues = problem.Eigenvalues(), delta = [.. Enumerable.Repeat(-1.0, problem.Dimension)], sample = new double[problem.Dimension + 1];

        public long Step { get; private set; }

        private double Loss => eigenvalues.Zip(delta, (eigenvalue, value) => eigenvalue * value * value).Sum() / 2;

        public bool Advance(long count)
        {
            for (var end = Step + count; Step < end; Step++)
            {
                GaussianGenerator.Fill(address with { Step = Step }, 0, sample);
                var error = -Math.Sqrt(problem.Noise) * sample[^1];
                for (var j = 0; j < delta.Length; j++)
                    error += (sample[j] *= Math.Sqrt(eigenvalues[j])) * delta[j];
                for (var j = 0; j < delta.Length; j++)
                    delta[j] -= schedule.RateAt(Step) * error * sample[j];
                if (!(error * error <= problem.LargestLoss))
                    return false;
            }

            return true;
        }

        public void Observe(Span<double> row, bool isSaved) => row[0] = Loss;

        public void Write(IBufferWriter<byte> to) => to.Write(MemoryMarshal.AsBytes<double>([Step, .. delta]));

        public void Read(ReadOnlySpan<byte> from)
        {
            var state = MemoryMarshal.Cast<byte, double>(from);
            Step = (long)state[0];
            state[1..].CopyTo(delta);
        }
    }
}
