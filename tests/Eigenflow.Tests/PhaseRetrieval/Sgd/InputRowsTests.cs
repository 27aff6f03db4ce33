using Eigenflow.Data;
using Eigenflow.Spectra;
using Eigenflow.Spectra.Estimation;
using Eigenflow.Systems;
using Eigenflow.Systems.PhaseRetrieval;
using Shouldly;
using Xunit;

namespace Eigenflow.Tests.PhaseRetrieval;

/// <summary>Rows in the eigenbasis of their covariance, and what is refused.</summary>
public sealed class InputRowsTests
{
    private readonly PhaseRetrievalSystem system = new();

    [Theory]
    [InlineData(400, 12)]
    [InlineData(15, 40)]
    public void RotatedRowsAreCentredUncorrelatedAndOfTraceOne(int count, int columns)
    {
        var data = RowData.Gaussian(count, Spectrum.PowerLaw(columns, 1));
        for (var row = 0; row < count; row++)
        {
            // A mean, and correlated columns.
            for (var i = columns - 1; i > 0; i--)
                data.Values[(row * columns) + i] = 3 + data.Values[(row * columns) + i] + (0.7 * data.Values[(row * columns) + i - 1]);
        }

        var rows = InputRows.FromMatrix(data);
        rows.Dimension.ShouldBe(Math.Min(count - 1, columns));
        var expected = SpectrumEstimate.FromData(data).Eigenvalues;
        var trace = expected.Sum();
        for (var i = 0; i < rows.Dimension; i++)
        {
            rows.Spectrum[i].ShouldBe(expected[i] / trace, 1e-12);
            Enumerable.Range(0, count).Average(row => rows.Doubles.Row(row)[i]).ShouldBe(0, 1e-12);
            for (var j = 0; j <= i; j++)
                Enumerable.Range(0, count).Average(row => rows.Doubles.Row(row)[i] * rows.Doubles.Row(row)[j]).ShouldBe(i == j ? rows.Spectrum[i] : 0, 1e-12);
        }

        // Distances between rows are those of the data, up to the one scale.
        double Distance(int first, int second) => Enumerable.Range(0, columns).Sum(i => Math.Pow(data.Row(first)[i] - data.Row(second)[i], 2));
        double Rotated(int first, int second) => Enumerable.Range(0, rows.Dimension).Sum(i => Math.Pow(rows.Doubles.Row(first)[i] - rows.Doubles.Row(second)[i], 2));
        (Rotated(0, 3) / Rotated(1, 7)).ShouldBe(Distance(0, 3) / Distance(1, 7), 1e-10);
    }

    [Fact]
    public void DirectionsWithoutVarianceAreLeftOut()
    {
        var data = RowData.Gaussian(200, Spectrum.PowerLaw(6, 1));
        for (var row = 0; row < 200; row++)
        {
            data.Values[(row * 6) + 4] = (2 * data.Values[row * 6]) - data.Values[(row * 6) + 1];
            data.Values[(row * 6) + 5] = 8.25;
        }

        InputRows.FromMatrix(data).Dimension.ShouldBe(4);
    }

    [Fact]
    public void ASettingTakesSpectrumAndDimensionFromTheRowsAndCompletesToItself()
    {
        using var folder = new TemporaryFolder();
        var file = "file:" + folder.Write("rows.npy", RowData.Npy(RowData.Gaussian(50, Spectrum.PowerLaw(7, 1))));
        foreach (var method in new[] { "flow", "sgd", "sgd-theory" })
        {
            var complete = system.Complete(method, Setting.Empty.With("inputs", file));
            complete.Values["dimension"].ShouldBe(7L);
            complete.Values["spectrum"].ShouldBeNull();
            complete.Values["sampling"].ShouldBe(method == "sgd" ? "rows" : null);
            system.Complete(method, complete.Values).ShouldBe(complete);
        }

        system.Complete("sgd", Setting.Empty).Values["sampling"].ShouldBeNull();
        system.Predict(Setting.Empty.With("inputs", file)).Count.ShouldBeGreaterThan(5);
    }

