namespace Eigenflow.Systems.SpectralDescent;

/// <summary>The factor of an update by the shape of its layer, from d inputs to m neurons.</summary>
public enum UpdateScale
{
    /// <summary>1.</summary>
    None,

    /// <summary>√max(1, m/d): Muon as it was published (K. Jordan, 2024).</summary>
    Shape,

    /// <summary>0.2 √max(d, m): the root mean square of Adam's updates (Moonlight, arXiv 2502.16982).</summary>
    RootMeanSquare,

    /// <summary>√(m/d): a step of fixed size in the spectral norm between root mean squares (arXiv 2310.17813).</summary>
    Spectral,
}

/// <summary>The numbers of <see cref="UpdateScale"/>.</summary>
internal static class UpdateScales
{
    /// <summary>c.</summary>
    /// <param name="scale">The rule.</param>
    /// <param name="inputs">d.</param>
    /// <param name="neurons">m.</param>
    public static double Factor(this UpdateScale scale, double inputs, double neurons) => scale switch
    {
        UpdateScale.Shape => Math.Sqrt(Math.Max(1, neurons / inputs)),
        UpdateScale.RootMeanSquare => 0.2 * Math.Sqrt(Math.Max(inputs, neurons)),
        UpdateScale.Spectral => Math.Sqrt(neurons / inputs),
        _ => 1,
    };

    /// <summary>c for the weights of a problem.</summary>
    /// <param name="scale">The rule.</param>
    /// <param name="problem">The problem.</param>
    public static double Factor(this UpdateScale scale, SpectralDescentProblem problem) => scale.Factor(problem.Covariance.Dimension, problem.Start.Width ?? problem.Covariance.Dimension);
}
