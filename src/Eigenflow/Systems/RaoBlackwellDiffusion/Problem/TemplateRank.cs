using Eigenflow.Numerics.Dense;

namespace Eigenflow.Systems.RaoBlackwellDiffusion;

/// <summary>The number of directions that the points of a template of space span.</summary>
internal static class TemplateRank
{
    private const double Rounding = 1e-8;

    /// <summary>The rank, 0 to 3.</summary>
    /// <param name="template">Points of three numbers, one after another.</param>
    public static int Of(ReadOnlySpan<double> template)
    {
        Span<double> moments = stackalloc double[9], left = stackalloc double[9], values = stackalloc double[3], right = stackalloc double[9];
        for (var j = 0; j < template.Length; j += 3)
        {
            for (var k = 0; k < 9; k++)
                moments[k] += template[j + (k / 3)] * template[j + (k % 3)];
        }

        ProperSvd.Of(moments, left, values, right);
        var rank = 0;
        foreach (var value in values)
            rank += values[0] > 0 && value > Rounding * values[0] ? 1 : 0;
        return rank;
    }
}
