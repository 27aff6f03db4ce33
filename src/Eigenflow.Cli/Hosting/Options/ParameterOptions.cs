using System.CommandLine;
using Eigenflow.Settings;
using Eigenflow.Systems;

namespace Eigenflow.Cli;

/// <summary>One option per parameter of a system, made from its parameter table.</summary>
internal sealed class ParameterOptions
{
    private readonly Dictionary<string, Option<string?>> options = new(StringComparer.Ordinal);

    /// <summary>Adds the options to a command.</summary>
    public ParameterOptions(ISystem system, Command command)
    {
        foreach (var parameter in system.Parameters)
        {
            var option = new Option<string?>("--" + parameter.Name) { Description = Describe(parameter), HelpName = parameter.Symbol.Length > 0 ? parameter.Symbol : "VALUE" };
            if (parameter.OtherName.Length > 0)
                option.Aliases.Add("--" + parameter.OtherName);
            options.Add(parameter.Name, option);
            command.Options.Add(option);
        }
    }

    /// <summary>What the user typed, per parameter name.</summary>
    public IReadOnlyDictionary<string, string> Read(ParseResult parse)
    {
        var texts = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, option) in options)
        {
            if (parse.GetValue(option) is { } text)
                texts.Add(name, text);
        }

        return texts;
    }

    /// <summary>Help of a parameter: meaning, allowed values, default.</summary>
    public static string Describe(Parameter parameter) =>
        $"{parameter.Help} ({parameter.Allowed}{(parameter.Default is { } value ? $"; default {Setting.Format(value)}" : "")})";
}
