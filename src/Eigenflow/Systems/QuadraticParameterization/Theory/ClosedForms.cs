namespace Eigenflow.Systems.QuadraticParameterization;

/// <summary>The population gradient flow of one coordinate in closed form (derived): the covariance is diagonal, so that coordinates do not see each other. Times t are sums of step sizes.</summary>
public static class ClosedForms
{
    /// <summary>The slope of the positive model, dw/dt = 2λ w (w* − w): a logistic curve for w* &gt; 0, a decay to zero otherwise.</summary>
    /// <param name="time">t ≥ 0.</param>
    /// <param name="eigenvalue">λ ≥ 0.</param>
    /// <param name="target">w*.</param>
    /// <param name="start">w₀ &gt; 0.</param>
    public static double Positive(double time, double eigenvalue, double target, double start)
    {
        if (target == 0)
            return start / (1 + (2 * eigenvalue * start * time));
        if (target > 0)
            return target / (1 + (((target / start) - 1) * Math.Exp(-2 * eigenvalue * target * time)));
        var size = -target;

        // a/((a/w₀ + 1) e^y − 1) with all digits at small y.
        return size / ((size / start) + (((size / start) + 1) * ExponentialMinusOne(2 * eigenvalue * size * time)));
    }

    /// <summary>The slope of the signed model, dw/dt = −2λ (w − w*) √(w² + 4c²) with c = |v₊v₋| conserved.</summary>
    /// <param name="time">t ≥ 0.</param>
    /// <param name="eigenvalue">λ ≥ 0.</param>
    /// <param name="target">w*.</param>
    /// <param name="product">c &gt; 0.</param>
    /// <param name="ratio">u₀ = v₊(0)/v₋(0) &gt; 0; 1 is the balanced start.</param>
    public static double Signed(double time, double eigenvalue, double target, double product, double ratio = 1)
    {
        // w → −w exchanges v₊ and v₋: only w* ≥ 0 is needed, where nothing cancels.
        if (target < 0)
            return -Signed(time, eigenvalue, -target, product, 1 / ratio);
        var root = Math.Sqrt((target * target) + (4 * product * product));
        var end = (target + root) / (2 * product);
        var g = (end - ratio) / (ratio + (1 / end)) * Math.Exp(-2 * eigenvalue * root * time);
        var u = (end - (g / end)) / (1 + g);
        return product * (u - (1 / u));
    }

    /// <summary>The slope of the linear model.</summary>
    /// <param name="time">t ≥ 0.</param>
    /// <param name="eigenvalue">λ ≥ 0.</param>
    /// <param name="target">w*.</param>
    /// <param name="start">w₀.</param>
    public static double Linear(double time, double eigenvalue, double target, double start = 0) => target + ((start - target) * Math.Exp(-eigenvalue * time));

    /// <summary>The time at which a coordinate of the positive model has half of its target: ln(w*/w₀ − 1)/(2λw*); not a number unless w₀ &lt; w*/2.</summary>
    /// <param name="eigenvalue">λ &gt; 0.</param>
    /// <param name="target">w*.</param>
    /// <param name="start">w₀ &gt; 0.</param>
    public static double EscapeTime(double eigenvalue, double target, double start) => target > 2 * start ? Math.Log((target / start) - 1) / (2 * eigenvalue * target) : double.NaN;

    /// <summary>The time at which the slope of a coordinate is half of its target; not a number where it begins beyond that or never comes there.</summary>
    internal static double HalfTime(QuadraticModel model, double eigenvalue, double target, double start)
    {
        if (model == QuadraticModel.Linear)
            return Math.Log(2) / eigenvalue;
        if (model == QuadraticModel.Positive)
            return EscapeTime(eigenvalue, target, start);
        var size = Math.Abs(target);
        if (size == 0)
            return double.NaN;
        double Ratio(double slope) => (slope + Math.Sqrt((slope * slope) + (4 * start * start))) / (2 * start);
        double end = Ratio(size), half = Ratio(size / 2);

        // ln of G₀/G with G = (u* − u)/(u + 1/u*).
        var logarithm = Math.Log((end - 1) / (end - half) * ((half + (1 / end)) / (1 + (1 / end))));
        return logarithm / (2 * eigenvalue * Math.Sqrt((size * size) + (4 * start * start)));
    }

    /// <summary>The slope of any model.</summary>
    internal static double Of(QuadraticModel model, double time, double eigenvalue, double target, double start) => model switch
    {
        QuadraticModel.Positive => Positive(time, eigenvalue, target, start),
        QuadraticModel.Signed => Signed(time, eigenvalue, target, start),
        _ => Linear(time, eigenvalue, target),
    };

    private static double ExponentialMinusOne(double x) => Math.Abs(x) < 1e-5 ? x * (1 + (x / 2) + (x * x / 6)) : Math.Exp(x) - 1;
}
