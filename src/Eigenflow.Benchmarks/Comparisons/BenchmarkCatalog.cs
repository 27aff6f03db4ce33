namespace Eigenflow.Benchmarks;

/// <summary>The comparisons of <c>eigenflow bench</c>; sizes are chosen so that one measurement takes a few tenths of a second.</summary>
internal static class BenchmarkCatalog
{
    /// <summary>The range and the saved times of the flow comparisons: d = 1000, a = 2, T = 10⁵.</summary>
    public static readonly double[] FlowTimes = [.. Enumerable.Range(0, 25).Select(k => Math.Pow(10, -2 + (7.0 * k / 24)))];

    public static IEnumerable<BenchmarkComparison> All()
    {
        foreach (var comparison in Gaussians().Concat(Sgd()).Concat(Mixtures()).Concat(Descent()).Concat(Spectra()).Concat(Fits()).Concat(ScheduleFits()).Concat(Quadratic()).Concat(Ladders()).Concat(Equilibrium()).Concat(Networks()).Concat(Rotations()).Concat(Scaling()))
            yield return comparison;
    }

    /// <summary>A flow request at d = 1000.</summary>
    public static WorkerMessage Flow(double tolerance) => WorkerMessage.Request(
        "flow", ("dimension", 1000), ("exponent", 2.0), ("rtol", tolerance), ("times", FlowTimes));

    private static IEnumerable<BenchmarkComparison> Gaussians()
    {
        const int count = 4096, repeat = 20_000, peerRepeat = 4000;
        Contestant Numbers(string worker, string precision, int times) =>
            new(worker, WorkerMessage.Request("gaussian", ("precision", precision), ("count", count), ("repeat", times)), (double)count * times);
        foreach (var (precision, numpyBar, torchBar) in new[] { ("double", 4.0, (double?)null), ("float", 8.0, 2.5) })
        {
            yield return new($"gaussian-{precision}", "number", Numbers("eigenflow", precision, repeat), "numpy-pcg64", Numbers("numpy", precision, peerRepeat), EqualityCheck.Moments, numpyBar);
            yield return new($"gaussian-{precision}", "number", Numbers("eigenflow", precision, repeat), "torch", Numbers("torch", precision, peerRepeat), EqualityCheck.Moments, torchBar);
        }
    }

    private static IEnumerable<BenchmarkComparison> Sgd()
    {
        // η n = 20 at d = 1000: far beyond the escape, so that the law is tested where it is known.
        Contestant Steps(string worker, string precision, int dimension, long steps, double rate) => new(
            worker, WorkerMessage.Request("sgd", ("precision", precision), ("dimension", dimension), ("exponent", 2.0), ("learning-rate", rate), ("steps", steps), ("seed", 1)), steps);
        const long steps = 100_000;
        const double rate = 2e-4;
        yield return new("sgd-d1000", "step", Steps("eigenflow", "double", 1000, steps, rate), "numpy", Steps("numpy", "double", 1000, steps, rate), EqualityCheck.Law, 6);
        yield return new("sgd-d1000", "step", Steps("eigenflow", "double", 1000, steps, rate), "torch", Steps("torch", "double", 1000, steps, rate), EqualityCheck.Law, 7);
        yield return new("sgd-d1000-float", "step", Steps("eigenflow", "float", 1000, steps, rate), "numpy-float", Steps("numpy", "float", 1000, steps, rate), EqualityCheck.Law, 10);
        yield return new(
            "sgd-d1000", "number", Steps("eigenflow", "double", 1000, 2 * steps, rate) with { Units = 2 * steps * 1000.0 }, "eigenflow-generator-only",
            new("eigenflow", WorkerMessage.Request("gaussian", ("precision", "double"), ("count", 1008), ("repeat", 2 * steps)), 2 * steps * 1008.0), EqualityCheck.None, 0.7);
        yield return new("sgd-d1e6", "step", Steps("eigenflow", "double", 1_000_000, 300, 1e-4), "numpy", Steps("numpy", "double", 1_000_000, 60, 1e-4), EqualityCheck.None, 4);
    }

