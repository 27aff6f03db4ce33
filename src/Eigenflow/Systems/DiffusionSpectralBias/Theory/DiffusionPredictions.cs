using System.Globalization;

namespace Eigenflow.Systems.DiffusionSpectralBias;

/// <summary>The numbers of the theory.</summary>
internal static class DiffusionPredictions
{
    public const string Paper = "arXiv 2503.03206";
    public const string Derived = "derived";

    private const int MostFitted = 200;
    private const string Emergence = "emergence-time-";

    private static readonly string[] Descent = ["gd", "sgd"];

    /// <summary>Those that can be given; emergence times of other modes than those of the defaults are named alike.</summary>
    public static readonly IReadOnlyList<PredictedQuantity> All =
    [
        .. ((int[])[1, 3, 10, 30]).Select(EmergenceTime),
        new("initial-variance", "v₀", "Generated variance of mode 1 before training; of one layer all modes share it.") { Mark = CurveMark.Level("variance1") },
        new("crossover-mode", "k₀", "Number of modes that have to rise: those with λ above their initial variance."),
        new("rising-exponent", "α", "Exponent of τ* ∝ λ^(−α) of rising modes, by least squares of ln τ* on ln λ, without those that start within a factor two of their target."),
        new("falling-exponent", "α′", "The same of falling modes."),
        new("emergence-constant", "2ητ*λ", "2ητ* λ of mode 1, times the number of places of a convolution. With the geometric criterion it tends to ln 2 for one layer and a small initial variance; otherwise it has no such limit."),
        new("weight-time", "τ_w", "Training time at which the gain of mode 1 passes the harmonic mean of its start and its optimum, ln 2/(8ηλ) of ties and ln 2/(4ηλ) of two layers.") { Unmarked = "of a gain, which no panel shows" },
        new("converged-kl", "KL∞", "Kullback–Leibler divergence of the generated law after infinite training.") { Mark = CurveMark.Level("kl") },
        new("stable-rate", "η_max", "Learning rate below which update steps do not grow, at the levels of a sampler of 20 steps.") { Methods = Descent },
    ];

    /// <summary>The predictions of a problem.</summary>
    /// <param name="problem">The problem.</param>
    /// <param name="criterion">When a mode has emerged.</param>
    /// <param name="shown">Modes whose times are asked for, from 0.</param>
    public static IReadOnlyList<Prediction> Of(DiffusionProblem problem, Criterion criterion, IReadOnlyList<int> shown)
    {
        var list = new PredictionList([.. All, .. shown.Select(mode => EmergenceTime(mode + 1)).Where(own => All.All(known => known.Name != own.Name))]);
        if (problem.IsCoupled)
        {
            const string coupled = "modes see each other with a mean or a start that is not aligned; fit the variances of a run by the method measured";
            foreach (var mode in shown)
                list.Add(EmergenceTime(mode + 1).Name, () => double.NaN, PredictionKind.Exact, Derived, withheld: coupled);
            list.Add("stable-rate", () => Stability.Edge(problem, DiscreteSampler.Default), PredictionKind.Bound, Derived);
            return list.Predictions;
        }

        var theory = new ModeTheory(problem);
        var times = new Dictionary<int, Emergence>();
        Emergence Of(int mode) => times.TryGetValue(mode, out var known) ? known : times[mode] = EmergenceTimes.Of(theory, mode, problem.Variances[mode], criterion);
        foreach (var mode in shown)
        {
            var why = problem.Variances[mode] == 0 ? "a mode without variance in the data has nothing to learn" : double.IsNaN(Of(mode).Time) ? $"its variance never passes the threshold of the criterion {criterion}" : "";
            list.Add(EmergenceTime(mode + 1).Name, () => Of(mode).Time, PredictionKind.Exact, Paper, $"criterion {criterion}", withheld: why);
        }

        list.Add("initial-variance", () => Math.Exp(theory.LogVariance(0, 0)), PredictionKind.Exact, Paper, withheld: theory.LogVariance(0, 0) is var start && Math.Exp(start) is > 0 and < double.PositiveInfinity ? "" : string.Create(CultureInfo.InvariantCulture, $"it is e^{start:G6}, beyond the range of numbers"));
        list.Add("crossover-mode", () => Enumerable.Range(0, problem.Dimension).Count(mode => Math.Log(problem.Variances[mode]) > theory.LogVariance(mode, 0)), PredictionKind.Exact, Derived);
        var fit = new Lazy<EmergenceFit>(() => EmergenceFit.Of([.. Fitted(problem.Dimension, theory.Law.IsClosed).Select(Of)]));
        foreach (var (name, line, count) in ((string, Func<PowerFit?>, Func<int>)[])[("rising-exponent", () => fit.Value.Rising, () => fit.Value.RisingCount), ("falling-exponent", () => fit.Value.Falling, () => fit.Value.FallingCount)])
            list.Add(name, () => -line()!.Value.Slope, PredictionKind.Heuristic, Derived, $"criterion {criterion}, a power law over the modes of this spectrum", withheld: line() is null ? string.Create(CultureInfo.InvariantCulture, $"not enough modes ({count()})") : "");
        list.Add("emergence-constant", () => problem.TimeScale * Of(0).Time * problem.Variances[0], HasLimit(problem, criterion) ? PredictionKind.Asymptotic : PredictionKind.Exact, Derived, HasLimit(problem, criterion) ? "→ ln 2 for ln(λ/v₀) → ∞" : "", withheld: double.IsNaN(Of(0).Time) ? "mode 1 does not emerge" : "");
        list.Add("weight-time", () => Math.Log(2) / (((LogisticGain)theory.Law).Multiple * problem.TimeScale * problem.Variances[0]), PredictionKind.Exact, Paper, withheld: IsPair(problem) ? "" : "it is of ties and of deep:2 without unbalance, with objective x0, exploding noise and uniform weighting");
        list.Add("converged-kl", () => Converged(problem, theory), PredictionKind.Exact, Paper);
        list.Add("stable-rate", () => Stability.Edge(problem, DiscreteSampler.Default), problem.Architecture.Layers == 1 && !problem.Architecture.IsTied ? PredictionKind.Exact : PredictionKind.Heuristic, Derived);
        return list.Predictions;
    }

