using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Eigenflow.Scaling.LossCurves;

/// <summary>
/// The multi-power law: with S_k = Σ_{i≤k} η_i, L_k = L₀ + A S_k^(−κ) − C Σ_{1≤i≤k} (η_{i−1} − η_i)[1 − (C′ η_i^(−κ′) (S_k − S_{i−1}) + 1)^(−κ″)].
/// Luo et al., "A multi-power law for loss curve prediction across learning rate schedules" (arXiv 2503.12811), as quoted for comparison with functional scaling laws.
/// </summary>
internal sealed class MultiPowerLaw : LossLaw
{
    private const int Floor = 0, Signal = 1, Exponent = 2, Gain = 3, Speed = 4, RateExponent = 5, Forgetting = 6, Count = 7;
    private const double SmallestRate = 1e-9;

    public override string Name => "multi-power";

    public override string Formula => "L0 + A S^(−κ) − C Σ (η_{i−1} − η_i) [1 − (C' η_i^(−κ') (S − S_{i−1}) + 1)^(−κ'')]";

    public override IReadOnlyList<LawParameter> Parameters { get; } =
    [
        new("L0", "irreducible loss", true), new("A", "amplitude of the power law", true), new("kappa", "exponent of the power law", false), new("C", "gain from a lower rate", true),
        new("C'", "speed of the gain", false), new("kappa'", "how the speed depends on the rate", false), new("kappa''", "exponent of the gain", false),
    ];

    public override int SignOf(int parameter) => parameter == Gain ? -1 : 1;

    public override (double Low, double High) Bounds(int parameter, CurveScale scale) => parameter switch
    {
        Exponent => (0.02, 8),
        Speed => (1e-3 / scale.Last, 1 / scale.Step),
        RateExponent => (0.01, 0.99),
        _ => (0.02, 8),
    };

