using System.Text.Json;
using Eigenflow.Scaling.Epochs;
using Shouldly;
using Xunit;

namespace Eigenflow.Tests.Scaling;

/// <summary>Shapes, extrema and verdicts: the shared array with its stated results, the formula drawn afresh, single curves by hand.</summary>
public sealed class EpochReadingTests(ITestOutputHelper output)
{
    private static string Shared(string name) => Path.Combine(RepositoryRoot.Path, "..", "shared", "data", "epoch-curves", name);

    [Fact]
    public void TheSharedArrayHasItsStatedResults()
    {
        var path = Shared("synthetic-epoch-curves.npy");
        if (!File.Exists(path))
            Assert.Skip("the shared array is not beside this checkout");
        var map = EpochMap.Of(EpochReader.Read(new EpochSource { Path = path, Deviations = Shared("synthetic-epoch-curves-std.npy"), Runs = 5, Lambdas = "0.5:6:12" }));
        using var stated = JsonDocument.Parse(File.ReadAllText(Shared("synthetic-epoch-curves.json")));
        var columns = stated.RootElement.GetProperty("columns");
        map.Readings.Count.ShouldBe(columns.GetArrayLength());
        foreach (var column in columns.EnumerateArray())
        {
            // Positive regularisations are −log10: column 0 is the last one by log10 λ.
            var index = column.GetProperty("column").GetInt32();
            var reading = map.Readings[^(index + 1)];
            reading.Curve.LogLambda.ShouldBe(-0.5 - (0.5 * index), 1e-12);
            reading.Shape.ShouldBe(column.GetProperty("expected_class").GetString(), $"column {index}");
            Word(reading.Verdict).ShouldBe(column.GetProperty("expected_verdict_double_descent").GetString(), $"column {index}");
            reading.LargestUpDown.ShouldBe(column.GetProperty("largest_up_down").GetDouble(), 1e-8);
            reading.LargestUpDownUpper.ShouldBe(column.GetProperty("largest_up_down_upper").GetDouble(), 1e-7, $"column {index}");
            var extrema = column.GetProperty("extrema");
            reading.Extrema.Count.ShouldBe(extrema.GetArrayLength(), $"column {index}");
            for (var k = 0; k < reading.Extrema.Count; k++)
            {
                (reading.Extrema[k].IsMaximum ? "max" : "min").ShouldBe(extrema[k].GetProperty("kind").GetString());
                reading.Bins.Epochs[reading.Extrema[k].Bin].ShouldBe(extrema[k].GetProperty("epoch").GetDouble(), 6e-5);
                reading.Bins.Values[reading.Extrema[k].Bin].ShouldBe(extrema[k].GetProperty("value").GetDouble(), 6e-9);
            }

            var heights = column.GetProperty("heights");
            (reading.Bump is null).ShouldBe(heights.ValueKind == JsonValueKind.Null);
            if (reading.Bump is { } bump && reading.Descent is { } descent)
            {
                foreach (var (name, value) in new[] { ("bump", bump.Value), ("bump_lo", bump.Lower), ("bump_hi", bump.Upper), ("descent", descent.Value), ("descent_lo", descent.Lower), ("descent_hi", descent.Upper) })
                    value.ShouldBe(heights.GetProperty(name).GetDouble(), 1e-7, $"{name} of column {index}");
            }
        }

        // Columns 5 to 9 are confirmed; the next stronger regularisation, column 4, is not.
        map.RunLength.ShouldBe(5);
        map.Onset!.Value.ShouldBe(-2.75, 1e-12);
        map.IsToy.ShouldBeFalse();
        map.LacksSeedNoise.ShouldBeFalse();
    }

    // Over fresh draws the class is right in at least 96 %, and always in columns 0, 1, 3 to 9. Forty draws.
    [Fact]
    public void FreshDrawsHaveTheirShapes()
    {
        const int draws = 40;
        for (var column = 0; column < SyntheticEpochs.Count; column++)
        {
            var right = Enumerable.Range(1, draws).Count(seed => EpochReading.Of(SyntheticEpochs.Curve(column, (ulong)seed)).Shape == SyntheticEpochs.Shapes[column]);
            output.WriteLine($"column {column} ({SyntheticEpochs.Shapes[column]}): {right} of {draws}");

            // 96 % of 40 is 38; two standard deviations of a count at that rate are 2.5 below.
            right.ShouldBeGreaterThanOrEqualTo(column is 2 or > 9 ? 36 : draws, $"column {column}");
        }
    }

