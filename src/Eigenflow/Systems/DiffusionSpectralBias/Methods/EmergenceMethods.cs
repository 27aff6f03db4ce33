using System.Globalization;
using Eigenflow.Dynamics;
using Eigenflow.Settings;
using Eigenflow.Solutions;

namespace Eigenflow.Systems.DiffusionSpectralBias;

/// <summary>The columns of solutions along the modes.</summary>
internal static class EmergenceColumns
{
    public static readonly NamedQuantity Mode = new("mode", "k", "Number of a mode, from 1.") { AxisLabel = "mode k" };
    public static readonly NamedQuantity Eigenvalue = new("eigenvalue", "λ", "Variance of the mode in the data.") { AxisLabel = "variance λ" };
    public static readonly NamedQuantity Initial = new("initial-variance", "v₀", "Generated variance of the mode before training.") { AxisLabel = "initial variance v_{0}" };
    public static readonly NamedQuantity Time = new("emergence-time", "τ*", "Training time at which the mode emerges by the criterion.") { AxisLabel = "emergence time τ*" };
    public static readonly NamedQuantity Group = new("group", "g", "1 where the variance has to rise, -1 where it has to fall, 0 where no fit counts it: within a factor two of its target, without an emergence time, or with one that measured rows do not resolve.");

    public static readonly NamedQuantity Error = new("emergence-time-error", "Δτ*", "Half-width of the interval of a measured emergence time: by noise, by the rows that there are, and by a file that begins after time 0 or ends early.");

    /// <summary>All of them.</summary>
    public static readonly IReadOnlyList<NamedQuantity> Described = [Mode, Eigenvalue, Initial, Time, Group, Error];

    /// <summary>The columns of modes.</summary>
    public static IReadOnlyList<Observable> Of(IReadOnlyList<int> modes, IReadOnlyList<Emergence> times) =>
    [
        Mode.Column([.. modes.Take(times.Count).Select(mode => mode + 1.0)]), Eigenvalue.Column([.. times.Select(one => one.Target)]), Initial.Column([.. times.Select(one => one.Initial)]),
        Time.Column([.. times.Select(one => one.Time)]), Group.Column([.. times.Select(one => !one.IsFitted ? 0.0 : one.Rises ? 1 : -1)]),
    ];
}

/// <summary>The predicted emergence time of every mode, and the exponents of its law, for rising and falling modes apart.</summary>
public sealed record EmergenceMethod : Method<DiffusionProblem>
{
    /// <inheritdoc/>
    public override string Name => "emergence";

    /// <summary>When a mode has emerged.</summary>
    public Criterion Criterion { get; init; }

    /// <summary>Most modes that are told, evenly spaced in the logarithm of their number.</summary>
    public int Points { get; init; } = GridParameters.DefaultPoints;

    internal override Method<DiffusionProblem> Configured(SettingView setting) => this with { Points = setting[GridParameters.Points] };

    /// <inheritdoc/>
    internal override Solution Solve(DiffusionProblem problem, SolveContext context)
    {
        if (problem.IsCoupled)
            throw new ParameterException(problem.Start is null ? "mean" : "start", "(modes see each other)", "left out for the method emergence", "use the method theory, and fit its variances by the method measured");
        var theory = new ModeTheory(problem);
        int[] modes = [.. TimeGrid.Steps(problem.Dimension, Math.Max(2, Points)).Skip(1).Select(mode => (int)mode - 1)];
        var (rows, status) = Evaluate([.. modes.Select(mode => (double)mode)], mode => EmergenceTimes.Of(theory, (int)mode, problem.Variances[(int)mode], Criterion), context);
        var fits = EmergenceFit.Of(rows);
        return Assemble(problem, EmergenceColumns.Of(modes, rows), status, new SolverStatistics { Evaluations = rows.Count, StateSize = problem.Dimension }) with
        {
            Summary = [.. fits.Numbers("")],
            Warnings = [.. Never(rows), .. fits.Warnings(Criterion)],
        };
    }

    private IEnumerable<string> Never(List<Emergence> rows)
    {
        var never = rows.Count(one => one.Target > 0 && double.IsNaN(one.Time));
        if (never > 0)
            yield return FormattableString.Invariant($"{never} of {rows.Count} modes never emerge: their variance does not pass the threshold of the criterion {Criterion} on its way");
    }
}

/// <summary>Emergence times in variances that were measured during training, and the exponents of their law, beside those that the theory predicts for the same modes.</summary>
internal sealed record MeasuredMethod : Method<DiffusionProblem>
{
    private const int MostPredicted = 1000;
    private const double WidestInterval = 0.2;

