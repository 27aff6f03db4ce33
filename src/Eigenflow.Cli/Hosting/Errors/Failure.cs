using System.Reflection;

namespace Eigenflow.Cli;

/// <summary>Turns whatever ended a command into one line and an exit code: no exception of a library, and no stack, reaches a user.</summary>
internal static class Failure
{
    /// <summary>Exit code of a defect of the command itself, as sysexits.h names it (EX_SOFTWARE).</summary>
    public const int Defect = 70;

    private const int LongestMessage = 400;

    /// <summary>What a defect says: its kind, and what to report.</summary>
    /// <param name="command">The words of the command, such as <c>eigenflow run</c>.</param>
    /// <param name="exception">The cause.</param>
    public static string DefectLine(string command, Exception exception) =>
        $"{command}: internal error ({exception.GetType().Name}: {Text(exception)}); this is a defect of eigenflow, not of the request: please report the command line and what EIGENFLOW_DEBUG=1 prints.";

    /// <summary>The message of an exception as a part of one line, without letters that a terminal would obey.</summary>
    public static string Text(Exception exception)
    {
        var text = string.Concat(exception.Message.ReplaceLineEndings(" ").Select(letter => char.IsControl(letter) ? '\uFFFD' : letter)).TrimEnd('.', ' ');
        return text.Length <= LongestMessage ? text : text[..LongestMessage] + "…";
    }

    /// <summary>What fails on a thread of its own ends the process; it too says one line.</summary>
    public static void WatchThreads() => AppDomain.CurrentDomain.UnhandledException += (_, arguments) =>
    {
        if (arguments.ExceptionObject is not Exception exception || IsTraced)
            return;
        Console.Error.WriteLine(DefectLine("eigenflow", Trouble.Of(exception).Cause));
        Environment.Exit(Defect);
    };

    /// <summary>Whether the user asked for the stack.</summary>
    public static bool IsTraced => Environment.GetEnvironmentVariable("EIGENFLOW_DEBUG") is { Length: > 0 };
}
