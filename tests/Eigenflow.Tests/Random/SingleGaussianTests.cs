using Eigenflow.Random;
using Shouldly;
using Xunit;

namespace Eigenflow.Tests.Random;

public sealed class SingleGaussianTests
{
    [Fact]
    public void EveryCoordinateHasItsNumberHoweverTheVectorIsFilled()
    {
        var address = new GaussianAddress(77, 2, 9, 1_000_000_007);
        var whole = new float[1000];
        GaussianGenerator.Fill(address, 0, whole);
        foreach (var (first, count) in new[] { (0, 1), (1, 31), (31, 33), (32, 64), (5, 995), (999, 1), (100, 0) })
        {
            var part = new float[count];
            GaussianGenerator.Fill(address, first, part);
            part.ShouldBe(whole[first..(first + count)]);
        }
    }

    [Fact]
    public void NumbersAreBoxMullerOfPhiloxWords()
    {
        var numbers = new float[32];
        GaussianGenerator.Fill(new GaussianAddress(0x123456789ABCDEF0, 1, 3, 42), 0, numbers);
        for (var lane = 0; lane < 16; lane++)
        {
            var words = Philox.Block(((uint)(lane / 2), (3u << 16) | (1u << 12), 42, 0), (0x9ABCDEF0, 0x12345678));
            var first = lane % 2 == 0 ? words.Word0 : words.Word1;
            var second = lane % 2 == 0 ? words.Word2 : words.Word3;
            var amplitude = Math.Sqrt(-2 * Math.Log(((first >> 1) * Math.Pow(2, -31)) + Math.Pow(2, -32)));
            var angle = 2 * Math.PI * (int)second * Math.Pow(2, -32);
            ((double)numbers[lane]).ShouldBe(amplitude * Math.Cos(angle), 1e-6);
            ((double)numbers[16 + lane]).ShouldBe(amplitude * Math.Sin(angle), 1e-6);
        }
    }

    [Fact]
    public void NeighbouringAddressesAreIndependent()
    {
        const int length = 1_000_000;
        GaussianAddress[] addresses =
        [
            new(1, 0, 0, 0), new(2, 0, 0, 0), new(1, 1, 0, 0), new(1, 0, 1, 0), new(1, 0, 0, 1), new(1UL << 32, 0, 0, 0),
        ];
        var vectors = addresses.Select(address =>
        {
            var vector = new float[length];
            GaussianGenerator.Fill(address, 0, vector);
            return vector;
        }).ToArray();
        for (var a = 0; a < vectors.Length; a++)
        {
            for (var b = a; b < vectors.Length; b++)
            {
                // A vector against itself: neighbouring coordinates.
                var shift = a == b ? 1 : 0;
                var correlation = Enumerable.Range(0, length - 1).Sum(i => (double)vectors[a][i] * vectors[b][i + shift]) / length;
                Math.Abs(correlation).ShouldBeLessThan(4.5 / Math.Sqrt(length));
            }
        }
    }
}
