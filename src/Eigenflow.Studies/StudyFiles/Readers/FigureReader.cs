namespace Eigenflow.Studies;

/// <summary>Reads the tables <c>[[figure]]</c>.</summary>
internal static class FigureReader
{
    public static IReadOnlyList<StudyFigure> Read(TomlSection file, string path, StudyColumns columns)
    {
        var result = new List<StudyFigure>();
        foreach (var table in file.Tables("figure"))
        {
            var figure = Figure(table, path, columns, FormattableString.Invariant($"figure-{result.Count + 1}"));
            if (result.Exists(other => string.Equals(other.Id, figure.Id, StringComparison.Ordinal)))
                throw new StudyFileException(path, table.LineOf(table["id"] is null ? "x" : "id"), $"there is a figure {figure.Id} already: give each its own id.");
            result.Add(figure);
        }

        return result;
    }

    /// <summary>One figure.</summary>
    public static StudyFigure Figure(TomlTable table, string path, StudyColumns columns, string defaultId) => Figure(
        new TomlSection(
            path, "[[figure]]", table, "id", "title", "caption", "x", "y", "line", "x-scale", "y-scale", "x-label", "y-label", "group", "facet", "average", "band", "fit", "fit-from", "fit-to", "x-range", "y-range", "labels", "only", "range"),
        path, columns, defaultId);

    private static StudyFigure Figure(TomlSection section, string path, StudyColumns columns, string defaultId)
    {
        var id = section.Text("id") ?? defaultId;
        if (id.Length > 60 || !id.All(letter => char.IsAsciiLetterLower(letter) || char.IsAsciiDigit(letter) || letter == '-'))
            throw section.Error("id", "id must be lower-case letters, digits and hyphens: it becomes a file name.");
        var x = columns.Any(section, "x", section.Formula("x") ?? throw section.Error(section.Line, "[[figure]] needs x."));
        var isTrajectory = x.Names.Any(name => columns.Observables.Contains(name, StringComparer.Ordinal));
        IReadOnlyList<Formula> Formulas(string key) =>
            [.. section.Texts(key).Select(text => isTrajectory ? columns.Any(section, key, text) : columns.Scalar(section, key, text))];
        var y = Formulas("y");
        var lines = Formulas("line");
        if (y.Count + lines.Count == 0)
            throw section.Error(section.Line, "[[figure]] needs y or line.");
        IReadOnlyList<string> group = [.. section.Texts("group").Select(name => section.Known("group", name, "method, status, parameter or derived quantity", [.. columns.Labels]))];
        var labels = section.Texts("labels");
        if (labels.Count > 0 && labels.Count != (y.Count > 0 ? y.Count : lines.Count))
            throw section.Error("labels", $"labels needs one text per {(y.Count > 0 ? "y" : "line")}.");
        var fit = section.Flag("fit");
        if (!fit && (section.Has("fit-from") || section.Has("fit-to")))
            throw section.Error(section.Line, "fit-from and fit-to need fit = true.");
        var (isLogarithmicX, isLogarithmicY) = (IsLogarithmic(section, "x-scale"), IsLogarithmic(section, "y-scale"));
        if (fit && isTrajectory && !(isLogarithmicX && isLogarithmicY))
            throw section.Error("fit", "the fit of a curve is a power law: it needs two logarithmic axes.");
        return new StudyFigure
        {
            Id = id,
            Title = section.Text("title") ?? "",
            Caption = section.Text("caption") ?? "",
            X = x,
            Y = y,
            Lines = lines,
            IsLogarithmicX = isLogarithmicX,
            IsLogarithmicY = isLogarithmicY,
            XRange = section.Range("x-range"),
            YRange = section.Range("y-range"),
            Labels = labels,
            XLabel = section.Text("x-label") ?? "",
            YLabel = section.Text("y-label") ?? "",
            Group = group,
            Facet = section.Text("facet") is { } facet ? section.Known("facet", facet, "method, status, parameter or derived quantity", [.. columns.Labels]) : null,
            Average = Average(section),
            HasFit = fit,
            FitFrom = section.Number("fit-from"),
            FitTo = section.Number("fit-to"),
            ShowsTrajectories = isTrajectory,
            Only = columns.Only(section, path),
        };
    }

    private static bool IsLogarithmic(TomlSection section, string key) => string.Equals(section.Choice(key, "log", "linear"), "log", StringComparison.Ordinal);

    private static Averaging Average(TomlSection section)
    {
        var isMean = string.Equals(section.Choice("average", "median", "mean"), "mean", StringComparison.Ordinal);
        if (!string.Equals(section.Choice("band", "quantiles", "interval"), "interval", StringComparison.Ordinal))
            return isMean ? Averaging.Mean : Averaging.Median;
        return isMean ? Averaging.MeanWithInterval : throw section.Error("band", "band = interval is that of a mean: give average = \"mean\" with it.");
    }
}
