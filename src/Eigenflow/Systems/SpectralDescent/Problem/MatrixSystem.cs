using Eigenflow.Numerics.Dense;

namespace Eigenflow.Systems.SpectralDescent;

/// <summary>
/// The problem in the eigenbasis of Q, where the covariance is diagonal. Every update rule commutes with this rotation, so that nothing is lost.
/// </summary>
/// <param name="Eigenvalues">Diagonal of Q, length d.</param>
/// <param name="Teacher">θ, length d, |θ| = 1.</param>
/// <param name="Start">W₀, d × m row by row.</param>
/// <param name="Width">m.</param>
/// <param name="Loud">Row of coefficient b.</param>
/// <param name="Quiet">Rows of coefficient c: first and one past the last.</param>
internal sealed record MatrixSystem(double[] Eigenvalues, double[] Teacher, double[] Start, int Width, int Loud, Range Quiet)
{
    public int Dimension => Eigenvalues.Length;

    public static MatrixSystem Of(SpectralDescentProblem problem)
    {
        var covariance = problem.Covariance;
        var width = problem.Start.Width ?? covariance.Dimension;
        var entries = (double)covariance.Dimension * width;
        var available = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes * 0.5;
        if (entries * 80 > available || entries > 1 << 27)
            throw new TooLargeException($"a matrix of {covariance.Dimension} × {width} weights", entries * 80, Math.Min(available, 80.0 * (1 << 27)), "use a block method (gd, spectral, fractional, muon-population), or a smaller dimension");
        var d = (int)covariance.Dimension;
        var m = (int)width;

        // Blocks in the order of the block system: for a spiked covariance signal, spike, bulk.
        double[] values;
        double[] teacher;
        int loud;
        Range quiet;
        if (problem.Teacher.Eigenvector is { } number)
        {
            var blocks = BlockSystem.Of(covariance, covariance.BlockOf(number), problem.Start.Scale);
            values = [.. blocks.Eigenvalues.Zip(blocks.Multiplicities).SelectMany(pair => Enumerable.Repeat(pair.First, (int)pair.Second))];
            int First(int index) => (int)blocks.Multiplicities.Take(index).Sum();
            teacher = new double[d];
            teacher[First(blocks.Signal)] = 1;
            loud = First(blocks.Loud);
            quiet = First(blocks.Quiet)..First(blocks.Quiet + 1);
        }
        else
        {
            values = covariance.IsSpiked
                ? [1, covariance.Eigenvalues[1], .. Enumerable.Repeat(1.0, d - 2)]
                : [.. covariance.Eigenvalues.Zip(covariance.Multiplicities).SelectMany(pair => Enumerable.Repeat(pair.First, (int)pair.Second))];
            teacher = Rotated(covariance, problem.Teacher.Vector(d), 1);
            loud = covariance.IsSpiked ? 1 : Array.IndexOf(values, values.Max());
            quiet = covariance.IsSpiked ? 2..d : (d - 1)..d;
        }

        var start = problem.Start.Weights(d, m);
        return new MatrixSystem(values, teacher, Rotated(covariance, start, m), m, loud, quiet);
    }

    private static double[] Rotated(InputCovariance covariance, double[] matrix, int width)
    {
        if (covariance.Eigenvectors.IsEmpty)
            return matrix;
        var d = (int)covariance.Dimension;
        var rotated = new double[d * width];
        MatrixProduct.Multiply(covariance.Eigenvectors.AsSpan(), matrix, rotated, d, d, width);
        return rotated;
    }
}
