using MathNet.Numerics.Integration;

namespace Eigenflow.Systems.FunctionalScalingLaw;

/// <summary>
/// The loss of given modes after K steps at a constant learning rate, momentum and batch (derived): the exact mean, and the scatter with the amplitudes of the stationary one, as far as it is reached. Against it
/// the <see cref="MomentumLaw"/> of infinite models and finished floors is judged.
/// </summary>
internal sealed class FirstOrderLoss
{
    // Nodes of the convolution on either half of the time, even in the logarithm.
    private const int Nodes = 32;
    private const double FirstTime = 0.1;
    private readonly KernelModes modes;
    private readonly MomentumStability stability;
    private readonly double[] amplitudes;
    private readonly double time;
    private readonly double steps;

    /// <summary>Evaluates the parts.</summary>
    /// <param name="modes">The modes.</param>
    /// <param name="stability">η, ρ, B and the kind.</param>
    /// <param name="noise">σ².</param>
    /// <param name="steps">K ≥ 1.</param>
    public FirstOrderLoss(KernelModes modes, MomentumStability stability, double noise, double steps)
    {
        (this.modes, this.stability, this.steps) = (modes, stability, steps);
        amplitudes = [.. Enumerable.Range(0, modes.Size).Select(Amplitude)];
        time = stability.EffectiveRate * steps;
        Mean = MeanAfter(steps);
        (Reached, var scatter) = Scatter();
        var feedback = stability.IsStable ? 1 / (1 - stability.Gain) : double.NaN;
        UnitScatter = feedback / 2 * scatter;
        LabelScatter = noise * UnitScatter;
        OtherScatter = (2 * modes.Approximation * UnitScatter) + (feedback * Convolution());
    }

    /// <summary>Risk of the mean in the modes, without D_M.</summary>
    public double Mean { get; }

    /// <summary>Scatter by a noise of variance one.</summary>
    public double UnitScatter { get; }

    /// <summary>Scatter by the noise of the labels.</summary>
    public double LabelScatter { get; }

    /// <summary>Scatter by what is not learned yet or never.</summary>
    public double OtherScatter { get; }

    /// <summary>Part of the stationary scatter that is reached.</summary>
    public double Reached { get; }

    /// <summary>The loss.</summary>
    public double Loss => modes.Approximation + Mean + LabelScatter + OtherScatter;

    /// <summary>Risk of the mean after k steps, without D_M; k need not be whole.</summary>
    /// <param name="step">k.</param>
    public double MeanAfter(double step)
    {
        var (under, over) = MomentumLaw.Transient(modes, stability.Kind, stability.Rate, stability.Strength, step);
        return under + over;
    }

    // χ_j of the stationary scatter.
    private double Amplitude(int j)
    {
        var step = stability.Rate * modes.Eigenvalues[j];
        var (gain, damping) = MomentumStability.Mode(stability.Kind, step, stability.Strength);
        var risk = stability.Kind == MomentumKind.Nesterov ? 1 + stability.Strength - (stability.Strength * step) : gain;
        return modes.NoiseWeights[j] * stability.Rate * risk / ((stability.Batch * damping) - (step * gain));
    }

    // Σ χ_j, times what is not remembered of the start: e^(−2λη_ρK) of slow modes, ρ^K of those that oscillate.
    private (double Reached, double Sum) Scatter()
    {
        var memory = Math.Pow(stability.Strength, steps);
        var (sum, all) = (0.0, 0.0);
        for (var j = modes.Size - 1; j >= 0; j--)
        {
            all += amplitudes[j];
            sum += amplitudes[j] * Math.Min(1 - memory, -double.ExpM1(-2 * modes.Eigenvalues[j] * time));
        }

        return (sum / all, sum);
    }

    // ½ ∫_0^T Σ 2λχ e^(−2λ(T − z)) e_M(z) dz, both halves in the logarithm of the distance to their end.
    private double Convolution()
    {
        var start = FirstTime / modes.Largest;
        return GaussLegendreRule.Integrate(Integrand, 0, Math.Log(1 + (time / (2 * start))), Nodes);

        double Integrand(double logarithm)
        {
            var near = start * double.ExpM1(logarithm);
            return (near + start) * ((Kernel(time - near) * modes.SignalProfile(near)) + (Kernel(near) * modes.SignalProfile(time - near)));
        }
    }

    private double Kernel(double elapsed)
    {
        var sum = 0.0;
        for (var j = modes.Size - 1; j >= 0; j--)
        {
            var eigenvalue = modes.Eigenvalues[j];
            sum += amplitudes[j] * eigenvalue * Math.Exp(-2 * eigenvalue * elapsed);
        }

        return sum;
    }
}