    private static PredictedQuantity EmergenceTime(int mode) =>
        new(Emergence + mode.ToString(CultureInfo.InvariantCulture), $"τ*_{mode.ToString(CultureInfo.InvariantCulture)}", $"Training time at which mode {mode.ToString(CultureInfo.InvariantCulture)} emerges by the criterion.") { Mark = CurveMark.Time("t") with { Observable = DiffusionColumns.Variance(mode).Name } };

    private static bool HasLimit(DiffusionProblem problem, Criterion criterion) =>
        criterion.Kind == CriterionKind.Geometric && problem.Architecture.Kind is ArchitectureKind.OneLayer or ArchitectureKind.Convolution && problem.Objective == Objective.Clean && problem.Process == NoiseProcess.VarianceExploding && problem.Weighting == NoiseWeighting.Uniform;

    private static bool IsPair(DiffusionProblem problem) =>
        GainLaw.Of(problem.Architecture, problem.Gain, problem.Unbalance) is LogisticGain && !problem.Architecture.IsFlow && problem.Objective == Objective.Clean && problem.Process == NoiseProcess.VarianceExploding && problem.Weighting == NoiseWeighting.Uniform && problem.Variances[0] > 0;

    // All modes, or as many, evenly spaced in the logarithm of their number.
    private static int[] Fitted(int dimension, bool isClosed) =>
        [.. Solutions.TimeGrid.Steps(dimension, isClosed ? MostFitted : MostFitted / 10).Skip(1).Select(mode => (int)mode - 1)];

    private static double Converged(DiffusionProblem problem, ModeTheory theory)
    {
        // Where no drive is negative all laws end at the optimum of one layer, whose variances are cheaper.
        if (problem.Objective == Objective.Clean && problem.Architecture.Kind is ArchitectureKind.Tied or ArchitectureKind.TiedConvolution or ArchitectureKind.Deep or ArchitectureKind.Residual)
        {
            problem = problem with { Architecture = new(problem.Architecture.IsConvolution ? ArchitectureKind.Convolution : ArchitectureKind.OneLayer), Unbalance = 0 };
            theory = new ModeTheory(problem);
        }

        // Long after the slowest level of the slowest mode.
        var slowest = Enumerable.Range(0, problem.Dimension).Where(mode => problem.Variances[mode] > 0).MinBy(mode => problem.Variances[mode]);
        var logs = new double[problem.Dimension];
        theory.LogVariances(theory.Times(slowest).Last, logs);
        return GaussianDistance.Of(logs, problem.Variances).Forward;
    }
}
