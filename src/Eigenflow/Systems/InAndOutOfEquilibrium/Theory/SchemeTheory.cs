using MathNet.Numerics.LinearAlgebra;

namespace Eigenflow.Systems.InAndOutOfEquilibrium;

/// <summary>What the theory says of a sampling scheme: a time unit is a step with replacement, and an epoch (forward and backward: two) without.</summary>
internal sealed record SchemeTheory
{
    private const int SampledParts = 10;

    private SchemeTheory(SchemeOptions options, LocalExpansion expansion, int steps, Matrix<double> diffusion, Vector<double> mean)
    {
        (Options, Expansion, Steps, Diffusion) = (options, expansion, steps, diffusion);
        Leading = StationaryLaw.Continuous(expansion.Hessian, UnitRate, diffusion, mean);
        HasEntropy = StationaryLaw.Rank(diffusion) == expansion.Dimension;
        Drift = UnitRate * expansion.Hessian;
        Exact = Leading;
    }

    /// <summary>What it is of.</summary>
    public SchemeOptions Options { get; }

    /// <summary>The loss.</summary>
    public LocalExpansion Expansion { get; }

    /// <summary>Steps of a time unit.</summary>
    public int Steps { get; }

    /// <summary>η times the steps of a time unit.</summary>
    public double UnitRate => Options.Rate * Steps;

    /// <summary>D of a time unit, to leading order.</summary>
    public Matrix<double> Diffusion { get; }

    /// <summary>The Ornstein–Uhlenbeck law.</summary>
    public StationaryLaw Leading { get; }

    /// <summary>The moments of the chain itself, exact for quadratic losses; its circulation and entropy production are those of the Gaussian chain with the same mean map and covariance.</summary>
    public StationaryLaw Exact { get; private init; }

    /// <summary>The same over each batch of sampled orders, for standard errors; none where orders are enumerated.</summary>
    public IReadOnlyList<StationaryLaw> Parts { get; private init; } = [];

    /// <summary>What a time unit makes of deviations of the mean m and of ⟨δδᵀ⟩ from their stationary values; null where the mean map says all.</summary>
    public Func<Vector<double>, Matrix<double>, (Vector<double> Mean, Matrix<double> Second)>? Moments { get; private init; }

    /// <summary>X of the mean map I − X of a time unit.</summary>
    public Matrix<double> Drift { get; private init; }

    /// <summary>Whether D has full rank, so that entropy production is defined.</summary>
    public bool HasEntropy { get; }

    /// <summary>Whether the exact moments are over all orders, or over sampled ones.</summary>
    public bool IsEnumerated { get; private init; } = true;

    /// <summary>Whether the increments of a time unit are Gaussian, so that the fluctuation theorems are exact for <see cref="Weights"/>.</summary>
    public bool IsGaussian => Expansion.IsQuadratic && (Options.Scheme == SamplingScheme.Langevin || Expansion.BatchFactor == 0);

    /// <summary>The weights of the entropy production of a path, of the mean map and the covariance of the scheme itself; null where D is singular.</summary>
    public PathWeights? Weights => HasEntropy ? field ??= PathWeights.OfDrift(Drift, Exact.Covariance) : null;

    /// <summary>A number of a law with its standard error over batches of sampled orders; the error is not a number where orders are enumerated.</summary>
    public (double Value, double Error) Sampled(Func<StationaryLaw, double> value)
    {
        if (Parts.Count < 2)
            return (value(Exact), double.NaN);
        double[] own = [.. Parts.Select(value)];
        var mean = own.Average();
        return (value(Exact), Math.Sqrt(own.Sum(one => (one - mean) * (one - mean)) / (own.Length - 1.0) / own.Length));
    }

    /// <summary>Effective temperature tr D/(ρ tr H).</summary>
    public double EffectiveTemperature => Diffusion.Trace() / (UnitRate * Expansion.Hessian.Trace());

    /// <summary>Mean of L − L(θ*) to leading order, tr D/(2ρ).</summary>
    public double ExcessLoss => Diffusion.Trace() / (2 * UnitRate);

    /// <summary>The distance of the exact moments to the posterior at the temperature.</summary>
    public PosteriorDistance Distance => DistanceOf(Exact);

    /// <summary>The distance of a law to the posterior at the temperature.</summary>
    public PosteriorDistance DistanceOf(StationaryLaw law) => PosteriorDistance.Of(law.Mean, law.Covariance, Expansion.Hessian, Options.Temperature);

