using Eigenflow.Systems.UTurnDoubleDescent;
using Shouldly;
using Xunit;

namespace Eigenflow.Tests.UTurnDoubleDescent;

/// <summary>Stages that share a fit are what fits alone give; nothing depends on the unit of features and labels, on the order of rows, or on the number of threads.</summary>
public sealed class FamilyTests
{
    private static readonly CancellationToken None = CancellationToken.None;
    private static readonly (LabelledSample Training, LabelledSample Evaluation) Points = new SmootherProblem { Samples = 60, TestSamples = 40, Dimension = 8 }.Draw(0);
    private static readonly ColumnForm Fourier = new(5, false);

    private static readonly Dictionary<string, (SmootherFamily Family, SmootherModel[] Models)> Cases = new(StringComparer.Ordinal)
    {
        ["forest"] = (new ForestFamily(true, CandidateForm.Root, false, false), [.. new[] { 1, 2, 5 }.Select(trees => new SmootherModel { Trees = trees })]),
        ["bootstrap"] = (new ForestFamily(true, CandidateForm.Root, true, false), [.. new[] { 1, 3 }.Select(trees => new SmootherModel { Trees = trees, Leaves = 6 })]),
        ["boosting"] = (new BoostingFamily(4, 0.85, CandidateForm.Root, true, false), [.. new[] { 1, 3, 7 }.Select(rounds => new SmootherModel { Rounds = rounds })]),
        ["boosters"] = (new BoostingFamily(4, 0.85, CandidateForm.Root, true, false), [.. new[] { 1, 2, 4 }.Select(boosters => new SmootherModel { Rounds = 5, Boosters = boosters })]),
        ["ridge"] = (new LeastSquaresFamily(Fourier), [.. new[] { 0, 0.1, 3 }.Select(ridge => new SmootherModel { Columns = 90, Ridge = ridge })]),
        ["components"] = (new ComponentsFamily(Fourier), [.. new[] { 0, 3, 20 }.Select(components => new SmootherModel { Columns = 90, Components = components })]),
        ["kernel"] = (new KernelFamily(5), [.. new[] { 0.01, 1 }.Select(ridge => new SmootherModel { Ridge = ridge })]),
        ["neighbours"] = (new NeighboursFamily(), [.. new[] { 1, 4, 60 }.Select(neighbours => new SmootherModel { Neighbours = neighbours })]),
    };

