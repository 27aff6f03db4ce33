using Eigenflow.Figures;
using Eigenflow.Scaling;

namespace Eigenflow.Studies;

/// <summary>The exponent of a drawn curve on a window of its abscissa.</summary>
/// <param name="Series">Number of the curve in its panel.</param>
/// <param name="Label">Its label in the panel; empty where it is drawn alone.</param>
/// <param name="Fit">The fit.</param>
public sealed record WindowFit(int Series, string Label, PowerLawFit Fit)
{
    private const double Slack = 1e-9;

    // A half-width that is shown larger than it is, so that it can be read, is no interval of 95 %.
    private const double LeastShown = 0.002;

    /// <summary>From where to where the curve goes in the window that was asked for.</summary>
    public (double From, double To) Window { get; init; } = (Fit.WindowStart, Fit.WindowEnd);

    /// <summary>The exponent with its interval, such as <c>−0.50 ± 0.01</c>.</summary>
    public string Exponent => Fit.Slope().ToString();

    /// <summary>The same in words with the verdict, such as <c>exponent −0.50 ± 0.01 (95 %; a power law)</c>; along a curve that bends by more than noise the interval is that of its local exponents.</summary>
    public string Text => $"exponent {Exponent} ({((Fit.Upper - Fit.Lower) / 2 < LeastShown ? "" : Fit.IsBent ? "local exponents; " : "95 %; ")}{Fit.Standing})";

    /// <summary>The fitted law as a guide beside the curve, which says in a line of its own where it is none, or flat.</summary>
    /// <param name="isOneOfSeveral">Whether other curves are fitted too, so that it says whose it is.</param>
    public SlopeGuide Guide(bool isOneOfSeveral) => new(
        Fit.WindowStart, Fit.WindowEnd, Fit.Amplitude * Math.Pow(Fit.WindowStart, Fit.Exponent), Fit.Exponent,
        $"{(isOneOfSeveral && Label.Length > 0 ? Label + ": " : "")}{Exponent}{(Fit.IsPowerLaw && !Fit.IsFlat ? "" : "\n" + Fit.Standing)}")
    {
        Series = Series,
    };

    /// <summary>Fits every curve of a panel that has three positive points in a window; lines that lead the eye and fits are no curves.</summary>
    /// <param name="panel">The panel.</param>
    /// <param name="from">Left end of the window.</param>
    /// <param name="to">Right end of the window.</param>
    /// <exception cref="ParameterException">Ends that are no window.</exception>
    public static IReadOnlyList<WindowFit> Of(Panel panel, double from, double to)
    {
        ArgumentNullException.ThrowIfNull(panel);
        if (!(from < to) || !double.IsFinite(from) || !double.IsFinite(to))
            throw new ParameterException("window", FormattableString.Invariant($"{from}:{to}"), "two numbers, the first smaller than the second");
        var options = new PowerLawOptions { WindowStart = from * (1 - Slack), WindowEnd = to * (1 + Slack) };
        var fits = new List<WindowFit>();
        for (var index = 0; index < panel.Series.Count; index++)
        {
            var series = panel.Series[index];
            if (series.Role is SeriesRole.Guide or SeriesRole.Fit or SeriesRole.Reference)
                continue;
            int[] positive = [.. Enumerable.Range(0, series.X.Length).Where(row => series.X[row] > 0 && series.Y[row] > 0 && double.IsFinite(series.Y[row]))];
            var inside = positive.Where(row => series.X[row] >= options.WindowStart && series.X[row] <= options.WindowEnd).ToArray();
            if (inside.Length >= 3 && series.X[inside[0]] < series.X[inside[^1]] && Fitted([.. inside.Select(row => series.X[row])], [.. inside.Select(row => series.Y[row])], options) is { } fit)
                fits.Add(new WindowFit(index, series.Label, fit) { Window = (Math.Max(from, series.X[positive[0]]), Math.Min(to, series.X[positive[^1]])) });
        }

        return fits;
    }

    // The window is cut first: points are thinned evenly over what is fitted, and not over the whole curve. A curve that cannot be fitted keeps no other from it.
    private static PowerLawFit? Fitted(double[] x, double[] y, PowerLawOptions options)
    {
        try
        {
            return PowerLaw.Fit(x, y, options);
        }
        catch (ParameterException)
        {
            return null;
        }
    }
}
