using Eigenflow.Systems.PhaseRetrieval.Kernels;

namespace Eigenflow.Systems.PhaseRetrieval;

/// <summary>
/// Fourth moments of rows x along a teacher, R = ⟨x, w*⟩ (derived; docs/systems/phase-retrieval.md). With M = E[R² x xᵀ], which is s* Q + 2 Qw* w*ᵀQ for Gaussian rows:
/// near w = 0 the flow of the loss over the rows is ẇ = 4 M w, so that the student escapes at the rate 4 λ_max(M); at w* its Hessian is 8 M;
/// and one SGD step multiplies a deviation by I − 8ηR² x xᵀ, which lowers its mean square, averaged over directions, while η &lt; (B/4) E[R²‖x‖²]/E[R⁴‖x‖⁴].
/// Work n d per iteration of the power method.
/// </summary>
internal sealed class RowMoments
{
    private const int LargestIterations = 300;
    private const double Tolerance = 1e-9;

    private readonly double squares;
    private readonly double fourths;

    private RowMoments(double[] responses, double excessKurtosis, double escapeRate, double squares, double fourths)
    {
        Responses = responses;
        ExcessKurtosis = excessKurtosis;
        EscapeRate = escapeRate;
        this.squares = squares;
        this.fourths = fourths;
    }

    /// <summary>R of every row.</summary>
    public double[] Responses { get; }

    /// <summary>E R⁴/(E R²)² − 3; the loss at w = 0 is (3 + this) s*².</summary>
    public double ExcessKurtosis { get; }

    /// <summary>4 λ_max(M).</summary>
    public double EscapeRate { get; }

    public static RowMoments Of(InputRows rows, ReadOnlySpan<double> teacher)
    {
        var stride = rows.Doubles.Stride;
        var direction = new double[stride];
        teacher.CopyTo(direction);
        var responses = new double[rows.Count];
        double second = 0, fourth = 0, squares = 0, fourths = 0;
        for (var row = 0; row < rows.Count; row++)
        {
            ref var x = ref rows.Doubles.Origin(row);
            var response = RowLoops.Dot(ref x, ref direction[0], stride);
            responses[row] = response;
            var square = response * response;
            var weighted = square * RowLoops.Dot(ref x, ref x, stride);
            second += square;
            fourth += square * square;
            squares += weighted;
            fourths += weighted * weighted;
        }

        var count = rows.Count;
        return new RowMoments(
            responses, (fourth / count / (second / count) / (second / count)) - 3, 4 * LargestEigenvalue(rows, teacher, responses), squares / count, fourths / count);
    }

    /// <summary>The learning rate above which steps on these rows grow a deviation in mean square, or gradient descent's own limit 2/(8 λ_max(M)).</summary>
    public double LargestLearningRate(int batch) => Math.Min(batch * 0.25 * squares / fourths, 1 / EscapeRate);

    // Power method on M, begun at Qw*, the direction of the Gaussian case, plus a little of every mode.
    private static double LargestEigenvalue(InputRows rows, ReadOnlySpan<double> teacher, double[] responses)
    {
        var stride = rows.Doubles.Stride;
        var vector = new double[stride];
        for (var i = 0; i < rows.Dimension; i++)
            vector[i] = (rows.Spectrum[i] * teacher[i]) + (1e-3 * rows.Spectrum[i]);
        var image = new double[vector.Length];
        var value = 0.0;
        for (var iteration = 0; iteration < LargestIterations; iteration++)
        {
            var norm = Math.Sqrt(RowLoops.Dot(ref vector[0], ref vector[0], stride));
            for (var i = 0; i < stride; i++)
                vector[i] /= norm;
            Array.Clear(image);
            for (var row = 0; row < rows.Count; row++)
            {
                ref var x = ref rows.Doubles.Origin(row);
                var factor = responses[row] * responses[row] * RowLoops.Dot(ref x, ref vector[0], stride) / rows.Count;
                RowLoops.Add(factor, ref x, ref image[0], stride);
            }

            var next = RowLoops.Dot(ref vector[0], ref image[0], stride);
            var isDone = Math.Abs(next - value) <= Tolerance * next;
            value = next;
            if (isDone)
                break;
            image.CopyTo(vector, 0);
        }

        return value;
    }
}
