namespace Eigenflow.Systems.FunctionalScalingLaw;

/// <summary>Preconditioned SGD on power-law features.</summary>
internal static class PreconditionedTasks
{
    public static readonly ReproductionTask[] All =
    [
        new() { Id = "beyond-preconditioner", Title = "A preconditioner makes a hard task easy", Weight = 3, Run = PreconditionedFigure.Run },
    ];
}
