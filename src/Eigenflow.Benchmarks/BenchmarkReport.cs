using System.Globalization;
using System.Text.Json.Nodes;
using Eigenflow.Figures;

namespace Eigenflow.Benchmarks;

/// <summary>Benchmark results as table, figure and JSON.</summary>
public static class BenchmarkReport
{
    /// <summary>The table.</summary>
    /// <param name="results">The results.</param>
    public static Table Table(IReadOnlyList<BenchmarkResult> results) => new(
        "benchmarks", "", ["work", "ours", "peer", "peer's", "ratio", "± spread", "bar", ""],
        [.. results.Select(result => (IReadOnlyList<string>)
        [
            result.Work, $"{Time(result.OurSeconds)}/{result.Unit}", result.Peer, $"{Time(result.PeerSeconds)}/{result.Unit}", Number(result.Ratio), result.Spread > 0 ? Number(result.Spread) : "—",
            result.Bar is { } bar ? "≥ " + Number(bar) : "—", result.Bar is null ? "" : result.ReachesBar ? "reached" : "MISSED",
        ])],
        $"Medians over alternating measurements on one core of {Machine.Processor}; ratio: the peer's time over ours.");

    /// <summary>The JSON document <c>{"cpu": …, "results": [{"work", "unit", "ours_s", "peer", "peer_s", "ratio", "spread", "bar", "note"}]}</c>; seconds are per unit.</summary>
    /// <param name="results">The results.</param>
    /// <param name="peers">The peers with their versions.</param>
    public static JsonObject Json(IReadOnlyList<BenchmarkResult> results, IReadOnlyList<string> peers) => new()
    {
        ["cpu"] = Machine.Processor,
        ["version"] = ProductVersion.Text,
        ["peers"] = new JsonArray([.. peers.Select(peer => (JsonNode)JsonValue.Create(peer))]),
        ["results"] = new JsonArray([.. results.Select(result => (JsonNode)new JsonObject
        {
            ["work"] = result.Work,
            ["unit"] = result.Unit,
            ["ours_s"] = result.OurSeconds,
            ["peer"] = result.Peer,
            ["peer_s"] = result.PeerSeconds,
            ["ratio"] = result.Ratio,
            ["spread"] = result.Spread,
            ["bar"] = result.Bar,
            ["note"] = result.Note,
        })]),
    };

    /// <summary>Ratios with the bars that are to be reached.</summary>
    /// <param name="results">The results.</param>
    public static Figure Figure(IReadOnlyList<BenchmarkResult> results)
    {
        string[] names = [.. results.Select(result => $"{result.Work}, {result.Peer}")];
        return new Figure
        {
            Id = "ratios",
            Title = TitleOf(results),
            Caption = $"Time of the peer over ours (dots: median over alternating measurements) and the ratio to be reached (rings). One core of {Machine.Processor}.",
            Panels =
            [
                new Panel
                {
                    X = new Axis("peer's time over ours", true),
                    Y = new Axis("") { Categories = names },
                    Series =
                    [
                        Points("to be reached", result => result.Bar ?? double.NaN) with { Role = SeriesRole.Reference, Color = CurveColors.Neutral, IsHollow = true },
                        Points("measured", result => result.Ratio),
                    ],
                    Lines = [new ReferenceLine(1, "")],
                },
            ],
        };

        Series Points(string label, Func<BenchmarkResult, double> value)
        {
            int[] rows = [.. Enumerable.Range(0, results.Count).Where(row => value(results[row]) > 0).OrderBy(row => value(results[row]))];
            return new Series { Label = label, X = [.. rows.Select(row => value(results[row]))], Y = [.. rows.Select(row => row + 1.0)], Style = SeriesStyle.Points, Role = SeriesRole.Measurement };
        }
    }

    private static string TitleOf(IReadOnlyList<BenchmarkResult> results)
    {
        if (results.Count == 0)
            return "Nothing was compared";
        var (barred, reached) = (results.Count(result => result.Bar is not null), results.Count(result => result.Bar is not null && result.ReachesBar));
        return $"{DisplayNumber.Range(results.Min(result => result.Ratio), results.Max(result => result.Ratio), 2)} times the speed of peers on equal work; {reached} of {barred} bars reached";
    }

    private static string Number(double value) => value.ToString("G3", CultureInfo.InvariantCulture);

    private static string Time(double seconds) => seconds switch
    {
        < 1e-6 => Number(seconds * 1e9) + " ns",
        < 1e-3 => Number(seconds * 1e6) + " µs",
        < 1 => Number(seconds * 1e3) + " ms",
        _ => Number(seconds) + " s",
    };
}
