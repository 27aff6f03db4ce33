namespace Eigenflow.Systems.SpectralDescent;

/// <summary>Spectral descent in the limit of small steps, against the distance u = ηk: piecewise closed form (derived, docs/systems/spectral-descent.md).</summary>
/// <param name="system">The blocks.</param>
public sealed class SpectralTheory(BlockSystem system)
{
    private readonly double signal = system.SignalEigenvalue;

    /// <summary>Number of directions M = Σ n_j.</summary>
    public double Modes => system.Dimension;

    /// <summary>Alignment A_F while every direction grows alike: 1/√d.</summary>
    public double AdditiveAlignment => 1 / Math.Sqrt(Modes);

    /// <summary>Common coefficient at which the loud block reaches its surface h_b = 0: √(q₀/(tr Q + 2 q_b)).</summary>
    public double LoudSurface => Math.Sqrt(signal / (system.Trace + (2 * system.LoudEigenvalue)));

    /// <summary>Common coefficient at which the quiet block would reach its surface if none had turned before: √(q₀/(tr Q + 2 q_c)).</summary>
    public double QuietSurface => Math.Sqrt(signal / (system.Trace + (2 * system.QuietEigenvalue)));

    /// <summary>a² at which the quiet block can no longer follow its surface at unit speed.</summary>
    public double ContractionStart => SlidingEnd(Modes, system.QuietEigenvalue / signal);

    /// <summary>Distance u at which noise has vanished: 1 − α + 1/(2d).</summary>
    public double Finish => 1 - system.Scale + (1 / (2 * Modes));

    /// <summary>Coefficient of a block while sliding: q_j w_j² = q₀ (1 − a²)/(M + 1).</summary>
    /// <param name="a">Signal coefficient.</param>
    /// <param name="eigenvalue">q_j of the block.</param>
    public double Sliding(double a, double eigenvalue) => Math.Sqrt(Math.Max(0, signal * (1 - (a * a)) / ((Modes + 1) * eigenvalue)));

    /// <summary>Loss while sliding: ½ q₀² (1 − a²)² (M + 2)/(M + 1).</summary>
    /// <param name="a">Signal coefficient.</param>
    public double SlidingLoss(double a)
    {
        var left = signal * (1 - (a * a));
        return 0.5 * left * left * (Modes + 2) / (Modes + 1);
    }

    /// <summary>First step with a² ≥ ½ at a constant learning rate: ⌈(√½ − α)/η⌉.</summary>
    /// <param name="learningRate">η.</param>
    public double HalfStep(double learningRate) => StepsTo(Math.Sqrt(0.5), learningRate);

    /// <summary>Signal a at which A_F reaches 0.9 while every other block slides: a² = n/(n + √(1 − 0.81)/0.9), n² = Σ n_j (q₀/((M + 1) q_j))².</summary>
    public double AlignedSignal
    {
        get
        {
            var sum = 0.0;
            for (var j = 0; j < system.Count; j++)
            {
                var part = signal / ((Modes + 1) * system.Eigenvalues[j]);
                sum += j == system.Signal ? 0 : system.Multiplicities[j] * part * part;
            }

            var noise = Math.Sqrt(sum);
            return Math.Sqrt(noise / (noise + (Math.Sqrt(1 - 0.81) / 0.9)));
        }
    }

    /// <summary>Largest learning rate (times the factor of updates) at which a signal of few steps is learned: after a step from a small start h_a = η² tr Q − 3 q₀ is still negative, η &lt; √(3 q₀/tr Q).</summary>
    public double LargestLearningRate => Math.Sqrt(3 * signal / system.Trace);

    /// <summary>Signal a at which the loss while sliding falls to a value: 1 − a² = (2 L (M + 1)/(M + 2))^½/q₀; not a number above the loss at which sliding begins.</summary>
    /// <param name="loss">L.</param>
    public double TargetSignal(double loss) => Math.Sqrt(1 - (Math.Sqrt(2 * loss * (Modes + 1) / (Modes + 2)) / signal));

    /// <summary>First step at which the signal has come to a value while it grows by ηc − ηωa per step: ⌈(a − α)/(ηc)⌉ without weight decay; not a number where decay holds it below.</summary>
    /// <param name="a">The value.</param>
    /// <param name="learningRate">η.</param>
    /// <param name="factor">c of the updates.</param>
    /// <param name="decay">ω.</param>
    public double StepsTo(double a, double learningRate, double factor = 1, double decay = 0)
    {
        if (decay == 0)
            return Math.Max(0, Math.Ceiling((a - system.Scale) / (learningRate * factor)));
        var balance = factor / decay;
        return balance > a && learningRate * decay < 1 ? Math.Max(0, Math.Ceiling(Math.Log((balance - system.Scale) / (balance - a)) / -Math.Log(1 - (learningRate * decay)))) : double.NaN;
    }

    /// <summary>a² at the end of sliding for a block whose eigenvalue is a multiple of the signal's: (M + 1)r/(1 + (M + 1)r), (d + 1)/(d + 2) for r = 1.</summary>
    internal static double SlidingEnd(double modes, double ratio) => (modes + 1) * ratio / (1 + ((modes + 1) * ratio));

    /// <summary>a² at which the event <c>contraction</c> begins for a rule.</summary>
    internal static double ContractionSquare(BlockSystem system, UpdateRule rule) => rule.Direction.IsSignLike ? new SpectralTheory(system).ContractionStart : 0.9;
}
