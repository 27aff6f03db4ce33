namespace Eigenflow.Systems.PhaseRetrieval;

/// <summary>Students that see only the first modes: floors, and the loss against compute.</summary>
internal static class ModelSizeTasks
{
    public static readonly ReproductionTask[] All =
    [
        new() { Id = "beyond-model-size", Title = "Loss against time, model size and compute", Weight = 8, Run = ModelSizeFigure.Run },
        new() { Id = "beyond-model-size-floors", Title = "Floors of students of few modes", Weight = 0.5, Run = ModelFloorClaims.Run },
    ];
}
