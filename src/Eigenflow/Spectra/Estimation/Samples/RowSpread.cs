namespace Eigenflow.Spectra.Estimation;

/// <summary>
/// How unequal the lengths of rows are: against Gaussian rows of the same spectrum, and the index of their tail.
/// Errors of eigenvalues rest on fourth moments of the data; where the tail index α of the lengths is at most 4 these do not exist.
/// </summary>
internal sealed record RowSpread
{
    private const int FewestRows = 50;

    // Standard errors of a 90 % interval.
    private const double Interval = 1.645;

    // Gaussian rows of a spectrum estimated from the same rows scatter about one.
    private const double LargestGaussian = 1.5;

    /// <summary>Variance of squared lengths over that of Gaussian rows with the same eigenvalues.</summary>
    public required double Ratio { get; init; }

    /// <summary>E r⁴/(E r²)² over that of Gaussian rows, at least one: errors of eigenvalues grow by its root.</summary>
    public required double Inflation { get; init; }

    /// <summary>Tail index α of the lengths, P(r &gt; x) ∝ x^(−α); infinite where the tail is lighter than a power.</summary>
    public required double TailIndex { get; init; }

    /// <summary>Lower end of its 90 % interval.</summary>
    public required double LowestTailIndex { get; init; }

    /// <summary>Upper end of that interval.</summary>
    public required double HighestTailIndex { get; init; }

    /// <summary>Whether rows are more unequal than Gaussian ones.</summary>
    public bool IsUneven => Ratio > LargestGaussian;

    /// <summary>Whether fourth moments cannot be relied on.</summary>
    public bool IsHeavy => IsUneven && LowestTailIndex <= 4;

    /// <summary>From squared lengths about the mean.</summary>
    /// <param name="squares">r² of rows; null is the answer for fewer than fifty.</param>
    /// <param name="eigenvalues">Eigenvalues of the covariance.</param>
    /// <param name="trace">Its trace.</param>
    /// <param name="degrees">Degrees of freedom.</param>
    public static RowSpread? Of(double[] squares, ReadOnlySpan<double> eigenvalues, double trace, double degrees)
    {
        var mean = squares.Length == 0 ? 0 : squares.Average();
        if (squares.Length < FewestRows || !(mean > 0) || !(trace > 0))
            return null;

        // Σλ²/(Σλ)² of a sample is too large by 1/n.
        var participation = -1 / degrees;
        foreach (var value in eigenvalues)
            participation += value / trace * (value / trace);
        var gaussian = 2 * Math.Max(participation, 1 / degrees);
        var variance = squares.Average(value => ((value / mean) - 1) * ((value / mean) - 1));
        var (shape, error) = Tail(squares);
        return new RowSpread
        {
            Ratio = variance / gaussian,
            Inflation = Math.Max(1, (1 + variance) / (1 + gaussian)),
            TailIndex = shape > 0 ? 2 / shape : double.PositiveInfinity,
            LowestTailIndex = shape + (Interval * error) > 0 ? 2 / (shape + (Interval * error)) : double.PositiveInfinity,
            HighestTailIndex = shape - (Interval * error) > 0 ? 2 / (shape - (Interval * error)) : double.PositiveInfinity,
        };
    }

    // The moment estimator of Dekkers, Einmahl and de Haan (1989) for the extreme-value index of r², over the largest 2√n rows, with its standard error.
    private static (double Shape, double Error) Tail(double[] squares)
    {
        double[] sorted = [.. squares.OrderDescending()];
        var count = Math.Min(sorted.Length / 4, 2 * (int)Math.Sqrt(sorted.Length));
        if (!(sorted[count] > 0))
            return (0, 0);
        double first = 0, second = 0;
        for (var k = 0; k < count; k++)
        {
            var log = Math.Log(sorted[k] / sorted[count]);
            first += log / count;
            second += log * log / count;
        }

        if (!(second > first * first))
            return (0, 0);
        var shape = first + 1 - (0.5 / (1 - (first * first / second)));
        return (shape, Math.Sqrt((1 + (shape * shape)) / count));
    }
}
