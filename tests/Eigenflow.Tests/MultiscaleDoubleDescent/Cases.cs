using Eigenflow.Systems.MultiscaleDoubleDescent;

namespace Eigenflow.Tests.MultiscaleDoubleDescent;

/// <summary>The problems of the reference values, which an independent program computed.</summary>
internal static class Cases
{
    /// <summary>Two scales 1 and 1/κ.</summary>
    public static MultiscaleProblem TwoScale(long samples, long dimension, long fast, double condition, double deviation = 0) =>
        new() { Samples = samples, Scales = FeatureScales.TwoScale(dimension, fast, condition), Noise = deviation * deviation };

    /// <summary>Two scales of any size.</summary>
    public static MultiscaleProblem Scales(long samples, double deviation, params IReadOnlyList<(double Scale, long Count)> scales) =>
        new() { Samples = samples, Scales = FeatureScales.Of([.. scales.Select(pair => pair.Scale)], [.. scales.Select(pair => pair.Count)]), Noise = deviation * deviation };

    public static MultiscaleProblem PowerLaw => new() { Samples = 80, Scales = FeatureScales.PowerLaw(200, 1.5), Noise = 0.01 };

    /// <summary>The deterministic design, 6 × 4 with scales 1, 1, 0.1, 0.1: Z_ij = √(3/d) (2u − 1), u = frac(√2 i + √3 j + √5 ij).</summary>
    public static DrawnInputs Design()
    {
        var latent = new double[24];
        for (var i = 1; i <= 6; i++)
        {
            for (var j = 1; j <= 4; j++)
            {
                var sum = (Math.Sqrt(2) * i) + (Math.Sqrt(3) * j) + (Math.Sqrt(5) * i * j);
                latent[((i - 1) * 4) + j - 1] = Math.Sqrt(3.0 / 4) * ((2 * (sum - Math.Floor(sum))) - 1);
            }
        }

        return DrawnInputs.Of(latent, [1, 1, 0.1, 0.1], 6);
    }
}
