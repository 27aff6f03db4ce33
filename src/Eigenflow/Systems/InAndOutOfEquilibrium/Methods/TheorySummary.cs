using Eigenflow.Solutions;

namespace Eigenflow.Systems.InAndOutOfEquilibrium;

/// <summary>
/// The numbers of the theory as summaries of solutions: the Ornstein–Uhlenbeck law; with the suffix -exact the moments that are exact in the step size;
/// and with -sampled those over sampled orders of epochs, each with a standard error.
/// </summary>
internal static class TheorySummary
{
    /// <summary>Suffix of exact numbers.</summary>
    public const string Exact = "-exact";

    /// <summary>Suffix of numbers over sampled orders.</summary>
    public const string Sampled = "-sampled";

    private const string Orders = "batches of sampled orders";

    /// <summary>The leading numbers.</summary>
    public static IEnumerable<SummaryNumber> Leading(SchemeTheory theory, int columns)
    {
        foreach (var number in Law(law => (law(theory.Leading), double.NaN), columns, "", " by the Ornstein–Uhlenbeck law", "Mean entropy production per time unit by the Ornstein–Uhlenbeck law."))
            yield return number;
        var how = theory.IsEnumerated ? "" : "; over sampled partitions";
        foreach (var (i, j) in EquilibriumColumns.Pairs(columns))
            yield return new SummaryNumber($"diffusion-{i}{j}", $"D_{i}{j}", theory.Diffusion[i - 1, j - 1], $"Diffusion matrix of a time unit to leading order: half of the covariance of its displacement{how}.");
    }

    /// <summary>The exact numbers and what follows from them.</summary>
    public static IEnumerable<SummaryNumber> Others(SchemeTheory theory, int columns)
    {
        var suffix = theory.IsEnumerated ? Exact : Sampled;
        var how = (theory.IsEnumerated ? "" : ", over sampled orders") + (theory.Expansion.IsQuadratic ? "" : ", of the quadratic expansion at the minimum");
        foreach (var number in Law(theory.Sampled, columns, suffix, $" of the chain{how}", $"Mean entropy production per time unit of the Gaussian chain with the mean map and the covariance of this one{how}."))
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
        var half = theory.HasEntropy ? GeneratingFunction.At(0.5, theory.Drift, theory.Exact.Covariance) : double.NaN;
        if (double.IsFinite(half))
            yield return new SummaryNumber("generating-half", "⟨exp(−σ/2)⟩", half, $"Mean of exp(−σ/2) over one time unit of the Gaussian chain with the mean map and the covariance of this one{how}.");
        if (!theory.Options.IsSampler)
            yield break;
        foreach (var number in Distance(of => theory.Sampled(law => of(theory.DistanceOf(law))), suffix, how))
            yield return number;
    }

    /// <summary>The distance to the posterior.</summary>
    /// <param name="value">A number of the distance with its standard error, or with one that is not a number.</param>
    /// <param name="suffix">Of names.</param>
    /// <param name="how">Of descriptions.</param>
    /// <param name="over">What standard errors are over.</param>
    public static IEnumerable<SummaryNumber> Distance(Func<Func<PosteriorDistance, double>, (double Value, double Error)> value, string suffix, string how, string over = Orders) =>
    [
        .. With("kl", "KL", suffix, value(one => one.Kl), $"Kullback–Leibler divergence of the Gaussian of these moments to the posterior{how}.", over),
        .. With("covariance-error", "ε_Σ", suffix, value(one => one.Covariance), $"Relative error of the covariance against the posterior, in the Frobenius norm{how}.", over),
        .. With("wasserstein", "W₂", suffix, value(one => one.Wasserstein), $"Wasserstein-2 distance of the Gaussian of these moments to the posterior{how}.", over),
    ];

    /// <summary>A number, and its standard error where there is one.</summary>
    public static IEnumerable<SummaryNumber> With(string name, string symbol, string suffix, (double Value, double Error) value, string meaning, string over = Orders)
    {
        if (!double.IsFinite(value.Value))
            yield break;
        var text = symbol + (suffix.Length == 0 ? "" : ", " + suffix[1..]);
        yield return new SummaryNumber(name + suffix, text, value.Value, meaning);
        if (double.IsFinite(value.Error))
            yield return new SummaryNumber(name + suffix + ReplicaColumns.Error, "SE of " + text, value.Error, $"Standard error of {name}{suffix} over {over}.");
    }

    private static IEnumerable<SummaryNumber> Law(Func<Func<StationaryLaw, double>, (double Value, double Error)> value, int columns, string suffix, string how, string entropy)
    {
        IEnumerable<SummaryNumber> Of(NamedQuantity quantity, Func<StationaryLaw, double> part, string meaning) => With(quantity.Name, quantity.Symbol, suffix, value(part), meaning);
        return
        [
            .. Enumerable.Range(1, columns).SelectMany(i => Of(EquilibriumColumns.Mean(i), law => law.Mean[i - 1], $"Stationary mean of δ{how}.")),
            .. EquilibriumColumns.Pairs(columns).SelectMany(pair => Of(EquilibriumColumns.Covariance(pair.I, pair.J), law => law.Covariance[pair.I - 1, pair.J - 1], $"Stationary covariance{how}.")),
            .. EquilibriumColumns.Planes(columns).SelectMany(pair => Of(EquilibriumColumns.Circulation(pair.I, pair.J), law => law.Circulation[pair.I - 1, pair.J - 1], $"Stationary circulation per time unit{how}.")),
            .. Of(EquilibriumColumns.Entropy, law => law.Entropy, entropy),
        ];
    }
}
