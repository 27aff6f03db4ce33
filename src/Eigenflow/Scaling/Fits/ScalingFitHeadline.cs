using System.Globalization;
using Eigenflow.Figures;

namespace Eigenflow.Scaling.Fits;

/// <summary>What the verdicts on curves come to, in a line: the title of their picture.</summary>
internal static class ScalingFitHeadline
{
    /// <summary>The title.</summary>
    /// <param name="fits">The fits; at least one.</param>
    /// <param name="y">Name of the ordinate.</param>
    public static string Of(IReadOnlyList<ScalingFit> fits, string y) => fits.Count == 1 ? One(fits[0]) : Several(fits, y);

    private static string One(ScalingFit fit)
    {
        var (x, y) = (fit.Curve.XName, fit.Curve.YName);
        var law = fit.IsPowerLaw || fit.Kind == FitVerdictKind.Untested ? fit.PowerLaw! : fit.Chosen;
        var decades = Math.Log10(law.WindowEnd / law.WindowStart);
        var range = $"{DisplayNumber.Of(decades, 2)} decades of {x}";
        return fit.Kind switch
        {
            FitVerdictKind.PowerLaw => Headline.Slope(y, x, Exponent(law), decades) + (law.Standing == LawStanding.Approximates ? ", approximately" : ""),
            FitVerdictKind.Flat => $"{y} is flat over {range}",
            FitVerdictKind.Untested => $"{Headline.Slope(y, x, Exponent(law), decades)}, if a power law: {DisplayNumber.Of(law.Points)} points cannot tell",
            FitVerdictKind.OtherLaw => $"{Words(law)} {(law.Standing == LawStanding.Approximates ? "approximates" : law.IsSlow ? "may describe" : "describes")} {y} over {range}",
            _ when fit.Laws.Any(one => one.Describes) => $"No law is established for {y} over {range}",
            _ => $"No law describes {y} over {range} (the best departs by {DisplayNumber.Percent(law.LogResidual)} rms)",
        };
    }

    private static string Several(IReadOnlyList<ScalingFit> fits, string y)
    {
        double[] exponents = [.. fits.Where(fit => fit.IsPowerLaw).Select(fit => fit.PowerLaw!["p"].Value)];
        var range = exponents.Length == 0 ? "" : exponents.Length == 1 ? $", p = {DisplayNumber.Of(exponents[0], 3)}" : $", p = {DisplayNumber.Range(exponents.Min(), exponents.Max(), 3)}";
        return string.Create(CultureInfo.InvariantCulture, $"{exponents.Length} of {fits.Count} curves are power laws {y} ∝ {fits[0].Curve.XName}^{{p}} over their whole range{range}");
    }

    private static MeasuredSlope Exponent(FittedLaw law)
    {
        var p = law["p"];
        return new MeasuredSlope(p.Value, Math.Max(p.Upper - p.Value, p.Value - p.Lower));
    }

    private static string Words(FittedLaw law) => law.Name.Replace('-', ' ');
}
