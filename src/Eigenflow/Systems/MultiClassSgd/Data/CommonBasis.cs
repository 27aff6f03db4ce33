using Eigenflow.Data;
using Eigenflow.Numerics;
using Eigenflow.Numerics.Dense;

namespace Eigenflow.Systems.MultiClassSgd;

/// <summary>
/// Rotates labelled rows into the basis in which the covariances of their classes are as diagonal as possible, smallest pooled eigenvalue first, and takes the moments of the classes there. It begins at the eigenbasis of the covariance
/// within classes, which says nothing where its eigenvalues coincide. Signs are fixed by a positive mean of the first class.
/// </summary>
internal static class CommonBasis
{
    private const int MostFeatures = 4096;
    private const double LargestBytes = 8e9;

    // A sweep of joint rotations within it takes under a second; beyond, only modes that are near in the pooled spectrum, where its eigenbasis is least sure, are rotated.
    private const double MostSweepWork = 6e7;

    public static ClassRows Rotate(LabelledTable table, string name)
    {
        var (count, width) = (table.Inputs.Rows, table.Inputs.Columns);
        Check(table, name);
        var order = ClassOrder.Of(table.Classes!);
        string[] names = [.. order.Select(place => table.Classes![place])];
        int[] labels = [.. table.Labels.Select(label => Array.IndexOf(order, (int)label))];
        int[] sizes = [.. Enumerable.Range(0, names.Length).Select(label => labels.Count(own => own == label))];
        if (Array.FindIndex(sizes, size => size < 2) is >= 0 and var rare)
            throw new InputFileException(name, $"class '{NumberText.Shorten(names[rare])}' has {sizes[rare]} row", "at least 2 rows of every class");
        CheckVariance(table.Inputs, labels, sizes.Length, name);
        var centred = Centre(table.Inputs);
        var means = Means(centred, width, labels, names.Length, sizes);
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
            for (var row = 0; row < count; row++)
                store.Row(row)[k] = scale * Along(eigen, modes[k], width, centred.AsSpan(row * width, width));
        }

