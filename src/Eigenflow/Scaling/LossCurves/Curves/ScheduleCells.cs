namespace Eigenflow.Scaling.LossCurves;

/// <summary>
/// A schedule compressed to cells of steps over which the rate hardly changes, so that sums over all steps before a target become sums over cells.
/// Every target is an edge. A cell ends where the rate has left a small band around its first one, where the batch changes, and where it would be longer than a part of the steps before it.
/// Made in O(K); about 150 to 1000 cells whatever K is.
/// </summary>
internal sealed class ScheduleCells
{
    private const int MostCells = 900;
    private const double LargestGrowth = 0.08;
    private const double FirstBand = 0.015;

    private const double LargestRatio = 0.4;
    private const double SmallestBand = 0.001;

    // Below this many targets cells must be finer: targets are edges themselves, and cells are short where many of them are.
    private const double ManyTargets = 100;

    // A change of this part of the peak in one step stands alone: it must not be spread over the steps after it.
    private const double Jump = 0.004;

    /// <summary>Compresses.</summary>
    /// <param name="rates">The schedule.</param>
    /// <param name="targets">Steps at which losses are wanted, ascending, at least one.</param>
    /// <param name="isRough">Whether a few thousandths in ln(loss) do not matter: for the choice among starts.</param>
    public ScheduleCells(StepRates rates, IReadOnlyList<int> targets, bool isRough = false)
    {
        var edges = new List<int>();
        var fineness = isRough ? 1 : Math.Clamp(targets.Count / ManyTargets, 0.15, 1);
        for (var band = FirstBand * fineness; ; band *= 1.5)
        {
            Cut(rates, targets, band * rates.Peak, LargestGrowth * fineness, edges);
            if (edges.Count <= MostCells + targets.Count || band > 1)
                break;
        }

        Edges = [.. edges];
        Peak = rates.Peak;
        var cells = edges.Count - 1;
        Times = [.. edges.Select(rates.TimeAt)];
        Ends = [.. edges.Skip(1).Select(edge => (double)edge)];
        Counts = new double[cells];
        Spacings = new double[cells];
        Noise = new double[cells];
        Drops = new double[cells];
        Tilts = new double[cells];
        StartTimes = new double[cells];
        EndTimes = new double[cells];
        FirstTimes = new double[cells];
        for (var c = 0; c < cells; c++)
        {
            int a = Edges[c], b = Edges[c + 1];
            double n = b - a, span = Times[c + 1] - Times[c];
            Counts[c] = n;
            Spacings[c] = span / n;
            Noise[c] = rates.NoiseAt(b) - rates.NoiseAt(a);
            Drops[c] = rates.RateAt(Math.Max(0, a - 1)) - rates.RateAt(b - 1);
            double early = rates.RateAt(a), late = rates.RateAt(b - 1);
            Tilts[c] = early + late > 0 ? (early - late) / (early + late) : 0;
            StartTimes[c] = Times[c] + (span * (n - 1) / (2 * n));
            EndTimes[c] = 0.5 * (rates.TimeAt(a + ((b - a + 1) / 2)) + rates.TimeAt(a + ((b - a + 2) / 2)));
            FirstTimes[c] = rates.TimeAt(a + 1);
        }

        Targets = [.. targets.Select(target => Array.BinarySearch(Edges, target))];
    }

    /// <summary>Steps at which cells begin, and the end of the last: n + 1 for n cells.</summary>
    public int[] Edges { get; }

    /// <summary>Steps at which cells end.</summary>
    public double[] Ends { get; }

    /// <summary>Intrinsic times of the edges.</summary>
    public double[] Times { get; }

    /// <summary>Numbers of steps of the cells.</summary>
    public double[] Counts { get; }

    /// <summary>Mean rates of the cells, which are the spacings of intrinsic time.</summary>
    public double[] Spacings { get; }

    /// <summary>Σ η²/B over the cells.</summary>
    public double[] Noise { get; }

    /// <summary>Σ (η_{i−1} − η_i) over the cells; step 0 counts nothing.</summary>
    public double[] Drops { get; }

    /// <summary>How the rate changes across the cells: (early − late)/(early + late). The noise per intrinsic time is proportional to the rate; the drop of the rate per intrinsic time to its inverse, if the rate falls evenly over steps.</summary>
    public double[] Tilts { get; }

    /// <summary>Means of t_i over the cells.</summary>
    public double[] StartTimes { get; }

    /// <summary>t_{i+1} of the first steps of the cells.</summary>
    public double[] FirstTimes { get; }

    /// <summary>t_{i+1} of the middle steps of the cells.</summary>
    public double[] EndTimes { get; }

    /// <summary>Indices of the edges that are targets.</summary>
    public int[] Targets { get; }

    /// <summary>Largest rate.</summary>
    public double Peak { get; }

    private static void Cut(StepRates rates, IReadOnlyList<int> targets, double band, double growth, List<int> edges)
    {
        edges.Clear();
        edges.Add(0);
        var last = targets[^1];
        var next = 0;
        var start = 0;
        for (var k = 1; k <= last; k++)
        {
            while (targets[next] < k)
                next++;
            var isEdge = k == targets[next] || IsJump(k) || IsJump(k - 1) || k - start >= Math.Max(1, growth * start * (k > 0.7 * targets[0] ? 0.5 : 1))
                || rates.TimeAt(k) > (1 + growth) * rates.TimeAt(start + 1)
                || IsOther(rates.RateAt(start), rates.RateAt(Math.Min(k, rates.Steps - 1))) || rates.BatchAt(Math.Min(k, rates.Steps - 1)) != rates.BatchAt(start);
            if (!isEdge)
                continue;
            edges.Add(k);
            start = k;
        }

        // Near zero the band is relative: the drop per intrinsic time goes with the inverse of the rate.
        bool IsOther(double first, double rate) =>
            Math.Abs(rate - first) > Math.Min(band, Math.Max(LargestRatio * Math.Min(first, rate), SmallestBand * rates.Peak));

        bool IsJump(int k) => k > 0 && k < rates.Steps && Math.Abs(rates.RateAt(k) - rates.RateAt(k - 1)) > Jump * rates.Peak;
    }
}
