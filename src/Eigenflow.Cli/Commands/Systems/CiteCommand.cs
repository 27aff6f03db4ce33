using System.CommandLine;
using Eigenflow.Studies;
using Eigenflow.Systems;

namespace Eigenflow.Cli;

/// <summary><c>eigenflow cite [SYSTEM]</c>: BibTeX of what a result rests on, and of the program.</summary>
internal static class CiteCommand
{
    public static Command Make(Screen screen)
    {
        var command = new Command("cite", "Prints BibTeX entries: the papers and methods that the results of a system rest on (of all systems without one), and this program.");
        var argument = SystemArgument.AddTo(command);
        argument.Arity = ArgumentArity.ZeroOrOne;
        command.SetAction(parse =>
        {
            IReadOnlyList<ISystem> systems = parse.GetValue(argument) is { Length: > 0 } ? [SystemArgument.Read(parse, argument)] : SystemCatalog.All;
            var citations = systems.SelectMany(system => system.Citations).Append(Product.Citation).DistinctBy(citation => citation.Key, StringComparer.Ordinal);
            screen.Data.Write(string.Join("\n\n", citations.Select(citation => citation.BibTeX)) + "\n");
            return 0;
        });
        return command;
    }
}
