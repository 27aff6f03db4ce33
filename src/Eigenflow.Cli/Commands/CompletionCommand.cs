using System.CommandLine;

namespace Eigenflow.Cli;

/// <summary><c>eigenflow completion SHELL</c>: a script that completes commands, options and their words.</summary>
internal static class CompletionCommand
{
    public static Command Make(Screen screen, Command root)
    {
        var command = new Command("completion", "Prints a script that completes commands, options and words in a shell: bash, zsh, fish or pwsh. For bash: source <(eigenflow completion bash).");
        var shell = new Argument<string>("shell") { Description = "One of: " + string.Join(", ", CompletionScript.Shells) + "." };
        command.Arguments.Add(shell);
        command.SetAction(parse =>
        {
            screen.Drawing.Write(CompletionScript.Of(parse.GetRequiredValue(shell), CompletionTable.Of(root)));
            return 0;
        });
        return command;
    }
}
