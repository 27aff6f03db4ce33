using System.Globalization;
using System.Text;
using DuckDB.NET.Data;
using SkiaSharp;

namespace Eigenflow.EndToEnd;

/// <summary>The files of their own that readers of the documentation bring: small ones, made by formulas with a fixed seed.</summary>
internal static class PageInputs
{
    private static readonly Dictionary<string, Action<string>> Makers = new(StringComparer.Ordinal)
    {
        ["data.npy"] = path => WriteArray(path, 400, 40, Samples()),
        ["data.csv"] = WriteLabelled,
        ["classes.csv"] = WriteClasses,
        ["data.parquet"] = path => WriteParquet(path, text => WriteSamples(text, 300, 30)),
        ["huge.npy"] = path => WriteArray(path, 4100, 4100, Samples()),
        ["photos"] = WritePhotos,
        ["list.csv"] = path => File.WriteAllLines(path, ["eigenvalue", .. Enumerable.Range(1, 500).Select(i => Text(Math.Pow(i, -1.5)))]),
        ["c.npy"] = path => WriteArray(path, 40, 40, (i, j) => (i == j ? 1.0 / (i + 1) : 0) + (0.01 / ((i + 1) * (j + 1)))),
        ["mean.npy"] = path => WriteArray(path, 300, 12, (row, column) => 0.2 + (0.4 * Math.Exp(-row / 8.0)) + (0.006 * column * Math.Exp(-2 * Math.Pow(Math.Log((row + 1) / 60.0), 2)))),
        ["std.npy"] = path => WriteArray(path, 300, 12, (_, _) => 0.004),
        ["losses.csv"] = path => WriteLosses(path, 0.2, "step,loss,learning_rate", 1),
        ["other.csv"] = path => WriteLosses(path, 0.5, "step,loss,learning_rate", 1),
        ["a.csv"] = path => WriteLosses(path, 0.3, "step,loss,learning_rate", 1),
        ["b.csv"] = path => WriteLosses(path, 0.8, "step,loss,learning_rate", 1),
        ["log.csv"] = path => WriteLosses(path, 0.2, "step,train/loss,train/lr", 2010),
        ["curve.csv"] = WriteCurve,
        ["rows.csv"] = WriteRows,
        ["h.csv"] = path => File.WriteAllLines(path, ["2,0.3", "0.3,1"]),
        ["d.csv"] = path => File.WriteAllLines(path, ["1e-4,2e-5", "2e-5,5e-5"]),
        ["path.csv"] = WritePath,
        ["variances.csv"] = WriteVariances,
        ["sizes.csv"] = path => WriteSizes(path, "step,loss,size,seed"),
        ["ladder.csv"] = path => LadderInputs.Write(path, "linear", 4),
        ["constant.csv"] = path => LadderInputs.Write(path, "constant", 3),
        ["ladder.jsonl"] = path => LadderInputs.WriteLines(path, "linear", 4),
        ["sizes.parquet"] = path => WriteParquet(path, text => WriteSizes(text, "tokens,val_loss,width,seed")),
    };

    /// <summary>Makes those files that a command names and that are not there yet.</summary>
    /// <param name="folder">Where the command runs.</param>
    /// <param name="command">The command.</param>
    public static void Make(string folder, string command)
    {
        foreach (var (name, make) in Makers)
        {
            var path = Path.Combine(folder, name);
            if (!Path.Exists(path) && command.Split([' ', ':', '\'', '"']).Contains(name, StringComparer.Ordinal))
                make(path);
        }
    }

    // Independent numbers with standard deviations i^(−1).
    private static Func<int, int, double> Samples()
    {
        var random = new System.Random(3);
        return (_, column) => Gaussian(random) / (column + 1);
    }

    // The same with a label: a line through the features, and noise.
    private static void WriteLabelled(string path)
    {
        const int Rows = 300, Columns = 20;
        var random = new System.Random(4);
        var value = Samples();
        File.WriteAllLines(path, [
            string.Join(',', Enumerable.Range(0, Columns).Select(j => $"feature{j}")) + ",y",
            .. Enumerable.Range(0, Rows).Select(i =>
            {
                double[] x = [.. Enumerable.Range(0, Columns).Select(j => value(i, j))];
                return string.Join(',', x.Append(x.Sum() + (0.1 * Gaussian(random))).Select(Text));
            })]);
    }

    // Three features and a line through them with noise.
    private static void WriteRows(string path)
    {
        var random = new System.Random(6);
        File.WriteAllLines(path, [
            "a,b,c,target",
            .. Enumerable.Range(0, 64).Select(_ =>
            {
                double[] x = [Gaussian(random), Gaussian(random) / 2, Gaussian(random) / 3];
                return string.Join(',', x.Append(x[0] - (x[1] / 2) + (0.3 * Gaussian(random))).Select(Text));
            })]);
    }

    // Two parameters that are pulled back to zero, and round.
    private static void WritePath(string path)
    {
        var random = new System.Random(7);
        double x = 0, y = 0;
        File.WriteAllLines(path, [
            "first,second",
            .. Enumerable.Range(0, 4000).Select(_ =>
            {
                (x, y) = ((0.95 * x) - (0.04 * y) + (0.01 * Gaussian(random)), (0.95 * y) + (0.04 * x) + (0.01 * Gaussian(random)));
                return $"{Text(x)},{Text(y)}";
            })]);
    }

