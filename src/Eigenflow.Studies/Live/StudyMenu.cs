using Eigenflow.Settings;
using Eigenflow.Systems;

namespace Eigenflow.Studies;

/// <summary>A column by which runs differ, with its values in order.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Label">What an axis calls it.</param>
/// <param name="IsParameter">Whether it is a parameter, and not the method.</param>
/// <param name="IsNumber">Whether its values are numbers.</param>
/// <param name="Values">The values, as a selection names them; the first where there are many.</param>
/// <param name="Shown">The values as people read them.</param>
/// <param name="Count">How many there are.</param>
public sealed record StudyColumn(string Name, string Label, bool IsParameter, bool IsNumber, IReadOnlyList<string> Values, IReadOnlyList<string> Shown, int Count);

/// <summary>Something that an axis can show.</summary>
/// <param name="Name">As formulas name it.</param>
/// <param name="Label">What an axis calls it.</param>
/// <param name="Kind"><c>derived</c>, <c>event</c>, <c>last</c> or <c>solver</c> for a number per run; <c>observable</c> for a column of trajectories.</param>
public sealed record StudyQuantity(string Name, string Label, string Kind);

/// <summary>What can be shown of a study.</summary>
public sealed record StudyMenu
{
    private const int MostValues = 200;

    /// <summary>Name of the study.</summary>
    public required string Name { get; init; }

    /// <summary>Its title.</summary>
    public required string Title { get; init; }

    /// <summary>What is asked and why, or empty.</summary>
    public required string Description { get; init; }

    /// <summary>The system.</summary>
    public required ISystem System { get; init; }

    /// <summary>Names of the methods.</summary>
    public required IReadOnlyList<string> Methods { get; init; }

    /// <summary>What differs between the runs.</summary>
    public required IReadOnlyList<StudyColumn> Columns { get; init; }

    /// <summary>What the study file gives and all runs share: name and value.</summary>
    public required IReadOnlyList<(string Label, string Value)> Fixed { get; init; }

    /// <summary>Columns of the trajectories, the independent variable first.</summary>
    public required IReadOnlyList<StudyQuantity> Observables { get; init; }

    /// <summary>Numbers per run.</summary>
    public required IReadOnlyList<StudyQuantity> Numbers { get; init; }

    /// <summary>The figures of the study file.</summary>
    public required IReadOnlyList<StudyFigureRequest> Figures { get; init; }

    /// <summary>The command that computes what is missing.</summary>
    public required string Sweep { get; init; }

    internal static StudyMenu Of(Study study, string folder, byte[]? identity)
    {
        var labels = new StudyLabels(study);
        var names = CsvText.Varying([.. study.Runs.Select(run => run.Setting)]).ToHashSet(StringComparer.Ordinal);
        StudyColumn Column(string name, bool isNumber, IEnumerable<string> values)
        {
            var distinct = ValueOrder.Of(values.Where(value => value.Length > 0));
            return new StudyColumn(name, labels.Axis(name), !string.Equals(name, "method", StringComparison.Ordinal), isNumber, [.. distinct.Take(MostValues)], [.. distinct.Take(MostValues).Select(StudyLabels.Short)], distinct.Count);
        }

        var parameters = study.System.Parameters.Where(parameter => names.Contains(parameter.Name)).OrderBy(parameter => study.Given.Contains(parameter.Name, StringComparer.Ordinal) ? 0 : 1);
        var columns = parameters.Select(parameter => Column(parameter.Name, parameter.Kind is ParameterKind.Number or ParameterKind.Integer, study.Runs.Select(run => Setting.Format(run.Setting[parameter.Name])))).ToList();
        if (study.Methods.Count > 1)
            columns.Insert(0, Column("method", false, study.Methods));
        var derived = study.Derived.SelectMany(quantity => quantity.Columns).ToArray();
        return new StudyMenu
        {
            Name = study.Name is "study" ? Path.GetFileName(folder) : study.Name,
            Title = TitleOf(study, folder),
            Description = study.Description,
            System = study.System,
            Methods = study.Methods,
            Columns = columns,
            Fixed = [.. study.Given.Where(name => !names.Contains(name)).Select(name => (labels.Axis(name), Setting.Shown(study.Runs.Select(run => run.Setting[name]).FirstOrDefault(value => value is not null))))],
            Observables = [.. study.Columns.Observables.Select(name => new StudyQuantity(name, labels.Axis(name), "observable"))],
            Numbers =
            [
                .. derived.Select(name => new StudyQuantity(name, labels.Axis(name), "derived")),
                .. study.Columns.Kept.Except(derived, StringComparer.Ordinal).Select(name => new StudyQuantity(name, labels.Axis(name), name[..name.IndexOf('-', StringComparison.Ordinal)])),
            ],
            Figures = [.. study.Figures.Select(StudyFigureRequest.Of)],
            Sweep = $"eigenflow sweep {ShellWord.Quoted(Shown(StudyIdentity.FileOf(identity) is { } file ? Path.Combine(folder, file) : Path.Combine(folder, "study.toml")))} --out {ShellWord.Quoted(Shown(folder))}",
        };
    }

    // Without a title of its own it is named by its file, of which the folder has a copy of another name.
    internal static string TitleOf(Study study, string folder) =>
        string.Equals(study.Title, $"{study.System.Title}: study", StringComparison.Ordinal) ? $"{study.System.Title}: {Path.GetFileName(folder)}" : study.Title;

    // From where the explorer was started, unless that is elsewhere.
    private static string Shown(string path) => Path.GetRelativePath(Directory.GetCurrentDirectory(), Path.GetFullPath(path)) is var near && near.StartsWith("..", StringComparison.Ordinal) ? Path.GetFullPath(path) : near;
}
