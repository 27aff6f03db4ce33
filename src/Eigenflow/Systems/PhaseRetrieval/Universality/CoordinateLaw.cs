using System.Numerics;
using Eigenflow.Numerics;
using MathNet.Numerics;
using MathNet.Numerics.Distributions;

namespace Eigenflow.Systems.PhaseRetrieval;

/// <summary>
/// Turns normal numbers into those of another law with variance one, coordinate by coordinate, by ζ = F⁻¹(Φ(g)): samples stay where they are addressed. Student's t is interpolated (cubic Hermite in g at 1/64 steps, 1e-9 of it);
/// the sphere keeps the direction of the Gaussian vector, and its length is taken out by the kernel.
/// </summary>
internal sealed class CoordinateLaw
{
    private const int PerUnit = 64;

    // Beyond this lies nothing: normal numbers of 53 bits are smaller.
    private const double LargestNormal = 9.5;

    private readonly InputLawKind kind;
    private readonly double[] values = [];
    private readonly double[] slopes = [];

    private CoordinateLaw(InputLaw law)
    {
        kind = law.Kind;
        if (kind != InputLawKind.Student)
            return;
        var count = (int)(LargestNormal * PerUnit) + 2;
        (values, slopes) = (new double[count], new double[count]);
        var scale = Math.Sqrt((law.Freedom - 2) / law.Freedom);
        for (var k = 0; k < count; k++)
        {
            var g = (double)k / PerUnit;
            var t = k == 0 ? 0 : Upper(law.Freedom, Math.Log(SpecialFunctions.Erfc(g / Constants.Sqrt2)), values[k - 1] / scale);
            values[k] = scale * t;
            slopes[k] = scale * Math.Exp(Normal.PDFLn(0, 1, g) - StudentT.PDFLn(0, 1, law.Freedom, t)) / PerUnit;
        }
    }

    // The t beyond which lies a probability, both tails together: from their logarithm, which keeps its digits.
    private static double Upper(double freedom, double logarithm, double below) => ScalarRoot.Find(
        t => Math.Log(SpecialFunctions.BetaRegularized(freedom / 2, 0.5, freedom / (freedom + (t * t)))) - logarithm, below, (2 * below) + 1);

    /// <summary>Whether the samples are to be divided by their length.</summary>
    public bool IsSphere => kind == InputLawKind.Sphere;

    /// <summary>The law, or null for normal coordinates.</summary>
    public static CoordinateLaw? Of(InputLaw law) => law.Kind == InputLawKind.Gaussian ? null : new CoordinateLaw(law);

    /// <summary>Turns normal numbers into coordinates, in place.</summary>
    public void Apply<T>(Span<T> sample)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        switch (kind)
        {
            case InputLawKind.Rademacher:
                for (var i = 0; i < sample.Length; i++)
                    sample[i] = T.CopySign(T.One, sample[i]);
                break;
            case InputLawKind.Uniform:
                for (var i = 0; i < sample.Length; i++)
                    sample[i] = T.CreateTruncating(Constants.Sqrt3 * SpecialFunctions.Erf(double.CreateTruncating(sample[i]) / Constants.Sqrt2));
                break;
            case InputLawKind.Student:
                for (var i = 0; i < sample.Length; i++)
                    sample[i] = T.CreateTruncating(Quantile(double.CreateTruncating(sample[i])));
                break;
            default:
                break;
        }
    }

    private double Quantile(double g)
    {
        var place = Math.Min(Math.Abs(g), LargestNormal) * PerUnit;
        var k = (int)place;
        var x = place - k;
        var y = 1 - x;
        var value = (y * y * (((1 + (2 * x)) * values[k]) + (x * slopes[k]))) + (x * x * (((1 + (2 * y)) * values[k + 1]) - (y * slopes[k + 1])));
        return g < 0 ? -value : value;
    }
}