    [Fact]
    public void TheIntervalOfTheBumpCoversItsTruth()
    {
        const int draws = 60;
        var covered = 0;
        for (var seed = 1; seed <= draws; seed++)
        {
            var reading = EpochReading.Of(SyntheticEpochs.Curve(7, (ulong)(1000 + seed)));
            double At(int bin) => EpochBins.Of(new EpochCurve { LogLambda = 0, Mean = [.. Enumerable.Range(1, SyntheticEpochs.Epochs).Select(t => SyntheticEpochs.Clean(7, t))] }).Values[bin];
            var truth = At(reading.Extrema[1].Bin) - At(reading.Extrema[0].Bin);
            covered += truth >= reading.Bump!.Lower && truth <= reading.Bump.Upper ? 1 : 0;
        }

        output.WriteLine($"{covered} of {draws} intervals cover");

        // Seed noise is common to both ends, so that intervals are wide: 95 % at least, less two standard deviations.
        covered.ShouldBeGreaterThanOrEqualTo(54);
    }

    [Theory]
    [InlineData("flat", DescentVerdict.Refuted)]
    [InlineData("monotone-up", DescentVerdict.Horizon)]
    [InlineData("monotone-down", DescentVerdict.Refuted)]
    [InlineData("hump", DescentVerdict.Inconclusive)]
    public void CleanCurvesHaveTheirWords(string shape, DescentVerdict verdict)
    {
        double At(int t) => shape switch { "flat" => 0.5, "monotone-up" => 0.2 + (0.1 * Math.Log(t)), "monotone-down" => 0.9 - (0.1 * Math.Log(t)), _ => 0.2 + (0.3 * Math.Exp(-Math.Pow(Math.Log(t / 20.0), 2))) };
        var reading = EpochReading.Of(new EpochCurve { LogLambda = 0, Mean = [.. Enumerable.Range(1, 400).Select(At)] });
        reading.Shape.ShouldBe(shape);
        reading.Verdict.ShouldBe(verdict);
        reading.Bump.ShouldBeNull();
    }

    // Deviations have divisor n: the standard error of a mean of n runs is s/√(n − 1), alone where rows have no noise.
    [Fact]
    public void TheErrorOfABinIsThatOfItsRuns()
    {
        double[] mean = [.. Enumerable.Range(1, 100).Select(_ => 0.5)], deviation = [.. mean.Select(_ => 0.02)];
        var bins = EpochBins.Of(new EpochCurve { LogLambda = 0, Mean = mean, Deviation = deviation, Runs = 5 });
        bins.Errors.ShouldAllBe(error => Math.Abs(error - 0.01) < 1e-15);
        bins.Quantile.ShouldBe(2.7764451052, 1e-9);
        bins.Epochs[0].ShouldBe(1, 1e-15);
        EpochBins.Of(new EpochCurve { LogLambda = 0, Mean = mean }).Quantile.ShouldBe(1.959963985, 1e-8);
    }

    [Fact]
    public void TheMapIsMarkedAndTellsItsOnset()
    {
        // Curves without noise: the bump grows as λ falls.
        EpochCurve Curve(int column, double bump) => new() { LogLambda = -column, Mean = [.. Enumerable.Range(1, 300).Select(t => 0.2 + (0.5 * Math.Exp(-t / 6.0)) + (bump * Math.Exp(-Math.Pow(Math.Log(t / 60.0), 2) / 0.5)))] };
        var map = EpochMap.Of(EpochCurveSet.Of([Curve(4, 0.06), Curve(1, 0), Curve(3, 0.05), Curve(2, 0.001)], "a test", []));
        map.Readings.Select(reading => reading.Curve.LogLambda).ShouldBe([-4, -3, -2, -1]);
        map.Count(DescentVerdict.Confirmed).ShouldBe(2);
        map.Onset.ShouldBe(-2.5);
        map.IsToy.ShouldBeTrue();
        map.Warnings.ShouldContain(text => text.StartsWith("no seed noise", StringComparison.Ordinal));
        map.Warnings.ShouldContain(text => text.StartsWith("toy", StringComparison.Ordinal));
        var figure = EpochFigure.Of(map, "a test");
        figure.Panels.Count.ShouldBe(2);
        figure.Title.ShouldContain("2 of 4");
        EpochMap.Of(EpochCurveSet.Of([Curve(1, 0)], "a test", [])).Onset.ShouldBeNull();
    }

    [Fact]
    public void EffectiveLabelNoiseIsWithoutLabelsThatStayRight()
    {
        new LabelNoise(0.15, 10).Effective.ShouldBe(0.135, 1e-15);
        new LabelNoise(0.2, 10).Effective.ShouldBe(0.18, 1e-15);
    }

    private static string Word(DescentVerdict verdict) => verdict switch
    {
        DescentVerdict.Confirmed => "confirmed",
        DescentVerdict.Horizon => "inconclusive-horizon",
        DescentVerdict.Refuted => "refuted",
        _ => "inconclusive",
    };
}
