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
    public void EqualEigenvaluesHaveTheirRootAtTheEndOfItsBracketInEveryDimension()
    {
        for (var dimension = 1; dimension <= 400; dimension++)
            EscapeTheory.Of(Reference.Problem(dimension, 0).Modes()).Rate.ShouldBe(12.0 / dimension, 1e-12 / dimension);
    }

    [Theory]
    [InlineData(1e-9)]
    [InlineData(0.3)]
    [InlineData(1.0001)]
    [InlineData(6)]
    [InlineData(20)]
    public void RateSolvesItsEquationInEveryDimension(double exponent)
    {
        for (var dimension = 1; dimension <= 300; dimension += 7)
        {
            var modes = Reference.Problem(dimension, exponent).Modes(ModeRepresentation.Full);
            var rate = EscapeTheory.Of(modes).Rate;
            modes.Sum(j => 8 * Math.Pow(modes.Teacher[j] * modes.Eigenvalues[j], 2) / (rate - (4 * modes.Eigenvalues[j] * modes.TeacherOverlap))).ShouldBe(1, 1e-12);
        }
    }

    // A teacher with almost no weight on the first mode: the root lies at a distance ~ its weight above the pole.
    [Theory]
    [InlineData(1e-3)]
    [InlineData(1e-20)]
    [InlineData(1e-120)]
    public void RootsCloseToAPoleKeepTheirDigits(double weight)
    {
        var escape = EscapeTheory.Of(new PhaseRetrievalProblem
        {
            Spectrum = Spectrum.FromValues([0.9, 0.1]),
            Teacher = Teacher.FromValues([weight, 1]),
            Start = Start.FromValues([1, 0]),
        }.Modes(ModeRepresentation.Full));

        // C = â/D' with both sums led by the first mode: λ w w₁*/x over 8 λ² w₁*²/x² = x w/(8 λ w₁*), x = 8 λ₁² w₁*²/(1 − 8 λ₂² w₂*²/(4 s* (λ₁ − λ₂))).
        var second = 1 / 0.1;
        var x = 8 * 0.81 * weight * weight * second / (1 - (8 * 0.01 * second / (4 * 0.8)));
        escape.Coefficient.ShouldBe(x / (8 * 0.9 * weight * Math.Sqrt(second)), 3 * Math.Max(1e-13, weight) * Math.Abs(escape.Coefficient));
    }

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
