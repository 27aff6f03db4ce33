namespace Eigenflow.Numerics.Dense;

/// <summary>Householder reflections I − τ v vᵀ, each with its v in one row of a matrix.</summary>
/// <param name="store">The matrix that holds the vectors.</param>
/// <param name="stride">Length of its rows.</param>
/// <param name="count">Number of reflections; number k has its vector in row k.</param>
internal sealed class Reflections(double[] store, int stride, int count)
{
    // Sums of squares below it have lost digits; entries of the matrix are about one.
    private const double Nothing = 1e-280;

    private readonly double[] factors = new double[count];
    private readonly int[] starts = new int[count];
    private readonly int[] lengths = new int[count];

    /// <summary>τ of a reflection; 0 where it does nothing.</summary>
    public double Factor(int k) => factors[k];

    /// <summary>v of a reflection.</summary>
    public ReadOnlySpan<double> Vector(int k) => store.AsSpan((k * stride) + starts[k], lengths[k]);

    /// <summary>Makes the reflection that takes what stands in its row to a multiple of one unit vector, and puts v there.</summary>
    /// <param name="k">Its number.</param>
    /// <param name="start">Where x begins in the row.</param>
    /// <param name="length">Length of x, ≥ 1.</param>
    /// <param name="pivot">The place in x of the unit vector.</param>
    /// <returns>The multiple: the norm of x, with the sign opposite to x at the pivot; x at the pivot where all else is nothing.</returns>
    public double Make(int k, int start, int length, int pivot)
    {
        (starts[k], lengths[k]) = (start, length);
        var x = store.AsSpan((k * stride) + start, length);
        var head = x[pivot];
        x[pivot] = 0;
        var rest = RowLoops.Dot(x, x);
        x[pivot] = 1;
        if (rest < Nothing)
            return head;
        var norm = Math.Sqrt((head * head) + rest);
        var value = head > 0 ? -norm : norm;
        factors[k] = (value - head) / value;
        var scale = 1 / (head - value);
        for (var i = 0; i < length; i++)
            x[i] *= i == pivot ? 1 : scale;
        return value;
    }

    /// <summary>Applies all reflections to every row of a matrix, four rows at a time.</summary>
    /// <param name="rows">The matrix; its rows are as long as those of the vectors.</param>
    /// <param name="rowCount">Number of its rows.</param>
    /// <param name="isDescending">Whether the last one comes first.</param>
    /// <param name="cancellation">Looked at before every four rows, and every 256 reflections.</param>
    public void Apply(double[] rows, int rowCount, bool isDescending, CancellationToken cancellation)
    {
        var spare = new double[4 * stride];
        for (var row = 0; row < rowCount; row += 4)
        {
            var here = Math.Min(4, rowCount - row);
            var target = here == 4 ? rows.AsSpan(row * stride, 4 * stride) : spare.AsSpan();
            if (here < 4)
                rows.AsSpan(row * stride, here * stride).CopyTo(spare);
            for (var step = 0; step < count; step++)
            {
                if ((step & 255) == 0)
                    cancellation.ThrowIfCancellationRequested();
                var k = isDescending ? count - 1 - step : step;
                if (factors[k] != 0)
                    RowLoops.ReflectFour(Vector(k), factors[k], target[starts[k]..], stride);
            }

            if (here < 4)
                spare.AsSpan(0, here * stride).CopyTo(rows.AsSpan(row * stride));
        }
    }
}
