using System.Diagnostics;
using System.Globalization;
using Eigenflow.Solutions;

namespace Eigenflow.Cli;

/// <summary>Passes progress on, and where there is no terminal for a bar writes a line with the time left every half minute.</summary>
internal sealed class ProgressLines(IProgress<Progress>? bar, Action<string>? write) : IProgress<Progress>
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(30);
    private readonly Stopwatch clock = Stopwatch.StartNew();
    private readonly Lock gate = new();
    private TimeSpan next = Every;

    public void Report(Progress value)
    {
        bar?.Report(value);
        if (write is null || clock.Elapsed < next)
            return;
        lock (gate)
        {
            if (clock.Elapsed < next)
                return;
            next = clock.Elapsed + Every;
            var left = value.Fraction > 0 ? Duration(clock.Elapsed.TotalSeconds * (1 - value.Fraction) / value.Fraction) : "unknown";
            write($"{value.Activity}, {Duration(clock.Elapsed.TotalSeconds)} elapsed, about {left} left");
        }
    }

    /// <summary>Seconds as a person says them.</summary>
    public static string Duration(double seconds) => seconds switch
    {
        < 0.95 => string.Create(CultureInfo.InvariantCulture, $"{seconds:0.0#} s"),
        < 100 => string.Create(CultureInfo.InvariantCulture, $"{seconds:0} s"),
        < 6000 => string.Create(CultureInfo.InvariantCulture, $"{seconds / 60:0} min"),
        < 200_000 => string.Create(CultureInfo.InvariantCulture, $"{seconds / 3600:0.0} h"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{seconds / 86_400:0.0} days"),
    };
}
