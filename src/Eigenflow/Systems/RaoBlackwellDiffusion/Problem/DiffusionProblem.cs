using Eigenflow.Dynamics;
using Eigenflow.Settings;

namespace Eigenflow.Systems.RaoBlackwellDiffusion;

/// <summary>
/// Denoising of data that stand in any pose of a group: x₀ = g(a + √τ ξ) with a template a and g Haar-distributed, x = α x₀ + σ z, and a denoiser that is trained on ‖φ(x) − target‖², summed over coordinates, without ½
/// (arXiv 2502.09890). Immutable.
/// </summary>
internal sealed record DiffusionProblem : IProblem
{
    /// <summary>Largest dimension of a template.</summary>
    public const int LargestDimension = 4096;

    /// <summary>Largest number of candidates of a sampled target.</summary>
    public const int MostSamples = 100_000;

    private const double LargestSize = 1e30, LargestLevel = 1e60;

    /// <summary>The templates.</summary>
    public required TemplateSet Templates { get; init; }

    /// <summary>The group.</summary>
    public required SymmetryGroup Group { get; init; }

    /// <summary>The noise.</summary>
    public KernelKind Kernel { get; init; }

    /// <summary>α of the kernel edm; null for 1.</summary>
    public double? Alpha { get; init; }

    /// <summary>σ &gt; 0, the standard deviation of the noise of every coordinate.</summary>
    public double Sigma { get; init; } = 0.5;

    /// <summary>Standard deviation &gt; 0 of the noise of every coordinate where σ is one, by which the noise of every level is multiplied.</summary>
    public double Deviation { get; init; } = 1;

    /// <summary>c ≥ 0 of the bridge noise σ_b(t) = c √(t(1 − t)) of flow matching, x_t = t x₁ + (1 − t) z + σ_b ε; 0 for none.</summary>
    public double Bridge { get; init; }

    /// <summary>Variance τ ≥ 0 of every coordinate around the template; 0 for templates alone.</summary>
    public double Spread { get; init; }

    /// <summary>Whether translations are removed: clouds have the mean zero, and their noise too.</summary>
    public bool IsCentred { get; init; }

    /// <summary>The target.</summary>
    public EstimatorKind Estimator { get; init; } = EstimatorKind.Orbit;

    /// <summary>Candidates N ≥ 1 of a sampled target.</summary>
    public int Samples { get; init; } = 1;

    /// <summary>Temperature of the tempered target, &gt; 0.</summary>
    public double Temperature { get; init; } = 1;

    /// <summary>d.</summary>
    public int Dimension => Templates.Dimension;

    /// <summary>Whether it lives on the torus, where the target is a score.</summary>
    public bool IsTorus => Kernel == KernelKind.Torus;

    /// <summary>Whether all clean samples are poses of one template, so that the orbit target is the mean over everything.</summary>
    public bool HasOneOrbit => Templates.Count == 1 && Spread == 0;

    /// <summary>The noise level.</summary>
    public NoiseLevel Level => LevelAt(Sigma);

    /// <summary>E‖x₀‖².</summary>
    public double MeanSquare => Templates.MeanSquare + (Spread * (Dimension - (IsCentred ? Templates.Columns : 0)));

    /// <inheritdoc/>
    public string SystemId => RaoBlackwellDiffusionSystem.Identifier;

