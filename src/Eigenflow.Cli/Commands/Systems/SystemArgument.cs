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

    public static ISystem Read(ParseResult parse, Argument<string> argument) => SystemCatalog.Find(parse.GetRequiredValue(argument));
}
