namespace Eigenflow.Systems.PhaseRetrieval;

/// <summary>The preconditioned flow: escape against convergence, its exponents, and what a rotated basis takes away.</summary>
internal static class PreconditionedTasks
{
    public static readonly ReproductionTask[] All =
    [
        new() { Id = "beyond-preconditioner", Title = "Which preconditioner ends the trade-off", Weight = 8, Run = PreconditionerFigure.Run },
        new() { Id = "beyond-preconditioner-rotation", Title = "A rotated preconditioner", Weight = 5, Run = RotationFigure.Run },
        new() { Id = "beyond-preconditioner-claims", Title = "Rates, exponents and steps of the preconditioned flow", Weight = 0.3, Run = PreconditionerClaims.Run },
    ];
}
