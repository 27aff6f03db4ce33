using Eigenflow.Solutions;
using Eigenflow.Systems;

namespace Eigenflow.Tests;

/// <summary>Completes and solves in one expression.</summary>
internal static class SystemForms
{
    public static Solution Solve(this ISystem system, string method, Setting setting, IProgress<Progress>? progress = null, ICheckpointStore? checkpoint = null, CancellationToken cancellation = default) =>
        system.Solve(system.Complete(method, setting), progress, checkpoint, cancellation);

    public static IReadOnlyList<Prediction> Predict(this ISystem system, Setting setting) => system.Predict(system.Complete(null, setting));
}
