using System.CommandLine;
using Eigenflow.Systems;

namespace Eigenflow.Cli;

/// <summary>Turns what the parser refused into one line that says what was wrong and what to type.</summary>
internal static class UsageError
{
    /// <summary>The line, without a line break.</summary>
    public static string Of(ParseResult parse)
    {
        var command = parse.CommandResult.Command;
        var name = Path(parse);
        if (parse.UnmatchedTokens.Count > 0)
        {
            var token = parse.UnmatchedTokens[0];
            var isOption = token.StartsWith("--", StringComparison.Ordinal);
            var known = isOption ? Options(parse) : [.. command.Subcommands.Select(child => child.Name)];
            var kind = isOption ? "option" : command.Subcommands.Count == 0 ? "argument" : command.Subcommands[0].Subcommands.Count > 0 || parse.CommandResult.Parent is null ? "command" : "system";
            var listed = isOption || known.Count == 0 ? "" : $"; it must be one of {string.Join(", ", known)}";
            var suggestion = Suggestion.For(token, known);
            return $"{token} is no {kind} of {name}{listed}{(suggestion.Length > 0 ? $"; {suggestion}" : $"; see {name} --help.")}";
        }

        if (command.Subcommands.Count > 0 && command.Action is null)
            return $"{name} needs one more word: {string.Join(", ", command.Subcommands.Select(child => child.Name))}; see {name} --help.";
        return $"{parse.Errors[0].Message.ReplaceLineEndings(" ").TrimEnd('.')}; see {name} --help.";
    }

    private static string Path(ParseResult parse)
    {
        var names = new List<string>();
        for (var result = parse.CommandResult; result is not null; result = result.Parent as System.CommandLine.Parsing.CommandResult)
            names.Insert(0, result.Command.Name);
        return string.Join(' ', names);
    }

    private static IReadOnlyList<string> Options(ParseResult parse) =>
        [.. parse.CommandResult.Command.Options.Where(option => !option.Hidden).Select(option => option.Name), "--help"];
}
