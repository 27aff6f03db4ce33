namespace Eigenflow.Studies;

/// <summary>Reads the table <c>[derived]</c>.</summary>
internal static class DerivedReader
{
    private static readonly string[] Kinds = ["event", "fit", "value", "crossing", "mean", "minimum", "maximum", "prediction", "formula"];

    public static IReadOnlyList<DerivedQuantity> Read(TomlSection file, string path, StudyColumns columns)
    {
        var result = new List<DerivedQuantity>();
        foreach (var (name, line, node) in file.Table("derived")?.Entries ?? [])
        {
            if (name.Length == 0 || !char.IsAsciiLetterLower(name[0]) || !name.All(letter => char.IsAsciiLetterLower(letter) || char.IsAsciiDigit(letter) || letter == '-'))
                throw new StudyFileException(path, line, $"'{name}' is no name of a quantity: use lower-case letters, digits and hyphens, such as escape-time.");
            if (columns.Labels.Contains(name, StringComparer.Ordinal) || columns.System.Observables.Any(observable => string.Equals(observable.Name, name, StringComparison.Ordinal)))
                throw new StudyFileException(path, line, $"{name} is the name of a parameter, observable or quantity already: choose another.");
            if (node is not TomlTable table)
                throw new StudyFileException(path, line, $"{name} is {node.Kind}: it must be a table such as {{ event = \"{(columns.System.Events.Count > 0 ? columns.System.Events[0].Name : "NAME")}\" }}.");
            var quantity = Quantity(name, line, new TomlSection(path, name, table, [.. Kinds, "against", "from", "to", "at", "level"]), columns);
            result.Add(quantity);
            columns.Scalars.AddRange(quantity.Columns);
        }

        return result;
    }

    private static DerivedQuantity Quantity(string name, int line, TomlSection section, StudyColumns columns)
    {
        var given = Array.FindAll(Kinds, section.Has);
        if (given.Length != 1)
            throw section.Error(line, $"{name} needs exactly one of {string.Join(", ", Kinds)}.");
        var kind = Enum.Parse<DerivedKind>(given[0], ignoreCase: true);
        var hasWindow = kind is DerivedKind.Fit or DerivedKind.Mean or DerivedKind.Minimum or DerivedKind.Maximum;
        Refuse(section, !hasWindow, "from", "to");
        Refuse(section, kind != DerivedKind.Value, "at");
        Refuse(section, kind != DerivedKind.Crossing, "level");
        Refuse(section, !hasWindow && kind is not (DerivedKind.Value or DerivedKind.Crossing), "against");
        if (kind == DerivedKind.Crossing && !section.Has("level"))
            throw section.Error(line, $"{name} needs level, the value that {section.Text("crossing")} passes.");
        return new DerivedQuantity
        {
            Name = name,
            Kind = kind,
            Subject = kind switch
            {
                DerivedKind.Event => section.Known("event", section.RequiredText("event"), $"event of {columns.System.Id}", [.. columns.System.Events.Select(quantity => quantity.Name)]),
                DerivedKind.Prediction => section.Known("prediction", section.RequiredText("prediction"), $"prediction of {columns.System.Id}", [.. columns.System.Predictions.Select(quantity => quantity.Name)]),
                DerivedKind.Formula => "",
                _ => columns.Observable(section, given[0]),
            },
            Against = section.Has("against") ? columns.Observable(section, "against") : null,
            From = columns.Optional(section, "from"),
            To = columns.Optional(section, "to"),
            At = columns.Optional(section, "at"),
            Level = columns.Optional(section, "level"),
            Formula = kind == DerivedKind.Formula ? columns.Optional(section, "formula") : null,
        };
    }

    private static void Refuse(TomlSection section, bool isRefused, params string[] keys)
    {
        if (isRefused && Array.Find(keys, section.Has) is { } key)
            throw section.Error(key, $"{key} has no meaning for this kind of quantity: leave it out.");
    }
}
