using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Eigenflow.Scaling.LossCurves;

/// <summary>
/// The functional scaling law integrated by parts ("form B", the one fitted to language models): with T_k = Σ_{i≤k} η_i, the value after step k is
/// L_k = L₀ + c₁ T_k^(−s) − Σ_{1≤i≤k} (η_{i−1} − η_i)(a + c₂ T_i^(−s)) [1 − (1 + c₄ (T_k − T_i))^(−g)], a = c₂c₃. arXiv 2509.19189; g = 1 − 1/β.
/// Steps are counted by updates here: after m = k + 1 updates T_k = t_m.
/// </summary>
internal sealed class PartsLaw : LossLaw
{
    private const int Floor = 0, Signal = 1, Difficulty = 2, Label = 3, Noise = 4, Speed = 5, Forgetting = 6, Count = 7;

    public override string Name => "by-parts";

    public override string Formula => "L0 + c1 T^(−s) − Σ (η_{i−1} − η_i) (c2c3 + c2 T_i^(−s)) [1 − (1 + c4 (T − T_i))^(−g)]";

    public override IReadOnlyList<LawParameter> Parameters { get; } =
    [
        new("L0", "irreducible loss", true), new("c1", "amplitude of the signal", true), new("s", "relative difficulty", false), new("c2c3", "gain from a lower rate, label noise", true),
        new("c2", "gain from a lower rate, noise from the signal", true), new("c4", "speed of forgetting", false), new("g", "exponent of forgetting", false),
    ];

    /// <summary>The seven parameters in the order of this law from those of the formula with c₃.</summary>
    public static double[] Values(double floor, double c1, double s, double c2, double c3, double c4, double g) => [floor, c1, s, c2 * c3, c2, c4, g];

    public override int SignOf(int parameter) => parameter is Label or Noise ? -1 : 1;

    public override (double Low, double High) Bounds(int parameter, CurveScale scale) => parameter switch
    {
        Difficulty => (0.02, 8),
        Speed => (1 / scale.Last, 1 / scale.Step),
        _ => (0.02, 8),
    };

