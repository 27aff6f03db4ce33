using System.CommandLine;
using System.CommandLine.Parsing;

namespace Eigenflow.Cli;

/// <summary>A request as it can be typed again: the command, its arguments and its options in the order of their names, without those that change no result.</summary>
internal static class RequestText
{
    private static readonly HashSet<string> Indifferent = new(StringComparer.Ordinal)
    {
        "--out", "--force", "--format", "--quiet", "--theme", "--size", "--scale", "--svg-text", "--jobs", "--checkpoint-seconds", "--fresh", "--figure",
    };

    /// <summary>The words of the command, such as <c>run phase-retrieval</c>.</summary>
    public static string Command(ParseResult parse)
    {
        var names = new List<string>();
        for (var result = parse.CommandResult; result.Parent is CommandResult parent; result = parent)
            names.Insert(0, result.Command.Name);
        return string.Join(' ', names);
    }

    /// <summary>What was typed, in its order.</summary>
    public static string Typed(ParseResult parse) => "eigenflow " + string.Join(' ', parse.Tokens.Select(token => ShellWord.Quoted(token.Value)));

    /// <summary>The whole request.</summary>
    public static string Of(ParseResult parse)
    {
        var arguments = parse.CommandResult.Children.OfType<ArgumentResult>().SelectMany(result => result.Tokens).Select(token => ShellWord.Quoted(token.Value));
        var options = parse.CommandResult.Children.OfType<OptionResult>()
            .Where(result => !result.Implicit && !Indifferent.Contains(result.Option.Name))
            .OrderBy(result => result.Option.Name, StringComparer.Ordinal)
            .Select(result => string.Join(' ', result.Tokens.Select(token => ShellWord.Quoted(token.Value)).Prepend(result.Option.Name)));
        return string.Join(' ', [Command(parse), .. arguments, .. options]);
    }
}