    public override string Name => "measured";

    /// <summary>When a mode has emerged.</summary>
    public Criterion Criterion { get; init; }

    /// <summary>The measured variances, or null for those of the theory.</summary>
    public VarianceTrajectories? Trajectories { get; init; }

    /// <summary>Whether targets are the last rows, and not those of the problem.</summary>
    public bool TargetsAreLast { get; init; } = true;

    /// <summary>Times of trajectories that are made.</summary>
    public int Points { get; init; } = GridParameters.DefaultPoints;

    internal override Method<DiffusionProblem> Configured(SettingView setting) => this with { Points = setting[GridParameters.Points] };

    internal override Solution Solve(DiffusionProblem problem, SolveContext context)
    {
        var trajectories = new Lazy<VarianceTrajectories>(() => Trajectories ?? VarianceTrajectories.Of(problem, Points, context.Cancellation));
        var count = Trajectories?.Modes ?? VarianceTrajectories.CountOf(problem);
        if (!TargetsAreLast && (Trajectories?.IsOwn == true ? Trajectories.Numbers.Max() >= problem.Dimension : count != problem.Dimension))
            throw new ParameterException("targets", "spectrum", FormattableString.Invariant($"last, or a spectrum of as many modes as the file has columns ({count}, not {problem.Dimension})"));
        int[] modes = [.. Trajectories?.Numbers ?? Enumerable.Range(0, count)];
        var (rows, status) = Evaluate([.. Enumerable.Range(0, count).Select(mode => (double)mode)], mode => trajectories.Value.Emergence((int)mode, TargetsAreLast ? null : problem.Variances[modes[(int)mode]], Criterion), context);
        var fits = EmergenceFit.Of(rows);
        return Assemble(problem, [.. EmergenceColumns.Of(modes, rows), EmergenceColumns.Error.Column([.. rows.Select(one => double.IsNaN(one.Time) ? double.NaN : one.Error)])], status, new SolverStatistics { Evaluations = rows.Count, StateSize = count }) with
        {
            Summary = [.. fits.Numbers("measured "), .. rows.Count < count ? [] : Predicted(problem, rows)],
            Warnings = rows.Count < count ? [] : [.. trajectories.Value.Warnings(rows, TargetsAreLast), .. fits.Warnings(Criterion)],
        };
    }

    // Half of the modes start above, half below that of the theory.
    private static double UnitOf(DiffusionProblem problem, Emergence[] used)
    {
        var start = new ModeTheory(problem with { Variances = [problem.Variances.Max()], Mean = [], Modes = null }).LogVariance(0, 0);
        return Math.Exp(start - used.Select(one => one.LogInitial).Order().ElementAt(used.Length / 2));
    }

    private static double Verdict(PowerFit measured, double predicted) =>
        !(measured.Half <= WidestInterval * Math.Abs(measured.Slope)) ? 0 : Math.Abs(predicted - measured.Slope) <= measured.Half ? 1 : -1;

    // What the theory says of the same modes, in the groups of the measurement.
    private IEnumerable<SummaryNumber> Predicted(DiffusionProblem problem, IReadOnlyList<Emergence> measured)
    {
        Emergence[] used = [.. measured.Where(one => one.IsFitted)];
        if (problem.IsCoupled || problem.Architecture.IsConvolution || used.Length is 0 or > MostPredicted)
            yield break;

        // The noise levels of the setting have a unit: that in which modes start where the theory starts. Targets of a spectrum are in it.
        var unit = Trajectories is null || !TargetsAreLast ? 1 : UnitOf(problem, used);
        if (!(unit is > 0 and < double.PositiveInfinity))
            yield break;
        if (unit != 1)
            yield return new("unit", "u", unit, "Factor by which variances of the file are multiplied for the theory, so that the untrained modes have its start; the exponents of the theory do not depend on the unit of the file.");
        var own = problem with { Variances = [.. used.Select(one => unit * one.Target)], Mean = [], Modes = null };
        var theory = new ModeTheory(own);
        Emergence[] times = [.. used.Select((one, mode) => EmergenceTimes.Of(theory, mode, unit * one.Target, Criterion))];
        foreach (var (name, rises) in ((string, bool)[])[("rising", true), ("falling", false)])
        {
            if (EmergenceFit.Fit([.. times.Where((one, mode) => used[mode].Rises == rises && one.Time > 0 && double.IsFinite(one.Time))]) is { } fit)
            {
                yield return new($"predicted-{name}-exponent", rises ? "α of theory" : "α′ of theory", -fit.Slope, $"Exponent that the theory of this setting gives to the same {name} modes.");
                if (EmergenceFit.Fit([.. used.Where(one => one.Rises == rises)]) is { } line)
                    yield return new($"{name}-verdict", rises ? "verdict" : "verdict′", Verdict(line, fit.Slope), $"1 where that exponent is in the 95 % interval of the measured one of {name} modes, -1 where it is not, 0 where the interval is too wide to tell, beyond a fifth of the exponent either way.");
            }
        }
    }
}

