using DuckDB.NET.Data;
using Eigenflow.Data;

namespace Eigenflow.EndToEnd;

/// <summary>Parquet files of others, damaged at random and on purpose: a table or one located error, soon. (docs/reliability.md: 150,000 by hand, at most 0.07 s and 110 MB.)</summary>
public sealed class HostileParquetTests : TemporaryFolder
{
    private const string Columns =
        "SELECT i AS step, 3.0 * pow(i + 1.0, -0.3) AS loss, CAST(i % 7 AS INTEGER) AS k, (i % 3 = 0) AS b, 'run' || (i % 4) AS name, CASE WHEN i % 5 = 0 THEN NULL ELSE i * 0.5 END AS maybe FROM range(60) t(i)";

    private static readonly (string Query, string Options)[] Sources =
    [
        (Columns, "COMPRESSION snappy"),
        (Columns, "COMPRESSION zstd"),
        (Columns, "COMPRESSION gzip"),
        (Columns, "COMPRESSION uncompressed"),
        (Columns, "COMPRESSION uncompressed, PARQUET_VERSION v2"),
        ("SELECT i AS a, sqrt(i) AS c FROM range(5000) t(i)", "ROW_GROUP_SIZE 2048"),
        ("SELECT [i * 1.0, i * 2.0, i * 3.0] AS v, CAST(i AS FLOAT) AS f FROM range(40) t(i)", "COMPRESSION snappy"),
        ("SELECT CAST(i AS DECIMAL(9, 2)) AS d, CAST(i AS DECIMAL(30, 4)) AS e, DATE '2020-01-01' + CAST(i AS INTEGER) AS t FROM range(40) t(i)", "COMPRESSION snappy"),
    ];

    [Fact]
    public void WholeFilesOfAnotherWriterPass()
    {
        foreach (var path in Write())
            ColumnTable.Read(path).Rows.ShouldBeGreaterThan(30);
    }

    [Fact]
    public async Task MutatedFilesGiveATableOrOneError()
    {
        byte[][] originals = [.. Write().Select(File.ReadAllBytes)];
        var path = Path.Combine(Folder, "mutated.parquet");
        var random = new System.Random(12);
        var refused = 0;
        for (var trial = 0; trial < 3000; trial++)
        {
            await File.WriteAllBytesAsync(path, Mutate(originals[trial % originals.Length], random), TestContext.Current.CancellationToken);

            // A hang would otherwise be that of the test.
            var error = await Task.Run(() => Read(path)).WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);
            error?.ShouldContain(path);
            refused += error is null ? 0 : 1;
        }

        refused.ShouldBeInRange(1000, 2900);
    }

    // What made readers loop or allocate: a footer of seven fields of nothing, a field without a type at the end of the footer, numbers of values and bytes that nothing holds.
    [Theory]
    [InlineData("PAR1\u00fc\u0001\0\0\0PAR1")]
    [InlineData("PAR1PAR1")]
    [InlineData("PAR1\0\0\0\0PAR1")]
    [InlineData("PAR1\u00ff\u00ff\u00ff\u007fPAR1")]
    [InlineData("PAR1\u0015\u0002\u0019\u00fc\u00ff\u00ff\u00ff\u00ff\u0007\0\n\0\0\0PAR1")]
    public async Task SmallHostileFilesAreRefusedAtOnce(string bytes)
    {
        var path = Path.Combine(Folder, "hostile.parquet");
        await File.WriteAllBytesAsync(path, System.Text.Encoding.Latin1.GetBytes(bytes), TestContext.Current.CancellationToken);
        (await Task.Run(() => Read(path)).WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken)).ShouldNotBeNull();
        foreach (var command in new[] { "fit", "spectrum" })
        {
            var result = await CommandProcess.Run(Folder, $"{command} {path}");
            result.ExitCode.ShouldBe(2);
            result.Error.ShouldContain(path);
        }
    }

    [Fact]
    public async Task AFieldWithoutATypeAtTheEndOfTheFooterIsDamage()
    {
        var path = Write().ElementAt(3);
        var bytes = await File.ReadAllBytesAsync(path, TestContext.Current.CancellationToken);
        bytes[^9] = 0x20;
        await File.WriteAllBytesAsync(path, bytes, TestContext.Current.CancellationToken);
        var error = await Task.Run(() => Read(path)).WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);
        error.ShouldNotBeNull().ShouldContain("unknown type");
    }

    private static string? Read(string path)
    {
        try
        {
            ColumnTable.Read(path);
            return null;
        }
        catch (EigenflowException exception)
        {
            return exception.Message;
        }
    }

    private IEnumerable<string> Write()
    {
        using var connection = new DuckDBConnection("DataSource=:memory:");
        connection.Open();
        for (var k = 0; k < Sources.Length; k++)
        {
            var path = Path.Combine(Folder, $"source{k}.parquet");
            using var command = connection.CreateCommand();
            command.CommandText = $"COPY ({Sources[k].Query}) TO '{path}' (FORMAT parquet, {Sources[k].Options})";
            command.ExecuteNonQuery();
            yield return path;
        }
    }

    // One place in three lies in the footer, where damage decides most.
    private static byte[] Mutate(byte[] original, System.Random random)
    {
        var bytes = (byte[])original.Clone();
        var footer = BitConverter.ToInt32(bytes, bytes.Length - 8) + 8;
        for (var edit = random.Next(3); edit >= 0; edit--)
        {
            var place = random.Next(3) == 0 ? bytes.Length - 1 - random.Next(footer) : random.Next(bytes.Length);
            switch (random.Next(5))
            {
                case 0 or 1:
                    bytes[place] ^= (byte)(1 << random.Next(8));
                    break;
                case 2:
                    bytes[place] = (byte)random.Next(256);
                    break;
                case 3:
                    bytes.AsSpan(place, Math.Min(8, bytes.Length - place)).Fill(0xff);
                    break;
                default:
                    bytes[place] = (byte)(random.Next(2) * 0xff);
                    break;
            }
        }

        return random.Next(8) == 0 ? bytes[..random.Next(bytes.Length)] : bytes;
    }
}
