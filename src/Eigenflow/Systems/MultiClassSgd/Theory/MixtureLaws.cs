using Eigenflow.Numerics;
using MathNet.Numerics;

namespace Eigenflow.Systems.MultiClassSgd;

/// <summary>
/// What power laws say in advance, d = ∞ first: class i has λ = U^(α_i), all have yμ ∝ U^β, U uniform in (0, 1) (arXiv 2510.14074; exponents and constants derived, docs/systems/multiclass-sgd.md).
/// The class with the smallest power a decides: the risk goes to zero iff a ≥ 1 + 2β, as t^(−ν) for least squares, ν = 1 − (1 + 2β)/a.
/// </summary>
internal sealed class MixtureLaws
{
    /// <summary>States the powers.</summary>
    /// <param name="powers">α_i ≥ 0.</param>
    /// <param name="probabilities">p_i, sum 1.</param>
    /// <param name="beta">β &gt; −½.</param>
    /// <param name="squaredMean">‖μ‖² &gt; 0; null for μ = U^β itself, ‖μ‖² = 1/(1 + 2β).</param>
    /// <exception cref="ParameterException">β is −½ or less.</exception>
    public MixtureLaws(double[] powers, double[] probabilities, double beta, double? squaredMean = null)
    {
        if (!(beta > -0.5))
            throw new ParameterException("mean-profile", beta, "a power > -0.5", "the norm of a mean that grows as (rho/d)^(-1/2) or faster towards the clean modes diverges");
        (Powers, Probabilities, Beta) = (powers, probabilities, beta);
        Scale = Math.Sqrt((squaredMean ?? (1 / (1 + (2 * beta)))) * (1 + (2 * beta)));
        Power = powers.Min();
        Share = probabilities.Where((_, i) => powers[i] == Power).Sum();
        Threshold = 1 + (2 * beta);
    }

    /// <summary>α_i.</summary>
    public double[] Powers { get; }

    /// <summary>p_i.</summary>
    public double[] Probabilities { get; }

    /// <summary>β.</summary>
    public double Beta { get; }

    /// <summary>yμ = Scale · U^β.</summary>
    public double Scale { get; }

    /// <summary>a, the smallest power.</summary>
    public double Power { get; }

    /// <summary>c, the probability of the classes with that power.</summary>
    public double Share { get; }

    /// <summary>1 + 2β, the power from which on the risk goes to zero.</summary>
    public double Threshold { get; }

    /// <summary>Whether the risk goes to zero (d = ∞ first).</summary>
    public bool Vanishes => Power >= Threshold;

    /// <summary>ν = 1 − (1 + 2β)/a; −∞ for a flat spectrum.</summary>
    public double Exponent => 1 - (Threshold / Power);

    /// <summary>C of 1 − m ≈ C t^(−ν), ν &gt; 0: a (cγ)^(1−ν)…/(Scale² Γ(ν) Γ(1−ν)²) from the Laplace transform 1/(s(1 + G)).</summary>
    /// <param name="learningRate">γ.</param>
    public double GapAmplitude(double learningRate)
    {
        var nu = Exponent;
        return Power * Math.Pow(Share, 1 - nu) * Math.Pow(learningRate, -nu) / (SpecialFunctions.Gamma(nu) * Math.Pow(SpecialFunctions.Gamma(1 - nu), 2) * Scale * Scale);
    }

    /// <summary>1 − m for ν = 0: 1/(1 + Scale² ln(1 + γct)/(ac)).</summary>
    /// <param name="learningRate">γ.</param>
    /// <param name="time">t.</param>
    public double LogarithmicGap(double learningRate, double time) => 1 / (1 + (Scale * Scale * double.LogP1(learningRate * Share * time) / (Power * Share)));

    /// <summary>B/m of logistic regression, late: 2 − 2^ν.</summary>
    public double VarianceOverMean => 2 - Math.Pow(2, Exponent);

    /// <summary>
    /// The decay of logistic regression by its implicit law, ν &gt; 0: c₂ s^ν − c₀ + (1 − ν) ln s = ln(c₂νγct) for the rescaled time s, and R ≈ s^(1−ν)/(c₂νγt), with c₂ = Scale² 2^(ν−1) Γ(1−ν)/(aν), c₀ = Scale²/(2aν).
    /// To leading order t^(−1) (ln t)^((1−ν)/ν).
    /// </summary>
    /// <param name="learningRate">γ.</param>
    /// <param name="time">t &gt; 0.</param>
    public double LogisticRisk(double learningRate, double time)
    {
        var s = LogisticTime(learningRate, time);
        return Math.Pow(s, 1 - Exponent) / (LogisticConstant * Exponent * learningRate * time);
    }

    /// <summary>d ln R/d ln t of that law.</summary>
    /// <param name="learningRate">γ.</param>
    /// <param name="time">t &gt; 0.</param>
    public double LogisticSlope(double learningRate, double time)
    {
        // d ln s/d ln t of the implicit equation.
        var nu = Exponent;
        return -1 + ((1 - nu) / ((LogisticConstant * nu * Math.Pow(LogisticTime(learningRate, time), nu)) + 1 - nu));
    }

    /// <summary>The part of that law by which its next term corrects it, (1 − ν)/(c₂νs^ν): the law is good to about this.</summary>
    /// <param name="learningRate">γ.</param>
    /// <param name="time">t &gt; 0.</param>
    public double LogisticCorrection(double learningRate, double time) => (1 - Exponent) / (LogisticConstant * Exponent * Math.Pow(LogisticTime(learningRate, time), Exponent));

    /// <summary>The power of ln t in t^(−1) (ln t)^x, (1 + 2β)/(a − 1 − 2β).</summary>
    public double LogisticLogarithm => Threshold / (Power - Threshold);

    /// <summary>Exponent of the logistic risk for ν = 0: t^(−1/(2a+1)) with the mean U^β itself.</summary>
    public double LogisticMarginal => 1 / ((2 * Power / (Scale * Scale)) + 1);

    // Decreasing in s at neither end: c₂ s^ν + (1 − ν) ln s rises from −∞.
    private double LogisticTime(double learningRate, double time)
    {
        var nu = Exponent;
        var right = Math.Log(LogisticConstant * nu * learningRate * Share * time) + (Scale * Scale / (2 * Power * nu));
        return Math.Exp(ScalarRoot.Find(x => (LogisticConstant * Math.Exp(nu * x)) + ((1 - nu) * x) - right, -700, 700));
    }

    private double LogisticConstant => Scale * Scale * Math.Pow(2, Exponent - 1) * SpecialFunctions.Gamma(1 - Exponent) / (Power * Exponent);
}
