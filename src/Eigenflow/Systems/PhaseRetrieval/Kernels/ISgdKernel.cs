using Eigenflow.Schedules;

namespace Eigenflow.Systems.PhaseRetrieval.Kernels;

/// <summary>One replica of online SGD, whatever its precision.</summary>
internal interface ISgdKernel
{
    /// <summary>Steps done.</summary>
    long Step { get; }

    /// <summary>w as bytes, for checkpoints; all updates are in it.</summary>
    ReadOnlySpan<byte> Bytes { get; }

    /// <summary>Does steps; false once the state is not finite or s &gt; 1000 s*.</summary>
    bool Advance(long count, LearningRateSchedule schedule);

    /// <summary>s, u, ‖w − w*‖² and ‖w + w*‖².</summary>
    (double S, double U, double Near, double Far) Observe();

    /// <summary>The loss over the rows that samples are drawn from; NaN where they are Gaussian.</summary>
    double RowLoss() => double.NaN;

    /// <summary>Goes on from a checkpoint.</summary>
    void Restore(long step, ReadOnlySpan<byte> bytes);
}
