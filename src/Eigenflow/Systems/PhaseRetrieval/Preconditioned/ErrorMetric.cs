using Eigenflow.Numerics.Dense;

namespace Eigenflow.Systems.PhaseRetrieval;

/// <summary>Squared lengths in the space of weights of states whose entries lie along other directions: ‖M y‖². Work O(n²) each.</summary>
/// <param name="columns">M, column by column.</param>
/// <param name="size">Number of entries.</param>
internal sealed class ErrorMetric(double[] columns, int size)
{
    /// <summary>‖M (unit · y + shift · direction)‖².</summary>
    public double SquaredDistance(ReadOnlySpan<double> state, double unit, ReadOnlySpan<double> direction, double shift)
    {
        var image = new double[size];
        for (var j = size - 1; j >= 0; j--)
            ScaledSum.Add(Math.FusedMultiplyAdd(shift, direction[j], unit * state[j]), columns.AsSpan(j * size, size), image);
        var sum = 0.0;
        for (var i = size - 1; i >= 0; i--)
            sum += image[i] * image[i];
        return sum;
    }
}
