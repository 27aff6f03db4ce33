using Eigenflow.Figures;

namespace Eigenflow.Explorer.StaticPages;

/// <summary>Maps and fields with fewer cells: a page holds many of them, and colours and streamlines look the same.</summary>
internal static class GridThinning
{
    private const int Most = 31;

    /// <summary>A map.</summary>
    public static HeatMap Of(HeatMap map)
    {
        var (columns, rows) = (Kept(map.X.Length), Kept(map.Y.Length));
        return map with { X = Taken(map.X, columns), Y = Taken(map.Y, rows), Values = Taken(map.Values, map.X.Length, columns, rows) };
    }

    /// <summary>A field.</summary>
    public static VectorField Of(VectorField field)
    {
        var (columns, rows) = (Kept(field.X.Length), Kept(field.Y.Length));
        return field with
        {
            X = Taken(field.X, columns),
            Y = Taken(field.Y, rows),
            HorizontalParts = Taken(field.HorizontalParts, field.X.Length, columns, rows),
            VerticalParts = Taken(field.VerticalParts, field.X.Length, columns, rows),
        };
    }

    // The first and the last are kept.
    private static int[] Kept(int count) => count <= Most ? [.. Enumerable.Range(0, count)] : [.. Enumerable.Range(0, Most).Select(k => (int)Math.Round(k * (count - 1.0) / (Most - 1)))];

    private static double[] Taken(double[] values, int[] kept) => Array.ConvertAll(kept, index => values[index]);

    private static double[] Taken(double[] values, int width, int[] columns, int[] rows) => [.. rows.SelectMany(row => columns.Select(column => values[(row * width) + column]))];
}
