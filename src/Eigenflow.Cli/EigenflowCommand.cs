using System.CommandLine;
using System.CommandLine.Help;
using Eigenflow.Data;
using Eigenflow.Images;
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
    /// <returns>0 done; 1 a claim or run failed; 2 wrong usage; 70 a defect; 130 interrupted.</returns>
    public static async Task<int> RunAsync(IReadOnlyList<string> arguments, Screen screen)
    {
        ArgumentNullException.ThrowIfNull(screen);
        var command = "eigenflow";

        // What the command writes is remembered, and looked for at its end.
        var files = FileContext.Current.WithJournal();
        FileContext.Current = files;
        InputScope.Begin();
        ImagePatches.Register();
        using var signals = new TerminationSignals();
        try
        {
            // A file that begins with @ is a file, and not a list of arguments.
            var parse = Build(screen, arguments).Parse(arguments, new ParserConfiguration { ResponseFileTokenReplacer = null });
            if (parse.Errors.Count > 0 || UsageError.UnknownOption(parse) is not null)
            {
                await screen.Error.WriteLineAsync("eigenflow: " + UsageError.Of(parse));
                return WrongUsage;
            }

            command = "eigenflow " + parse.CommandResult.Command.Name;
            var code = await parse.InvokeAsync(new InvocationConfiguration
            {
                Output = screen.Drawing,
                Error = screen.Error,
                EnableDefaultExceptionHandler = false,

                // Signals are those of the token. The library's own handling fails where a signal comes twice.
                ProcessTerminationTimeout = null,
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
        catch (Exception exception)
        {
            var (line, code) = Ending(Trouble.Of(exception).Cause, command);
            if (line is not null)
                await screen.Error.WriteLineAsync(line);
            if (code == Failure.Defect && Failure.IsTraced)
                await screen.Error.WriteLineAsync(exception.ToString());
            return code;
        }
        finally
        {
            screen.Results?.RemoveIfEmpty();
        }
    }

    // What is printed, and the exit code.
    private static (string? Line, int Code) Ending(Exception exception, string command) => exception switch
    {
        EigenflowException => ("eigenflow: " + exception.Message.ReplaceLineEndings(" "), WrongUsage),
        OperationCanceledException => ("eigenflow: interrupted", Interrupted),

        // The reader of the output has closed it, as head does.
        IOException when exception.Message.Contains("pipe", StringComparison.OrdinalIgnoreCase) => (null, Done),
        IOException or UnauthorizedAccessException or InvalidDataException => ("eigenflow: " + FileTrouble.Of(exception), Failed),
        OutOfMemoryException => ("eigenflow: the memory of this machine does not suffice; lower dimension, replicas or points.", Failed),
        _ => (Failure.DefectLine(command, exception), Failure.Defect),
    };

    /// <summary>The tree of commands.</summary>
    /// <param name="screen">Where results and messages go.</param>
    /// <param name="arguments">What was typed: only the systems that are named in it get their options. Null gives all of them theirs.</param>
    internal static Command Build(Screen screen, IReadOnlyList<string>? arguments = null)
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
            RunCommand.Make(screen, arguments),
            PredictCommand.Make(screen, arguments),
            ReproduceCommand.Make(screen),
            SweepCommand.Make(screen),
            CollectCommand.Make(screen),
            ReportCommand.Make(screen),
            SpectrumCommand.Make(screen),
            FitCommand.Make(screen),
            FitScheduleCommand.Make(screen),
            CollapseCommand.Make(screen),
            EpochsCommand.Make(screen),
            CiteCommand.Make(screen),
            ExploreCommand.Make(screen),
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
