using System.CommandLine;
using System.CommandLine.Help;
using Eigenflow.Data;
using Eigenflow.Studies;

namespace Eigenflow.Cli;

/// <summary>The root of the command line: builds the commands, runs one, and turns errors into one line and an exit code.</summary>
public static class EigenflowCommand
{
    private const int Done = 0;
    private const int Failed = 1;
    private const int WrongUsage = 2;
    private const int Interrupted = 130;

    /// <summary>Runs a command line.</summary>
    /// <param name="arguments">The arguments.</param>
    /// <param name="screen">Where results and messages go.</param>
    /// <returns>0 done; 1 a claim or run failed; 2 wrong usage; 130 interrupted.</returns>
    public static async Task<int> RunAsync(IReadOnlyList<string> arguments, Screen screen)
    {
        ArgumentNullException.ThrowIfNull(screen);

        // A file that begins with @ is a file, and not a list of arguments.
        var parse = Build(screen).Parse(arguments, new ParserConfiguration { ResponseFileTokenReplacer = null });
        if (parse.Errors.Count > 0 || UsageError.UnknownOption(parse) is not null)
        {
            await screen.Error.WriteLineAsync("eigenflow: " + UsageError.Of(parse));
            return WrongUsage;
        }

        // What the command writes is remembered, and looked for at its end.
        var files = FileContext.Current.WithJournal();
        FileContext.Current = files;
        using var signals = new TerminationSignals();
        try
        {
            var code = await parse.InvokeAsync(new InvocationConfiguration
            {
                Output = screen.Output,
                Error = screen.Error,
                EnableDefaultExceptionHandler = false,

                // Solvers look at the token many times a second; this is only a safeguard.
                ProcessTerminationTimeout = TerminationSignals.Patience,
            }, signals.Token);

            // A full disk shows itself here: results that did not arrive are no success.
            await screen.Output.FlushAsync();
            if (files.Vanished() is [var first, ..] vanished)
            {
                await screen.Error.WriteLineAsync($"eigenflow: {first}{(vanished.Count > 1 ? $" and {vanished.Count - 1} more files" : "")} was written and is no longer there: the folder was changed meanwhile; give the same command again.");
                return code == Done ? Failed : code;
            }

            return code;
        }
        catch (Exception exception) when (Trouble.Of(exception) is var trouble && IsForUser(trouble.Cause))
        {
            var (text, code) = Answer(trouble.Cause);
            if (text.Length > 0)
                await screen.Error.WriteLineAsync("eigenflow: " + text);
            return code;
        }
        catch (Exception exception) when (Environment.GetEnvironmentVariable("EIGENFLOW_DEBUG") is null)
        {
            var cause = Trouble.Of(exception).Cause;
            await screen.Error.WriteLineAsync(
                $"eigenflow {parse.CommandResult.Command.Name}: internal error ({cause.GetType().Name}: {cause.Message.ReplaceLineEndings(" ").TrimEnd('.')}); this is a defect of eigenflow, not of the request: please report the command line and what EIGENFLOW_DEBUG=1 prints.");
            return Failed;
        }
        finally
        {
            screen.Results?.RemoveIfEmpty();
        }
    }

    private static bool IsForUser(Exception cause) => cause is EigenflowException or OperationCanceledException or IOException or UnauthorizedAccessException or OutOfMemoryException;

    private static (string Text, int Code) Answer(Exception cause) => cause switch
    {
        EigenflowException => (cause.Message.ReplaceLineEndings(" "), WrongUsage),
        OperationCanceledException => ("interrupted", Interrupted),

        // The reader of the output has closed it, as head does.
        IOException when cause.Message.Contains("pipe", StringComparison.OrdinalIgnoreCase) => ("", Done),
        IOException or UnauthorizedAccessException => ($"the results could not be written ({cause.Message.ReplaceLineEndings(" ").TrimEnd('.')}); free space on the disk, or write elsewhere.", Failed),
        _ => ("the memory of this machine does not suffice; lower dimension, replicas or points.", Failed),
    };

    private static Command Build(Screen screen)
    {
        // Not a RootCommand: that takes its name from the file of the program.
        var version = new Option<bool>("--version") { Description = "Show the version" };
        var root = new Command(
            "eigenflow",
            "Eigenflow: theory, simulation and the verdict on every claim for solvable learning systems.\n\n"
            + "Examples:\n"
            + "  eigenflow run phase-retrieval --exponent 2 --dimension 1e6\n"
            + "  eigenflow run phase-retrieval --exponent 1.2,1.5,2 --method flow,sgd --steps 1e5 --out out\n"
            + "  eigenflow predict phase-retrieval --exponent 1.5\n"
            + "  eigenflow reproduce phase-retrieval\n"
            + "  eigenflow sweep studies/exponents.toml\n"
            + "  eigenflow spectrum data.npy\n"
            + "  eigenflow fit curve.csv\n"
            + "  eigenflow fit-schedule losses.csv --transfer other.csv --optimize")
        {
            SystemsCommand.Make(screen),
            DescribeCommand.Make(screen),
            RunCommand.Make(screen),
            PredictCommand.Make(screen),
            ReproduceCommand.Make(screen),
            SweepCommand.Make(screen),
            CollectCommand.Make(screen),
            ReportCommand.Make(screen),
            SpectrumCommand.Make(screen),
            FitCommand.Make(screen),
            FitScheduleCommand.Make(screen),
            CollapseCommand.Make(screen),
            CiteCommand.Make(screen),
            BenchCommand.Make(screen),
            BenchCommand.MakeWorker(screen),
            new HelpOption(),
            version,
        };
        root.Subcommands.Add(CompletionCommand.Make(screen, root));
        root.Subcommands.Add(HelpCommand.Make(screen, root));
        root.SetAction(parse =>
        {
            if (!parse.GetValue(version))
                return new HelpAction().Invoke(parse);
            screen.Output.WriteLine(Product.Version);
            return Done;
        });
        return root;
    }
}
