using Eigenflow.Data;
using Eigenflow.Spectra.Estimation;
using Eigenflow.Tests.Data;
using Shouldly;
using Xunit;

namespace Eigenflow.Tests.Spectra;

/// <summary>What a spectrum says about its table: repeated rows, labels among features, and which column holds eigenvalues.</summary>
public sealed class SpectrumHintTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    [Fact]
    public void RepeatedRowsAreCounted()
    {
        var data = SampleRows.Gaussian(200, 20, mode => 1.0 / mode, 1);
        SpectrumEstimate.FromData(data).Warnings.ShouldNotContain(warning => warning.Contains("repeat", StringComparison.Ordinal));
        var twice = SpectrumEstimate.FromData(new DataMatrix(400, 20, [.. data.Values, .. data.Values]));
        twice.Warnings.ShouldContain(warning => warning.StartsWith("200 of the 400 rows repeat an earlier row exactly; copies of a sample add nothing: the errors are those of 200 samples", StringComparison.Ordinal));

        // 100 rows once and 100 three times: 400²/(100 · 1 + 100 · 9) = 160.
        var some = SpectrumEstimate.FromData(new DataMatrix(400, 20, [.. data.Values, .. data.Values.AsSpan(0, 2000), .. data.Values.AsSpan(0, 2000)]));
        some.Warnings.ShouldContain(warning => warning.StartsWith("200 of the 400 rows", StringComparison.Ordinal) && warning.Contains("those of 160 samples", StringComparison.Ordinal));

        // More columns than rows go another way.
        var wide = SampleRows.Gaussian(40, 90, mode => 1.0 / mode, 1);
        SpectrumEstimate.FromData(new DataMatrix(80, 90, [.. wide.Values, .. wide.Values])).Warnings.ShouldContain(warning => warning.StartsWith("40 of the 80 rows", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("a,b,target", true)]
    [InlineData("a,b,Class", true)]
    [InlineData("a,b,weight", false)]
    public void LabelsAreNamed(string names, bool isNamed)
    {
        var lines = Enumerable.Range(0, 60).Select(row => FormattableString.Invariant($"{Math.Sin(row * 1.7):R},{Math.Cos(row * row):R},{row % 3}"));
        using var rows = RowSource.OpenSamples(folder.Write("table.csv", names + "\n" + string.Join('\n', lines)));
        var name = names.Split(',')[2];
        SpectrumEstimate.FromRows(rows).Warnings.Contains($"column '{name}' holds 3 different whole numbers and may be a label; it was read as a feature: leave it out with --without {name}").ShouldBe(isNamed);
    }

    [Fact]
    public void EigenvaluesAreFoundInTables()
    {
        var table = EigenvalueTable.Read(folder.Write("scree.csv", "PC,eigenvalue,explained\nPC1,3,0.6\nPC2,2,0.4\n"), []);
        table.Values.ShouldBe([3, 2]);
        GivenSpectrum.FromEigenvalues(table).Samples.ShouldBeNull();
        table.Notes.ShouldContain("the eigenvalues are those of the column 'eigenvalue'; left out: PC, explained");
        EigenvalueTable.Read(folder.Write("scree.csv", "PC;size\nPC1;3,5\nPC2;2,25\n"), []).Values.ShouldBe([3.5, 2.25]);
        Should.Throw<InputFileException>(() => EigenvalueTable.Read(folder.Write("scree.csv", "PC,size,part\nPC1,3,0.6\nPC2,2,0.4\n"), [])).Message.ShouldContain("it has several columns of numbers: size, part");
        EigenvalueTable.Read(folder.Write("scree.csv", "PC,size,part\nPC1,3,0.6\nPC2,2,0.4\n"), ["PC", "part"]).Values.ShouldBe([3, 2]);
        Should.Throw<InputFileException>(() => EigenvalueTable.Read(folder.Write("scree.csv", "PC,eigenvalue\nPC1,3\nPC2,NA\n"), [])).Line.ShouldBe(3);
        EigenvalueTable.Read(folder.Write("row.csv", "3,2,0.5\n"), []).Values.ShouldBe([3, 2, 0.5]);
    }

    public void Dispose() => folder.Dispose();
}
