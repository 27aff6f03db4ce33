using Eigenflow.Dynamics;
using Eigenflow.Solutions;

namespace Eigenflow.Systems.RaoBlackwellDiffusion;

/// <summary>The columns of solutions.</summary>
internal static class DiffusionColumns
{
    public static readonly NamedQuantity Sigma = new("sigma", "σ", "Standard deviation of the noise.") { AxisLabel = "noise level σ" };
    public static readonly NamedQuantity Samples = new("samples", "N", "Candidates of a sampled target.") { AxisLabel = "candidates N" };
    public static readonly NamedQuantity Alpha = new("alpha", "α", "Factor of the clean sample.") { Words = "factor of the clean sample" };
    public static readonly NamedQuantity Signal = new("signal", "s", "Signal-to-noise amplitude α (E‖a‖²)^½/σ.");

    public static readonly NamedQuantity Distance = new("distance", "E‖W − W*‖²", "Mean square distance of the parameters from their optimum.");
    public static readonly NamedQuantity DistanceError = new("distance-error", "ε_d", "Estimated error of distance, from the integral of the noise of targets, carried through the recursion; 0 where that is known to rounding.");
    public static readonly NamedQuantity ExcessRiskError = new("excess-risk-error", "ε_R", "The same of excess-risk.");
    public static readonly NamedQuantity MeanDistance = new("mean-distance", "tr E(W − W*)/d", "Mean distance of a diagonal entry of the parameters from its optimum; E(θ − θ*) for one parameter.");
    public static readonly NamedQuantity ExcessRisk = new("excess-risk", "E‖φ − φ°‖²", "Excess risk over the best parameters, on samples in random poses.");
    public static readonly NamedQuantity Loss = new("loss", "L", "Mean training loss ‖φ(x) − target‖², summed over coordinates; estimators differ in it by a constant.");

    /// <summary>Exact parts, each with its number.</summary>
    public static readonly (NamedQuantity Quantity, Func<TargetVariance, double> Of)[] Exact =
    [
        (new("orbit-noise", "E tr Cov(x₀|x, orbit)", "Variance of the augmented target around that of the orbit: what orbit averaging removes."), parts => parts.Orbit),
        (new("full-noise", "E‖x₀ − E[x₀|x]‖²", "Variance of the augmented target around the mean over templates and poses."), parts => parts.Full),
        (new("between", "E‖φ* − E[x₀|x]‖²", "What orbit averaging leaves: the part between templates.") { Words = "noise that orbit averaging leaves" }, parts => parts.Between),
        (new("removed", "r", "Part of the noise of targets that orbit averaging removes, 1 − between/full-noise; 1 with one template and no spread, and no number where nothing is left of the noise.") { Words = "part of the noise that orbit averaging removes" }, parts => parts.Removed),
        (new("mmse", "v", "orbit-noise in units of the mean square of the target."), parts => parts.Orbit / parts.Clean),
        (new("gradient-ratio", "R", "Variance of the gradient of the orbit target over that of the augmented one for a denoiser that is zero, E‖φ*‖²/E‖x₀‖²; 1 − v for one template."), parts => parts.OrbitSquare / parts.Clean),
        (new("full-ratio", "R_{full}", "The same for the mean over templates and poses."), parts => parts.FullSquare / parts.Clean),
        (new("error", "ε", "Estimated largest error of these numbers, relative to the mean square of the target."), parts => parts.Error),
    ];

    /// <summary>Velocity targets of flow matching with a bridge noise.</summary>
    public static readonly (NamedQuantity Quantity, Func<BridgeNoise, TargetVariance, double> Of, Func<BridgeNoise, TargetVariance, double> Error)[] OfBridge =
    [
        (new("velocity-noise", "E tr Cov(v|x_t, orbit)", "Variance of the augmented velocity target of a bridge noise around its mean over the orbit."), (bridge, parts) => bridge.Whole(parts.Orbit), (bridge, parts) => bridge.Whole(parts.OrbitError) - bridge.Whole(0)),
        (new("velocity-left", "E tr Cov(v̄|x_t, orbit)", "What is left of it where the clean sample alone is averaged over its orbit: the noise z of the sample stays."), (bridge, parts) => bridge.Left(parts.Orbit), (bridge, parts) => bridge.Left(parts.OrbitError) - bridge.Left(0)),
        (new("velocity-removed", "r_v", "Part of the variance of the velocity target that averaging the clean sample removes, 1 − velocity-left/velocity-noise."), (bridge, parts) => 1 - (bridge.Left(parts.Orbit) / bridge.Whole(parts.Orbit)), (bridge, parts) => parts.OrbitError / Math.Max(parts.Orbit, parts.OrbitError)),
    ];

    /// <summary>What is measured of an estimator.</summary>
    public static readonly (NamedQuantity Quantity, Func<EstimatorDraws, DrawnMean> Of)[] Drawn =
    [
        (new("target-error", "E‖t − φ*‖²", "Mean square distance of the estimator's target from that of the orbit."), draws => draws.Error),
        (new("target-bias", "b", "Bias of the estimator along the orbit target, E⟨t − φ*, φ*⟩/E‖φ*‖²: zero for what is unbiased given x."), draws => draws.Bias),
        (new("target-square", "E‖t‖²", "Mean square of the estimator's target, the variance of its gradient for a denoiser that is zero."), draws => draws.Square),
        (new("effective-samples", "N_{eff}", "Effective number of candidates, (Σw)²/Σw²."), draws => draws.Effective),
    ];

    /// <summary>All columns that solutions can have.</summary>
    public static readonly IReadOnlyList<NamedQuantity> Described =
    [
        Sigma, Samples, GridParameters.Step, Alpha, Signal, .. Exact.Select(pair => pair.Quantity), .. OfBridge.Select(one => one.Quantity),
        .. Drawn.Select(pair => pair.Quantity), Distance, MeanDistance, ExcessRisk, Loss, DistanceError, ExcessRiskError, .. Training.NetworkMeasure.Own, .. VerifyMethod.Quantities, .. VerifyMethod.Resolutions, VerifyMethod.Holds, VerifyMethod.Inconclusive,
    ];

    /// <summary>The column of the axis.</summary>
    public static NamedQuantity Axis(string along) => along == Samples.Name ? Samples : Sigma;
}
