using System.CommandLine;
using Eigenflow.Systems;

namespace Eigenflow.Cli;

/// <summary>The argument that names a system, for commands that need no options of the system.</summary>
internal static class SystemArgument
{
    public static Argument<string> AddTo(Command command)
    {
        var argument = new Argument<string>("system") { Description = "One of: " + string.Join(", ", SystemCatalog.All.Select(system => system.Id)) + "." };
        command.Arguments.Add(argument);
        return argument;
    }

    /// <summary>A command with one subcommand per system, of which only those that are named get their options.</summary>
    /// <param name="name">Name of the command.</param>
    /// <param name="description">What it does.</param>
    /// <param name="arguments">What was typed, or null for everything.</param>
    /// <param name="describe">What it does with a system.</param>
    /// <param name="fill">Adds the options and the action of a system.</param>
    public static Command PerSystem(string name, string description, IReadOnlyList<string>? arguments, Func<ISystem, string> describe, Action<ISystem, Command> fill)
    {
        var command = new Command(name, description);
        foreach (var system in SystemCatalog.All)
        {
            var child = new Command(system.Id, describe(system));
            command.Subcommands.Add(child);
            if (IsNamed(system, arguments))
                fill(system, child);
        }

        return command;
    }

    /// <summary>Whether what was typed may need the options of a system. Twelve systems have hundreds: those of the others are not made.</summary>
    /// <param name="system">The system.</param>
    /// <param name="arguments">What was typed, or null for everything.</param>
    private static bool IsNamed(ISystem system, IReadOnlyList<string>? arguments) =>
        arguments is null || arguments.Contains(system.Id, StringComparer.Ordinal) || arguments.Contains("completion", StringComparer.Ordinal)

        // Without any, an option that was typed has to be found to say where it belongs.
        || (arguments.Count > 0 && arguments[0] is "run" or "predict" && !SystemCatalog.All.Any(other => arguments.Contains(other.Id, StringComparer.Ordinal)));

    public static ISystem Read(ParseResult parse, Argument<string> argument) => SystemCatalog.Find(parse.GetRequiredValue(argument));
}
