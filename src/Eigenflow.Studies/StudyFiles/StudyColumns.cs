using Eigenflow.Settings;
using Eigenflow.Systems;

namespace Eigenflow.Studies;

/// <summary>The names that formulas, figures and claims of a study may use: parameters, recorded observables, and derived quantities as they are declared.</summary>
internal sealed class StudyColumns(ISystem system, IReadOnlyList<string> observables)
{
    public ISystem System => system;

    public IReadOnlyList<string> Observables => observables;

    /// <summary>Names of numbers per run.</summary>
    public List<string> Scalars { get; } = [.. system.Parameters.Where(parameter => parameter.Kind is ParameterKind.Number or ParameterKind.Integer).Select(parameter => parameter.Name), "pi"];

    /// <summary>Columns of the collected table that every study has; a quantity of the same name stands before them.</summary>
    public IReadOnlyList<string> Kept { get; } = KeptColumns.Names(system, observables);

    /// <summary>Names by which runs can be grouped.</summary>
    public IReadOnlyList<string> Labels => ["method", "status", .. system.Parameters.Select(parameter => parameter.Name).Union(Scalars, StringComparer.Ordinal)];

    /// <summary>A formula of numbers per run.</summary>
    public Formula Scalar(TomlSection section, string key, string text) => Parse(section, key, text, [.. Scalars, .. Kept]);

    /// <summary>A formula that may also read observables.</summary>
    public Formula Any(TomlSection section, string key, string text) => Parse(section, key, text, [.. Scalars, .. Kept, .. observables]);

    public Formula? Optional(TomlSection section, string key) => section.Formula(key) is { } text ? Scalar(section, key, text) : null;

    public string Observable(TomlSection section, string key) => section.Known(key, section.RequiredText(key), $"recorded observable of {system.Id}", [.. observables]);

    /// <summary>The runs that the tables <c>only</c> and <c>range</c> leave.</summary>
    public Selection Only(TomlSection section, string path)
    {
        var values = new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal);
        foreach (var (key, line, node) in section.Table("only")?.Entries ?? [])
        {
            if (!Labels.Contains(key, StringComparer.Ordinal))
                throw new StudyFileException(path, line, $"{key} of only is no method, status, parameter or derived quantity{TomlSection.Meant(key, Labels)}");
            IReadOnlyList<TomlNode> items = node is TomlList list ? list.Items : [node];
            values[key] = [.. items.Select(item => item is TomlScalar { Value: string or long or double } scalar ? Setting.Format(scalar.Value) : throw new StudyFileException(path, item.Line, $"a value of {key} is {item.Kind}: it must be a number or a text."))];
        }

        var ranges = new List<(string, double, double)>();
        foreach (var (key, line, node) in section.Table("range")?.Entries ?? [])
        {
            if (!Scalars.Contains(key, StringComparer.Ordinal) && !Kept.Contains(key, StringComparer.Ordinal))
                throw new StudyFileException(path, line, $"{key} of range is no numeric parameter or derived quantity{TomlSection.Meant(key, Scalars)}");
            var (low, high) = TomlSection.Pair(node) ?? throw new StudyFileException(path, line, $"the range of {key} must be [low, high] with low <= high.");
            ranges.Add((key, low, high));
        }

        return new Selection(values, ranges);
    }

    private static Formula Parse(TomlSection section, string key, string text, IReadOnlyList<string> names)
    {
        try
        {
            var formula = Formula.Parse(text);
            foreach (var name in formula.Names)
            {
                if (!names.Contains(name, StringComparer.Ordinal))
                    throw section.Error(key, $"{name} in {key} is no parameter, observable or quantity that is known here{TomlSection.Meant(name, names)}");
            }

            return formula;
        }
        catch (FormatException exception)
        {
            throw section.Error(key, exception.Message + ".");
        }
    }
}
