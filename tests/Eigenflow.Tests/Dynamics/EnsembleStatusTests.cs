using System.Buffers;
using System.Buffers.Binary;
using Eigenflow.Dynamics;
using Eigenflow.Solutions;
using Eigenflow.Tests.Conformance;
using Shouldly;
using Xunit;

namespace Eigenflow.Tests.Dynamics;

/// <summary>What an ensemble says of its end: an interrupted one is never complete and never only diverged, whoever of its replicas has come how far.</summary>
public sealed class EnsembleStatusTests
{
    private const int Replicas = 4;

    [Theory]
    [InlineData(1.0)]
    [InlineData(1e12)]
    public void SomeReplicasAtTheLastRowAreNotACompletedRun(double stateBytes)
    {
        using var source = new CancellationTokenSource();

        // Of one saved row, the first replica has it when the second is stopped.
        var result = Ensemble.Run(Plan([40], stateBytes), new SolveContext(new Stop(source, 2), null, source.Token));
        result.Steps.ShouldBe([40]);
        result.Replicas.Length.ShouldBeInRange(1, Replicas - 1);
        result.Status.Outcome.ShouldBe(SolveOutcome.Cancelled);
        result.Status.Message.ShouldContain($"the {result.Replicas.Length} of {Replicas} replicas that had come so far");
    }

    [Theory]
    [InlineData(1.0)]
    [InlineData(1e12)]
    public void AnInterruptedRunOfWhichSomeDivergedIsNotAtItsEnd(double stateBytes)
    {
        using var source = new CancellationTokenSource();
        var result = Ensemble.Run(Plan([10, 20, 30, 40], stateBytes, diverging: 1), new SolveContext(new Stop(source, 7), null, source.Token));
        result.Diverged.ShouldBe(1);
        result.Status.Outcome.ShouldBe(SolveOutcome.Cancelled);
        result.Status.Message.ShouldContain("1 of 4 replicas had diverged, the first at step 5; cancelled after step ");
        result.Replicas.ShouldNotContain(0);
    }

    [Fact]
    public void CancelledBehindTheLastStepItIsComplete()
    {
        using var source = new CancellationTokenSource();
        var result = Ensemble.Run(Plan([40], 1), new SolveContext(new Stop(source, Replicas), null, source.Token));
        result.Status.ShouldBe(SolveStatus.Completed);
        result.Replicas.Length.ShouldBe(Replicas);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(Replicas)]
    public void ReplicasThatDivergeAreCountedAndLeftOut(int diverging)
    {
        var result = Ensemble.Run(Plan([0, 4, 40], 1, diverging), new SolveContext(null, null, CancellationToken.None));
        result.Status.Outcome.ShouldBe(SolveOutcome.Diverged);
        result.Status.Message.ShouldStartWith($"{diverging} of {Replicas} replicas: left at step 5; ");
        result.Steps.ShouldBe(diverging == Replicas ? [0, 4] : [0, 4, 40]);
        result.Mean(1, 0).ShouldBe(4 + (diverging == Replicas ? 1.5 : Enumerable.Range(diverging, Replicas - diverging).Average()));
    }

    [Theory]
    [InlineData(1.0)]
    [InlineData(1e12)]
    public void ProgressIsThePartOfAllStepsThatIsDone(double stateBytes)
    {
        var told = new Told();
        Ensemble.Run(Plan([10, 40], stateBytes), new SolveContext(told, null, CancellationToken.None));
        double[] together = [1, 2, 3, 4, 7, 10, 13, 16], oneByOne = [1, 4, 5, 8, 9, 12, 13, 16];
        told.Parts.ShouldBe((stateBytes > 1 ? oneByOne : together).Select(part => part / 16));
    }

    private static EnsemblePlan Plan(long[] grid, double stateBytes, int diverging = 0) => new()
    {
        Options = new Sampled(),
        Grid = grid,
        Width = 1,
        Make = replica => new Counting(replica, replica < diverging ? 5 : long.MaxValue),
        StepWork = 1,
        StateBytes = stateBytes,
        Identity = "counting",
        Divergence = step => new Divergence($"left at step {step}", "nothing helps"),
    };

    private sealed class Told : IProgress<Progress>
    {
        public List<double> Parts { get; } = [];

        public void Report(Progress value) => Parts.Add(value.Fraction);
    }

    private sealed record Sampled : ISampledMethod
    {
        public int Replicas => EnsembleStatusTests.Replicas;

        public long Seed => 1;

        public int Threads => 1;
    }

    /// <summary>The statistic is the step plus the number of the replica.</summary>
    private sealed class Counting(int number, long divergesAt) : ITrajectory
    {
        public long Step { get; private set; }

        public bool Advance(long count)
        {
            Step = Math.Min(Step + count, divergesAt);
            return Step < divergesAt;
        }

        public void Observe(Span<double> row, bool isSaved) => row[0] = Step + number;

        public void Write(IBufferWriter<byte> to)
        {
            BinaryPrimitives.WriteInt64LittleEndian(to.GetSpan(sizeof(long)), Step);
            to.Advance(sizeof(long));
        }

        public void Read(ReadOnlySpan<byte> from) => Step = BinaryPrimitives.ReadInt64LittleEndian(from);
    }
}
