namespace Eigenflow.Systems.PhaseRetrieval;

/// <summary>
/// The stationary state of online SGD near the teacher, from the mean-field theory linearised there (derived; docs/systems/phase-retrieval.md):
/// per mode N_i [16 η λ_i s* − η² λ_i² s*² (64 + 320/B)]
/// = (η²/B)(16 λ_i (12 s*² p + σ² s*) + 768 λ_i² s* w*_i² p + 32 λ_i² σ² (N_i + w*_i²)), p = Σ λ_i N_i.
/// The theory keeps no correlation between modes. Of the stationary state that small η has exactly, N_i = ησ²/B, it therefore makes
/// (ησ²/B)(1 + 2λ_i w*_i²/s*): too much for the MSE of the first modes, and just the 8 Var u that the loss 4 s* p leaves out.
/// </summary>
/// <param name="Quadratic">p = E eᵀQe, so that the excess loss is 4 s* p to leading order.</param>
/// <param name="MeanSquaredError">(1/d) Σ N_i.</param>
public sealed record NoiseFloor(double Quadratic, double MeanSquaredError)
{
    /// <summary>The floor for a learning rate and batch size, or null where the linearised theory is unstable.</summary>
    /// <param name="modes">The modes.</param>
    /// <param name="learningRate">η &gt; 0.</param>
    /// <param name="batch">B ≥ 1.</param>
    /// <param name="noise">Label noise variance σ² ≥ 0.</param>
    public static NoiseFloor? Of(WeightedModes modes, double learningRate, int batch, double noise)
    {
        var t = modes.TeacherOverlap;
        var gain = learningRate / batch;

        // N_i = (feedback · p + source_i)/damping_i with everything divided by 16 η λ_i s*.
        double feedback = 0, own = 0, feedbackTotal = 0, ownTotal = 0;
        for (var j = modes.Size - 1; j >= 0; j--)
        {
            var eigenvalue = modes.Eigenvalues[j];
            if (eigenvalue <= 0)
                continue;
            var damping = Damping(eigenvalue, learningRate, batch, t) - (2 * gain * eigenvalue * noise / t);
            if (!(damping > 0))
                return null;
            var square = modes.Weights[j] * modes.Teacher[j] * modes.Teacher[j];
            var perMode = 12 * t * gain / damping;
            var flat = gain * noise / damping;
            var teacher = 2 * gain * noise * eigenvalue / t / damping * square;
            var alongTeacher = 48 * gain * eigenvalue / damping * square;
            feedback += eigenvalue * ((modes.Counts[j] * perMode) + alongTeacher);
            feedbackTotal += (modes.Counts[j] * perMode) + alongTeacher;
            own += eigenvalue * ((modes.Counts[j] * flat) + teacher);
            ownTotal += (modes.Counts[j] * flat) + teacher;
        }

        if (!(feedback < 1))
            return null;
        var p = own / (1 - feedback);
        return new NoiseFloor(p, (ownTotal + (feedbackTotal * p)) / modes.Dimension);
    }

    /// <summary>The largest learning rate at which the noiseless linearised mean-field theory is stable: (η/B) Σ λ_i (12 s* + 48 λ_i w*_i²)/damping_i = 1, or gradient descent's own limit.</summary>
    /// <param name="modes">The modes.</param>
    /// <param name="batch">B ≥ 1.</param>
    public static double LargestLearningRate(WeightedModes modes, int batch)
    {
        double low = 0, high = Stability.LargestLearningRate(modes);
        if (IsStable(high))
            return high;
        for (var k = 0; k < 200 && high - low > 1e-14 * high; k++)
        {
            var middle = 0.5 * (low + high);
            if (IsStable(middle))
                low = middle;
            else
                high = middle;
        }

        return low;

        bool IsStable(double rate) => Of(modes, rate, batch, 0) is not null;
    }

    private static double Damping(double eigenvalue, double learningRate, int batch, double overlap) =>
        1 - (learningRate * eigenvalue * overlap * (4 + (20.0 / batch)));
}
