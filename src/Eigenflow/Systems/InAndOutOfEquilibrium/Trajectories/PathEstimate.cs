using MathNet.Numerics.LinearAlgebra;

namespace Eigenflow.Systems.InAndOutOfEquilibrium;

/// <summary>
/// What a path says by itself: x_{t+1} − m = A(x_t − m) + noise of covariance 2D by least squares, Σ, the circulation ½⟨x_t x_{t+1}ᵀ − x_{t+1}x_tᵀ⟩, and the entropy production that A and D give (derived). No learning rate and no Hessian are needed.
/// </summary>
/// <param name="Mean">Mean of x.</param>
/// <param name="Covariance">Σ along the path.</param>
/// <param name="Map">A.</param>
/// <param name="Diffusion">D.</param>
/// <param name="Circulation">C along the path.</param>
/// <param name="Stationary">The covariance that A and D make, Σ_s = AΣ_sAᵀ + 2D; null where they have no stationary law.</param>
/// <param name="Weights">The weights of entropy production; null where D is singular.</param>
internal sealed record PathEstimate(Vector<double> Mean, Matrix<double> Covariance, Matrix<double> Map, Matrix<double> Diffusion, Matrix<double> Circulation, Matrix<double>? Stationary, PathWeights? Weights)
{
    /// <summary>Entropy production per step of the stationary chain with A and D, never negative; not a number where D is singular or the chain has no stationary law.</summary>
    public double Entropy => Weights is null || Stationary is null ? double.NaN
        : Math.Max(0, StationaryLaw.Of(Matrix<double>.Build.DenseIdentity(Map.RowCount) - Map, Mean, Stationary, true).Entropy);

    /// <summary>Steps in which the slowest direction forgets, −1/ln|a| of the largest eigenvalue of A; infinite where it does not.</summary>
    public double Relaxation
    {
        get
        {
            var largest = Map.Enumerate().All(double.IsFinite) ? Map.Evd().EigenValues.Max(value => value.Magnitude) : double.NaN;
            return largest < 1 ? -1 / Math.Log(largest) : double.PositiveInfinity;
        }
    }

    /// <summary>The estimate from sums over steps.</summary>
    public static PathEstimate Of(PathSums sums)
    {
        var n = sums.Count;
        Vector<double> before = sums.Before / n, after = sums.After / n;
        var start = (sums.Squares / n) - before.OuterProduct(before);
        var end = (sums.Ends / n) - after.OuterProduct(after);
        var lagged = (sums.Lagged / n) - after.OuterProduct(before);
        var map = start.Transpose().Solve(lagged.Transpose()).Transpose();
        var rest = end - (map * start * map.Transpose());
        var diffusion = (rest + rest.Transpose()) / 4 * (n / Math.Max(1, n - before.Count));
        var covariance = (start + end) / 2;
        var circulation = (lagged.Transpose() - lagged) / 2;
        var weights = StationaryLaw.Rank(diffusion) == before.Count && diffusion.Trace() > 0 ? PathWeights.OfMap(map, diffusion, covariance) : null;
        var stationary = map.Enumerate().All(double.IsFinite) ? MomentEquation.Solve(diffusion * 2, sigma => map * sigma * map.Transpose()) : null;
        return new PathEstimate((before + after) / 2, covariance, map, diffusion, circulation, stationary, weights);
    }
}

/// <summary>Sums over the steps of a path: Σx, Σx', Σxxᵀ, Σx'x'ᵀ and Σx'xᵀ.</summary>
internal sealed class PathSums(int dimension)
{
    public double Count { get; private set; }

    public Vector<double> Before { get; private set; } = Vector<double>.Build.Dense(dimension);

    public Vector<double> After { get; private set; } = Vector<double>.Build.Dense(dimension);

    public Matrix<double> Squares { get; private set; } = Matrix<double>.Build.Dense(dimension, dimension);

    public Matrix<double> Ends { get; private set; } = Matrix<double>.Build.Dense(dimension, dimension);

    public Matrix<double> Lagged { get; private set; } = Matrix<double>.Build.Dense(dimension, dimension);

    /// <summary>Adds a step.</summary>
    public void Add(ReadOnlySpan<double> before, ReadOnlySpan<double> after)
    {
        Count++;
        for (var i = 0; i < before.Length; i++)
        {
            Before[i] += before[i];
            After[i] += after[i];
            for (var j = 0; j < before.Length; j++)
            {
                Squares[i, j] += before[i] * before[j];
                Ends[i, j] += after[i] * after[j];
                Lagged[i, j] += after[i] * before[j];
            }
        }
    }

    /// <summary>These sums without those of a part.</summary>
    public PathSums Without(PathSums part) => new(dimension)
    {
        Count = Count - part.Count,
        Before = Before - part.Before,
        After = After - part.After,
        Squares = Squares - part.Squares,
        Ends = Ends - part.Ends,
        Lagged = Lagged - part.Lagged,
    };
}
