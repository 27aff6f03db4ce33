using System.Text;
using Eigenflow.Data;
using Eigenflow.Numerics.Dense;
using Eigenflow.Random;
using Eigenflow.Spectra.Estimation;
using Parquet;
using Parquet.Schema;
using Shouldly;
using Xunit;

namespace Eigenflow.Tests.Spectra;

/// <summary>Spectra of data that is read in blocks: all formats agree, error bounds hold, white noise is told, tails are corrected.</summary>
public sealed class LargeSpectrumTests(ITestOutputHelper output) : IDisposable
{
    private readonly TemporaryFolder folder = new();

    [Fact]
    public async Task AllFormatsGiveTheSpectrumOfTheRowsInMemory()
    {
        // More rows than a block of 30 columns holds, on a large mean.
        var data = Rows(70_000, 30, 1, 3, 500);
        var single = new DataMatrix(data.Rows, data.Columns, [.. data.Values.Select(value => (double)(float)value)]);
        var exact = Direct(data);
        Npy("c.npy", data, "<f8", isFortran: false);
        Npy("fortran.npy", data, ">f8", isFortran: true);
        Npy("single.npy", single, "<f4", isFortran: false);
        File.WriteAllText(folder.Path("rows.csv"), string.Join('\n', Enumerable.Range(0, data.Rows).Select(row => string.Join(',', data.Row(row).ToArray().Select(value => value.ToString("R", System.Globalization.CultureInfo.InvariantCulture))))));
        await Parquet(data);
        Compare(SpectrumEstimate.FromData(data).Eigenvalues, exact, 1e-12);
        foreach (var name in (string[])["c.npy", "fortran.npy", "rows.csv", "rows.parquet"])
            Compare(Estimate(name).Eigenvalues, exact, 1e-12);
        Compare(Estimate("single.npy").Eigenvalues, Direct(single), 1e-12);
        var whole = NumericFile.ReadMatrix(folder.Path("rows.parquet"));
        whole.Values.ShouldBe(data.Values);
        whole.Names[2].ShouldBe("x2");
    }

    [Fact]
    public async Task AMissingNumberInParquetIsLocated()
    {
        await Parquet(new DataMatrix(3, 2, [1, 2, 3, double.NaN, 5, 6]));
        Should.Throw<InputFileException>(() => Estimate("rows.parquet")).Message.ShouldContain("column 'x1' holds no finite number in row 2");
    }

    [Theory]
    [InlineData(1.0, 0)]
    [InlineData(1.0, 2)]
    [InlineData(0.3, 2)]
    [InlineData(2.0, 1)]
    public void ErrorBoundsOfLeadingEigenvaluesHold(double exponent, int iterations)
    {
        var data = Rows(900, 600, exponent, 5, 3);
        var exact = Direct(data);
        using var rows = RowSource.Of(data);
        var found = RangeFinder.Find(rows, data.Rows, true, 40, iterations, null, TestContext.Current.CancellationToken);
        found.Values.Length.ShouldBe(40);
        found.Trace.ShouldBe(exact.Sum(), 1e-10 * exact.Sum());
        for (var k = 0; k < 40; k++)
        {
            exact.Min(value => Math.Abs(value - found.Values[k])).ShouldBeLessThanOrEqualTo(found.Errors[k] + (1e-12 * exact[0]), $"mode {k + 1}");
            found.Values[k].ShouldBeLessThanOrEqualTo(exact[k] * (1 + 1e-10));
        }

        output.WriteLine($"a = {exponent}, {iterations} iterations: bound {found.Errors[9] / found.Values[9]:E1}, error {Math.Abs(found.Values[9] / exact[9] - 1):E1} at mode 10");
        for (var k = 0; k < 20; k++)
            (exact[k] - found.Values[k]).ShouldBeLessThanOrEqualTo((3 * found.Estimates[k]) + (1e-12 * exact[0]), $"estimate of mode {k + 1}");
        if (iterations == 2 && exponent == 1)
            (found.Estimates[29] / found.Values[29]).ShouldBeLessThan(0.01);
    }