    // Two logistic classes, to t = 20; the theory to t = 1000, whose compressed form has to be ten times as fast as the full one.
    private static IEnumerable<BenchmarkComparison> Mixtures()
    {
        const long steps = 20_000;
        Contestant Steps(string worker) => new(worker, WorkerMessage.Request("mixture", ("dimension", 1000), ("learning-rate", 0.7), ("steps", steps), ("seed", 1)), steps);
        yield return new("mixture-sgd-d1000", "step", Steps("eigenflow"), "numpy", Steps("numpy"), EqualityCheck.MixtureLaw, 6);
        yield return new(
            "mixture-sgd-d1000", "number", Steps("eigenflow") with { Units = steps * 1000.0 }, "eigenflow-generator-only",
            new("eigenflow", WorkerMessage.Request("gaussian", ("precision", "double"), ("count", 1008), ("repeat", steps)), steps * 1008.0), EqualityCheck.None, 0.7);
        Contestant Solve(string modes) => new("eigenflow", WorkerMessage.Request("mixture-theory", ("dimension", 10_000), ("learning-rate", 0.7), ("until", 1000), ("modes", modes)), 1);
        yield return new("mixture-theory-d1e4-compressed", "solve", Solve("compressed"), "eigenflow-full", Solve("full"), EqualityCheck.MixtureValues, 10);
    }

    private static IEnumerable<BenchmarkComparison> Descent()
    {
        Contestant Steps(string worker, string modes, long steps) => new(
            worker, WorkerMessage.Request("gd", ("dimension", 1000), ("exponent", 2.0), ("learning-rate", 1e-2), ("steps", steps), ("modes", modes)), steps);
        const long steps = 300_000;
        yield return new("gd-d1000-full", "step", Steps("eigenflow", "full", steps), "numpy", Steps("numpy", "full", steps), EqualityCheck.Values, 25);
        yield return new("gd-d1000-compressed", "step", Steps("eigenflow", "compressed", steps), "numpy", Steps("numpy", "full", steps), EqualityCheck.Values, 60);
    }

    // Fewer rows than columns, in a process of its own, whose peak memory is its own. The bar: at most twice NumPy's time.
    private static IEnumerable<BenchmarkComparison> Spectra()
    {
        Contestant Eigenvalues(string worker) => new(worker, WorkerMessage.Request("spectrum", ("rows", 103), ("columns", 207_400)), 1);
        yield return new("spectrum-103x207400", "spectrum", Eigenvalues("eigenflow-spectrum"), "numpy", Eigenvalues("numpy"), EqualityCheck.Eigenvalues, 0.5);
    }

    // Ours fits six laws twice and ranks them; SciPy fits one of them, on bins and cells of the same size, with as many starts and resamples.
    private static IEnumerable<BenchmarkComparison> ScheduleFits()
    {
        Contestant Fit(string worker) => new(worker, WorkerMessage.Request("schedule-fit", ("restarts", 10), ("resamples", 20)), 1);
        yield return new("fit-schedule-3x1e4", "fit", Fit("eigenflow"), "scipy-least-squares", Fit("scipy"), EqualityCheck.Fit, null);
    }

    // All four laws with their resamples on one core; a fiftieth of the resamples is enough to time the peer.
    private static IEnumerable<BenchmarkComparison> Fits()
    {
        const int points = 200, ours = 999, theirs = 19;
        double[] x = [.. Enumerable.Range(0, points).Select(i => Math.Pow(10, 3.0 * i / (points - 1)))];

        // Signs and sizes of a quadratic phase: noise that needs no generator on the other side.
        double[] y = [.. x.Select((value, i) => (0.1 + Math.Pow(value, -0.5)) * Math.Exp(0.02 * Math.Sqrt(2) * Math.Sin(1.7 * i * i)))];
        Contestant Fit(string worker, int resamples) => new(worker, WorkerMessage.Request("fit", ("x", x), ("y", y), ("resamples", resamples)), resamples);
        yield return new("fit-200-points", "resample of 4 laws", Fit("eigenflow", ours), "scipy", Fit("scipy", theirs), EqualityCheck.Fits, 50);
    }

    // The closed flow of 10⁶ modes at twenty times, in one sum per time; NumPy does the same sum with preallocated arrays.
    private static IEnumerable<BenchmarkComparison> Quadratic()
    {
        double[] times = [.. Enumerable.Range(0, 20).Select(k => Math.Pow(10, k / 2.0))];
        Contestant Flow(string worker, string modes) => new(worker, WorkerMessage.Request("quadratic-flow", ("model-size", 1e6), ("modes", modes), ("times", times)), 1);
        yield return new("quadratic-flow-M1e6-full", "solve", Flow("eigenflow", "full"), "numpy", Flow("numpy", "full"), EqualityCheck.Risks, null);
        yield return new("quadratic-flow-M1e6-compressed", "solve", Flow("eigenflow", "compressed"), "numpy", Flow("numpy", "full"), EqualityCheck.Risks, 30);
        Contestant Steps(string worker, long steps) => new(worker, WorkerMessage.Request("quadratic-sgd", ("model-size", 1000), ("learning-rate", 0.005), ("steps", steps), ("seed", 1)), steps);
        yield return new("quadratic-sgd-M1000", "step", Steps("eigenflow", 100_000), "numpy", Steps("numpy", 100_000), EqualityCheck.RiskLaw, 5);
    }

