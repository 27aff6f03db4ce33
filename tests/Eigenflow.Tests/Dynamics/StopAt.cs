using Eigenflow.Solutions;

namespace Eigenflow.Tests;

/// <summary>Cancels once a part of the work is done.</summary>
internal sealed class StopAt(double fraction, CancellationTokenSource stop) : IProgress<Progress>
{
    public void Report(Progress value)
    {
        if (value.Fraction >= fraction)
            stop.Cancel();
    }
}
