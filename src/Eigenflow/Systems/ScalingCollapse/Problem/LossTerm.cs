namespace Eigenflow.Systems.ScalingCollapse;

/// <summary>One term a t^(−μ) p^(−ν) of the reducible loss of a model of size p after t tokens.</summary>
/// <param name="Coefficient">a &gt; 0.</param>
/// <param name="TimeExponent">μ ≥ 0.</param>
/// <param name="SizeExponent">ν ≥ 0; not both exponents are zero, or the term would be irreducible.</param>
public readonly record struct LossTerm(double Coefficient, double TimeExponent, double SizeExponent)
{
    /// <summary>μ − ν: more data than parameters are wanted where it is positive.</summary>
    public double Balance => TimeExponent - SizeExponent;

    /// <summary>The value.</summary>
    /// <param name="time">t &gt; 0.</param>
    /// <param name="size">p &gt; 0.</param>
    public double At(double time, double size) => Coefficient * Math.Exp(-(TimeExponent * Math.Log(time)) - (SizeExponent * Math.Log(size)));
}
