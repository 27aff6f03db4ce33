namespace Eigenflow.Systems.RaoBlackwellDiffusion;

/// <summary>The target of a sample by one of the estimators, with memory of its own: one per thread.</summary>
internal abstract class TargetEstimator
{
    /// <summary>Normal numbers that a target is made of; 0 for all but sampled ones.</summary>
    public virtual int Normals => 0;

    /// <summary>Effective number of candidates (Σw)²/Σw² of the last target; 1 where none are drawn.</summary>
    public virtual double EffectiveSize => 1;

    /// <summary>The estimator of a problem.</summary>
    /// <param name="problem">The problem; its <see cref="DiffusionProblem.Estimator"/>, samples and temperature are read.</param>
    public static TargetEstimator Of(DiffusionProblem problem) => Of(problem, problem.Estimator);

    /// <summary>An estimator for a problem.</summary>
    /// <param name="problem">The problem.</param>
    /// <param name="kind">The estimator.</param>
    public static TargetEstimator Of(DiffusionProblem problem, EstimatorKind kind) => kind switch
    {
        EstimatorKind.Plain or EstimatorKind.Augmented => problem.IsTorus ? new TorusScore(problem, TorusScore.Over.Nothing) : new CleanTarget(),
        EstimatorKind.Orbit when problem.IsTorus => new TorusScore(problem, TorusScore.Over.Orbit),
        EstimatorKind.Full when problem.IsTorus => new TorusScore(problem, TorusScore.Over.All),
        EstimatorKind.Orbit => new OrbitTarget(problem, 1),
        EstimatorKind.Tempered => new OrbitTarget(problem, problem.Temperature),
        EstimatorKind.Kabsch => new OrbitTarget(problem, 0),
        EstimatorKind.Full => new FullTarget(problem),
        _ => new SampledTarget(problem, kind, problem.Samples),
    };

    /// <summary>The target of a sample: the clean sample that a denoiser is to give, or the score on the torus.</summary>
    /// <param name="level">The noise level.</param>
    /// <param name="template">0-based number of the template of the clean sample.</param>
    /// <param name="clean">x₀.</param>
    /// <param name="noisy">x.</param>
    /// <param name="normals"><see cref="Normals"/> independent standard normal numbers.</param>
    /// <param name="target">Receives d numbers.</param>
    public abstract void Target(in NoiseLevel level, int template, ReadOnlySpan<double> clean, ReadOnlySpan<double> noisy, ReadOnlySpan<double> normals, Span<double> target);

    // The sample itself, in whatever pose.
    private sealed class CleanTarget : TargetEstimator
    {
        public override void Target(in NoiseLevel level, int template, ReadOnlySpan<double> clean, ReadOnlySpan<double> noisy, ReadOnlySpan<double> normals, Span<double> target) => clean.CopyTo(target);
    }
}
