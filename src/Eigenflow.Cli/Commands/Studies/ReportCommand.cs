using System.CommandLine;
using Eigenflow.Rendering;
using Eigenflow.Studies;
using Eigenflow.Systems;

namespace Eigenflow.Cli;

/// <summary><c>eigenflow report DIR</c>: tables, figures and claims of a sweep in one HTML file.</summary>
internal static class ReportCommand
{
    public static Command Make(Screen screen)
    {
        var command = new Command("report", "Writes the figures and claims of a study and one self-contained report.html into the folder of its sweep. Exits with 1 if a claim fails or a run is not there, else with 0.");
        var folder = new Argument<string>("folder") { Description = "The folder of a sweep, such as results/exponents." };
        command.Arguments.Add(folder);
        var file = new Option<string?>("--study") { Description = "Study file whose figures and claims are used in place of the one that was swept.", HelpName = "FILE" };
        command.Options.Add(file);
        var common = new CommonOptions().AddTo(command).WithPictures(command);
        command.SetAction((parse, cancellation) => Task.Run(() =>
        {
            var isQuiet = common.IsQuiet(parse);
            var pictures = common.Pictures(parse);
            var where = parse.GetRequiredValue(folder);
            var results = ProgressDisplay.Run(screen, isQuiet, (progress, _) => parse.GetValue(file) is { } path
                ? StudyResults.Read(Study.ReadOver(path, where), where, false, progress, cancellation)
                : StudyResults.Read(where, false, progress, cancellation));
            var tables = RunTableWriter.Write(results);
            var report = StudyReport.Write(results, pictures);
            foreach (var figure in report.EmptyFigures)
                screen.Error.WriteLine($"eigenflow: {figure} is left out: no run has data for it");
            if (report.Claims.Count > 0)
                screen.Show(report.Claims);
            var code = CollectCommand.Tell(screen, results, [report.Path, .. tables], isQuiet);
            return report.Claims.Any(claim => claim.Verdict == Verdict.Fails) ? 1 : code;
        }, CancellationToken.None));
        return command;
    }
}
