namespace Eigenflow.Rendering.Axes;

/// <summary>
/// Ticks of logarithmic axes. From two decades on, decades are labelled as powers of ten, thinned to the room there is, with minor ticks at
/// 2…9 (or at the decades between labels); below, the multiples 1, 2, 5 or 1…9 are labelled; far below a decade, round numbers are.
/// </summary>
internal static class LogTicks
{
    private static readonly int[] Steps = [1, 2, 3, 5, 10, 20, 25, 50, 100, 200, 500];

    /// <summary>Finds the ticks.</summary>
    /// <param name="range">A logarithmic range.</param>
    /// <param name="length">Length of the axis in pixels.</param>
    /// <param name="spacing">Least distance of labels in pixels.</param>
    public static TickSet Find(AxisRange range, double length, double spacing)
    {
        var first = (int)Math.Ceiling(range.Minimum - 1e-9);
        var last = (int)Math.Floor(range.Maximum + 1e-9);
        return last - first >= 1 ? Decades(range, first, last, length, spacing) : WithinDecade(range, length, spacing);
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

    private static TickSet WithinDecade(AxisRange range, double length, double spacing)
    {
        var exponents = Enumerable.Range((int)Math.Floor(range.Minimum), 2 + (int)(range.Maximum - Math.Floor(range.Minimum)));
        var multiples = exponents
            .SelectMany(exponent => Enumerable.Range(1, 9).Select(digit => (digit, exponent, value: digit * Power(exponent))))
            .Where(candidate => range.Shows(candidate.value))
            .ToList();
        foreach (var digits in new int[][] { [1, 2, 3, 4, 5, 6, 7, 8, 9], [1, 2, 3, 5], [1, 2, 5], [1, 3], [1] })
        {
            var chosen = multiples.Where(candidate => digits.Contains(candidate.digit)).ToList();
            var fits = chosen.Count >= 2 && chosen.Zip(chosen.Skip(1))
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

        // So narrow that the scale is nearly linear.
        var linear = new AxisRange(false, Math.Pow(10, range.Minimum), Math.Pow(10, range.Maximum));
        return LinearTicks.Find(linear, length, spacing * 1.5);
    }

    private static double Power(int exponent) =>
        double.Parse("1e" + exponent.ToString(System.Globalization.CultureInfo.InvariantCulture), System.Globalization.CultureInfo.InvariantCulture);

    private static void AddIfShown(AxisRange range, double value, List<double> values)
    {
        if (range.Shows(value))
            values.Add(value);
    }
}
