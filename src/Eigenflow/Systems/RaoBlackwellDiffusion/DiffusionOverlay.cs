using Eigenflow.Figures;
using Eigenflow.Settings;
using Eigenflow.Solutions;
using static Eigenflow.Systems.RaoBlackwellDiffusion.DiffusionParameters;

namespace Eigenflow.Systems.RaoBlackwellDiffusion;

/// <summary>How solutions of this system are overlaid.</summary>
internal static class DiffusionOverlay
{
    // Those of the statements that are means over draws.
    private static readonly string[] Means = ["unbiased-orbit", "unbiased-full", "covariance-orbit", "covariance-full", "loss-gap", "zero-noise", "estimator"];

    private static readonly Parameter[] Parameters = [Group, Templates, Kernel, Sigma, Alpha, Bridge, Spread, Estimator, Samples, Temperature, Draws, Model, LearningRate, Batch, .. Training.NetworkParameters.Caption, Replicas, Seed];

    public static readonly Overlay Overlay = new()
    {
        Title = "Rao–Blackwell diffusion",
        Description = "Noise of training targets, and what it does to SGD.",
        Panels =
        [
            new("orbit-noise", "what orbit averaging removes", "E tr Cov(x_{0}|x, orbit)") { When = IsAlongNoise },
            new("between", "what it leaves", "E‖φ* − E[x_{0}|x]‖²") { When = solution => IsAlongNoise(solution) && Array.Exists(solution["between"], value => value > 0) },
            new("velocity-left", "velocity: what averaging x_{1} leaves", "E tr Cov(v̄|x_{t}, orbit)"),
            new("gradient-ratio", "gradient variance, orbit over augmented", "ratio R") { IsLogarithmicY = false, When = IsAlongNoise },
            new("target-error", "distance from the orbit target", "E‖t − φ*‖²") { HasErrors = true },
            new("target-bias", "bias along the orbit target", "bias b") { IsLogarithmicY = false, HasErrors = true, Lines = [new ReferenceLine(0, "", false)] },
            new("effective-samples", "effective candidates", "N_{eff}") { HasErrors = true, When = IsSampled },
            new("excess-risk", "excess risk", "excess risk") { AbscissaLabel = "step k" },
            new("distance", "distance from the optimum", "E‖W − W*‖²") { AbscissaLabel = "step k" },
            new OwnPanel([.. Means.Select(name => (name + VerifyMethod.Suffix, name))], "verified means", "deviation / limit") { IsLogarithmicY = false, Lines = [new ReferenceLine(1, "limit", false)] },
            new OwnPanel([.. Means.Select(name => (name + VerifyMethod.Power, name))], "what would be found", "smallest violation") { Lines = [new ReferenceLine(TestedStatement.Coarsest, "can tell below", false)] },
            new("posterior-excess", "excess risk over E[x_{0}|x]", "excess risk R") { AbscissaLabel = "step k" },
            new("training-loss", "training loss", "loss L") { AbscissaLabel = "step k" },
            new("gradient-variance", "variance of the gradient", "variance tr C") { AbscissaLabel = "step k" },
            new("sample-distance", "generated samples", "mean distance D") { AbscissaLabel = "step k" },
        ],
        Caption = Parameters,
        CaptionOf = solutions => [.. Parameters.Where(parameter => solutions.Any(solution => HasMeaning(solution, parameter)))],
        Remark = solutions => solutions.Count == 0 ? null
            : solutions.All(solution => solution.Method == "verify") ? "A statement is violated where its deviation is above the limit; where the smallest violation that would be found is above a fifth of what it is about, the test cannot tell."
            : solutions.All(solution => solution.Method == "variance") ? solutions.Any(solution => solution.Has("target-error")) ? "Bands: 95 % intervals of means over draws." : "Integrals, to the column error; what is left is not drawn where it is below its own." : null,
        SentenceOf = solutions => solutions.Count > 0 && solutions.All(solution => solution.Method == "verify" && solution.Rows > 0) ? VerifyMethod.Sentence(solutions) : null,
        SubjectOf = solutions => solutions.Count > 0 && solutions.All(solution => solution.Has("target-error") && !IsAlongNoise(solution)) ? "target-error" : solutions.Count > 0 && solutions.All(IsAlongNoise) ? "orbit-noise" : null,
    };

    // Sampled targets have candidates; the others are one.
    private static bool IsSampled(Solution solution) => solution.Has("effective-samples") && Array.Exists(solution["effective-samples"], value => value != 1);

    private static bool IsAlongNoise(Solution solution) => solution.Has("orbit-noise") && solution.Axis.Name == Sigma.Name;

    // What is on the axis has no value, and what is exact has no draws.
    private static bool HasMeaning(Solution solution, Parameter parameter) =>
        parameter.Name != solution.Axis.Name && (parameter != Bridge || solution.Setting[Bridge.Name] is > 0.0) && (solution.Method != "variance" || solution.Has("target-error") || (parameter != Draws && parameter != Seed));
}
