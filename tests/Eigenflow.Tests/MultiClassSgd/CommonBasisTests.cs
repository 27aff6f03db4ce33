using System.Globalization;
using Eigenflow.Random;
using Eigenflow.Systems.MultiClassSgd;
using Shouldly;
using Xunit;

namespace Eigenflow.Tests.MultiClassSgd;

/// <summary>The basis in which the covariances of classes are as diagonal as possible, and the order of classes.</summary>
public sealed class CommonBasisTests : IDisposable
{
    private static readonly double[] First = [0.2, 0.4, 0.6, 0.8, 1.2, 1.4, 1.6, 1.8];
    private readonly TemporaryFolder folder = new();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void ClassesThatCommuteDoSoWhereTheirAverageIsIsotropic(bool isRotated)
    {
        // Opposite spectra: the average covariance is the identity, whose eigenvectors say nothing.
        var rows = Read("opposite", Lines(4000, isRotated ? [1, 1] : [0, 0]));
        rows.OffDiagonal.ShouldBeLessThan(2 * rows.OffDiagonalByChance);
        rows.Remarks.ShouldHaveSingleItem();
        var modes = new MultiClassProblem { Dimension = 8, Classes = rows.Mixture }.Modes(ModeRepresentation.Full);
        double[] found = [.. modes.Spectra[modes.SpectrumOf[0]].Order()];
        for (var k = 0; k < 8; k++)
            found[k].ShouldBe(First[k], 6 * First[k] * Math.Sqrt(2.0 / 2000));
    }

    [Fact]
    public void ClassesOfDifferentEigenvectorsDoNotCommute()
    {
        var rows = Read("turned", Lines(4000, [1, 2]));
        rows.OffDiagonal.ShouldBeGreaterThan(5 * rows.OffDiagonalByChance);
        rows.Remarks.Last().ShouldContain("do not share eigenvectors");
    }

    [Fact]
    public void OrderOfRowsAndFeaturesAndUnitsAreNoMatter()
    {
        var lines = Lines(1000, [1, 2]);
        var rows = Read("plain", lines);
        Same(rows, Read("rows", [.. lines.Reverse()]));
        Same(rows, Read("features", [.. lines.Select(line => ((double[])[.. line.Values.Reverse()], line.Class))]));
        Same(rows, Read("large", [.. lines.Select(line => ((double[])[.. line.Values.Select(value => 1e200 * value)], line.Class))]));
        Same(rows, Read("small", [.. lines.Select(line => ((double[])[.. line.Values.Select(value => 1e-200 * value)], line.Class))]));
    }

    [Fact]
    public void ClassesAreInTheOrderOfTheirNames()
    {
        string[] Names(params string[] classes) => [.. Read("names", [.. Lines(60, [1, 1]).Select((line, k) => (line.Values, classes[k % classes.Length]))]).Names];
        Names("-1", "1").ShouldBe(["1", "-1"]);
        Names("1", "-1").ShouldBe(["1", "-1"]);
        Names("0", "1").ShouldBe(["1", "0"]);
        Names("10", "9", "2").ShouldBe(["2", "9", "10"]);
        Names("red", "blue").ShouldBe(["blue", "red"]);
    }

    [Fact]
    public void PredictionsSayItToo()
    {
        var system = SystemCatalog.Find("multiclass-sgd");
        var setting = system.Complete(null, Setting.Empty.With("classes", "file:" + Write("predicted", Lines(2000, [1, 2]))));
        system.Notes(setting).ShouldContain(note => note.Contains("class 1 is 'a' (1000 rows, y = +1)", StringComparison.Ordinal));
        system.Numbers(setting).Select(number => number.Name).ShouldBe(["rows", "class-1-rows", "class-2-rows", "off-diagonal", "off-diagonal-by-chance"]);
    }

    [Theory]
    [InlineData("theory", null)]
    [InlineData("sgd", null)]
    [InlineData("sgd", "gaussian")]
    public void EveryMethodSaysWhichClassIsWhichAndHowFarTheyCommute(string method, string? sampling)
    {
        var system = SystemCatalog.Find("multiclass-sgd");
        var setting = Setting.Empty.With("classes", "file:" + Write("told", Lines(2000, [1, 2]))).With("points", 3L);
        if (method == "sgd")
            setting = setting.With("replicas", 2L);
        var solution = system.Solve(system.Complete(method, sampling is null ? setting : setting.With("sampling", sampling)));
        solution.Warnings.Count(warning => warning.Contains("class 1 is 'a' (1000 rows, y = +1)", StringComparison.Ordinal)).ShouldBe(1);
        solution.Warnings.Count(warning => warning.Contains("do not share eigenvectors", StringComparison.Ordinal)).ShouldBe(1);
        solution.SummaryOf("class-2-rows").ShouldBe(1000);
        solution.Summary.Count(number => number.Name == "off-diagonal").ShouldBe(1);
        solution.Summary.Single(number => number.Name == "class-1-rows").Symbol.ShouldBe("class 1: a");
    }

    public void Dispose() => folder.Dispose();

    private static void Same(ClassRows expected, ClassRows actual)
    {
        actual.OffDiagonal.ShouldBe(expected.OffDiagonal, 1e-9);
        actual.OffDiagonalByChance.ShouldBe(expected.OffDiagonalByChance, 1e-9);
        var (first, second) = (Modes(expected), Modes(actual));
        for (var i = 0; i < 2; i++)
        {
            second.Spectra[second.SpectrumOf[i]].ShouldBe(first.Spectra[first.SpectrumOf[i]], 1e-6);
            second.Means[i].ShouldBe(first.Means[i], 1e-6);
        }
    }

    private static MixtureModes Modes(ClassRows rows) => new MultiClassProblem { Dimension = rows.Dimension, Classes = rows.Mixture, Loss = new SoftmaxLoss() }.Modes(ModeRepresentation.Full);

    private ClassRows Read(string name, (double[] Values, string Class)[] lines) => ClassRows.Read(Write(name, lines));

    private string Write(string name, (double[] Values, string Class)[] lines) =>
        folder.Write(name + ".csv", string.Concat(lines.Select(line => string.Join(',', line.Values.Select(value => value.ToString("R", CultureInfo.InvariantCulture))) + "," + line.Class + "\n")));

    // Two classes of opposite spectra, each turned by two reflections of a number of its own; 0 does not turn.
    private static (double[] Values, string Class)[] Lines(int count, int[] turns)
    {
        var lines = new (double[], string)[count];
        for (var row = 0; row < count; row++)
        {
            var z = new double[8];
            GaussianGenerator.Fill(new GaussianAddress(7, 0, 0, row), 0, z);
            var isFirst = row % 2 == 0;
            for (var k = 0; k < 8; k++)
                z[k] = (z[k] * Math.Sqrt(isFirst ? First[k] : 2 - First[k])) + (isFirst ? 0.2 : -0.2);
            for (var reflection = 1; reflection <= 2 && turns[row % 2] > 0; reflection++)
            {
                double[] axis = [.. Enumerable.Range(0, 8).Select(k => Math.Sin(1.7 * reflection * turns[row % 2] * (k + 1.3)))];
                var part = 2 * z.Zip(axis, (a, b) => a * b).Sum() / axis.Sum(value => value * value);
                for (var k = 0; k < 8; k++)
                    z[k] -= part * axis[k];
            }

            lines[row] = (z, isFirst ? "a" : "b");
        }

        return lines;
    }
}
