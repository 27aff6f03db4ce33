using Eigenflow.Numerics.Dense;

namespace Eigenflow.Systems.DiffusionSpectralBias;

/// <summary>A circular filter as the matrix that it stands for: which tap every entry is, and the waves as an orthonormal basis.</summary>
internal sealed class SharedFilter
{
    private readonly int[] taps, partners;
    private readonly double[] waves, turned, spare;
    private readonly int d;

    private SharedFilter(DiffusionProblem problem)
    {
        d = problem.Dimension;
        var basis = (WaveBasis)problem.Set.Basis;
        var radius = problem.Architecture.Kind == ArchitectureKind.Patch ? problem.Architecture.Count : int.MaxValue / 2;
        var numbers = new Dictionary<int, int>();
        taps = new int[d * d];
        partners = [.. Enumerable.Range(0, d).Select(basis.Partner)];
        for (var i = 0; i < d; i++)
        {
            for (var j = 0; j < d; j++)
            {
                // Entry (j, i) of the transposed matrix: the output i sees the input j through the tap of their distance.
                int x = ((j % basis.Width) - (i % basis.Width) + basis.Width) % basis.Width, y = ((j / basis.Width) - (i / basis.Width) + basis.Height) % basis.Height;
                var isInside = Math.Min(x, basis.Width - x) <= radius && Math.Min(y, basis.Height - y) <= radius;
                var offset = (y * basis.Width) + x;
                if (isInside)
                    numbers.TryAdd(offset, numbers.Count);
                taps[(j * d) + i] = isInside ? numbers[offset] : -1;
            }
        }

        Centre = numbers[0];
        Size = numbers.Count;
        (waves, turned, spare) = (new double[d * d], new double[d * d], new double[d * d]);
        for (var mode = 0; mode < d; mode++)
            basis.Add(mode, 1, waves.AsSpan(mode * d, d));
        for (var k = 0; k < d * d; k++)
            turned[(k % d * d) + (k / d)] = waves[k];
    }

    /// <summary>Number of taps.</summary>
    public int Size { get; }

    /// <summary>The tap at the centre.</summary>
    public int Centre { get; }

    /// <summary>The filter of a problem, or null where weights are not shared.</summary>
    public static SharedFilter? Of(DiffusionProblem problem) => problem.Architecture.IsConvolution ? new SharedFilter(problem) : null;

    /// <summary>Number of taps of a problem.</summary>
    public static int SizeOf(DiffusionProblem problem)
    {
        var basis = (WaveBasis)problem.Set.Basis;
        var width = (2 * problem.Architecture.Count) + 1;
        return problem.Architecture.Kind != ArchitectureKind.Patch ? problem.Dimension : basis.Height == 1 ? width : width * width;
    }

    /// <summary>A filter from its taps w_j of all places j: the output i sees the input i − j through w_j.</summary>
    /// <param name="filter">w, one per place.</param>
    /// <param name="state">Receives the taps in their order here.</param>
    public void Fill(double[] filter, Span<double> state)
    {
        for (var place = 0; place < d; place++)
            state[taps[place * d]] = filter[partners[place]];
    }

    /// <summary>The transposed matrix of a filter.</summary>
    public void Expand(ReadOnlySpan<double> filter, Span<double> matrix)
    {
        for (var k = 0; k < taps.Length; k++)
            matrix[k] = taps[k] < 0 ? 0 : filter[taps[k]];
    }

    /// <summary>Adds the change of a matrix to its filter: every place adds its own.</summary>
    public void Collect(ReadOnlySpan<double> before, ReadOnlySpan<double> after, Span<double> filter)
    {
        for (var k = 0; k < taps.Length; k++)
        {
            if (taps[k] >= 0)
                filter[taps[k]] += after[k] - before[k];
        }
    }

    /// <summary>Rows of coordinates of waves as rows of places.</summary>
    public void ToPlaces(ReadOnlySpan<double> coordinates, Span<double> places, int rows) => MatrixProduct.Multiply(coordinates, waves, places, rows, d, d);

    /// <summary>A transposed matrix between places as one between waves.</summary>
    public void ToWaves(ReadOnlySpan<double> matrix, Span<double> result)
    {
        MatrixProduct.Multiply(waves, matrix, spare, d, d, d);
        MatrixProduct.Multiply(spare, turned, result, d, d, d);
    }
}
