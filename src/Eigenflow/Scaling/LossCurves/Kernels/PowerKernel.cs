using System.Runtime.CompilerServices;

namespace Eigenflow.Scaling.LossCurves;

/// <summary>
/// The kernel f(u) = (1 + u/τ)^(−p) and its weighted mean over the n lags u₀, u₀ + h, …, u₀ + (n−1)h of a cell, by the Euler–Maclaurin sum: the integral, half the difference of the ends, and the first derivative.
/// The weight falls or rises linearly across the cell: a rate that changes within the cell that ends at the target would otherwise be wrong to first order, because the kernel is sharp there.
/// One step (n = 1) is exact; the error otherwise is O((h/τ)⁴/n) and of second order in the change of the rate. Derivatives with respect to p and ln τ come with it. O(1), one logarithm and one exponential per edge.
/// </summary>
internal readonly struct PowerKernel
{
    private const double SmallestExponent = 1e-4;

    // Where the kernel falls by more than about this part from one step to the next, the first lags of a cell are summed one by one.
    public const double Sharp = 0.3;
    private const int FirstLags = 8;

    private readonly double lag;
    private readonly double tau;
    private readonly double p;
    private readonly double value;
    private readonly double valueByP;
    private readonly double valueByTau;
    private readonly double primitive;
    private readonly double primitiveByP;
    private readonly double primitiveByTau;
    private readonly double second;
    private readonly double secondByP;
    private readonly double secondByTau;
    private readonly double slope;
    private readonly double slopeByP;
    private readonly double slopeByTau;

    /// <summary>The kernel at one lag.</summary>
    /// <param name="lag">u ≥ 0.</param>
    /// <param name="tau">τ &gt; 0.</param>
    /// <param name="p">p &gt; 0.</param>
    public PowerKernel(double lag, double tau, double p)
    {
        (this.lag, this.tau, this.p) = (lag, tau, p);
        var perTau = 1 / tau;
        var x = lag * perTau;
        var one = 1 + x;
        var rate = perTau / one;
        var log = Math.Log(one);
        value = Math.Exp(-p * log);
        valueByP = -log * value;
        slope = -p * rate * value;
        slopeByP = ((p * log) - 1) * value * rate;
        valueByTau = -lag * slope;
        slopeByTau = -slope - (lag * p * (p + 1) * rate * rate * value);
        var power = value * one;
        var (g, gByQ) = Growth(p - 1, log, power);
        primitive = tau * g;
        primitiveByP = tau * gByQ;
        primitiveByTau = primitive - (lag * value);

        // The second primitive is τ²(h(1) − h(1 − q))/q with h(m) = ((1 + x)^m − 1)/m and q = p − 1: by its series where q is small.
        var q = p - 1;
        double w, byQ;
        if (Math.Abs(q) < SmallestExponent)
        {
            var first = (one * log) - x;
            var bend = (one * log * (log - 2)) + (2 * x);
            var third = (one * log * ((log * log) - (3 * log) + 6)) - (6 * x);
            w = first - (q * bend / 2) + (q * q * third / 6);
            byQ = (-bend / 2) + (q * third / 3);
        }
        else
        {
            var (next, nextByQ) = Growth(q - 1, log, power * one);
            w = (x - next) / q;
            byQ = (-nextByQ - w) / q;
        }

        second = tau * tau * w;
        secondByP = tau * tau * byQ;
        secondByTau = (2 * second) - (lag * primitive);
    }

    /// <summary>Mean over a cell with weights of mean one: 1 − tilt at the near end and 1 + tilt at the far end.</summary>
    /// <param name="near">The kernel at the smallest lag u₀.</param>
    /// <param name="far">The kernel at u₀ + n h.</param>
    /// <param name="spacing">h ≥ 0.</param>
    /// <param name="count">n ≥ 1.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static CellMean Mean(in PowerKernel near, in PowerKernel far, double spacing, double count)
    {
        if (count == 1 || !(spacing * count > 1e-13 * (1 + spacing)))
            return new CellMean(near.value, 0, near.valueByP, 0, near.valueByTau, 0);
        return spacing * near.p > Sharp * (near.tau + near.lag) ? SharpMean(near, far, spacing, count) : SmoothMean(near, far, spacing, count);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static CellMean SmoothMean(in PowerKernel near, in PowerKernel far, double spacing, double count)
    {
        var a = 1 / (spacing * count);
        var b = 0.5 / count;
        var c = spacing / (12 * count);
        var d = 2 * a * a;
        return new CellMean(
            (a * (far.primitive - near.primitive)) + (b * (near.value - far.value)) + (c * (far.slope - near.slope)),
            (a * (far.primitive + near.primitive)) - (d * (far.second - near.second)) - (b * (near.value + far.value)) + (c * (far.slope + near.slope)),
            (a * (far.primitiveByP - near.primitiveByP)) + (b * (near.valueByP - far.valueByP)) + (c * (far.slopeByP - near.slopeByP)),
            (a * (far.primitiveByP + near.primitiveByP)) - (d * (far.secondByP - near.secondByP)) - (b * (near.valueByP + far.valueByP)) + (c * (far.slopeByP + near.slopeByP)),
            (a * (far.primitiveByTau - near.primitiveByTau)) + (b * (near.valueByTau - far.valueByTau)) + (c * (far.slopeByTau - near.slopeByTau)),
            (a * (far.primitiveByTau + near.primitiveByTau)) - (d * (far.secondByTau - near.secondByTau)) - (b * (near.valueByTau + far.valueByTau)) + (c * (far.slopeByTau + near.slopeByTau)));
    }

    private static CellMean SharpMean(in PowerKernel near, in PowerKernel far, double spacing, double count)
    {
        var first = (int)Math.Min(count, FirstLags);
        double even = 0, odd = 0, evenByP = 0, oddByP = 0, evenByTau = 0, oddByTau = 0;
        for (var j = 0; j < first; j++)
        {
            var one = new PowerKernel(near.lag + (j * spacing), near.tau, near.p);
            var place = ((2 * (j + 0.5)) / count) - 1;
            even += one.value / count;
            odd += place * one.value / count;
            evenByP += one.valueByP / count;
            oddByP += place * one.valueByP / count;
            evenByTau += one.valueByTau / count;
            oddByTau += place * one.valueByTau / count;
        }

        var rest = count - first;
        if (rest == 0)
            return new CellMean(even, odd, evenByP, oddByP, evenByTau, oddByTau);

        // The tilt of the whole cell on the rest: around the middle of the rest at first/count, and as much less steep as the rest is shorter.
        var start = new PowerKernel(near.lag + (first * spacing), near.tau, near.p);
        var tail = rest == 1 ? new CellMean(start.value, 0, start.valueByP, 0, start.valueByTau, 0) : SmoothMean(start, far, spacing, rest);
        double part = rest / count, middle = first / count;
        return new CellMean(
            even + (part * tail.Even),
            odd + (part * ((middle * tail.Even) + (part * tail.Odd))),
            evenByP + (part * tail.EvenByP),
            oddByP + (part * ((middle * tail.EvenByP) + (part * tail.OddByP))),
            evenByTau + (part * tail.EvenByTau),
            oddByTau + (part * ((middle * tail.EvenByTau) + (part * tail.OddByTau))));
    }

    // G(q) = (1 − e^(−q l))/q and dG/dq, by their series where q l is small.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (double Value, double ByQ) Growth(double q, double log, double power)
    {
        var z = q * log;
        if (Math.Abs(z) < 1e-3)
            return (log * (1 - (z / 2) + (z * z / 6) - (z * z * z / 24)), log * log * (-0.5 + (z / 3) - (z * z / 8) + (z * z * z / 30)));
        var perQ = 1 / q;
        var g = (1 - power) * perQ;
        return (g, ((power * log) - g) * perQ);
    }
}

/// <summary>The mean of a kernel over a cell, even + tilt · odd, and its derivatives.</summary>
internal readonly record struct CellMean(double Even, double Odd, double EvenByP, double OddByP, double EvenByTau, double OddByTau)
{
    /// <summary>At a tilt.</summary>
    public (double Mean, double ByP, double ByTau) At(double tilt) => (Even + (tilt * Odd), EvenByP + (tilt * OddByP), EvenByTau + (tilt * OddByTau));
}
