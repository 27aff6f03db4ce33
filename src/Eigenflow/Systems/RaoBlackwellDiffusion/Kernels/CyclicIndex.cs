using Eigenflow.Random;
using MathNet.Numerics.Distributions;

namespace Eigenflow.Systems.RaoBlackwellDiffusion;

/// <summary>Elements of a cyclic group of N elements from normal numbers.</summary>
internal static class CyclicIndex
{
    /// <summary>An index of the uniform law.</summary>
    public static int Uniform(double normal, int count) => WholeNumbers.Below((uint)Math.Min(4294967295.0, Normal.CDF(0, 1, normal) * 4294967296.0), count);

    /// <summary>The nearest whole number to a normal number of a given width, modulo N: symmetric under inversion.</summary>
    public static int Near(double normal, double width, int count)
    {
        var index = (long)Math.IEEERemainder(Math.Round(width * normal, MidpointRounding.ToEven), count);
        return (int)(((index % count) + count) % count);
    }

    /// <summary>ln of the probability of <see cref="Near"/>, times N.</summary>
    public static double LogDensity(int index, double width, int count)
    {
        var reach = (int)Math.Min(1_000_000, Math.Ceiling(10 * width / count) + 1);
        var sum = 0.0;
        for (var k = -reach; k <= reach; k++)
        {
            var place = Math.Abs(index + ((double)k * count));

            // From the upper tail, where small probabilities keep their digits.
            sum += Normal.CDF(0, width, -(place - 0.5)) - Normal.CDF(0, width, -(place + 0.5));
        }

        return Math.Log(sum * count);
    }
}
