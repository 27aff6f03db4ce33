using static Eigenflow.Systems.RaoBlackwellDiffusion.DiffusionParameters;

namespace Eigenflow.Systems.RaoBlackwellDiffusion;

/// <summary>How solutions of this system are overlaid.</summary>
internal static class DiffusionOverlay
{
    public static readonly Overlay Overlay = new()
    {
        Title = "Rao–Blackwell diffusion",
        Description = "Noise of training targets, and what it does to SGD.",
        Panels =
        [
            new("full-noise", "noise of targets", "E‖x_{0} − E[x_{0}|x]‖²"),
            new("between", "what the orbit leaves", "E‖φ* − E[x_{0}|x]‖²"),
            new("gradient-ratio", "gradient variance, orbit over augmented", "ratio R") { IsLogarithmicY = false },
            new("target-error", "distance from the orbit target", "E‖t − φ*‖²"),
            new("effective-samples", "effective candidates", "N_{eff}"),
            new("excess-risk", "excess risk", "excess risk") { AbscissaLabel = "step k" },
            new("distance", "distance from the optimum", "E‖W − W*‖²") { AbscissaLabel = "step k" },
            new OwnPanel([.. Verification.Statements.Where(statement => statement.Name is "unbiased-orbit" or "covariance-orbit" or "loss-gap" or "estimator").Select(statement => (statement.Name + "-deviation", statement.Name))], "verified statements", "deviation / limit") { IsLogarithmicY = false },
            new("posterior-excess", "excess risk over E[x_{0}|x]", "excess risk R") { AbscissaLabel = "step k" },
            new("training-loss", "training loss", "loss L") { AbscissaLabel = "step k" },
            new("gradient-variance", "variance of the gradient", "variance tr C") { AbscissaLabel = "step k" },
            new("sample-distance", "generated samples", "mean distance D") { AbscissaLabel = "step k" },
        ],
        Caption = [Group, Templates, Kernel, Sigma, Alpha, Spread, Estimator, Samples, Temperature, Draws, Model, LearningRate, Batch, .. Training.NetworkParameters.Caption, Replicas, Seed],
    };
}
