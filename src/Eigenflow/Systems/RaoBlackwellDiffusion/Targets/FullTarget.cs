namespace Eigenflow.Systems.RaoBlackwellDiffusion;

/// <summary>
/// E[x₀|x] over all templates and poses. With a variance τ around templates, x is normal around α g a with the variance v = σ² + α²τ, and the mean is (1 − αk) M + k x with k = ατ/v and the mean M of g a.
/// </summary>
internal sealed class FullTarget : TargetEstimator
{
    private readonly DiffusionProblem problem;
    private readonly Orbit[] orbits;
    private readonly double[] field, means, weights, squares, logarithms;

    /// <param name="problem">The problem.</param>
    public FullTarget(DiffusionProblem problem)
    {
        this.problem = problem;
        orbits = [.. problem.Templates.Values.Select(template => problem.Group.Of(template))];
        squares = [.. problem.Templates.Values.Select(template => Vectors.Dot(template, template))];
        logarithms = [.. problem.Templates.Weights.Select(weight => Math.Log(weight))];
        field = new double[problem.Dimension];
        means = new double[problem.Dimension * orbits.Length];
        weights = new double[orbits.Length];
    }

    /// <summary>Posterior probabilities of the templates after a target.</summary>
    public ReadOnlySpan<double> Weights => weights;

    public override void Target(in NoiseLevel level, int template, ReadOnlySpan<double> clean, ReadOnlySpan<double> noisy, ReadOnlySpan<double> normals, Span<double> target) => Mean(level, noisy, target);

    /// <summary>E[x₀|x].</summary>
    /// <param name="level">The noise level.</param>
    /// <param name="noisy">x.</param>
    /// <param name="mean">Receives d numbers.</param>
    public void Mean(in NoiseLevel level, ReadOnlySpan<double> noisy, Span<double> mean)
    {
        var variance = (level.Sigma * level.Sigma) + (level.Alpha * level.Alpha * problem.Spread);
        var d = field.Length;
        for (var j = 0; j < d; j++)
            field[j] = level.Alpha / variance * noisy[j];
        for (var m = 0; m < orbits.Length; m++)
            weights[m] = logarithms[m] - (level.Alpha * level.Alpha * squares[m] / (2 * variance)) + orbits[m].Mean(field, means.AsSpan(m * d, d));
        Vectors.Softmax(weights);
        var gain = level.Alpha * problem.Spread / variance;
        for (var j = 0; j < d; j++)
        {
            var sum = 0.0;
            for (var m = 0; m < orbits.Length; m++)
                sum += weights[m] * means[(m * d) + j];
            mean[j] = ((1 - (level.Alpha * gain)) * sum) + (gain * noisy[j]);
        }
    }
}
