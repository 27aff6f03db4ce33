using Eigenflow.Settings;
using Eigenflow.Systems;

namespace Eigenflow.Studies;

/// <summary>Turns the tree of a study file into a study; every refusal names its line.</summary>
internal static class StudyReader
{
    private static readonly string[] Keys = ["title", "description", "system", "method", "record", "parameters", "zip", "stop", "derived", "claim", "figure"];

    public static Study Read(TomlTable root, string path, byte[] source, IReadOnlyList<KeptRun>? plan = null, bool readsInputs = true)
    {
        var file = new TomlSection(path, "a study file", root, Keys);
        var name = System.IO.Path.GetFileNameWithoutExtension(path);
        var systems = SystemCatalog.All.Select(candidate => candidate.Id).ToArray();
        var system = SystemCatalog.Find(file.Known("system", file.RequiredText("system"), "system", systems));
        var methodNames = system.Methods.Select(method => method.Name).ToArray();
        IReadOnlyList<string> methods = [.. file.Texts("method").Select(method => file.Known("method", method, $"method of {system.Id}", methodNames)).Distinct(StringComparer.Ordinal)];
        if (methods.Count == 0)
            methods = file.Has("method") ? throw file.Error("method", "method is empty: name at least one method.") : [methodNames[0]];
        var observables = system.Observables.Select(observable => observable.Name).ToArray();
        IReadOnlyList<string> record = [.. file.Texts("record").Select(column => file.Known("record", column, $"observable of {system.Id}", observables)).Distinct(StringComparer.Ordinal)];

        // The independent variable is always recorded: the first observable, or what the methods run along.
        var axes = system.Parameter("along")?.Choices ?? [observables[0]];
        if (record.Count > 0 && axes is [var axis] && !record.Contains(axis, StringComparer.Ordinal))
            record = [axis, .. record];
        var stop = Stop(file, path, system, methods);
        var runs = (plan is null ? null : KeptPlan.Runs(plan, system, record, stop)) ?? Runs(file, path, system, methods, record, stop, readsInputs);
        var columns = new StudyColumns(system, record.Count == 0 ? observables : [.. axes.Union(record, StringComparer.Ordinal)]);
        var derived = DerivedReader.Read(file, path, columns);
        var figures = FigureReader.Read(file, path, columns);
        return new Study
        {
            Path = path,
            Name = name,
            Source = source,
            Title = file.Text("title") ?? $"{system.Title}: {name}",
            Description = file.Text("description") ?? "",
            System = system,
            Methods = methods,
            Runs = runs,
            Given = [.. file.Tables("zip").Append(file.Table("parameters")).SelectMany(table => table?.Entries ?? []).Select(entry => entry.Key)],
            Derived = derived,
            Figures = figures,
            Columns = columns,
            Claims = ClaimReader.Read(file, path, columns, figures),
        };
    }

    private static IReadOnlyList<StudyRun> Runs(TomlSection file, string path, ISystem system, IReadOnlyList<string> methods, IReadOnlyList<string> record, StopRule? stop, bool readsInputs)
    {
        var parameters = file.Table("parameters");
        var zips = file.Tables("zip");
        var grid = StudyGrid.Expand(path, system, parameters, zips);
        if ((long)grid.Count * methods.Count > RunPlan.LargestCount)
            throw file.Error("method", $"the lists and methods make more than {RunPlan.LargestCount} runs: shorten them, or write several studies.");
        if (!readsInputs && grid.SelectMany(setting => setting.Pairs).FirstOrDefault(pair => pair.Value is string text && text.AsSpan().ContainsAny(":/\\")) is { Key: { } named })
            throw new StudyFileException(path, parameters?.Line ?? 1, $"its parameter {named} names a file, and there is no plan.json of this version beside it that says what its runs are: eigenflow sweep with the same study file writes it.");

        // Before and after the systems read the files: names, settings and contents belong together.
        var before = new Dictionary<string, string>(StringComparer.Ordinal);
        IReadOnlyList<CompletedSetting> planned;
        try
        {
            foreach (var setting in grid)
                _ = StudyGrid.InputHashes(setting, before);
            planned = RunPlan.Expand(system, methods, grid);
        }
        catch (ParameterException exception)
        {
            // The line of the parameter that is refused, where the file names it.
            var table = zips.Append(parameters).FirstOrDefault(candidate => candidate?[exception.Parameter] is not null);
            throw new StudyFileException(path, table?.LineOf(exception.Parameter) ?? parameters?.Line ?? 1, exception.Message, exception);
        }
        catch (EigenflowException exception) when (exception is not StudyFileException)
        {
            throw new StudyFileException(path, parameters?.Line ?? 1, exception.Message, exception);
        }

        var known = new Dictionary<string, string>(StringComparer.Ordinal);
        IReadOnlyList<StudyRun> runs =
        [
            .. planned.Select(run => new StudyRun(run)
            {
                Record = record,
                Stop = stop,
                InputHashes = StudyGrid.InputHashes(run.Values, known),
            }),
        ];
        foreach (var (input, hash) in known)
        {
            if (before.TryGetValue(input, out var first) && !string.Equals(first, hash, StringComparison.Ordinal))
                throw new InputFileException(input, "it changed while it was read", "a file that nobody writes meanwhile: give the command again when it is finished");
        }

        return runs;
    }

    private static StopRule? Stop(TomlSection file, string path, ISystem system, IReadOnlyList<string> methods)
    {
        if (file.Table("stop") is not { } table)
            return null;
        var stop = new TomlSection(path, "[stop]", table, "event", "observable", "below", "above", "parameter", "from", "factor");
        var readers = methods.Select(system.Method).ToArray();
        var parameter = stop.Text("parameter") ?? Array.Find(["until", "steps"], name => readers.All(method => method.Reads(name)))
            ?? throw stop.Error(stop.Line, "the methods do not share a parameter that ends the range, until or steps: name it as parameter, or write one study per method.");
        var info = system.Parameters.FirstOrDefault(candidate => string.Equals(candidate.Name, parameter, StringComparison.Ordinal) && candidate.Kind is ParameterKind.Number or ParameterKind.Integer);
        if (info is null || !readers.All(method => method.Reads(parameter)))
            throw stop.Error("parameter", $"{parameter} is no number that all methods of the study read.");
        if (stop.Has("event") == stop.Has("observable"))
            throw stop.Error(stop.Line, "[stop] needs either event or observable.");
        if (stop.Has("observable") != (stop.Has("below") || stop.Has("above")))
            throw stop.Error(stop.Line, "[stop] needs below or above with observable, and neither with event.");
        var from = stop.Number("from") ?? throw stop.Error(stop.Line, $"[stop] needs from, the first value of {parameter}.");
        var factor = stop.Number("factor") ?? 10;
        if (!(from > 0) || !(factor > 1))
            throw stop.Error(stop.Line, "from must be greater than 0 and factor greater than 1.");
        return new StopRule(
            parameter, from, factor,
            stop.Text("event") is { } name ? stop.Known("event", name, $"event of {system.Id}", [.. system.Events.Select(quantity => quantity.Name)]) : null,
            stop.Text("observable") is { } column ? stop.Known("observable", column, $"observable of {system.Id}", [.. system.Observables.Select(quantity => quantity.Name)]) : null,
            stop.Number("below"), stop.Number("above"));
    }
}
