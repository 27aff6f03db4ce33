using Eigenflow.Random;
using MathNet.Numerics;
using Shouldly;
using Xunit;

namespace Eigenflow.Tests.Random;

/// <summary>
/// 10⁸ draws against the normal law. Counts in bins of 1/2048 give the empirical distribution exactly at the edges; between them it can only move by the fluctuation of
/// one bin, far below that of the whole, so both statistics are those of the sorted sample to a few parts in a thousand.
/// </summary>
public sealed class GoodnessOfFitTests
{
    private const int Draws = 100_000_000;
    private const int BinsPerUnit = 2048;
    private const int Edge = 8;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void AHundredMillionDrawsFollowTheNormalLaw(bool isSingle)
    {
        var counts = Histogram(isSingle);
        var (kolmogorov, anderson, tail) = (0.0, 0.0, new Dictionary<int, (double Expected, double Found)>());
        double below = 0, previousTerm = 0, previousProbability = 0;
        for (var bin = 0; bin < counts.Length; bin++)
        {
            below += counts[bin];
            var x = ((bin + 1.0) / BinsPerUnit) - Edge;
            var probability = 0.5 * SpecialFunctions.Erfc(-x / Math.Sqrt(2));
            var rest = 0.5 * SpecialFunctions.Erfc(x / Math.Sqrt(2));
            var difference = (below / Draws) - probability;
            kolmogorov = Math.Max(kolmogorov, Math.Abs(difference));
            var term = rest > 0 ? difference * difference / (probability * rest) : 0;
            anderson += 0.5 * (term + previousTerm) * (probability - previousProbability);
            (previousTerm, previousProbability) = (term, probability);
            if (x is 4 or 5)
                tail[(int)x] = (2 * rest * Draws, 0);
        }

        // Critical values at 0.1 % for n → ∞.
        (kolmogorov * Math.Sqrt(Draws)).ShouldBeLessThan(1.95);
        (anderson * Draws).ShouldBeLessThan(6.0);
        foreach (var (sigma, (expected, _)) in tail)
        {
            var found = counts.Where((_, bin) => Math.Abs(((bin + 0.5) / BinsPerUnit) - Edge) > sigma).Sum();
            Math.Abs(found - expected).ShouldBeLessThan(4.5 * Math.Sqrt(expected), $"beyond {sigma} sigma: {found} of {expected:0}");
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void MomentsToTheEighthAreThoseOfTheNormalLaw(bool isSingle)
    {
        const int count = 1 << 22;
        var numbers = new double[count];
        var address = new GaussianAddress(11, 1, 2, 3);
        if (isSingle)
        {
            var singles = new float[count];
            GaussianGenerator.Fill(address, 0, singles);
            numbers = [.. singles.Select(x => (double)x)];
        }
        else
        {
            GaussianGenerator.Fill(address, 0, numbers);
        }

        // E x^k = (k − 1)!! and Var x^k = (2k − 1)!! − (E x^k)² for even k; 4.5 standard errors.
        for (var k = 1; k <= 8; k++)
        {
            var expected = k % 2 == 0 ? DoubleFactorial(k - 1) : 0;
            var error = Math.Sqrt((DoubleFactorial((2 * k) - 1) - (expected * expected)) / count);
            numbers.Average(x => Math.Pow(x, k)).ShouldBe(expected, 4.5 * error, $"moment {k}");
        }

        static double DoubleFactorial(int n) => n <= 1 ? 1 : n * DoubleFactorial(n - 2);
    }

    private static long[] Histogram(bool isSingle)
    {
        const int length = 10_000;
        var counts = new long[2 * Edge * BinsPerUnit];
        var doubles = new double[length];
        var singles = new float[length];
        for (var step = 0; step < Draws / length; step++)
        {
            var address = new GaussianAddress(2024, 3, 5, step);
            if (isSingle)
            {
                GaussianGenerator.Fill(address, 0, singles);
                foreach (var x in singles)
                    counts[(int)((x + (double)Edge) * BinsPerUnit)]++;
            }
            else
            {
                GaussianGenerator.Fill(address, 0, doubles);
                foreach (var x in doubles)
                    counts[(int)((x + Edge) * BinsPerUnit)]++;
            }
        }

        return counts;
    }
}
