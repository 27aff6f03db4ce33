namespace Eigenflow.Systems.RaoBlackwellDiffusion;

/// <summary>A statement about orbit targets that is tested.</summary>
/// <param name="Name">Lower-case name.</param>
/// <param name="Meaning">One sentence.</param>
/// <param name="On">What it is tested on.</param>
/// <param name="Trivial">Why it says nothing for some problems; empty where it always says something.</param>
internal sealed record VerifiedStatement(string Name, string Meaning, string On, string Trivial = "");

/// <summary>A test of a statement at a noise level.</summary>
/// <param name="Deviation">Deviation in units of the limit.</param>
/// <param name="Resolution">The limit in units of what the statement is about: the smallest violation that would be found.</param>
internal readonly record struct TestedStatement(double Deviation, double Resolution)
{
    /// <summary>The coarsest resolution at which a test tells anything.</summary>
    public const double Coarsest = 0.2;

    // Of numbers that are written: infinity has no spelling in JSON.
    private const double Largest = 1e300;

    /// <summary>Whether the statement is violated.</summary>
    public bool Fails => !(Deviation <= 1);

    /// <summary>Whether a violation of a fifth would have been found.</summary>
    public bool Tells => Resolution <= Coarsest;

    /// <summary>A test.</summary>
    /// <param name="difference">Found difference of what should be equal.</param>
    /// <param name="limit">What it may be.</param>
    /// <param name="scale">What the statement is about.</param>
    public static TestedStatement Of(double difference, double limit, double scale) => new(difference == 0 ? 0 : Ratio(difference, limit), Ratio(limit, scale));

    private static double Ratio(double part, double of) => double.IsNaN(part) || double.IsNaN(of) || of == 0 ? Largest : Math.Min(Largest, Math.Abs(part / of));
}

/// <summary>The statements in their order, and what of them says nothing, or is not tested.</summary>
internal static class VerifiedStatements
{
    private const string OneOrbit = "with one template and no spread the mean over everything is that over the orbit";

    /// <summary>All of them: the exact ones first.</summary>
    public static IReadOnlyList<VerifiedStatement> All { get; } =
    [
        new("kernel", "The kernel is equivariant, q(gx|gx₀) = q(x|x₀).", "16 samples"),
        new("equivariance", "The orbit target is equivariant, φ*(x₀, hx) = hφ*(x₀, x).", "16 samples"),
        new("orbit-invariance", "The orbit target does not depend on the pose of x₀, φ*(hx₀, x) = φ*(x₀, x).", "16 samples"),
        new("posed-model", "For an equivariant denoiser the loss of a sample does not depend on its pose: augmentation reduces no variance.", "16 samples, the posterior mean as the denoiser"),
        new("unbiased-orbit", "The orbit target is unbiased: x₀ − φ* is uncorrelated with functions of x, here φ* itself.", "draws, one function of x"),
        new("unbiased-full", "The mean over templates and poses is unbiased: x₀ − E[x₀|x] is uncorrelated with E[x₀|x].", "draws, one function of x", OneOrbit),
        new("covariance-orbit", "Cov(augmented) − Cov(orbit) = 4E[Jᵀ Cov(x₀|x, orbit) J] ⪰ 0.", "draws, the traces for a linear denoiser at W = 0"),
        new("covariance-full", "Cov(orbit) − Cov(full) = 4E[Jᵀ Cov(φ*|x) J] ⪰ 0.", "draws, the traces for a linear denoiser at W = 0", OneOrbit),
        new("loss-gap", "The losses of the augmented and the orbit target differ by E tr Cov(x₀|x, orbit) whatever the denoiser.", "draws, one poor linear denoiser"),
        new("zero-noise", "At the optimum the noise of the orbit target is that between templates, E‖φ* − E[x₀|x]‖²: none for one template.", "draws", OneOrbit),
        new("total-variance", "E‖x₀ − E[x₀|x]‖² = E tr Cov(x₀|x, orbit) + E‖φ* − E[x₀|x]‖², three integrals.", "integrals", OneOrbit),
        new("estimator", "The target of the chosen estimator is unbiased along the orbit target.", "draws, one function of x", "the chosen target is that of the orbit"),
    ];

    /// <summary>Whether a statement says something about a problem: 0 = 0 is left out.</summary>
    /// <param name="index">0-based number of the statement.</param>
    /// <param name="problem">The problem.</param>
    public static bool IsTrivial(int index, DiffusionProblem problem) => All[index].Trivial == OneOrbit
        ? problem.HasOneOrbit
        : All[index].Trivial.Length > 0 && (problem.Estimator == EstimatorKind.Orbit || (problem.Estimator == EstimatorKind.Full && problem.HasOneOrbit));

    /// <summary>Why a statement is measured and not tested for an estimator; empty where it is tested.</summary>
    /// <param name="index">0-based number of the statement.</param>
    /// <param name="estimator">The estimator.</param>
    public static string Untested(int index, EstimatorKind estimator) =>
        All[index].Name != "estimator" || estimator.IsUnbiased() ? ""
        : estimator == EstimatorKind.Plain ? "plain targets are unbiased for an equivariant denoiser alone: inputs in random poses, as here, are those of augmented"
        : "biased by construction";
}
