using System.CommandLine;

namespace Eigenflow.Cli;

/// <summary><c>eigenflow help [COMMAND …]</c>: the same as <c>eigenflow COMMAND … --help</c>.</summary>
internal static class HelpCommand
{
    public const string Name = "help";

    public static Command Make(Screen screen, Command root)
    {
        var command = new Command(Name, "Shows the help of a command, such as eigenflow help run phase-retrieval.");
        var words = new Argument<string[]>("command") { Description = "The command, and the words behind it.", Arity = ArgumentArity.ZeroOrMore };
        command.Arguments.Add(words);
        command.SetAction((parse, cancellation) =>
        {
            var path = parse.GetValue(words) ?? [];
            var target = root.Parse([.. path, "--help"]);
            if (target.UnmatchedTokens.Count == 0)
                return target.InvokeAsync(new InvocationConfiguration { Output = screen.Drawing, Error = screen.Error, EnableDefaultExceptionHandler = false }, cancellation);
            screen.Error.WriteLine("eigenflow: " + UsageError.Of(root.Parse(path)));
            return Task.FromResult(2);
        });
        return command;
    }
}
