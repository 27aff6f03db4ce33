using Eigenflow.Figures;

namespace Eigenflow.Scaling.Collapse;

/// <summary>The picture of horizons: the frontier of constant-rate runs with its power law, and the spread against the horizon exponent.</summary>
public static class HorizonFigure
{
    private const int MostPoints = 200;
    private const double Shared = 50;

    /// <summary>Draws; null where neither horizon was found.</summary>
    /// <param name="horizon">The comparison.</param>
    /// <param name="used">Horizon exponent that a ladder used, or null.</param>
    /// <param name="id">Name of the figure, a file name.</param>
    public static Figure? Of(HorizonComparison horizon, HorizonUsed? used, string id)
    {
        ArgumentNullException.ThrowIfNull(horizon);
        var panels = new List<Panel>();
        if (horizon.Frontier is { } frontier)
            panels.Add(Frontier(frontier));
        if (horizon.Collapse is { } collapse)
        {
            panels.Add(new Panel
            {
                Title = "collapse",
                X = new Axis("horizon exponent γ"),
                Y = new Axis("spread of sizes", true),
                Series = [new Series { Label = "cut constant-rate runs", X = [.. collapse.Scanned.Where((_, k) => collapse.RootMeanSquares[k] > 0)], Y = [.. collapse.RootMeanSquares.Where(value => value > 0)], Color = 0, Role = SeriesRole.Measurement }],
                Lines = Lines(collapse, horizon.Frontier, used),
            });
        }

        return panels.Count == 0 ? null : new Figure
        {
            Id = id,
            Title = Title(horizon, used),
            Caption = $"Constant-rate runs{(horizon.Schedule.Length > 0 ? $" ({horizon.Schedule})" : "")}. " + (horizon.Collapse is not { } shape ? "" : DisplayText.Of($"Curves are cut at t* = κ p^γ with the largest κ that all reach, and compared over ln x, each less its mean; L_{{0}} = {shape.Offset:G4}{(shape.IsOffsetGiven ? ", given" : " at the best γ, fitted at every γ")}.")),
            Panels = panels,
        };
    }

    // Exponents that lie within a fiftieth of the axis share a line.
    private static List<ReferenceLine> Lines(ShapeHorizon collapse, FrontierHorizon? frontier, HorizonUsed? used)
    {
        var lines = new List<ReferenceLine>();
        double low = collapse.Scanned[0], high = collapse.Scanned[^1];
        foreach (var (value, label) in new[] { (collapse.Exponent, "best"), (frontier?.Exponent ?? double.NaN, "frontier"), (used?.Exponent ?? double.NaN, "used") })
        {
            if (!(value >= low && value <= high))
                continue;
            var near = lines.FindIndex(line => Math.Abs(line.Value - value) < (high - low) / Shared);
            if (near >= 0)
                lines[near] = lines[near] with { Label = $"{lines[near].Label}, {label}" };
            else
                lines.Add(new ReferenceLine(value, label));
        }

        return lines;
    }

    private static Panel Frontier(FrontierHorizon frontier)
    {
        var step = Math.Max(1, frontier.Computes.Length / MostPoints);
        int[] shown = [.. Enumerable.Range(0, frontier.Computes.Length).Where(k => k % step == 0)];
        double low = frontier.Computes[0], high = frontier.Computes[^1];
        double[] ends = [low, high];
        return new Panel
        {
            Title = "frontier",
            X = new Axis("compute", true),
            Y = new Axis("best size p", true),
            Series =
            [
                new Series { Label = "best of the runs", X = [.. shown.Select(k => frontier.Computes[k])], Y = [.. shown.Select(k => frontier.Best[k])], Style = SeriesStyle.Points, Role = SeriesRole.Measurement, Color = 0 },
                new Series { Label = DisplayText.Of($"c ∝ p^{{{frontier.ComputeExponent:0.###}}}"), X = ends, Y = [.. ends.Select(compute => frontier.Scale * Math.Pow(compute, 1 / frontier.ComputeExponent))], Role = SeriesRole.Fit, Color = CurveColors.Neutral },
            ],
        };
    }

    private static string Title(HorizonComparison horizon, HorizonUsed? used)
    {
        string[] parts =
        [
            .. horizon.Frontier is { } frontier ? (string[])[$"{Interval(frontier.Exponent, frontier.Lower, frontier.Upper)} by the frontier"] : [],
            .. horizon.Collapse is not { } collapse ? (string[])[]
                : collapse.IsNone ? ["no collapse at any"]
                : collapse.IsInconclusive ? ["collapse tells none"]
                : [$"{Interval(collapse.Exponent, collapse.Lower, collapse.Upper)} by collapse"],
            .. used is not null ? (string[])[$"{DisplayNumber.Of(Math.Round(used.Exponent, HorizonUsed.Decimals), 3)} used"] : [],
        ];
        return Headline.FirstThatFits($"Horizon exponent γ: {string.Join(", ", parts)}", $"γ: {string.Join(", ", parts)}");

        static string Interval(double value, double lower, double upper) => DisplayNumber.Of(value, 3) + (double.IsNaN(lower) ? "" : $" ({DisplayNumber.Range(lower, upper, 3)})");
    }
}
