using Eigenflow.Numerics.Dense;

namespace Eigenflow.Systems.QuadraticParameterization;

/// <summary>
/// Inputs whose eigenbasis is not that of the model (derived): the model's coordinates are Q x with Q = exp(εA), A_ij = (G_ij − G_ji)/√(2M), G_ij ~ N(0, 1), so that every row of A has length about one
/// and a coordinate keeps about 1 − ε²/2 of itself. The model then sees the covariance Q Λ Qᵀ and has to find the slope Q w*; the risk of the linear model from zero does not change.
/// Memory 24 M² bytes; work about 20 products of M × M matrices.
/// </summary>
internal sealed class Misalignment
{
    /// <summary>Largest M.</summary>
    public const int LargestSize = 1024;

    /// <summary>Largest ε: far beyond one every rotation is as random as any other.</summary>
    public const double LargestRotation = 100;

    // A completed setting, its default step size and its solve ask for the same one.
    private static readonly Lock Gate = new();
    private static (string Key, Misalignment? Value) last = ("", null);

    private Misalignment(int size, double[] basis, double[] covariance, double[] target) => (Size, Basis, Covariance, Target) = (size, basis, covariance, target);

    /// <summary>M.</summary>
    public int Size { get; }

    /// <summary>Qᵀ by rows: row j is the j-th eigenvector in the coordinates of the model.</summary>
    public double[] Basis { get; }

    /// <summary>Q Λ Qᵀ by rows.</summary>
    public double[] Covariance { get; }

    /// <summary>Q w*.</summary>
    public double[] Target { get; }

    /// <summary>The rotation of a problem, or null where there is none.</summary>
    public static Misalignment? Of(QuadraticProblem problem)
    {
        if (problem.Rotation == 0)
            return null;
        if (!problem.IsPowerLaw)
            return Make(problem);
        lock (Gate)
        {
            var key = FormattableString.Invariant($"{problem.Exponent:R} {problem.SignalExponent:R} {problem.ModelSize} {problem.Signs} {problem.Rotation:R} {problem.Seed}");
            if (last.Key != key)
                last = (key, Make(problem));
            return last.Value;
        }
    }

    private static Misalignment Make(QuadraticProblem problem)
    {
        var (eigenvalues, target) = problem.Modes();
        var size = eigenvalues.Length;
        var basis = Transposed(RandomRotation.Of(problem.Seed, QuadraticStreams.Rotation, size, problem.Rotation), size);
        double[] scaled = [.. basis], covariance = new double[size * size], rotated = new double[size];
        for (var j = 0; j < size; j++)
        {
            ScaledSum.Add(target[j], basis.AsSpan(j * size, size), rotated);
            for (var i = 0; i < size; i++)
                scaled[(j * size) + i] *= eigenvalues[j];
        }

        MatrixProduct.MultiplyTransposed(basis, scaled, covariance, size, size, size);
        return new Misalignment(size, basis, covariance, rotated);
    }

    /// <summary>Σ (w − w*) into a vector.</summary>
    public void Gradient(ReadOnlySpan<double> error, Span<double> gradient)
    {
        gradient.Clear();
        for (var i = 0; i < Size; i++)
            ScaledSum.Add(error[i], Covariance.AsSpan(i * Size, Size), gradient);
    }

    /// <summary>
    /// The largest h of S^½ (Q Λ Qᵀ) S^½ with S = diag(slopes), and the sums of h and h² over the others: the rates at which errors of the rotated model decay near its optimum. 200 steps of the power iteration.
    /// </summary>
    /// <param name="slopes">S ≥ 0.</param>
    public (double Largest, double Sum, double Squares) Rates(double[] slopes)
    {
        double trace = 0, square = 0;
        double[] vector = [.. slopes.Select(Math.Sqrt)], scaled = new double[Size], next = new double[Size];
        for (var i = 0; i < Size; i++)
        {
            trace += slopes[i] * Covariance[(i * Size) + i];
            for (var j = 0; j < Size; j++)
            {
                var entry = Covariance[(i * Size) + j];
                square += slopes[i] * slopes[j] * entry * entry;
            }
        }

        var largest = 0.0;
        for (var k = 0; k < 200 && trace > 0; k++)
        {
            for (var i = 0; i < Size; i++)
                scaled[i] = Math.Sqrt(slopes[i]) * vector[i];
            Gradient(scaled, next);
            var norm = 0.0;
            for (var i = 0; i < Size; i++)
            {
                next[i] *= Math.Sqrt(slopes[i]);
                norm += next[i] * next[i];
            }

            norm = Math.Sqrt(norm);
            for (var i = 0; i < Size; i++)
                vector[i] = next[i] / norm;
            largest = norm;
        }

        return (largest, Math.Max(0, trace - largest), Math.Max(0, square - (largest * largest)));
    }

    private static double[] Transposed(double[] matrix, int size)
    {
        var transposed = new double[size * size];
        MatrixProduct.Transpose(matrix, transposed, size, size);
        return transposed;
    }
}
