namespace Eigenflow.Explorer.StaticPages;

/// <summary>
/// Where the curves of one kind are kept: at rows of the engine, as few as straight lines between them need to come near to all rows of all of these curves. Places are parts of the way from the first to the
/// last abscissa, so that the curves of neighbouring settings can be mixed place by place.
/// </summary>
internal static class KeptPlaces
{
    /// <summary>Straight lines between places are not further from any row, as long as there are places for it.</summary>
    public const double Wanted = 0.003;

    /// <summary>Most places of a curve.</summary>
    public const int Most = 256;

    // A gap that begins a place too early or too late.
    private const double OfGap = 0.02;

    /// <summary>The places, ascending from 0 to 1.</summary>
    /// <param name="curves">The same curve of the figures of many settings.</param>
    public static double[] Of(IReadOnlyList<RowCurve> curves)
    {
        var family = curves.Where(curve => curve.X.Length > 1).Select(curve => (Curve: curve, Ways: Array.ConvertAll(curve.X, x => (x - curve.X[0]) / (curve.X[^1] - curve.X[0])))).ToArray();
        var places = new SortedSet<double> { 0, 1 };
        var parts = new PriorityQueue<(double From, double To, double Worst), double>();
        Add(0, 1);
        while (places.Count < Most && parts.TryDequeue(out var part, out _))
        {
            places.Add(part.Worst);
            Add(part.From, part.Worst);
            Add(part.Worst, part.To);
        }

        return [.. places];

        void Add(double from, double to)
        {
            var (largest, worst) = (Wanted, double.NaN);
            foreach (var (curve, ways) in family)
            {
                foreach (var column in curve.Columns)
                {
                    var (first, last) = (RowCurve.At(ways, column, from), RowCurve.At(ways, column, to));
                    var row = Array.BinarySearch(ways, from);
                    for (row = row < 0 ? ~row : row + 1; row < ways.Length && ways[row] < to; row++)
                    {
                        var shown = first + ((ways[row] - from) / (to - from) * (last - first));
                        var error = double.IsFinite(column[row]) == double.IsFinite(shown) ? curve.Error(column[row], shown) : OfGap;
                        var place = Math.Round(ways[row], 7);
                        if (error > largest && place > from && place < to)
                            (largest, worst) = (error, place);
                    }
                }
            }

            if (!double.IsNaN(worst))
                parts.Enqueue((from, to, worst), -largest);
        }
    }
}
