using Eigenflow.Figures;

namespace Eigenflow.Scaling.Collapse;

/// <summary>A rescaling that was tried.</summary>
/// <param name="Name">As the user wrote it.</param>
/// <param name="Curves">The rescaled curves.</param>
/// <param name="Score">Its score.</param>
public sealed record CollapseCandidate(string Name, IReadOnlyList<CollapseCurve> Curves, CollapseScore Score);

/// <summary>The picture of a collapse: rescaled curves of the best candidates, and the spread beside the noise of seeds.</summary>
public static class CollapseFigure
{
    private const int MostCandidates = 3;
    private const int MostPoints = 400;
    private const double SmallestShown = 1e-5;

    /// <summary>Draws the best three candidates.</summary>
    /// <param name="candidates">The candidates, the best first.</param>
    /// <param name="yName">Name of the ordinate.</param>
    /// <param name="modelName">Name of what tells models apart.</param>
    public static Figure Of(IReadOnlyList<CollapseCandidate> candidates, string yName, string modelName)
    {
        var shown = candidates.Take(MostCandidates).ToArray();
        var panels = new List<Panel>();
        foreach (var candidate in shown)
        {
            string[] models = [.. candidate.Curves.Select(curve => curve.Model).Distinct(StringComparer.Ordinal)];
            panels.Add(new Panel
            {
                Title = DisplayText.Of($"spread {100 * candidate.Score.Score:G3} %"),
                X = new Axis(DisplayText.Formula(candidate.Name), true),
                Y = new Axis(yName, Spans(candidate)),
                Series =
                [
                    .. candidate.Curves.Select(curve => new Series
                    {
                        Label = $"{modelName} {curve.Model}", X = Thinned(curve.X), Y = Thinned(curve.Y), Color = Array.IndexOf(models, curve.Model),
                    }),
                ],
                Regions = [new Region(candidate.Score.X[0], candidate.Score.X[^1], "compared")],
            });
        }

        panels.Add(new Panel
        {
            Title = "spread and noise",
            X = new Axis(DisplayText.Formula(shown[0].Name), true),
            Y = DeviationAxis(shown[0].Score),
            Series =
            [
                new Series { Label = "spread of all curves", X = shown[0].Score.X, Y = shown[0].Score.Spread, Color = -1 },
                .. shown[0].Score.Seeds < 2 ? (Series[])[] : [new Series { Label = "noise of seeds", X = shown[0].Score.X, Y = shown[0].Score.Noise, Color = -1, Style = SeriesStyle.Dashed }],
            ],
        });
        return new Figure
        {
            Id = "collapse",
            Title = $"Collapse of {yName} over {modelName}",
            Caption = string.Join(" ", shown.Select(candidate => $"x = {DisplayText.Formula(candidate.Name)}: {candidate.Score.Verdict}.")) + $" Spread and noise are those of {DisplayText.Formula(shown[0].Name)}.",
            Columns = panels.Count > 2 ? 2 : 1,
            Panels = panels,
        };
    }

    // Around what is shown, so that a line of equal values is not the frame, and without the depths of a spread that falls to nothing.
    private static Axis DeviationAxis(CollapseScore score)
    {
        double[] shown = [.. score.Seeds < 2 ? score.Spread : score.Spread.Concat(score.Noise).Where(double.IsFinite)];
        var largest = shown.Max();
        return largest > 0
            ? new Axis("relative standard deviation", true, Math.Max(largest * SmallestShown, shown.Where(value => value > 0).Min() / 2), 2 * largest)
            : new Axis("relative standard deviation", true);
    }

    // Logarithmic where relative deviations were asked for and the compared parts span more than a factor of 30, but not where they fall to nothing.
    private static bool Spans(CollapseCandidate candidate)
    {
        double smallest = double.PositiveInfinity, largest = 0;
        foreach (var curve in candidate.Curves)
        {
            for (var i = 0; i < curve.X.Length; i++)
            {
                if (curve.X[i] < candidate.Score.X[0] || curve.X[i] > candidate.Score.X[^1])
                    continue;
                smallest = Math.Min(smallest, curve.Y[i]);
                largest = Math.Max(largest, curve.Y[i]);
            }
        }

        return candidate.Score.IsRelative && largest / smallest is > 30 and < 1e9;
    }

    private static double[] Thinned(double[] values)
    {
        var every = Math.Max(1, values.Length / MostPoints);
        return [.. values.Where((_, index) => index % every == 0)];
    }
}
