using System.CommandLine;
using System.CommandLine.Parsing;
using Eigenflow.Settings;
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
        if (UnknownOption(parse) is { } unknown)
            return Option(parse, unknown, name);
        if (parse.UnmatchedTokens.Count > 0)
        {
            var token = parse.UnmatchedTokens[0];
            if (token.StartsWith('-'))
                return Option(parse, token, name);
            string[] known = [.. command.Subcommands.Where(child => !child.Hidden).Select(child => child.Name)];
            var kind = known.Length == 0 ? "argument" : parse.CommandResult.Parent is null ? "command" : "system";
            var listed = known.Length == 0 ? "" : $"; it must be one of {string.Join(", ", known)}";
            return $"{token} is no {kind} of {name}{listed}{Ending(Suggestion.For(token, known), name)}";
        }

        if (command.Subcommands.Count > 0 && command.Action is null)
            return $"{name} needs one more word: {string.Join(", ", command.Subcommands.Where(child => !child.Hidden).Select(child => child.Name))}; see {name} --help.";
        return $"{parse.Errors[0].Message.ReplaceLineEndings(" ").TrimEnd('.')}; see {name} --help.";
    }

    /// <summary>What begins as an option and was taken for an argument, such as one of many files; null without one. Behind -- everything is an argument, and so is a file of that name.</summary>
    public static string? UnknownOption(ParseResult parse) => parse.Tokens.Any(token => token.Type == TokenType.DoubleDash)
        ? null
        : parse.CommandResult.Children.OfType<ArgumentResult>().SelectMany(argument => argument.Tokens).Select(token => token.Value)
            .FirstOrDefault(text => text.Length > 1 && text[0] == '-' && !File.Exists(text));

    private static string Option(ParseResult parse, string token, string name)
    {
        // --exponent=2 is one token.
        var option = token.Split('=')[0];
        var command = parse.CommandResult.Command;
        var below = command.Subcommands.Where(child => !child.Hidden && Options(child).Contains(option, StringComparer.Ordinal)).Select(child => child.Name).ToArray();
        return below.Length > 0
            ? $"{option} belongs behind one more word, as in {name} {below[0]} {option}; see {name} --help."
            : $"{option} is no option of {name}{Ending(Suggestion.For(option, [.. Options(command), "--help"]), name)}";
    }

    private static string Ending(string suggestion, string name) => suggestion.Length > 0 ? $"; {suggestion}" : $"; see {name} --help.";

    private static string Path(ParseResult parse)
    {
        var names = new List<string>();
        for (var result = parse.CommandResult; result is not null; result = result.Parent as CommandResult)
            names.Insert(0, result.Command.Name);
        return string.Join(' ', names);
    }

    private static IEnumerable<string> Options(Command command) => command.Options.Where(option => !option.Hidden).Select(option => option.Name);
}