    // The mean of a model of 256 features over its 20 480 steps, with the trace and the noise of seeds that NumPy does not compute; and sixteen seeds of SGD on 64 features in batches of four, 2560 steps.
    private static IEnumerable<BenchmarkComparison> Ladders()
    {
        Contestant Mean(string worker) => new(worker, WorkerMessage.Request("ladder", ("model-size", 256)), 20_480);
        yield return new("ladder-M256", "step", Mean("eigenflow"), "numpy", Mean("numpy"), EqualityCheck.Risks, 10);
        Contestant Sgd(string worker) => new(worker, WorkerMessage.Request("ladder-sgd", ("model-size", 64), ("replicas", 16), ("seed", 1)), 16 * 2560);
        yield return new("ladder-sgd-M64", "step", Sgd("eigenflow"), "numpy", Sgd("numpy"), EqualityCheck.RiskLaw, 5);
    }

    // Ten thousand chains with batches of their own; NumPy is vectorised over the same chains, and draws batches by a partial sort of random numbers or by Floyd's algorithm. All end long after the chains forgot their start.
    private static IEnumerable<BenchmarkComparison> Equilibrium()
    {
        const int chains = 10_000;
        Contestant Steps(string worker, long steps, string draw) => new(
            worker, WorkerMessage.Request("equilibrium-chains", ("samples", 200), ("dimension", 10), ("batch", 10), ("chains", chains), ("learning-rate", 1e-3), ("steps", steps), ("draw", draw), ("seed", 1)), (double)steps * chains);
        yield return new("equilibrium-chains-d10", "step of a chain", Steps("eigenflow", 2000, "floyd"), "numpy-argpartition", Steps("numpy", 100, "argpartition"), EqualityCheck.RiskLaw, 20);
        yield return new("equilibrium-chains-d10", "step of a chain", Steps("eigenflow", 2000, "floyd"), "numpy-floyd", Steps("numpy", 200, "floyd"), EqualityCheck.RiskLaw, null);
    }

    // Adam on a network of 2-10-5-1 units and a batch of 200, forward, backward and update; NumPy has matrix products and preallocated moments.
    private static IEnumerable<BenchmarkComparison> Networks()
    {
        // Beyond some thousand steps rounding decides where Adam goes.
        const long steps = 4000;
        Contestant Steps(string worker, long repeat) => new(worker, WorkerMessage.Request("network", ("batch", 200), ("steps", steps), ("repeat", repeat)), steps * repeat);
        yield return new("network-2-10-5-1", "Adam step", Steps("eigenflow", 10), "numpy", Steps("numpy", 1), EqualityCheck.Risks, 10);
    }

    // Posterior means over SO(3), decomposition and integral, one after another; SciPy takes the integrals on panels of Gauss-Legendre nodes that are refined towards one end, vectorised over the nodes.
    private static IEnumerable<BenchmarkComparison> Rotations()
    {
        Contestant Means(string worker, int count) => new(worker, WorkerMessage.Request("rotations", ("count", count), ("size", 10)), count);
        yield return new("rotation-means", "mean rotation", Means("eigenflow", 2000), "scipy", Means("scipy", 2000), EqualityCheck.Risks, 10);
    }

    // In a process of their own, whose peak memory is theirs. Ratios of our own engine: a bar of 1/3 says that the larger problem takes at most three times the smaller one's time.
    private static IEnumerable<BenchmarkComparison> Scaling()
    {
        Contestant Solve(double dimension, double until, string modes) => new(
            "eigenflow-flow", WorkerMessage.Request("flow", ("dimension", dimension), ("exponent", 2.0), ("rtol", 1e-8), ("times", new[] { until }), ("modes", modes)), 1);
        yield return new("flow-d1e6-T1e12-compressed", "solve", Solve(1e6, 1e12, "compressed"), "eigenflow-d1e3-T1e12", Solve(1e3, 1e12, "full"), EqualityCheck.None, 1.0 / 3, MeasuresIntegration: true);
        yield return new("flow-d1e9-averaged", "solve", Solve(1e9, 1e12, "averaged"), "eigenflow-d1e6-averaged", Solve(1e6, 1e12, "averaged"), EqualityCheck.None, 0.5);
        Contestant Replicas(string worker, int threads) => new(
            worker, WorkerMessage.Request("sgd", ("dimension", 1000), ("exponent", 2.0), ("learning-rate", 2e-4), ("steps", 20_000), ("seed", 1), ("replicas", 16), ("threads", threads)), 1);
        yield return new("sgd-16-replicas-2-threads", "ensemble", Replicas("eigenflow-unpinned", 2), "eigenflow-1-thread", Replicas("eigenflow", 1), EqualityCheck.None, 1.85);
    }
}
