using Eigenflow.Dynamics;
using Eigenflow.Figures;
using Eigenflow.Solutions;
using Eigenflow.Systems;

namespace Eigenflow.Studies;

/// <summary>Makes the figures that a study file declares: dots for what was measured, with bands over the runs that share a point; solid lines for theory, dashed ones for fits.</summary>
internal sealed class FigureBuilder(StudyResults results)
{
    private readonly Study study = results.Study;
    private readonly StudyLabels labels = new(results.Study);

    /// <summary>The lines fitted so far.</summary>
    public List<FittedSlope> Fits { get; } = [];

    /// <summary>The groups that had too few points for a line.</summary>
    public List<UnfittedGroup> Unfitted { get; } = [];

    /// <summary>The figure, or null when no run has anything to show in it.</summary>
    public Figure? Build(StudyFigure figure)
    {
        var runs = results.Runs.Where(run => run.Record is not null && run.Matches(figure.Only)).ToArray();
        var facets = figure.Facet is { } facet ? ValueOrder.Of(runs.Select(run => run.Label(facet))) : [""];
        var groups = ValueOrder.Of(figure.Group, runs);
        var panels = new List<Panel>();
        var before = Fits.Count;
        var values = figure.Group.Count == 1 && figure.Y.Count <= 1 ? OrderedValues.Numbers([.. groups.Select(group => group[0])]) : null;
        var scale = values is null ? null : OrderedValues.Scale(labels.Axis(figure.Group[0]), values);
        foreach (var value in facets)
        {
            var inPanel = figure.Facet is null ? runs : Array.FindAll(runs, run => string.Equals(run.Label(figure.Facet), value, StringComparison.Ordinal));
            var series = new List<Series>();
            var byGroup = inPanel.ToLookup(run => string.Join('\n', ValueOrder.KeyOf(figure.Group, run)), StringComparer.Ordinal);
            for (var k = 0; k < groups.Count; k++)
            {
                CollectedRun[] inGroup = [.. byGroup[string.Join('\n', groups[k])]];
                if (inGroup.Length > 0)
                    Add(series, figure, figure.Facet is null ? "" : labels.Value(figure.Facet, value), string.Join(", ", figure.Group.Select((name, index) => labels.Value(name, groups[k][index]))), inGroup, k, scale is null ? null : values![k]);
            }

            if (!series.Exists(one => one.X.Length > 0))
                continue;
            if (figure.Lines.Count > 0 && figure.Y.Count > 0)
                series.Add(new Series { Label = figure.Lines.Count == 1 && figure.Y.Count == 1 ? "theory" : "", X = [], Y = [], Style = SeriesStyle.Line, Color = -1 });
            if (figure.HasFit)
                series.Add(new Series { Label = "fit", X = [], Y = [], Style = SeriesStyle.Dashed, Role = SeriesRole.Fit, Color = CurveColors.Neutral });
            panels.Add(new Panel
            {
                Title = figure.Facet is null ? "" : labels.Value(figure.Facet, value),
                X = new Axis(figure.XLabel.Length > 0 ? figure.XLabel : labels.Axis(figure.X.Text), figure.IsLogarithmicX, figure.XRange?.Low, figure.XRange?.High),
                Y = new Axis(figure.YLabel.Length > 0 ? figure.YLabel : string.Join(", ", figure.Y.Concat(figure.Lines).Select(formula => labels.Axis(formula.Text)).Distinct(StringComparer.Ordinal).Take(2)), figure.IsLogarithmicY, figure.YRange?.Low, figure.YRange?.High),
                Series = [.. series.Where(one => one.Label.Length > 0 || one.X.Length > 0)],
            });
        }

        return panels.Count == 0
            ? null
            : new Figure
            {
                Id = figure.Id,
                Title = figure.Title.Length > 0 ? figure.Title : TitleOf(figure, [.. Fits.Skip(before)]),
                Caption = Caption(figure, runs, panels.Exists(panel => panel.Series.Any(series => series.Lower is not null))),
                Panels = panels,
                Scale = scale,
            };
    }

    // What was fitted where something was; otherwise what stands against what.
    private string TitleOf(StudyFigure figure, FittedSlope[] fits)
    {
        var x = labels.Axis(figure.X.Text);
        var quantities = string.Join(", ", figure.Y.Concat(figure.Lines).Select(formula => labels.Axis(formula.Text)).Distinct(StringComparer.Ordinal).Take(2));
        if (fits.Length == 0 || !figure.IsLogarithmicX || !figure.IsLogarithmicY)
            return $"{quantities} against {x}";
        var slopes = string.Join(", ", fits.Select(fit => $"{new MeasuredSlope(fit.Line.Slope, fit.Half)}{(fits.Length == 1 ? "" : $" ({string.Join(", ", new[] { fit.Panel, fit.Group }.Where(part => part.Length > 0))})")}"));
        return Headline.FirstThatFits(
            $"{quantities} ∝ ({x})^{{p}}, p = {slopes}",
            $"{quantities} ∝ ({x})^{{p}}, p = {DisplayNumber.Range(fits.Min(fit => fit.Line.Slope), fits.Max(fit => fit.Line.Slope), 3)} in {fits.Length} fits",
            $"{quantities} against {x}");
    }

