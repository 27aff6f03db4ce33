using Eigenflow.Figures;

namespace Eigenflow.Scaling.LossCurves;

/// <content>The figure.</content>
public sealed partial class ScheduleFit
{
    // More curves than this in one picture say nothing.
    private const int MostDrawn = 6;
    private const int ScheduleSamples = 800;

    /// <summary>Loss and learning rate of the fitted curves and forecasts: measured losses as dots beside the law, forecasts with their band.</summary>
    /// <param name="proposal">A proposed schedule to show with them, or null.</param>
    public Figure ToFigure(ProposedSchedule? proposal = null)
    {
        var drawn = Forecasts.Take(MostDrawn).ToArray();
        var proposed = proposal is null ? null : Forecast(OfSchedule("proposed", proposal.Schedule));
        var losses = drawn.SelectMany((forecast, index) => Losses(forecast, index, drawn.Length == 1 ? 1 : CurveColors.Neutral)).ToList();
        var rates = drawn.Select((forecast, index) => Rates(forecast.Curve.Name, forecast.Curve.Rates, index)).ToList();
        if (proposal is not null && proposed is not null)
        {
            losses.Add(Line(proposed, drawn.Length, drawn.Length, "proposed"));
            rates.Add(Rates("proposed", proposal.Schedule, drawn.Length));
        }

        var step = new Axis("step", false, 0);
        return new Figure
        {
            Id = "fit-schedule",
            Title = HeadlineOf(),
            Caption = Caption(drawn.Length),
            Panels =
            [
                new Panel { Title = "loss", X = step, Y = new Axis("loss", true), Series = [.. losses] },
                new Panel { Title = "schedule", X = step, Y = new Axis("learning rate", false, 0), Series = [.. rates] },
            ],
        };
    }

    /// <summary>A schedule as a curve without losses, so that it can be forecast.</summary>
    /// <param name="name">Name.</param>
    /// <param name="rates">The schedule.</param>
    public static LossCurve OfSchedule(string name, StepRates rates)
    {
        const int Rows = 4000;
        var rows = Math.Min(Rows, rates.Steps);
        return new LossCurve(name, rates, [.. Enumerable.Range(1, rows).Select(row => (int)((long)row * rates.Steps / rows))], []);
    }

    private static IEnumerable<Series> Losses(LossForecast forecast, int index, int fitColor)
    {
        var name = forecast.Curve.Name;
        var isMeasured = forecast.Measured.Length > 0;
        if (isMeasured)
            yield return new Series { Label = name, X = forecast.Steps, Y = forecast.Measured, Expected = forecast.Losses, Style = SeriesStyle.Points, Role = SeriesRole.Measurement, Color = index };
        yield return Line(forecast, index, fitColor, isMeasured ? "" : name);
    }

    private static Series Line(LossForecast forecast, int index, int fitColor, string label) => new()
    {
        Label = label,
        X = forecast.Steps,
        Y = forecast.Losses,
        Lower = forecast.IsFitted || double.IsNaN(forecast.Lower[0]) ? null : forecast.Lower,
        Upper = forecast.IsFitted || double.IsNaN(forecast.Lower[0]) ? null : forecast.Upper,
        Style = forecast.IsFitted ? SeriesStyle.Line : SeriesStyle.Dashed,
        Role = forecast.IsFitted ? SeriesRole.Fit : SeriesRole.Approximation,
        Color = forecast.IsFitted ? fitColor : index,
    };

    private static Series Rates(string name, StepRates rates, int color)
    {
        var samples = Math.Min(ScheduleSamples, rates.Steps);
        var steps = Enumerable.Range(0, samples).Select(row => (int)((long)row * (rates.Steps - 1) / Math.Max(1, samples - 1))).ToArray();
        return new Series { Label = name, X = [.. steps.Select(step => (double)step)], Y = [.. steps.Select(rates.RateAt)], Color = color };
    }

    // How well the law that forecasts fits, and does on what it has not seen.
    private string HeadlineOf()
    {
        var fitted = Chosen.Fitted.Max(error => error.LogRms);
        var seen = $"{DisplayNumber.Percent(fitted)} rms on fitted curves";
        return !Chosen.Describes ? $"{Chosen.Name} does not describe the fitted curves: {DisplayNumber.Percent(fitted)} rms"
            : double.IsNaN(Chosen.HeldOutMedian) ? $"{Chosen.Name}: {seen}, nothing held out"
            : $"{Chosen.Name}: {DisplayNumber.Percent(Chosen.HeldOutMedian)} rms on {(HeldOutRule == OtherSchedules ? OtherSchedules : "the last steps, held out")}, {seen}";
    }

    private string Caption(int drawn)
    {
        // Parameters of a law that does not describe what it was fitted to mean nothing.
        var parameters = Chosen.Describes ? "; " + string.Join(", ", Chosen.Parameters.Select(parameter => $"{parameter.Symbol} = {DisplayNumber.Of(parameter.Value, 3)}")) : "";
        var fitted = string.Join(", ", Curves.Select(curve => curve.Name));
        var rest = Forecasts.Count > drawn ? FormattableString.Invariant($" The first {drawn} of {Forecasts.Count} curves are shown.") : "";
        return FormattableString.Invariant(
            $"Law {Chosen.Name} fitted to {fitted} ({Points} points{parameters}): {Chosen.Verdict}. Dots are measured, solid lines fitted, dashed lines forecast with their {100 * Level:0} % band for single points.{rest}");
    }
}
