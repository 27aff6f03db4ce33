using Eigenflow.Data;

namespace Eigenflow.Spectra.Estimation;

/// <summary>
/// Covariances of labels with every column, in one pass over rows and labels about the means of the first block; labels of classes are one indicator each.
/// Memory: a block, and d numbers a class.
/// </summary>
internal sealed class LabelMoments
{
    private const int BlockNumbers = 1 << 18;
    private const int FewestKinds = 3;
    private const int MostKinds = 100;
    private const long MostNumbers = 1 << 27;

    private readonly bool isCentred;
    private readonly long total;
    private readonly long degrees;
    private readonly LabelColumn labels;
    private readonly List<double[]> products = [];
    private readonly List<double> sums = [];
    private readonly List<double> squares = [];
    private readonly HashSet<double> kinds = [];
    private bool isWhole = true;

    private LabelMoments(LabelColumn labels, long total, bool isCentred) => (this.labels, this.total, this.isCentred, degrees) = (labels, total, isCentred, isCentred ? total - 1 : total);

    /// <summary>Covariances with the columns, one array of d numbers for numeric labels, or for every class.</summary>
    public IReadOnlyList<double[]> Covariances { get; private set; } = [];

    /// <summary>Reads all rows with their labels.</summary>
    public static LabelMoments Of(RowSource rows, LabelColumn labels, long total, bool isCentred, CancellationToken cancellation)
    {
        var moments = new LabelMoments(labels, total, isCentred);
        var d = rows.Columns;
        var block = new double[Math.Max(1, BlockNumbers / d) * d];
        var sum = new double[d];
        double[]? centre = null;
        using var label = new LabelReader(labels, total, isCentred);
        rows.Restart();
        for (int read; (read = rows.Read(block)) > 0;)
        {
            cancellation.ThrowIfCancellationRequested();
            centre ??= isCentred ? RowCentre.Of(block, read, d) : new double[d];
            for (var row = 0; row < read; row++)
            {
                var values = block.AsSpan(row * d, d);
                var (kind, weight) = label.Next();
                var product = moments.Count(kind, weight, d);
                for (var k = 0; k < d; k++)
                {
                    var value = values[k] - centre[k];
                    sum[k] += value;
                    product[k] += weight * value;
                }
            }
        }

        label.End();
        moments.Covariances = [.. moments.products.Select((product, kind) =>
        {
            for (var k = 0; k < d; k++)
                product[k] = (product[k] - (isCentred ? moments.sums[kind] * sum[k] / total : 0)) / moments.degrees;
            return product;
        })];
        return moments;
    }

    /// <summary>Labels of few rows: deviations from their mean (or as they are), n numbers for numeric labels or for every class.</summary>
    public static (LabelMoments Moments, IReadOnlyList<double[]> Deviations) OfFew(LabelColumn labels, int total, bool isCentred)
    {
        var moments = new LabelMoments(labels, total, isCentred);
        using var label = new LabelReader(labels, total, isCentred);
        for (var row = 0; row < total; row++)
        {
            var (kind, weight) = label.Next();
            moments.Count(kind, weight, total)[row] = weight;
        }

        label.End();
        return (moments, [.. moments.products.Select((values, kind) => Array.ConvertAll(values, value => value - (isCentred ? moments.sums[kind] / total : 0)))]);
    }

    /// <summary>The power of modes, from each one's own.</summary>
    /// <param name="power">c_i.</param>
    public TargetPower ToPower(double[] power)
    {
        var variance = 0.0;
        for (var kind = 0; kind < sums.Count; kind++)
            variance += (squares[kind] - (isCentred ? sums[kind] * sums[kind] / total : 0)) / degrees;
        if (!(variance > 0))
            throw new ParameterException("label", labels.Name, "a column that varies", labels.HasClasses ? "all rows have the same class" : "all labels are equal");
        return new TargetPower
        {
            Label = labels.Name,
            Classes = labels.HasClasses ? labels.Classes : [],
            Variance = variance,
            Power = power,
            Degrees = degrees,
            MayBeNumbers = labels.HasClasses && labels.Classes.Count > 2 && 2 * labels.Classes.Count > total,
            MayBeClasses = !labels.HasClasses && isWhole && kinds.Count is >= FewestKinds and <= MostKinds,
        };
    }

    // The sums that a label adds to.
    private double[] Count(int kind, double weight, int length)
    {
        while (products.Count <= kind)
        {
            if ((products.Count + 1L) * length > MostNumbers && products.Count > 0)
                throw new ParameterException("label", labels.Name, "a column of fewer classes", $"the columns of {products.Count} classes fill the memory that is set aside");
            products.Add(new double[length]);
            sums.Add(0);
            squares.Add(0);
        }

        sums[kind] += weight;
        squares[kind] += weight * weight;
        if (!labels.HasClasses && isWhole && kinds.Count <= MostKinds)
        {
            isWhole = weight == Math.Floor(weight);
            kinds.Add(weight);
        }

        return products[kind];
    }
}
