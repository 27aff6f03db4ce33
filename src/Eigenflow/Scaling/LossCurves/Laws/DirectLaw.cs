namespace Eigenflow.Scaling.LossCurves;

/// <summary>
/// The functional scaling law itself ("form A"): L_k = L₀ + c₁ e(t_k) + Σ_{i&lt;k} (η_i²/B_i)(1 + (t_k − t_{i+1})/τ_K)^(−p) [a + c₂ e(t_i)], e(t) = (1 + t/τ)^(−s), a = c₂c₃.
/// L_k is the loss after k updates. Functional scaling laws (arXiv 2509.19189), section on language models; p = 2 − 1/β.
/// </summary>
internal sealed class DirectLaw : LossLaw
{
    private const int Floor = 0, Signal = 1, Difficulty = 2, SignalTime = 3, Label = 4, Noise = 5, Forgetting = 6, KernelTime = 7, Count = 8;

    public override string Name => "direct";

    public override string Formula => "L0 + c1 e(t) + Σ (η_i²/B_i) (1 + (t − t_{i+1})/τK)^(−p) [c2c3 + c2 e(t_i)], e(t) = (1 + t/τ)^(−s)";

    public override IReadOnlyList<LawParameter> Parameters { get; } =
    [
        new("L0", "irreducible loss", true), new("c1", "amplitude of the signal", true), new("s", "relative difficulty", false), new("tau", "time from which the signal decays", false),
        new("c2c3", "amplitude of the label noise", true), new("c2", "amplitude of the noise from the signal", true), new("p", "exponent of forgetting", false), new("tauK", "time from which noise is forgotten", false),
    ];

    // In the model behind the law the variance of the gradient is proportional to 2E + σ² = 2L: noise from the signal and label noise stand to each other as the signal and the floor of the loss, c₂c₃/c₂ = L₀/c₁.
    // Within a factor e this is kept unless the curve says otherwise: a curve whose noise hardly changes along it cannot tell the two apart, and forecasts of other schedules depend on it.
    // The theory has 1 < p < 2. Exponent and time of forgetting are nearly degenerate, and without an expectation noise drives the fit far along the valley (in trials with known truth to p < 1, where the floor is wrong by a half).
    public override IReadOnlyList<LawPrior> Priors { get; } = [new([-1, 1, 0, 0, 1, -1, 0, 0], 0, 1), new([0, 0, 0, 0, 0, 0, 1, 0], Math.Log(1.5), 0.3)];

    /// <summary>The eight parameters in the order of this law from those of the formula with c₃.</summary>
    public static double[] Values(double floor, double c1, double s, double tau, double c2, double c3, double p, double tauK) => [floor, c1, s, tau, c2 * c3, c2, p, tauK];

    public override (double Low, double High) Bounds(int parameter, CurveScale scale) => parameter switch
    {
        Difficulty => (0.02, 8),
        SignalTime => (scale.Step, scale.Last),
        Forgetting => (0.2, 8),
        _ => (scale.Step, scale.Last),
    };

    public override (double Low, double High) Starts(int parameter, CurveScale scale) => parameter switch
    {
        Difficulty => (0.2, 1.5),
        SignalTime => (scale.Step * 3, Math.Max(scale.Step * 4, scale.First)),
        Forgetting => (1.05, 1.95),
        _ => (scale.Step * 3, Math.Max(scale.Step * 4, 0.1 * scale.Last)),
    };

