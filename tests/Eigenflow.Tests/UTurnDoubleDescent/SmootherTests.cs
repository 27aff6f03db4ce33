using Eigenflow.Systems.UTurnDoubleDescent;
using Shouldly;
using Xunit;

namespace Eigenflow.Tests.UTurnDoubleDescent;

/// <summary>Every smoother against numbers of an independent program, on points without chance, and against its own predictions.</summary>
public sealed class SmootherTests
{
    private static readonly double[] Frequencies = [.. Points(3, 10, 3, 5, 7).Select(value => 4 * ((2 * value) - 1))];
    private static readonly LabelledSample Training = Make(12, 2, 3, 5);
    private static readonly LabelledSample Evaluation = Make(20, 7, 11, 13);

    [Theory]
    [InlineData(1, 1, 1, double.NaN, double.NaN)]
    [InlineData(2, 2, 2.057142857, 0.1378699242, -0.3871199494)]
    [InlineData(4, 4, 3.95, 0.049023387, -0.1741558485)]
    [InlineData(8, 8, 7.6, 0.004510679721, -0.03640631892)]
    [InlineData(100, 12, 12, 0, -0.1094555721)]
    public void OneTree(int leaves, double train, double test, double error, double prediction)
    {
        var tree = Forest(Training, [RegressionTree.Grow(Training, Training.Labels, null, new TreeOptions { Leaves = leaves })]);
        Check(tree, train, test, error, prediction, 1);
        Measure(tree, Training).Trace.ShouldBe(train, 1e-9, "S is idempotent");
    }

    [Theory]
    [InlineData(4, 2.652407407, 4, 2.103555556, 0.08360733952)]
    [InlineData(12, 12, 12, 4.666666667, 0)]
    public void AForestOfThreeTreesOfOneColumnEach(int leaves, double train, double trace, double test, double error)
    {
        var forest = Forest(Training, [.. Enumerable.Range(0, 3).Select(b => RegressionTree.Grow(Training, Training.Labels, null, new TreeOptions { Leaves = leaves, Columns = [b] }))]);
        Check(forest, train, test, error, double.NaN, 1);
        Measure(forest, Training).Trace.ShouldBe(trace, 1e-9);
    }

    [Fact]
    public void Boosting()
    {
        foreach (var (rounds, train, trace, test, sum, error, prediction) in new[]
        {
            (1, 2.1675, 2.55, 2.281035714, 0.85, 0.09461250594, -0.329051957), (2, 3.47588852, 3.831938776, 3.372718469, 0.9775, 0.03953615746, -0.1901265195),
            (3, 4.717199673, 5.181888393, 4.923944083, 0.996625, 0.01865148469, -0.2013262343), (4, 5.343233162, 6.082893242, 6.444113945, 0.99949375, 0.009597451765, -0.2428357606),
        })
        {
            var boosted = new BoostedTrees(Training, 0.85, [rounds], _ => new TreeOptions { Leaves = 3 });
            Check(boosted, train, test, error, prediction, sum);
            Measure(boosted, Training).Trace.ShouldBe(trace, 1e-8);
        }
    }

    [Theory]
    [InlineData(4, 4, 4.916158584, 0.1620111114)]
    [InlineData(8, 8, 86.9625344, 0.6851982909)]
    [InlineData(12, 12, 2813.744039, -6.594454681)]
    [InlineData(14, 12, 1456.021094, -2.004505351)]
    [InlineData(20, 12, 523.7826345, -2.645314282)]
    public void FourierFeaturesOfMinimumNorm(int columns, double train, double test, double prediction)
    {
        var fit = SpectralSmoother.LeastSquares(Training, FeatureMap.Fourier(Frequencies, columns), 0.0);
        Check(fit, train, test, double.NaN, prediction, double.NaN);
        Measure(fit, Training).ErrorBased.ShouldBe(train, 1e-6, "S is a projection");
    }

