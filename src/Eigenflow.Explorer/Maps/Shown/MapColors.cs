namespace Eigenflow.Explorer.Maps;

/// <summary>The range of the colours of a map.</summary>
/// <param name="IsLogarithmic">Whether colours follow the logarithm.</param>
/// <param name="Minimum">The value of the first colour; null where that is the smallest.</param>
/// <param name="Maximum">The value of the last colour; null where that is the largest.</param>
/// <param name="Beyond">How many values lie beyond.</param>
internal sealed record MapColors(bool IsLogarithmic, double? Minimum, double? Maximum, int Beyond)
{
    // Beyond, colours follow the logarithm.
    private const double WideRange = 50;

    // Beyond so many widths of the middle half a value is far out (Tukey) and takes no colours away from the others.
    private const double Fence = 3;

    /// <summary>The range for some finite values: a few that lie far from all others have the colours of the ends.</summary>
    public static MapColors Of(double[] values)
    {
        double[] positive = [.. values.Where(value => value > 0)];
        var isLogarithmic = positive.Length > 1 && values.Min() >= 0 && positive.Max() / positive.Min() > WideRange;
        double[] places = isLogarithmic ? Array.ConvertAll(positive, Math.Log) : [.. values];
        Array.Sort(places);
        if (places.Length < 8)
            return new MapColors(isLogarithmic, null, null, 0);
        var (low, high) = (places[places.Length / 4], places[3 * places.Length / 4]);
        var width = high - low;
        var inside = places.Where(place => place >= low - (Fence * width) && place <= high + (Fence * width)).ToArray();
        if (width == 0 || inside.Length == places.Length)
            return new MapColors(isLogarithmic, null, null, 0);
        double Value(double place) => isLogarithmic ? Math.Exp(place) : place;
        return new MapColors(isLogarithmic, inside[0] > places[0] ? Value(inside[0]) : null, inside[^1] < places[^1] ? Value(inside[^1]) : null, places.Length - inside.Length);
    }
}
