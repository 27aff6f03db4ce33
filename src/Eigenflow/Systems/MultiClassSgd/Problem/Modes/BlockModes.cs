using Eigenflow.Numerics.Dense;

namespace Eigenflow.Systems.MultiClassSgd;

/// <summary>Merges modes of equal eigenvalues: one variance per block, and an orthonormal basis of the span of the means in it. Exact, since what a loss sees of a block is invariant under its rotations.</summary>
internal static class BlockModes
{
    // What the Gram matrix of the means has below this part of its largest eigenvalue is rounding.
    private const double Rounding = 1e-13;

    /// <summary>Merges full modes. Work O(d C²).</summary>
    public static MixtureModes Merge(MixtureModes full, CancellationToken cancellation = default)
    {
        var groups = Enumerable.Range(0, full.Blocks).GroupBy(block => new Key([.. full.Spectra.Select(values => values[block])])).Select(group => (group.Key, Blocks: group.ToArray())).ToArray();
        if (2 * groups.Length > full.Blocks)
            return full;
        var directionsOf = Enumerable.Range(0, full.Directions).ToLookup(direction => full.BlockOf?[direction] ?? direction);
        var means = full.Means.Select(_ => new List<double>()).ToArray();
        var blockOf = new List<int>();
        var clean = new List<bool>();
        for (var block = 0; block < groups.Length; block++)
        {
            cancellation.ThrowIfCancellationRequested();
            int[] members = [.. groups[block].Blocks.SelectMany(one => directionsOf[one])];
            foreach (var direction in Directions(full.Means, members))
            {
                for (var i = 0; i < means.Length; i++)
                    means[i].Add(direction[i]);
                blockOf.Add(block);
                if (full.Clean.Length > 0)
                    clean.Add(full.Clean[members[0]]);
            }
        }

        return full with
        {
            Representation = "blocks",
            Spectra = [.. Enumerable.Range(0, full.Spectra.Length).Select(spectrum => groups.Select(group => group.Key.Values[spectrum]).ToArray())],
            Masses = [.. groups.Select(group => group.Blocks.Sum(block => full.Masses[block]))],
            BlockOf = [.. blockOf],
            Means = [.. means.Select(mean => mean.ToArray())],
            Clean = [.. clean],
        };
    }

    // The coordinates of the means in each direction of an orthonormal basis of their span; at least one, so that every block is seen.
    private static IEnumerable<double[]> Directions(double[][] means, int[] modes)
    {
        var classes = means.Length;
        if (classes == 1)
            return [[Math.Sqrt(modes.Sum(mode => means[0][mode] * means[0][mode])) * Sign(means[0], modes)]];
        var gram = new double[classes * classes];
        for (var i = 0; i < classes; i++)
        {
            for (var j = 0; j <= i; j++)
            {
                var sum = 0.0;
                foreach (var mode in modes)
                    sum += means[i][mode] * means[j][mode];
                gram[(i * classes) + j] = gram[(j * classes) + i] = sum;
            }
        }

        var eigen = DenseAlgebra.Best.SymmetricEigen(gram, classes);
        var rank = Math.Max(1, eigen.Values.Count(value => value > Rounding * eigen.Values[0]));
        return Enumerable.Range(0, rank).Select(k => Enumerable.Range(0, classes).Select(i => Math.Sqrt(Math.Max(0, eigen.Values[k])) * eigen.Vectors[(k * classes) + i]).ToArray());
    }

    private static int Sign(double[] mean, int[] modes) => modes.Sum(mode => mean[mode]) < 0 ? -1 : 1;

    private sealed record Key(double[] Values)
    {
        public bool Equals(Key? other) => other is not null && Values.AsSpan().SequenceEqual(other.Values);

        public override int GetHashCode() => Values.Aggregate(17, HashCode.Combine);
    }
}
