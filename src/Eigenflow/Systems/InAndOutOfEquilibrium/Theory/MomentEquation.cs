using MathNet.Numerics.LinearAlgebra;

namespace Eigenflow.Systems.InAndOutOfEquilibrium;

/// <summary>The symmetric solution of S = Q + L(S) for a map L of covariances: by iteration, and where that is slow by a system of d(d + 1)/2 equations.</summary>
internal static class MomentEquation
{
    private const int FewIterations = 60;
    private const int MostIterations = 20_000;
    private const int LargestSystem = 24;
    private const double Converged = 1e-15;
    private const double NegativePart = 1e-9;

    /// <summary>S, or null where no solution is positive or none was found: L has a spectral radius of one or more, or one so near that in many dimensions the iteration does not end.</summary>
    public static Matrix<double>? Solve(Matrix<double> source, Func<Matrix<double>, Matrix<double>> map)
    {
        var d = source.RowCount;
        var sigma = source;
        var last = double.PositiveInfinity;
        for (var k = 0; k < (d > LargestSystem ? MostIterations : FewIterations); k++)
        {
            var next = source + map(sigma);
            var change = (next - sigma).FrobeniusNorm();
            sigma = next;
            if (!double.IsFinite(change))
                return null;

            // Rounding holds the change up at the last digit: it no longer falls there.
            if (!(change > Converged * sigma.FrobeniusNorm()) || (change >= last && change < 10 * Converged * sigma.FrobeniusNorm()))
                return sigma;
            last = change;
        }

        return d > LargestSystem ? null : System(source, map);
    }

    // Coordinates scaled by the source, so that units do not matter.
    private static Matrix<double>? System(Matrix<double> source, Func<Matrix<double>, Matrix<double>> map)
    {
        var d = source.RowCount;
        var largest = Enumerable.Range(0, d).Max(i => source[i, i]);
        if (!(largest > 0))
            return null;
        double[] scale = [.. Enumerable.Range(0, d).Select(i => Math.Sqrt(Math.Max(source[i, i], 1e-30 * largest)))];
        var pairs = EquilibriumColumns.Pairs(d).Select(pair => (I: pair.I - 1, J: pair.J - 1)).ToArray();
        var system = Matrix<double>.Build.Dense(pairs.Length, pairs.Length);
        for (var column = 0; column < pairs.Length; column++)
        {
            var (i, j) = pairs[column];
            var unit = Matrix<double>.Build.Dense(d, d);
            unit[i, j] = unit[j, i] = scale[i] * scale[j];
            var image = unit - map(unit);
            for (var row = 0; row < pairs.Length; row++)
                system[row, column] = image[pairs[row].I, pairs[row].J] / (scale[pairs[row].I] * scale[pairs[row].J]);
        }

        var solution = system.Solve(Vector<double>.Build.Dense(pairs.Length, row => source[pairs[row].I, pairs[row].J] / (scale[pairs[row].I] * scale[pairs[row].J])));
        if (solution.Any(value => !double.IsFinite(value)))
            return null;
        Matrix<double> scaled = Matrix<double>.Build.Dense(d, d), sigma = Matrix<double>.Build.Dense(d, d);
        for (var row = 0; row < pairs.Length; row++)
        {
            var (i, j) = pairs[row];
            scaled[i, j] = scaled[j, i] = solution[row];
            sigma[i, j] = sigma[j, i] = solution[row] * scale[i] * scale[j];
        }

        // A map of covariances has a spectral radius below one exactly where the solution is positive.
        var values = new EigenBasis(scaled).Values;
        return values[0] > -NegativePart * values[^1] && values[^1] > 0 ? sigma : null;
    }
}
