using Eigenflow.Data;
using Eigenflow.Numerics;
using Eigenflow.Numerics.Dense;

namespace Eigenflow.Systems.MultiClassSgd;

/// <summary>Rotates labelled rows into the eigenbasis of their covariance within classes, smallest eigenvalue first, and takes the moments of the classes there. Signs are fixed by a positive mean of the first class.</summary>
internal static class CommonBasis
{
    private const int MostFeatures = 4096;
    private const double LargestBytes = 8e9;

    public static ClassRows Rotate(LabelledTable table, string name)
    {
        var (count, width) = (table.Inputs.Rows, table.Inputs.Columns);
        var names = table.Classes!;
        Check(table, name);
        int[] labels = [.. table.Labels.Select(label => (int)label)];
        int[] sizes = [.. Enumerable.Range(0, names.Count).Select(label => labels.Count(own => own == label))];
        if (Array.FindIndex(sizes, size => size < 2) is >= 0 and var rare)
            throw new InputFileException(name, $"class '{NumberText.Shorten(names[rare])}' has {sizes[rare]} row", "at least 2 rows of every class");
        var centred = Centre(table.Inputs);
        var means = Means(centred, width, labels, names.Count, sizes);
        var eigen = DenseAlgebra.Best.SymmetricEigen(Within(centred, width, labels, means), width);

        // Directions in which nothing varies, neither within classes nor between them, are no modes. Ascending: clean modes come first.
        var total = eigen.Values.Sum(value => Math.Max(0, value));
        if (!(total > 0))
            throw new InputFileException(name, "no column varies within a class", "features of which at least one varies within classes");
        var rounding = Math.Max(count, width) * Math.Pow(2, -52) * eigen.Values[0];
        int[] modes = [.. Enumerable.Range(0, width).Reverse().Where(mode => eigen.Values[mode] > rounding || Array.Exists(means, mean => Math.Abs(Along(eigen, mode, width, mean)) > 1e-10 * Math.Sqrt(total)))];
        var scale = Math.Sqrt(modes.Length / total);
        var store = new RowStore<double>(count, modes.Length);
        for (var k = 0; k < modes.Length; k++)
        {
            var sign = Along(eigen, modes[k], width, means[0]) < 0 ? -scale : scale;
            for (var row = 0; row < count; row++)
                store.Row(row)[k] = sign * Along(eigen, modes[k], width, centred.AsSpan(row * width, width));
        }

        return Moments(table, name, store, modes.Length, labels, sizes);
    }

    private static void Check(LabelledTable table, string name)
    {
        if (table.Classes!.Count < 2)
            throw new InputFileException(name, $"it has {table.Classes.Count} class", "at least 2 classes in the last column");
        if (table.Inputs.Columns < 2)
            throw new InputFileException(name, $"it has {table.Inputs.Columns} feature", "at least 2 columns of features before the class");
        if (table.Inputs.Columns > MostFeatures)
            throw new TooLargeException($"the eigenvectors of {table.Inputs.Columns} columns", 24.0 * table.Inputs.Columns * table.Inputs.Columns, 24.0 * MostFeatures * MostFeatures, $"use at most {MostFeatures} columns");
        var bytes = 16.0 * table.Inputs.Rows * table.Inputs.Columns;
        if (bytes > Math.Min(LargestBytes, GC.GetGCMemoryInfo().TotalAvailableMemoryBytes * 0.5))
            throw new TooLargeException($"{name} with {table.Inputs.Rows} rows and {table.Inputs.Columns} columns", bytes, LargestBytes, "use fewer rows");
    }

    private static double Along(SymmetricEigen eigen, int mode, int width, ReadOnlySpan<double> vector) => Kernels.MarginSums.Dot(eigen.Vectors.AsSpan(mode * width, width), vector);

    private static double[] Centre(DataMatrix data)
    {
        var centred = (double[])data.Values.Clone();

        // Twice: the second pass removes the rounding of the first mean.
        for (var pass = 0; pass < 2; pass++)
        {
            var means = new double[data.Columns];
            for (var i = 0; i < centred.Length; i++)
                means[i % data.Columns] += centred[i] / data.Rows;
            for (var i = 0; i < centred.Length; i++)
                centred[i] -= means[i % data.Columns];
        }

        return centred;
    }

    private static double[][] Means(double[] centred, int width, int[] labels, int classes, int[] sizes)
    {
        double[][] means = [.. Enumerable.Range(0, classes).Select(_ => new double[width])];
        for (var row = 0; row < labels.Length; row++)
            Kernels.MarginSums.Add(1.0 / sizes[labels[row]], centred.AsSpan(row * width, width), means[labels[row]]);
        return means;
    }

    private static double[] Within(double[] centred, int width, int[] labels, double[][] means)
    {
        var residuals = (double[])centred.Clone();
        for (var row = 0; row < labels.Length; row++)
            Kernels.MarginSums.Add(-1, means[labels[row]], residuals.AsSpan(row * width, width));
        var covariance = new double[width * width];
        MatrixProduct.MultiplyTransposed(residuals, residuals, covariance, width, labels.Length, width);
        for (var i = 0; i < covariance.Length; i++)
            covariance[i] /= labels.Length;
        return covariance;
    }

    private static ClassRows Moments(LabelledTable table, string name, RowStore<double> store, int dimension, int[] labels, int[] sizes)
    {
        var count = labels.Length;
        var mixture = new List<MixtureClass>();
        double off = 0, whole = 0, chance = 0;
        for (var label = 0; label < sizes.Length; label++)
        {
            int[] own = [.. Enumerable.Range(0, count).Where(row => labels[row] == label)];
            var mean = new double[dimension];
            foreach (var row in own)
                Kernels.MarginSums.Add(1.0 / own.Length, store.Row(row)[..dimension], mean);
            var residuals = new double[own.Length * dimension];
            for (var k = 0; k < own.Length; k++)
            {
                store.Row(own[k])[..dimension].CopyTo(residuals.AsSpan(k * dimension));
                Kernels.MarginSums.Add(-1, mean, residuals.AsSpan(k * dimension, dimension));
            }

            var covariance = new double[dimension * dimension];
            MatrixProduct.MultiplyTransposed(residuals, residuals, covariance, dimension, own.Length, dimension);
            double[] eigenvalues = [.. Enumerable.Range(0, dimension).Select(k => Math.Max(0, covariance[(k * dimension) + k] / own.Length))];
            var probability = (double)own.Length / count;
            var square = covariance.Sum(value => value * value) / ((double)own.Length * own.Length);
            var diagonal = eigenvalues.Sum(value => value * value);
            whole += probability * square;
            off += probability * (square - diagonal);
            chance += probability * ((eigenvalues.Sum() * eigenvalues.Sum()) - diagonal) / own.Length;
            mixture.Add(new MixtureClass(probability, MeanProfile.Of(mean), ClassSpectrum.Of(eigenvalues)) { Label = sizes.Length == 2 && label == 1 ? -1 : 1 });
        }

        return new ClassRows(name, store, dimension, labels)
        {
            Features = table.Inputs.Columns,
            Names = table.Classes!,
            Mixture = mixture,
            OffDiagonal = Math.Max(0, off / whole),
            OffDiagonalByChance = chance / whole,
            Notes = table.Notes,
        };
    }
}
