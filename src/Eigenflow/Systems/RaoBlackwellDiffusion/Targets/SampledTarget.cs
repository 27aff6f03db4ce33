namespace Eigenflow.Systems.RaoBlackwellDiffusion;

/// <summary>
/// The orbit target by self-normalised importance sampling, Σ w_i y_i/Σ w_i over N candidates y_i of the orbit. With uniform proposals of which the generating element is one it is unbiased for every N: given x that element is a draw
/// from the posterior as well, and the choice among the candidates leaves the posterior as it is (derived). Proposals around it break that, unless they are drawn around a hidden centre which is itself drawn around it (derived).
/// </summary>
internal sealed class SampledTarget : TargetEstimator
{
    private readonly DiffusionProblem problem;
    private readonly EstimatorKind kind;
    private readonly double[] images, logarithms, centre, still;
    private readonly double[] sizes;

    /// <param name="problem">The problem.</param>
    /// <param name="kind">A sampled estimator.</param>
    /// <param name="samples">Candidates N ≥ 1.</param>
    public SampledTarget(DiffusionProblem problem, EstimatorKind kind, int samples)
    {
        const double MostBytes = 2e9;
        (this.problem, this.kind) = (problem, kind);
        if ((double)samples * problem.Dimension * sizeof(double) > MostBytes)
            throw new TooLargeException($"samples = {samples}", (double)samples * problem.Dimension * sizeof(double), MostBytes, "lower samples");
        images = new double[samples * problem.Dimension];
        logarithms = new double[samples];
        centre = new double[problem.Dimension];
        still = new double[problem.Group.Normals];
        sizes = [.. problem.Templates.Values.Select(template => Math.Sqrt(Vectors.Dot(template, template)))];
    }

    public override int Normals => (logarithms.Length - Offset) * problem.Group.Normals;

    public override double EffectiveSize => Effective(logarithms);

    // A hidden centre costs an element, the generating one costs none.
    private int Offset => kind switch
    {
        EstimatorKind.SnisWithout => 0,
        EstimatorKind.LocalExact => 0,
        _ => 1,
    };

    /// <summary>The width of local proposals: twice the angle that the noise hides, at most a half turn; 2σ for translations.</summary>
    /// <param name="problem">The problem.</param>
    /// <param name="level">The noise level.</param>
    /// <param name="size">‖a‖.</param>
    public static double Width(DiffusionProblem problem, in NoiseLevel level, double size) => problem.IsTorus
        ? 2 * level.Sigma
        : Math.Min(Math.PI, Math.Max(1e-12, 2 * level.Sigma / (level.Alpha * size)));

    /// <summary>Σ w_i y_i of weights that sum to one.</summary>
    /// <param name="logarithms">ln w_i; receives the weights.</param>
    /// <param name="candidates">The candidates, one after another.</param>
    /// <param name="target">Receives the mean.</param>
    public static void Mean(Span<double> logarithms, ReadOnlySpan<double> candidates, Span<double> target)
    {
        Vectors.Softmax(logarithms);
        target.Clear();
        for (var i = 0; i < logarithms.Length; i++)
        {
            var weight = logarithms[i];
            var image = candidates.Slice(i * target.Length, target.Length);
            for (var j = 0; weight > 0 && j < target.Length; j++)
                target[j] += weight * image[j];
        }
    }

    public override void Target(in NoiseLevel level, int template, ReadOnlySpan<double> clean, ReadOnlySpan<double> noisy, ReadOnlySpan<double> normals, Span<double> target)
    {
        var (group, d) = (problem.Group, clean.Length);
        var width = kind.IsLocal() ? Width(problem, level, sizes[template]) : 0;
        var from = clean;
        var first = kind == EstimatorKind.SnisWithout ? 0 : 1;
        if (first > 0)
        {
            clean.CopyTo(images);
            logarithms[0] = 0;
        }

        if (kind == EstimatorKind.LocalExact)
        {
            group.ApplyNear(normals, width, clean, centre);
            normals = normals[group.Normals..];
            from = centre;
        }
        else if (kind == EstimatorKind.Local)
        {
            logarithms[0] = -group.ApplyNear(still, width, clean, centre);
        }

        for (var i = first; i < logarithms.Length; i++)
        {
            var image = images.AsSpan(i * d, d);
            var own = normals.Slice((i - first) * group.Normals, group.Normals);
            logarithms[i] = 0;
            if (!kind.IsLocal())
                group.Apply(own, from, image);
            else if (group.ApplyNear(own, width, from, image) is var density && kind == EstimatorKind.Local)
                logarithms[i] = -density;
        }

        for (var i = 0; i < logarithms.Length; i++)
        {
            var image = images.AsSpan(i * d, d);

            // On the torus a candidate is replaced by its score, of which the target is the mean.
            logarithms[i] += !problem.IsTorus ? level.FieldFactor * Vectors.Dot(noisy, image) : TorusScore.Conditional(level, image, noisy, image);
        }

        Mean(logarithms, images, target);
    }

    private static double Effective(double[] weights)
    {
        var (sum, squares) = (0.0, 0.0);
        foreach (var weight in weights)
            (sum, squares) = (sum + weight, squares + (weight * weight));
        return sum * sum / squares;
    }
}
