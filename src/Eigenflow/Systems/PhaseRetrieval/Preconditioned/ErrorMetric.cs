namespace Eigenflow.Systems.PhaseRetrieval;

/// <summary>Squared lengths in the space of weights of states whose entries lie along other directions: ‖M y‖². Work O(n²) each.</summary>
/// <param name="rows">M, by rows.</param>
/// <param name="size">Number of entries.</param>
internal sealed class ErrorMetric(double[] rows, int size)
{
    /// <summary>‖M (unit · y + shift · direction)‖².</summary>
    public double SquaredDistance(ReadOnlySpan<double> state, double unit, ReadOnlySpan<double> direction, double shift)
    {
        var difference = new double[size];
        for (var j = 0; j < size; j++)
            difference[j] = Math.FusedMultiplyAdd(shift, direction[j], unit * state[j]);
        var sum = 0.0;
        for (var i = size - 1; i >= 0; i--)
        {
            double value = 0;
            for (var j = size - 1; j >= 0; j--)
                value = Math.FusedMultiplyAdd(rows[(i * size) + j], difference[j], value);
            sum += value * value;
        }

        return sum;
    }
}
