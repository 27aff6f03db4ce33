namespace Eigenflow.Scaling.Epochs;

/// <summary>An extremum of a curve in bins.</summary>
/// <param name="IsMaximum">Whether it is a maximum.</param>
/// <param name="Bin">0-based bin.</param>
public sealed record TurningPoint(bool IsMaximum, int Bin);

/// <summary>
/// Turning points by reversal: an extremum counts once the curve has moved back from it by at least a threshold and its own noise. The first one counts only if the move into it, from the opposite extreme before it, passes too: otherwise
/// the noise at the start of a slow curve would be a hump.
/// </summary>
internal sealed class TurningPoints
{
    private readonly EpochBins bins;
    private readonly double threshold;
    private readonly List<TurningPoint> found = [];
    private int direction;
    private int lowest;
    private int highest;

    private TurningPoints(EpochBins bins, double threshold) => (this.bins, this.threshold) = (bins, threshold);

    /// <summary>Finds them.</summary>
    /// <param name="bins">The curve.</param>
    /// <param name="threshold">Smallest move.</param>
    /// <returns>The points in order of the epoch, and the last confirmed direction: 1 up, −1 down, 0 none.</returns>
    public static (IReadOnlyList<TurningPoint> Points, int Direction) Of(EpochBins bins, double threshold)
    {
        var walk = new TurningPoints(bins, threshold);
        for (var bin = 1; bin < bins.Count; bin++)
            walk.Step(bin);
        return (walk.found, walk.direction);
    }

    private void Step(int bin)
    {
        var values = bins.Values;
        if (direction >= 0 && values[bin] > values[highest])
            highest = bin;
        if (direction <= 0 && values[bin] < values[lowest])
            lowest = bin;
        if (direction <= 0 && values[bin] > values[lowest] && IsMove(lowest, bin))
            Turn(isMaximum: false, bin);
        else if (direction >= 0 && values[bin] < values[highest] && IsMove(highest, bin))
            Turn(isMaximum: true, bin);
    }

    private void Turn(bool isMaximum, int bin)
    {
        var at = isMaximum ? highest : lowest;
        if (direction != 0 || (at > 0 && IsMove(Extreme(0, at, !isMaximum), at)))
            found.Add(new TurningPoint(isMaximum, at));
        direction = isMaximum ? -1 : 1;
        if (isMaximum)
            lowest = Extreme(at + 1, bin + 1, isMaximum: false);
        else
            highest = Extreme(at + 1, bin + 1, isMaximum: true);
    }

    private int Extreme(int from, int to, bool isMaximum)
    {
        var best = from;
        for (var bin = from + 1; bin < to; bin++)
        {
            if (isMaximum ? bins.Values[bin] > bins.Values[best] : bins.Values[bin] < bins.Values[best])
                best = bin;
        }

        return best;
    }

    private bool IsMove(int from, int to) =>
        Math.Abs(bins.Values[to] - bins.Values[from]) >= Math.Max(threshold, bins.Quantile * Math.Sqrt((bins.Errors[from] * bins.Errors[from]) + (bins.Errors[to] * bins.Errors[to])));
}