    public override (double Low, double High) Starts(int parameter, CurveScale scale) => parameter switch
    {
        Difficulty => (0.2, 1.5),
        Speed => (10 / scale.Last, 0.3 / scale.Step),
        _ => (0.1, 0.95),
    };

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Evaluate(ScheduleCells cells, ReadOnlySpan<double> values, Span<double> losses, Span<double> slopes)
    {
        double s = values[Difficulty], tau = 1 / values[Speed], g = values[Forgetting];
        var count = cells.Counts.Length;
        double[] weights = new double[count], byS = new double[count];
        for (var c = 0; c < count; c++)
        {
            if (cells.Drops[c] == 0)
                continue;

            // Simpson's mean of T^(−s) from the first to the last step of the cell.
            var first = Power(cells.FirstTimes[c], s);
            var middle = Power(cells.EndTimes[c], s);
            var last = Power(cells.Times[c + 1], s);
            weights[c] = (first.Value + (4 * middle.Value) + last.Value) / 6;
            byS[c] = (first.ByS + (4 * middle.ByS) + last.ByS) / 6;
        }

        using var kernels = new EdgeKernels(cells);
        for (var target = 0; target < cells.Targets.Length; target++)
        {
            var edge = cells.Targets[target];
            var (e, eByS) = Power(cells.Times[edge], s);
            var sums = EdgeKernels.Holds(edge) ? Vectorised(cells, kernels, weights, byS, edge, tau, g) : OneByOne(cells, weights, byS, edge, tau, g);
            double a = values[Label], c2 = values[Noise], c1 = values[Signal];
            losses[target] = values[Floor] + (c1 * e) - (a * sums.Plain) - (c2 * sums.Signal);
            var row = slopes.Slice(target * Count, Count);
            row[Floor] = values[Floor];
            row[Signal] = c1 * e;
            row[Difficulty] = s * ((c1 * eByS) - (c2 * sums.SignalByS));
            row[Label] = -a * sums.Plain;
            row[Noise] = -c2 * sums.Signal;

            // c4 = 1/τ, so that ln c4 runs against ln τ.
            row[Speed] = (a * sums.PlainByTau) + (c2 * sums.SignalByTau);
            row[Forgetting] = -g * ((a * sums.PlainByG) + (c2 * sums.SignalByG));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static Sums Vectorised(ScheduleCells cells, EdgeKernels kernels, double[] weights, double[] weightsByS, int edge, double tau, double g)
    {
        const int Width = VectorKernel.Width;
        kernels.Fill(edge, tau, g);
        Vector512<double> plain = default, plainByG = default, plainByTau = default, signal = default, signalByG = default, signalByTau = default, signalByS = default;
        for (var last = edge; last > 0; last -= Width)
        {
            var first = Math.Max(0, last - Width);
            var drop = Vector512.Create(cells.Drops.AsSpan(first, Width));
            if (drop == Vector512<double>.Zero)
                continue;
            if (last < Width)
                drop *= EdgeKernels.Mask(first, last);
            var cell = kernels.Mean(first);
            var tilt = -Vector512.Create(cells.Tilts.AsSpan(first, Width));
            var rest = Vector512<double>.One - (cell.Even + (tilt * cell.Odd));
            var byG = cell.EvenByP + (tilt * cell.OddByP);
            var byTau = cell.EvenByTau + (tilt * cell.OddByTau);
            plain += drop * rest;
            plainByG -= drop * byG;
            plainByTau -= drop * byTau;
            var weighted = drop * Vector512.Create(weights.AsSpan(first, Width));
            signal += weighted * rest;
            signalByG -= weighted * byG;
            signalByTau -= weighted * byTau;
            signalByS += drop * Vector512.Create(weightsByS.AsSpan(first, Width)) * rest;
        }

        return new Sums(
            Vector512.Sum(plain), Vector512.Sum(plainByG), Vector512.Sum(plainByTau), Vector512.Sum(signal), Vector512.Sum(signalByG), Vector512.Sum(signalByTau), Vector512.Sum(signalByS));
    }

    // For targets with few cells before them.
    private static Sums OneByOne(ScheduleCells cells, double[] weights, double[] weightsByS, int edge, double tau, double g)
    {
        double plain = 0, plainByG = 0, plainByTau = 0, signal = 0, signalByG = 0, signalByTau = 0, signalByS = 0;
        var near = new PowerKernel(0, tau, g);
        for (var c = edge - 1; c >= 0; c--)
        {
            var far = new PowerKernel(cells.Times[edge] - cells.Times[c], tau, g);
            var drop = cells.Drops[c];
            if (drop != 0)
            {
                var (mean, byG, byTau) = PowerKernel.Mean(near, far, cells.Spacings[c], cells.Counts[c]).At(-cells.Tilts[c]);
                plain += drop * (1 - mean);
                plainByG -= drop * byG;
                plainByTau -= drop * byTau;
                var weighted = drop * weights[c];
                signal += weighted * (1 - mean);
                signalByG -= weighted * byG;
                signalByTau -= weighted * byTau;
                signalByS += drop * weightsByS[c] * (1 - mean);
            }

            near = far;
        }

        return new Sums(plain, plainByG, plainByTau, signal, signalByG, signalByTau, signalByS);
    }

    public override double ExactAt(StepRates rates, int step, ReadOnlySpan<double> values)
    {
        double s = values[Difficulty], t = rates.TimeAt(step), sum = 0;
        for (var i = 1; i < step; i++)
        {
            var drop = rates.RateAt(i - 1) - rates.RateAt(i);
            if (drop != 0)
            {
                sum += drop * (values[Label] + (values[Noise] * Math.Pow(rates.TimeAt(i + 1), -s)))
                    * (1 - Math.Pow(1 + (values[Speed] * (t - rates.TimeAt(i + 1))), -values[Forgetting]));
            }
        }

        return values[Floor] + (values[Signal] * Math.Pow(t, -s)) - sum;
    }

    private static (double Value, double ByS) Power(double time, double s)
    {
        if (!(time > 0))
            return (0, 0);
        var log = Math.Log(time);
        var value = Math.Exp(-s * log);
        return (value, -log * value);
    }

    private readonly record struct Sums(double Plain, double PlainByG, double PlainByTau, double Signal, double SignalByG, double SignalByTau, double SignalByS);
}