    [Theory]
    [InlineData(200, 50)]
    [InlineData(1000, 100)]
    [InlineData(100, 200)]
    [InlineData(5000, 64)]
    [InlineData(60, 60)]
    public void WhiteNoiseIsNoPowerLaw(int rows, int columns)
    {
        for (var seed = 1; seed <= 6; seed++)
        {
            var noise = SpectrumEstimate.FromData(Rows(rows, columns, 0, (ulong)seed, 1));
            noise.Kind.ShouldBe(SpectrumKind.WhiteNoise, $"seed {seed}");
            noise.Exponent.ShouldBeNull();
            noise.Verdict.ShouldContain("white noise", Case.Sensitive, $"seed {seed}");
            SpectrumEstimate.FromData(Rows(rows, columns, 0.6, (ulong)seed, 1)).Kind.ShouldNotBe(SpectrumKind.WhiteNoise);
        }
    }

    [Fact]
    public void AWeakPowerLawOfManySamplesIsNoWhiteNoise()
    {
        var estimate = SpectrumEstimate.FromData(Rows(20_000, 50, 0.1, 1, 1));
        estimate.Kind.ShouldBe(SpectrumKind.PowerLaw);
        estimate.Exponent!.Value.ShouldBe(0.1, 0.03);
    }

    [Theory]
    [InlineData(75, 150, 1.0)]
    [InlineData(300, 150, 1.0)]
    [InlineData(1500, 150, 1.0)]
    [InlineData(300, 150, 1.5)]
    [InlineData(1500, 150, 0.0)]
    public void TheCorrectedTailIsCloserToThePopulation(int rows, int columns, double exponent)
    {
        double raw = 0, corrected = 0;
        for (var seed = 1; seed <= 3; seed++)
        {
            var estimate = SpectrumEstimate.FromData(Rows(rows, columns, exponent, (ulong)seed, 0), new SpectrumEstimateOptions { Corrects = true });
            var better = estimate.Corrected.ShouldNotBeNull();
            better.Length.ShouldBe(columns);
            for (var k = 0; k < Math.Min(rows - 1, columns); k++)
            {
                var truth = Math.Pow(k + 1, -exponent);
                raw += Math.Pow(Math.Log(estimate.Eigenvalues[k] / truth), 2);
                corrected += Math.Pow(Math.Log(better[k] / truth), 2);
            }
        }

        output.WriteLine($"n/d = {(double)rows / columns}, a = {exponent}: rms of ln {Math.Sqrt(raw / (3 * Math.Min(rows, columns))):0.000} raw, {Math.Sqrt(corrected / (3 * Math.Min(rows, columns))):0.000} corrected");
        corrected.ShouldBeLessThan(raw / 4);
    }

    [Theory]
    [InlineData(700, 1400)]
    [InlineData(2000, 600)]
    public void IntervalsOfLargeSpectraHoldTheBiasOfTheSample(int rows, int columns)
    {
        // Beyond 512 modes there is no jackknife. At n/d = 1/2 the bias is several times the interval of the line.
        for (var seed = 1; seed <= 3; seed++)
        {
            var estimate = SpectrumEstimate.FromData(Rows(rows, columns, 1, (ulong)seed, 0));
            output.WriteLine($"{rows} x {columns}: {estimate.Exponent:0.000} ± {estimate.ExponentUncertainty:0.000}");
            Math.Abs(estimate.Exponent!.Value - 1).ShouldBeLessThanOrEqualTo(estimate.ExponentUncertainty, $"seed {seed}");
            estimate.ExponentUncertainty.ShouldBeLessThan(0.15);
        }
    }

