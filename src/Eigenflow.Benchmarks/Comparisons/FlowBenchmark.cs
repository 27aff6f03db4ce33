using Eigenflow.Figures;

namespace Eigenflow.Benchmarks;

/// <summary>
/// Flow solvers compared at equal achieved error: each is run over a range of tolerances, its error is the largest relative difference of s, u and MSE to a reference
/// at rtol = 1e-12, and its time at our error is read off its own work–precision curve (straight in the logarithms between its points).
/// </summary>
internal sealed class FlowBenchmark(Func<string, WorkerProcess?> worker, Action<double, string> report)
{
    private static readonly double[] OurTolerances = [1e-4, 1e-5, 1e-6, 1e-7, 1e-8, 1e-9, 1e-10];
    private const double Asked = 1e-6;
    private const int MostNamed = 3;

    private static readonly double[] Judged = [1e-6, 1e-9];

    // The peers' solvers with the tolerances at which they are run: the slow ones at the two that are judged and one around.
    private static readonly (string Peer, string Label, string? Method, double[] Tolerances, int Repetitions, double Bar)[] Peers =
    [
        ("cvode", "cvode-woodbury", null, [1e-4, 1e-5, 1e-6, 1e-7, 1e-8, 1e-9, 1e-10, 1e-11, 1e-12, 1e-13], 5, 3),
        ("scipy", "scipy-lsoda", "LSODA", [1e-5, 1e-6, 1e-7, 1e-8, 1e-9, 1e-10], 1, 80),
        ("scipy", "scipy-bdf", "BDF", [1e-5, 1e-6, 1e-7, 1e-8, 1e-9], 1, 80),
        ("scipy", "scipy-radau", "Radau", [1e-5, 1e-6, 1e-8], 1, 80),
    ];

    /// <summary>One point of a work–precision curve.</summary>
    public sealed record Point(string Label, double Tolerance, double Error, double Seconds, double RelativeSpread);

    /// <summary>All points that were measured.</summary>
    public List<Point> Points { get; } = [];

    /// <summary>Measures and compares.</summary>
    public IEnumerable<BenchmarkResult> Run(CancellationToken cancellation)
    {
        var ours = worker("eigenflow") ?? throw new InvalidOperationException("our own engine does not start");
        var reference = ours.Ask(BenchmarkCatalog.Flow(1e-12));
        foreach (var tolerance in OurTolerances)
        {
            report(0, FormattableString.Invariant($"flow, eigenflow, rtol = {tolerance:0e-0}"));
            Points.Add(Measure(ours, "eigenflow", BenchmarkCatalog.Flow(tolerance), tolerance, 9, reference));
        }

        var done = 0;
        foreach (var (peer, label, method, tolerances, repetitions, bar) in Peers)
        {
            if (worker(peer) is not { } process)
                continue;
            foreach (var tolerance in tolerances)
            {
                cancellation.ThrowIfCancellationRequested();
                report((double)done++ / Peers.Sum(entry => entry.Tolerances.Length), FormattableString.Invariant($"flow, {label}, rtol = {tolerance:0e-0}"));
                var request = BenchmarkCatalog.Flow(tolerance);
                Points.Add(Measure(process, label, method is null ? request : request.With("method", method), tolerance, repetitions, reference));
            }

            foreach (var tolerance in Judged)
                yield return Compare(ours, label, tolerance, bar);
        }
    }

    /// <summary>The work–precision curves.</summary>
    public Figure ToFigure(string cpu) => new()
    {
        Id = "work-precision",
        Title = $"Shortest solve with an error below {DisplayNumber.Of(Asked)}: {string.Join(", ", Shortest())}",
        Caption = $"Time of one solve against its largest relative error in s, u and MSE (reference: rtol = 10^{{-12}}). Gradient flow, full modes, d = 1000, a = 2, T = 10⁵, one pinned core of {cpu}.",
        Panels =
        [
            new Panel
            {
                X = new Axis("achieved relative error", true),
                Y = new Axis("seconds", true),
                Series =
                [
                    .. Points.GroupBy(point => point.Label, StringComparer.Ordinal).SelectMany((group, index) => new[] { (SeriesStyle.Line, SeriesRole.Guide), (SeriesStyle.Points, SeriesRole.Measurement) }.Select(drawn => new Series
                    {
                        Label = group.Key,
                        X = [.. group.OrderBy(point => point.Error).Select(point => point.Error)],
                        Y = [.. group.OrderBy(point => point.Error).Select(point => point.Seconds)],
                        Color = index,
                        Style = drawn.Item1,
                        Role = drawn.Item2,
                    })),
                ],
            },
        ],
    };

    // What reaches the error at all, the fastest first.
    private IEnumerable<string> Shortest() => Points.Where(point => point.Error <= Asked).GroupBy(point => point.Label, StringComparer.Ordinal)
        .Select(group => (group.Key, Seconds: group.Min(point => point.Seconds))).OrderBy(pair => pair.Seconds).Take(MostNamed).Select(pair => $"{DisplayNumber.Of(pair.Seconds, 2)} s ({pair.Key})");

    private static Point Measure(WorkerProcess process, string label, WorkerMessage request, double tolerance, int repetitions, WorkerMessage reference)
    {
        var seconds = new double[repetitions];
        var error = 0.0;
        if (repetitions > 1)
            process.Ask(request);
        for (var k = 0; k < repetitions; k++)
        {
            var answer = process.Ask(request);
            seconds[k] = answer.Number("seconds");
            error = ErrorOf(answer, reference);
        }

        return new Point(label, tolerance, error, Median.Of(seconds), Median.Spread(seconds) / Median.Of(seconds));
    }

    private static double ErrorOf(WorkerMessage answer, WorkerMessage reference)
    {
        var worst = 0.0;
        foreach (var name in new[] { "s", "u", "mse" })
        {
            var (values, exact) = (answer.Numbers(name), reference.Numbers(name));
            for (var k = 0; k < exact.Length; k++)
                worst = Math.Max(worst, Math.Abs((values[k] / exact[k]) - 1));
        }

        return worst;
    }

    private BenchmarkResult Compare(WorkerProcess ours, string label, double tolerance, double bar)
    {
        var our = Points.First(point => point.Label == ours.Name && point.Tolerance == tolerance);
        var curve = Points.Where(point => string.Equals(point.Label, label, StringComparison.Ordinal)).OrderBy(point => point.Error).ToArray();

        // Beyond its best error a peer is charged its slowest point only, which favours it.
        var above = Array.FindIndex(curve, point => point.Error >= our.Error);
        var seconds = above switch
        {
            < 0 => curve[^1].Seconds,
            0 => curve[0].Seconds,
            _ => Interpolate(curve[above - 1], curve[above], our.Error),
        };
        // Both sides vary; of the peer's points the nearest one stands for its variation (none where it was run once).
        var spread = Math.Sqrt(Math.Pow(our.RelativeSpread, 2) + Math.Pow(curve[Math.Max(above, 0)].RelativeSpread, 2));
        var note = FormattableString.Invariant($"at equal achieved error {our.Error:G2} (ours at rtol = {tolerance:0e-0}); best error of {label}: {curve[0].Error:G2}");
        return new BenchmarkResult(FormattableString.Invariant($"flow-d1000-rtol{tolerance:0e-0}"), "solve", our.Seconds, label, seconds, seconds / our.Seconds, seconds / our.Seconds * spread, bar, note);
    }

    private static double Interpolate(Point low, Point high, double error)
    {
        var part = Math.Log(error / low.Error) / Math.Log(high.Error / low.Error);
        return low.Seconds * Math.Pow(high.Seconds / low.Seconds, part);
    }
}
