namespace Eigenflow.Scaling.Fits;

/// <summary>The local exponent of a curve: slopes of lines through the points of overlapping windows.</summary>
/// <param name="X">Centres of the windows.</param>
/// <param name="Exponents">Slopes of ln y against ln x.</param>
/// <param name="Errors">Their standard errors, inflated for correlated residuals.</param>
/// <param name="Decades">Width of the windows in decades of x.</param>
public sealed record LocalSlopes(double[] X, double[] Exponents, double[] Errors, double Decades)
{
    private const int Windows = 41;
    private const int FewestPoints = 5;

    /// <summary>Computes: windows of a sixth of the range, from 0.3 to 1 decade, with at least five points.</summary>
    internal static LocalSlopes Of(LogPoints points)
    {
        var width = Math.Clamp(points.Span / 6, 0.3 * Math.Log(10), Math.Log(10));
        var (x, exponents, errors) = (new List<double>(), new List<double>(), new List<double>());
        for (var window = 0; window < Windows; window++)
        {
            var centre = points.First + (width / 2) + ((points.Span - width) * window / (Windows - 1));
            var inside = points.Within(centre - (width / 2), centre + (width / 2));
            if (inside.Count < FewestPoints || !(inside.Span > 0))
                continue;
            var line = inside.Line();
            x.Add(Math.Exp(centre + points.OriginU));
            exponents.Add(line.Slope);
            errors.Add(line.Error);
        }

        return new LocalSlopes([.. x], [.. exponents], [.. errors], width / Math.Log(10));
    }
}
