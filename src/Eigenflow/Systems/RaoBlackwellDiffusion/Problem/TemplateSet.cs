using Eigenflow.Data;

namespace Eigenflow.Systems.RaoBlackwellDiffusion;

/// <summary>The data in the poses in which they stand: templates of n points of c numbers, d = nc.</summary>
/// <param name="Rows">Points n ≥ 1 of a template.</param>
/// <param name="Columns">Numbers c ≥ 1 of a point.</param>
/// <param name="Values">The templates, d numbers each.</param>
/// <param name="Weights">Their probabilities, which sum to one.</param>
internal sealed record TemplateSet(int Rows, int Columns, IReadOnlyList<double[]> Values, IReadOnlyList<double> Weights)
{
    /// <summary>The words of <c>templates</c>.</summary>
    public const string Point = "point", Vector = "vector", Ring = "ring", Pair = "pair", Cloud = "cloud", Crystal = "crystal";

    /// <summary>All words.</summary>
    public static readonly IReadOnlyList<string> Words = [Point, Vector, Ring, Pair, Cloud, Crystal];

    /// <summary>Dimension d of a template.</summary>
    public int Dimension => Rows * Columns;

    /// <summary>Number of templates.</summary>
    public int Count => Values.Count;

    /// <summary>E‖a‖².</summary>
    public double MeanSquare => Values.Zip(Weights, (a, weight) => weight * Vectors.Dot(a, a)).Sum();

    /// <summary>The rows that a word stands for.</summary>
    /// <param name="word">The word.</param>
    /// <param name="columns">Numbers of a point that the group wants; 0 for any.</param>
    /// <returns>The rows, and how many of them are a template.</returns>
    public static (DataMatrix Rows, int RowsPerTemplate) Named(string word, int columns) => word switch
    {
        Point => (Table(1, [1]), 1),
        Vector => (Table(4, [1, -0.5, 0.3, 2]), 1),
        Ring => (Table(8, [1, 0.740302305868, -0.0161468365471, -0.3899924966, 0.146356379136, 1.28366218546, 2.16017028665, 2.15390225434]), 1),
        Pair => (Table(2, [1, 0.2, 0.3, 0.8]), 1),
        Crystal => (Table(1, [0.1, 0.35, 0.8]), 3),
        _ => (columns == 2 ? Table(2, [1, 0, 0, 1.5, 0, 0, -1, -1.5]) : Table(3, [1, 0, 0, 0, 1.5, 0, 0, 0, 0.7, -1, -1.5, -0.7]), 4),
    };

    /// <summary>Templates of a table.</summary>
    /// <param name="table">Points as rows.</param>
    /// <param name="rowsPerTemplate">Rows of a template.</param>
    /// <param name="weights">Weights, or null for equal ones.</param>
    /// <exception cref="ParameterException">The numbers do not fit each other.</exception>
    public static TemplateSet Of(DataMatrix table, int rowsPerTemplate, IReadOnlyList<double>? weights)
    {
        if (rowsPerTemplate < 1 || table.Rows % rowsPerTemplate != 0)
            throw new ParameterException("template-rows", rowsPerTemplate, FormattableString.Invariant($"a divisor of the number of rows of the templates ({table.Rows})"));
        var (count, size) = (table.Rows / rowsPerTemplate, rowsPerTemplate * table.Columns);
        if (weights is not null && weights.Count != count)
            throw new ParameterException("template-weights", $"({weights.Count} numbers)", $"as many numbers as there are templates ({count})");
        if (weights is not null && (!weights.All(weight => weight >= 0 && double.IsFinite(weight)) || !(weights.Max() > 0)))
            throw new ParameterException("template-weights", weights.FirstOrDefault(weight => !(weight >= 0 && double.IsFinite(weight))), "numbers >= 0 of which one is > 0");
        var largest = weights?.Max() ?? 1;
        double[] parts = [.. Enumerable.Range(0, count).Select(m => weights is null ? 1 : weights[m] / largest)];
        var total = parts.Sum();
        return new TemplateSet(rowsPerTemplate, table.Columns, [.. Enumerable.Range(0, count).Select(m => table.Values.AsSpan(m * size, size).ToArray())], [.. parts.Select(part => part / total)]);
    }

    private static DataMatrix Table(int columns, double[] values) => new(values.Length / columns, columns, values);
}