    /// <inheritdoc/>
    public void Validate()
    {
        if (Templates.Count == 0)
            throw new ParameterException("templates", "(none)", "at least one template");
        if (Dimension > LargestDimension)
            throw new ParameterException("templates", $"({Dimension} numbers each)", $"templates of at most {LargestDimension} numbers", "with template-rows a file holds several");
        foreach (var template in Templates.Values)
        {
            if (!Array.TrueForAll(template, value => Math.Abs(value) <= LargestSize))
                throw new ParameterException("templates", Array.Find(template, value => !(Math.Abs(value) <= LargestSize)), "finite numbers of at most 1e30");
            if (IsCentred)
                CheckCentred(template);
        }

        if (!(Templates.MeanSquare > 0))
            throw new ParameterException("templates", "(all zero)", "a template that is not zero", "a group does not move zero");
        if (Kernel == KernelKind.Torus != Group is TorusTranslations)
            throw new ParameterException("kernel", DiffusionParameters.Word(Kernel), IsTorus ? "edm, vp or flow with this group" : "torus with group = torus", "a kernel has to be equivariant, q(gx|gx₀) = q(x|x₀): translations of the torus need wrapped noise, and wrapped noise has no other symmetry here");
        if (Alpha is not null && Kernel != KernelKind.Edm)
            throw new ParameterException("alpha", Alpha, "left out with this kernel", "it follows from sigma");
        if (!(Bridge >= 0 && Bridge <= LargestSize))
            throw new ParameterException("bridge-noise", Bridge, "a finite number >= 0");
        if (Bridge > 0 && Kernel != KernelKind.FlowMatching)
            throw new ParameterException("bridge-noise", Bridge, "left out with this kernel", "it belongs to kernel = flow");
        if (Bridge > 0 && !(Sigma < 1))
            throw new ParameterException("sigma", Sigma, "> 0 and < 1 with a bridge noise", "at t = 0 the velocity of the bridge is infinite");
        CheckSize(Level);
        if (!(Spread >= 0 && Spread <= LargestSize * LargestSize))
            throw new ParameterException("spread", Spread, "a finite variance >= 0");
        if (Samples is < 1 or > MostSamples)
            throw new ParameterException("samples", Samples, $"a whole number from 1 to {MostSamples}");
        if (!(Temperature > 0) || !double.IsFinite(Temperature))
            throw new ParameterException("temperature", Temperature, "a finite number > 0");
        if (Estimator.IsLocal() && !Group.HasNear)
            throw new ParameterException("estimator", DiffusionParameters.Word(Estimator), "another estimator for this group", "proposals near the identity exist for cyclic, cyclic:N, so2, so3 and torus");
        if (IsTorus && (Spread > 0 || IsCentred || Estimator is EstimatorKind.Kabsch or EstimatorKind.Tempered))
            throw new ParameterException(Spread > 0 ? "spread" : IsCentred ? "translations" : "estimator", Spread > 0 ? Spread : IsCentred ? "removed" : DiffusionParameters.Word(Estimator), "left out with group = torus");
    }

    /// <inheritdoc/>
    public Setting Describe() => DiffusionParameters.Describe(this);

    /// <summary>The noise level of a σ of the kernel, with the standard deviation of its noise.</summary>
    public NoiseLevel LevelAt(double sigma)
    {
        var level = NoiseLevel.Of(Kernel, sigma, Alpha, Bridge);
        return level with { Sigma = level.Sigma * Deviation };
    }

    /// <summary>The same problem at another noise level.</summary>
    public DiffusionProblem At(double sigma) => this with { Sigma = sigma };

    // Fourth powers of all sizes are numbers.
    private void CheckSize(NoiseLevel level)
    {
        if (IsTorus)
            _ = NoiseLevel.Of(Kernel, level.Sigma);
        if (!(level.Sigma >= 1 / LargestLevel && level.Sigma <= LargestLevel))
            throw new ParameterException("sigma", Sigma, "from 1e-60 to 1e60 as a standard deviation of the noise", "its fourth power has to be a number");
        if (!(level.Alpha * Math.Sqrt(MeanSquare) <= LargestLevel && level.Alpha <= LargestLevel))
            throw new ParameterException("alpha", level.Alpha, "at most 1e60, also in the units of the templates", "the fourth power of the clean sample has to be a number");
    }

    private void CheckCentred(double[] template)
    {
        const double Rounding = 1e-6;
        var size = Math.Sqrt(Vectors.Dot(template, template));
        for (var c = 0; c < Templates.Columns; c++)
        {
            var sum = 0.0;
            for (var j = c; j < template.Length; j += Templates.Columns)
                sum += template[j];
            if (Math.Abs(sum / Templates.Rows) > Rounding * size)
                throw new ParameterException("translations", "removed", "kept for this cloud, whose mean is not zero", DisplayText.Plain($"the mean of column {c + 1} is {sum / Templates.Rows:G3}: subtract it from the points"));
        }
    }
}
