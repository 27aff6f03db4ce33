using System.Globalization;
using Eigenflow.Figures;

namespace Eigenflow.Scaling.Fits;

/// <summary>The picture of fits: curves with their laws, and local exponents.</summary>
public static class ScalingFitFigure
{
    private const int MostCurves = 8;
    private const int LinePoints = 200;

    /// <summary>Draws up to eight curves.</summary>
    /// <param name="fits">The fits; at least one.</param>
    /// <param name="tells">Whether the caption tells the verdicts, which may stand beside the picture.</param>
    public static Figure Of(IReadOnlyList<ScalingFit> fits, bool tells = true)
    {
        var (curves, slopes) = (new List<Series>(), new List<Series>());
        var regions = new List<Region>();
        var shown = fits.Take(MostCurves).ToArray();
        var numbers = OrderedValues.Numbers([.. shown.Select(fit => fit.Curve.Name)]);
        var scale = numbers is null ? null : OrderedValues.Scale("curve", numbers);
        for (var index = 0; index < shown.Length; index++)
            Add(shown[index], index, shown.Length == 1 ? 1 : CurveColors.Neutral, scale is null ? null : numbers![index], curves, slopes);
        if (fits.Count == 1 && fits[0] is { PowerLaw: { } power, Kind: FitVerdictKind.OtherLaw or FitVerdictKind.NoLaw })
            regions.Add(new Region(power.WindowStart, power.WindowEnd, "power law"));
        var first = fits[0].Curve;
        var isOneOrdinate = fits.All(fit => string.Equals(fit.Curve.YName, first.YName, StringComparison.Ordinal));
        var y = isOneOrdinate ? first.YName : "y";
        return new Figure
        {
            Id = "fit",
            Title = ScalingFitHeadline.Of(fits, y),
            Caption = string.Join(" ",
            [
                .. tells ? shown.Select(Words) : [],
                .. fits.Count > MostCurves ? (string[])[string.Create(CultureInfo.InvariantCulture, $"The first {MostCurves} of {fits.Count} curves are drawn.")] : [],
                shown.FirstOrDefault(fit => fit.Slopes.X.Length > 0) is { } sloped
                    ? $"Local exponents: slopes of lines over {DisplayNumber.Of(sloped.Slopes.Decades, 2)} decades with two standard errors; lines are those of the laws."
                    : "Local exponents are those of the laws: the points lie too far apart for slopes of their own.",
            ]),
            Scale = scale,
            Panels =
            [
                new Panel { Title = "curves and laws", X = new Axis(first.XName, true), Y = new Axis(y, true), Series = curves, Regions = regions },
                new Panel { Title = "local exponents", X = new Axis(first.XName, true), Y = new Axis($"d ln {y}/d ln {first.XName}") { LeastExtent = LeastExponents }, Series = slopes, Regions = regions },
            ],
        };
    }

    // Exponents that differ by less are equal to a reader.
    private const double LeastExponents = 0.02;

    private static void Add(ScalingFit fit, int color, int lineColor, double? value, List<Series> curves, List<Series> slopes)
    {
        var x = Read(fit.Points.U.ToArray().Select(u => Math.Exp(u + fit.Points.OriginU)), fit.Curve.X);
        var y = Read(fit.Points.V.ToArray().Select(v => Math.Exp(v + fit.Points.OriginV)), fit.Curve.Y);
        curves.Add(new Series
        {
            Label = fit.Curve.Name,
            X = x,
            Y = y,
            Expected = [.. x.Select(fit.Chosen.At)],
            Style = SeriesStyle.Points,
            Role = SeriesRole.Measurement,
            Color = color,
            Value = value,
        });
        var isRejected = fit.Kind == FitVerdictKind.NoLaw;
        var line = Grid(fit.Chosen);
        curves.Add(Law(isRejected ? $"{LabelOf(fit.Chosen)} (departs)" : LabelOf(fit.Chosen), line, fit.Chosen.At, isRejected ? SeriesStyle.Dashed : SeriesStyle.Line));
        if (fit is { PowerLaw: { } power, Kind: FitVerdictKind.OtherLaw or FitVerdictKind.NoLaw })
            curves.Add(Law(LabelOf(power), Grid(power), power.At, SeriesStyle.Dotted));
        var local = fit.Slopes;
        slopes.Add(new Series
        {
            Label = "",
            X = local.X,
            Y = local.Exponents,
            Lower = [.. local.Exponents.Zip(local.Errors, (value, error) => value - (2 * error))],
            Upper = [.. local.Exponents.Zip(local.Errors, (value, error) => value + (2 * error))],
            Style = SeriesStyle.Points,
            Role = SeriesRole.Measurement,
            Color = color,
            Value = value,
        });
        slopes.Add(Law("", line, fit.Chosen.ExponentAt, isRejected ? SeriesStyle.Dashed : SeriesStyle.Line));

        Series Law(string label, double[] places, Func<double, double> law, SeriesStyle style) => new()
        {
            Label = label,
            X = places,
            Y = [.. places.Select(law)],
            Style = style,
            Role = SeriesRole.Fit,
            Color = lineColor,
        };
    }

    // Fits have logarithms: what was read in a file is drawn as it was read.
    private static double[] Read(IEnumerable<double> values, double[] read)
    {
        const double Rounding = 1e-11;
        double[] sorted = [.. read.Where(double.IsFinite).Distinct().Order()];
        return [.. values.Select(value =>
        {
            var place = Array.BinarySearch(sorted, value);
            if (place >= 0)
                return value;
            var near = new[] { ~place - 1, ~place }.Where(index => index >= 0 && index < sorted.Length).Select(index => sorted[index]).DefaultIfEmpty(value).MinBy(other => Math.Abs(other - value));
            return Math.Abs(near - value) <= Rounding * Math.Abs(value) ? near : value;
        })];
    }

    private static string LabelOf(FittedLaw law) => string.Equals(law.Name, "power-law", StringComparison.Ordinal)
        ? $"slope {DisplayNumber.Of(law["p"].Value, 3)}"
        : law.Name.Replace('-', ' ');

    // The verdict itself, so that the caption says what the sentence says; numbers of the law that it names.
    private static string Words(ScalingFit fit)
    {
        var law = fit.IsPowerLaw || fit.Kind == FitVerdictKind.Untested ? fit.PowerLaw! : fit.Chosen;
        var exponents = law.Standing == LawStanding.Departs || fit.Kind == FitVerdictKind.NoLaw ? [] : law.Parameters.Where(parameter => parameter.Symbol is "p" or "q" or "gamma").ToArray();
        return $"{fit.Curve.Name}: {fit.Verdict}"
            + (fit.LeftOut == 0 ? "" : $" ({DisplayNumber.Count(fit.LeftOut)} of {DisplayNumber.Count(fit.Curve.X.Length)} rows left out and not drawn)")
            + (exponents.Length == 0 ? "" : "; " + string.Join(", ", exponents.Select(parameter => $"{parameter.Symbol} = {DisplayNumber.Of(parameter.Value, 3)} ({DisplayNumber.Range(parameter.Lower, parameter.Upper, 3)})"))) + ".";
    }

    private static double[] Grid(FittedLaw law) =>
        [.. Enumerable.Range(0, LinePoints).Select(i => law.WindowStart * Math.Pow(law.WindowEnd / law.WindowStart, i / (LinePoints - 1.0)))];
}
