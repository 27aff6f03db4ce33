namespace Eigenflow.Systems.RaoBlackwellDiffusion;

/// <summary>The target of a gradient sample.</summary>
public enum EstimatorKind
{
    /// <summary>x₀ from the data as they stand; the target is x₀.</summary>
    Plain,

    /// <summary>x₀ in a random pose; the target is x₀.</summary>
    Augmented,

    /// <summary>The mean of x₀ over its orbit given the noisy sample: Rao–Blackwell, "OrbDiff".</summary>
    Orbit,

    /// <summary>The mean of x₀ over all templates and poses given the noisy sample.</summary>
    Full,

    /// <summary>The orbit mean by self-normalised importance sampling with uniform proposals, of which the generating element is one: unbiased.</summary>
    Snis,

    /// <summary>The same without the generating element: biased.</summary>
    SnisWithout,

    /// <summary>Proposals near the generating element, which is one of them: biased.</summary>
    Local,

    /// <summary>Proposals near a hidden centre that is drawn near the generating element: unbiased.</summary>
    LocalExact,

    /// <summary>The nearest element of the orbit, as by Kabsch: biased.</summary>
    Kabsch,

    /// <summary>The orbit mean with the logarithms of the weights divided by a temperature: biased.</summary>
    Tempered,
}

/// <summary>What is true of estimators.</summary>
internal static class EstimatorKinds
{
    /// <summary>Whether it draws elements of the group for a target.</summary>
    public static bool IsSampled(this EstimatorKind kind) => kind is EstimatorKind.Snis or EstimatorKind.SnisWithout or EstimatorKind.Local or EstimatorKind.LocalExact;

    /// <summary>Whether it proposes elements near another one.</summary>
    public static bool IsLocal(this EstimatorKind kind) => kind is EstimatorKind.Local or EstimatorKind.LocalExact;

    /// <summary>Whether its gradient has the mean of the augmented one.</summary>
    public static bool IsUnbiased(this EstimatorKind kind) => kind is EstimatorKind.Augmented or EstimatorKind.Orbit or EstimatorKind.Full or EstimatorKind.Snis or EstimatorKind.LocalExact;
}
