using System.Globalization;
using Eigenflow.Cli;
using Eigenflow.Systems;
using Shouldly;
using Xunit;

namespace Eigenflow.Tests.Text;

/// <summary>
/// What is written does not depend on the culture of the host. These cultures write numbers as de-DE, tr-TR and fa-IR do; the command with the data of all languages is tried in
/// Eigenflow.EndToEnd, because this process has them no more than the command.
/// </summary>
public sealed class CultureTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public static TheoryData<string> Commands =>
    [
        .. SystemCatalog.All.SelectMany(system => new[] { $"describe {system.Id}", $"describe {system.Id} --format json", $"predict {system.Id} --format json" }),
        "predict phase-retrieval --exponent 1.5 --out OUT --scale 0.5",
        "run phase-retrieval --dimension 5 --until 1 --points 3 --format csv --out OUT --scale 0.5",
        "run spectral-descent --dimension 5 --steps 4 --points 4 --format csv --out OUT --scale 0.5",
        "run functional-scaling-law --features 16 --model-size 8 --points 2 --steps 20 --format csv --out OUT --scale 0.5",
        "run functional-scaling-law --schedule exponential --peak 0.5 --final 0",
        "run phase-retrieval --spectrum spiked:2:0.5",
        "fit curve.csv --resamples 99 --out OUT --scale 0.5",
        "fit curve.csv --window 1.5,90.5 --resamples 99 --format json",
        "spectrum rows.csv --out OUT --scale 0.5",
        "fit-schedule losses.csv --law direct --resamples 20 --restarts 10 --out OUT --scale 0.5",
        "fit-schedule losses.csv --law direct --skip 0.999",
        "collapse models.csv --x t --y e --models d --out OUT --scale 0.5",
        "sweep s.toml --out OUT --quiet",
    ];

    [Theory]
    [MemberData(nameof(Commands))]
    public async Task EveryCultureGetsTheSameBytes(string command)
    {
        Prepare();
        var expected = await Run(command, CultureInfo.InvariantCulture);
        foreach (var culture in new[] { Culture(",", ".", "-"), Culture("٫", "٬", "\u200E−") })
        {
            var found = await Run(command, culture);
            found.Keys.ShouldBe(expected.Keys);
            foreach (var (name, text) in expected)
                found[name].ShouldBe(text, $"{command}: {name}");
        }
    }

    public void Dispose() => folder.Dispose();

    private async Task<SortedDictionary<string, string>> Run(string command, CultureInfo culture)
    {
        CultureInfo.CurrentCulture = culture;
        try
        {
            (0.5).ToString("0.0", culture).ShouldBe("0" + culture.NumberFormat.NumberDecimalSeparator + "5");
            using var output = new StringWriter(CultureInfo.InvariantCulture);
            using var error = new StringWriter(CultureInfo.InvariantCulture);
            using (var screen = Screen.Of(output, error))
            {
                var code = await EigenflowCommand.RunAsync(
                    [.. command.Split(' ').Select(word => word is "OUT" ? folder.Path("out") : word.EndsWith(".csv", StringComparison.Ordinal) || word.EndsWith(".toml", StringComparison.Ordinal) ? folder.Path(word) : word)], screen);
                if (code == 0 && command.StartsWith("sweep", StringComparison.Ordinal))
                    (await EigenflowCommand.RunAsync(["report", folder.Path("out"), "--scale", "0.5"], screen)).ShouldBe(0, error.ToString());
            }

            // Times that runs took are no results: tables on the screen have them, and the log of a sweep.
            var texts = new SortedDictionary<string, string>(StringComparer.Ordinal) { ["screen"] = output + error.ToString() };
            if (Directory.Exists(folder.Path("out")))
            {
                foreach (var file in Directory.GetFiles(folder.Path("out"), "*", SearchOption.AllDirectories).Where(file => Path.GetFileName(Path.GetDirectoryName(file)) is not "log"))
                    texts[Path.GetRelativePath(folder.Path("out"), file)] = Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(await File.ReadAllBytesAsync(file)));
                Directory.Delete(folder.Path("out"), recursive: true);
            }

            return texts;
        }
        finally
        {
            CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
        }
    }

    private static CultureInfo Culture(string point, string group, string minus)
    {
        var culture = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        (culture.NumberFormat.NumberDecimalSeparator, culture.NumberFormat.NumberGroupSeparator, culture.NumberFormat.NegativeSign) = (point, group, minus);
        return culture;
    }

    private void Prepare()
    {
        string Row(params IEnumerable<double> numbers) => string.Join(',', numbers.Select(number => number.ToString("R", CultureInfo.InvariantCulture)));
        string Rows(int count, Func<int, string> row) => string.Join('\n', Enumerable.Range(1, count).Select(row)) + "\n";
        folder.Write("curve.csv", "t,y\n" + Rows(60, t => Row(t, Math.Pow(t, -0.5) + (0.01 * Math.Sin(7.0 * t)))));
        folder.Write("rows.csv", "a,b,c\n" + Rows(40, k => Row(Math.Sin(k), Math.Cos(2.3 * k), Math.Sin(5.1 * k) / 3)));
        folder.Write("losses.csv", "step,lr,loss\n" + Rows(60, t => Row(t * 10, 1e-3 * (1 - (t / 80.0)), 2 + (3 / Math.Sqrt(t)))));
        folder.Write("models.csv", "t,d,e\n" + Rows(120, k => Row(((k - 1) % 40) + 1, 10 << ((k - 1) / 40), Math.Exp(-(((k - 1) % 40) + 1.0) / (10 << ((k - 1) / 40))))));
        folder.Write("s.toml", "system = \"phase-retrieval\"\nmethod = \"flow\"\n[parameters]\ndimension = [5, 10]\nuntil = 1.5\npoints = 4\n[derived]\nlast = { value = \"u\" }\n[[figure]]\nx = \"dimension\"\ny = \"last\"\n");
    }
}