    public static TheoryData<string> Names => [.. Cases.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void StagesAreWhatFitsAloneGive(string name)
    {
        var (family, models) = Cases[name];
        var group = family.Groups(models).Single();
        group.ShouldBe(models);
        var together = Measure(family.Fit(Points.Training, group, new FitContext(3, 2, None)), threads: 2);
        for (var stage = 0; stage < models.Length; stage++)
        {
            var alone = Measure(family.Fit(Points.Training, [models[stage]], new FitContext(3, 1, None)), threads: 1)[^1];
            together[stage].Parameters.ShouldBe(alone.Parameters, 1e-9 * alone.Parameters);
            together[stage].SquaredError.ShouldBe(alone.SquaredError, 1e-9 * alone.SquaredError);
            together[stage].LargestMismatch.ShouldBeLessThan(1e-10);
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void NothingDependsOnTheUnitOfLabels(string name)
    {
        var (family, models) = Cases[name];
        foreach (var unit in (double[])[1e9, 1e-9])
        {
            LabelledSample In(LabelledSample points) => points with { Labels = [.. points.Labels.Select(label => unit * label)] };
            var scaled = EffectiveParameters.OfStages(family.Fit(In(Points.Training), models, new FitContext(3, 1, None)), In(Points.Training), In(Points.Evaluation), 1, null, None)[^1];
            var own = Measure(family.Fit(Points.Training, models, new FitContext(3, 1, None)))[^1];
            scaled.Parameters.ShouldBe(own.Parameters, 1e-9 * own.Parameters);
            scaled.SquaredError.ShouldBe(unit * unit * own.SquaredError, 1e-9 * unit * unit * own.SquaredError);
        }
    }

    [Theory]
    [InlineData("forest")]
    [InlineData("boosting")]
    [InlineData("neighbours")]
    [InlineData("ridge")]
    public void NothingDependsOnTheOrderOfRows(string name)
    {
        var (family, models) = Cases[name];
        var (n, d, k) = (Points.Training.Rows, Points.Training.Features, Points.Training.Outputs);
        int[] order = [.. Enumerable.Range(0, n).OrderBy(row => row * 37 % n)];
        var permuted = new LabelledSample(n, d, [.. order.SelectMany(row => Points.Training.Input(row).ToArray())], k, [.. order.SelectMany(row => Points.Training.Label(row).ToArray())]);
        var other = EffectiveParameters.OfStages(family.Fit(permuted, models, new FitContext(3, 1, None)), permuted, Points.Evaluation, 1, null, None)[^1];
        var own = Measure(family.Fit(Points.Training, models, new FitContext(3, 1, None)))[^1];
        other.Parameters.ShouldBe(own.Parameters, 1e-9 * own.Parameters);
        other.SquaredError.ShouldBe(own.SquaredError, 1e-9 * own.SquaredError);
    }

    [Theory]
    [InlineData(1e9)]
    [InlineData(1e-9)]
    public void TreesDoNotDependOnTheUnitOfFeatures(double unit)
    {
        var (family, models) = Cases["forest"];
        LabelledSample In(LabelledSample points) => points with { Inputs = [.. points.Inputs.Select(input => unit * input)] };
        var scaled = EffectiveParameters.OfStages(family.Fit(In(Points.Training), models, new FitContext(3, 1, None)), In(Points.Training), In(Points.Evaluation), 1, null, None)[^1];
        scaled.Parameters.ShouldBe(Measure(family.Fit(Points.Training, models, new FitContext(3, 1, None)))[^1].Parameters, 1e-12);
    }

    [Fact]
    public void ConstantLabelsHaveOneLeaf()
    {
        var constant = Points.Training with { Outputs = 1, Labels = [.. Enumerable.Repeat(0.1, 60)] };
        RegressionTree.Grow(constant, constant.Labels, null, new TreeOptions()).Leaves.Count.ShouldBe(1);
    }

    [Fact]
    public void BoostingNormalisesByTheSumOfItsRows()
    {
        BoostedTrees Boost(bool isNormalised) => new(Points.Training, 0.5, [2], _ => new TreeOptions { Leaves = 3 }) { IsNormalised = isNormalised };
        BoostedTrees.RowSum(0.5, 2).ShouldBe(0.75);
        Measure(Boost(true))[0].Parameters.ShouldBe(Measure(Boost(false))[0].Parameters / (0.75 * 0.75), 1e-9);
    }

    [Theory]
    [InlineData(new[] { 3.0, 1, 2, 1 }, 1)]
    [InlineData(new[] { 3.0, 1, 1.05, 1 }, 0)]
    [InlineData(new[] { 1.0, 2, 3 }, 0)]
    [InlineData(new[] { 1.0, 2, 1, 5, double.PositiveInfinity, 4 }, 2)]
    [InlineData(new[] { 3.0, 2, 1 }, 0)]
    public void MaximaStandOut(double[] values, int count) => FoldBack.Count(values).ShouldBe(count);

    [Fact]
    public void AFoldIsScoredWithItsIntervals()
    {
        // Up to row 4 parameters grow and the error is U-shaped; then they fall again, and the error with them, below the first part.
        double[] parameters = [1, 2, 4, 8, 16, 7, 3], error = [4, 1, 2, 4, 8, 2, 1];
        var score = FoldBack.Of(7, 3, 4, (replica, row) => error[row] * (1 + (0.01 * replica)), (_, row) => parameters[row], 1);
        score.Maxima.ShouldBe(new CountInterval(1, 1, 1));
        score.Folded.ShouldBe(new CountInterval(0, 0, 0));
        score.Turn.ShouldBe(4);
        score.Excess.Value.ShouldBeLessThan(1);
        FoldBack.Of(7, 1, null, (_, row) => error[row], (_, row) => parameters[row], 1).Maxima.Low.ShouldBe(double.NaN);
    }

    [Fact]
    public void FoldsOfErrorsThatAreZeroAreNoHigher()
    {
        double[] parameters = [1, 2, 4, 8, 3], error = [4, 0, 0, 0, 0];
        FoldBack.Of(5, 1, 3, (_, row) => error[row], (_, row) => parameters[row], 1).Excess.Value.ShouldBe(1);
    }

    private static EffectiveParameters[] Measure(Smoother smoother, int threads = 1) => EffectiveParameters.OfStages(smoother, Points.Training, Points.Evaluation, threads, null, None);
}
