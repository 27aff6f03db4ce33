namespace Eigenflow.Scaling.Collapse;

/// <summary>Points of one curve after rescaling, with their standard errors.</summary>
/// <param name="X">Abscissae, ascending.</param>
/// <param name="Y">Ordinates, as many.</param>
/// <param name="Errors">Standard errors of y, as many, positive; scaled with y.</param>
public sealed record CollapseSet(double[] X, double[] Y, double[] Errors);

/// <summary>
/// Quality S of a collapse (J. Houdayer and A. K. Hartmann, Phys. Rev. B 70, 014418 (2004), appendix): the mean of (y − Y)²/(dy² + dY²), where Y is the line through the neighbours of x in all other sets, weighted by 1/dy².
/// About 1 where sets lie on one curve within their errors, much larger where they do not, much smaller where the errors are too large. Errors that are doubled divide S by four.
/// </summary>
/// <param name="S">The quality.</param>
/// <param name="Points">Points that have neighbours in another set.</param>
/// <param name="WidestBracket">Largest distance of two neighbours, as a part of the range of x: beyond 5 % the curvature between them adds to S.</param>
public sealed record CollapseQuality(double S, int Points, double WidestBracket)
{
    /// <summary>Distance of neighbours beyond which curvature counts, as a part of the range.</summary>
    public const double LargestBracket = 0.05;

    /// <summary>Whether curvature between neighbours may add to S.</summary>
    public bool IsCoarse => WidestBracket > LargestBracket + 1e-9;

    /// <summary>Measures.</summary>
    /// <param name="sets">At least two sets of at least two points.</param>
    /// <exception cref="ParameterException">Fewer sets or points, lengths that differ, errors that are not positive, or no overlap.</exception>
    public static CollapseQuality Of(IReadOnlyList<CollapseSet> sets)
    {
        ArgumentNullException.ThrowIfNull(sets);
        if (sets.Count < 2)
            throw new ParameterException("sets", sets.Count, "at least two", "a collapse compares sets");
        foreach (var set in sets)
        {
            if (set.X.Length < 2 || set.Y.Length != set.X.Length || set.Errors.Length != set.X.Length)
                throw new ParameterException("points", $"({set.X.Length} x, {set.Y.Length} y, {set.Errors.Length} errors)", "at least two points, as many of each");
            for (var i = 0; i < set.X.Length; i++)
            {
                if (!double.IsFinite(set.X[i]) || !double.IsFinite(set.Y[i]) || !(set.Errors[i] > 0 && double.IsFinite(set.Errors[i])) || (i > 0 && !(set.X[i] > set.X[i - 1])))
                    throw new ParameterException("points", set.X[i], "finite numbers, x ascending and errors positive");
            }
        }

        var range = sets.Max(set => set.X[^1]) - sets.Min(set => set.X[0]);
        double sum = 0, widest = 0;
        var points = 0;
        for (var i = 0; i < sets.Count; i++)
        {
            for (var j = 0; j < sets[i].X.Length; j++)
            {
                if (Line(sets, i, sets[i].X[j], ref widest) is not { } line)
                    continue;
                var off = sets[i].Y[j] - line.Y;
                sum += off * off / ((sets[i].Errors[j] * sets[i].Errors[j]) + line.Variance);
                points++;
            }
        }

        return points > 0 ? new CollapseQuality(sum / points, points, widest / range) : throw new ParameterException("points", 0, "points that lie between those of another set", "the sets do not overlap");
    }

    // Sums about x itself: the line there is its intercept, and large abscissae cost no digits.
    private static (double Y, double Variance)? Line(IReadOnlyList<CollapseSet> sets, int own, double x, ref double widest)
    {
        double k = 0, kx = 0, ky = 0, kxx = 0, kxy = 0;
        for (var other = 0; other < sets.Count; other++)
        {
            var set = sets[other];
            if (other == own || x < set.X[0] || x > set.X[^1])
                continue;
            var right = Array.BinarySearch(set.X, x);
            right = Math.Clamp(right < 0 ? ~right : right + 1, 1, set.X.Length - 1);
            widest = Math.Max(widest, set.X[right] - set.X[right - 1]);
            for (var at = right - 1; at <= right; at++)
            {
                var (u, w) = (set.X[at] - x, 1 / (set.Errors[at] * set.Errors[at]));
                k += w;
                kx += w * u;
                ky += w * set.Y[at];
                kxx += w * u * u;
                kxy += w * u * set.Y[at];
            }
        }

        var determinant = (k * kxx) - (kx * kx);
        return determinant > 0 ? (((kxx * ky) - (kx * kxy)) / determinant, kxx / determinant) : null;
    }
}