    [Theory]
    [InlineData("spectrum", "isotropic", "spectrum = isotropic is not allowed: it must be left out when inputs are given")]
    [InlineData("exponent", 2.0, "exponent = 2 is not allowed: it must be left out when inputs are given")]
    [InlineData("dimension", 8L, "dimension = 8 is not allowed: it must be the number of directions in which the rows of inputs vary (7); leave it out.")]
    public void ContradictionsAreRefused(string name, object value, string message)
    {
        using var folder = new TemporaryFolder();
        var setting = Setting.Empty.With("inputs", "file:" + folder.Write("rows.npy", RowData.Npy(RowData.Gaussian(50, Spectrum.PowerLaw(7, 1)))));
        Should.Throw<ParameterException>(() => system.Complete("sgd", setting.With(name, value))).Message.ShouldContain(message);
    }

    [Theory]
    [InlineData("1,2\n", "with at least 2 rows")]
    [InlineData("1,2\n1,2\n1,2\n", "at least one column varies")]
    [InlineData("0.1,0.3\n0.1,0.3\n0.1,0.3\n", "at least one column varies")]
    [InlineData("0,0\n0,0\n", "at least one column varies")]
    [InlineData("1,2\n1,nan\n", "nan")]
    [InlineData("1,2\n1\n", "line 2")]
    public void UnusableFilesGiveOneError(string text, string message)
    {
        using var folder = new TemporaryFolder();
        var error = Should.Throw<EigenflowException>(() => system.Complete("sgd", Setting.Empty.With("inputs", "file:" + folder.Write("rows.csv", text))));
        error.Message.ShouldContain(message, Case.Insensitive);
        error.Message.ShouldNotContain("\n");
    }

    [Fact]
    public void OtherMistakesAreNamed()
    {
        Should.Throw<InputFileException>(() => system.Complete("sgd", Setting.Empty.With("inputs", "file:nowhere.npy"))).Message.ShouldContain("there is no such file");
        Should.Throw<ParameterException>(() => system.Complete("sgd", Setting.Empty.With("inputs", "rows.npy"))).Message.ShouldContain("file:PATH");
        Should.Throw<ParameterException>(() => system.Complete("sgd", Setting.Empty.With("sampling", "rows"))).Message.ShouldContain("left out without inputs");
        Should.Throw<ParameterException>(() => system.Complete("flow", Setting.Empty.With("sampling", "rows"))).Message.ShouldContain("it is read by sgd");
        Should.Throw<TooLargeException>(() => InputRows.FromMatrix(new DataMatrix(60_000, 20_000, []))).Message.ShouldContain("use fewer rows");
        var rows = InputRows.FromMatrix(RowData.Gaussian(30, Spectrum.PowerLaw(5, 1)));
        Should.Throw<ParameterException>(() => new PhaseRetrievalProblem { Spectrum = Spectrum.PowerLaw(5, 1) }.Solve(new OnlineSgd { Steps = 10, Rows = rows })).Message.ShouldContain("Spectrum = rows.Spectrum");
    }

    [Fact]
    public void AFileIsReadOncePerCall()
    {
        using var folder = new TemporaryFolder();
        var system = SystemCatalog.Find("phase-retrieval");
        var setting = Setting.Empty.With("inputs", "file:" + folder.Write("rows.csv", "1,2\n2,5\n4,1\n")).With("steps", 3L).With("replicas", 2L);
        double Rows() => system.Solve("sgd", setting).SummaryOf("rows")!.Value;
        InputScope.Begin();
        Rows().ShouldBe(3);
        folder.Write("rows.csv", "1,2\n2,5\n4,1\n9,9\n");
        Rows().ShouldBe(3);
        InputScope.Begin();
        Rows().ShouldBe(4);
    }
}
