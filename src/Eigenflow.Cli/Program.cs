namespace Eigenflow.Cli;

/// <summary>The command <c>eigenflow</c>.</summary>
public static class Program
{
    /// <summary>Runs a command line.</summary>
    /// <param name="arguments">The arguments.</param>
    /// <returns>0 done; 1 a claim or run failed; 2 wrong usage; 70 a defect; 130 interrupted.</returns>
    public static async Task<int> Main(string[] arguments)
    {
        Failure.WatchThreads();
        using var screen = Screen.OfProcess();
        return await EigenflowCommand.RunAsync(arguments, screen);
    }
}
