using Eigenflow.Solutions;
using Eigenflow.Spectra;
using Eigenflow.Systems.PhaseRetrieval;
using Shouldly;
using Xunit;

namespace Eigenflow.Tests.PhaseRetrieval;

/// <summary>The covariance of online SGD on few nodes is that of all modes.</summary>
public sealed class FewModesTests
{
    private const int Dimension = 200;

    [Theory]
    [InlineData(0.5, 1, 0.9, 0.1, NoiseClosure.SecondOrder)]
    [InlineData(1, 4, 0.5, 0, NoiseClosure.SecondOrder)]
    [InlineData(1.5, 64, 0.9, 0.5, NoiseClosure.SecondOrder)]
    [InlineData(2, 1, 0.3, 0.01, NoiseClosure.SecondOrder)]
    [InlineData(4, 1, 0.2, 0, NoiseClosure.SecondOrder)]
    [InlineData(1.2, 2, 0.1, 1, NoiseClosure.Linear)]
    public void MeansAndSpreadAreThoseOfAllModes(double exponent, int batch, double part, double noise, NoiseClosure closure)
    {
        var problem = Reference.Problem(Dimension, exponent) with { Noise = noise, Teacher = Teacher.Gaussian(3) };
        var rate = part * new TeacherFluctuations(problem.Modes(ModeRepresentation.Full), batch).LargestRate();
        Compare(problem, new SgdLinearNoise { LearningRate = rate, Batch = batch, Closure = closure, Steps = 3000, Points = 12 });
    }

    // A start so near the teacher that what parts them is less than the rounding of squares; other norms; modes that never move.
    [Fact]
    public void OtherStartsAndSpectraKeepTheirDigits()
    {
        var problem = Reference.Problem(Dimension, 1.5) with { Teacher = Teacher.Gaussian(3) };
        double[] teacher = problem.Modes(ModeRepresentation.Full).Teacher, values = [.. Enumerable.Range(0, Dimension).Select(i => i < 150 ? Math.Exp(-0.1 * i) : 0)];
        var method = new SgdLinearNoise { LearningRate = 0.002, Steps = 3000, Points = 8 };
        Compare(problem with { Start = Start.FromValues([.. teacher.Select((value, i) => value * (1 + (1e-7 * Math.Sin(i))))]) }, method);
        Compare(problem with { Teacher = Teacher.Gaussian(3) with { Normalization = TeacherNormalization.Dimension } }, method with { LearningRate = 1e-5 });
        Compare(problem with { Spectrum = Spectrum.FromValues(values), Noise = 0.1 }, method);
        Compare(problem with { Spectrum = Spectrum.Spiked(Dimension, 3, 10) }, method);
    }

    // Weights that are largest where functions are smallest: sums over nodes would be wrong, all modes are carried.
    [Theory]
    [InlineData(-6)]
    [InlineData(-3)]
    [InlineData(-2)]
    [InlineData(-1)]
    [InlineData(1)]
    public void TeachersThatGrowKeepTheirDigits(double source)
    {
        var problem = Reference.Problem(Dimension, 2) with { Teacher = Teacher.Source(source) };
        var method = new SgdLinearNoise { LearningRate = 0.003, Steps = 1000, Points = 6 };
        var (all, few) = (problem.Solve(method with { Modes = ModeRepresentation.Full }), problem.Solve(method));
        for (var row = 0; row < all.Rows; row++)
        {
            few["u-sd"][row].ShouldBe(all["u-sd"][row], 1e-9 * all["u-sd"][row]);
            few["s-sd"][row].ShouldBe(all["s-sd"][row], 1e-9 * all["s-sd"][row]);
        }
    }

    [Fact]
    public void TheirNumberDoesNotFollowThatOfModes()
    {
        Size(1000).ShouldBeLessThan(120);
        Size(300_000).ShouldBeLessThan(160);

        static double Size(int dimension) => Reference.Problem(dimension, 2).Solve(new SgdLinearNoise { Steps = 10, Points = 2 }).Statistics.StateSize;
    }

    private static void Compare(PhaseRetrievalProblem problem, SgdLinearNoise method)
    {
        var (all, few) = (problem.Solve(method with { Modes = ModeRepresentation.Full }), problem.Solve(method));
        all.Statistics.StateSize.ShouldBe(Dimension);
        few.Statistics.StateSize.ShouldBeLessThan(140);
        few.Status.Outcome.ShouldBe(SolveOutcome.Completed);
        foreach (var column in all.Observables)
        {
            for (var row = 0; row < all.Rows; row++)
            {
                if (double.IsFinite(column.Values[row]))
                    few[column.Name][row].ShouldBe(column.Values[row], (1e-9 * Math.Abs(column.Values[row])) + 1e-14, $"{column.Name} at step {all["step"][row]}");
                else
                    few[column.Name][row].ShouldBe(column.Values[row]);
            }
        }
    }
}
