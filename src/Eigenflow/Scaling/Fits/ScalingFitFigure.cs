using System.Globalization;
using Eigenflow.Figures;

namespace Eigenflow.Scaling.Fits;

/// <summary>The picture of fits: curves with their laws, local exponents, residuals.</summary>
public static class ScalingFitFigure
{
    private const int MostCurves = 8;
    private const int LinePoints = 200;

    /// <summary>Draws up to eight curves.</summary>
    /// <param name="fits">The fits; at least one.</param>
    public static Figure Of(IReadOnlyList<ScalingFit> fits)
    {
        var (curves, slopes, residuals) = (new List<Series>(), new List<Series>(), new List<Series>());
        var regions = new List<Region>();
        var shown = fits.Take(MostCurves).ToArray();
        for (var index = 0; index < shown.Length; index++)
            Add(shown[index], index, curves, slopes, residuals);
        if (fits.Count == 1 && fits[0] is { PowerLaw: { } power, Kind: FitVerdictKind.OtherLaw or FitVerdictKind.NoLaw })
            regions.Add(new Region(power.WindowStart, power.WindowEnd, "power law"));
        var first = fits[0].Curve;
        var isOneOrdinate = fits.All(fit => string.Equals(fit.Curve.YName, first.YName, StringComparison.Ordinal));
        var y = isOneOrdinate ? first.YName : "y";
        return new Figure
        {
            Id = "fit",
            Title = shown.Length == 1 ? $"Scaling of {first.YName} with {first.XName}" : $"Scaling with {first.XName}",
            Caption = string.Join(" ", shown.Select(Words))
                + (fits.Count > MostCurves ? string.Create(CultureInfo.InvariantCulture, $" The first {MostCurves} of {fits.Count} curves are drawn.") : "")
                + (shown.FirstOrDefault(fit => fit.Slopes.X.Length > 0) is { } sloped
                    ? DisplayText.Of($" Local exponents: slopes of lines over {sloped.Slopes.Decades:0.0#} decades with two standard errors; lines are those of the fitted laws.")
                    : " Local exponents are those of the fitted laws: the points lie too far apart for slopes of their own."),
            Panels =
            [
                new Panel { Title = "curves and laws", X = new Axis(first.XName, true), Y = new Axis(y, true), Series = curves, Regions = regions },
                new Panel { Title = "local exponents", X = new Axis(first.XName, true), Y = new Axis($"d ln {y}/d ln {first.XName}"), Series = slopes, Regions = regions },
                new Panel { Title = "residuals of the chosen laws", X = new Axis(first.XName, true), Y = new Axis("ln(measured) − ln(law)"), Series = residuals, Lines = [new ReferenceLine(0, "", false)] },
            ],
        };
    }

    private static void Add(ScalingFit fit, int color, List<Series> curves, List<Series> slopes, List<Series> residuals)
    {
        var x = fit.Points.U.ToArray().Select(u => Math.Exp(u + fit.Points.OriginU)).ToArray();
        var y = fit.Points.V.ToArray().Select(v => Math.Exp(v + fit.Points.OriginV)).ToArray();
        curves.Add(new Series { Label = fit.Curve.Name, X = x, Y = y, Style = SeriesStyle.Points, Color = color });
        var line = Grid(fit.Chosen);
        curves.Add(new Series { Label = LabelOf(fit.Chosen), X = line, Y = [.. line.Select(fit.Chosen.At)], Color = color });
        if (fit is { PowerLaw: { } power, Kind: FitVerdictKind.OtherLaw or FitVerdictKind.NoLaw })
        {
            var window = Grid(power);
            curves.Add(new Series { Label = LabelOf(power), X = window, Y = [.. window.Select(power.At)], Color = color, Style = SeriesStyle.Dashed });
        }

        var local = fit.Slopes;
        slopes.Add(new Series
        {
            Label = "",
            X = local.X,
            Y = local.Exponents,
            Lower = [.. local.Exponents.Zip(local.Errors, (value, error) => value - (2 * error))],
            Upper = [.. local.Exponents.Zip(local.Errors, (value, error) => value + (2 * error))],
            Style = SeriesStyle.Points,
            Color = color,
        });
        slopes.Add(new Series { Label = "", X = line, Y = [.. line.Select(fit.Chosen.ExponentAt)], Color = color });
        residuals.Add(new Series { Label = "", X = x, Y = [.. x.Select((at, i) => Math.Log(y[i] / fit.Chosen.At(at)))], Style = SeriesStyle.Points, Color = color });
    }

    private static string LabelOf(FittedLaw law) => string.Equals(law.Name, "power-law", StringComparison.Ordinal)
        ? $"slope {DisplayNumber.Of(law["p"].Value)}"
        : law.Name.Replace('-', ' ');

    // The verdict itself, so that the caption says what the sentence says; numbers of the law that it names.
    private static string Words(ScalingFit fit)
    {
        var law = fit.IsPowerLaw || fit.Kind == FitVerdictKind.Untested ? fit.PowerLaw! : fit.Chosen;
        var exponents = law.Standing == LawStanding.Departs ? [] : law.Parameters.Where(parameter => parameter.Symbol is "p" or "q" or "gamma").ToArray();
        return $"{fit.Curve.Name}: {fit.Verdict}"
            + (exponents.Length == 0 ? "" : "; " + string.Join(", ", exponents.Select(parameter => $"{parameter.Symbol} = {DisplayNumber.Of(parameter.Value)} ({DisplayNumber.Range(parameter.Lower, parameter.Upper)})"))) + ".";
    }

    private static double[] Grid(FittedLaw law) =>
        [.. Enumerable.Range(0, LinePoints).Select(i => law.WindowStart * Math.Pow(law.WindowEnd / law.WindowStart, i / (LinePoints - 1.0)))];
}
