using Eigenflow.Figures;
using Eigenflow.Solutions;

namespace Eigenflow.Systems.DiffusionSpectralBias;

/// <summary>Problems, curves and claims that several tasks of the reproduction share.</summary>
internal static class DiffusionCurves
{
    public const string Paper = DiffusionPredictions.Paper;
    public const string Derived = DiffusionPredictions.Derived;

    // What three printed digits leave open, and rounding.
    private const double ThreeDigits = 0.00051;

    /// <summary>The eight variances of the paper's curves.</summary>
    public static IReadOnlyList<double> Eight { get; } = [10, 3, 1, 0.3, 0.1, 0.03, 0.01, 0.001];

    /// <summary>Twenty variances from 10⁻³ to 10².</summary>
    public static IReadOnlyList<double> Twenty { get; } = [.. Enumerable.Range(0, 20).Select(i => Math.Pow(10, -3 + (5.0 * i / 19)))];

    /// <summary>The colours of variances.</summary>
    public static ColorScale Scale { get; } = new("variance λ", IsLogarithmic: true);

    /// <summary>A problem.</summary>
    public static DiffusionProblem Problem(Architecture architecture, double gain, IReadOnlyList<double> variances) => new() { Architecture = architecture, Gain = gain, Variances = [.. variances] };

    /// <summary>A problem with the preconditioning of EDM.</summary>
    public static DiffusionProblem Edm(IReadOnlyList<double> variances) => Problem(new(ArchitectureKind.Edm), 0, variances) with { Weighting = NoiseWeighting.Edm };

    /// <summary>Times spaced evenly in the logarithm.</summary>
    public static double[] Times(double from, double to, int count) => TimeGrid.Logarithmic(from, to, count)[1..];

    /// <summary>One curve per mode, coloured by its variance.</summary>
    public static IReadOnlyList<Series> Curves(DiffusionProblem problem, double[] times, Func<ModeTheory, int, double, double> value, SeriesStyle style = SeriesStyle.Line)
    {
        var theory = new ModeTheory(problem);
        return [.. problem.Variances.Select((variance, mode) => new Series { Label = "", X = times, Y = [.. times.Select(time => value(theory, mode, time))], Value = variance, Style = style })];
    }

    /// <summary>Generated variances of all modes.</summary>
    public static IReadOnlyList<Series> Variances(DiffusionProblem problem, double[] times) => Curves(problem, times, (theory, mode, time) => Math.Exp(theory.LogVariance(mode, time)));

    private static IReadOnlyList<Series> Targets(DiffusionProblem problem, double from, double to) =>
        [.. problem.Variances.Select(variance => new Series { Label = "", X = [from, to], Y = [variance, variance], Value = variance, Style = SeriesStyle.Dotted })];

    /// <summary>Generated variances of all modes against training time, with their targets.</summary>
    public static Panel Generated(string title, DiffusionProblem problem, double[] times) =>
        new() { Title = title, X = new Axis("training time τ", true), Y = new Axis("generated variance λ~", true), Series = [.. Variances(problem, times), .. Targets(problem, times[0], times[^1])] };

    /// <summary>Emergence times by two criteria, with the laws of rising and falling modes.</summary>
    public static Panel TwoCriteria(Emergence[] geometric, Emergence[] harmonic) => new()
    {
        Title = "emergence",
        X = new Axis("variance λ", true),
        Y = new Axis("emergence time τ*", true),
        Series = [Dots("geometric", geometric.Where(mode => !mode.IsGrey), 0), Dots("harmonic", harmonic.Where(mode => !mode.IsGrey), 1), .. Laws(geometric, 0), .. Laws(harmonic, 1)],
    };

    /// <summary>Emergence times of all modes.</summary>
    public static Emergence[] Emergences(DiffusionProblem problem, CriterionKind criterion)
    {
        var theory = new ModeTheory(problem);
        return [.. Enumerable.Range(0, problem.Dimension).Select(mode => EmergenceTimes.Of(theory, mode, problem.Variances[mode], new Criterion(criterion)))];
    }

    /// <summary>Emergence times as dots: filled series for rising and falling modes share a colour.</summary>
    public static Series Dots(string label, IEnumerable<Emergence> times, int color)
    {
        Emergence[] known = [.. times.Where(one => double.IsFinite(one.Time) && one.Time > 0).OrderBy(one => one.Target)];
        return new Series { Label = label, X = [.. known.Select(one => one.Target)], Y = [.. known.Select(one => one.Time)], Style = SeriesStyle.Points, Role = SeriesRole.Theory, Color = color };
    }

    private static Series Fitted(PowerFit fit, IEnumerable<Emergence> group, int color)
    {
        double[] x = [.. group.Select(one => one.Target).Order()];
        double[] ends = [x[0], x[^1]];
        return new Series { Label = "", X = ends, Y = [.. ends.Select(at => Math.Exp(fit.Intercept) * Math.Pow(at, fit.Slope))], Style = SeriesStyle.Dashed, Role = SeriesRole.Fit, Color = color };
    }

    /// <summary>The modes of a fit: rising or falling, not near their start.</summary>
    public static Emergence[] Group(IEnumerable<Emergence> times, bool rises) => [.. times.Where(one => one.IsFitted && one.Rises == rises)];

    /// <summary>The claim of an exponent of emergence.</summary>
    public static Claim Exponent(string id, string statement, double predicted, IReadOnlyCollection<Emergence> modes, double tolerance, string source, string window)
    {
        var fit = EmergenceFit.Fit(modes);
        return Claim.Absolute(id, statement, predicted, fit is { } line ? -line.Slope : double.NaN, tolerance, source, DisplayText.Of($"least squares of ln τ* on ln λ over {modes.Count} modes from {modes.Min(one => one.Target):G2} to {modes.Max(one => one.Target):G2}, exact roots"), PredictionKind.Asymptotic).Over(window);
    }

    /// <summary>The claim of an exponent over a range that is not far from the start: the value of the fit itself, by an independent program to three digits.</summary>
    public static Claim FiniteExponent(string id, string statement, double predicted, IReadOnlyCollection<Emergence> modes, string source) =>
        Claim.Absolute(id, statement, predicted, EmergenceFit.Fit(modes) is { } line ? -line.Slope : double.NaN, ThreeDigits, source, DisplayText.Of($"least squares of ln τ* on ln λ over {modes.Count} modes from {modes.Min(one => one.Target):G2} to {modes.Max(one => one.Target):G2}, exact roots, against those of an independent program"));

    // The fitted laws of rising and falling modes, where there are enough.
    private static IEnumerable<Series> Laws(Emergence[] all, int color) => ((bool[])[true, false]).Select(rises => Group(all, rises)).Where(group => EmergenceFit.Fit(group) is not null).Select(group => Fitted(EmergenceFit.Fit(group)!.Value, group, color));
}
