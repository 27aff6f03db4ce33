namespace Eigenflow.Systems.RaoBlackwellDiffusion;

/// <summary>Means over draws with standard errors, and the tests of what they should be.</summary>
internal sealed class VerifiedMeans
{
    private const double StandardErrors = 4;

    // What has a probability of a few over the draws may not be among them, and then makes no scatter: four times this.
    private const double Rare = 2;

    private readonly int count, width;
    private readonly double[] values;
    private int draws;

    /// <param name="count">Draws.</param>
    /// <param name="width">Means.</param>
    public VerifiedMeans(int count, int width) => (this.count, this.width, values) = (count, width, new double[(long)count * width]);

    /// <summary>The numbers of the next draw, to be set.</summary>
    public Span<double> Next() => values.AsSpan(draws++ * width, width);

    /// <summary>A mean.</summary>
    /// <param name="index">0-based number.</param>
    public double Mean(int index)
    {
        var sum = 0.0;
        for (var k = 0; k < count; k++)
            sum += values[(k * width) + index];
        return sum / count;
    }

    /// <summary>Tests that a mean is what it should be, to four standard errors.</summary>
    /// <param name="index">0-based number.</param>
    /// <param name="expected">What it should be.</param>
    /// <param name="scale">What the statement is about, ≥ 0.</param>
    /// <param name="event">Size of what is rare.</param>
    /// <param name="error">Error of what it should be.</param>
    public TestedStatement Test(int index, double expected, double scale, double @event, double error = 0)
    {
        var (mean, squares) = (Mean(index), 0.0);
        for (var k = 0; k < count; k++)
            squares += Math.Pow(values[(k * width) + index] - mean, 2);
        var own = Math.Max(Math.Sqrt(squares / (count - 1) / count), Rare * @event / count);
        return TestedStatement.Of(mean - expected, StandardErrors * (own + error), scale);
    }
}
