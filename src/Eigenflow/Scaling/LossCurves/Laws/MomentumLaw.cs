using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Eigenflow.Numerics;

namespace Eigenflow.Scaling.LossCurves;

/// <summary>
/// The momentum law: with S_k = Σ_{i≤k} η_i and m_k = λ m_{k−1} + η_{k−1} − η_k, m_0 = 0: L_k = L₀ + A S_k^(−α) − C Σ_{i≤k} m_i.
/// Tissue et al., "Scaling law with learning rate annealing" (arXiv 2408.11029), as quoted for comparison with functional scaling laws. The parameter is r = −ln λ, a rate per step.
/// </summary>
internal sealed class MomentumLaw : LossLaw
{
    private const int Floor = 0, Signal = 1, Exponent = 2, Gain = 3, Rate = 4, Count = 5;

    public override string Name => "momentum";

    public override string Formula => "L0 + A S^(−α) − C Σ m_i, m_k = e^(−r) m_{k−1} + η_{k−1} − η_k";

    public override IReadOnlyList<LawParameter> Parameters { get; } =
    [
        new("L0", "irreducible loss", true), new("A", "amplitude of the power law", true), new("alpha", "exponent of the power law", false),
        new("C", "gain from a lower rate", true), new("r", "forgetting per step, −ln λ", false),
    ];

    public override int SignOf(int parameter) => parameter == Gain ? -1 : 1;

    public override (double Low, double High) Bounds(int parameter, CurveScale scale) => parameter == Rate ? (0.1 / scale.Steps, 2) : (0.02, 8);

    public override (double Low, double High) Starts(int parameter, CurveScale scale) => parameter == Rate ? (5 / scale.Steps, 0.5) : (0.2, 1.5);

    public override void Evaluate(ScheduleCells cells, ReadOnlySpan<double> values, Span<double> losses, Span<double> slopes)
    {
        double alpha = values[Exponent], r = values[Rate], gain = values[Gain], rest = -Math.Exp(-r), one = 1 + rest;
        var count = cells.Counts.Length;

        // Mean of λ^(b − 1 − i) over a cell, and its derivative's logarithm: sums of geometric series.
        var means = new double[count];
        var logSlopes = new double[count];
        for (var c = 0; c < count; c++)
        {
            var n = cells.Counts[c];
            var all = -Math.Exp(-r * n);
            means[c] = (1 + all) / (one * n);
            logSlopes[c] = (-n * all / (1 + all)) + (rest / one);
        }

        for (var target = 0; target < cells.Targets.Length; target++)
        {
            var edge = cells.Targets[target];
            var t = cells.Times[edge];
            var e = values[Signal] * Math.Exp(-alpha * Math.Log(t));
            var (sum, slope) = edge >= VectorKernel.Width ? Vectorised(cells, means, logSlopes, edge, r) : OneByOne(cells, means, logSlopes, edge, r);
            losses[target] = values[Floor] + e - (gain * sum);
            var row = slopes.Slice(target * Count, Count);
            row[Floor] = values[Floor];
            row[Signal] = e;
            row[Exponent] = -alpha * Math.Log(t) * e;
            row[Gain] = -gain * sum;
            row[Rate] = -gain * r * slope;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static (double Sum, double Slope) Vectorised(ScheduleCells cells, double[] means, double[] logSlopes, int edge, double r)
    {
        const int Width = VectorKernel.Width;
        double rest = -Math.Exp(-r), perOne = 1 / (1 + rest);
        var start = Vector512.Create(cells.Ends[edge - 1] + 1);
        Vector512<double> sum = default, slope = default;
        for (var last = edge; last > 0; last -= Width)
        {
            var first = Math.Max(0, last - Width);
            var drop = Vector512.Create(cells.Drops.AsSpan(first, Width));
            if (drop == Vector512<double>.Zero)
                continue;
            if (last < Width)
                drop *= EdgeKernels.Mask(first, last);
            var lag = start - Vector512.Create(cells.Ends.AsSpan(first, Width));
            var left = Vector512.Create(means.AsSpan(first, Width)) * VectorExponential.Of(lag * -r);
            var gone = Vector512<double>.One - left;
            sum += drop * gone;
            slope += drop * ((gone * (rest * perOne)) - (left * (Vector512.Create(logSlopes.AsSpan(first, Width)) - lag)));
        }

        return (Vector512.Sum(sum) * perOne, Vector512.Sum(slope) * perOne);
    }

    // For targets with few cells before them.
    private static (double Sum, double Slope) OneByOne(ScheduleCells cells, double[] means, double[] logSlopes, int edge, double r)
    {
        double sum = 0, slope = 0, rest = -Math.Exp(-r), one = 1 + rest;
        for (var c = edge - 1; c >= 0; c--)
        {
            var drop = cells.Drops[c];
            var lag = cells.Ends[edge - 1] - cells.Ends[c] + 1;
            var left = means[c] * Math.Exp(-r * lag);
            sum += drop * (1 - left) / one;
            slope += drop * ((-left * (logSlopes[c] - lag) / one) + ((1 - left) * rest / (one * one)));
        }

        return (sum, slope);
    }

    public override double ExactAt(StepRates rates, int step, ReadOnlySpan<double> values)
    {
        double momentum = 0, sum = 0, decay = Math.Exp(-values[Rate]);
        for (var i = 1; i < step; i++)
        {
            momentum = (decay * momentum) + rates.RateAt(i - 1) - rates.RateAt(i);
            sum += momentum;
        }

        return values[Floor] + (values[Signal] * Math.Pow(rates.TimeAt(step), -values[Exponent])) - (values[Gain] * sum);
    }
}
