using MathNet.Numerics.Integration;

namespace Eigenflow.Systems.MultiClassSgd;

/// <summary>Least squares with one Gaussian class and a given start: eigenvalues, their weights, and the squared distances D_i²(0) from the optimum (arXiv 2405.19585, section 2).</summary>
/// <param name="Weights">Part of the modes with each eigenvalue, sum 1.</param>
/// <param name="Eigenvalues">λ_i ≥ 0.</param>
/// <param name="Start">D_i²(0) = d⟨X_0 − X*, w_i⟩² ≥ 0.</param>
public sealed record AdaptiveModes(double[] Weights, double[] Eigenvalues, double[] Start)
{
    private const double Cut = 1e-30;
    private const int Nodes = 300;

    /// <summary>τ = Tr K/d.</summary>
    public double Trace => Mean(lambda => lambda);

    /// <summary>τ₂ = Tr K²/d.</summary>
    public double SquareTrace => Mean(lambda => lambda * lambda);

    /// <summary>Smallest eigenvalue.</summary>
    public double Smallest => Eigenvalues.Min();

    /// <summary>⟨D²(0)⟩.</summary>
    public double StartDistance => Weights.Zip(Start, (weight, distance) => weight * distance).Sum();

    /// <summary>The power law of the paper: density (1 − h) λ^(−h) on (0, 1) and D²(0) = λ^(−δ), by Gauss's rule in ln λ down to 10⁻³⁰.</summary>
    /// <param name="density">h &lt; 1 (β of the paper); λ = U^α has h = 1 − 1/α.</param>
    /// <param name="start">δ of the paper.</param>
    /// <exception cref="ParameterException">κ = 2 − h − δ ≤ 0: the initial risk diverges.</exception>
    public static AdaptiveModes PowerLaw(double density, double start)
    {
        AdaptiveLaws.Check(density, start);
        var rule = new GaussLegendreRule(Math.Log(Cut), 0, Nodes);
        double[] eigenvalues = [.. Enumerable.Range(0, Nodes).Select(k => Math.Exp(rule.GetAbscissa(k)))];
        return new AdaptiveModes(
            [.. eigenvalues.Select((lambda, k) => (1 - density) * Math.Pow(lambda, 1 - density) * rule.GetWeight(k))],
            eigenvalues, [.. eigenvalues.Select(lambda => Math.Pow(lambda, -start))]);
    }

    private double Mean(Func<double, double> function) => Weights.Zip(Eigenvalues, (weight, lambda) => weight * function(lambda)).Sum();
}
