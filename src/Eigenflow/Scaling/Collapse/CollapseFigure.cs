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
    private const double SmallestShown = 1e-5;

    /// <summary>Draws the best three candidates.</summary>
    /// <param name="candidates">The candidates, the best first.</param>
    /// <param name="yName">Name of the ordinate.</param>
    /// <param name="modelName">Name of what tells models apart.</param>
    public static Figure Of(IReadOnlyList<CollapseCandidate> candidates, string yName, string modelName)
    {
        var shown = candidates.Take(MostCandidates).ToArray();
        var panels = new List<Panel>();
        string[] ranks = shown.Length == 1 ? ["rescaled"] : ["best", "second", "third"];
        ColorScale? scale = null;
        foreach (var (rank, candidate) in shown.Index())
        {
            string[] models = [.. candidate.Curves.Select(curve => curve.Model).Distinct(StringComparer.Ordinal)];
            var numbers = OrderedValues.Numbers(models);
            scale ??= numbers is null ? null : OrderedValues.Scale(modelName, numbers);
            panels.Add(new Panel
            {
                Title = ranks[rank],
                X = new Axis(Abscissa(candidate), true),
                Y = new Axis(Ordinate(candidate, yName), Spans(candidate)),
                Series =
                [
                    .. candidate.Curves.Select(curve => new Series
                    {
                        Label = $"{modelName} {curve.Model}", X = curve.X, Y = curve.Y, Role = SeriesRole.Measurement, Color = Array.IndexOf(models, curve.Model),
                        Value = scale is null ? null : numbers?[Array.IndexOf(models, curve.Model)],
                    }),
                ],
                Regions = [new Region(candidate.Score.X[0], candidate.Score.X[^1], "compared")],
            });
        }

        panels.Add(new Panel
        {
            Title = "spread and noise",
            X = new Axis(Abscissa(shown[0]), true),
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
            Title = TitleOf(shown[0], yName, modelName),
            Scale = scale,
            Caption = string.Join(" ", shown.Select(candidate => $"x = {DisplayText.Formula(candidate.Name)}: {candidate.Score.Verdict}.")) + $" Spread and noise are those of {DisplayText.Formula(shown[0].Name)}.",
            Panels = panels,
        };
    }

    // A rescaling of both axes is written with a semicolon between them.
    private static string Abscissa(CollapseCandidate candidate) => DisplayText.Formula(candidate.Name.Split(';')[0].Trim());

    private static string Ordinate(CollapseCandidate candidate, string yName) => candidate.Name.Split(';') is [_, var ordinate] ? DisplayText.Formula(ordinate.Trim()) : yName;

    // The verdict on the best candidate, short.
    private static string TitleOf(CollapseCandidate best, string yName, string modelName)
    {
        var score = best.Score;
        var subject = score.IsCollapse switch
        {
            true => $"{yName} of all {modelName} collapses on {DisplayText.Formula(best.Name)}",
            false => $"{yName} of all {modelName} does not collapse on {DisplayText.Formula(best.Name)}",
            null => $"Cannot tell whether {yName} of all {modelName} collapses on {DisplayText.Formula(best.Name)}",
        };
        var spread = DisplayNumber.Percent(score.Score);
        return score.Seeds < 2 ? $"Spread of {yName} over {modelName} on {DisplayText.Formula(best.Name)}: {spread}, no seeds to compare with"
            : Headline.FirstThatFits($"{subject}: spread {spread}, noise of seeds {DisplayNumber.Percent(score.Floor)}", $"{subject}: spread {spread}", subject);
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
}
