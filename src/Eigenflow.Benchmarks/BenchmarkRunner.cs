using Eigenflow.Solutions;

namespace Eigenflow.Benchmarks;

/// <summary>
/// Measures our engines, and the peers that are installed, on the same work: each contestant is a process of its own on one pinned core, measurements alternate, and
/// the ratio is the median over neighbouring pairs.
/// </summary>
public sealed class BenchmarkRunner : IDisposable
{
    private const int Pairs = 7;
    private readonly Dictionary<string, WorkerProcess?> workers = new(StringComparer.Ordinal);
    private readonly string[] ourCommand;
    private readonly int core = Environment.ProcessorCount - 1;
    private PeerFiles? files;

    /// <summary>Makes a runner.</summary>
    /// <param name="ourCommand">Program and arguments that start our own engine as a worker.</param>
    public BenchmarkRunner(params string[] ourCommand) => this.ourCommand = ourCommand;

    /// <summary>The peers that take part, with their versions.</summary>
    public IReadOnlyList<string> Peers =>
        [.. workers.Values.OfType<WorkerProcess>().Where(worker => !worker.Name.StartsWith("eigenflow", StringComparison.Ordinal)).Select(worker => $"{worker.Name} {worker.Version}").Distinct(StringComparer.Ordinal)];

    /// <summary>The work–precision curves of the flow solvers, once measured.</summary>
    public Figures.Figure? WorkPrecision { get; private set; }

    /// <summary>What the flow costs against dimension and horizon, once measured.</summary>
    public Figures.Figure? Cost { get; private set; }

    /// <summary>Measures.</summary>
    /// <param name="withPeers">Whether peers take part; without them only our engines are timed, against each other.</param>
    /// <param name="finished">Told of every result.</param>
    /// <param name="progress">Receives reports, or null.</param>
    /// <param name="cancellation">Ends it.</param>
    public IReadOnlyList<BenchmarkResult> Run(bool withPeers, Action<BenchmarkResult>? finished, IProgress<Progress>? progress, CancellationToken cancellation)
    {
        var results = new List<BenchmarkResult>();
        var comparisons = BenchmarkCatalog.All().Where(comparison => withPeers || comparison.Theirs.Worker.StartsWith("eigenflow", StringComparison.Ordinal)).ToArray();

        // The solvers' curves take about as long as all other comparisons together.
        var total = (withPeers ? 2.5 : 1.5) * comparisons.Length;
        for (var k = 0; k < comparisons.Length; k++)
        {
            cancellation.ThrowIfCancellationRequested();
            progress?.Report(new Progress(k / total, $"{comparisons[k].Work} against {comparisons[k].Peer}"));
            if (Compare(comparisons[k], cancellation) is { } result)
                Add(result);
        }

        if (Worker("eigenflow") is { } ours)
            Cost = CostBenchmark.Draw(ours, (fraction, activity) => progress?.Report(new Progress((comparisons.Length / total) + (fraction * (withPeers ? 0.2 : 0.33)), activity)), cancellation);
        if (withPeers)
        {
            var flow = new FlowBenchmark(Worker, (fraction, activity) => progress?.Report(new Progress(0.6 + (0.4 * fraction), activity)));
            foreach (var result in flow.Run(cancellation))
                Add(result);
            WorkPrecision = flow.ToFigure(Machine.Processor);
        }

        return results;

        void Add(BenchmarkResult result)
        {
            results.Add(result);
            finished?.Invoke(result);
        }
    }

    /// <summary>Ends the workers.</summary>
    public void Dispose()
    {
        foreach (var worker in workers.Values)
            worker?.Dispose();
        files?.Dispose();
    }

    private BenchmarkResult? Compare(BenchmarkComparison comparison, CancellationToken cancellation)
    {
        if (Worker(comparison.Ours.Worker) is not { } ours || Worker(comparison.Theirs.Worker) is not { } theirs)
            return null;

        // The first answers warm both sides up and are checked; the alternating ones are timed.
        var note = BenchmarkEquality.Check(comparison.Check, ours.Ask(comparison.Ours.Request), theirs.Ask(comparison.Theirs.Request));
        ours.Ask(comparison.Ours.Request);
        var (our, their, ratios) = (new double[Pairs], new double[Pairs], new double[Pairs]);
        for (var pair = 0; pair < Pairs; pair++)
        {
            cancellation.ThrowIfCancellationRequested();
            our[pair] = Seconds(ours, comparison.Ours, comparison.MeasuresIntegration);
            their[pair] = Seconds(theirs, comparison.Theirs, comparison.MeasuresIntegration);
            ratios[pair] = their[pair] / our[pair];
        }

        return new BenchmarkResult(
            comparison.Work, comparison.Unit, Median.Of(our), comparison.Peer, Median.Of(their), Median.Of(ratios), Median.Spread(ratios), comparison.Bar, note);
    }

    private static double Seconds(WorkerProcess worker, Contestant contestant, bool integrationOnly) =>
        worker.Ask(contestant.Request).Number(integrationOnly ? "integration" : "seconds") / contestant.Units;

    private WorkerProcess? Worker(string name)
    {
        if (workers.TryGetValue(name, out var known))
            return known;
        files ??= PeerFiles.Unpack();
        return workers[name] = name switch
        {
            "eigenflow" or "eigenflow-flow" or "eigenflow-spectrum" => WorkerProcess.TryStart(core, files.Folder, ourCommand),
            "eigenflow-unpinned" => WorkerProcess.TryStart(null, files.Folder, ourCommand),
            _ => files.Start(name, core),
        };
    }
}