    [Fact]
    public void WhatCannotBeCorrectedIsSaid()
    {
        SpectrumEstimate.FromData(Rows(700, 600, 1, 1, 0), new SpectrumEstimateOptions { Corrects = true }).Correction.ShouldContain("up to 512 modes");
        var data = Rows(100, 10, 1, 1, 0);
        for (var row = 0; row < 100; row++)
            data.Values[(row * 10) + 9] = data.Values[row * 10];
        SpectrumEstimate.FromData(data, new SpectrumEstimateOptions { Corrects = true }).Correction.ShouldContain("combinations");
        Should.Throw<ParameterException>(() => SpectrumEstimate.FromData(data, new SpectrumEstimateOptions { Modes = 2 })).Parameter.ShouldBe("modes");
        Should.Throw<ParameterException>(() => SpectrumEstimate.FromData(data, new SpectrumEstimateOptions { Iterations = 50 })).Parameter.ShouldBe("iterations");
    }

    public void Dispose() => folder.Dispose();

    private static void Compare(double[] values, double[] exact, double tolerance)
    {
        for (var k = 0; k < exact.Length; k++)
            values[k].ShouldBe(exact[k], tolerance * exact[0], $"mode {k + 1}");
    }

    // By two passes with plain loops.
    private static double[] Direct(DataMatrix data)
    {
        int n = data.Rows, d = data.Columns;
        var means = Enumerable.Range(0, d).Select(column => data.Column(column).Average()).ToArray();
        var covariance = new double[d * d];
        for (var row = 0; row < n; row++)
        {
            var values = data.Row(row);
            for (var i = 0; i < d; i++)
            {
                for (var j = 0; j <= i; j++)
                    covariance[(i * d) + j] += (values[i] - means[i]) * (values[j] - means[j]) / (n - 1);
            }
        }

        return new ManagedDenseAlgebra().SymmetricEigenvalues(covariance, d);
    }

    private SpectrumEstimate Estimate(string name)
    {
        using var rows = RowSource.Open(folder.Path(name));
        return SpectrumEstimate.FromRows(rows, null, null, TestContext.Current.CancellationToken);
    }

    private void Npy(string name, DataMatrix data, string type, bool isFortran)
    {
        var header = $"{{'descr': '{type}', 'fortran_order': {(isFortran ? "True" : "False")}, 'shape': ({data.Rows}, {data.Columns}), }}";
        header = header.PadRight(128 - 10 - 1) + "\n";
        using var writer = new BinaryWriter(File.Create(folder.Path(name)));
        writer.Write([0x93, .. "NUMPY"u8, 1, 0]);
        writer.Write((ushort)header.Length);
        writer.Write(Encoding.ASCII.GetBytes(header));
        for (var k = 0; k < data.Values.Length; k++)
        {
            var value = isFortran ? data.Values[((k % data.Rows) * data.Columns) + (k / data.Rows)] : data.Values[k];
            if (type == "<f4")
            {
                writer.Write((float)value);
                continue;
            }

            var bytes = BitConverter.GetBytes(value);
            if (type[0] == '>')
                Array.Reverse(bytes);
            writer.Write(bytes);
        }
    }

    private async Task Parquet(DataMatrix data)
    {
        var schema = new ParquetSchema(Enumerable.Range(0, data.Columns).Select(column => new DataField<double>($"x{column}", false)));
        await using var stream = File.Create(folder.Path("rows.parquet"));
        await using var writer = await ParquetWriter.CreateAsync(schema, stream);
        const int groupRows = 25_000;
        for (var first = 0; first < data.Rows; first += groupRows)
        {
            using var group = writer.CreateRowGroup();
            var count = Math.Min(groupRows, data.Rows - first);
            for (var column = 0; column < data.Columns; column++)
                await group.WriteAsync<double>(schema.DataFields[column], data.Column(column).AsMemory(first, count));
            group.CompleteValidate();
        }
    }

    // Gaussian rows with covariance i^(−a), about a mean.
    private static DataMatrix Rows(int rows, int columns, double exponent, ulong seed, double mean)
    {
        var values = new double[rows * columns];
        for (var row = 0; row < rows; row++)
        {
            var target = values.AsSpan(row * columns, columns);
            GaussianGenerator.Fill(new GaussianAddress(seed, 0, 0, row), 0, target);
            for (var column = 0; column < columns; column++)
                target[column] = mean + (target[column] * Math.Pow(column + 1, -exponent / 2));
        }

        return new DataMatrix(rows, columns, values);
    }
}