/// <summary>The law ln τ* = const − α ln λ by least squares, for rising and falling modes apart.</summary>
internal sealed record EmergenceFit(PowerFit? Rising, PowerFit? Falling, int RisingCount, int FallingCount, int Grey)
{
    /// <summary>Fewest modes of a fit.</summary>
    public const int Fewest = 3;

    /// <summary>Fits.</summary>
    public static EmergenceFit Of(IReadOnlyList<Emergence> all)
    {
        Emergence[] used = [.. all.Where(one => one.IsFitted)];
        Emergence[] rising = [.. used.Where(one => one.Rises)], falling = [.. used.Where(one => !one.Rises)];
        return new(Fit(rising), Fit(falling), rising.Length, falling.Length, all.Count(one => one.Time > 0 && one.IsGrey));
    }

    /// <summary>The slope d ln τ*/d ln λ of modes. Of measured ones its interval also holds what every second row alone, a start before the first row, and an end behind the last one would change: these errors are common to all modes, so that no scatter shows them.</summary>
    public static PowerFit? Fit(IReadOnlyCollection<Emergence> modes)
    {
        double[] targets = [.. modes.Select(one => one.Target)];
        if (PowerFit.Of(targets, [.. modes.Select(one => one.Time)]) is not { } fit)
            return null;
        double Change(int index) => PowerFit.Of(targets, [.. modes.Select(one => one.Alternatives![index])]) is { } other ? other.Slope - fit.Slope : 0;
        return modes.Any(one => one.Alternatives is null) ? fit : fit with { Half = Math.Sqrt((fit.Half * fit.Half) + Math.Pow(Math.Max(Math.Abs(Change(0)), Math.Abs(Change(1))), 2) + Math.Pow(Change(2), 2) + Math.Pow(Change(3), 2)) };
    }

    /// <summary>Exponents with intervals, as summary numbers.</summary>
    public IEnumerable<SummaryNumber> Numbers(string how)
    {
        foreach (var (name, fit, count) in ((string, PowerFit?, int)[])[("rising", Rising, RisingCount), ("falling", Falling, FallingCount)])
        {
            var prime = name == "falling" ? "′" : "";
            yield return new($"{name}-modes", "n" + prime, count, FormattableString.Invariant($"Number of {name} modes of the fit; those that start within a factor two of their target are left out."));
            if (fit is not { } line)
                continue;
            yield return new($"{name}-exponent", "α" + prime, -line.Slope, $"Exponent α of the {how}law τ* ∝ λ^(−α) of {name} modes: ln τ* is regressed on ln λ by least squares.");
            yield return new($"{name}-exponent-low", $"α{prime}−", -line.Slope - line.Half, "Lower end of its 95 % interval.");
            yield return new($"{name}-exponent-high", $"α{prime}+", -line.Slope + line.Half, "Upper end of its 95 % interval.");
            yield return new($"{name}-variance-exponent", "B" + prime, line.InverseSlope, "Exponent B of λ ∝ τ*^B with the regression the other way round; −1/α for a perfect fit.");
            yield return new($"{name}-prefactor", "A" + prime, Math.Exp(line.Intercept), "A of τ* = A λ^(−α).");
            yield return new($"{name}-r-squared", $"R{prime}²", line.Determination, "Part of the variance of ln τ* that the law explains.");
        }
    }

    /// <summary>What is to be known of the fits.</summary>
    public IEnumerable<string> Warnings(Criterion criterion)
    {
        if (Grey > 0)
            yield return FormattableString.Invariant($"{Grey} modes start within a factor two of their target and are in no fit");
        foreach (var (name, fit, count) in ((string, PowerFit?, int)[])[("rising", Rising, RisingCount), ("falling", Falling, FallingCount)])
        {
            if (fit is null && count > 0)
                yield return string.Create(CultureInfo.InvariantCulture, $"not enough {name} modes for an exponent ({count}, at least {Fewest} of different variance); criterion {criterion}");
        }
    }
}