    // Variances of twelve modes during training: sigmoids at τ = 1/λ in the logarithm.
    private static void WriteVariances(string path)
    {
        double[] targets = [.. Enumerable.Range(0, 12).Select(k => Math.Pow(2, 3 - k))];
        File.WriteAllLines(path, [
            "t," + string.Join(',', targets.Select((_, k) => $"mode{k + 1}")),
            .. Enumerable.Range(0, 80).Select(row => Math.Pow(10, -3 + (row * 7.0 / 79))).Select(t => string.Join(',', targets.Select(target => Text(1e-4 * Math.Pow(target / 1e-4, 1 - Math.Exp(-t * target)))).Prepend(Text(t)))),
        ]);
    }

    // Two classes with means of either sign, one noisier than the other.
    private static void WriteClasses(string path)
    {
        var random = new System.Random(5);
        File.WriteAllLines(path, [
            string.Join(',', Enumerable.Range(0, 20).Select(j => $"feature{j}")) + ",kind",
            .. Enumerable.Range(0, 1200).Select(i => string.Join(',', Enumerable.Range(0, 20).Select(j => Text((i % 3 == 0 ? 0.25 : -0.25) + (Gaussian(random) * Math.Pow((j + 1) / 20.0, i % 3 == 0 ? 0.5 : 1))))) + (i % 3 == 0 ? ",cat" : ",dog")),
        ]);
    }

    private static void WriteArray(string path, int rows, int columns, Func<int, int, double> value)
    {
        var header = string.Create(CultureInfo.InvariantCulture, $"{{'descr': '<f4', 'fortran_order': False, 'shape': ({rows}, {columns}), }}").PadRight(128 - 10 - 1) + "\n";
        using var writer = new BinaryWriter(File.Create(path));
        writer.Write([0x93, .. "NUMPY"u8, 1, 0]);
        writer.Write((ushort)header.Length);
        writer.Write(Encoding.ASCII.GetBytes(header));
        for (var i = 0; i < rows; i++)
        {
            for (var j = 0; j < columns; j++)
                writer.Write((float)value(i, j));
        }
    }

    private static void WriteSamples(string path, int rows, int columns)
    {
        var value = Samples();
        File.WriteAllLines(path, [
            string.Join(',', Enumerable.Range(0, columns).Select(j => $"feature{j}")),
            .. Enumerable.Range(0, rows).Select(i => string.Join(',', Enumerable.Range(0, columns).Select(j => Text(value(i, j))))),
        ]);
    }

    private static void WriteParquet(string path, Action<string> writeText)
    {
        var text = path + ".text";
        writeText(text);
        using var connection = new DuckDBConnection("DataSource=:memory:");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = $"COPY (SELECT * FROM read_csv('{text}', delim = ',', header = true)) TO '{path}' (FORMAT parquet)";
        command.ExecuteNonQuery();
        File.Delete(text);
    }

    // Smooth landscapes with some noise.
    private static void WritePhotos(string path)
    {
        Directory.CreateDirectory(path);
        var random = new System.Random(9);
        for (var photo = 0; photo < 2; photo++)
        {
            using var bitmap = new SKBitmap(96, 96);
            for (var x = 0; x < 96; x++)
            {
                for (var y = 0; y < 96; y++)
                {
                    var level = (byte)Math.Clamp(128 + (60 * Math.Sin((x + (20 * photo)) / 17.0)) + (50 * Math.Cos(y / 11.0)) + (8 * Gaussian(random)), 0, 255);
                    bitmap.SetPixel(x, y, new SKColor(level, level, level));
                }
            }

            using var data = bitmap.Encode(SKEncodedImageFormat.Png, 100);
            File.WriteAllBytes(Path.Combine(path, $"photo{photo}.png"), data.ToArray());
        }
    }

    // A loss that falls as a power of intrinsic time and with the learning rate, which decays over the last part; rows from a step on.
    private static void WriteLosses(string path, double decay, string heading, int first)
    {
        var last = first + 1999;
        var text = new StringBuilder(heading + "\n");
        var (time, stable) = (0.0, (int)(last * (1 - decay)));
        for (var step = 1; step <= last; step++)
        {
            var rate = step <= stable ? 0.01 : 0.01 * (last + 1 - step) / (last + 1.0 - stable);
            time += rate;
            if (step >= first)
                text.Append(CultureInfo.InvariantCulture, $"{step},{2 + (3 * Math.Pow(1 + (time / 0.05), -0.4)) + (20 * rate):R},{rate:R}\n");
        }

        File.WriteAllText(path, text.ToString());
    }

    // A power law over six decades with noise of 1 %.
    private static void WriteCurve(string path)
    {
        var random = new System.Random(5);
        var text = new StringBuilder("step,loss\n");
        foreach (var step in Enumerable.Range(0, 121).Select(k => Math.Ceiling(Math.Pow(10, k / 20.0))).Distinct())
            text.Append(CultureInfo.InvariantCulture, $"{step:R},{5 * Math.Pow(step, -0.3) * Math.Exp(0.01 * Gaussian(random)):R}\n");
        File.WriteAllText(path, text.ToString());
    }

    // Two sizes with three seeds each.
    private static void WriteSizes(string path, string heading)
    {
        var random = new System.Random(7);
        var text = new StringBuilder(heading + "\n");
        foreach (var (size, seed) in new[] { 64, 256 }.SelectMany(size => Enumerable.Range(1, 3).Select(seed => (size, seed))))
        {
            for (var k = 0; k <= 40; k++)
            {
                var step = Math.Round(100 * Math.Pow(10, k / 16.0));
                text.Append(CultureInfo.InvariantCulture, $"{step},{8 * Math.Pow(step, -0.2) / Math.Sqrt(size) * Math.Exp(0.02 * Gaussian(random)):R},{size},{seed}\n");
            }
        }

        File.WriteAllText(path, text.ToString());
    }

    private static string Text(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    private static double Gaussian(System.Random random) =>
        Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
