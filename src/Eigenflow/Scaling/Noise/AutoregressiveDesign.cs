using System.Runtime.CompilerServices;
using Eigenflow.Numerics.Dense;

namespace Eigenflow.Scaling.Noise;

/// <summary>
/// Generalised least squares of a residual on the slopes of a law (and on further columns that it should not need) under noise whose neighbours correlate by ρ, for all ρ of a grid at once.
/// The sums of squares are quadratic in ρ, (1 + ρ²) A − ρ B − ρ² E with matrices of neighbours, so that a new residual costs O(n · columns) and no matrix is factored again.
/// Columns are whitened by <see cref="CurveNoise"/> and made orthonormal. Holds its buffers: not for several threads at once.
/// </summary>
internal sealed class AutoregressiveDesign
{
    // ρ = tanh s for s in even steps: fine where ρ comes near to one.
    private const double FirstStep = -0.5;
    private const double StepLength = 0.1;
    private const int GridLength = 32;

    // What is left of a column beside those before it; less than this is rounding.
    private const double Independent = 1e-7;

    private static readonly double[] Grid = [.. Enumerable.Range(0, GridLength).Select(g => Math.Tanh(FirstStep + (StepLength * g)))];

    private readonly double[][] columns;
    private readonly double[][] factors;
    private readonly double[] neighbours;
    private readonly double[] products;
    private readonly double[] sums;
    private readonly double[] ends;
    private readonly double[] solved;

    /// <summary>Prepares.</summary>
    /// <param name="slopes">Whitened columns of the law.</param>
    /// <param name="further">Whitened further columns; those that the law's columns contain are dropped.</param>
    public AutoregressiveDesign(IEnumerable<double[]> slopes, IEnumerable<double[]> further)
    {
        var kept = new List<double[]>();
        foreach (var column in slopes)
            Keep(column);
        LawColumns = kept.Count;
        foreach (var column in further)
            Keep(column);
        columns = [.. kept];
        Count = columns.Length == 0 ? 0 : columns[0].Length;
        neighbours = new double[Count];
        (products, sums, ends, solved) = (new double[columns.Length], new double[columns.Length], new double[columns.Length], new double[columns.Length]);
        var m = columns.Length;
        var (lags, corners) = (new double[m * m], new double[m * m]);
        for (var j = 0; j < m; j++)
        {
            for (var k = 0; k <= j; k++)
            {
                var (a, b) = (columns[j], columns[k]);
                lags[(j * m) + k] = Sums.Product(a.AsSpan(1), b.AsSpan(0, Count - 1)) + Sums.Product(a.AsSpan(0, Count - 1), b.AsSpan(1));
                corners[(j * m) + k] = (a[0] * b[0]) + (a[Count - 1] * b[Count - 1]);
            }
        }

        factors = [.. Grid.Select(rho => Factor(rho, m, lags, corners))];
        LogDeterminants = [.. factors.Select(factor => 2 * Enumerable.Range(0, LawColumns).Sum(j => Math.Log(factor[(j * columns.Length) + j])))];

        void Keep(double[] column)
        {
            var size = Math.Sqrt(Sums.Product(column, column));
            if (!(size > 0) || !double.IsFinite(size))
                return;
            double[] own = [.. column.Select(value => value / size)];
            for (var pass = 0; pass < 2; pass++)
            {
                foreach (var other in kept)
                    Sums.Add(own, -Sums.Product(own, other), other);
            }

            var left = Math.Sqrt(Sums.Product(own, own));
            if (left < Independent)
                return;
            Sums.Scale(own, 1 / left);
            kept.Add(own);
        }
    }

    /// <summary>The correlations of the grid.</summary>
    public static ReadOnlySpan<double> Correlations => Grid;

    /// <summary>Number of points.</summary>
    public int Count { get; }

    /// <summary>Independent columns of the law.</summary>
    public int LawColumns { get; }

    /// <summary>Independent columns beyond those of the law.</summary>
    public int FurtherColumns => columns.Length - LawColumns;

    /// <summary>ln det of the law's normal matrix, per correlation.</summary>
    public IReadOnlyList<double> LogDeterminants { get; }

    /// <summary>Takes from a whitened residual what the law's columns can: least squares in which loud points have no more weight than their noise allows.</summary>
    /// <param name="residual">Whitened residual, which receives what is left.</param>
    public void Refine(Span<double> residual)
    {
        for (var j = 0; j < LawColumns; j++)
            Sums.Add(residual, -Sums.Product(columns[j], residual), columns[j]);
    }

    /// <summary>Sums of squares of the innovations that are left, per correlation of the grid.</summary>
    /// <param name="residual">Whitened residual.</param>
    /// <param name="law">Receives what the law's columns leave.</param>
    /// <param name="all">Receives what all columns leave.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Profile(ReadOnlySpan<double> residual, Span<double> law, Span<double> all)
    {
        var n = residual.Length;
        for (var i = 0; i < n; i++)
            neighbours[i] = (i > 0 ? residual[i - 1] : 0) + (i < n - 1 ? residual[i + 1] : 0);
        for (var j = 0; j < columns.Length; j++)
        {
            products[j] = Sums.Product(columns[j], residual);
            sums[j] = Sums.Product(columns[j], neighbours);
            ends[j] = (columns[j][0] * residual[0]) + (columns[j][n - 1] * residual[n - 1]);
        }

        var square = Sums.Product(residual, residual);
        var lagged = Sums.Product(residual, neighbours);
        var end = (residual[0] * residual[0]) + (residual[n - 1] * residual[n - 1]);
        for (var g = 0; g < GridLength; g++)
        {
            var rho = Grid[g];
            var factor = factors[g];
            var total = ((1 + (rho * rho)) * square) - (rho * lagged) - (rho * rho * end);
            var smallest = 1e-15 * Math.Max(total, 0);
            law[g] = Math.Max(total, smallest);
            for (var j = 0; j < columns.Length; j++)
            {
                var value = ((1 + (rho * rho)) * products[j]) - (rho * sums[j]) - (rho * rho * ends[j]);
                for (var k = 0; k < j; k++)
                    value -= factor[(j * columns.Length) + k] * solved[k];
                solved[j] = value / factor[(j * columns.Length) + j];
                total -= solved[j] * solved[j];
                if (j == LawColumns - 1)
                    law[g] = Math.Max(total, smallest);
            }

            all[g] = Math.Max(total, smallest);
        }
    }

    // Cholesky factor of the normal matrix of orthonormal columns.
    private static double[] Factor(double rho, int m, double[] lags, double[] corners)
    {
        var factor = new double[m * m];
        for (var j = 0; j < m; j++)
        {
            for (var k = 0; k <= j; k++)
                factor[(j * m) + k] = (j == k ? 1 + (rho * rho) : 0) - (rho * lags[(j * m) + k]) - (rho * rho * corners[(j * m) + k]);
        }

        // Its eigenvalues are at least (1 − |ρ|)².
        if (!SmallCholesky.Factor(factor, m))
            throw new InvalidOperationException("The columns are not orthonormal.");
        return factor;
    }
}
