using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

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

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Evaluate(ScheduleCells cells, ReadOnlySpan<double> values, Span<double> losses, Span<double> slopes)
    {
        double s = values[Difficulty], tau = values[SignalTime], p = values[Forgetting], tauK = values[KernelTime];
        var weights = new CellSignals(cells, s, tau);
        using var kernels = new EdgeKernels(cells);
        for (var target = 0; target < cells.Targets.Length; target++)
        {
            var edge = cells.Targets[target];
            var t = cells.Times[edge];
            var (e, eByS, eByTau) = CellSignals.At(t, s, tau);
            var sums = EdgeKernels.Holds(edge) ? Vectorised(cells, kernels, weights, edge, tauK, p) : OneByOne(cells, weights, edge, tauK, p);
            double a = values[Label], c2 = values[Noise], c1 = values[Signal];
            losses[target] = values[Floor] + (c1 * e) + (a * sums.Plain) + (c2 * sums.Signal);
            var row = slopes.Slice(target * Count, Count);
            row[Floor] = values[Floor];
            row[Signal] = c1 * e;
            row[Difficulty] = s * ((c1 * eByS) + (c2 * sums.SignalByS));
            row[SignalTime] = (c1 * eByTau) + (c2 * sums.SignalByE);
            row[Label] = a * sums.Plain;
            row[Noise] = c2 * sums.Signal;
            row[Forgetting] = p * ((a * sums.PlainByP) + (c2 * sums.SignalByP));
            row[KernelTime] = (a * sums.PlainByTau) + (c2 * sums.SignalByTau);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static Sums Vectorised(ScheduleCells cells, EdgeKernels kernels, CellSignals weights, int edge, double tauK, double p)
    {
        const int Width = VectorKernel.Width;
        kernels.Fill(edge, tauK, p);
        Vector512<double> plain = default, plainByP = default, plainByTau = default, signal = default, signalByP = default, signalByTau = default, signalByS = default, signalByE = default;
        for (var last = edge; last > 0; last -= Width)
        {
            var first = Math.Max(0, last - Width);
            var mass = Vector512.Create(cells.Noise.AsSpan(first, Width));
            if (last < Width)
                mass *= EdgeKernels.Mask(first, last);
            var cell = kernels.Mean(first);
            var tilt = Vector512.Create(cells.Tilts.AsSpan(first, Width));
            plain += mass * (cell.Even + (tilt * cell.Odd));
            plainByP += mass * (cell.EvenByP + (tilt * cell.OddByP));
            plainByTau += mass * (cell.EvenByTau + (tilt * cell.OddByTau));
            tilt += Vector512.Create(weights.Tilt.AsSpan(first, Width));
            var mean = cell.Even + (tilt * cell.Odd);
            var weighted = mass * Vector512.Create(weights.Value.AsSpan(first, Width));
            signal += weighted * mean;
            signalByP += weighted * (cell.EvenByP + (tilt * cell.OddByP));
            signalByTau += weighted * (cell.EvenByTau + (tilt * cell.OddByTau));
            signalByS += (mass * mean * Vector512.Create(weights.ByS.AsSpan(first, Width))) + (weighted * cell.Odd * Vector512.Create(weights.TiltByS.AsSpan(first, Width)));
            signalByE += (mass * mean * Vector512.Create(weights.ByTau.AsSpan(first, Width))) + (weighted * cell.Odd * Vector512.Create(weights.TiltByTau.AsSpan(first, Width)));
        }

        return new Sums(
            Vector512.Sum(plain), Vector512.Sum(plainByP), Vector512.Sum(plainByTau), Vector512.Sum(signal), Vector512.Sum(signalByP), Vector512.Sum(signalByTau), Vector512.Sum(signalByS), Vector512.Sum(signalByE));
    }

    // For targets with few cells before them.
    private static Sums OneByOne(ScheduleCells cells, CellSignals weights, int edge, double tauK, double p)
    {
        double plain = 0, plainByP = 0, plainByTau = 0, signal = 0, signalByP = 0, signalByTau = 0, signalByS = 0, signalByE = 0;
        var near = new PowerKernel(0, tauK, p);
        for (var c = edge - 1; c >= 0; c--)
        {
            var far = new PowerKernel(cells.Times[edge] - cells.Times[c], tauK, p);
            var cell = PowerKernel.Mean(near, far, cells.Spacings[c], cells.Counts[c]);
            var mass = cells.Noise[c];
            var (mean, byP, byTau) = cell.At(cells.Tilts[c]);
            plain += mass * mean;
            plainByP += mass * byP;
            plainByTau += mass * byTau;
            (mean, byP, byTau) = cell.At(cells.Tilts[c] + weights.Tilt[c]);
            var weighted = mass * weights.Value[c];
            signal += weighted * mean;
            signalByP += weighted * byP;
            signalByTau += weighted * byTau;
            signalByS += (mass * mean * weights.ByS[c]) + (weighted * cell.Odd * weights.TiltByS[c]);
            signalByE += (mass * mean * weights.ByTau[c]) + (weighted * cell.Odd * weights.TiltByTau[c]);
            near = far;
        }

        return new Sums(plain, plainByP, plainByTau, signal, signalByP, signalByTau, signalByS, signalByE);
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

    private readonly record struct Sums(double Plain, double PlainByP, double PlainByTau, double Signal, double SignalByP, double SignalByTau, double SignalByS, double SignalByE);
}
