using System.Diagnostics;
using System.Text.Json;
using Eigenflow.Solutions;

namespace Eigenflow.Explorer.Runs;

/// <summary>The last report of work in the background, as a page is told of it.</summary>
internal sealed class LatestProgress : IProgress<Progress>
{
    // Before this part is done nothing is said of the time left.
    private const double Least = 0.002;

    private readonly Lock gate = new();
    private Progress last = new(0, "waiting");
    private long started;

    public void Report(Progress value)
    {
        lock (gate)
        {
            if (started == 0)
                started = Stopwatch.GetTimestamp();

            // Threads report out of order.
            last = value with { Fraction = Math.Max(last.Fraction, value.Fraction) };
        }
    }

    /// <summary>Writes fraction, activity, and seconds left where something can be said of them.</summary>
    public void Write(Utf8JsonWriter writer)
    {
        lock (gate)
        {
            writer.WriteStartObject();
            writer.WriteNumber("fraction", Math.Clamp(last.Fraction, 0, 1));
            writer.WriteString("activity", last.Activity);
            if (last.Fraction > Least)
                writer.WriteNumber("secondsLeft", Stopwatch.GetElapsedTime(started).TotalSeconds * (1 - last.Fraction) / last.Fraction);
            writer.WriteEndObject();
        }
    }

    /// <summary>The last report.</summary>
    public Progress Last
    {
        get
        {
            lock (gate)
                return last;
        }
    }
}