    public override (double Low, double High) Starts(int parameter, CurveScale scale) => parameter switch
    {
        Exponent => (0.2, 1.5),
        Speed => (1 / scale.Last, 0.1 / scale.Step),
        RateExponent => (0.05, 0.8),
        _ => (0.1, 1.5),
    };

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Evaluate(ScheduleCells cells, ReadOnlySpan<double> values, Span<double> losses, Span<double> slopes)
    {
        double kappa = values[Exponent], p = values[Forgetting], power = values[RateExponent];
        var count = cells.Counts.Length;
        var taus = new double[count];
        var logs = new double[count];
        for (var c = 0; c < count; c++)
        {
            logs[c] = Math.Log(Math.Max(cells.Spacings[c], SmallestRate * cells.Peak));
            taus[c] = Math.Exp(power * logs[c]) / values[Speed];
        }

        for (var target = 0; target < cells.Targets.Length; target++)
        {
            var edge = cells.Targets[target];
            var t = cells.Times[edge];
            var e = values[Signal] * Math.Exp(-kappa * Math.Log(t));
            var (sum, byP, byTau, byPower) = edge >= VectorKernel.Width ? Vectorised(cells, taus, logs, edge, p) : OneByOne(cells, taus, logs, 0, edge, edge, p);
            var gain = values[Gain];
            losses[target] = values[Floor] + e - (gain * sum);
            var row = slopes.Slice(target * Count, Count);
            row[Floor] = values[Floor];
            row[Signal] = e;
            row[Exponent] = -kappa * Math.Log(t) * e;
            row[Gain] = -gain * sum;
            row[Speed] = gain * byTau;
            row[RateExponent] = -gain * power * byPower;
            row[Forgetting] = -gain * p * byP;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static (double Sum, double ByP, double ByTau, double ByPower) Vectorised(ScheduleCells cells, double[] taus, double[] logs, int edge, double p)
    {
        const int Width = VectorKernel.Width;
        var t = Vector512.Create(cells.Times[edge]);
        Vector512<double> sum = default, byP = default, byTau = default, byPower = default;
        double oneSum = 0, oneByP = 0, oneByTau = 0, oneByPower = 0;
        for (var last = edge; last > 0; last -= Width)
        {
            var first = Math.Max(0, last - Width);
            var drop = Vector512.Create(cells.Drops.AsSpan(first, Width));
            if (drop == Vector512<double>.Zero)
                continue;

            // The lag runs from S_{i−1} and not from S_i: one step more than in the form by parts.
            var h = Vector512.Create(cells.Spacings.AsSpan(first, Width));
            var count = Vector512.Create(cells.Counts.AsSpan(first, Width));
            var tau = Vector512.Create(taus.AsSpan(first, Width));
            var lag = t - Vector512.Create(cells.Times.AsSpan(first + 1, Width)) + h;
            var isSharp = Vector512.GreaterThan(h * p, (lag + tau) * PowerKernel.Sharp) & Vector512.GreaterThan(count, Vector512<double>.One);
            if (isSharp != Vector512<double>.Zero)
            {
                var (s, sByP, sByTau, sByPower) = OneByOne(cells, taus, logs, first, last, edge, p);
                oneSum += s;
                oneByP += sByP;
                oneByTau += sByTau;
                oneByPower += sByPower;
                continue;
            }

            if (last < Width)
                drop *= EdgeKernels.Mask(first, last);
            var cell = VectorKernel.Mean(new VectorKernel(lag, tau, p), new VectorKernel(t - Vector512.Create(cells.Times.AsSpan(first, Width)) + h, tau, p), h, count);
            var tilt = -Vector512.Create(cells.Tilts.AsSpan(first, Width));
            var slope = drop * (cell.EvenByTau + (tilt * cell.OddByTau));
            sum += drop * (Vector512<double>.One - (cell.Even + (tilt * cell.Odd)));
            byP -= drop * (cell.EvenByP + (tilt * cell.OddByP));
            byTau -= slope;
            byPower -= slope * Vector512.Create(logs.AsSpan(first, Width));
        }

        return (oneSum + Vector512.Sum(sum), oneByP + Vector512.Sum(byP), oneByTau + Vector512.Sum(byTau), oneByPower + Vector512.Sum(byPower));
    }

    private static (double Sum, double ByP, double ByTau, double ByPower) OneByOne(ScheduleCells cells, double[] taus, double[] logs, int first, int end, int edge, double p)
    {
        double sum = 0, byP = 0, byTau = 0, byPower = 0;
        for (var c = end - 1; c >= first; c--)
        {
            var drop = cells.Drops[c];
            if (drop == 0)
                continue;
            var h = cells.Spacings[c];
            var near = new PowerKernel(cells.Times[edge] - cells.Times[c + 1] + h, taus[c], p);
            var far = new PowerKernel(cells.Times[edge] - cells.Times[c] + h, taus[c], p);
            var (mean, meanByP, meanByTau) = PowerKernel.Mean(near, far, h, cells.Counts[c]).At(-cells.Tilts[c]);
            sum += drop * (1 - mean);
            byP -= drop * meanByP;
            byTau -= drop * meanByTau;
            byPower -= drop * meanByTau * logs[c];
        }

        return (sum, byP, byTau, byPower);
    }

    public override double ExactAt(StepRates rates, int step, ReadOnlySpan<double> values)
    {
        double t = rates.TimeAt(step), sum = 0;
        for (var i = 1; i < step; i++)
        {
            var drop = rates.RateAt(i - 1) - rates.RateAt(i);
            if (drop != 0)
            {
                var speed = values[Speed] * Math.Pow(Math.Max(rates.RateAt(i), SmallestRate * rates.Peak), -values[RateExponent]);
                sum += drop * (1 - Math.Pow((speed * (t - rates.TimeAt(i))) + 1, -values[Forgetting]));
            }
        }

        return values[Floor] + (values[Signal] * Math.Pow(t, -values[Exponent])) - (values[Gain] * sum);
    }
}
