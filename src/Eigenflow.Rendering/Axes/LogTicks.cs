namespace Eigenflow.Rendering.Axes;

/// <summary>
/// Ticks of logarithmic axes. With three decades on the axis, decades are labelled as powers of ten, thinned to the room there is, with minor ticks at
/// 2…9 (or at the decades between labels); with two, also their multiples 2 and 5, or 3, where there is room; below, the multiples 1, 2, 5 or 1…9 are labelled; far below a decade, round numbers are.
/// </summary>
internal static class LogTicks
{
    // Digits that are labelled below a decade, and where two decades have ticks.
    private static readonly int[][] Fine = [[1, 2, 3, 4, 5, 6, 7, 8, 9], [1, 2, 3, 5], [1, 2, 5], [1, 3], [1]];
    private static readonly int[][] Coarse = [[1, 2, 5], [1, 3]];

    private static readonly int[] Steps = [1, 2, 3, 5, 10, 20, 25, 50, 100, 200, 500];

    /// <summary>Finds the ticks.</summary>
    /// <param name="range">A logarithmic range.</param>
    /// <param name="length">Length of the axis in pixels.</param>
    /// <param name="spacing">Least distance of labels in pixels.</param>
    public static TickSet Find(AxisRange range, double length, double spacing)
    {
        var first = (int)Math.Ceiling(range.Minimum - 1e-9);
        var last = (int)Math.Floor(range.Maximum + 1e-9);
        if (last - first >= 2)
            return Decades(range, first, last, length, spacing);

        // Two labels do not show that an axis is logarithmic; three do.
        var multiples = Multiples(range, length, spacing, last > first ? Coarse : Fine, fewest: 3);
        if (last > first)
            return multiples ?? Decades(range, first, last, length, spacing);

        // So narrow that the scale is nearly linear.
        var linear = LinearTicks.Find(new AxisRange(false, Math.Pow(10, range.Minimum), Math.Pow(10, range.Maximum)), length, spacing * 1.5);
        return multiples ?? (linear.Major.Count >= 3 ? linear : Multiples(range, length, spacing, Fine, fewest: 2) ?? linear);
    }

    private static TickSet Decades(AxisRange range, int first, int last, double length, double spacing)
    {
        var perDecade = length / (range.Maximum - range.Minimum);
        var step = Steps.FirstOrDefault(candidate => candidate * perDecade >= spacing, 1000);
        var major = new List<Tick>();
        for (var exponent = first; exponent <= last; exponent++)
        {
            if (exponent % step == 0)
                major.Add(new Tick(Power(exponent), TickText.Power(exponent)));
        }

        var minor = new List<double>();
        for (var exponent = first - 1; exponent <= last; exponent++)
        {
            if (step > 1)
            {
                // Decades between labels, as long as they can be told apart.
                if (exponent % step != 0 && exponent >= first && perDecade >= 3)
                    minor.Add(Power(exponent));
            }
            else if (perDecade >= 18)
            {
                for (var digit = 2; digit <= 9; digit++)
                    AddIfShown(range, digit * Power(exponent), minor);
            }
        }

        return new TickSet(major, minor);
    }

    // The first choice of multiples of powers of ten that has enough labels with room between them; null where none has.
    private static TickSet? Multiples(AxisRange range, double length, double spacing, int[][] choices, int fewest)
    {
        var exponents = Enumerable.Range((int)Math.Floor(range.Minimum), 2 + (int)(range.Maximum - Math.Floor(range.Minimum)));
        var multiples = exponents
            .SelectMany(exponent => Enumerable.Range(1, 9).Select(digit => (digit, exponent, value: digit * Power(exponent))))
            .Where(candidate => range.Shows(candidate.value))
            .ToList();
        foreach (var digits in choices)
        {
            var chosen = multiples.Where(candidate => digits.Contains(candidate.digit)).ToList();
            var fits = chosen.Count >= fewest && chosen.Zip(chosen.Skip(1))
                .All(pair => (range.Fraction(pair.Second.value) - range.Fraction(pair.First.value)) * length >= spacing);
            if (fits)
            {
                // One notation along an axis: all plain, or all with powers of ten.
                var isPlain = chosen.TrueForAll(candidate => TickText.IsPlain(candidate.exponent));
                return new TickSet(
                    [.. chosen.Select(candidate => new Tick(candidate.value, TickText.Multiple(candidate.digit, candidate.exponent, isPlain)))],
                    [.. multiples.Select(candidate => candidate.value).Except(chosen.Select(candidate => candidate.value))]);
            }
        }

        return null;
    }

    private static double Power(int exponent) =>
        double.Parse("1e" + exponent.ToString(System.Globalization.CultureInfo.InvariantCulture), System.Globalization.CultureInfo.InvariantCulture);

    private static void AddIfShown(AxisRange range, double value, List<double> values)
    {
        if (range.Shows(value))
            values.Add(value);
    }
}
