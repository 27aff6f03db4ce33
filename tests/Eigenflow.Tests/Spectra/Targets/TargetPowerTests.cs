using Eigenflow.Data;
using Eigenflow.Random;
using Eigenflow.Spectra.Estimation;
using Shouldly;
using Xunit;

namespace Eigenflow.Tests.Spectra;

/// <summary>The variance of labels that every mode explains: an example by hand, units, the three ways of finding modes, chance.</summary>
public sealed class TargetPowerTests(ITestOutputHelper output)
{
    // Columns ±2 and ±1, y = 3 x1 + 5 x2 + ½ (+, −, −, +): covariance diag(16/3, 4/3), powers 9·16/3 and 25·4/3, residual variance 1/3 over 3 degrees of freedom of which one is left.
    [Theory]
    [InlineData(0.0)]
    [InlineData(0.6)]
    public void AnExampleByHand(double angle)
    {
        var (cos, sin) = (Math.Cos(angle), Math.Sin(angle));
        double[] first = [2, 2, -2, -2], second = [1, -1, 1, -1], rest = [0.5, -0.5, -0.5, 0.5];
        var data = new DataMatrix(4, 2, [.. Enumerable.Range(0, 4).SelectMany(row => new[] { (cos * first[row]) - (sin * second[row]) + 7, (sin * first[row]) + (cos * second[row]) - 3 })]);
        double[] labels = [.. Enumerable.Range(0, 4).Select(row => (3 * first[row]) + (5 * second[row]) + rest[row] + 100)];
        var target = Estimate(data, labels).Target.ShouldNotBeNull();
        Close(target.Power, [48, 100 / 3.0], 1e-13);
        target.Variance.ShouldBe(48 + (100 / 3.0) + (1 / 3.0), 1e-12);
        target.Explained.ShouldBe((48 + (100 / 3.0)) / (48 + (101 / 3.0)), 1e-14);
        target.NoiseVariance!.Value.ShouldBe(1, 1e-11);
        target.ChancePower!.Value.ShouldBe(1 / 3.0, 1e-11);
        target.ExplainedWithoutChance!.Value.ShouldBe(1 - (3 / 245.0), 1e-12);
        target.NoiseError!.Value.ShouldBe(Math.Sqrt(2), 1e-14);
    }

    // About zero nothing is subtracted, and the divisor is n: E[y x] of x = (1, 3), y = (2, 4) is 7, E x² is 5, E y² is 10.
    [Fact]
    public void WithoutCentringMeanSquaresAreExplained()
    {
        var target = SpectrumEstimate.FromData(new DataMatrix(2, 1, [1, 3]), new SpectrumEstimateOptions { Centre = false, Labels = LabelColumn.Of([2, 4]) }, TestContext.Current.CancellationToken).Target!;
        target.Power.Single().ShouldBe(49 / 5.0, 1e-13);
        target.Variance.ShouldBe(10, 1e-13);
    }

    [Theory]
    [InlineData(200, 12)]
    [InlineData(40, 90)]
    public void UnitsMeansAndOrderOfRowsChangeNothing(int rows, int columns)
    {
        var (data, labels) = Rows(rows, columns, 1.2, 1.5, 0.3, 5);
        var target = Estimate(data, labels).Target!;
        foreach (var (scale, shift, unit, origin) in new[] { (1e9, 0.0, 1.0, 0.0), (1e-9, 0, 1, 0), (1, 0, 1e9, 0), (1, 0, 1e-9, 0), (1, 1e4, 1, -1e4) })
        {
            var other = Estimate(new DataMatrix(rows, columns, [.. data.Values.Select(value => (scale * value) + shift)]), [.. labels.Select(value => (unit * value) + origin)]).Target!;
            Close([.. other.Power.Select(value => value / unit / unit)], target.Power, 1e-8);
            (other.Variance / unit / unit).ShouldBe(target.Variance, 1e-10 * target.Variance);
        }

        int[] order = [.. Enumerable.Range(0, rows).OrderBy(row => (row * 7919) % rows)];
        var shuffled = new DataMatrix(rows, columns, [.. order.SelectMany(row => data.Row(row).ToArray())]);
        Close(Estimate(shuffled, [.. order.Select(row => labels[row])]).Target!.Power, target.Power, 1e-9);
    }

    // Zero columns turn the covariance of few columns into the Gram matrix of few rows: the same modes.
    [Fact]
    public void GramMatrixAndCovarianceAgree()
    {
        var (data, labels) = Rows(60, 20, 1, 1, 0.5, 9);
        var wide = new DataMatrix(60, 80, [.. Enumerable.Range(0, 60).SelectMany(row => data.Row(row).ToArray().Concat(new double[60]))]);
        var (few, many) = (Estimate(data, labels), Estimate(wide, labels));
        many.Method.ShouldContain("Gram");
        few.Method.ShouldNotContain("Gram");
        Close(many.Target!.Power, few.Target!.Power, 1e-9);
        many.Target.Variance.ShouldBe(few.Target.Variance, 1e-12);
    }

