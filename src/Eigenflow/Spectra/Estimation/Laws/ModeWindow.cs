namespace Eigenflow.Spectra.Estimation;

/// <summary>
/// The longest range of modes over which eigenvalues follow a power law. Ranges begin and end at modes, twelve candidates a decade, and span at least one decade: modes 1 to 10 are one.
/// A range counts where the local exponent is constant (to 0.1 and to a quarter of the exponent), or changes by less than its 95 % interval and an exponential law is not better, and where the points scatter about the line.
/// </summary>
internal static class ModeWindow
{
    private const int PerDecade = 12;
    private const double Student = 2.262;

    /// <summary>A window over a smaller part of the decades is that of a part of the spectrum.</summary>
    public const double WholePart = 2.0 / 3;

    /// <summary>Ratio of the last to the first mode of a window: one decade.</summary>
    public const int Decade = 10;

    /// <summary>Finds it; null where there is none.</summary>
    /// <param name="logs">The eigenvalues.</param>
    /// <param name="reduced">The same with each block of rows left out, for the scatter of the drift; empty where there are none.</param>
    /// <param name="limit">The last mode to rely on.</param>
    /// <param name="samplingNoise">Standard deviation of ln λ_i by the size of the sample.</param>
    /// <param name="test">What samples of a law show, or null where that is not known.</param>
    public static ModeLaw? Longest(ModeLogs logs, IReadOnlyList<ModeLogs> reduced, int limit, double samplingNoise, LawTest? test = null)
    {
        ModeLaw? best = null;
        var isDoubtful = test?.Doubts(1, limit) ?? false;
        foreach (var (first, last) in Candidates(limit))
        {
            if (best is not null && (double)last / first <= (double)best.Last / best.First)
                continue;
            var law = Fit(logs, reduced, first, last);
            var isWhole = law.Decades >= WholePart * Math.Log10(limit) && !isDoubtful;
            if (law.Exponent > 0 && law.IsSteady && law.IsStraight(samplingNoise) && (isWhole || law.IsShown) && (test is null || (isWhole ? !test.Doubts(first, last) : test.Shows(first, last))))
                best = law;
        }

        return best;
    }

    /// <summary>The law of given eigenvalues, such as those of a file, by the same rule; null where no decade follows one.</summary>
    /// <param name="eigenvalues">Positive values, descending.</param>
    public static ModeLaw? OfGiven(ReadOnlySpan<double> eigenvalues) =>
        Longest(new ModeLogs(eigenvalues), [], eigenvalues.Length, 0) is { } law && law.Exponent > law.HalfWidth ? law : null;

    /// <summary>Fits a range; the interval of its drift is the larger of the line's and the jackknife's.</summary>
    public static ModeLaw Fit(ModeLogs logs, IReadOnlyList<ModeLogs> reduced, int first, int last)
    {
        var law = ModeLaw.Of(logs, first, last);
        if (reduced.Count == 0)
            return law;
        var (_, deviation) = Spread([.. reduced.Select(part => ModeLaw.Of(part, first, last).Drift)]);
        return law with { DriftHalfWidth = Math.Max(law.DriftHalfWidth, Student * deviation) };
    }

    /// <summary>Mean of leave-out values and the standard deviation of the whole that they tell (jackknife).</summary>
    public static (double Mean, double Deviation) Spread(double[] leftOut)
    {
        var mean = leftOut.Average();
        return (mean, Math.Sqrt(leftOut.Sum(value => (value - mean) * (value - mean)) * (leftOut.Length - 1) / leftOut.Length));
    }

    private static IEnumerable<(int First, int Last)> Candidates(int limit)
    {
        int[] firsts = [.. Grid(limit / Decade, index => Math.Pow(10, (double)index / PerDecade))];
        int[] lasts = [.. Grid(limit, index => limit * Math.Pow(10, -(double)index / PerDecade)).Where(last => last >= Decade)];
        foreach (var first in firsts)
        {
            foreach (var last in lasts.Where(last => last > Decade * first))
                yield return (first, last);
            yield return (first, Decade * first);
        }
    }

    private static IEnumerable<int> Grid(int limit, Func<int, double> value) => limit < 1
        ? []
        : Enumerable.Range(0, 1 + (int)(PerDecade * Math.Ceiling(Math.Log10(limit) + 1))).Select(index => (int)Math.Round(value(index))).Where(mode => mode >= 1 && mode <= limit).Distinct().Order();
}
