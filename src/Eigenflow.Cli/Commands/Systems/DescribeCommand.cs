using System.CommandLine;
using System.Text.Json.Nodes;
using Eigenflow.Figures;
using Eigenflow.Rendering;
using Eigenflow.Settings;
using Eigenflow.Solutions;
using Eigenflow.Studies;
using Eigenflow.Systems;

namespace Eigenflow.Cli;

/// <summary><c>eigenflow describe SYSTEM</c>: parameters, methods, observables, events, predictions, and what reproducing makes.</summary>
internal static class DescribeCommand
{
    public static Command Make(Screen screen)
    {
        var command = new Command("describe", "Describes a system: parameters, methods, observables, events, predictions, figures and claims.");
        var argument = SystemArgument.AddTo(command);
        var common = new CommonOptions().AddTo(command);
        command.SetAction(parse =>
        {
            var system = SystemArgument.Read(parse, argument);
            var tables = Tables(system);
            switch (common.Format(parse))
            {
                case OutputFormat.Json:
                    screen.Data.WriteLine(Json(system, tables).ToJsonString());
                    break;
                case OutputFormat.Csv:
                    screen.Data.Write(CsvText.Table(tables[0]));
                    break;
                default:
                    screen.WriteText($"{system.Title} ({system.Id}), {system.Citations[0].Identifier}");
                    screen.WriteText(system.Question);
                    screen.Output.WriteLine();
                    screen.WriteText(system.Summary);
                    screen.Output.WriteLine();
                    screen.Show(tables);
                    break;
            }

            return 0;
        });
        return command;
    }

    private static IReadOnlyList<Table> Tables(ISystem system) =>
    [
        new("parameters", $"Parameters ({ValueList.Forms} makes one run per value)",
            ["name", "symbol", "default", "allowed", "meaning", "read by"],
            [.. system.Parameters.Select(parameter => (IReadOnlyList<string>)
                [parameter.Name, parameter.Symbol, Setting.Format(parameter.Default), parameter.Allowed, parameter.Help, Readers(system, parameter)])]),
        new("methods", "Methods", ["name", "meaning"], [.. system.Methods.Select(method => (IReadOnlyList<string>)[method.Name, method.Summary])]),
        Quantities("observables", "Observables", system.Observables),
        Quantities("events", "Events", system.Events),
        new("predictions", "Predictions (each is checked against its window, as far as that can be computed, and marked outside)", ["name", "symbol", "meaning", "window"],
            [.. system.Predictions.Select(quantity => (IReadOnlyList<string>)[quantity.Name, quantity.Symbol, quantity.Meaning, string.Join("; ", quantity.Window)])],
            string.Join("; ", system.Predictions.SelectMany(quantity => quantity.Window).Where(condition => condition.Meaning.Length > 0).DistinctBy(condition => condition.Quantity, StringComparer.Ordinal).Select(condition => $"{condition.Quantity}: {condition.Meaning}"))),
        Tasks("reproduction", $"eigenflow reproduce {system.Id}", system.Reproduction),
        .. system.Beyond.Count > 0 ? [Tasks("beyond", $"eigenflow reproduce {system.Id} --beyond", system.Beyond)] : Array.Empty<Table>(),
    ];

    private static Table Tasks(string id, string title, IReadOnlyList<ReproductionTask> tasks) =>
        new(id, title, ["part", "title"], [.. tasks.Select(task => (IReadOnlyList<string>)[task.Id, task.Title])]);

    private static string Readers(ISystem system, Parameter parameter) => system.IsOfProblem(parameter.Name)
        ? "all"
        : string.Join(", ", system.Methods.Where(method => method.Reads(parameter.Name)).Select(method => method.Name));

    private static Table Quantities(string id, string title, IReadOnlyList<NamedQuantity> quantities) =>
        new(id, title, ["name", "symbol", "meaning"], [.. quantities.Select(quantity => (IReadOnlyList<string>)[quantity.Name, quantity.Symbol, quantity.Meaning])]);

    // One array of objects per table, with the column headings as keys.
    private static JsonObject Json(ISystem system, IReadOnlyList<Table> tables)
    {
        var json = new JsonObject { ["system"] = system.Id, ["title"] = system.Title, ["question"] = system.Question, ["summary"] = system.Summary };
        foreach (var table in tables)
        {
            json[table.Id] = new JsonArray([.. table.Rows.Select(row => (JsonNode)new JsonObject(
                row.Select((cell, column) => new KeyValuePair<string, JsonNode?>(table.Columns[column], cell))))]);
        }

        return json;
    }
}
