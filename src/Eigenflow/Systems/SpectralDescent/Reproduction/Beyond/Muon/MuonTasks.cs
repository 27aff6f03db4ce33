namespace Eigenflow.Systems.SpectralDescent;

/// <summary>Muon as it is run: coefficient lists and few digits, step counts, largest steps and powers of the gradient.</summary>
internal static class MuonTasks
{
    public static readonly ReproductionTask[] All =
    [
        Task("coefficients", "Newton–Schulz coefficients in double and bf16", 1, CoefficientListsFigure.Run),
        Task("digits", "What bf16 leaves of the loss", 6, DigitsFigure.Run),
        Task("step-counts", "Step counts against dimension and rule", 3, StepCountsFigure.Run),
        Task("largest-steps", "The largest step of each method against the spike", 4, LargestStepsFigure.Run),
        Task("powers", "Chatter of fractional and negative powers", 1, PowersFigure.Run),
    ];

    private static ReproductionTask Task(string id, string title, double weight, Func<IProgress<Solutions.Progress>?, CancellationToken, ReproductionResult> run) => new()
    {
        Id = $"beyond-muon-{id}",
        Title = title,
        Weight = weight,
        Run = run,
    };
}
