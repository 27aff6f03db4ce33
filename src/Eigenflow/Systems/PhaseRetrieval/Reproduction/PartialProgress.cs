using Eigenflow.Solutions;

namespace Eigenflow.Systems.PhaseRetrieval;

/// <summary>Maps the progress of one of several equal parts onto the whole.</summary>
internal sealed class PartialProgress(IProgress<Progress> whole, double start, double share) : IProgress<Progress>
{
    /// <summary>The progress of part number <paramref name="index"/> of <paramref name="count"/>, or null when nobody listens.</summary>
    public static IProgress<Progress>? Of(IProgress<Progress>? whole, int index, int count) =>
        whole is null ? null : new PartialProgress(whole, (double)index / count, 1.0 / count);

    public void Report(Progress value) => whole.Report(value with { Fraction = start + (share * value.Fraction) });
}
