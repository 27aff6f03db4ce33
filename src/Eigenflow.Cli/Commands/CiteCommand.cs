using System.CommandLine;

namespace Eigenflow.Cli;

/// <summary><c>eigenflow cite SYSTEM</c>: BibTeX of what a result rests on.</summary>
internal static class CiteCommand
{
    public static Command Make(Screen screen)
    {
        var command = new Command("cite", "Prints BibTeX entries of the papers and methods that the results of a system rest on.");
        var system = SystemArgument.AddTo(command);
        command.SetAction(parse =>
        {
            screen.Output.WriteLine(string.Join("\n\n", SystemArgument.Read(parse, system).Citations.Select(citation => citation.BibTeX)));
            return 0;
        });
        return command;
    }
}
