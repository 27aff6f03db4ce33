using Eigenflow.Figures;
using Eigenflow.Solutions;

namespace Eigenflow.Systems.ScalingRenormalization;

/// <summary>What limits ridge regression and random features in the regions of the phase diagram, in theory and at finite size; noise on features; nonlinear features. Sizes are those of the paper divided by five to fifty.</summary>
internal static class RegionFigures
{
    private const double Dimension = 200, Width = 60;
    private static readonly double[] Places = [40, 100, 200];

    public static ReproductionResult Ridge(IProgress<Progress>? progress, CancellationToken cancellation) => Draw(
        "figure-5", "Structured ridge regression", "Ridge regression on η_{k} = k^{−2} with source r = 0.6 (a) and 1.8 (b), D = 400, λ = 10^{−4}, no label noise",
        [
            new PartsPanel("r = 0.6", samples => Law(400, 2, 0.6) with { Samples = samples, Ridge = 1e-4 }, 5, 300, [80, 160]) { Replicas = 200, Seed = 61, Slopes = [(0, 10, 60, -2.4)] },
            new PartsPanel("r = 1.8", samples => Law(400, 2, 1.8) with { Samples = samples, Ridge = 1e-4 }, 5, 300, [80, 160]) { Replicas = 200, Seed = 62, Slopes = [(0, 10, 60, -4)] },
        ],
        progress, cancellation);

    public static ReproductionResult Features(IProgress<Progress>? progress, CancellationToken cancellation) => Draw(
        "figure-6", "Random features", "Parts of the error of N = 60 Gaussian features of D = 200 inputs: limited by the variance of features (a; α = 1.5, r = 1.2, λ = 10^{−5}), with a ridge P^{−1.5} (b; α = 2, r = 1.5), with label noise that a ridge P^{−2} mitigates (c; α = 3, r = 0.3, σ² = 0.16), and two layers of 120 and 60 features (d; α = 1.5, r = 0.7, λ = 10^{−5})",
        [
            new PartsPanel("variance of features", samples => Layered(1.5, 1.2, Width) with { Samples = samples, Ridge = 1e-5 }, 5, 500, Places) { Replicas = 200, Seed = 53 },
            new PartsPanel("variance and ridge", samples => Layered(2, 1.5, Width) with { Samples = samples, Ridge = Math.Pow(samples, -1.5) }, 5, 500, Places) { Replicas = 200, Seed = 54 },
            new PartsPanel("label noise", samples => Layered(3, 0.3, Width) with { Samples = samples, Ridge = Math.Pow(samples, -2), Noise = 0.16 }, 5, 500, Places) { Replicas = 200, Seed = 55 },
            new PartsPanel("two layers", samples => Layered(1.5, 0.7, 120, Width) with { Samples = samples, Ridge = 1e-5 }, 5, 500, Places) { Replicas = 200, Seed = 56 },
        ],
        progress, cancellation);

    public static ReproductionResult Noisy(IProgress<Progress>? progress, CancellationToken cancellation) => Draw(
        "figure-8", "Noise on features", "Parts of the error where every feature is noisy: isotropic inputs (a; D = 200, N = 100, λ = 10^{−3}, σ² = 0.0625, σ_{ξ}² = 0.25), and D = 10^{4}, N = 5000, λ = 10^{−8}: the noise takes over (b; α = 3, r = 0.4, x = 0.0016), dominates (c; α = 1.8, r = 0.4, x = 6.25), and mitigates label noise (d; α = 3.5, r = 0.8, σ² = 0.64, x = 0.01), of total variance x = D σ_{ξ}²",
        [
            new PartsPanel("isotropic", samples => new RegressionProblem { Target = TargetSpectrum.Blocks([1], [200], [1]), Samples = samples, Ridge = 1e-3, Noise = 0.0625, AdditiveNoise = 0.25, Layers = [new LayerForm(LayerKind.Gaussian, 100)] }, 5, 1000, [40, 200, 400]) { Seed = 37 },
            new PartsPanel("the noise takes over", samples => Wide(3, 0.4, 0.0016) with { Samples = samples }, 2, 2000, []),
            new PartsPanel("the noise dominates", samples => Wide(1.8, 0.4, 6.25) with { Samples = samples }, 2, 2000, []),
            new PartsPanel("label noise", samples => Wide(3.5, 0.8, 0.01) with { Samples = samples, Noise = 0.64 }, 2, 2000, []),
        ],
        progress, cancellation);

    public static ReproductionResult Nonlinear(IProgress<Progress>? progress, CancellationToken cancellation)
    {
        PartsPanel Of(string activation, double exponent, long seed) => new(
            exponent == 0 ? $"{activation}, isotropic" : $"{activation}, α = ½",
            samples => Law(200, exponent, 0.5) with { Samples = samples, Ridge = 0.01, Noise = 0.05, Activation = Activation.All.First(one => one.Name == activation), Layers = [new LayerForm(LayerKind.Gaussian, 150)] }, 10, 1000, [50, 150, 400])
        { Seed = seed, Replicas = 20 };
        return Draw(
            "figure-11", "Nonlinear features", "Parts of the error of 150 features φ(F^{T}x) of D = 200 inputs, λ = 0.01, σ² = 0.05: lines are linear features with the noise of the Gaussian equivalent, dots are regressions on the real activation",
            [Of("relu", 0, 41), Of("erf", 0, 42), Of("tanh", 0.5, 43), Of("relu", 0.5, 44)], progress, cancellation);
    }

    private static ReproductionResult Draw(string id, string subject, string caption, PartsPanel[] panels, IProgress<Progress>? progress, CancellationToken cancellation)
    {
        var drawn = new List<Panel>();
        var claims = new List<Claim>();
        var largest = 0.0;
        foreach (var (k, panel) in panels.Index())
        {
            cancellation.ThrowIfCancellationRequested();
            progress?.Report(new Progress((double)k / panels.Length, panel.Title));
            var (picture, rows) = panel.Draw(cancellation);
            drawn.Add(picture);
            if (rows.Count == 0)
                continue;
            claims.Add(LayerClaims.Farthest(FormattableString.Invariant($"{id}-{k + 1}-error"), $"{subject}, {panel.Title}: test error at finite size", "error", rows));
            largest = Math.Max(largest, picture.Series.First(series => series.Expected is not null).LargestDeparture());
        }

        return new ReproductionResult
        {
            Claims = claims,
            Figures = [new Figure { Id = id, Title = Headline.Departure($"{subject}: simulated test errors", "the theory", largest), Columns = 2, Caption = $"{caption}. Lines are the theory, dots simulations, mean over {string.Join(" and ", panels.Where(panel => panel.Simulated.Length > 0).Select(panel => panel.Replicas).Distinct())} repeats with 3 × 3 draws of data and features; bars of the test error are 95 % intervals.", Panels = drawn }],
        };
    }

    private static RegressionProblem Law(double dimension, double exponent, double source) => new() { Target = TargetSpectrum.PowerLaw((long)dimension, exponent, source) };

    private static RegressionProblem Layered(double exponent, double source, params double[] widths) => Law(Dimension, exponent, source) with { Layers = [.. widths.Select(width => new LayerForm(LayerKind.Gaussian, width))] };

    private static RegressionProblem Wide(double exponent, double source, double noise) => Law(10_000, exponent, source) with { Ridge = 1e-8, AdditiveNoise = noise / 10_000, Layers = [new LayerForm(LayerKind.Gaussian, 5000)] };
}