    /// <summary>D of a step with replacement: (η²/2) c_B Γ, or what is given.</summary>
    public static Matrix<double> BatchDiffusion(LocalExpansion expansion, double rate) => expansion.GivenDiffusion ?? (expansion.Covariance * (rate * expansion.BatchFactor / 2) * rate);

    /// <summary>The theory of a scheme.</summary>
    public static SchemeTheory Of(LocalExpansion expansion, SchemeOptions options)
    {
        var (rate, d) = (options.Rate, expansion.Dimension);
        var zero = Vector<double>.Build.Dense(d);
        var identity = Matrix<double>.Build.DenseIdentity(d);
        var thermal = rate * options.ThermalTemperature;
        if (!options.IsEpochs)
        {
            var batch = options.Scheme == SamplingScheme.Langevin ? identity * 0 : BatchDiffusion(expansion, rate);
            var diffusion = batch + (identity * thermal);
            var theory = new SchemeTheory(options, expansion, 1, diffusion, zero);
            if (options.Scheme == SamplingScheme.Langevin || expansion.Samples == 0)
                return theory with { Exact = StationaryLaw.Discrete(expansion.Hessian, rate, diffusion, zero) };
            var map = new MeanSquareMap(expansion, rate);
            return theory with
            {
                Exact = StationaryLaw.Of(theory.Drift, zero, map.Covariance(diffusion * 2), theory.HasEntropy),
                Moments = (mean, second) => (mean - (theory.Drift * mean), map.Next(second)),
            };
        }

        var orders = EpochOrders.Of(expansion);
        var epochs = new EpochMoments(expansion, rate, options.Scheme == SamplingScheme.ShuffledSymmetric, options.IsCorrected);
        var unit = EpochDiffusion.Of(expansion, orders, rate, options.Scheme == SamplingScheme.ShuffledSymmetric) + (identity * (thermal * epochs.Steps));
        var isPerStep = options.Placement == NoisePlacement.PerStep;
        var (state, parts) = epochs.Stationary(orders, isPerStep ? 2 * thermal : 0, isPerStep ? 0 : 2 * thermal * epochs.Steps, orders.IsComplete ? 0 : SampledParts);
        var leading = new SchemeTheory(options, expansion, epochs.Steps, unit, options.IsCorrected ? zero : Shift(expansion, rate));
        StationaryLaw Law(EpochState of) => StationaryLaw.Of(of.Drift, of.Mean, of.Covariance, leading.HasEntropy);
        return leading with { Drift = state.Drift, IsEnumerated = orders.IsComplete, Exact = Law(state), Moments = state.Next, Parts = [.. parts.Select(Law)] };
    }

    /// <summary>Leading shift of the minimum of shuffled epochs: −(η/4) c_B H⁻¹ ∇ tr Γ (derived); the same forward and backward.</summary>
    public static Vector<double> Shift(LocalExpansion expansion, double rate) => expansion.Hessian.Solve(expansion.TraceGradient) * (-rate / 4 * expansion.EpochFactor);
}

/// <summary>A scheme with its numbers.</summary>
/// <param name="Scheme">How samples are drawn.</param>
/// <param name="Rate">η.</param>
/// <param name="Temperature">T of thermal noise.</param>
/// <param name="Placement">Where thermal noise stands in an epoch.</param>
/// <param name="IsCorrected">Whether the shift of shuffled epochs is taken out.</param>
internal sealed record SchemeOptions(SamplingScheme Scheme, double Rate, double Temperature, NoisePlacement Placement = NoisePlacement.PerStep, bool IsCorrected = false)
{
    /// <summary>Whether a time unit is one or two epochs.</summary>
    public bool IsEpochs => Scheme is SamplingScheme.WithoutReplacement or SamplingScheme.Sgworld or SamplingScheme.ShuffledSymmetric;

    /// <summary>T of the noise that is added: zero for plain SGD.</summary>
    public double ThermalTemperature => Scheme is SamplingScheme.WithReplacement or SamplingScheme.WithoutReplacement ? 0 : Temperature;

    /// <summary>Whether it is a sampler of the posterior.</summary>
    public bool IsSampler => ThermalTemperature > 0;

    /// <summary>Steps of a time unit for a number of batches.</summary>
    public int StepsOf(int batches) => Scheme switch { SamplingScheme.ShuffledSymmetric => 2 * batches, _ => IsEpochs ? batches : 1 };
}
