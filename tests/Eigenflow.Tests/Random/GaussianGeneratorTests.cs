using Eigenflow.Random;
using Shouldly;
using Xunit;

namespace Eigenflow.Tests.Random;

public sealed class GaussianGeneratorTests
{
    [Theory]
    [InlineData(1UL, 0, 0, 0L, 0L)]
    [InlineData(0xFEDCBA9876543210UL, 15, 65_535, (1L << 40) + 3, 160L)]
    [InlineData(7UL, 3, 12, 5L, (1L << 37) + 16)]
    public void CoordinatesAreBoxMullerPairsOfTheStatedBlocks(ulong seed, int stream, int replica, long step, long first)
    {
        var numbers = new double[16];
        GaussianGenerator.Fill(new GaussianAddress(seed, stream, replica, step), first, numbers);
        for (var lane = 0; lane < 8; lane++)
        {
            var block = (ulong)((first / 16 * 8) + lane);
            var (w0, w1, w2, w3) = Philox.Block(
                ((uint)block, (uint)(block >> 32) | ((uint)stream << 12) | ((uint)replica << 16), (uint)step, (uint)(step >> 32)),
                ((uint)seed, (uint)(seed >> 32)));
            var u1 = 1 - (((((ulong)w0 << 32) | w1) >> 12) * Math.Pow(2, -52));
            var u2 = ((((ulong)w2 << 32) | w3) >> 12) * Math.Pow(2, -52);
            var amplitude = Math.Sqrt(-2 * Math.Log(u1));
            var (sine, cosine) = Math.SinCos(2 * Math.PI * u2);
            numbers[lane].ShouldBe(amplitude * cosine, 4e-15);
            numbers[lane + 8].ShouldBe(amplitude * sine, 4e-15);
        }
    }

    [Fact]
    public void NumbersDoNotDependOnHowTheyAreFilled()
    {
        var address = new GaussianAddress(42, 2, 3, 4);
        var whole = new double[1000];
        GaussianGenerator.Fill(address, 0, whole);
        foreach (var size in new[] { 1, 3, 15, 16, 17, 64, 333 })
        {
            var parts = new double[1000];
            for (var first = 0; first < parts.Length; first += size)
                GaussianGenerator.Fill(address, first, parts.AsSpan(first, Math.Min(size, parts.Length - first)));
            parts.ShouldBe(whole);
        }
    }

    [Fact]
    public void MomentsAreThoseOfTheNormalLaw()
    {
        const int count = 1 << 20;
        var numbers = new double[count];
        GaussianGenerator.Fill(new GaussianAddress(5, 1, 0, 9), 0, numbers);
        double[] moments = [.. Enumerable.Range(1, 6).Select(power => numbers.Average(x => Math.Pow(x, power)))];

        // Var x^k = (2k − 1)!! − ((k − 1)!!)² for even k; four standard errors.
        double[] expected = [0, 1, 0, 3, 0, 15];
        double[] variance = [1, 2, 15, 96, 945, 10_170];
        for (var k = 0; k < 6; k++)
            moments[k].ShouldBe(expected[k], 4 * Math.Sqrt(variance[k] / count), $"moment {k + 1}");

        // Neighbours, partners of a pair and the next group are uncorrelated.
        foreach (var lag in new[] { 1, 8, 16 })
            Enumerable.Range(0, count - lag).Average(i => numbers[i] * numbers[i + lag]).ShouldBe(0, 4 / Math.Sqrt(count), $"lag {lag}");
    }

    [Fact]
    public void DistributionIsNormalIntoTheTails()
    {
        const int count = 1 << 20;
        var numbers = new double[count];
        GaussianGenerator.Fill(new GaussianAddress(6, 1, 0, 0), 0, numbers);
        double[] levels = [-3.5, -2, -1, 0, 0.5, 1.5, 3, 4];
        foreach (var level in levels)
        {
            var probability = 0.5 * MathNet.Numerics.SpecialFunctions.Erfc(-level / Math.Sqrt(2));
            var observed = numbers.Count(x => x < level) / (double)count;
            observed.ShouldBe(probability, (4 * Math.Sqrt(probability * (1 - probability) / count)) + 1e-9);
        }
    }

    [Fact]
    public void DifferentAddressesGiveUnrelatedNumbers()
    {
        var reference = Draw(new GaussianAddress(1, 1, 1, 1));
        GaussianAddress[] others = [new(2, 1, 1, 1), new(1UL << 32, 1, 1, 1), new(1, 2, 1, 1), new(1, 1, 2, 1), new(1, 1, 1, 2), new(1, 1, 1, 1L + (1L << 32))];
        foreach (var other in others)
        {
            var numbers = Draw(other);
            reference.Zip(numbers, (a, b) => a * b).Average().ShouldBe(0, 4 / Math.Sqrt(reference.Length), other.ToString());
        }

        static double[] Draw(GaussianAddress address)
        {
            var numbers = new double[1 << 16];
            GaussianGenerator.Fill(address, 0, numbers);
            return numbers;
        }
    }

    [Theory]
    [InlineData(16, 0, 0, 0)]
    [InlineData(-1, 0, 0, 0)]
    [InlineData(0, 65_536, 0, 0)]
    [InlineData(0, 0, -1, 0)]
    [InlineData(0, 0, 0, -1)]
    [InlineData(0, 0, 0, GaussianAddress.CoordinateLimit)]
    public void AddressOutOfRangeIsRefused(int stream, int replica, long step, long coordinate) =>
        Should.Throw<ParameterException>(() => GaussianGenerator.Fill(new GaussianAddress(1, stream, replica, step), coordinate, new double[1]));
}
