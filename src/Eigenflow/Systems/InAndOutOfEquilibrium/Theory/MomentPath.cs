using MathNet.Numerics.LinearAlgebra;

namespace Eigenflow.Systems.InAndOutOfEquilibrium;

/// <summary>
/// Mean and covariance of a scheme on their way from the minimum. With up to eight parameters the numbers (1, m, S = ⟨δδᵀ⟩) of a time unit are a matrix times those of the one before, whose powers are taken by squaring: exact for quadratic losses.
/// With more, Σ_k = Σ − A^k Σ A^k and m_k = (1 − A^k)m with the mean map A, exact for noise that does not depend on the state.
/// </summary>
internal sealed class MomentPath
{
    private readonly SchemeTheory theory;
    private readonly EigenBasis? basis;
    private readonly List<Matrix<double>> powers = [];
    private readonly int d;

    /// <param name="theory">The theory.</param>
    /// <param name="most">Largest number of parameters that are exact.</param>
    public MomentPath(SchemeTheory theory, int most)
    {
        (this.theory, d) = (theory, theory.Expansion.Dimension);
        if (d > most || theory.Moments is not { } moments)
            basis = new EigenBasis(theory.Drift);
        else
            powers.Add(Build(moments));
    }

    /// <summary>Mean and covariance after a number of time units.</summary>
    public (Vector<double> Mean, Matrix<double> Covariance) At(double step)
    {
        if (step == 0)
            return (Vector<double>.Build.Dense(d), Matrix<double>.Build.Dense(d, d));
        if (basis is not null)
        {
            var power = basis.Map(value => Math.Pow(1 - value, step));
            return (theory.Exact.Mean - (power * theory.Exact.Mean), theory.Exact.Covariance - (power * theory.Exact.Covariance * power));
        }

        // What is left of the way: its powers fall to zero, and near the end nothing is lost.
        var rest = State(theory.Exact.Mean, theory.Exact.Covariance) * -1;
        var left = (ulong)step;
        for (var bit = 0; left > 0; bit++, left >>= 1)
        {
            if (bit == powers.Count)
                powers.Add(powers[^1] * powers[^1]);
            if ((left & 1) != 0)
                rest = powers[bit] * rest;
        }

        var mean = theory.Exact.Mean + rest.SubVector(0, d);
        var second = theory.Exact.Covariance + theory.Exact.Mean.OuterProduct(theory.Exact.Mean) - mean.OuterProduct(mean);
        foreach (var (place, (i, j)) in EquilibriumColumns.Pairs(d).Index())
        {
            second[i - 1, j - 1] += rest[d + place];
            if (i != j)
                second[j - 1, i - 1] += rest[d + place];
        }

        return (mean, second);
    }

    private Vector<double> State(Vector<double> mean, Matrix<double> sigma) => Vector<double>.Build.DenseOfEnumerable(
        mean.Concat(EquilibriumColumns.Pairs(d).Select(pair => sigma[pair.I - 1, pair.J - 1] + (mean[pair.I - 1] * mean[pair.J - 1]))));

    private Matrix<double> Build(Func<Vector<double>, Matrix<double>, (Vector<double> Mean, Matrix<double> Second)> moments)
    {
        var pairs = EquilibriumColumns.Pairs(d).ToArray();
        var matrix = Matrix<double>.Build.Dense(d + pairs.Length, d + pairs.Length);
        for (var column = 0; column < d + pairs.Length; column++)
        {
            var mean = Vector<double>.Build.Dense(d, i => i == column ? 1 : 0);
            var second = Matrix<double>.Build.Dense(d, d);
            if (column >= d)
                second[pairs[column - d].I - 1, pairs[column - d].J - 1] = second[pairs[column - d].J - 1, pairs[column - d].I - 1] = 1;
            var (nextMean, nextSecond) = moments(mean, second);
            matrix.SetColumn(column, [.. nextMean, .. pairs.Select(pair => nextSecond[pair.I - 1, pair.J - 1])]);
        }

        return matrix;
    }
}
