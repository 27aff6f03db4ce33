namespace Eigenflow.Systems.RaoBlackwellDiffusion;

/// <summary>
/// Scores on the torus of period 1 with wrapped normal noise: of a clean sample, ∂ ln WN(x − x₀); of its orbit under translations τ, the mean of ∂ ln WN(x − x₀ − τ) with the weights Π WN over atoms, which sums to zero over atoms; and over all
/// templates. Sums over a uniform grid of τ, which is exact to rounding once its spacing is a small part of the width of the product.
/// </summary>
internal sealed class TorusScore : TargetEstimator
{
    private const double PointsPerWidth = 2.5;
    private const int FewestPoints = 64;

    private readonly DiffusionProblem problem;
    private readonly Over over;
    private readonly double[] means, weights;
    private double[] logarithms = [];
    private double[] scores = [];

    /// <param name="problem">A problem on the torus.</param>
    /// <param name="over">What the mean is over.</param>
    public TorusScore(DiffusionProblem problem, Over over)
    {
        (this.problem, this.over) = (problem, over);
        means = new double[problem.Dimension * problem.Templates.Count];
        weights = new double[problem.Templates.Count];
    }

    /// <summary>What a score is averaged over.</summary>
    internal enum Over
    {
        /// <summary>Nothing: the score of the clean sample.</summary>
        Nothing,

        /// <summary>Its translations.</summary>
        Orbit,

        /// <summary>All templates and their translations.</summary>
        All,
    }

    /// <summary>ln q(x|x₀) and its gradient in x.</summary>
    /// <param name="level">The noise level.</param>
    /// <param name="clean">x₀.</param>
    /// <param name="noisy">x.</param>
    /// <param name="score">Receives the gradient; may be <paramref name="clean"/>.</param>
    public static double Conditional(in NoiseLevel level, ReadOnlySpan<double> clean, ReadOnlySpan<double> noisy, Span<double> score)
    {
        var total = 0.0;
        for (var j = 0; j < clean.Length; j++)
        {
            var (logarithm, slope) = WrappedNormal.Derivatives(noisy[j] - clean[j], level.Sigma, 1);
            total += logarithm;
            score[j] = slope;
        }

        return total;
    }

    public override void Target(in NoiseLevel level, int template, ReadOnlySpan<double> clean, ReadOnlySpan<double> noisy, ReadOnlySpan<double> normals, Span<double> target)
    {
        if (over == Over.Nothing)
        {
            _ = Conditional(level, clean, noisy, target);
            return;
        }

        if (over == Over.Orbit)
        {
            _ = Translated(level, clean, noisy, target);
            return;
        }

        var d = clean.Length;
        for (var m = 0; m < weights.Length; m++)
            weights[m] = Math.Log(problem.Templates.Weights[m]) + Translated(level, problem.Templates.Values[m], noisy, means.AsSpan(m * d, d));
        SampledTarget.Mean(weights, means, target);
    }

    // Coordinates are translated independently of each other.
    private double Translated(in NoiseLevel level, ReadOnlySpan<double> clean, ReadOnlySpan<double> noisy, Span<double> target)
    {
        var columns = problem.Templates.Columns;
        var rows = clean.Length / columns;
        var points = Math.Max(FewestPoints, (int)Math.Ceiling(PointsPerWidth * Math.Sqrt(rows) / level.Sigma));
        if (logarithms.Length != points)
            (logarithms, scores) = (new double[points], new double[points * rows]);
        var total = 0.0;
        for (var c = 0; c < columns; c++)
        {
            for (var k = 0; k < points; k++)
            {
                logarithms[k] = 0;
                for (var i = 0; i < rows; i++)
                {
                    var j = (i * columns) + c;
                    var (logarithm, slope) = WrappedNormal.Derivatives(noisy[j] - clean[j] - ((double)k / points), level.Sigma, 1);
                    logarithms[k] += logarithm;
                    scores[(k * rows) + i] = slope;
                }
            }

            total += Vectors.Softmax(logarithms) - Math.Log(points);
            for (var i = 0; i < rows; i++)
            {
                var sum = 0.0;
                for (var k = 0; k < points; k++)
                    sum += logarithms[k] * scores[(k * rows) + i];
                target[(i * columns) + c] = sum;
            }
        }

        return total;
    }
}
