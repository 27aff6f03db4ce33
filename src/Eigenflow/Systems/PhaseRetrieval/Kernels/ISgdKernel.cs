using Eigenflow.Schedules;

namespace Eigenflow.Systems.PhaseRetrieval.Kernels;

/// <summary>One replica of online SGD, whatever its precision.</summary>
internal interface ISgdKernel
{
    /// <summary>Steps done.</summary>
    long Step { get; }

    /// <summary>What the state is: w (0), or the deviation e = w ∓ w* (±1). It changes at multiples of 64 steps, so that it depends neither on saved rows nor on interruptions.</summary>
    int Frame { get; }

    /// <summary>The state as bytes, for checkpoints; all updates are in it.</summary>
    ReadOnlySpan<byte> Bytes { get; }

    /// <summary>Does steps; false once the state is not finite or s is beyond <see cref="Stability.LargestSelfOverlap"/>.</summary>
    bool Advance(long count, LearningRateSchedule schedule);

    /// <summary>The sums over the state.</summary>
    SgdSums Observe();

    /// <summary>The loss over the rows that samples are drawn from; NaN where they are Gaussian.</summary>
    double RowLoss() => double.NaN;

    /// <summary>Σ λ_i² (w_i² − w*_i²)², what independent coordinates add to the loss per excess kurtosis; asked for where inputs are not Gaussian.</summary>
    double Cumulant() => double.NaN;

    /// <summary>Goes on from a checkpoint.</summary>
    void Restore(long step, int frame, ReadOnlySpan<byte> bytes);
}
