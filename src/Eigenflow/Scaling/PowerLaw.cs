using Eigenflow.Numerics;
using Eigenflow.Scaling.Noise;

namespace Eigenflow.Scaling;

/// <summary>
/// Fits y ≈ A x^p by least squares of ln y on ln x. More than 40 points that are unevenly spaced in ln x are first averaged in even bins, so that no decade outweighs another.
/// <para>Interval: Student's t with the standard error inflated for correlated residuals by (1 + r)/(1 − r), r their correlation at distance one (not below zero).
/// For independent noise this is the ordinary interval. Where the curve departs from a law by more than noise, it is as wide as it takes to hold the local exponents of the window (<see cref="LocalExponents"/>).</para>
/// <para>Automatic window: the longest range between points that spans at least the minimum number of decades and on which a power law describes the points by the one test of laws
/// (<see cref="Noise.LawTest"/>: noise may have left the residuals), or departs by at most 2 % and a hundredth of the spread of ln y while the local exponent changes by no more than the largest drift.</para>
/// </summary>
public static class PowerLaw
{
    private const int FewestPoints = 6;

    // An exponent that is smaller reads as 0.00.
    private const double Vanishing = 0.005;

    /// <summary>Fits.</summary>
    /// <param name="x">Abscissae; those that are not positive are left out.</param>
    /// <param name="y">Ordinates, as many; those that are not positive are left out.</param>
    /// <param name="options">Options, or null for the defaults.</param>
    /// <exception cref="ParameterException">Lengths that differ, too few points, or too few decades.</exception>
    public static PowerLawFit Fit(ReadOnlySpan<double> x, ReadOnlySpan<double> y, PowerLawOptions? options = null)
    {
        options ??= new PowerLawOptions();
        var points = PointsOf(x, y);
        return TryFit(points, options) ?? throw new ParameterException(
            "points", DisplayText.Plain($"{points.Count} over {Math.Max(0, points.Decades):0.##} decades"),
            DisplayText.Plain($"at least {FewestPoints} positive points over {options.MinimumDecades:0.##} decades of x"), "measure a longer range, or give the window yourself");
    }

    /// <summary>As <see cref="Fit"/>, but null where the points are too few or span too little for an automatic window.</summary>
    internal static PowerLawFit? TryFit(ReadOnlySpan<double> x, ReadOnlySpan<double> y, PowerLawOptions options) => TryFit(PointsOf(x, y), options);

    private static LogPoints PointsOf(ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        if (x.Length != y.Length)
            throw new ParameterException("y", $"({y.Length} values)", $"as many values as x ({x.Length})");
        return LogPoints.Even(x, y);
    }

    private static PowerLawFit? TryFit(LogPoints points, PowerLawOptions options)
    {
        var isGiven = options.WindowStart is not null || options.WindowEnd is not null;
        if (isGiven)
        {
            var start = options.WindowStart ?? 0;
            var end = options.WindowEnd ?? double.PositiveInfinity;
            if (!(start < end))
                throw new ParameterException("window", FormattableString.Invariant($"{start}:{end}"), "two numbers, the first smaller than the second");
            return Describe(points.Within(Math.Log(Math.Max(start, double.Epsilon)) - points.OriginU, Math.Log(end) - points.OriginU), options, "given");
        }

        if (points.Count < FewestPoints || points.Decades < options.MinimumDecades - 1e-9)
            return null;
        var best = PowerLawWindow.Longest(points, options.LargestDrift, options.MinimumDecades);
        return best is null
            ? Describe(points, options, "whole range: on no window does a power law describe the points") with { IsPowerLaw = false }
            : Describe(best, options, DisplayText.Plain($"longest range of at least {options.MinimumDecades:0.##} decades on which a power law describes the points, or its exponent changes by at most {options.LargestDrift:0.###}")) with { IsPowerLaw = true };
    }

    private static PowerLawFit Describe(LogPoints points, PowerLawOptions options, string rule)
    {
        if (points.Count < 3 || !(points.Span > 0))
            throw new ParameterException("window", $"({points.Count} points)", "a window with at least 3 positive points that differ in x");
        var (slope, intercept, error, residual) = points.Line();
        var noise = StudentInterval.Half(error, points.Count - 2);
        var drift = points.Count >= 5 ? points.Drift().Drift : 0;
        var standing = PowerLawWindow.Standing(points, options.LargestDrift);
        var isBent = IsBent(points, standing, residual);
        var (below, above) = isBent ? LocalExponents.Of(points, slope) : (0, 0);
        var half = Math.Max(noise, Math.Max(-below, above));
        var (local, allowed) = (Math.Max(drift, above - below), LawTest.AllowedDrift(options.LargestDrift, slope));
        return new PowerLawFit
        {
            Exponent = slope,
            Lower = slope - half,
            Upper = slope + half,
            Amplitude = Math.Exp(intercept + points.OriginV - (slope * points.OriginU)),
            WindowStart = points.FirstX,
            WindowEnd = points.LastX,
            Points = points.Count,
            LogResidual = residual,
            Drift = drift,
            LocalRange = local,
            MeanHalf = noise,
            IsBent = half > noise,
            Spread = points.Spread,
            AllowedDrift = allowed,
            WindowRule = rule,

            // A bend to and fro has no drift between the ends of a window, and one between those of its parts.
            IsPowerLaw = standing != LawStanding.Departs && (!isBent || local <= allowed),
            IsFlat = IsFlat(slope, noise, drift, options.LargestDrift),
        };
    }

    // What noise may have left is no bend; residuals that are far larger than what neighbours differ by are one, however few.
    private static bool IsBent(LogPoints points, LawStanding standing, double residual)
    {
        if (standing != LawStanding.Describes)
            return standing != LawStanding.Untested;
        var line = points.Line();
        return LawTest.IsSlow([.. Enumerable.Range(0, points.Count).Select(i => points.V[i] - line.Intercept - (line.Slope * points.U[i]))], residual, 0);
    }

    // A curve that is known well has an exponent of its own however small: below what is told of it, it has none.
    private static bool IsFlat(double slope, double half, double drift, double largestDrift) =>
        Math.Max(Math.Abs(slope), drift) < Vanishing || (half + (drift / 2) <= largestDrift && Math.Abs(slope) <= half + (drift / 2));
}
