using System.Globalization;
using Eigenflow.Figures;
using Eigenflow.Scaling.LossCurves;

namespace Eigenflow.Studies;

/// <summary>A schedule that somebody drew: a learning rate at some steps, and straight lines between them.</summary>
public sealed record DrawnSchedule
{
    /// <summary>Most nodes.</summary>
    public const int MostNodes = 200;

    /// <summary>Name of the file in which it is exported.</summary>
    public const string FileName = "drawn.csv";

    // Rows of the exported table beside those of the nodes: a forecast has its points there.
    private const int Rows = 400;

    // A shape is shown with as few nodes as follow it within this part of its peak.
    private const double Tolerance = 0.004;
    private const int ShownSamples = 800;

    /// <summary>Step and learning rate of every node: whole steps that grow from 0.</summary>
    public required IReadOnlyList<(long Step, double Rate)> Nodes { get; init; }

    /// <summary>Checks nodes.</summary>
    /// <param name="steps">Their steps.</param>
    /// <param name="rates">Their rates, as many.</param>
    /// <exception cref="ParameterException">Steps that do not grow from 0, rates below zero, too many or too few of them.</exception>
    public static DrawnSchedule Of(IReadOnlyList<double> steps, IReadOnlyList<double> rates)
    {
        if (steps.Count != rates.Count || steps.Count is < 2 or > MostNodes)
            throw new ParameterException("nodes", steps.Count, FormattableString.Invariant($"2 to {MostNodes} nodes, each a step and a learning rate"));
        for (var index = 0; index < steps.Count; index++)
        {
            if (steps[index] != Math.Floor(steps[index]) || !(steps[index] >= 0 && steps[index] <= StepRates.LargestSteps) || (index == 0 ? steps[0] != 0 : steps[index] <= steps[index - 1]))
                throw new ParameterException("nodes", steps[index], FormattableString.Invariant($"whole steps that grow from 0, up to {StepRates.LargestSteps}"));
            if (!(rates[index] >= 0 && rates[index] <= 1e100))
                throw new ParameterException("nodes", rates[index], "learning rates >= 0");
        }

        if (rates.All(rate => rate == 0))
            throw new ParameterException("nodes", 0, "a learning rate above zero in at least one node", "a schedule of zeros never moves");
        return new DrawnSchedule { Nodes = [.. steps.Zip(rates, (step, rate) => ((long)step, rate))] };
    }

    /// <summary>The fewest nodes that follow a schedule closely, to be dragged.</summary>
    /// <param name="rates">The schedule.</param>
    public static DrawnSchedule Following(StepRates rates)
    {
        ArgumentNullException.ThrowIfNull(rates);
        var samples = Math.Min(ShownSamples, rates.Steps);
        int[] at = [.. Enumerable.Range(0, samples).Select(row => (int)((long)row * (rates.Steps - 1) / Math.Max(1, samples - 1))).Append(rates.WarmUp).Distinct().Order()];
        var kept = new SortedSet<int> { 0, at.Length - 1 };
        Keep(0, at.Length - 1);
        return new DrawnSchedule { Nodes = [.. kept.Select(index => (index == at.Length - 1 ? (long)rates.Steps : at[index], rates.RateAt(at[index])))] };

        // Ramer, Douglas and Peucker, in learning rate alone.
        void Keep(int first, int last)
        {
            var (worst, place) = (Tolerance * rates.Peak, -1);
            double start = rates.RateAt(at[first]), end = rates.RateAt(at[last]);
            for (var index = first + 1; index < last; index++)
            {
                var line = start + ((end - start) * (at[index] - at[first]) / (at[last] - at[first]));
                var distance = Math.Abs(rates.RateAt(at[index]) - line);
                if (distance > worst)
                    (worst, place) = (distance, index);
            }

            if (place < 0 || kept.Count >= MostNodes)
                return;
            kept.Add(place);
            Keep(first, place);
            Keep(place, last);
        }
    }

    /// <summary>The schedule as a table <c>step,learning_rate</c> that <c>fit-schedule --transfer</c> reads as it was drawn: the rate is linear between its rows.</summary>
    public string ToCsv()
    {
        var last = Nodes[^1].Step;
        var steps = new SortedSet<long>(Nodes.Select(node => node.Step));
        var rows = Math.Min(Rows, last);
        for (long row = 0; row <= rows; row++)
            steps.Add(row * last / rows);

        // A slope without a row inside could be taken for a jump.
        for (var index = 1; index < Nodes.Count; index++)
            steps.Add((Nodes[index - 1].Step + Nodes[index].Step) / 2);
        return CsvText.Render(["step", "learning_rate"], steps.Select(step => (IEnumerable<string>)[step.ToString(CultureInfo.InvariantCulture), WrittenNumber.RoundTrip(RateAt(step))]));
    }

    /// <summary>Adds a forecast to the figure of a fit, which shows the loss alone then.</summary>
    /// <param name="figure">The figure of the fit.</param>
    /// <param name="forecast">The forecast.</param>
    /// <param name="label">Its name in the legend.</param>
    public static Figure Draw(Figure figure, LossForecast forecast, string label)
    {
        ArgumentNullException.ThrowIfNull(figure);
        ArgumentNullException.ThrowIfNull(forecast);
        var panel = figure.Panels[0];
        var hasBand = forecast.Lower.Length > 0 && !double.IsNaN(forecast.Lower[0]);
        var color = panel.Series.Select(series => series.Color).DefaultIfEmpty(-1).Max() + 1;
        return figure with
        {
            Panels =
            [
                panel with
                {
                    Series =
                    [
                        .. panel.Series,
                        new Series
                        {
                            Label = label,
                            X = forecast.Steps,
                            Y = forecast.Losses,
                            Lower = hasBand ? forecast.Lower : null,
                            Upper = hasBand ? forecast.Upper : null,
                            Style = SeriesStyle.Dashed,
                            Role = SeriesRole.Approximation,
                            Color = color,
                        },
                    ],
                },
            ],
        };
    }

    private double RateAt(long step)
    {
        var index = 0;
        while (index + 2 < Nodes.Count && Nodes[index + 1].Step <= step)
            index++;
        var ((start, from), (end, to)) = (Nodes[index], Nodes[index + 1]);
        return step <= start ? from : step >= end ? to : from + ((to - from) * ((double)(step - start) / (end - start)));
    }
}
