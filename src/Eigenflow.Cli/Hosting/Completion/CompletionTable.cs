using System.CommandLine;
using Eigenflow.Settings;
using Eigenflow.Systems;

namespace Eigenflow.Cli;

/// <summary>What can be typed behind the words of a command.</summary>
/// <param name="Path">The words, such as <c>run phase-retrieval</c>; empty for the root.</param>
/// <param name="Words">Commands and words of arguments.</param>
/// <param name="Options">Options, each with the words that may follow it; null where files or free values follow, empty for a switch.</param>
internal sealed record CompletionRow(string Path, IReadOnlyList<string> Words, IReadOnlyList<KeyValuePair<string, IReadOnlyList<string>?>> Options);

/// <summary>Everything that can be completed, from the tree of commands; what is hidden is not in it.</summary>
internal static class CompletionTable
{
    public static IReadOnlyList<CompletionRow> Of(Command root)
    {
        var rows = new List<CompletionRow>();
        Add(root, "");
        return rows;

        void Add(Command command, string path)
        {
            var children = command.Subcommands.Where(child => !child.Hidden).ToArray();
            rows.Add(new CompletionRow(
                path,
                [.. children.Select(child => child.Name), .. command.Arguments.SelectMany(Words)],
                [.. command.Options.Where(option => !option.Hidden).Select(option => Option(option, path)).Append(new("--help", [])).DistinctBy(option => option.Key, StringComparer.Ordinal)]));
            foreach (var child in children)
                Add(child, path.Length == 0 ? child.Name : $"{path} {child.Name}");
        }
    }

    private static IEnumerable<string> Words(Argument argument) => argument.Name switch
    {
        "system" => SystemCatalog.All.Select(system => system.Id),
        "shell" => CompletionScript.Shells,
        _ => [],
    };

    private static KeyValuePair<string, IReadOnlyList<string>?> Option(Option option, string path)
    {
        if (option.ValueType == typeof(bool))
            return new(option.Name, []);
        if (Common(option.Name) is { } words)
            return new(option.Name, words);
        var system = SystemCatalog.All.FirstOrDefault(candidate => path.EndsWith(" " + candidate.Id, StringComparison.Ordinal));
        if (system is null)
            return new(option.Name, null);
        if (option.Name is "--method")
            return new(option.Name, [.. system.Methods.Select(method => method.Name)]);
        var parameter = system.Parameter(option.Name.TrimStart('-'));

        // Forms with places to fill in are no words.
        string[] typed = parameter is { Kind: ParameterKind.Choice or ParameterKind.Text } ? [.. parameter.Choices.Concat(parameter.Forms.Select(form => form.Pattern)).Concat(parameter.Examples).Where(IsWord)] : [];
        return new(option.Name, typed.Length > 0 ? typed : null);
    }

    private static string[]? Common(string name) => name switch
    {
        "--format" => ["table", "json", "csv"],
        "--theme" => ["light", "dark"],
        "--size" => ["screen", "column", "double", "slide"],
        _ => null,
    };

    private static bool IsWord(string form) => form.All(letter => char.IsAsciiLetterLower(letter) || char.IsAsciiDigit(letter) || letter is '-' or ':' or '.' or '+');
}
