using System.Text;

namespace Eigenflow.Studies;

/// <summary>Writes the command line that gives the same result.</summary>
internal static class CommandLine
{
    /// <summary>A command with its arguments and the options that were given.</summary>
    /// <param name="command">Its name.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="options">Names and what was typed; null where an option was not given, and an empty text for one without a value.</param>
    public static string Of(string command, IEnumerable<string> arguments, params IReadOnlyList<(string Name, string? Value)> options)
    {
        var text = new StringBuilder("eigenflow ").Append(command);
        foreach (var argument in arguments)
            text.Append(' ').Append(ShellWord.Quoted(argument));
        foreach (var (name, value) in options)
        {
            if (value is null)
                continue;
            text.Append(' ').Append(name);
            if (value.Length > 0)
                text.Append(' ').Append(ShellWord.Quoted(value));
        }

        return text.ToString();
    }
}
