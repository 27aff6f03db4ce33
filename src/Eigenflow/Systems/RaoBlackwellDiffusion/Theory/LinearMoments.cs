using MathNet.Numerics.LinearAlgebra;

namespace Eigenflow.Systems.RaoBlackwellDiffusion;

/// <summary>Fourth moments of x = αu + n with n ~ N(0, v P), v = σ² + α²τ, from those of the poses u; and what depends on them. Given u and x the clean sample has the mean βu + kx with k = ατ/v and β = 1 − αk.</summary>
internal static class LinearMoments
{
    /// <summary>Adds the maps of second moments to a linear denoiser.</summary>
    /// <param name="model">The model with its optimum.</param>
    /// <param name="problem">The problem.</param>
    /// <param name="poses">Moments of the poses with the fourth ones.</param>
    public static LinearModel Complete(LinearModel model, DiffusionProblem problem, PoseMoments poses)
    {
        var (d, level) = (poses.Dimension, problem.Level);
        var (alpha, spread) = (level.Alpha, problem.Spread);
        var variance = (level.Sigma * level.Sigma) + (alpha * alpha * spread);
        var gain = alpha * spread / variance;
        var rest = 1 - (alpha * gain);
        var directions = LinearModel.Directions(problem);
        var c = Matrix<double>.Build.Dense(d, d, (i, j) => poses.Second[(i * d) + j]);

        double Four(int i, int j, int k, int l) => poses.Fourth[(((((i * d) + j) * d) + k) * d) + l];

        // E x_a x_b x_c x_e and E u_i x_a x_b x_c.
        double Noisy(int i, int j, int k, int l) =>
            (Math.Pow(alpha, 4) * Four(i, j, k, l))
            + (variance * alpha * alpha * ((c[i, j] * directions[k, l]) + (c[i, k] * directions[j, l]) + (c[i, l] * directions[j, k]) + (c[j, k] * directions[i, l]) + (c[j, l] * directions[i, k]) + (c[k, l] * directions[i, j])))
            + (variance * variance * ((directions[i, j] * directions[k, l]) + (directions[i, k] * directions[j, l]) + (directions[i, l] * directions[j, k])));
        double Mixed(int i, int j, int k, int l) =>
            (Math.Pow(alpha, 3) * Four(i, j, k, l)) + (alpha * variance * ((c[i, j] * directions[k, l]) + (c[i, k] * directions[j, l]) + (c[i, l] * directions[j, k])));

        var fourth = Matrix<double>.Build.Dense(d * d, d * d, (row, column) => Noisy(row / d, row % d, column / d, column % d));
        var slope = (gain * Matrix<double>.Build.DenseIdentity(d)) - model.Optimum;

        // E u_i x_c x_a x_b with the column (i, c), and with x_i in place of u_i.
        var withPose = Matrix<double>.Build.Dense(d * d, d * d, (row, column) => Mixed(column / d, column % d, row / d, row % d));
        var cross = Matrix<double>.Build.Dense(d * d, d * d, (row, column) =>
        {
            var sum = rest * withPose[row, column];
            for (var j = 0; j < d; j++)
                sum += slope[column / d, j] * fourth[row, (j * d) + (column % d)];
            return sum;
        });

        // E|βu + Mx|² x xᵀ, and the part of the clean sample that neither tells.
        var square = SgdMoments.Vector(slope.TransposeThisAndMultiply(slope));
        var noise = SgdMoments.MatrixOf((fourth * square) + (2 * rest * (withPose * SgdMoments.Vector(slope))), d);
        var untold = (spread * level.Sigma * level.Sigma / variance) * directions.Trace();
        noise += untold * model.Second;
        noise += rest * rest * Matrix<double>.Build.Dense(d, d, (a, b) =>
        {
            var sum = variance * c.Trace() * directions[a, b];
            for (var i = 0; i < d; i++)
                sum += alpha * alpha * Four(i, i, a, b);
            return sum;
        });
        return model with { Fourth = fourth, Cross = cross, CleanNoise = noise };
    }
}
