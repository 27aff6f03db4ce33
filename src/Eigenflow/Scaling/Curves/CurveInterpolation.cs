namespace Eigenflow.Scaling;

/// <summary>Linear interpolation of a curve at ascending places in one pass. Callers choose the coordinates: ln x, ln y or neither.</summary>
internal static class CurveInterpolation
{
    /// <summary>Interpolates; before its first and behind its last point a curve keeps its value there.</summary>
    /// <param name="x">Abscissae, ascending; of equal ones the first counts at their place.</param>
    /// <param name="y">Ordinates, as many, at least one.</param>
    /// <param name="places">Where, ascending.</param>
    /// <param name="values">Receives as many values.</param>
    public static void At(ReadOnlySpan<double> x, ReadOnlySpan<double> y, ReadOnlySpan<double> places, Span<double> values)
    {
        if (x.Length == 1)
        {
            values.Fill(y[0]);
            return;
        }

        var right = 1;
        for (var i = 0; i < places.Length; i++)
        {
            while (right < x.Length - 1 && x[right] < places[i])
                right++;
            var span = x[right] - x[right - 1];
            var part = span > 0 ? Math.Clamp((places[i] - x[right - 1]) / span, 0, 1) : 1;
            values[i] = ((1 - part) * y[right - 1]) + (part * y[right]);
        }
    }

    /// <summary>The same as a new array.</summary>
    /// <param name="x">Abscissae, ascending.</param>
    /// <param name="y">Ordinates.</param>
    /// <param name="places">Where, ascending.</param>
    public static double[] At(ReadOnlySpan<double> x, ReadOnlySpan<double> y, ReadOnlySpan<double> places)
    {
        var values = new double[places.Length];
        At(x, y, places, values);
        return values;
    }
}
