using System.Globalization;
using Eigenflow.Data;
using Eigenflow.Spectra.Estimation;
using Eigenflow.Systems.PhaseRetrieval;
using Shouldly;
using Xunit;

namespace Eigenflow.Tests.Data;

/// <summary>An index changes no covariance: spectra are those of the data alone, in any order of rows and columns, and its removal is said.</summary>
public sealed class IndexColumnsTests : IDisposable
{
    private const int Rows = 120;
    private const int Columns = 6;
    private readonly TemporaryFolder folder = new();

    [Theory]
    [InlineData(0, false)]
    [InlineData(3, false)]
    [InlineData(6, true)]
    public void SpectraAreThoseOfTheDataAlone(int place, bool isShuffled)
    {
        var plain = Spectrum(folder.Write("plain.csv", Table(-1, false)));
        plain.Warnings.ShouldNotContain(warning => warning.Contains("left out", StringComparison.Ordinal));
        var indexed = Spectrum(folder.Write("indexed.csv", Table(place, isShuffled)));
        indexed.Features.ShouldBe(Columns);
        indexed.Warnings[0].ShouldContain($"column {place + 1} (z{place}) counts the rows (0 … {Rows - 1}{(isShuffled ? ", in another order" : "")}) and was left out");
        for (var mode = 0; mode < Columns; mode++)
            indexed.Eigenvalues[mode].ShouldBe(plain.Eigenvalues[mode], 1e-12 * plain.Eigenvalues[0]);
    }

    [Fact]
    public void InputsOfRunsAreThoseOfTheDataAlone()
    {
        var plain = InputRows.Read(folder.Write("plain.csv", Table(-1, false)));
        var indexed = InputRows.Read(folder.Write("indexed.csv", Table(0, false)));
        plain.Notes.ShouldBeEmpty();
        indexed.Notes.ShouldHaveSingleItem().ShouldContain("counts the rows");
        indexed.Hash.ShouldBe(plain.Hash);
    }

    // Whole numbers that repeat, stay away from each other, or all count are data.
    [Theory]
    [InlineData(1, 2, 0)]
    [InlineData(0, 2, 0)]
    [InlineData(1, 1, 1)]
    public void OtherWholeNumbersAreKept(int first, int step, int second)
    {
        double[] values = [.. Enumerable.Range(0, 2 * Rows).Select(k => k % 2 == 0 ? first + (k / 2 * step) : second == 0 ? 0.1 * k : (k / 2) + 5.0)];
        NpyWriter.Write(folder.Path("whole.npy"), new DataMatrix(Rows, 2, values));
        var data = NumericFile.ReadSamples(folder.Path("whole.npy"));
        data.Columns.ShouldBe(2);
        data.Notes.ShouldBeEmpty();
    }

    // Beyond the first block: one number stands twice, far down.
    [Fact]
    public void CountingMustHoldToTheEnd()
    {
        const int many = 5000;
        double[] values = [.. Enumerable.Range(0, 2 * many).Select(k => k % 2 == 0 ? (k / 2 * 7 % many) + 1 : 0.25 * (k % 17))];
        NpyWriter.Write(folder.Path("long.npy"), new DataMatrix(many, 2, values));
        NumericFile.ReadSamples(folder.Path("long.npy")).Columns.ShouldBe(1);
        values[2 * (many - 1)] = values[2 * (many - 2)];
        NpyWriter.Write(folder.Path("long.npy"), new DataMatrix(many, 2, values));
        NumericFile.ReadSamples(folder.Path("long.npy")).Columns.ShouldBe(2);
    }

    public void Dispose() => folder.Dispose();

    private static SpectrumEstimate Spectrum(string path)
    {
        using var rows = RowSource.OpenSamples(path);
        return SpectrumEstimate.FromRows(rows, cancellation: TestContext.Current.CancellationToken);
    }

    private static string Table(int place, bool isShuffled)
    {
        var random = new System.Random(7);
        int width = Columns + (place < 0 ? 0 : 1), next = 0;
        var lines = new List<string> { string.Join(',', Enumerable.Range(0, width).Select(k => k == place ? $"z{k}" : $"x{k}")) };
        for (var row = 0; row < Rows; row++)
        {
            next = 0;
            lines.Add(string.Join(',', Enumerable.Range(0, width).Select(k => k == place
                ? $"{(isShuffled ? row * 7 % Rows : row)}"
                : ((random.NextDouble() - 0.5) / ++next).ToString("R", CultureInfo.InvariantCulture))));
        }

        return string.Join('\n', lines);
    }
}
