using Eigenflow.Figures;

namespace Eigenflow.Scaling.LossCurves;

/// <content>The figure.</content>
public sealed partial class ScheduleFit
{
    // More curves than this in one picture say nothing.
    private const int MostDrawn = 6;
    private const int ScheduleSamples = 800;

    /// <summary>Loss, residuals and learning rate of the fitted curves and forecasts: measured losses as dots, the law as lines, forecasts with their band.</summary>
    /// <param name="proposal">A proposed schedule to show with them, or null.</param>
    public Figure ToFigure(ProposedSchedule? proposal = null)
    {
        var drawn = Forecasts.Take(MostDrawn).ToArray();
        var proposed = proposal is null ? null : Forecast(OfSchedule("proposed", proposal.Schedule));
        var losses = drawn.SelectMany(Losses).ToList();
        var rates = drawn.Select((forecast, index) => Rates(forecast.Curve.Name, forecast.Curve.Rates, index)).ToList();
        if (proposal is not null && proposed is not null)
        {
            losses.Add(Line(proposed, drawn.Length, "proposed"));
            rates.Add(Rates("proposed", proposal.Schedule, drawn.Length));
        }

        var step = new Axis("step", false, 0, Math.Max(drawn.Max(forecast => forecast.Curve.Rates.Steps), proposal?.Schedule.Steps ?? 0));
        return new Figure
        {
            Id = "fit-schedule",
            Title = "Loss under learning-rate schedules",
            Caption = Caption(drawn.Length),
            Panels =
            [
                new Panel { X = step, Y = new Axis("loss", true), Series = [.. losses] },
                new Panel { X = step, Y = new Axis("ln(measured) − ln(law)"), Series = [.. drawn.SelectMany(Departures)], Lines = [new ReferenceLine(0, "", false)] },
                new Panel { X = step, Y = new Axis("learning rate"), Series = [.. rates] },
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

    private IEnumerable<Series> Losses(LossForecast forecast, int index)
    {
        var name = forecast.Curve.Name;
        if (forecast.Measured.Length > 0)
            yield return new Series { Label = name, X = forecast.Steps, Y = forecast.Measured, Style = SeriesStyle.Points, Color = index };
        yield return Line(forecast, index, forecast.Measured.Length > 0 ? "" : name);
    }

    private static Series Line(LossForecast forecast, int index, string label) => new()
    {
        Label = label,
        X = forecast.Steps,
        Y = forecast.Losses,
        Lower = forecast.IsFitted || double.IsNaN(forecast.Lower[0]) ? null : forecast.Lower,
        Upper = forecast.IsFitted || double.IsNaN(forecast.Lower[0]) ? null : forecast.Upper,
        Style = forecast.IsFitted ? SeriesStyle.Line : SeriesStyle.Dashed,
        Color = index,
    };

    private static IEnumerable<Series> Departures(LossForecast forecast, int index)
    {
        if (forecast.Measured.Length > 0)
        {
            yield return new Series
            {
                Label = forecast.Curve.Name,
                X = forecast.Steps,
                Y = [.. forecast.Measured.Zip(forecast.Losses, (measured, law) => Math.Log(measured / law))],
                Style = SeriesStyle.Points,
                Color = index,
            };
        }
    }

    private static Series Rates(string name, StepRates rates, int color)
    {
        var samples = Math.Min(ScheduleSamples, rates.Steps);
        var steps = Enumerable.Range(0, samples).Select(row => (int)((long)row * (rates.Steps - 1) / Math.Max(1, samples - 1))).ToArray();
        return new Series { Label = name, X = [.. steps.Select(step => (double)step)], Y = [.. steps.Select(rates.RateAt)], Color = color };
    }

    private string Caption(int drawn)
    {
        var parameters = string.Join(", ", Chosen.Parameters.Select(parameter => DisplayText.Of($"{parameter.Symbol} = {parameter.Value:G3}")));
        var fitted = string.Join(", ", Curves.Select(curve => curve.Name));
        var rest = Forecasts.Count > drawn ? FormattableString.Invariant($" The first {drawn} of {Forecasts.Count} curves are shown.") : "";
        return DisplayText.Of($"Law {Chosen.Name} fitted to {fitted} ({Points} points; {parameters}): dots are measured, solid lines fitted, dashed lines forecast with their {100 * Level:0} % band for single points.{rest}");
    }
}
