namespace Eigenflow.Systems.UTurnDoubleDescent;

/// <summary>
/// A path that glues two axes of complexity together, as the abscissa of double-descent pictures does: the first axis up to a switch with the second at its beginning, then the second. Without a switch both grow in proportion.
/// </summary>
/// <param name="First">The first axis.</param>
/// <param name="Second">The second axis.</param>
/// <param name="Unit">Parameters of the smallest step of a product.</param>
/// <param name="IsSum">Whether the count of parameters is that of the second axis, of which the first is a part (columns and components), and not the product of both.</param>
internal sealed record CompositePath(string First, string Second, double Unit = 1, bool IsSum = false)
{
    /// <summary>The raw count of parameters.</summary>
    public double Count(SmootherModel model) => IsSum ? model[Second] : Unit * model[First] * model[Second];

    /// <summary>The model nearest to a count on the path with a switch.</summary>
    /// <param name="start">What other axes are.</param>
    /// <param name="count">The count.</param>
    /// <param name="at">The switch, on the first axis.</param>
    public SmootherModel At(SmootherModel start, double count, double at)
    {
        if (IsSum)
            return Of(start, Math.Min(count, at), count);
        return count <= Unit * at ? Of(start, count / Unit, 1) : Of(start, at, count / Unit / at);
    }

    /// <summary>The model nearest to a count on the path without a switch.</summary>
    /// <param name="start">What other axes are.</param>
    /// <param name="count">The count.</param>
    /// <param name="first">The end of the first axis.</param>
    /// <param name="second">The end of the second axis.</param>
    public SmootherModel Together(SmootherModel start, double count, double first, double second)
    {
        if (IsSum)
            return Of(start, count * first / second, count);
        var part = Math.Sqrt(count / (Unit * first * second));
        return Of(start, first * part, second * part);
    }

    private SmootherModel Of(SmootherModel start, double first, double second) => start.With(Second, Math.Max(1, Math.Round(second))).With(First, Math.Max(1, Math.Round(first)));
}
