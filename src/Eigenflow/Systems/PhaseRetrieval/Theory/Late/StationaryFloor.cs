namespace Eigenflow.Systems.PhaseRetrieval;

/// <summary>
/// The stationary state of online SGD for small steps (derived; docs/systems/phase-retrieval.md, section 10): at the teacher the covariance of the gradient is 2σ² times the drift matrix
/// 8s*Q + 16Qw*w*ᵀQ, so that the stationary covariance of w is (ησ²/B) I exactly in this limit, whatever the spectrum.
/// </summary>
/// <param name="MeanSquaredError">ησ²/B.</param>
/// <param name="OverlapVariance">Var u = ησ² s*⁽²⁾/B.</param>
/// <param name="Loss">E L = ησ² (4s* + 8s*⁽²⁾)/B.</param>
/// <param name="Correction">q = η(12s* + 48s*⁽²⁾)/B: the relative size of what finite steps add, which is 1 to 4 q for MSE and loss and 1 to 5.5 q for Var u; <see cref="FluctuationFloor"/> has it exactly.</param>
public sealed record StationaryFloor(double MeanSquaredError, double OverlapVariance, double Loss, double Correction)
{
    /// <summary>The floors.</summary>
    /// <param name="modes">The modes.</param>
    /// <param name="learningRate">η &gt; 0.</param>
    /// <param name="batch">B ≥ 1.</param>
    /// <param name="noise">σ² ≥ 0.</param>
    public static StationaryFloor Of(WeightedModes modes, double learningRate, int batch, double noise)
    {
        var (gain, overlap, second) = (learningRate / batch, modes.TeacherOverlap, modes.Moments(2).Teacher);
        return new StationaryFloor(gain * noise, gain * noise * second, gain * noise * ((4 * overlap) + (8 * second)), gain * ((12 * overlap) + (48 * second)));
    }
}
