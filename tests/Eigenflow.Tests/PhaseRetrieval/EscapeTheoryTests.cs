using Eigenflow.Spectra;
using Eigenflow.Systems.PhaseRetrieval;
using Shouldly;
using Xunit;

namespace Eigenflow.Tests.PhaseRetrieval;

public sealed class EscapeTheoryTests
{
    [Theory]
    [InlineData(100, 2.0, 5.592032190164, 0.0989914379)]
    [InlineData(1000, 1.5, 2.936318535340, 0.0254671000)]
    public void RateAndCoefficientHaveTheReferenceValues(int dimension, double exponent, double rate, double coefficient)
    {
        var escape = EscapeTheory.Of(Reference.Problem(dimension, exponent).Modes());
        escape.Rate.ShouldBe(rate, 2e-12);
        escape.Coefficient.ShouldBe(coefficient, 1e-10);
    }

    [Fact]
    public void IsotropicRateIsTwelveOverTheDimension() =>
        EscapeTheory.Of(Reference.Problem(100, 0).Modes()).Rate.ShouldBe(0.12, 1e-13);

    [Fact]
    public void CompressedModesGiveTheSameTheory()
    {
        var problem = new PhaseRetrievalProblem { Spectrum = Spectrum.PowerLaw(50_000, 1.3) };
        var full = EscapeTheory.Of(problem.Modes(ModeRepresentation.Full));
        var compressed = EscapeTheory.Of(problem.Modes(ModeRepresentation.Compressed));
        compressed.Rate.ShouldBe(full.Rate, 1e-11 * full.Rate);
        compressed.Coefficient.ShouldBe(full.Coefficient, 1e-9 * Math.Abs(full.Coefficient));
    }

    [Fact]
    public void TypicalCoefficientIsTheRootMeanSquareOverTeachers()
    {
        const int draws = 400;
        var square = 0.0;
        for (var seed = 1; seed <= draws; seed++)
        {
            var drawn = new PhaseRetrievalProblem { Spectrum = Spectrum.PowerLaw(300, 1.5), Teacher = Teacher.Ones(), Start = Start.UnitSphere(seed) };
            square += Math.Pow(EscapeTheory.Of(drawn.Modes(ModeRepresentation.Full)).Coefficient, 2) / draws;
        }

        var typical = EscapeTheory.Of(new PhaseRetrievalProblem { Spectrum = Spectrum.PowerLaw(300, 1.5), Teacher = Teacher.Ones() }.Modes(ModeRepresentation.Averaged));

        // The mean square of 400 nearly normal values has the relative standard error √(2/400) = 7 %; four of them.
        square.ShouldBe(typical.Coefficient * typical.Coefficient, 0.28 * typical.Coefficient * typical.Coefficient);
    }

    [Fact]
    public void LargestLearningRateIsTwoOverTheLargestCurvature()
    {
        var problem = Reference.Problem(60, 1.5);
        var modes = problem.Modes(ModeRepresentation.Full);
        var curvature = new Landscape(modes.Eigenvalues, modes.Teacher).HessianSpectrum(modes.Teacher)[0];
        Eigenflow.Systems.PhaseRetrieval.Stability.LargestLearningRate(modes).ShouldBe(2 / curvature, 1e-12);
    }
}
