namespace Eigenflow.Numerics.Quadrature;

/// <summary>Expectations of several functions of the same random vector, with estimates of their errors.</summary>
/// <param name="Values">E f_k, in the order of the functions.</param>
/// <param name="Errors">Estimated absolute error of each, ≥ 0: the difference between the last two refinements, or the 95 % interval of random shifts; never below the rounding of the sum.</param>
/// <param name="Points">Points at which the functions were evaluated.</param>
internal sealed record Expectation(double[] Values, double[] Errors, long Points)
{
    /// <summary>The only value.</summary>
    public double Value => Values[0];

    /// <summary>The error of the only value.</summary>
    public double Error => Errors[0];
}
