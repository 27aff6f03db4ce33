using System.Runtime.InteropServices;

namespace Eigenflow.Cli;

/// <summary>
/// Ends a command in order on Ctrl-C (SIGINT), when it is told to end (SIGTERM) or to quit (SIGQUIT), or when its terminal is closed (SIGHUP): work that can be continued is kept, and temporary files are removed.
/// A second signal ends the process at once, unless it comes with the first: timeout, for one, sends each twice. A closed terminal or a quit that whoever started the process has set to be ignored, as nohup does, stays ignored.
/// </summary>
internal sealed class TerminationSignals : IDisposable
{
    private const int HangUp = 1;
    private const int Interrupt = 2;
    private const int Quit = 3;
    private const int Terminate = 15;
    private const int Conventional = 128;

    // Milliseconds within which signals are one.
    private const int Together = 1000;
    private readonly CancellationTokenSource source = new();
    private readonly List<PosixSignalRegistration> registrations = [];
    private readonly Lock gate = new();
    private Timer? timer;
    private long first;
    private bool isDisposed;

    public TerminationSignals()
    {
        foreach (var (signal, number) in new[] { (PosixSignal.SIGINT, Interrupt), (PosixSignal.SIGTERM, Terminate) })
            registrations.Add(PosixSignalRegistration.Create(signal, context => End(context, number)));
        if (OperatingSystem.IsWindows())
            return;
        var ignored = Ignored();
        foreach (var (signal, number) in new[] { (PosixSignal.SIGHUP, HangUp), (PosixSignal.SIGQUIT, Quit) })
        {
            if ((ignored & (1UL << (number - 1))) == 0)
                registrations.Add(PosixSignalRegistration.Create(signal, context => End(context, number)));
        }
    }

    /// <summary>Time that a command has to end in order.</summary>
    public static TimeSpan Patience { get; } = TimeSpan.FromSeconds(20);

    /// <summary>Cancelled by a signal.</summary>
    public CancellationToken Token => source.Token;

    public void Dispose()
    {
        foreach (var registration in registrations)
            registration.Dispose();
        lock (gate)
        {
            isDisposed = true;
            timer?.Dispose();
        }

        source.Dispose();
    }

    private void End(PosixSignalContext context, int number)
    {
        context.Cancel = true;
        var isRepeated = false;
        lock (gate)
        {
            if (isDisposed)
                return;
            isRepeated = timer is not null;
            if (!isRepeated)
            {
                first = Environment.TickCount64;
                timer = new Timer(_ => Environment.Exit(Conventional + number), null, Patience, Timeout.InfiniteTimeSpan);
            }
        }

        if (isRepeated)
        {
            if (Environment.TickCount64 - first > Together)
                Environment.Exit(Conventional + number);
            return;
        }

        source.Cancel();
    }

    // Bit n − 1 stands for signal n.
    private static ulong Ignored()
    {
        const string heading = "SigIgn:";
        try
        {
            var line = File.Exists("/proc/self/status") ? File.ReadLines("/proc/self/status").FirstOrDefault(line => line.StartsWith(heading, StringComparison.Ordinal)) : null;
            return line is null ? 0 : Convert.ToUInt64(line[heading.Length..].Trim(), 16);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or FormatException)
        {
            return 0;
        }
    }
}
