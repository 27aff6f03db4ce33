using MathNet.Numerics.LinearAlgebra;

namespace Eigenflow.Systems.InAndOutOfEquilibrium;

/// <summary>What the theory says of a sampling scheme: a time unit is a step with replacement, and an epoch (forward and backward: two) without.</summary>
internal sealed class SchemeTheory
{
    private SchemeTheory(SchemeOptions options, LocalExpansion expansion, int steps, Matrix<double> diffusion, Vector<double> mean)
    {
        (Options, Expansion, Steps, Diffusion) = (options, expansion, steps, diffusion);
        Leading = StationaryLaw.Continuous(expansion.Hessian, UnitRate, diffusion, mean);
        Additive = StationaryLaw.Discrete(expansion.Hessian, UnitRate, diffusion, mean);
        Exact = Additive;
        Map = Matrix<double>.Build.DenseIdentity(expansion.Dimension) - (UnitRate * expansion.Hessian);
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

    /// <summary>The law of the chain with the same diffusion as Gaussian noise; exact in the step size.</summary>
    public StationaryLaw Additive { get; }

    /// <summary>The moments of the chain itself; exact for quadratic losses.</summary>
    public StationaryLaw Exact { get; private init; }

    /// <summary>Mean map of a time unit.</summary>
    public Matrix<double> Map { get; private init; }

    /// <summary>Whether the exact moments are over all orders, or over sampled ones.</summary>
    public bool IsEnumerated { get; private init; } = true;

    /// <summary>The weights of the entropy production of a path; null where D is singular.</summary>
    public PathWeights? Weights => PathWeights.Of(Expansion.Hessian, UnitRate, Diffusion, Exact.Covariance);

    /// <summary>Effective temperature tr D/(ρ tr H).</summary>
    public double EffectiveTemperature => Diffusion.Trace() / (UnitRate * Expansion.Hessian.Trace());

    /// <summary>Mean of L − L(θ*) to leading order, tr D/(2ρ).</summary>
    public double ExcessLoss => Diffusion.Trace() / (2 * UnitRate);

    /// <summary>The distance of the exact moments to the posterior at the temperature.</summary>
    public PosteriorDistance Distance => PosteriorDistance.Of(Exact.Mean, Exact.Covariance, Expansion.Hessian, Options.Temperature);

    /// <summary>D of a step with replacement: (η²/2) c_B Γ, or what is given.</summary>
    public static Matrix<double> BatchDiffusion(LocalExpansion expansion, double rate) => expansion.GivenDiffusion ?? (expansion.Covariance * (rate * rate / 2 * expansion.BatchFactor));

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
            if (options.Scheme == SamplingScheme.Langevin || expansion.Samples == 0)
                return new SchemeTheory(options, expansion, 1, diffusion, zero);
            var sigma = new MeanSquareMap(expansion, rate).Covariance(diffusion * 2);
            return new SchemeTheory(options, expansion, 1, diffusion, zero) { Exact = StationaryLaw.Of(expansion.Hessian, rate, diffusion, zero, sigma) };
        }

        var orders = EpochOrders.Of(expansion);
        var epochs = new EpochMoments(expansion, rate, options.Scheme == SamplingScheme.ShuffledSymmetric, options.IsCorrected);
        var unit = EpochDiffusion.Of(expansion, orders, rate, options.Scheme == SamplingScheme.ShuffledSymmetric) + (identity * (thermal * epochs.Steps));
        var isPerStep = options.Placement == NoisePlacement.PerStep;
        var (mean, covariance, map) = epochs.Stationary(orders, isPerStep ? 2 * thermal : 0, isPerStep ? 0 : 2 * thermal * epochs.Steps);
        var leading = options.IsCorrected ? zero : Shift(expansion, rate);
        var circulation = ((covariance * map) - (map * covariance)) / 2;
        var weights = PathWeights.Of(expansion.Hessian, rate * epochs.Steps, unit, covariance);
        return new SchemeTheory(options, expansion, epochs.Steps, unit, leading)
        {
            Map = map,
            IsEnumerated = orders.IsComplete,
            Exact = new StationaryLaw(mean, covariance, circulation, weights?.MeanRate(circulation) ?? double.NaN),
        };
    }

    /// <summary>Leading shift of the minimum of shuffled epochs: −(η/4) c_B H⁻¹ ∇ tr Γ (derived); the same forward and backward.</summary>
    public static Vector<double> Shift(LocalExpansion expansion, double rate) => expansion.Hessian.Solve(expansion.TraceGradient) * (-rate / 4 * expansion.BatchFactor);
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
