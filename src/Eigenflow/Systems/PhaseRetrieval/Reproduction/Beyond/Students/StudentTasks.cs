namespace Eigenflow.Systems.PhaseRetrieval;

/// <summary>Other links, wider students, other inputs, finite samples, held norms: one task each.</summary>
internal static class StudentTasks
{
    public static readonly IReadOnlyList<ReproductionTask> Tasks =
    [
        new() { Id = "beyond-links", Title = "Other even links: escape against the information exponent", Weight = 2, Run = LinkTask.Run },
        new() { Id = "beyond-width", Title = "Students of several neurons", Weight = 3, Run = WidthTask.Run },
        new() { Id = "beyond-universality", Title = "Inputs that are not Gaussian", Weight = 6, Run = UniversalityTask.Run },
        new() { Id = "beyond-finite-sample", Title = "Full batches of finite samples", Weight = 8, Run = FiniteSampleTask.Run },
        new() { Id = "beyond-projected", Title = "Students whose norm is held at the teacher's", Weight = 1, Run = ProjectedTask.Run },
    ];
}
