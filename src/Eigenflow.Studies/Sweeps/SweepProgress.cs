using Eigenflow.Solutions;

namespace Eigenflow.Studies;

/// <summary>Progress of many runs: constant work per report, however many there are.</summary>
internal sealed class SweepProgress(IProgress<Progress>? whole, int total)
{
    private readonly Lock gate = new();
    private double running;
    private int done;

    /// <summary>The progress of one run.</summary>
    public One Begin() => new(this);

    private void Change(double fraction, int finished)
    {
        lock (gate)
        {
            running += fraction;
            done += finished;
            whole?.Report(new Progress(Math.Clamp((done + running) / Math.Max(1, total), 0, 1), FormattableString.Invariant($"{done} of {total} runs")));
        }
    }

    internal sealed class One(SweepProgress shared) : IProgress<Progress>
    {
        private readonly Lock gate = new();
        private double fraction;

        public void Report(Progress value)
        {
            lock (gate)
            {
                // A run that extends its range begins again: what is shown never goes back.
                if (value.Fraction <= fraction)
                    return;
                shared.Change(value.Fraction - fraction, 0);
                fraction = value.Fraction;
            }
        }

        /// <summary>Ends it.</summary>
        public void End(bool isDone)
        {
            lock (gate)
            {
                shared.Change(-fraction, isDone ? 1 : 0);
                fraction = 0;
            }
        }
    }
}
