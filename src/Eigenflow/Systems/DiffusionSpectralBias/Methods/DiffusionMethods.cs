using Eigenflow.Dynamics;
using Eigenflow.Solutions;

namespace Eigenflow.Systems.DiffusionSpectralBias;

/// <summary>A method that says what is generated after any training time.</summary>
public abstract record DiffusionMethod : TimedMethod<DiffusionProblem>
{
    // The first time has moved nothing by a hundredth, the last has relaxed by e⁻¹⁰: fractions of the ends of ModeTheory.Times.
    private const double EarlyPart = 1e-5;
    private const double LatePart = 1e-3;

    /// <summary>Numbers of the modes that have columns of their own, from 0.</summary>
    internal IReadOnlyList<int> Shown { get; init; } = [];

    /// <summary>Generated law, loss and gains at the saved times.</summary>
    private protected abstract Func<double, double[]> Rows(DiffusionProblem problem, IReadOnlyList<int> shown, CancellationToken cancellation);

    /// <summary>Nodes or levels, for statistics.</summary>
    private protected virtual string Kind(DiffusionProblem problem) => "";

    /// <inheritdoc/>
    internal override Solution Solve(DiffusionProblem problem, SolveContext context)
    {
        var shown = Shown.Count > 0 ? Shown : [.. DiffusionParameters.DefaultModes(problem.Dimension).Select(mode => (int)mode - 1)];
        var times = Grid(problem);
        var (rows, status) = Evaluate(times, Rows(problem, shown, context.Cancellation), context);
        var quantities = DiffusionColumns.Of(shown);
        return Assemble(
            problem, [DiffusionColumns.Time.Column(times[..rows.Count]), .. quantities.Select((quantity, k) => quantity.Column([.. rows.Select(row => row[k])]))], status,
            new SolverStatistics { Evaluations = rows.Count, StateSize = problem.Dimension, Modes = Kind(problem) }) with
        { Warnings = [.. Overflow(rows, shown.Count)] };
    }

    private static IEnumerable<string> Overflow(List<double[]> rows, int shown)
    {
        var count = rows.Count(row => !double.IsFinite(row[0]) || !Array.TrueForAll(row[5..(5 + shown)], double.IsFinite));
        if (count > 0)
            yield return FormattableString.Invariant($"at {count} of {rows.Count} times a loss or variance is beyond the range of numbers; use a gain nearer to 0");
    }

    /// <summary>Refuses problems whose modes see each other.</summary>
    private protected void RequireUncoupled(DiffusionProblem problem)
    {
        if (problem.IsCoupled)
            throw new ParameterException(problem.Start is null ? "mean" : "start", "(modes see each other)", $"left out for the method {Name}", "use the method theory or heun");
    }

    /// <summary>The rows of modes that do not see each other.</summary>
    private protected static Func<double, double[]> ModeRows(DiffusionProblem problem, ModeTheory theory, IReadOnlyList<int> shown, Action<double, double[]> logVariances)
    {
        var logs = new double[problem.Dimension];
        return tau =>
        {
            logVariances(tau, logs);
            var row = new double[DiffusionColumns.Whole.Count + (2 * shown.Count)];
            DiffusionColumns.Write(row, GaussianDistance.Of(logs, problem.Variances), theory.Loss(tau), [.. shown.Select(mode => Math.Exp(logs[mode]))], [.. shown.Select(mode => theory.Weight(mode, tau))]);
            return row;
        };
    }

    private double[] Grid(DiffusionProblem problem)
    {
        var theory = new ModeTheory(problem with { Start = null, Gain = problem.Gain > 0 ? problem.Gain : problem.Architecture.IsTied ? DiffusionParameters.SmallGain : problem.Gain });
        double first = double.PositiveInfinity, last = 0;
        var positive = Enumerable.Range(0, problem.Dimension).Where(mode => problem.Variances[mode] > 0);
        foreach (var mode in (int[])[positive.MaxBy(mode => problem.Variances[mode]), positive.MinBy(mode => problem.Variances[mode])])
        {
            var (early, late) = theory.Times(mode);
            (first, last) = (Math.Min(first, Math.Max(early, late * EarlyPart * 1e-2)), Math.Max(last, late * LatePart));
        }

        return Grid(first, last);
    }
}

