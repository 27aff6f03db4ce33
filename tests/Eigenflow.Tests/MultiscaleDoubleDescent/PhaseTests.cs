using Eigenflow.Systems.MultiscaleDoubleDescent;
using Shouldly;
using Xunit;

namespace Eigenflow.Tests.MultiscaleDoubleDescent;

/// <summary>The shape of an error over time, and what it does in the model.</summary>
public sealed class PhaseTests
{
    [Theory]
    [InlineData(ErrorShape.Monotone, 0, new[] { 5.0, 4, 3, 3, 2 })]
    [InlineData(ErrorShape.UShaped, 1, new[] { 5.0, 4, 3, 4 })]
    [InlineData(ErrorShape.DoubleDescent, 2, new[] { 5.0, 3, 4, 2, 1 })]
    [InlineData(ErrorShape.DoubleDescent, 3, new[] { 5.0, 3, 4, 2, 3 })]
    [InlineData(ErrorShape.Other, 1, new[] { 1.0, 2, 1 })]
    [InlineData(ErrorShape.MultipleDescent, 4, new[] { 5.0, 3, 4, 2, 3, 1 })]
    [InlineData(ErrorShape.Monotone, 0, new[] { 3.0, 2, 2 + 9e-8, 1 })]
    [InlineData(ErrorShape.Monotone, 0, new[] { 3.0 })]
    [InlineData(ErrorShape.Monotone, 0, new double[0])]
    public void ShapesAreToldFromTurningPoints(ErrorShape shape, int points, double[] errors)
    {
        var phases = ErrorPhases.Of([.. Enumerable.Range(1, errors.Length).Select(time => (double)time)], errors);
        phases.Shape.ShouldBe(shape);
        phases.Points.Count.ShouldBe(points);
    }

    [Fact]
    public void ASlowRiseIsNoNoise()
    {
        // Every step is below the threshold, all together are not.
        double[] errors = [.. Enumerable.Range(0, 100).Select(k => 1 + (5e-8 * Math.Abs(k - 50)))];
        ErrorPhases.Of([.. Enumerable.Range(0, 100).Select(k => (double)k)], errors).Points.ShouldHaveSingleItem().Time.ShouldBe(50);
    }

    [Fact]
    public void TurningPointsAreRefined()
    {
        // Minima of (ln t − 1)² (ln t − 4)² at e and e⁴, the maximum at e^2.5.
        var phases = ErrorPhases.Of(time => Math.Pow((Math.Log(time) - 1) * (Math.Log(time) - 4), 2), 1, 100);
        phases.Points.Select(point => point.IsMinimum).ShouldBe([true, false, true]);
        foreach (var (point, place) in phases.Points.Zip(new[] { 1, 2.5, 4 }))
            Math.Log(point.Time).ShouldBe(place, 1e-4);
    }

    [Fact]
    public void EventsDoNotDependOnTheSavedRows()
    {
        var problem = Cases.TwoScale(110, 100, 70, 30, 0.2);
        var (few, many) = (problem.Solve(new GradientFlow { Times = [1e6] }), problem.Solve(new GradientFlow { Until = 1e6, Points = 50 }));
        few.Rows.ShouldBe(1);
        few.Events.ShouldBe(many.Events);
        few.Events.Values.ShouldAllBe(time => time > 0);

        // What lies behind the end is not reached.
        problem.Solve(new GradientFlow { Until = 20, Points = 5 }).Events.Count(pair => pair.Value is not null).ShouldBe(2);
    }

    [Fact]
    public void FarApartTheScalesAreTwoProblemsOfOneScale()
    {
        var problem = Cases.TwoScale(110, 100, 70, 1e4, 0.2);
        var (theory, separation) = (new ExactTheory(problem), new ScaleSeparation(problem));
        (2 * theory.Ridge(1e-8).Error).ShouldBe(0.5665865, 1e-6);
        (2 * separation.SlowRidgeError(1e-8)).ShouldBe(0.5665865, 1e-6);
        theory.Flow(2).Error.ShouldBe(separation.FastError(2), 1e-6);
        theory.Flow(3e9).Error.ShouldBe(separation.SlowError(3e9), 1e-4);
        separation.Plateau.ShouldBe(0.5 * ((0.34 * 110 / 40) - 0.04), 1e-12);
    }

    [Fact]
    public void EdgesAreThoseOfMarchenkoAndPastur()
    {
        foreach (var (n, d) in ((int, int)[])[(200, 100), (50, 100)])
        {
            var edges = SampleEdges.Of(Cases.Scales(n, 0, (0.5, d)));
            edges.Largest.ShouldBe(0.25 * Math.Pow(Math.Sqrt(n) + Math.Sqrt(d), 2) / d, 1e-6);
            edges.Lowest.ShouldBe(0.25 * Math.Pow(Math.Sqrt(n) - Math.Sqrt(d), 2) / d, 1e-6);
        }

        SampleEdges.Of(Cases.TwoScale(150, 100, 60, 1e4)).Largest.ShouldBe(Math.Pow(Math.Sqrt(150) + Math.Sqrt(60), 2) / 100, 1e-3);
        (1 / SampleEdges.Of(Cases.TwoScale(150, 100, 60, 50)).Largest).ShouldBe(0.25, 0.01);
    }

    [Fact]
    public void TheEndOfTheFlowIsRidgeRegression()
    {
        foreach (var problem in (MultiscaleProblem[])[Cases.TwoScale(110, 100, 70, 7, 0.2), Cases.TwoScale(110, 100, 70, 7, 0.2) with { Ridge = 0.01 }, Cases.PowerLaw, Cases.TwoScale(60, 100, 70, 7, 0.2)])
        {
            var theory = new ExactTheory(problem);
            var (flow, ridge) = (theory.Flow(1e9), theory.Ridge(problem.Ridge));
            flow.Error.ShouldBe(ridge.Error, 1e-6);
            flow.Alignment.ShouldBe(ridge.Alignment, 1e-6);
            flow.Norm.ShouldBe(ridge.Norm, 1e-6);
        }

        (2 * new ExactTheory(Cases.TwoScale(110, 100, 70, 7, 0.2)).Ridge(0).Error).ShouldBe(0.04 * 100 / 10, 1e-12);
        double.IsPositiveInfinity(new ExactTheory(Cases.TwoScale(100, 100, 70, 7, 0.2)).Ridge(0).Error).ShouldBeTrue();
    }

    [Fact]
    public void ALargePowerLawCostsWhatASmallOneDoes()
    {
        // Nodes of the compressed law against the modes one by one.
        var law = new MultiscaleProblem { Samples = 800, Scales = FeatureScales.PowerLaw(2000, 1.5), Noise = 0.01 };
        var modes = law with { Scales = FeatureScales.Of([.. Enumerable.Range(1, 2000).Select(j => Math.Pow(j, -0.75))], [.. Enumerable.Repeat(1L, 2000)]) };
        var (compressed, full) = (new ExactTheory(law), new ExactTheory(modes));
        compressed.Ridge(1e-3).Error.ShouldBe(full.Ridge(1e-3).Error, 1e-10);
        compressed.Flow(1000).Error.ShouldBe(full.Flow(1000).Error, 1e-9);
    }
}