    [Fact]
    public void LeadingModesHaveTheirPower()
    {
        var (data, labels) = Rows(900, 600, 2, 1, 0.1, 3);
        var exact = Estimate(data, labels).Target!;
        using var rows = RowSource.Of(data);
        var found = RangeFinder.Find(rows, data.Rows, true, 40, 2, null, TestContext.Current.CancellationToken);
        var moments = LabelMoments.Of(rows, LabelColumn.Of(labels), data.Rows, true, TestContext.Current.CancellationToken);
        var parts = found.Project(moments.Covariances.Single());
        parts.Length.ShouldBe(40);
        for (var mode = 0; mode < 10; mode++)
            (parts[mode] * parts[mode] / found.Values[mode]).ShouldBe(exact.Power[mode], 1e-6 * exact.Variance, $"mode {mode + 1}");
    }

    [Fact]
    public void ClassesAreIndicatorsSummed()
    {
        var (data, labels) = Rows(150, 8, 1, 1, 0.5, 4);
        double[] kinds = [.. labels.Select(value => value < -0.5 ? 30.0 : value < 0.5 ? 10 : 20)];
        var target = Estimate(data, kinds, LabelKind.Classes).Target!;
        target.Classes.Count.ShouldBe(3);
        TargetPower[] indicators = [.. new[] { 10.0, 20, 30 }.Select(kind => Estimate(data, [.. kinds.Select(value => value == kind ? 1.0 : 0)]).Target!)];
        Close(target.Power, [.. Enumerable.Range(0, 8).Select(mode => indicators.Sum(one => one.Power[mode]))], 1e-11);
        target.Variance.ShouldBe(indicators.Sum(one => one.Variance), 1e-13);
        target.NoiseVariance!.Value.ShouldBe(indicators.Sum(one => one.NoiseVariance!.Value), 1e-12);
        Estimate(data, kinds).Warnings.ShouldContain(text => text.Contains("--label-is classes", StringComparison.Ordinal));

        // Numbers that were taken for classes, because the first of them is a text or somebody said so.
        Estimate(data, labels, LabelKind.Classes).Warnings.ShouldContain(text => text.Contains("has 150 different values", StringComparison.Ordinal) && text.Contains("--label-is numbers", StringComparison.Ordinal));
        Estimate(data, kinds, LabelKind.Classes).Warnings.ShouldNotContain(text => text.Contains("--label-is numbers", StringComparison.Ordinal));
    }

    // Labels that have nothing to do with 100 columns: Σ c_i/σ² (n − 1) is χ² of 100 degrees of freedom given the rows; twelve seeds, four standard deviations.
    [Fact]
    public void ChanceIsWhatIsSaid()
    {
        const int seeds = 12, columns = 100;
        double sum = 0, above = 0;
        for (var seed = 1; seed <= seeds; seed++)
        {
            var (data, _) = Rows(2000, columns, 1, 1, 1, (ulong)seed);
            var noise = new double[2000];
            GaussianGenerator.Fill(new GaussianAddress((ulong)seed, 9, 0, 0), 0, noise);
            var target = Estimate(data, noise).Target!;
            sum += target.Power.Sum() / target.ChancePower!.Value / columns;
            above += target.ModesAboveChance!.Value;
            target.ExplainedWithoutChance!.Value.ShouldBe(0, 4 * Math.Sqrt(2.0 * columns) / 2000 * 2000 / 1900, $"seed {seed}");
        }

        output.WriteLine($"power over chance {sum / seeds:0.000}, modes above the level of one in a hundred {above / seeds / columns:0.0000}");
        (sum / seeds).ShouldBe(1, 4 * Math.Sqrt(2.0 / columns / seeds));
        (above / seeds / columns).ShouldBe(0.01, 4 * Math.Sqrt(0.01 / columns / seeds));
    }

