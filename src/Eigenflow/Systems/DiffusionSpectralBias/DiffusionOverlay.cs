using Eigenflow.Figures;
using Eigenflow.Settings;
using Eigenflow.Solutions;
using static Eigenflow.Systems.DiffusionSpectralBias.DiffusionParameters;

namespace Eigenflow.Systems.DiffusionSpectralBias;

/// <summary>How solutions of this system are overlaid: generated variances, divergence and loss against training time, emergence times against variances, samples as pictures.</summary>
internal static class DiffusionOverlay
{
    private const string TimeLabel = "training time τ";

    private static readonly Parameter[] Told = [InputSpectrum, Exponent, Dimension, Network, Gain, LearningRate, Target, Weighting, SigmaMin, SigmaMax, Emerges, Steps, Batch, Replicas, Seed];

    public static readonly Overlay Overlay = new()
    {
        Title = "Diffusion models",
        Subject = "kl",
        Description = "What a half-trained linear diffusion model generates.",
        Panels =
        [
            new OwnPanel([.. DiffusionColumns.Listed.Select(mode => (DiffusionColumns.Variance(mode).Name, FormattableString.Invariant($"mode {mode}")))], "generated variance", "generated variance λ~") { AbscissaLabel = TimeLabel, Solutions = (1, 1) },
            new("kl", "divergence", "KL(generated‖data)") { AbscissaLabel = TimeLabel },
            new("learned", "learned fraction", "learned fraction of the variance") { AbscissaLabel = TimeLabel, IsLogarithmicY = false },
            new("loss", "loss", "loss L_{σ}") { AbscissaLabel = TimeLabel, Solutions = (2, int.MaxValue) },
            new("variance1", "variance of mode 1", "generated variance λ~") { AbscissaLabel = TimeLabel, Solutions = (2, int.MaxValue) },
            new("emergence-time", "emergence", "emergence time τ*") { Abscissa = "eigenvalue", AbscissaLabel = "variance λ", Folds = true, OfOne = EmergencePanel.Of, MostApart = 1 },
            new("sample-1-1", "samples", "sample") { Abscissa = "place", AbscissaLabel = TimeLabel, OfOne = SampleColumns.Panel, Solutions = (1, 1), MostApart = int.MaxValue },
        ],

        // The discrete sampler has a bias of its own: what is trained step by step is compared with a theory in the same sampler.
        IsTheoryOf = (theory, runs) => theory.Method == "heun" && OfSampler.All(parameter => Equals(theory.Setting[parameter.Name], runs.Setting[parameter.Name])) && Equals(theory.Setting[LearningRate.Name], runs.Setting[LearningRate.Name]) && Equals(theory.Setting[Weighting.Name], runs.Setting[Weighting.Name]),
        SentenceOf = solutions => solutions is [var one] ? one.Has("sample-1-1") ? SampleColumns.Sentence(one) : one.Has("emergence-time") ? EmergencePanel.Sentence(one) : null : null,
        Caption = Told,
        CaptionOf = solutions => solutions.Count > 0 && solutions.All(IsOfFile) ? [.. Told.Except([InputSpectrum, Exponent, Dimension])] : Told,
        Remark = solutions => solutions is [var alone] && IsOfFile(alone) ? FormattableString.Invariant($"Variances of {alone.Rows} modes in a file, d = {alone.Rows}.") : null,
    };

    // Its modes are not those of the spectrum.
    private static bool IsOfFile(Solution solution) => solution.Method == "measured" && solution.Setting[Trajectories.Name] is string text && TextForm.PathOf(text) is not null && solution.Setting[Targets.Name] is not "spectrum";
}
