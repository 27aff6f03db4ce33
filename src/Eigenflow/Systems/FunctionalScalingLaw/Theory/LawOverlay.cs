using Eigenflow.Numerics;
using Eigenflow.Solutions;

namespace Eigenflow.Systems.FunctionalScalingLaw;

/// <summary>
/// The functional scaling law as a fitted curve, E ≈ c₀ + c₁ e + c₂ 𝒩 with coefficients that are not negative: least squares of the relative error on one schedule,
/// judged on others (transfer). The profiles are those of a method, e_M and its convolution or those of infinite width.
/// </summary>
public sealed record LawOverlay
{
    /// <summary>First step that is fitted and compared.</summary>
    internal const long FirstStep = 10;

    /// <summary>c₀, of the constant.</summary>
    public required double Constant { get; init; }

    /// <summary>c₁, of the profile e.</summary>
    public required double Signal { get; init; }

    /// <summary>c₂, of the convolution 𝒩.</summary>
    public required double Noise { get; init; }

    /// <summary>Fits to a loss curve.</summary>
    /// <param name="curve">The loss curve.</param>
    /// <param name="law">A law of the same problem on the same steps.</param>
    /// <exception cref="ParameterException">Rows that differ.</exception>
    public static LawOverlay Fit(Solution curve, Solution law)
    {
        var rows = Rows(curve, law);
        var scale = Scale(law);
        double[] loss = [.. rows.Select(row => curve["loss"][row])];
        var coefficients = NonNegativeLeastSquares.Solve(
            [[.. rows.Select(_ => 1.0)], [.. rows.Select(row => scale * law["signal"][row])], [.. rows.Select(row => scale * law["noise"][row])]], loss, [.. loss.Select(value => 1 / value)]);
        return new LawOverlay { Constant = coefficients[0], Signal = coefficients[1], Noise = coefficients[2] };
    }

    /// <summary>The fitted curve on the rows of a law.</summary>
    /// <param name="law">A law, of this or another schedule.</param>
    public double[] Evaluate(Solution law)
    {
        var scale = Scale(law);
        return [.. Enumerable.Range(0, law.Times.Length).Select(row => Constant + (scale * ((Signal * law["signal"][row]) + (Noise * law["noise"][row]))))];
    }

    /// <summary>Root mean square of ln(fit/loss) and the largest relative error, from step 10 on.</summary>
    /// <param name="curve">The loss curve.</param>
    /// <param name="law">The law on the same steps.</param>
    public (double LogError, double LargestError) Compare(Solution curve, Solution law)
    {
        var fitted = Evaluate(law);
        var rows = Rows(curve, law);
        return (
            Math.Sqrt(rows.Average(row => Math.Pow(Math.Log(fitted[row] / curve["loss"][row]), 2))),
            rows.Max(row => Math.Abs((fitted[row] / curve["loss"][row]) - 1)));
    }

    // The columns of the law with first-order coefficients hold half of the profiles.
    private static double Scale(Solution law) => string.Equals(law.Method, InfiniteScalingLaw.Identifier, StringComparison.Ordinal) ? 1 : 2;

    private static int[] Rows(Solution curve, Solution law) => curve["step"].SequenceEqual(law["step"])
        ? [.. Enumerable.Range(0, curve.Times.Length).Where(row => curve["step"][row] >= FirstStep)]
        : throw new ParameterException("law", "(other steps)", "a law on the steps of the curve");
}
