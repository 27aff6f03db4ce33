using Eigenflow.Data;
using Eigenflow.Numerics.Dense;
using Eigenflow.Spectra.Estimation;
using Shouldly;
using Xunit;

namespace Eigenflow.Tests.Spectra;

/// <summary>All matrices of a jackknife are parts of one Gram matrix; the trace that is not resolved is saved.</summary>
public sealed class GramMatrixTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void LeavingRowsOutIsAPartOfTheGramMatrix(bool isCentred)
    {
        // On a mean of 1000, with more columns than a panel.
        var data = SampleRows.Gaussian(30, 6000, mode => 1.0 / mode, 1);
        data = new DataMatrix(30, 6000, [.. data.Values.Select(value => 1000 + value)]);
        var gram = GramMatrix.Of(data, isCentred, TestContext.Current.CancellationToken);
        Compare(gram.Eigenvalues(), Direct(data, isCentred, [.. Enumerable.Range(0, 30)]));
        Compare(gram.Eigenvalues(6, 9), Direct(data, isCentred, [.. Enumerable.Range(0, 30).Where(row => row is < 6 or >= 9)]));
        gram.Trace.ShouldBe(gram.Eigenvalues().Sum(), 1e-10 * gram.Trace);
    }

    [Fact]
    public void RowsOfEqualLengthHaveTheSameEigenvaluesByEitherWay()
    {
        // The Gram matrix about the spatial median, against rows that are divided by their lengths about zero where the data has none.
        var data = SampleRows.Elliptical(40, 90, mode => 1.0 / mode, 3, 2);
        var even = new DataMatrix(40, 90, (double[])data.Values.Clone());
        for (var row = 0; row < 40; row++)
        {
            var length = Math.Sqrt(data.Row(row).ToArray().Sum(value => value * value));
            for (var k = 0; k < 90; k++)
                even.Values[(row * 90) + k] /= length;
        }

        Compare(GramMatrix.Of(data, false, TestContext.Current.CancellationToken).EvenEigenvalues(), Direct(even, false, [.. Enumerable.Range(0, 40)]));
    }

    [Fact]
    public void TheSavedSpectrumHoldsTheTraceThatWasNotResolved()
    {
        using var folder = new TemporaryFolder();
        var estimate = SpectrumEstimate.FromData(SampleRows.Gaussian(400, 60, mode => 1.0 / mode, 1));
        var leading = estimate with { IsComplete = false, Rank = 40, Eigenvalues = estimate.Eigenvalues[..40] };
        leading.Save(folder.Path("spectrum.csv"), "data");
        var saved = NumericFile.ReadVector(folder.Path("spectrum.csv"));
        saved.Length.ShouldBe(60);
        saved.Sum().ShouldBe(1, 1e-12);
        for (var k = 0; k < 40; k++)
            saved[k].ShouldBe(estimate.Eigenvalues[k] / estimate.Trace, 1e-12);
        saved[40..].Distinct().Count().ShouldBe(1);
        File.ReadAllText(folder.Path("spectrum.csv")).ShouldContain("modes 41 to 60 were not computed");
    }

    private static void Compare(double[] values, double[] expected)
    {
        for (var k = 0; k < expected.Length; k++)
            values[k].ShouldBe(expected[k], 1e-9 * expected[0], $"mode {k + 1}");
    }

    private static double[] Direct(DataMatrix data, bool isCentred, int[] rows)
    {
        var d = data.Columns;
        double[] means = [.. Enumerable.Range(0, d).Select(column => isCentred ? rows.Average(row => data.Row(row)[column]) : 0)];
        var gram = new double[rows.Length * rows.Length];
        for (var i = 0; i < rows.Length; i++)
        {
            for (var j = 0; j <= i; j++)
            {
                var sum = 0.0;
                for (var k = 0; k < d; k++)
                    sum += (data.Row(rows[i])[k] - means[k]) * (data.Row(rows[j])[k] - means[k]);
                gram[(i * rows.Length) + j] = sum / (rows.Length - (isCentred ? 1 : 0));
            }
        }

        return new ManagedDenseAlgebra().SymmetricEigenvalues(gram, rows.Length);
    }
}
