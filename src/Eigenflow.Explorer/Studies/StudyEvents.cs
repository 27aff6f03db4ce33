using System.Diagnostics;
using Eigenflow.Explorer.Hosting;
using Eigenflow.Explorer.Runs;
using Eigenflow.Studies;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Hosting;

namespace Eigenflow.Explorer.Studies;

/// <summary>Tells a page of every change in the folder of a sweep, as server-sent events, until the page leaves. The folder is listed about once a second, more seldom where that is slow or nothing happens.</summary>
/// <param name="shelf">The studies.</param>
/// <param name="queue">Does the work.</param>
/// <param name="lifetime">That of the server.</param>
internal sealed class StudyEvents(StudyShelf shelf, WorkQueue queue, IHostApplicationLifetime lifetime)
{
    private const int MostStreams = 32;
    private static readonly TimeSpan Budget = TimeSpan.FromMilliseconds(400);
    private static readonly TimeSpan Usual = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan QuietAfter = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan SignOfLife = TimeSpan.FromSeconds(15);
    private int streams;

    /// <summary>Sends events until the page leaves or the server ends.</summary>
    public async Task Send(HttpContext context, string? path)
    {
        if (Interlocked.Increment(ref streams) > MostStreams)
        {
            Interlocked.Decrement(ref streams);
            throw new ExplorerException($"The explorer follows {MostStreams} sweeps already: close a page that shows one.") { Status = 503 };
        }

        using var end = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, lifetime.ApplicationStopping);
        try
        {
            await Follow(context, path, end.Token);
        }
        catch (OperationCanceledException) when (end.IsCancellationRequested)
        {
            // The page has left.
        }
        finally
        {
            Interlocked.Decrement(ref streams);
        }
    }

    private async Task Follow(HttpContext context, string? path, CancellationToken cancellation)
    {
        // A folder that holds no study is an answer, and no stream.
        var progress = await Look(path, cancellation);
        using var following = shelf.Follow(shelf.Open(path));
        var stream = new EventStream(context);
        StudyProgress? told = null;
        var trouble = "";
        var sent = Stopwatch.StartNew();
        var quiet = Stopwatch.StartNew();
        while (!cancellation.IsCancellationRequested)
        {
            var clock = Stopwatch.StartNew();
            if (told is not null || trouble.Length > 0)
            {
                try
                {
                    progress = await Look(path, cancellation);
                    trouble = "";
                }
                catch (EigenflowException exception)
                {
                    if (!string.Equals(trouble, exception.Message, StringComparison.Ordinal))
                        await stream.Send("trouble", writer => writer.WriteStringValue(exception.Message));
                    (trouble, told) = (exception.Message, null);
                }
            }

            if (trouble.Length == 0 && (told is null || IsNews(told, progress)))
            {
                await stream.Send("progress", writer => StudyJson.Write(writer, progress));
                told = progress;
                sent.Restart();
                quiet.Restart();
            }
            else if (sent.Elapsed > SignOfLife)
            {
                await context.Response.WriteAsync(":\n\n", cancellation);
                await context.Response.Body.FlushAsync(cancellation);
                sent.Restart();
            }

            // A folder that is slow to list is listed more seldom.
            var pause = trouble.Length == 0 && !progress.IsRead ? TimeSpan.Zero : quiet.Elapsed > QuietAfter ? Quiet : Usual;
            await Task.Delay(pause == TimeSpan.Zero ? pause : TimeSpan.FromTicks(Math.Clamp(2 * clock.Elapsed.Ticks, pause.Ticks, Longest.Ticks)), cancellation);
        }
    }

    private static bool IsNews(StudyProgress told, StudyProgress now) =>
        told.Version != now.Version || told.Running != now.Running || (now.SecondsLeft is { } left && Math.Abs(left - (told.SecondsLeft ?? 0)) > 0.02 * left) || !told.Notes.SequenceEqual(now.Notes, StringComparer.Ordinal);

    private Task<StudyProgress> Look(string? path, CancellationToken cancellation) => queue.Run(token => shelf.Ask(() => shelf.Open(path).Refresh(Budget, token)), cancellation);
}
