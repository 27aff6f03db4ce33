using Eigenflow.Numerics.Dense;

namespace Eigenflow.Systems.PhaseRetrieval;

/// <summary>
/// What is said of single neurons when they are carried turned: with rows r_a of the rotation turned neuron a is Σ_k r_ak w_k, so that w_k = Σ_a r_ak (turned neuron a).
/// </summary>
internal static class NeuronAlignment
{
    /// <summary>Largest cosine of a neuron and the teacher in the metric Q, the sign of the largest overlap, and the cosine of the mean neuron.</summary>
    /// <param name="rotation">m × m.</param>
    /// <param name="gram">w_aᵀQw_b of the turned neurons.</param>
    /// <param name="overlaps">w_aᵀQw* of the turned neurons.</param>
    /// <param name="teacherOverlap">s*.</param>
    public static (double Best, int Sign, double Mean) Of(double[] rotation, double[] gram, double[] overlaps, double teacherOverlap)
    {
        var width = overlaps.Length;
        var weights = new double[width];
        var (best, largest, sign) = (0.0, -1.0, 1);
        for (var k = 0; k < width; k++)
        {
            for (var a = 0; a < width; a++)
                weights[a] = rotation[(a * width) + k];
            var (overlap, cosine) = Measure(weights, gram, overlaps, teacherOverlap);
            best = Math.Max(best, cosine);
            if (Math.Abs(overlap) > largest)
                (largest, sign) = (Math.Abs(overlap), overlap < 0 ? -1 : 1);
        }

        for (var a = 0; a < width; a++)
        {
            weights[a] = 0;
            for (var k = 0; k < width; k++)
                weights[a] += rotation[(a * width) + k] / width;
        }

        return (best, sign, Measure(weights, gram, overlaps, teacherOverlap).Cosine);
    }

    /// <summary>The unit vector c of the combination Σ_a c_a w_a with the largest weight in M: the first eigenvector of the matrix w_aᵀQw_b, so that it is the same whatever the turn of the neurons.</summary>
    /// <param name="gram">w_aᵀQw_b.</param>
    /// <param name="width">m.</param>
    public static double[] Leading(double[] gram, int width)
    {
        double[] turned = [.. gram];
        var basis = JointDiagonalisation.Rotate([turned], [1], width, width);
        var leading = 0;
        for (var k = 1; k < width; k++)
            leading = turned[(k * width) + k] > turned[(leading * width) + leading] ? k : leading;
        return basis[(leading * width)..((leading + 1) * width)];
    }

    private static (double Overlap, double Cosine) Measure(double[] weights, double[] gram, double[] overlaps, double teacherOverlap)
    {
        double overlap = 0, square = 0;
        for (var a = 0; a < weights.Length; a++)
        {
            overlap += weights[a] * overlaps[a];
            for (var b = 0; b < weights.Length; b++)
                square += weights[a] * weights[b] * gram[(a * weights.Length) + b];
        }

        return (overlap, Math.Abs(overlap) / Math.Sqrt(teacherOverlap * square));
    }
}
