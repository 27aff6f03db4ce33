using Eigenflow.Random;
using Shouldly;
using Xunit;

namespace Eigenflow.Tests.Random;

public sealed class ShuffleTests
{
    [Fact]
    public void EveryOrderComesEquallyOften()
    {
        const int Draws = 24_000;
        var counts = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var draw = 0; draw < Draws; draw++)
        {
            var number = (uint)draw;
            var order = string.Join(',', Shuffle.Order(4, k => Philox.Block(((uint)k, number, 0, 0), (7, 0)).Word0));
            counts[order] = counts.GetValueOrDefault(order) + 1;
        }

        // Chi square with 23 degrees of freedom: above 50 with probability 1e-3.
        counts.Count.ShouldBe(24);
        counts.Values.Sum(count => Math.Pow(count - 1000, 2) / 1000).ShouldBeLessThan(50);
    }

    [Fact]
    public void PartsGiveWhatTheWholeGives()
    {
        uint Word(int k) => Philox.Block(((uint)k, 3, 0, 0), (1, 0)).Word0;
        int[] parts = [0, 1, 2, 3, 4, 5, 6, 7];
        Shuffle.Places(parts, 0, 3, Word);
        Shuffle.Places(parts, 3, 7, Word);
        parts.ShouldBe(Shuffle.Order(8, Word));
    }
}
