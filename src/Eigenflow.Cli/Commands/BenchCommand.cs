using System.CommandLine;
using Eigenflow.Benchmarks;
using Eigenflow.Data;
using Eigenflow.Rendering;
using Eigenflow.Studies;

namespace Eigenflow.Cli;

/// <summary><c>eigenflow bench</c>: speed on this machine, with the peers that are installed.</summary>
internal static class BenchCommand
{
    // Starts this program as a worker; not for users.
    private const string WorkerName = "bench-worker";

    public static Command Make(Screen screen)
    {
        var command = new Command("bench", "Measures the engines on this machine; with --peers also NumPy, SciPy, PyTorch and CVODE on the same work, in alternation (install them with ./bench-peers-install).");
        var peers = new Option<bool>("--peers") { Description = "Compares with the peers that are installed; takes several minutes." };
        command.Options.Add(peers);
        var common = new CommonOptions().AddTo(command).WithFiles(command, "Folder for benchmarks.json, benchmarks.csv and the pictures.");
        command.SetAction((parse, cancellation) => Task.Run(() =>
        {
            var format = common.Format(parse);
            var pictures = common.Pictures(parse);
            var folder = common.Folder(parse);
            common.Prepare(parse, screen, ["benchmarks.json", "benchmarks.csv"]);
            using var runner = new BenchmarkRunner(OwnCommand());
            var results = ProgressDisplay.Run(screen, common.IsQuiet(parse), (progress, write) => runner.Run(
                parse.GetValue(peers), result => write(DisplayText.Plain($"{result.Work} against {result.Peer}: {result.Ratio:G3} ± {result.Spread:G2}")), progress, cancellation));
            var table = BenchmarkReport.Table(results);
            var json = BenchmarkReport.Json(results, runner.Peers);
            switch (format)
            {
                case OutputFormat.Json:
                    screen.Data.WriteLine(json.ToJsonString());
                    break;
                case OutputFormat.Csv:
                    screen.Data.Write(CsvText.Table(table));
                    break;
                default:
                    screen.Show(table);
                    break;
            }

            if (folder is not null)
            {
                AtomicFile.WriteText(Path.Combine(folder, "benchmarks.json"), json.ToJsonString(new System.Text.Json.JsonSerializerOptions { WriteIndented = true }) + "\n");
                AtomicFile.WriteText(Path.Combine(folder, "benchmarks.csv"), CsvText.Table(table));
                FigureFiles.Write(folder, BenchmarkReport.Figure(results), pictures);
                foreach (var figure in new[] { runner.WorkPrecision, runner.Cost }.OfType<Figures.Figure>())
                    FigureFiles.Write(folder, figure, pictures);
            }

            return 0;
        }, CancellationToken.None));
        return command;
    }

    /// <summary>The hidden command that answers benchmark requests on standard input.</summary>
    public static Command MakeWorker(Screen screen)
    {
        var command = new Command(WorkerName, "Answers benchmark requests.") { Hidden = true };
        command.SetAction(_ =>
        {
            EngineWorker.Serve(Console.In, screen.Output);
            return 0;
        });
        return command;
    }

    // A published program starts itself; a build output is started through dotnet.
    private static string[] OwnCommand()
    {
        var process = Environment.ProcessPath!;
        var isHost = string.Equals(Path.GetFileNameWithoutExtension(process), "dotnet", StringComparison.OrdinalIgnoreCase);
        return isHost ? [process, Path.Combine(AppContext.BaseDirectory, "Eigenflow.Cli.dll"), WorkerName] : [process, WorkerName];
    }
}
