using System.CommandLine;
using System.Text.Json.Nodes;
using Eigenflow.Figures;
using Eigenflow.Rendering;
using Eigenflow.Studies;
using Eigenflow.Systems;

namespace Eigenflow.Cli;

/// <summary><c>eigenflow systems</c>: the list of systems.</summary>
internal static class SystemsCommand
{
    public static Command Make(Screen screen)
    {
        var command = new Command("systems", "Lists the systems.");
        var common = new CommonOptions().AddTo(command);
        command.SetAction(parse =>
        {
            var table = new Table(
                "systems", "", ["system", "title", "paper", "methods", "figures"],
                [.. SystemCatalog.All.Select(system => (IReadOnlyList<string>)
                [
                    system.Id, system.Title, system.Citations[0].Identifier, string.Join(", ", system.Methods.Select(method => method.Name)),
                    string.Join(", ", system.Reproduction.SelectMany(task => task.FigureNumbers)),
                ])]);
            switch (common.Format(parse))
            {
                case OutputFormat.Json:
                    var list = new JsonArray([.. SystemCatalog.All.Select(system => (JsonNode)new JsonObject { ["system"] = system.Id, ["title"] = system.Title, ["family"] = system.Family, ["question"] = system.Question, ["summary"] = system.Summary })]);
                    screen.Data.WriteLine(new JsonObject { ["systems"] = list }.ToJsonString());
                    break;
                case OutputFormat.Csv:
                    screen.Data.Write(CsvText.Table(table));
                    break;
                default:
                    screen.Show(table);
                    break;
            }

            return 0;
        });
        return command;
    }
}
