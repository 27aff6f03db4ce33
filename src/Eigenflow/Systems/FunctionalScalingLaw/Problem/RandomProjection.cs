using Eigenflow.Numerics.Dense;
using Eigenflow.Random;

namespace Eigenflow.Systems.FunctionalScalingLaw;

/// <summary>
/// Random features: the model sees Wφ with rows w_j ~ N(0, I/M). (With N(0, I), as the paper prints it, the eigenvalues would be M times those that its statement needs.)
/// The singular values S and right vectors Q of W H^½ give the eigenvalues S² of W H Wᵀ, the signal λ̂θ̂² = (Qᵀh)² and D_M = ½‖h − QQᵀh‖² with h = H^½θ*:
/// the same as the eigenpairs of W H Wᵀ, with all digits of the small ones. Work about 6 N M² operations, memory 16 N M bytes.
/// </summary>
internal static class RandomProjection
{
    private const long LargestSize = 4096;
    private const double LargestEntries = 5e7;

    public static KernelModes Modes(ScalingLawProblem problem)
    {
        if (problem.ModelSize > LargestSize || problem.ModelSize * (double)problem.Features > LargestEntries)
        {
            throw new ParameterException(
                "projection", "random", "top with more than 4096 modes or 5e7 entries of the projection matrix", $"choose model-size and features smaller than {problem.ModelSize} and {problem.Features}");
        }

        int rows = (int)problem.ModelSize, columns = (int)problem.Features;
        double[] roots = new double[columns], signal = new double[columns];
        for (var i = 0; i < columns; i++)
        {
            roots[i] = Math.Sqrt(FeatureSpectrum.Eigenvalue(problem, i));
            signal[i] = Math.Sqrt(FeatureSpectrum.Signal(problem, i));
        }

        var matrix = new double[rows * columns];
        var scale = 1 / Math.Sqrt(rows);
        for (var row = 0; row < rows; row++)
        {
            var entries = matrix.AsSpan(row * columns, columns);
            GaussianGenerator.Fill(new GaussianAddress((ulong)problem.Seed, LawStreams.Projection, 0, row), 0, entries);
            for (var i = 0; i < columns; i++)
                entries[i] *= scale * roots[i];
        }

        var svd = DenseAlgebra.Best.ThinSvd(matrix, rows, columns);
        var learned = new double[rows];
        double[] rest = [.. signal];
        for (var j = 0; j < rows; j++)
        {
            var vector = svd.RightTransposed.AsSpan(j * columns, columns);
            var overlap = 0.0;
            for (var i = 0; i < columns; i++)
                overlap += vector[i] * signal[i];
            learned[j] = overlap * overlap;
            for (var i = 0; i < columns; i++)
                rest[i] -= overlap * vector[i];
        }

        var approximation = rows == columns ? 0 : rest.Sum(value => value * value) / 2;
        return KernelModes.Full([.. svd.Values.Select(value => value * value)], learned, approximation);
    }
}

/// <summary>Purposes of random numbers in this system, beside those of <see cref="Dynamics.SgdKernel"/>.</summary>
internal static class LawStreams
{
    public const int Projection = 2;
}
