using System.Globalization;
using System.Text;
using Eigenflow.Scaling.Epochs;
using Shouldly;
using Xunit;

namespace Eigenflow.Tests.Scaling;

/// <summary>Arrays in either order, folders of runs and long tables give the same curves; what is wrong is said.</summary>
public sealed class EpochReaderTests : IDisposable
{
    private const string Grid = "-6:-9:4";
    private static readonly int[] Used = [6, 7, 8, 9];
    private readonly TemporaryFolder folder = new();

    private static EpochCurve[] Curves => [.. Used.Select(column => SyntheticEpochs.Curve(column, 3))];

    [Fact]
    public void EveryFormGivesTheSameCurves()
    {
        var curves = Curves;
        double[][] mean = [.. curves.Select(curve => curve.Mean)], deviation = [.. curves.Select(curve => curve.Deviation!)];
        folder.Write("std.npy", SyntheticEpochs.Npy(deviation, isFortran: true));
        folder.Write("std-t.npy", SyntheticEpochs.Npy(Transposed(deviation), isFortran: false));
        foreach (var isFortran in (bool[])[true, false])
            Same(Read(folder.Write("mean.npy", SyntheticEpochs.Npy(mean, isFortran)), "std.npy"), curves, 0);
        Same(Read(folder.Write("turned.npy", SyntheticEpochs.Npy(Transposed(mean), isFortran: true)), "std-t.npy", isTransposed: true), curves, 0);
        Same(Read(folder.Write("single.npy", SyntheticEpochs.Npy(mean, isFortran: true, isSingle: true)), "std.npy"), curves, 1e-7);

        Directory.CreateDirectory(folder.Path("runs"));
        var table = new StringBuilder("lambda-log10,epoch,error,run\n");
        foreach (var column in Used)
        {
            for (var run = 0; run < SyntheticEpochs.Runs; run++)
            {
                var errors = SyntheticEpochs.Run(column, run, 3);
                folder.Write($"runs/log_lambda_{column}_seed_{run}.npy", SyntheticEpochs.Npy(Transposed([[.. errors.Select(value => value / 2)], errors]), isFortran: false));
                for (var row = 0; row < errors.Length; row++)
                    table.Append(CultureInfo.InvariantCulture, $"{-column},{row + 1},{errors[row]:R},{run}\n");
            }
        }

        Same(EpochReader.Read(new EpochSource { Path = folder.Path("runs") }), curves, 1e-15);
        EpochReader.Read(new EpochSource { Path = folder.Path("runs"), IsTraining = true }).Curves[0].Mean[10].ShouldBe(curves[^1].Mean[10] / 2, 1e-15);
        Same(EpochReader.Read(new EpochSource { Path = folder.Write("long.csv", table.ToString()) }), curves, 1e-15);
    }

    // Numbers read in the wrong order have another shape, and a transposed array is refused.
    [Fact]
    public void ScrambledOrTransposedArraysAreNoticed()
    {
        var mean = Curves.Select(curve => curve.Mean).ToArray();
        var right = EpochMap.Of(Read(folder.Write("right.npy", SyntheticEpochs.Npy(mean, isFortran: true)), null));
        right.Readings.Select(reading => reading.Shape).ShouldBe(["double-descent+rise", "double-descent", "double-descent", "double-descent"]);
        var scrambled = EpochMap.Of(Read(folder.Write("scrambled.npy", SyntheticEpochs.Npy(mean, isFortran: true, saysFortran: false)), null));
        scrambled.Readings.ShouldAllBe(reading => reading.Shape == "other");
        scrambled.Warnings.ShouldContain(text => text.Contains("wrong order", StringComparison.Ordinal));
        right.Warnings.ShouldNotContain(text => text.Contains("wrong order", StringComparison.Ordinal));
        Should.Throw<InputFileException>(() => Read(folder.Write("turned.npy", SyntheticEpochs.Npy(Transposed(mean), isFortran: true)), null)).Message.ShouldContain("it has 4 epochs; expected at least 32 epochs (rows); arrays of regularisation × epoch are read with --transpose");
        Should.Throw<InputFileException>(() => Read(folder.Path("right.npy"), null, isTransposed: true)).Message.ShouldContain("it has 4 epochs; expected at least 32 epochs (rows).");
    }