    [Theory]
    [InlineData(2, 3, 2.462679885)]
    [InlineData(5, 6, 6.384256519)]
    [InlineData(9, 10, 91.62816196)]
    public void PrincipalComponents(int components, double train, double test) =>
        Check(SpectralSmoother.Components(Training, FeatureMap.Fourier(Frequencies, 20), components), train, test, double.NaN, double.NaN, 1);

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(12)]
    public void NeighboursHaveTheirShareOfThePoints(int neighbours) => Check(new NearestNeighbours(Training, neighbours), 12.0 / neighbours, 12.0 / neighbours, double.NaN, double.NaN, 1);

    [Fact]
    public void ARidgeCountsLessThanItsTrace()
    {
        var ridge = Measure(SpectralSmoother.LeastSquares(Training, FeatureMap.Inputs(3), 0.1), Training);
        ridge.Parameters.ShouldBeLessThan(ridge.Trace);
        ridge.Trace.ShouldBeLessThan(3);
        ridge.LargestMismatch.ShouldBeLessThan(1e-10);
    }

    [Fact]
    public void ABootstrapCountsRepeatedPoints()
    {
        int[] drawn = [0, 0, 0, 1, 2, 5, 5, 7, 8, 9, 9, 11];
        var forest = Forest(Training, [RegressionTree.Grow(Training, Training.Labels, drawn, new TreeOptions { Leaves = 3 })]);
        Measure(forest, Evaluation).LargestMismatch.ShouldBeLessThan(1e-12);
        var (weights, _) = First(forest);
        weights.Sum().ShouldBe(1, 1e-12);
        weights[3].ShouldBe(0, "it was not drawn");
    }

    [Fact]
    public void CandidatesAreDrawnAlikeFromASeedAndOtherwiseFromAnother()
    {
        RegressionTree Grow(ulong seed, uint tree) => RegressionTree.Grow(Training, Training.Labels, null, new TreeOptions { Leaves = 6, Candidates = 1, Seed = seed, Tree = tree });
        string Leaves(RegressionTree tree) => string.Join(';', tree.Leaves.Select(leaf => string.Join(',', leaf)));
        Leaves(Grow(1, 0)).ShouldBe(Leaves(Grow(1, 0)));
        Enumerable.Range(0, 8).Select(tree => Leaves(Grow(1, (uint)tree))).Distinct().Count().ShouldBeGreaterThan(1);
        Enumerable.Range(0, 8).Select(seed => Leaves(Grow((ulong)seed, 0))).Distinct().Count().ShouldBeGreaterThan(1);
    }

    [Fact]
    public void CandidatesThatAreEqualEverywhereDoNotEndATree()
    {
        double[] inputs = [.. Enumerable.Range(0, 12).SelectMany(row => Enumerable.Range(0, 20).Select(column => column == 13 ? row : 0.5))];
        var marks = Training with { Features = 20, Inputs = inputs };
        foreach (var tree in Enumerable.Range(0, 4))
            RegressionTree.Grow(marks, marks.Labels, null, new TreeOptions { Candidates = 4, Tree = (uint)tree }).Leaves.Count.ShouldBe(12);
    }

    [Fact]
    public void AColumnThatIsEqualEverywhereIsNoComponent()
    {
        LabelledSample With(LabelledSample points) => points with { Features = 4, Inputs = [.. Enumerable.Range(0, points.Rows).SelectMany(row => (double[])[.. points.Input(row), 0.1])] };
        var own = Measure(SpectralSmoother.Components(Training, FeatureMap.Inputs(3), 3), Evaluation);
        var training = With(Training);
        var other = EffectiveParameters.Of(SpectralSmoother.Components(training, FeatureMap.Inputs(4), 3), training, With(Evaluation), TestContext.Current.CancellationToken);
        other.Parameters.ShouldBe(own.Parameters, 1e-10);
        other.SquaredError.ShouldBe(own.SquaredError, 1e-10);
    }

    [Fact]
    public void WhatIsNotAllowedIsRefused()
    {
        Should.Throw<ParameterException>(() => RegressionTree.Grow(Training, Training.Labels, null, new TreeOptions { Leaves = 0 })).Parameter.ShouldBe("leaves");
        Should.Throw<ParameterException>(() => RegressionTree.Grow(Training, Training.Labels, null, new TreeOptions { Leaves = -3 })).Parameter.ShouldBe("leaves");
        foreach (var rate in (double[])[0, -1, 2, double.NaN])
            Should.Throw<ParameterException>(() => new BoostedTrees(Training, rate, [1], _ => new TreeOptions())).Message.ShouldContain("diverges for learning rates >= 2");
        Should.Throw<ParameterException>(() => SpectralSmoother.Components(Training, FeatureMap.Fourier(Frequencies, 8), 9)).Parameter.ShouldBe("components");
        Should.Throw<ParameterException>(() => SpectralSmoother.LeastSquares(Training, FeatureMap.Inputs(3), -1)).Parameter.ShouldBe("ridge");
        Should.Throw<ParameterException>(() => new NearestNeighbours(Training, 13)).Parameter.ShouldBe("neighbours");
        Should.Throw<ParameterException>(() => new LabelledSample(1, 1, [1], 1, [1]).Validate()).Parameter.ShouldBe("samples");
        Should.Throw<ParameterException>(() => new LabelledSample(2, 1, [1, double.NaN], 1, [1, 2]).Validate()).Message.ShouldContain("finite numbers");
        Should.Throw<ParameterException>(() => new LabelledSample(2, 1, [1, 2], 1, [1]).Validate()).Message.ShouldContain("one label per row");
        Should.Throw<ParameterException>(() => EffectiveParameters.Of(new NearestNeighbours(Training, 1), Training, new LabelledSample(0, 3, [], 1, []))).Parameter.ShouldBe("test");
    }

    private static EffectiveParameters Measure(Smoother smoother, LabelledSample points) => EffectiveParameters.Of(smoother, Training, points, TestContext.Current.CancellationToken);

    // Reference numbers; not a number where there is none.
    private static void Check(Smoother smoother, double train, double test, double error, double prediction, double sum)
    {
        var (onTraining, onOthers) = (Measure(smoother, Training), Measure(smoother, Evaluation));
        onTraining.Parameters.ShouldBe(train, 1e-6 * train);
        onOthers.Parameters.ShouldBe(test, 1e-6 * test);
        onTraining.LargestMismatch.ShouldBeLessThan(1e-10);
        onOthers.LargestMismatch.ShouldBeLessThan(1e-10);
        var (weights, predicted) = First(smoother);
        if (!double.IsNaN(error))
            onTraining.SquaredError.ShouldBe(error, (1e-6 * error) + 1e-20);
        if (!double.IsNaN(prediction))
            predicted[0].ShouldBe(prediction, 1e-6 * Math.Abs(prediction));
        if (!double.IsNaN(sum))
            weights.Sum().ShouldBe(sum, 1e-9);
    }

    private static MeanSmoother Forest(LabelledSample sample, IReadOnlyList<RegressionTree> trees) => new([.. trees.Select(tree => new TreeSmoother(sample, tree))]);

    // The row and the prediction at the first point of evaluation.
    private static (double[] Weights, double[] Predicted) First(Smoother smoother)
    {
        double[] weights = new double[12], predicted = new double[1];
        var factor = double.NaN;
        smoother.Visit(Evaluation, 0, 1, weights, predicted, (_, scale) => factor = scale);
        return ([.. weights.Select(weight => factor * weight)], [.. predicted.Select(value => factor * value)]);
    }

    private static LabelledSample Make(int rows, double a, double b, double c)
    {
        var inputs = Points(rows, 3, a, b, c);
        return new LabelledSample(rows, 3, inputs, 1, [.. Enumerable.Range(0, rows).Select(i => Math.Sin(2 * Math.PI * inputs[3 * i]) + (0.5 * inputs[(3 * i) + 1] * inputs[(3 * i) + 1]) + (0.3 * Math.Cos(37 * (i + 1))))]);
    }

    private static double[] Points(int rows, int columns, double a, double b, double c) =>
        [.. from i in Enumerable.Range(1, rows) from j in Enumerable.Range(1, columns) let value = (Math.Sqrt(a) * i) + (Math.Sqrt(b) * j) + (Math.Sqrt(c) * i * j) select value - Math.Floor(value)];
}
