using Eigenflow.Systems;
using Eigenflow.Systems.UTurnDoubleDescent;
using Shouldly;
using Xunit;

namespace Eigenflow.Tests.UTurnDoubleDescent;

/// <summary>Axes and paths as hosts ask for them: what they do not have is refused, and told with a parameter that was given.</summary>
public sealed class SweepTests
{
    private static readonly CancellationToken None = CancellationToken.None;

    [Theory]
    [InlineData("forest", "leaves", "20", "switch says how far leaves grow")]
    [InlineData("boosting", "rounds", "20", "switch says how far rounds grow")]
    [InlineData("components", "components", "20", "switch says how far components grow")]
    [InlineData("forest", "switch", "41", "at most 40 leaves")]
    [InlineData("boosting", "switch", "70000", "at most 65535 rounds")]
    [InlineData("components", "switch", "41", "at most 40 components")]
    [InlineData("components", "columns", "30", "at least samples - 1 = 39")]
    [InlineData("boosting", "learning-rate", "0.001", "1000 rounds leave more than 0.0001")]
    [InlineData("forest", "at", "1e18", "a count of at most")]
    public void WhatAPathDoesNotHaveIsRefused(string method, string name, string value, string expected) => Refused(method, "path", name, value).ShouldContain(expected);

    [Theory]
    [InlineData("tree", "leaves", "2.5,3", "whole numbers of leaves")]
    [InlineData("forest", "trees", "0,3", "trees from 1 to")]
    [InlineData("boosting", "rounds", "70000", "rounds from 1 to 65535")]
    [InlineData("neighbours", "neighbours", "41", "neighbours from 1 to 40")]
    public void ValuesThatAnAxisDoesNotHaveAreRefused(string method, string along, string at, string expected) => Refused(method, along, "at", at).ShouldContain(expected);

    [Theory]
    [InlineData(1e9)]
    [InlineData(1e-9)]
    public void AGridOfRidgesFollowsTheUnitOfTheInputs(double unit)
    {
        var points = new SmootherProblem { Samples = 40, Dimension = 5 }.Draw(0).Training;
        var scaled = points with { Inputs = [.. points.Inputs.Select(input => unit * input)] };
        var family = new LeastSquaresFamily(new ColumnForm(null, false));
        var sweep = new SmootherSweep { MethodName = "ridge", Along = "ridge", Family = family, Model = new SmootherModel { Columns = 5 } };
        double[] Grid(LabelledSample training) => SweepPlan.Of(sweep, training, new FitContext(1, 1, None), (from, to) => [from, to]).Values;
        foreach (var (value, own) in Grid(scaled).Zip(Grid(points)))
            value.ShouldBe(unit * unit * own, 1e-9 * unit * unit * own);
    }

    [Fact]
    public void ForestsOfSeparateOutputsTurnWhereTheirOwnTreesEnd()
    {
        var points = new SmootherProblem { Samples = 60, Dimension = 8 }.Draw(0).Training;
        var context = new FitContext(3, 1, None);
        double Of(LabelledSample sample) => new ForestFamily(true, CandidateForm.Root, false, false).Interpolation(sample, context);
        new ForestFamily(true, CandidateForm.Root, false, true).Interpolation(points, context).ShouldBe(Enumerable.Range(0, points.Outputs).Max(output => Of(points.Only(output))));
    }

    [Fact]
    public void PlacesBesideTheSwitchBelongToOneSideOfIt()
    {
        var sweep = new SmootherSweep
        {
            MethodName = "forest",
            Along = SmootherSweep.PathAxis,
            Family = new ForestFamily(true, CandidateForm.Root, false, false),
            Model = new SmootherModel { Trees = 8 },
            Switch = new SwitchForm(16),
            At = [2, 4, 12, 32, 128],
        };
        var solution = new SmootherProblem { Samples = 60, TestSamples = 40, Dimension = 8 }.Solve(sweep, null, None);
        double[] error = solution["test-error"], parameters = solution["p-test"];
        solution.Axis.Values.ShouldBe([2, 4, 12, 32, 128]);
        var expected = FoldBack.Of(5, 1, 2, (_, row) => error[row], (_, row) => parameters[row], 1).Excess.Value;
        expected.ShouldBeGreaterThan(0, "the forests have parameters between those of the trees");
        solution.Events["folded-excess"].ShouldBe(expected);
    }

    private static string Refused(string method, string along, string name, string value)
    {
        var system = SystemCatalog.Find(UTurnSystem.Identifier);
        return Should.Throw<EigenflowException>(() => system.Solve(system.Complete(method, new Setting([new("samples", 40L), new("test-samples", 5L), new("replicas", 1L), new("along", along), new(name, Value())])))).Message;

        object Value() => name switch
        {
            "at" => value.Split(',').Select(one => double.Parse(one, System.Globalization.CultureInfo.InvariantCulture)).ToArray(),
            "switch" => value,
            "learning-rate" => double.Parse(value, System.Globalization.CultureInfo.InvariantCulture),
            _ => long.Parse(value, System.Globalization.CultureInfo.InvariantCulture),
        };
    }
}
