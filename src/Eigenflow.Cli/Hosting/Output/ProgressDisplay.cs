using Spectre.Console;
using Progress = Eigenflow.Solutions.Progress;

namespace Eigenflow.Cli;

/// <summary>Shows a bar with the time left on a terminal while something long is done; silent elsewhere.</summary>
internal static class ProgressDisplay
{
    /// <summary>Does the work.</summary>
    /// <param name="screen">Where.</param>
    /// <param name="isQuiet">Whether nothing is shown.</param>
    /// <param name="work">Receives the progress (null when nothing is shown) and a writer of whole lines above the bar.</param>
    /// <returns>What the work returns.</returns>
    public static T Run<T>(Screen screen, bool isQuiet, Func<IProgress<Progress>?, Action<string>, T> work)
    {
        if (isQuiet || !screen.ShowsProgress)
            return work(null, line => { if (!isQuiet) screen.Error.WriteLine(line); });
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(screen.DrawingBesides) });
        return console.Progress().AutoClear(true).HideCompleted(true)
            .Columns(new ProgressBarColumn { Width = 30 }, new PercentageColumn(), new RemainingTimeColumn(), new ElapsedTimeColumn(), new TaskDescriptionColumn { Alignment = Justify.Left })
            .Start(context =>
            {
                var task = context.AddTask("starting", maxValue: 1);
                return work(new Bar(task), line => console.Write(new Text(PrintableText.Line(line) + "\n")));
            });
    }

    private sealed class Bar(ProgressTask task) : IProgress<Progress>
    {
        public void Report(Progress value)
        {
            // Work may be named by what a user calls it, which can be nothing.
            var activity = PrintableText.Line(value.Activity);
            task.Value = double.IsFinite(value.Fraction) ? Math.Clamp(value.Fraction, 0, 1) : 0;
            task.Description = string.IsNullOrWhiteSpace(activity) ? "working" : Markup.Escape(activity);
        }
    }
}
