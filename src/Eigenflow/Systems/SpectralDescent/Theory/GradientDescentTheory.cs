namespace Eigenflow.Systems.SpectralDescent;

/// <summary>
/// Gradient descent in continuous time τ = ηk on blocks, from a small start (derived, docs/systems/spectral-descent.md). q₀ is the eigenvalue of the signal, q_b and n_b those of the loudest other block.
/// </summary>
/// <param name="system">The blocks.</param>
public sealed class GradientDescentTheory(BlockSystem system)
{
    private readonly double signal = system.SignalEigenvalue;
    private readonly double loud = system.LoudEigenvalue;
    private readonly double loudCount = system.Multiplicities[system.Loud];
    private readonly double quietCount = system.Multiplicities[system.Quiet];

    /// <summary>Growth rate of ln a in the escape: 3 q₀².</summary>
    public double SignalRate => 3 * signal * signal;

    /// <summary>Growth rate of ln b in the escape: q_b q₀.</summary>
    public double LoudRate => loud * signal;

    /// <summary>Growth rate of ln c in the escape: q_c q₀.</summary>
    public double QuietRate => system.QuietEigenvalue * signal;

    /// <summary>Whether the spike is learned before the signal: q_b &gt; 3 q₀.</summary>
    public bool IsOvertaken => loud > 3 * signal;

    /// <summary>Number of directions that overtake the signal: q_j &gt; 3 q₀.</summary>
    public double OvertakingCount => system.Eigenvalues.Zip(system.Multiplicities).Where((pair, j) => j != system.Signal && pair.First > 3 * signal).Sum(pair => pair.Second);

    /// <summary>The eigenvalue above which a direction overtakes the signal: 3 q₀.</summary>
    public double Threshold => 3 * signal;

    /// <summary>Coefficient b* of the plateau on which the loud block has saturated alone: b*² = q₀/((n_b + 2) q_b).</summary>
    public double PlateauCoefficient => Math.Sqrt(signal / ((loudCount + 2) * loud));

    /// <summary>Mean residual T on the plateau: −2 q₀/(n_b + 2).</summary>
    public double PlateauResidual => -2 * signal / (loudCount + 2);

    /// <summary>Loss on the plateau: 2/3 for one spike and q₀ = 1.</summary>
    public double PlateauLoss
    {
        get
        {
            var square = loud * PlateauCoefficient * PlateauCoefficient;
            return 0.25 * ((2 * ((signal * signal) + (loudCount * square * square))) + (PlateauResidual * PlateauResidual));
        }
    }

    /// <summary>Growth rate of the signal on the plateau: 2 q₀² − q₀ T.</summary>
    public double PlateauRate => (2 * signal * signal) - (signal * PlateauResidual);

    /// <summary>Time τ_b at which the loud block saturates: ln(b*/α)/(q_b q₀).</summary>
    public double LoudTime => Math.Log(PlateauCoefficient / system.Scale) / LoudRate;

    /// <summary>Smallest alignment, (α/b*)^(2 − 6 q₀/q_b), before the bulk or other spikes matter.</summary>
    public double AlignmentDip => Math.Pow(system.Scale / PlateauCoefficient, 2 - (6 * signal / loud));

    /// <summary>Time at which the signal reaches order one.</summary>
    public double SignalTime => IsOvertaken
        ? LoudTime + ((Math.Log(1 / system.Scale) - (SignalRate * LoudTime)) / PlateauRate)
        : Math.Log(1 / system.Scale) / SignalRate;

    /// <summary>Steps until the signal reaches order one: <see cref="SignalTime"/> over η, and with momentum by its growth of each stage per step.</summary>
    /// <param name="learningRate">η.</param>
    /// <param name="rule">Momentum.</param>
    internal double EscapeSteps(double learningRate, PredictedRule rule)
    {
        if (rule.Momentum == 0)
            return SignalTime / learningRate;
        double Growth(double rate) => MomentumTheory.Growth(learningRate * rate, rule.Momentum, rule.IsNesterov, rule.IsSum);
        var start = Math.Log(1 / system.Scale);
        if (!IsOvertaken)
            return start / Growth(SignalRate);
        var first = Math.Log(PlateauCoefficient / system.Scale) / Growth(LoudRate);
        return first + ((start - (Growth(SignalRate) * first)) / Growth(PlateauRate));
    }

    /// <summary>Slope of 1/S_c against τ late, S_c = n_c q_c c²: q_c (4/3 + 4/n_c).</summary>
    public double LateSlope => system.QuietEigenvalue * ((4.0 / 3) + (4 / quietCount));

    /// <summary>Constant of L ≈ K τ^(−2) late: (1/6 + 1/(2 n_c))/slope².</summary>
    public double LateLossConstant => ((1.0 / 6) + (1 / (2 * quietCount))) / (LateSlope * LateSlope);

    /// <summary>Largest stable learning rate: 1/(q_b q₀) on the plateau, 1/(3 q₀²) at the signal.</summary>
    /// <param name="signal">q₀.</param>
    /// <param name="loud">q_b.</param>
    public static double LargestLearningRate(double signal, double loud) => 1 / Math.Max(loud * signal, 3 * signal * signal);

    /// <summary>Escape time from the two eigenvalues alone, as <see cref="SignalTime"/> with one spike; positive also for starts that are not small.</summary>
    /// <param name="signal">q₀ &gt; 0.</param>
    /// <param name="loud">q_b.</param>
    /// <param name="scale">α.</param>
    internal static double EscapeTime(double signal, double loud, double scale)
    {
        var rate = 3 * signal * signal;
        var start = Math.Max(1, Math.Log(1 / scale));
        if (loud <= 3 * signal)
            return start / rate;
        var first = Math.Max(0, Math.Log(Math.Sqrt(signal / (3 * loud)) / scale)) / (loud * signal);
        return first + (Math.Max(0, start - (rate * first)) / (rate * 8 / 9));
    }
}