/// <summary>The theory: closed forms where they exist (one layer, two layers, convolutions and patches; flow matching), one quadrature over noise levels for all others, and whole matrices where a mean or a start couples the modes.</summary>
public sealed record DiffusionTheory : DiffusionMethod
{
    /// <inheritdoc/>
    public override string Name => "theory";

    private protected override Func<double, double[]> Rows(DiffusionProblem problem, IReadOnlyList<int> shown, CancellationToken cancellation)
    {
        if (problem.IsCoupled)
            return CoupledRows.Continuous(problem, shown, cancellation);
        var theory = new ModeTheory(problem) { Cancellation = cancellation };
        return ModeRows(problem, theory, shown, theory.LogVariances);
    }

    private protected override string Kind(DiffusionProblem problem) => problem.IsCoupled ? "matrices" : new ModeTheory(problem).IsClosed ? "closed form" : "quadrature";
}

/// <summary>The same by the quadrature alone, which knows no closed form of a variance.</summary>
public sealed record DiffusionQuadrature : DiffusionMethod
{
    /// <inheritdoc/>
    public override string Name => "quadrature";

    /// <summary>Nodes, odd. Default 2001, about twelve digits.</summary>
    public int Nodes { get; init; } = ModeTheory.DefaultNodes;

    private protected override Func<double, double[]> Rows(DiffusionProblem problem, IReadOnlyList<int> shown, CancellationToken cancellation)
    {
        RequireUncoupled(problem);
        if (Nodes < 3 || (Nodes % 2) == 0)
            throw new ParameterException("nodes", Nodes, "an odd whole number >= 3");
        var theory = new ModeTheory(problem, Nodes) { Cancellation = cancellation };
        return ModeRows(problem, theory, shown, theory.LogVariances);
    }

    private protected override string Kind(DiffusionProblem problem) => "quadrature";
}

/// <summary>The gains of the theory in the discrete sampler: what samples of it have as their variance, exactly.</summary>
public sealed record DiffusionHeun : DiffusionMethod
{
    /// <inheritdoc/>
    public override string Name => "heun";

    /// <summary>The sampler.</summary>
    internal DiscreteSampler Sampler { get; init; } = DiscreteSampler.Default;

    private protected override Func<double, double[]> Rows(DiffusionProblem problem, IReadOnlyList<int> shown, CancellationToken cancellation)
    {
        if (problem.IsCoupled)
            return CoupledRows.Discrete(problem, Sampler, shown, cancellation);
        var theory = new ModeTheory(problem);
        NoiseLevel[] levels = Sampler.Levels(problem);
        var sigmas = Sampler.Sigmas(problem);
        return ModeRows(problem, theory, shown, (tau, logs) => ModeChunks.Run(
            logs.Length,
            (from, to) =>
            {
                var gains = new double[levels.Length];
                for (var mode = from; mode < to; mode++)
                {
                    cancellation.ThrowIfCancellationRequested();
                    if (problem.Filter is not null)
                    {
                        // Steps of a sampler see phases, which the ODE does not.
                        var turned = mode;
                        logs[mode] = Math.Log(Sampler.Variance(problem, [.. levels.Select(level => theory.ComplexGain(turned, tau, level))], sigmas));
                        continue;
                    }

                    for (var i = 0; i < levels.Length; i++)
                        gains[i] = theory.Gain(mode, tau, levels[i]);
                    logs[mode] = Math.Log(Sampler.Variance(problem, gains, sigmas));
                }
            },
            cancellation: cancellation));
    }

    private protected override string Kind(DiffusionProblem problem) => "sampler";
}
