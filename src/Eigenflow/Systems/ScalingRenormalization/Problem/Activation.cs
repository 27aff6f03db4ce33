using Eigenflow.Numerics.Quadrature;
using MathNet.Numerics;

namespace Eigenflow.Systems.ScalingRenormalization;

/// <summary>
/// What a nonlinear feature is to ridge regression: φ(h) for h ~ N(0, s²) behaves as μ_0 + μ_1 h + μ_* ξ, with ξ independent of all else (arXiv 2405.00592; Gaussian equivalence): a linear feature with additive noise.
/// </summary>
/// <param name="Mean">μ_0 = E φ(h).</param>
/// <param name="Linear">μ_1 = E[h φ(h)]/s².</param>
/// <param name="Rest">μ_*² = E (φ(h) − μ_0 − μ_1 h)².</param>
internal readonly record struct GaussianPart(double Mean, double Linear, double Rest);

/// <summary>An activation of random features.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Function">φ.</param>
internal sealed record Activation(string Name, Func<double, double> Function)
{
    // What rounding leaves of a component that vanishes.
    private const double Vanishing = 1e-9;

    private static readonly Activation Relu = new("relu", h => Math.Max(0, h));

    /// <summary>φ(h) = h.</summary>
    public static Activation None { get; } = new("linear", h => h);

    /// <summary>All of them, the default first.</summary>
    public static IReadOnlyList<Activation> All { get; } =
    [
        None, Relu, new("erf", SpecialFunctions.Erf), new("tanh", Math.Tanh), new("sine", Math.Sin),
        new("gelu", h => h / 2 * SpecialFunctions.Erfc(-h / Math.Sqrt(2))), new("softplus", h => Math.Max(0, h) + double.LogP1(Math.Exp(-Math.Abs(h)))),
    ];

    /// <summary>Its parts for inputs of variance s²: in closed form where it has a kink, by quadrature to about 1e-13 otherwise.</summary>
    /// <param name="variance">s² &gt; 0.</param>
    /// <exception cref="ParameterException">It has no linear component.</exception>
    public GaussianPart Part(double variance)
    {
        if (this == None)
            return new GaussianPart(0, 1, 0);
        if (this == Relu)
            return new GaussianPart(Math.Sqrt(variance / (2 * Math.PI)), 0.5, variance * (0.25 - (0.5 / Math.PI)));
        var found = GaussianExpectation.Of(0, variance, 2, (h, values) => (values[0], values[1]) = (Function(h), h * Function(h)));
        var (mean, linear) = (found.Values[0], found.Values[1] / variance);

        // About the mean and the line: differences of squares would lose what is left at small variances.
        var square = GaussianExpectation.Of(0, variance, h => Math.Pow(Function(h) - mean, 2)).Value;
        if (linear * linear * variance <= Vanishing * square)
            throw new ParameterException("activation", Name, "an activation with a linear component, such as relu or erf", "even functions of their inputs learn nothing of a linear target");
        return new GaussianPart(mean, linear, GaussianExpectation.Of(0, variance, h => Math.Pow(Function(h) - mean - (linear * h), 2)).Value);
    }
}