    [Fact]
    public void ColumnsThatAreNotFiniteAreSkipped()
    {
        var mean = Curves.Select(curve => curve.Mean).ToArray();
        mean[1][500] = double.NaN;
        var set = Read(folder.Write("mean.npy", SyntheticEpochs.Npy(mean, isFortran: true)), null);
        set.Curves.Count.ShouldBe(3);
        set.Notes.ShouldContain(text => text.StartsWith("column 2 (log10 lambda = -7) skipped", StringComparison.Ordinal));
    }

    [Fact]
    public void RunsThatAreNotFiniteAreLeftOut()
    {
        Directory.CreateDirectory(folder.Path("runs"));
        for (var run = 0; run < 4; run++)
        {
            var errors = SyntheticEpochs.Run(7, run, 3);
            errors[100] = run == 2 ? double.NaN : errors[100];
            folder.Write($"runs/log_lambda_2.5_seed_{run}.npy", SyntheticEpochs.Npy(Transposed([errors, errors]), isFortran: true));
        }

        var set = EpochReader.Read(new EpochSource { Path = folder.Path("runs") });
        set.Curves.Single().Runs.ShouldBe(3);
        set.Curves.Single().LogLambda.ShouldBe(-2.5);
        set.Notes.ShouldContain(text => text.Contains("1 of 4 runs", StringComparison.Ordinal));
    }

    [Fact]
    public void WrongInputIsSaid()
    {
        var curves = Curves;
        double[][] mean = [.. curves.Select(curve => curve.Mean)], deviation = [.. curves.Select(curve => curve.Deviation!)];
        var path = folder.Write("mean.npy", SyntheticEpochs.Npy(mean, isFortran: true));
        folder.Write("std.npy", SyntheticEpochs.Npy(deviation, isFortran: true));
        folder.Write("short.npy", SyntheticEpochs.Npy([.. deviation.Select(column => column[..900])], isFortran: true));
        deviation[2][7] = -0.1;
        folder.Write("negative.npy", SyntheticEpochs.Npy(deviation, isFortran: true));
        Should.Throw<InputFileException>(() => Read(path, "short.npy")).Message.ShouldContain("it is 900 × 4; expected the shape of the means, 1001 × 4");
        Should.Throw<InputFileException>(() => Read(path, "negative.npy")).Message.ShouldContain("the standard deviation in row 8, column 3 is -0.1");
        deviation[2][7] = 1e300;
        folder.Write("huge.npy", SyntheticEpochs.Npy(deviation, isFortran: true));
        Should.Throw<InputFileException>(() => Read(path, "huge.npy")).Message.ShouldContain("huge.npy: the standard deviation in row 8, column 3 is 1E+300; expected standard deviations >= 0 and <= 0.5");
        Should.Throw<ParameterException>(() => EpochReader.Read(new EpochSource { Path = path, Deviations = folder.Path("std.npy"), Lambdas = Grid })).Message.ShouldContain("at least 2");
        Should.Throw<ParameterException>(() => EpochReader.Read(new EpochSource { Path = path })).Message.ShouldContain("lambda-log10");
        Should.Throw<ParameterException>(() => EpochReader.Read(new EpochSource { Path = path, Lambdas = "1,2,3" })).Message.ShouldContain("4 numbers, one a column; there are 3");
        Should.Throw<InputFileException>(() => EpochReader.Read(new EpochSource { Path = path, Lambdas = "-1,-2,-1,-3" })).Message.ShouldContain("two columns have log10 lambda = -1");
        mean[3][0] = 35;
        Should.Throw<InputFileException>(() => Read(folder.Write("large.npy", SyntheticEpochs.Npy(mean, isFortran: true)), null)).Message.ShouldContain("the error in row 1, column 4 is 35; expected errors in [0, 1]");
        var few = folder.Write("few.npy", SyntheticEpochs.Npy([.. Curves.Select(curve => curve.Mean[..31])], isFortran: true));
        Should.Throw<InputFileException>(() => Read(few, null)).Message.ShouldContain("it has 31 epochs");
        Should.Throw<InputFileException>(() => EpochReader.Read(new EpochSource { Path = folder.Write("gap.csv", "lambda-log10,epoch,error\n-1,1,0.5\n-1,3,0.4\n") })).Message.ShouldContain("line 3: the epochs of log10 lambda = -1, run '1' have 3 in place 2");
    }

