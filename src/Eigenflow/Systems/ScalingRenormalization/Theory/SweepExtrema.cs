namespace Eigenflow.Systems.ScalingRenormalization;

/// <summary>Multiple descent: the interior maxima of an error along a sweep.</summary>
internal static class SweepExtrema
{
    // Less than this part of a value is rounding.
    private const double Rounding = 1e-9;

    /// <summary>The strict interior maxima, in the order of the sweep. Values that are infinite count as maxima.</summary>
    /// <param name="axis">The axis, ascending.</param>
    /// <param name="errors">The errors.</param>
    public static IReadOnlyList<(double Place, double Value)> Maxima(double[] axis, double[] errors)
    {
        var found = new List<(double, double)>();
        var rises = false;
        var top = 0;
        for (var k = 1; k < errors.Length; k++)
        {
            if (errors[k] > errors[top] * (1 + Rounding))
            {
                (rises, top) = (true, k);
            }
            else if (errors[k] < errors[top] * (1 - Rounding))
            {
                if (rises)
                    found.Add((axis[top], errors[top]));
                (rises, top) = (false, k);
            }
        }

        return found;
    }
}
