namespace Eigenflow.Systems.RaoBlackwellDiffusion;

/// <summary>The mean of x₀ over its orbit given x, ∫ g x₀ q(x|g x₀) dμ / ∫ q(x|g x₀) dμ (arXiv 2502.09890, orbit target); of weights to the power 1/T; and the nearest element of the orbit in the limit T → 0.</summary>
internal sealed class OrbitTarget : TargetEstimator
{
    private readonly Orbit[] orbits;
    private readonly double[] field;
    private readonly double temperature;
    private readonly bool movesAround;

    /// <param name="problem">The problem.</param>
    /// <param name="temperature">T; 0 for the nearest element.</param>
    public OrbitTarget(DiffusionProblem problem, double temperature)
    {
        this.temperature = temperature;
        movesAround = problem.Spread > 0;
        field = new double[problem.Dimension];

        // The orbit of a template is the same in every pose; with a spread every sample has its own.
        orbits = movesAround ? [problem.Group.NewOrbit()] : [.. problem.Templates.Values.Select(template => problem.Group.Of(template))];
    }

    /// <summary>ln ∫ exp(α⟨x, g x₀⟩/σ²) dμ of the last target.</summary>
    public double LogNormaliser { get; private set; }

    public override void Target(in NoiseLevel level, int template, ReadOnlySpan<double> clean, ReadOnlySpan<double> noisy, ReadOnlySpan<double> normals, Span<double> target)
    {
        var orbit = orbits[movesAround ? 0 : template];
        if (movesAround)
            orbit.Bind(clean);
        var factor = temperature > 0 ? level.FieldFactor / temperature : 1;
        for (var j = 0; j < field.Length; j++)
            field[j] = factor * noisy[j];
        if (temperature > 0)
            LogNormaliser = orbit.Mean(field, target);
        else
            orbit.Nearest(field, target);
    }
}