    // In every form: numbers that are all positive are exponents of weight decays.
    [Theory]
    [InlineData("lambda-log10,epoch,error,run", ",1")]
    [InlineData("lambda-log10,epoch,error,std", ",0.01")]
    public void PositiveRegularisationsOfATableAreExponentsOfWeightDecays(string heading, string last)
    {
        var rows = string.Concat(from lambda in (int[])[1, 2] from epoch in Enumerable.Range(1, 40) select FormattableString.Invariant($"{lambda},{epoch},{1.0 / (epoch + lambda):R}{last}\n"));
        var set = EpochReader.Read(new EpochSource { Path = folder.Write("table.csv", $"{heading}\n{rows}"), Runs = last == ",1" ? null : 3 });
        set.Curves.Select(curve => curve.LogLambda).ShouldBe([-2, -1]);
        set.Curves[0].Mean[0].ShouldBe(1.0 / 3, 1e-15);
        set.Notes.ShouldContain(text => text.Contains("10^(-x)", StringComparison.Ordinal));
    }

    // The mean of a run in per cents and one that is none may lie in [0, 1].
    [Fact]
    public void OneRunOfAnotherUnitIsNotHiddenByTheMean()
    {
        string Table(Func<int, int, string> error) => "lambda-log10,epoch,error,run\n" + string.Concat(from run in (int[])[1, 2, 3] from epoch in Enumerable.Range(1, 40) select FormattableString.Invariant($"-1,{epoch},{error(run, epoch)},{run}\n"));
        Should.Throw<InputFileException>(() => EpochReader.Read(new EpochSource { Path = folder.Write("unit.csv", Table((run, epoch) => run == 2 && epoch == 7 ? "1.4" : "0.2")) }))
            .Message.ShouldContain("the error of log10 lambda = -1, run '2', after epoch 7 is 1.4; expected errors in [0, 1]");
        Directory.CreateDirectory(folder.Path("runs"));
        double[] fine = [.. Enumerable.Repeat(0.3, 40)], wrong = [.. fine[..^1], -0.1];
        folder.Write("runs/log_lambda_2_seed_1.npy", SyntheticEpochs.Npy(Transposed([fine, fine]), isFortran: false));
        folder.Write("runs/log_lambda_2_seed_2.npy", SyntheticEpochs.Npy(Transposed([fine, wrong]), isFortran: false));
        Should.Throw<InputFileException>(() => EpochReader.Read(new EpochSource { Path = folder.Path("runs") })).Message.ShouldContain("the error of log10 lambda = -2, log_lambda_2_seed_2.npy, after epoch 40 is -0.1");
        folder.Write("runs/log_lambda_1e999_seed_3.npy", SyntheticEpochs.Npy(Transposed([fine, fine]), isFortran: false));
        EpochReader.Read(new EpochSource { Path = folder.Path("runs"), IsTraining = true }).Notes.ShouldContain("1 other .npy files of the folder were not read");
    }

    [Fact]
    public void ARowWithoutARegularisationIsNamed() =>
        Should.Throw<InputFileException>(() => EpochReader.Read(new EpochSource { Path = folder.Write("nan.csv", "lambda-log10,epoch,error\n-1,1,0.5\n,2,0.4\n-1,3,0.4\n") })).Message.ShouldContain("line 3: column 'lambda-log10' holds no finite number");

    public void Dispose() => folder.Dispose();

    private EpochCurveSet Read(string path, string? deviations, bool isTransposed = false) => EpochReader.Read(new EpochSource
    {
        Path = path,
        Deviations = deviations is null ? null : folder.Path(deviations),
        Runs = deviations is null ? null : SyntheticEpochs.Runs,
        Lambdas = Grid,
        IsTransposed = isTransposed,
    });

    private static double[][] Transposed(double[][] columns) => [.. Enumerable.Range(0, columns[0].Length).Select(row => columns.Select(column => column[row]).ToArray())];

    // Curves come by ascending log10 λ: the last column first.
    private static void Same(EpochCurveSet set, EpochCurve[] curves, double tolerance)
    {
        set.Curves.Select(curve => curve.LogLambda).ShouldBe(curves.Select(curve => curve.LogLambda).Reverse());
        for (var index = 0; index < curves.Length; index++)
        {
            var (own, expected) = (set.Curves[index], curves[^(index + 1)]);
            own.Runs.ShouldBe(expected.Runs);
            own.Mean.Length.ShouldBe(expected.Mean.Length);
            own.Mean.Zip(expected.Mean, (a, b) => Math.Abs(a - b)).Max().ShouldBeLessThanOrEqualTo(tolerance);
            own.Deviation!.Zip(expected.Deviation!, (a, b) => Math.Abs(a - b)).Max().ShouldBeLessThanOrEqualTo(tolerance);
        }
    }
}
