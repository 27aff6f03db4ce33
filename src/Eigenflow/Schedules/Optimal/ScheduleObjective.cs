namespace Eigenflow.Schedules;

/// <summary>
/// What an optimal schedule minimises: the noise-dominated functional scaling law at the end of N steps (arXiv 2602.06797),
/// J[η] = A (1 + T/τ)^(−s) + c ∫_0^N (1 + S(z)/τ_K)^(−(2 − 1/β)) η(z)² dz with the remaining intrinsic time S(z) = ∫_z^N η and T = S(0). Immutable.
/// </summary>
public sealed record ScheduleObjective
{
    /// <summary>Relative difficulty s &gt; 0: the signal falls as T^(−s).</summary>
    public required double Difficulty { get; init; }

    /// <summary>Capacity exponent β &gt; 1: the forgetting kernel falls as t^(−(2 − 1/β)).</summary>
    public required double Capacity { get; init; }

    /// <summary>Noise constant c &gt; 0: σ²/B, or c₂c₃/B of a fitted loss curve.</summary>
    public double Noise { get; init; } = 1;

    /// <summary>Amplitude A &gt; 0 of the signal.</summary>
    public double Amplitude { get; init; } = 1;

    /// <summary>Time scale τ &gt; 0 of the signal.</summary>
    public double SignalTime { get; init; } = 1;

    /// <summary>Time scale τ_K &gt; 0 of the forgetting kernel.</summary>
    public double KernelTime { get; init; } = 1;

    /// <summary>q = 1 − 1/β, the exponent of the integrated kernel.</summary>
    internal double Integrated => 1 - (1 / Capacity);

    /// <summary>Checks every member.</summary>
    /// <exception cref="ParameterException">A member that is not allowed.</exception>
    public void Validate()
    {
        Positive("difficulty", Difficulty);
        if (!(Capacity > 1) || !double.IsFinite(Capacity))
            throw new ParameterException("capacity", Capacity, "a finite number > 1", "the trace of the covariance is finite only for capacity > 1");
        Positive("noise", Noise, "without noise every schedule is best at its largest rate");
        Positive("amplitude", Amplitude);
        Positive("signal-time", SignalTime);
        Positive("kernel-time", KernelTime);
    }

    /// <summary>The signal A (1 + T/τ)^(−s).</summary>
    /// <param name="time">T ≥ 0.</param>
    public double Signal(double time) => Amplitude * Math.Exp(-Difficulty * double.LogP1(time / SignalTime));

    /// <summary>The kernel (1 + S/τ_K)^(−(2 − 1/β)).</summary>
    /// <param name="remaining">S ≥ 0.</param>
    internal double Kernel(double remaining) => Math.Pow(1 + (remaining / KernelTime), -(1 + Integrated));

    /// <summary>∫_{low}^{high} of the kernel over S.</summary>
    internal double KernelBetween(double low, double high)
    {
        // A^(−q) − B^(−q) = A^(−q) (1 − (B/A)^(−q)) keeps its digits for neighbouring times.
        var ratio = double.LogP1((high - low) / (KernelTime + low));
        return KernelTime / Integrated * Math.Pow(1 + (low / KernelTime), -Integrated) * -double.ExpM1(-Integrated * ratio);
    }

    /// <summary>G(S) = 2βτ_K [(1 + S/τ_K)^(1/(2β)) − 1].</summary>
    internal double Progress(double remaining) => 2 * Capacity * KernelTime * double.ExpM1(double.LogP1(remaining / KernelTime) / (2 * Capacity));

    /// <summary>S with G(S) = value.</summary>
    internal double Remaining(double progress) => KernelTime * double.ExpM1(2 * Capacity * double.LogP1(progress / (2 * Capacity * KernelTime)));

    private static void Positive(string name, double value, string remedy = "")
    {
        if (!(value > 0) || !double.IsFinite(value))
            throw new ParameterException(name, value, "a finite number > 0", remedy);
    }
}
