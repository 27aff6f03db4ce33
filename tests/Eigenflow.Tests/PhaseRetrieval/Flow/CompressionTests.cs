using Eigenflow.Solutions;
using Eigenflow.Spectra;
using Eigenflow.Systems.PhaseRetrieval;
using Shouldly;
using Xunit;

namespace Eigenflow.Tests.PhaseRetrieval;

public sealed class CompressionTests
{
    [Theory]
    [InlineData(5_000, 1.5, 1)]
    [InlineData(5_000, 0.7, 2)]
    [InlineData(3_000, 2.0, 3)]
    public void FlowOnNodesIsTheFlowOnModes(int dimension, double exponent, long seed)
    {
        var problem = new PhaseRetrievalProblem { Spectrum = Spectrum.PowerLaw(dimension, exponent), Teacher = Teacher.Gaussian(seed), Start = Start.UnitSphere(seed + 1) };
        var last = 3 / problem.Spectrum[dimension - 1];
        var times = TimeGrid.Logarithmic(0.1, last, 15);
        var full = problem.Solve(new GradientFlow { Times = times, Modes = ModeRepresentation.Full, RelativeTolerance = 1e-11 });
        var compressed = problem.Solve(new GradientFlow { Times = times, Modes = ModeRepresentation.Compressed, RelativeTolerance = 1e-11 });
        foreach (var quantity in new[] { "s", "u", "mse", "loss" })
        {
            for (var row = 0; row < times.Length; row++)
                compressed[quantity][row].ShouldBe(full[quantity][row], 1e-9 * Math.Abs(full[quantity][row]), $"{quantity} at t = {times[row]}");
        }
    }

    [Fact]
    public void NodesGrowWithTheLogarithmOfTheDimensionOnly()
    {
        int Size(long dimension) => Reference.Problem(dimension, 1.5).Modes(ModeRepresentation.Compressed).Size;
        var (small, large) = (Size(10_000), Size(1_000_000));
        large.ShouldBeLessThan(2 * small);
    }

    [Fact]
    public void MemoryOfAPassDoesNotDependOnTheDimension()
    {
        long Allocated(long dimension)
        {
            var problem = new PhaseRetrievalProblem { Spectrum = Spectrum.PowerLaw(dimension, 1.5) };
            problem.Modes(ModeRepresentation.Compressed);
            var before = GC.GetAllocatedBytesForCurrentThread();
            problem.Modes(ModeRepresentation.Compressed);
            return GC.GetAllocatedBytesForCurrentThread() - before;
        }

        // A vector of the larger dimension alone would be 16 MB.
        Allocated(2_000_000).ShouldBeLessThan(Math.Max(2 * Allocated(20_000), 2_000_000));
    }

    [Fact]
    public void DegenerateModesMergeExactly()
    {
        var problem = new PhaseRetrievalProblem { Spectrum = Spectrum.FromValues([3, 3, 3, 2, 1, 1, 0, 0]), Teacher = Teacher.Gaussian(1), Start = Start.UnitSphere(2) };
        var full = problem.Modes(ModeRepresentation.Full);
        var merged = full.Merged();
        merged.Size.ShouldBe(7);
        merged.TeacherOverlap.ShouldBe(full.TeacherOverlap, 1e-15);
        for (var order = 0; order < 4; order++)
        {
            var (a, b) = (full.Moments(order), merged.Moments(order));
            b.Start.ShouldBe(a.Start, 1e-15);
            b.Cross.ShouldBe(a.Cross, 1e-15);
            b.Teacher.ShouldBe(a.Teacher, 1e-14);
        }

        merged.SumOverModes(_ => 1).ShouldBe(8);
        Reference.Problem(50, 1.5).Modes(ModeRepresentation.Full).Merged().Size.ShouldBe(50);
    }

    [Fact]
    public void StateOfFlatSpectraHasTwoEntries() =>
        Reference.Problem(1000, 0).Solve(new GradientFlow { Until = 10, Modes = ModeRepresentation.Full }).Statistics.StateSize.ShouldBe(2);

    // Fewer nodes lie otherwise between the largest and the smallest eigenvalue: what is derived from these is that of the modes.
    [Theory]
    [InlineData(ModeRepresentation.Compressed)]
    [InlineData(ModeRepresentation.Averaged)]
    public void DerivedTimesDoNotFollowTheTolerance(ModeRepresentation representation)
    {
        var problem = new PhaseRetrievalProblem { Spectrum = Spectrum.PowerLaw(54321, 0.2) };
        double[] Times(double tolerance) => problem.Solve(new GradientFlow { RelativeTolerance = tolerance, Modes = representation, Until = 1.1e3, Points = 20 })["t"];
        var (exact, draft) = (Times(1e-8), Times(1e-4));
        draft.Length.ShouldBe(exact.Length);
        for (var row = 0; row < exact.Length; row++)
            draft[row].ShouldBe(exact[row], 1e-12 * exact[row]);
        problem.Modes(representation).LargestEigenvalue.ShouldBe(problem.Spectrum[0]);
    }
}