        var window = (int)Math.Min(modes.Length, MostSweepWork / (sizes.Length * (double)modes.Length * modes.Length));
        if (window > 0)
            RotateJointly(store, modes.Length, labels, sizes, window);
        FixSigns(store, modes.Length, labels);
        string[] limited = window >= modes.Length - 1 ? [] : [window > 0
            ? $"{modes.Length} directions and {sizes.Length} classes are many: the covariances of the classes are diagonalised together only between directions that are at most {window} apart in the pooled spectrum; fewer columns have no such limit"
            : $"{modes.Length} directions and {sizes.Length} classes are too many to diagonalise the covariances of the classes together: the basis is that of their average; use fewer columns"];
        var (mixture, off, chance) = Moments(store, modes.Length, labels, sizes.Length);
        return new ClassRows(name, store, modes.Length, labels) { Features = width, Names = names, Sizes = sizes, Mixture = mixture, OffDiagonal = off, OffDiagonalByChance = chance, Notes = [.. table.Notes, .. limited] };
    }

    private static void RotateJointly(RowStore<double> store, int dimension, int[] labels, int[] sizes, int window)
    {
        double[] weights = [.. sizes.Select(size => (double)size / labels.Length)];
        double[][] covariances = [.. Enumerable.Range(0, sizes.Length).Select(label => ClassMoments(store, dimension, labels, label).Covariance)];
        var basis = JointDiagonalisation.Rotate(covariances, weights, dimension, window);
        double[] pooled = [.. Enumerable.Range(0, dimension).Select(k => covariances.Select((covariance, i) => weights[i] * covariance[(k * dimension) + k]).Sum())];
        int[] order = [.. Enumerable.Range(0, dimension).OrderBy(k => pooled[k])];
        var turned = new double[dimension];
        for (var row = 0; row < labels.Length; row++)
        {
            var values = store.Row(row)[..dimension];
            for (var k = 0; k < dimension; k++)
                turned[k] = Kernels.MarginSums.Dot(basis.AsSpan(order[k] * dimension, dimension), values);
            turned.CopyTo(values);
        }
    }

    private static void FixSigns(RowStore<double> store, int dimension, int[] labels)
    {
        var sums = new double[dimension];
        for (var row = 0; row < labels.Length; row++)
        {
            if (labels[row] == 0)
                Kernels.MarginSums.Add(1, store.Row(row)[..dimension], sums);
        }

        for (var row = 0; row < labels.Length; row++)
        {
            var values = store.Row(row);
            for (var k = 0; k < dimension; k++)
                values[k] = sums[k] < 0 ? -values[k] : values[k];
        }
    }

    // By the values themselves: the rounding of a mean is no variance.
    private static void CheckVariance(DataMatrix data, int[] labels, int classes, string name)
    {
        var width = data.Columns;
        int[] first = [.. Enumerable.Range(0, classes).Select(label => Array.IndexOf(labels, label))];
        bool varies = false, variesWithin = false;
        for (var row = 0; row < labels.Length && !variesWithin; row++)
        {
            var values = data.Values.AsSpan(row * width, width);
            varies |= !values.SequenceEqual(data.Values.AsSpan(0, width));
            variesWithin |= !values.SequenceEqual(data.Values.AsSpan(first[labels[row]] * width, width));
        }

        if (!varies && !variesWithin)
            throw new InputFileException(name, "its features have no variance: every column is constant", "features of which at least one varies within classes");
        if (!variesWithin)
            throw new InputFileException(name, "no column varies within a class", "features of which at least one varies within classes");
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

    // In units of a power of two near the largest number, which is exact, so that no square overflows or vanishes. The rows are scaled to their variance in the end.
    private static double[] Centre(DataMatrix data)
    {
        var exponent = Math.ILogB(data.Values.Max(Math.Abs));
        var centred = new double[data.Values.Length];
        for (var i = 0; i < centred.Length; i++)
            centred[i] = Math.ScaleB(data.Values[i], -exponent);
        bool[] isConstant = [.. Enumerable.Range(0, data.Columns).Select(column => Enumerable.Range(0, data.Rows).All(row => data.Values[(row * data.Columns) + column] == data.Values[column]))];

        // Twice: the second pass removes the rounding of the first mean.
        for (var pass = 0; pass < 2; pass++)
        {
            var means = new double[data.Columns];
            for (var i = 0; i < centred.Length; i++)
                means[i % data.Columns] += centred[i] / data.Rows;
            for (var i = 0; i < centred.Length; i++)
                centred[i] = isConstant[i % data.Columns] ? 0 : centred[i] - means[i % data.Columns];
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

    private static (double[] Mean, double[] Covariance, int Count) ClassMoments(RowStore<double> store, int dimension, int[] labels, int label)
    {
        int[] own = [.. Enumerable.Range(0, labels.Length).Where(row => labels[row] == label)];
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
        for (var k = 0; k < covariance.Length; k++)
            covariance[k] /= own.Length;
        return (mean, covariance, own.Length);
    }

    private static (List<MixtureClass> Mixture, double Off, double Chance) Moments(RowStore<double> store, int dimension, int[] labels, int classes)
    {
        var mixture = new List<MixtureClass>();
        var spectra = new List<double[]>();
        double off = 0, whole = 0;
        for (var label = 0; label < classes; label++)
        {
            var (mean, covariance, own) = ClassMoments(store, dimension, labels, label);
            double[] eigenvalues = [.. Enumerable.Range(0, dimension).Select(k => Math.Max(0, covariance[(k * dimension) + k]))];
            var probability = (double)own / labels.Length;
            var square = covariance.Sum(value => value * value);
            var diagonal = eigenvalues.Sum(value => value * value);
            whole += probability * square;
            off += probability * (square - diagonal);
            spectra.Add(eigenvalues);
            mixture.Add(new MixtureClass(probability, MeanProfile.Of(mean), ClassSpectrum.Of(eigenvalues)) { Label = classes == 2 && label == 1 ? -1 : 1 });
        }

        return (mixture, Math.Max(0, off / whole), Chance(spectra, [.. mixture.Select(one => one.Probability)], labels.Length) / whole);
    }

    // Entries off the diagonal have the variance λ_p λ_q/n_i. Of those of a pair, the fit of the basis takes the part along the gaps λ_p − λ_q of the classes, which is what a rotation does to them to first order.
    private static double Chance(List<double[]> spectra, double[] weights, int rows)
    {
        var chance = 0.0;
        for (var p = 0; p < spectra[0].Length; p++)
        {
            for (var q = 0; q < p; q++)
            {
                double gaps = 0, noise = 0, taken = 0;
                for (var i = 0; i < weights.Length; i++)
                {
                    var gap = spectra[i][p] - spectra[i][q];
                    var product = spectra[i][p] * spectra[i][q];
                    gaps += weights[i] * gap * gap;
                    noise += product;
                    taken += weights[i] * gap * gap * product;
                }

                chance += 2 * (noise - (gaps > 0 ? taken / gaps : noise / weights.Length)) / rows;
            }
        }

        return chance;
    }
}
