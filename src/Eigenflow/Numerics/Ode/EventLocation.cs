namespace Eigenflow.Numerics.Ode;

/// <summary>Locates events within a step by its dense output.</summary>
public static class EventLocation
{
    // A step resolves the solution, so that a margin with several sign changes inside one is found on a few subdivisions.
    private const int Subdivisions = 8;

    /// <summary>The first point of an interval at which a continuous margin stops being negative.</summary>
    /// <param name="start">Left end.</param>
    /// <param name="end">Right end.</param>
    /// <param name="margin">The margin.</param>
    /// <returns>The point, to rounding, from the side on which the margin is not negative; null when it is negative at every subdivision.</returns>
    public static double? FirstRise(double start, double end, Func<double, double> margin)
    {
        if (margin(start) >= 0)
            return start;
        double left = start, right = end;
        for (var k = 1; k <= Subdivisions; k++)
        {
            var point = k == Subdivisions ? end : start + ((end - start) * k / Subdivisions);
            if (margin(point) >= 0)
            {
                right = point;
                break;
            }

            if (k == Subdivisions)
                return null;
            left = point;
        }

        while (true)
        {
            var middle = left + ((right - left) / 2);
            if (middle <= left || middle >= right)
                return right;
            if (margin(middle) >= 0)
                right = middle;
            else
                left = middle;
        }
    }
}