    private void Add(List<Series> series, StudyFigure figure, string panel, string group, CollectedRun[] runs, int index, double? value)
    {
        var own = new List<Series>();
        for (var k = 0; k < figure.Y.Count; k++)
        {
            var color = (index * figure.Y.Count) + k;
            var label = Label(figure, group, figure.Y, k);
            if (figure.ShowsTrajectories)
            {
                foreach (var curve in TrajectorySeries.Of(figure.X, figure.Y[k], runs, label, color, AreSimulated(runs) ? SeriesStyle.Points : SeriesStyle.Line, figure.Average).ToArray())
                    AddCurve(own, figure, panel, group, Beside(figure, curve, k, runs), k, runs);
                continue;
            }

            var points = PointSeries.Of(figure.X, figure.Y[k], runs, label, color, SeriesStyle.Points, figure.Average);
            if (points is null)
            {
                if (figure.HasFit)
                    Unfitted.Add(new UnfittedGroup(figure.Id, panel, group, 0, runs[0]));
                continue;
            }

            var dots = points = Beside(figure, points, k, runs);
            int[] chosen = figure.HasFit ? Chosen(figure, dots) : [];
            if (figure.HasFit && StraightLine.Fit([.. chosen.Select(row => Shown(figure, dots, row))]) is { } line)
            {
                Fits.Add(new FittedSlope(figure.Id, panel, group, figure.Y[k].Text, line, runs[0], dots.X[chosen[0]], dots.X[chosen[^1]]));
                points = WithSlope(points, line);
                own.Add(Line(figure, line));
            }
            else if (figure.HasFit)
            {
                Unfitted.Add(new UnfittedGroup(figure.Id, panel, group, chosen.Length, runs[0]));
            }

            own.Add(points);
        }

        for (var k = 0; k < figure.Lines.Count; k++)
        {
            // A line of theory belongs to the dots of the same colour; alone it has its own name.
            var color = figure.Y.Count > 0 ? (index * figure.Y.Count) + Math.Min(k, figure.Y.Count - 1) : (index * figure.Lines.Count) + k;
            var label = figure.Y.Count == 0 ? Label(figure, group, figure.Lines, k) : figure.Lines.Count > 1 ? StudyLabels.Words(figure.Lines[k].Text) : "";
            if (figure.ShowsTrajectories)
                own.AddRange(TrajectorySeries.Of(figure.X, figure.Lines[k], runs, label, color, SeriesStyle.Line, figure.Average));
            else if (PointSeries.Of(figure.X, figure.Lines[k], runs, label, color, k == 0 || figure.Y.Count == 0 ? SeriesStyle.Line : SeriesStyle.Dotted, figure.Average) is { } line)
                own.Add(line with { Lower = null, Upper = null });
        }

        series.AddRange(own.Select(one => one.Role == SeriesRole.Fit ? one : one with { Value = value }));
    }

    // A curve and the power law through it; of several curves of one group every one has its own.
    private void AddCurve(List<Series> own, StudyFigure figure, string panel, string group, Series curve, int ordinate, CollectedRun[] runs)
    {
        if (figure.HasFit && CurveExponent.Of(curve.X, curve.Y, figure.FitFrom, figure.FitTo) is { } law)
        {
            var line = new StraightLine(law.Exponent, Math.Log(law.Amplitude), law.MeanHalf, law.Points, Math.Log(law.WindowStart), Math.Log(law.WindowEnd));
            Fits.Add(new FittedSlope(figure.Id, panel, group, figure.Y[ordinate].Text, line, runs[0], law.WindowStart, law.WindowEnd) { Law = law });
            own.Add(Line(figure, line));
            curve = WithSlope(curve, line with { Half = law.Upper - law.Exponent });
        }
        else if (figure.HasFit)
        {
            Unfitted.Add(new UnfittedGroup(figure.Id, panel, group, curve.X.Length, runs[0]) { Reason = "no power law describes it over a decade: give a window" });
        }

        own.Add(curve);
    }

    private static Series WithSlope(Series series, StraightLine line) => series with { Label = $"{(series.Label.Length > 0 ? series.Label + ", " : "")}slope {Slope(line)}" };

    // Update rules with random samples are drawn as what they are.
    private bool AreSimulated(CollectedRun[] runs) => Array.TrueForAll(
        runs, run => study.System.Methods.FirstOrDefault(method => string.Equals(method.Name, run.Label("method"), StringComparison.Ordinal))?.Role == MethodRole.Ensemble);

