using Eigenflow.Random;
using Eigenflow.Systems.UTurnDoubleDescent;
using Shouldly;
using Xunit;

namespace Eigenflow.Tests.UTurnDoubleDescent;

/// <summary>Closed forms of effective parameters against numbers of an independent program, against drawn designs, and the laws of ensembles.</summary>
public sealed class SmootherTheoryTests
{
    [Theory]
    [InlineData(50, 0, 0, 0, 50, 50, 50, 100)]
    [InlineData(300, 1, 0, 1.889307669, 100, 44.50590505, 100, 80.19935292)]
    [InlineData(300, 1, 2, 4.691234142, 57.36729527, 19.41222413, 37.2882284, 24.08829866)]
    [InlineData(1000, 1.5, 1e-3, 0.2756692185, 99.63724641, 40.43815935, 99.27670211, 67.89272949)]
    [InlineData(400, 0, 0, 300, 100, 25, 100, 100 / 3.0)]
    public void TheAsymptoticsAreThoseOfTheSheet(int columns, double exponent, double ridge, double kappa, double trace, double second, double train, double test)
    {
        var theory = SmootherTheory.Of(100, columns, exponent, ridge);
        theory.Kappa.ShouldBe(kappa, 1e-8 * Math.Max(1, kappa));
        theory.Trace.ShouldBe(trace, 1e-8 * trace);
        theory.Second.ShouldBe(second, 1e-8 * second);
        theory.Train.ShouldBe(train, 1e-8 * train);
        theory.Test.ShouldBe(test, 1e-8 * test);
    }

    [Fact]
    public void TheThresholdIsInfinite()
    {
        SmootherTheory.Of(100, 100, 0, 0).Test.ShouldBe(double.PositiveInfinity);
        SmootherTheory.IsotropicTest(100, 100).ShouldBe(double.PositiveInfinity);
        foreach (var ridge in (double[])[-1, double.NaN, double.PositiveInfinity])
            Should.Throw<ParameterException>(() => SmootherTheory.Of(100, 50, 0, ridge)).Parameter.ShouldBe("ridge");
    }

    // Mean over 60 designs against the exact mean, within four of its own standard errors.
    [Theory]
    [InlineData(40, 20)]
    [InlineData(40, 80)]
    public void DrawnDesignsHaveTheExactMean(int samples, int columns)
    {
        var measured = Enumerable.Range(0, 60).Select(replica =>
        {
            var training = Gaussian(samples, columns, replica, 0);
            return EffectiveParameters.Of(SpectralSmoother.LeastSquares(training, FeatureMap.Inputs(columns), 0.0), training, Gaussian(100, columns, replica, 1), TestContext.Current.CancellationToken).Parameters;
        }).ToArray();
        var mean = measured.Average();
        var error = Math.Sqrt(measured.Sum(value => (value - mean) * (value - mean)) / 59 / 60);
        error.ShouldBeLessThan(0.1 * mean);
        mean.ShouldBe(SmootherTheory.IsotropicTest(samples, columns), 4 * error);
    }

    [Fact]
    public void TheLawOfEnsemblesIsTheMeanOverAllChoices()
    {
        var data = new PrototypeData();
        var (training, evaluation) = (data.ForTraining(60), data.ForEvaluation(40));
        RegressionTree[] trees = [.. Enumerable.Range(0, 4).Select(b => RegressionTree.Grow(training, training.Labels, null, new TreeOptions { Candidates = 5, Tree = (uint)b }))];
        EffectiveParameters Measure(params RegressionTree[] of) => EffectiveParameters.Of(Forest(training, of), training, evaluation, TestContext.Current.CancellationToken);
        var law = EnsembleLaw.Of([.. trees.Select(tree => (Smoother)Forest(training, [tree]))], training, evaluation, TestContext.Current.CancellationToken);
        EffectiveParameters[] pairs = [.. from a in Enumerable.Range(0, 4) from b in Enumerable.Range(0, a) select Measure(trees[a], trees[b])];
        foreach (var (count, ensembles) in new[] { (1, trees.Select(tree => Measure(tree)).ToArray()), (2, pairs), (4, [Measure(trees)]) })
        {
            law.Parameters(count).ShouldBe(ensembles.Average(one => one.Parameters), 1e-9);
            law.Error(count).ShouldBe(ensembles.Average(one => one.SquaredError), 1e-12);
        }

        law.Pair.ShouldBeLessThan(law.One);
    }

    [Fact]
    public void FullyGrownTreesKeepTheirParametersInTrainingAndLoseThemInTest()
    {
        // Labels without ties: every tree separates all points.
        var training = Gaussian(50, 6, 0, 0);
        var evaluation = Gaussian(50, 6, 0, 1);
        RegressionTree[] trees = [.. Enumerable.Range(0, 20).Select(b => RegressionTree.Grow(training, training.Labels, null, new TreeOptions { Candidates = 2, Tree = (uint)b }))];
        double Parameters(int count, LabelledSample at) => EffectiveParameters.Of(Forest(training, trees[..count]), training, at, TestContext.Current.CancellationToken).Parameters;
        double[] tests = [.. ((int[])[1, 2, 5, 20]).Select(count => Parameters(count, evaluation))];
        foreach (var count in (int[])[1, 2, 5, 20])
            Parameters(count, training).ShouldBe(50, 1e-9);
        tests[0].ShouldBe(50, 1e-9);
        tests.Zip(tests.Skip(1)).ShouldAllBe(pair => pair.Second < pair.First);
    }

    [Fact]
    public void PrototypesAreDrawnAlikeAndTheirTestLabelsAreClean()
    {
        var data = new PrototypeData { Relabelled = 0.2 };
        data.ForTraining(80).Inputs.ShouldBe(data.ForTraining(80).Inputs);
        var evaluation = data.ForEvaluation(80);
        Enumerable.Range(0, 80).Select(row => evaluation.Labels[(4 * row) + (row % 4)]).ShouldAllBe(label => label == 1);
        var training = data.ForTraining(4000);
        training.Labels.Chunk(4).Select(label => label.Sum()).ShouldAllBe(sum => sum == 1);

        // A label that is drawn anew is the old one in a quarter of the cases: 4 standard errors of a binomial of 4000.
        var kept = Enumerable.Range(0, 4000).Count(row => training.Labels[(4 * row) + (row % 4)] == 1) / 4000.0;
        kept.ShouldBe(0.85, 4 * Math.Sqrt(0.85 * 0.15 / 4000));
        Should.Throw<ParameterException>(() => new PrototypeData { Relabelled = 1.5 }.ForTraining(10)).Parameter.ShouldBe("relabelled");
        Should.Throw<ParameterException>(() => new PrototypeData { Classes = 1 }.ForTraining(10)).Parameter.ShouldBe("classes");
    }

    private static MeanSmoother Forest(LabelledSample sample, IReadOnlyList<RegressionTree> trees) => new([.. trees.Select(tree => new TreeSmoother(sample, tree))]);

    private static LabelledSample Gaussian(int rows, int features, int replica, int stream)
    {
        double[] inputs = new double[rows * features], labels = new double[rows];
        GaussianGenerator.Fill(new GaussianAddress(11, stream, replica, 0), 0, inputs);
        GaussianGenerator.Fill(new GaussianAddress(11, stream + 2, replica, 0), 0, labels);
        return new LabelledSample(rows, features, inputs, 1, labels);
    }
}