    // Independent columns of variance i^(−1), y = Σ i^(−0.75) z_i + noise: c_i = i^(−1.5).
    [Fact]
    public void APowerLawTargetIsFoundWithItsNoise()
    {
        const int rows = 20_000, columns = 40;
        var (data, labels) = Rows(rows, columns, 1, 1.5, 0.5, 21);
        var target = Estimate(data, labels).Target!;
        target.NoiseVariance!.Value.ShouldBe(0.5, 4 * 0.5 * Math.Sqrt(2.0 / (rows - 1 - columns)));
        target.NoiseError!.Value.ShouldBe(Math.Sqrt(2.0 / (rows - 1 - columns)), 1e-12);
        var truth = Enumerable.Range(1, columns).Select(mode => Math.Pow(mode, -1.5)).ToArray();

        // Modes 1 to 10 from sampling: c has relative standard error 2 √(σ²/(n c)) from noise and √(2/n) of z²; eigenvectors turn by less than that of neighbours at these gaps, a factor two more.
        for (var mode = 0; mode < 10; mode++)
            target.Power[mode].ShouldBe(truth[mode], 4 * 2 * truth[mode] * (Math.Sqrt(2.0 / rows) + (2 * Math.Sqrt(truth.Sum() / rows / truth[mode]))), $"mode {mode + 1}");
        (target.Explained * target.Variance).ShouldBe(truth.Sum(), 0.1);
        var slope = MeanSlope(target.Power[..12]);
        output.WriteLine($"exponent of c_i over modes 1 to 12: {slope:0.00}");
        slope.ShouldBe(-1.5, 0.25);
    }

    [Fact]
    public void FewRowsExplainAnything()
    {
        var (data, labels) = Rows(30, 50, 1, 1, 1, 2);
        var estimate = Estimate(data, labels);
        estimate.Target!.Explained.ShouldBe(1, 1e-12);
        estimate.Target.NoiseVariance.ShouldBeNull();
        estimate.Target.WithoutChance.ShouldBeNull();
        estimate.Warnings.ShouldContain(text => text.Contains("they explain any label", StringComparison.Ordinal));
        Estimate(Rows(90, 20, 1, 1, 1, 2).Data, Rows(90, 20, 1, 1, 1, 2).Labels).Warnings.ShouldContain(text => text.Contains("by chance alone", StringComparison.Ordinal));
    }

    [Fact]
    public void WrongLabelsAreRefused()
    {
        var (data, labels) = Rows(20, 3, 1, 1, 1, 2);
        Should.Throw<ParameterException>(() => Estimate(data, [.. labels.Select(_ => 3.0)])).Message.ShouldContain("all labels are equal");
        Should.Throw<ParameterException>(() => Estimate(data, [.. labels.Select(_ => 3.0)], LabelKind.Classes)).Message.ShouldContain("all rows have the same class");
        Should.Throw<ParameterException>(() => Estimate(data, [.. labels.Select(value => 1e150 * value)])).Message.ShouldContain("1e140");
        Should.Throw<InputFileException>(() => Estimate(data, labels[1..])).Message.ShouldContain("19 labels; expected as many labels as samples, 20");
        Should.Throw<InputFileException>(() => Estimate(data, [.. labels, 1])).Message.ShouldContain("more than 20 labels");
        var given = GivenSpectrum.FromEigenvalues(new DataMatrix(2, 1, [1, 2]));
        Should.Throw<ParameterException>(() => SpectrumEstimate.FromGiven(given, new SpectrumEstimateOptions { Labels = LabelColumn.Of(labels) })).Message.ShouldContain("labels belong to rows");
    }

    private static SpectrumEstimate Estimate(DataMatrix data, double[] labels, LabelKind kind = LabelKind.Numbers) =>
        SpectrumEstimate.FromData(data, new SpectrumEstimateOptions { Labels = LabelColumn.Of(labels, kind) }, TestContext.Current.CancellationToken);

    // Gaussian columns of variance i^(−exponent) and labels whose mode i has power i^(−power), with noise.
    private static (DataMatrix Data, double[] Labels) Rows(int rows, int columns, double exponent, double power, double noise, ulong seed)
    {
        var data = SampleRows.Gaussian(rows, columns, mode => Math.Pow(mode, -exponent), seed);
        var labels = new double[rows];
        GaussianGenerator.Fill(new GaussianAddress(seed, 5, 0, 0), 0, labels);
        for (var row = 0; row < rows; row++)
        {
            labels[row] *= Math.Sqrt(noise);
            for (var mode = 1; mode <= columns; mode++)
                labels[row] += Math.Pow(mode, (exponent - power) / 2) * data.Row(row)[mode - 1];
        }

        return (data, labels);
    }

    private static double MeanSlope(double[] power)
    {
        double[] x = [.. Enumerable.Range(1, power.Length).Select(mode => Math.Log(mode))];
        var (meanX, meanY) = (x.Average(), power.Average(Math.Log));
        return x.Zip(power, (at, value) => (at - meanX) * (Math.Log(value) - meanY)).Sum() / x.Sum(at => (at - meanX) * (at - meanX));
    }

    private static void Close(double[] actual, double[] expected, double tolerance)
    {
        actual.Length.ShouldBe(expected.Length);
        for (var k = 0; k < actual.Length; k++)
            actual[k].ShouldBe(expected[k], tolerance * expected.Max(), $"mode {k + 1}");
    }
}
