namespace Eigenflow.Numerics.RandomMatrix;

/// <summary>
/// Solves for the renormalised ridge: λ = κ₁ (1 − n/P), κ₁ = κ₂ Π_l g_l(n), n = n₁(κ₂) + x/κ₂, for any spectrum, any number of samples and any stack of layers.
/// λ is increasing in κ₂, so that Newton's method in log κ₂ inside a bracket cannot fail. Work: about 10 to 15 passes over the nodes of the population, in O(1) memory.
/// Accuracy: relative 1e-9 in κ and the error wherever 1 − γ &gt; 1e-6; differences such as P − n are summed without cancellation.
/// </summary>
public sealed class RidgeEquivalent
{
    // Below this part of all features N − n is found for itself: as a difference it has lost its digits.
    private const double Nearly = 1e-4;

    private readonly Population population;
    private readonly FeatureLayer[] layers;
    private readonly double narrowest;

    /// <summary>States a regression.</summary>
    /// <param name="population">Spectrum and target.</param>
    /// <param name="samples">P &gt; 0.</param>
    /// <param name="layers">Layers of features, the first one first; none for regression on the inputs.</param>
    /// <exception cref="ArgumentOutOfRangeException">The number of samples is not above 0.</exception>
    public RidgeEquivalent(Population population, double samples, params IReadOnlyList<FeatureLayer> layers)
    {
        if (!(samples > 0) || !double.IsFinite(samples))
            throw new ArgumentOutOfRangeException(nameof(samples), samples, "The number of samples is a finite number above 0.");
        this.population = population;
        this.layers = [.. layers];
        Samples = samples;
        narrowest = this.layers.Length > 0 ? this.layers.Min(layer => layer.Limit) : double.PositiveInfinity;
    }

    /// <summary>Number of samples P.</summary>
    public double Samples { get; }

    /// <summary>The population.</summary>
    public Population Population => population;

    internal IReadOnlyList<FeatureLayer> Layers => layers;

    /// <summary>The equivalent at a ridge.</summary>
    /// <param name="ridge">λ ≥ 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">The ridge is negative or not finite.</exception>
    public RenormalizedRidge At(double ridge)
    {
        if (!(ridge >= 0) || !double.IsFinite(ridge))
            throw new ArgumentOutOfRangeException(nameof(ridge), ridge, "A ridge is a finite number >= 0.");
        if (ridge == 0)
            return Ridgeless();
        var target = Math.Log(ridge);
        var kappa = IncreasingRoot.Find(Math.Max(ridge, (population.Trace + population.Additive) / Samples), trial =>
        {
            var at = population.At(trial);
            var left = Left(Samples, at);
            if (!(left > 0) || !(Left(narrowest, at) > 0) || !(at.Learned > 0))
                return (at.Learned > 0 ? double.NegativeInfinity : double.PositiveInfinity, 0);
            var (gain, sensitivity) = Layered(at);
            return (Math.Log(trial) + gain + Math.Log(left / Samples) - target, 1 + (at.Spread / at.Learned * sensitivity) + (at.Spread / left));
        });
        var found = population.At(kappa);
        if (narrowest <= Samples && narrowest < population.Limit && Left(narrowest, found) < Nearly * narrowest)
            return Saturated(ridge);
        var (logGain, sum) = Layered(found);
        var feature = layers.Length == 0 ? kappa : kappa * Math.Exp(logGain);

        // With fewer samples than features N − n = (N − P) + P λ/κ₁ keeps its digits beside the threshold.
        if (layers.Length > 0 && Samples <= narrowest)
            sum = layers.Sum(layer => layer.At(found.Learned, layer.Limit - Samples + (Samples * ridge / feature)).Sensitivity);
        return Make(ridge, found, feature, ridge / feature, found.Spread / found.Learned * sum);
    }

