using System.Globalization;

namespace Eigenflow.Scaling.Noise;

/// <summary>The one test of whether a law describes a curve, for fits, windows, claims and derived quantities of studies.</summary>
internal static class LawTest
{
    /// <summary>Residuals of ln y below this are rounding.</summary>
    public const double Rounding = 1e-8;

    // Noise whose neighbours correlate by more than this may be a misfit; so may residuals that are as much larger than the noise between neighbours (at a correlation of 0.95: 5.4 times).
    private const double SlowCorrelation = 0.95;
    private const double SlowRatio = 6;

    // Median of the absolute value of a normal number.
    private const double MedianOfNormal = 0.6745;

    private const double LargestApproximation = 0.02;
    private const double LargestPartOfSpread = 0.01;

    /// <summary>The standing of a law.</summary>
    /// <param name="points">The curve.</param>
    /// <param name="rms">Root mean square of the residuals of ln y.</param>
    /// <param name="isCompatible">Whether noise may have left the residuals.</param>
    public static LawStanding Of(LogPoints points, double rms, Func<bool> isCompatible)
    {
        if (points.Count < LawNoise.FewestPoints)
            return LawStanding.Untested;
        if (rms <= Rounding || isCompatible())
            return LawStanding.Describes;
        return rms <= Math.Min(LargestApproximation, LargestPartOfSpread * points.Spread) ? LawStanding.Approximates : LawStanding.Departs;
    }

    /// <summary>The standing in words.</summary>
    public static string Words(LawStanding standing, LogPoints points, double rms, double probability) => standing switch
    {
        LawStanding.Untested => string.Create(CultureInfo.InvariantCulture, $"not tested: {points.Count} points cannot tell a law from another, nor noise from a misfit"),
        LawStanding.Describes when rms <= Rounding => "describes to rounding",
        LawStanding.Describes => DisplayText.Of($"describes within the noise (lack of fit: probability {(probability > 0.995 ? "> 0.99" : $"{probability:0.00}")})"),
        LawStanding.Approximates => string.Create(CultureInfo.InvariantCulture, $"approximates: departs by {Percent(rms)} % rms, more than noise (probability {Small(probability)}), {Percent(rms / points.Spread)} % of the spread of ln y"),
        _ => string.Create(CultureInfo.InvariantCulture, $"does not describe: departs by {Percent(rms)} % rms, more than noise (probability {Small(probability)})"),
    };

    /// <summary>Whether residuals are so slow that they are noise or a misfit, and no test of noise can tell: a step or a bump leaves few large innovations among many small ones.</summary>
    /// <param name="residuals">Residuals in the order of x.</param>
    /// <param name="rms">Their root mean square.</param>
    /// <param name="correlation">Correlation of neighbours.</param>
    public static bool IsSlow(ReadOnlySpan<double> residuals, double rms, double correlation)
    {
        // Robust: median departure from the mean of both neighbours, whose variance is 3/2 of that of independent noise.
        var departures = new double[Math.Max(0, residuals.Length - 2)];
        for (var i = 0; i < departures.Length; i++)
            departures[i] = Math.Abs(residuals[i + 1] - (0.5 * (residuals[i] + residuals[i + 2])));
        Array.Sort(departures);
        return rms > Rounding && departures.Length > 0 && (correlation > SlowCorrelation || rms > SlowRatio * departures[departures.Length / 2] / MedianOfNormal / Math.Sqrt(1.5));
    }

    /// <summary>The standing of a law that only slow noise lets describe, in words.</summary>
    public static string SlowWords(double correlation, double rms) => DisplayText.Of($"cannot be told from a misfit: residuals of {Percent(rms)} % rms (neighbours correlate by {correlation:0.00}) are slow noise, or a step, a bump or a bend that the law lacks");

    /// <summary>A straight line through the points, tested.</summary>
    /// <param name="points">The points.</param>
    /// <param name="largestDrift">Largest change of the local exponent of an approximate power law.</param>
    /// <param name="isSearch">Whether this is one of many windows: then the test is quick, and stricter.</param>
    public static LawStanding OfLine(LogPoints points, double largestDrift, bool isSearch)
    {
        var line = points.Line();
        var n = points.Count;
        var (residuals, slopes) = (new double[n], new double[2 * n]);
        for (var i = 0; i < n; i++)
        {
            residuals[i] = points.V[i] - line.Intercept - (line.Slope * points.U[i]);
            (slopes[2 * i], slopes[(2 * i) + 1]) = (1, points.U[i] - points.First);
        }

        var standing = Of(points, line.Residual, () =>
        {
            var noise = new LawNoise(points, new CurveNoise(points), residuals, slopes, [true, true], 1);
            return isSearch ? noise.IsPlausible : noise.Probability >= LawNoise.Level;
        });
        return standing == LawStanding.Approximates && points.Drift().Drift > AllowedDrift(largestDrift, line.Slope) ? LawStanding.Departs : standing;
    }

    /// <summary>The change of the local exponent that a curve without noise may show on a power law's window: exponents of losses are small, so that it is a tenth of the exponent too.</summary>
    public static double AllowedDrift(double largestDrift, double exponent) => Math.Max(Rounding, Math.Min(largestDrift, 2 * largestDrift * Math.Abs(exponent)));

    private static string Percent(double part) => DisplayNumber.Of(100 * part, 2);

    private static string Small(double probability) => probability < 0.005 ? "< 0.005" : DisplayText.Of($"{probability:0.000}");
}
