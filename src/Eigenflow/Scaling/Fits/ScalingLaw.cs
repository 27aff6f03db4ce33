namespace Eigenflow.Scaling.Fits;

/// <summary>A parameter of a scaling law.</summary>
/// <param name="Symbol">Symbol as in the formula.</param>
/// <param name="Meaning">What it is, in words.</param>
/// <param name="IsLogarithm">Whether it is positive, and <see cref="ScalingLaw.ToFormula"/> gives its logarithm.</param>
internal sealed record ScalingParameter(string Symbol, string Meaning, bool IsLogarithm = false);

/// <summary>
/// y = f(x; θ) for positive x and y, seen as ln f against u = ln x. Coordinates θ are those of the minimiser, in which a curve determines the law well.
/// Fits see u and ln y about a place in the data, so that no unit has an influence; <see cref="ToFormula"/> leads to the parameters of the formula.
/// Work O(points · parameters) per evaluation.
/// </summary>
internal abstract class ScalingLaw
{
    /// <summary>All laws, the simplest first.</summary>
    public static IReadOnlyList<ScalingLaw> All { get; } = [new SimplePowerLaw(), new FlooredPowerLaw(), new BrokenPowerLaw(), new StretchedExponential()];

    /// <summary>Where a coordinate has no limit of its own, a number that no curve reaches.</summary>
    protected const double LargestLogarithm = 1e5;

    /// <summary>Name on the command line.</summary>
    public abstract string Name { get; }

    /// <summary>The formula, in one line of text.</summary>
    public abstract string Formula { get; }

    /// <summary>The parameters, in the order of θ.</summary>
    public abstract IReadOnlyList<ScalingParameter> Parameters { get; }

    /// <summary>ln f and its derivatives at many points.</summary>
    /// <param name="u">Logarithms of x.</param>
    /// <param name="theta">θ.</param>
    /// <param name="values">Receives ln f.</param>
    /// <param name="slopes">Receives the derivatives, row by row.</param>
    public abstract void Evaluate(ReadOnlySpan<double> u, ReadOnlySpan<double> theta, Span<double> values, Span<double> slopes);

    /// <summary>Local exponent d ln f/d ln x.</summary>
    /// <param name="u">Logarithm of x.</param>
    /// <param name="theta">θ.</param>
    public abstract double LocalExponent(double u, ReadOnlySpan<double> theta);

    /// <summary>The points about the place from which the law is seen: their means, or where its coordinates are determined best.</summary>
    /// <param name="points">The curve.</param>
    public virtual LogPoints Centred(LogPoints points) => points.Centred();

    /// <summary>From coordinates about a place to the parameters of the formula (their logarithms where they are positive).</summary>
    /// <param name="theta">Coordinates θ, which receives the parameters.</param>
    /// <param name="placeU">ln x of the place.</param>
    /// <param name="placeV">ln y of the place.</param>
    public abstract void ToFormula(Span<double> theta, double placeU, double placeV);

    /// <summary>Sets what rounding alone has decided, on a curve that the law describes to rounding, to values that no unit of x or y changes.</summary>
    /// <param name="theta">θ about the means of the points.</param>
    /// <param name="points">The curve about its means.</param>
    public virtual void Settle(Span<double> theta, LogPoints points)
    {
    }

    /// <summary>What of the law rests on the edge of the data, in words; null if nothing does.</summary>
    /// <param name="theta">θ.</param>
    /// <param name="points">The curve.</param>
    /// <param name="noise">Root mean square of the residuals.</param>
    public abstract string? Edge(ReadOnlySpan<double> theta, LogPoints points, double noise);

    /// <summary>Points that minimisers start from, the best guess first.</summary>
    /// <param name="points">The curve.</param>
    public abstract IReadOnlyList<double[]> Starts(LogPoints points);

    /// <summary>The box of θ.</summary>
    /// <param name="points">The curve.</param>
    public abstract (double[] Lower, double[] Upper) Box(LogPoints points);
}