    // A small ridge on features that are fewer than samples and modes: with the unknown L = N − n, κ₂ is that at which N − L are learned, and λ = κ₂ Π g(N − L) (P − N + L)/P increases in L.
    private RenormalizedRidge Saturated(double ridge)
    {
        var target = Math.Log(ridge);
        (Resolution At, double LogGain, double Sum) Evaluate(double left)
        {
            var at = population.At(population.KappaOf(narrowest - left)) with { Learned = narrowest - left };
            double gain = 0, sum = 0;
            foreach (var layer in layers)
            {
                var (logarithm, slope) = layer.At(at.Learned, layer.Limit - narrowest + left);
                gain += logarithm;
                sum += slope;
            }

            return (at, gain, sum);
        }

        double Factor(double left) => (Samples - narrowest + left) / Samples;
        var root = IncreasingRoot.Find(Nearly * narrowest, left =>
        {
            if (!(left < narrowest))
                return (double.PositiveInfinity, 0);
            var (at, gain, sum) = Evaluate(left);
            return (Math.Log(at.Kappa) + gain + Math.Log(Factor(left)) - target, left * ((1 / at.Spread) + (sum / at.Learned) + (1 / (Samples - narrowest + left))));
        });
        var (found, _, sensitivity) = Evaluate(root);
        return Make(ridge, found, ridge / Factor(root), Factor(root), found.Spread / found.Learned * sensitivity);
    }

    /// <summary>The largest number of degrees of freedom: the smallest of samples, widths and dimension.</summary>
    public double MostDegrees => Math.Min(Samples, Math.Min(narrowest, population.Limit));

    /// <summary>The ridge at which so many degrees of freedom are learned, λ = κ₂ Π_l g_l(n) (1 − n/P): S-transforms of the population, of the layers and of sampling multiply.</summary>
    /// <param name="degrees">n, above 0 and below <see cref="MostDegrees"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is none.</exception>
    public double RidgeOf(double degrees)
    {
        if (!(degrees > 0) || !(degrees < MostDegrees))
            throw new ArgumentOutOfRangeException(nameof(degrees), degrees, FormattableString.Invariant($"Degrees of freedom lie above 0 and below {MostDegrees}."));
        return population.KappaOf(degrees) * Math.Exp(layers.Sum(layer => layer.At(degrees, layer.Limit - degrees).LogGain)) * (1 - (degrees / Samples));
    }

    private RenormalizedRidge Ridgeless()
    {
        var smallest = MostDegrees;
        if (population.Limit <= smallest)
        {
            // Everything is learned. Square features lose nothing, but (n₁ − n₂)/n h → 1 for each as wide as the rank.
            var square = layers.Count(layer => layer.Limit == population.Limit);
            return Make(0, population.AtZero(), 0, 1 - (population.Limit / Samples), square) with { IsThreshold = Samples == population.Limit };
        }

        var at = population.At(population.KappaOf(smallest)) with { Learned = smallest };
        if (narrowest <= Samples && narrowest == smallest)
            return Make(0, at, 0, 1 - (narrowest / Samples), double.PositiveInfinity) with { IsThreshold = narrowest == Samples };
        var sum = 0.0;
        var logGain = 0.0;
        foreach (var layer in layers)
        {
            var (gain, sensitivity) = layer.At(smallest, layer.Limit - smallest);
            logGain += gain;
            sum += sensitivity;
        }

        return Make(0, at, layers.Length == 0 ? at.Kappa : at.Kappa * Math.Exp(logGain), 0, at.Spread / smallest * sum);
    }

    private RenormalizedRidge Make(double ridge, Resolution at, double feature, double factor, double pull) => new()
    {
        Ridge = ridge,
        Samples = Samples,
        FeatureKappa = feature,
        Resolution = at,
        TrainFactor = factor,
        Elasticity = 1 / (1 + pull),
        Rigidity = double.IsInfinity(pull) ? 1 : pull / (1 + pull),
    };

    private (double LogGain, double Sensitivity) Layered(in Resolution at)
    {
        double gain = 0, sensitivity = 0;
        foreach (var layer in layers)
        {
            var (logarithm, slope) = layer.At(at.Learned, Left(layer.Limit, at));
            gain += logarithm;
            sensitivity += slope;
        }

        return (gain, sensitivity);
    }

    // limit − n, from whichever of n and rank − n is the smaller number.
    private double Left(double limit, in Resolution at) =>
        double.IsInfinity(limit) ? double.PositiveInfinity : at.Missing < at.Learned ? limit - population.Rank + at.Missing : limit - at.Learned;
}
