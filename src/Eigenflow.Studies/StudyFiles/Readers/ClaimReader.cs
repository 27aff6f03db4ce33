using Eigenflow.Systems;

namespace Eigenflow.Studies;

/// <summary>Reads the tables <c>[[claim]]</c>.</summary>
internal static class ClaimReader
{
    private static readonly string[] Tests = ["relative", "absolute", "at-most", "at-least"];

    public static IReadOnlyList<StudyClaim> Read(TomlSection file, string path, StudyColumns columns, IReadOnlyList<StudyFigure> figures)
    {
        var result = new List<StudyClaim>();
        foreach (var table in file.Tables("claim"))
        {
            var section = new TomlSection(path, "[[claim]]", table, ["id", "statement", "measured", "slope-of", "predicted", .. Tests, "uncertainty", "kind", "source", "only", "range", "window", "horizon", "all-times", "scale"]);
            var claim = Claim(section, path, columns, figures);
            if (result.Exists(other => string.Equals(other.Id, claim.Id, StringComparison.Ordinal)))
                throw section.Error("id", $"there is a claim {claim.Id} already: give each its own id.");
            result.Add(claim);
        }

        return result;
    }

    private static StudyClaim Claim(TomlSection section, string path, StudyColumns columns, IReadOnlyList<StudyFigure> figures)
    {
        var given = Array.FindAll(Tests, section.Has);
        if (given.Length != 1)
            throw section.Error(section.Line, $"[[claim]] needs exactly one of {string.Join(", ", Tests)}.");
        var test = given[0] switch { "relative" => ClaimTest.Relative, "absolute" => ClaimTest.Absolute, "at-most" => ClaimTest.AtMost, _ => ClaimTest.AtLeast };
        var isBound = test is ClaimTest.AtMost or ClaimTest.AtLeast;
        if (section.Has("measured") == section.Has("slope-of"))
            throw section.Error(section.Line, "[[claim]] needs either measured or slope-of.");
        if (isBound == section.Has("predicted"))
            throw section.Error(section.Line, isBound ? $"the bound stands in {given[0]}: leave predicted out." : "[[claim]] needs predicted.");
        if (section.Text("slope-of") is { } figure && !figures.Any(candidate => candidate.HasFit && string.Equals(candidate.Id, figure, StringComparison.Ordinal)))
            throw section.Error("slope-of", $"{figure} is no figure with fit = true{TomlSection.Meant(figure, figures.Select(candidate => candidate.Id))}");
        if (section.Has("slope-of") && (section.Has("only") || section.Has("range")))
            throw section.Error("slope-of", "slope-of measures what the figure shows: restrict the figure.");
        if (section.Has("slope-of") && section.Has("uncertainty"))
            throw section.Error("uncertainty", "the fit of slope-of brings its interval: leave uncertainty out.");
        var horizon = Sizes(section, path, "horizon", "recorded observable", columns.Observables);
        if (horizon.Count > 1)
            throw section.Error("horizon", "horizon names one column, such as horizon = { t = 1000 }.");
        if (section.Flag("all-times") && horizon.Count == 0)
            throw section.Error("all-times", "all-times needs horizon, such as horizon = { t = 1000 }: the runs must reach ten times that.");
        var only = columns.Only(section, path);
        var tolerance = isBound ? 0 : section.Number(given[0])!.Value;
        if (tolerance < 0)
            throw section.Error(given[0], $"{given[0]} must not be negative.");
        return new StudyClaim
        {
            Id = section.RequiredText("id"),
            Statement = section.RequiredText("statement"),
            Measured = columns.Optional(section, "measured"),
            SlopeOf = section.Text("slope-of"),
            Uncertainty = columns.Optional(section, "uncertainty"),
            Predicted = columns.Optional(section, isBound ? given[0] : "predicted")!,
            Test = test,
            Tolerance = tolerance,
            Kind = section.Choice("kind", isBound ? ["bound", "exact", "asymptotic", "heuristic"] : ["asymptotic", "exact", "heuristic", "bound"]) switch
            {
                "exact" => PredictionKind.Exact,
                "heuristic" => PredictionKind.Heuristic,
                "bound" => PredictionKind.Bound,
                _ => PredictionKind.Asymptotic,
            },
            Source = section.Text("source") ?? "study file",
            Only = only,
            Window = section.Text("window") ?? only.ToString(),
            Horizon = horizon.Count == 0 ? null : horizon[0],
            IsForAllTimes = section.Flag("all-times"),
            Scales = Sizes(section, path, "scale", "numeric parameter or derived quantity", columns.Scalars),
        };
    }

    private static List<(string Name, double Size)> Sizes(TomlSection section, string path, string key, string kind, IReadOnlyList<string> names)
    {
        var sizes = new List<(string, double)>();
        foreach (var (name, line, node) in section.Table(key)?.Entries ?? [])
        {
            if (!names.Contains(name, StringComparer.Ordinal))
                throw new StudyFileException(path, line, $"{name} of {key} is no {kind}{TomlSection.Meant(name, names)}");
            var size = node switch { TomlScalar { Value: long whole } => whole, TomlScalar { Value: double number } => number, _ => double.NaN };
            sizes.Add(double.IsFinite(size) && size > 0 ? (name, size) : throw new StudyFileException(path, line, $"{name} of {key} must be a number above 0."));
        }

        return sizes;
    }
}