    public override void Evaluate(ScheduleCells cells, ReadOnlySpan<double> values, Span<double> losses, Span<double> slopes)
    {
        double s = values[Difficulty], tau = values[SignalTime], p = values[Forgetting], tauK = values[KernelTime];
        var count = cells.Counts.Length;
        var weights = new CellSignal[count];
        for (var c = 0; c < count; c++)
            weights[c] = new CellSignal(cells.StartTimes[c], cells.Times[c], cells.Times[c + 1], s, tau);
        for (var target = 0; target < cells.Targets.Length; target++)
        {
            var edge = cells.Targets[target];
            var t = cells.Times[edge];
            var (e, eByS, eByTau) = Signals(t, s, tau);
            double plain = 0, plainByP = 0, plainByTau = 0, signal = 0, signalByP = 0, signalByTau = 0, signalByS = 0, signalByE = 0;
            var near = new PowerKernel(0, tauK, p);
            for (var c = edge - 1; c >= 0; c--)
            {
                var far = new PowerKernel(t - cells.Times[c], tauK, p);
                var h = cells.Spacings[c];
                var cell = PowerKernel.Mean(near, far, h, cells.Counts[c]);
                var mass = cells.Noise[c];
                var (mean, byP, byTau) = cell.At(cells.Tilts[c]);
                plain += mass * mean;
                plainByP += mass * byP;
                plainByTau += mass * byTau;
                ref readonly var weight = ref weights[c];
                (mean, byP, byTau) = cell.At(cells.Tilts[c] + weight.Tilt);
                var weighted = mass * weight.Value;
                signal += weighted * mean;
                signalByP += weighted * byP;
                signalByTau += weighted * byTau;
                signalByS += (mass * mean * weight.ByS) + (weighted * cell.Odd * weight.TiltByS);
                signalByE += (mass * mean * weight.ByTau) + (weighted * cell.Odd * weight.TiltByTau);
                near = far;
            }

            double a = values[Label], c2 = values[Noise], c1 = values[Signal];
            losses[target] = values[Floor] + (c1 * e) + (a * plain) + (c2 * signal);
            var row = slopes.Slice(target * Count, Count);
            row[Floor] = values[Floor];
            row[Signal] = c1 * e;
            row[Difficulty] = s * ((c1 * eByS) + (c2 * signalByS));
            row[SignalTime] = (c1 * eByTau) + (c2 * signalByE);
            row[Label] = a * plain;
            row[Noise] = c2 * signal;
            row[Forgetting] = p * ((a * plainByP) + (c2 * signalByP));
            row[KernelTime] = (a * plainByTau) + (c2 * signalByTau);
        }
    }

    public override double ExactAt(StepRates rates, int step, ReadOnlySpan<double> values)
    {
        double s = values[Difficulty], tau = values[SignalTime], p = values[Forgetting], tauK = values[KernelTime], t = rates.TimeAt(step), sum = 0;
        for (var i = 0; i < step; i++)
        {
            sum += rates.RateAt(i) * rates.RateAt(i) / rates.BatchAt(i) * Math.Pow(1 + ((t - rates.TimeAt(i + 1)) / tauK), -p)
                * (values[Label] + (values[Noise] * Math.Pow(1 + (rates.TimeAt(i) / tau), -s)));
        }

        return values[Floor] + (values[Signal] * Math.Pow(1 + (t / tau), -s)) + sum;
    }

    // e, ∂e/∂s and ∂e/∂ln τ.
    private static (double Value, double ByS, double ByTau) Signals(double time, double s, double tau)
    {
        var one = 1 + (time / tau);
        var log = Math.Log(one);
        var value = Math.Exp(-s * log);
        return (value, -log * value, s * value * (time / tau) / one);
    }

    // The signal in the middle of a cell and how it tilts across the cell, with derivatives.
    private readonly struct CellSignal
    {
        public readonly double Value, ByS, ByTau, Tilt, TiltByS, TiltByTau;

        public CellSignal(double middle, double start, double end, double s, double tau)
        {
            (Value, ByS, ByTau) = Signals(middle, s, tau);
            var early = Signals(start, s, tau);
            var late = Signals(end, s, tau);
            var sum = early.Value + late.Value;
            Tilt = (early.Value - late.Value) / sum;
            TiltByS = 2 * ((early.ByS * late.Value) - (late.ByS * early.Value)) / (sum * sum);
            TiltByTau = 2 * ((early.ByTau * late.Value) - (late.ByTau * early.Value)) / (sum * sum);
        }
    }
}
