using Eigenflow.Solutions;

namespace Eigenflow.Systems.InAndOutOfEquilibrium;

/// <summary>The numbers of the theory as summaries of solutions: the Ornstein–Uhlenbeck law, and with the suffix -exact the moments that are exact in the step size.</summary>
internal static class TheorySummary
{
    /// <summary>Suffix of exact numbers.</summary>
    public const string Exact = "-exact";

    /// <summary>The leading numbers.</summary>
    public static IEnumerable<SummaryNumber> Leading(SchemeTheory theory, int columns)
    {
        foreach (var number in Law(theory.Leading, columns, "", " by the Ornstein–Uhlenbeck law", theory.Leading.Entropy))
            yield return number;
        foreach (var (i, j) in EquilibriumColumns.Pairs(columns))
            yield return new SummaryNumber($"diffusion-{i}{j}", $"D_{i}{j}", theory.Diffusion[i - 1, j - 1], "Diffusion matrix of a time unit to leading order: half of the covariance of its displacement.");
    }

    /// <summary>The exact numbers and what follows from them.</summary>
    public static IEnumerable<SummaryNumber> Others(SchemeTheory theory, int columns)
    {
        var how = theory.IsEnumerated ? "" : " (over sampled orders)";
        foreach (var number in Law(theory.Exact, columns, Exact, $" of the chain{how}", theory.Additive.Entropy))
            yield return number;
        for (var i = 1; i <= columns; i++)
            yield return new SummaryNumber($"minimum-{i}", $"θ*_{i}", theory.Expansion.Minimum[i - 1], "Coordinate of the minimum.");
        foreach (var (i, j) in EquilibriumColumns.Pairs(columns))
            yield return new SummaryNumber($"hessian-{i}{j}", $"H_{i}{j}", theory.Expansion.Hessian[i - 1, j - 1], "Entry of the Hessian at the minimum.");
        if (theory.Expansion.Samples > 0)
        {
            foreach (var (i, j) in EquilibriumColumns.Pairs(columns))
                yield return new SummaryNumber($"gradient-covariance-{i}{j}", $"Γ_{i}{j}", theory.Expansion.Covariance[i - 1, j - 1], "Covariance of the per-sample gradients at the minimum.");
        }

        yield return new SummaryNumber("effective-temperature", "T_eff", theory.EffectiveTemperature, "tr D/(ρ tr H) with ρ the learning rate times the steps of a time unit.");
        yield return new SummaryNumber("excess-loss", "ΔL", theory.ExcessLoss, "Mean of L − L(θ*), tr D/(2ρ) to leading order.");
        var half = GeneratingFunction.At(0.5, theory.Expansion.Hessian, theory.UnitRate, theory.Additive.Covariance);
        if (double.IsFinite(theory.Additive.Entropy) && double.IsFinite(half))
            yield return new SummaryNumber("generating-half", "⟨exp(−σ/2)⟩", half, "Mean of exp(−σ/2) over one time unit of the chain with Gaussian noise of the same diffusion.");
        if (!theory.Options.IsSampler)
            yield break;
        foreach (var number in Distance(theory.Distance, Exact, how))
            yield return number;
    }

    /// <summary>The distance to the posterior.</summary>
    public static IEnumerable<SummaryNumber> Distance(PosteriorDistance distance, string suffix, string how)
    {
        var mark = suffix.Length == 0 ? "" : ", exact";
        yield return new SummaryNumber("kl" + suffix, "KL" + mark, distance.Kl, $"Kullback–Leibler divergence of the Gaussian of these moments to the posterior{how}.");
        yield return new SummaryNumber("covariance-error" + suffix, "ε_Σ" + mark, distance.Covariance, $"Relative error of the covariance against the posterior, in the Frobenius norm{how}.");
        yield return new SummaryNumber("wasserstein" + suffix, "W₂" + mark, distance.Wasserstein, $"Wasserstein-2 distance of the Gaussian of these moments to the posterior{how}.");
    }

    private static IEnumerable<SummaryNumber> Law(StationaryLaw law, int columns, string suffix, string how, double entropy)
    {
        var mark = suffix.Length == 0 ? "" : ", exact";
        for (var i = 1; i <= columns; i++)
            yield return new SummaryNumber(EquilibriumColumns.Mean(i).Name + suffix, EquilibriumColumns.Mean(i).Symbol + mark, law.Mean[i - 1], $"Stationary mean of δ{how}.");
        foreach (var (i, j) in EquilibriumColumns.Pairs(columns))
            yield return new SummaryNumber(EquilibriumColumns.Covariance(i, j).Name + suffix, EquilibriumColumns.Covariance(i, j).Symbol + mark, law.Covariance[i - 1, j - 1], $"Stationary covariance{how}.");
        foreach (var (i, j) in EquilibriumColumns.Planes(columns))
            yield return new SummaryNumber(EquilibriumColumns.Circulation(i, j).Name + suffix, EquilibriumColumns.Circulation(i, j).Symbol + mark, law.Circulation[i - 1, j - 1], $"Stationary circulation per time unit{how}.");
        if (double.IsFinite(entropy))
            yield return new SummaryNumber(EquilibriumColumns.Entropy.Name + suffix, EquilibriumColumns.Entropy.Symbol + mark, entropy, suffix.Length == 0 ? $"Mean entropy production per time unit{how}." : "Mean entropy production per time unit of the chain with Gaussian noise of the same diffusion, exact in the step size.");
    }
}