    // The first line that belongs to an ordinate, at its abscissae.
    private static Series Beside(StudyFigure figure, Series measured, int ordinate, CollectedRun[] runs)
    {
        var place = Enumerable.Range(0, figure.Lines.Count).FirstOrDefault(k => Math.Min(k, figure.Y.Count - 1) == ordinate, -1);
        var theory = place < 0 ? null : figure.ShowsTrajectories
            ? TrajectorySeries.Of(figure.X, figure.Lines[place], runs, "", 0, SeriesStyle.Line, figure.Average).ToArray() is [var alone] ? alone : null
            : PointSeries.Of(figure.X, figure.Lines[place], runs, "", 0, SeriesStyle.Line, figure.Average);
        if (theory is null)
            return measured;
        var known = new Dictionary<double, double>();
        foreach (var (row, x) in theory.X.Index())
            known[x] = theory.Y[row];
        return measured with { Expected = [.. measured.X.Select(x => known.GetValueOrDefault(x, double.NaN))] };
    }

    private static string Label(StudyFigure figure, string group, IReadOnlyList<Formula> formulas, int index)
    {
        var own = figure.Labels.Count > 0 ? figure.Labels[index] : formulas.Count > 1 ? StudyLabels.Words(formulas[index].Text) : "";
        if (group.Length > 0)
            return own.Length > 0 ? $"{group}: {own}" : group;
        return own.Length > 0 ? own : figure.Lines.Count + figure.Y.Count > 1 || figure.HasFit ? "measured" : "";
    }

    // The points of the fit: within its window, and with a place in the displayed coordinates.
    private static int[] Chosen(StudyFigure figure, Series points) =>
    [
        .. Enumerable.Range(0, points.X.Length).Where(k => !(points.X[k] < figure.FitFrom || points.X[k] > figure.FitTo))
            .Where(k => Shown(figure, points, k) is var (x, y) && double.IsFinite(x) && double.IsFinite(y)),
    ];

    private static (double X, double Y) Shown(StudyFigure figure, Series points, int row) =>
        (figure.IsLogarithmicX ? Math.Log(points.X[row]) : points.X[row], figure.IsLogarithmicY ? Math.Log(points.Y[row]) : points.Y[row]);

    private static Series Line(StudyFigure figure, StraightLine line)
    {
        double[] x = [.. Enumerable.Range(0, 33).Select(k => line.FirstX + ((line.LastX - line.FirstX) * k / 32))];
        double[] y = [.. x.Select(at => line.Intercept + (line.Slope * at))];
        return new Series
        {
            Label = "",
            X = figure.IsLogarithmicX ? [.. x.Select(Math.Exp)] : x,
            Y = figure.IsLogarithmicY ? [.. y.Select(Math.Exp)] : y,
            Style = SeriesStyle.Dashed,
            Role = SeriesRole.Fit,
            Color = CurveColors.Neutral,
        };
    }

    internal static string Slope(StraightLine line) => DisplayNumber.WithInterval(line.Slope, line.Half);

    private string Caption(StudyFigure figure, CollectedRun[] runs, bool hasBand)
    {
        var shown = figure.Group.Append(figure.Facet ?? "").Concat(figure.X.Names).ToHashSet(StringComparer.Ordinal);
        var values = study.Given.Select(name => (name, values: ValueOrder.Of(runs.Select(run => run.Label(name)).Where(value => value.Length > 0)))).ToArray();

        // While a sweep runs, what it varies may have one value so far.
        var fixedOnes = values.Where(pair => pair.values.Count == 1 && !shown.Contains(pair.name)).Select(pair => $"{StudyLabels.Words(pair.name)} {StudyLabels.Short(pair.values[0])}").ToArray();
        var averaged = values.Where(pair => pair.values.Count > 1 && !shown.Contains(pair.name)).Select(pair => $"{pair.values.Count} values of {StudyLabels.Words(pair.name)}").ToArray();
        var parts = new List<string>();
        if (figure.Caption.Length > 0)
            parts.Add(figure.Caption.TrimEnd('.') + ".");
        if (averaged.Length > 0 && hasBand && !figure.ShowsTrajectories)
            parts.Add($"Dots: {(figure.Average == Averaging.Median ? "median" : "mean")} over {string.Join(" and ", averaged)}; {(figure.Average == Averaging.MeanWithInterval ? "bars are the 95 % interval of the mean" : "bars from the 10 to the 90 % quantile")}.");
        if (runs.Count(run => string.Equals(run.Status, new SolveStatus(SolveOutcome.Diverged).Word, StringComparison.Ordinal)) is > 0 and var diverged)
            parts.Add($"{DisplayNumber.Count(diverged)} of {DisplayNumber.Count(runs.Length)} runs diverged; their numbers are those where they ended.");
        if (fixedOnes.Length > 0)
            parts.Add($"Fixed: {string.Join(", ", fixedOnes)}.");
        return string.Join(' ', parts);
    }
}
