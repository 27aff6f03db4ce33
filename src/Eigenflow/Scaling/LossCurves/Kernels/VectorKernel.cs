using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Eigenflow.Numerics;

namespace Eigenflow.Scaling.LossCurves;

/// <summary>Eight kernels (1 + u/τ)^(−p) at once, with what <see cref="PowerKernel"/> holds, to which they are equal up to rounding. Eight fixed lanes: the same bits on every vector width.</summary>
internal readonly struct VectorKernel
{
    /// <summary>Lanes.</summary>
    public const int Width = 8;

    private const double SmallestExponent = 1e-4;
    private const double SmallestProduct = 1e-3;

    public readonly Vector512<double> Value, ValueByP, ValueByTau, Primitive, PrimitiveByP, PrimitiveByTau, Second, SecondByP, SecondByTau, Slope, SlopeByP, SlopeByTau;

    /// <summary>The kernels at lags.</summary>
    /// <param name="lag">u ≥ 0.</param>
    /// <param name="tau">τ &gt; 0.</param>
    /// <param name="p">p &gt; 0.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public VectorKernel(Vector512<double> lag, Vector512<double> tau, double p)
    {
        var unit = Vector512<double>.One;
        var perTau = unit / tau;
        var x = lag * perTau;
        var one = unit + x;
        var rate = perTau / one;
        var log = VectorLogarithm.Of(one);
        Value = VectorExponential.Of(log * -p);
        ValueByP = -(log * Value);
        Slope = rate * Value * -p;
        SlopeByP = ((log * p) - unit) * Value * rate;
        ValueByTau = -(lag * Slope);
        SlopeByTau = -Slope - (lag * (p * (p + 1)) * rate * rate * Value);
        var power = Value * one;
        var q = p - 1;
        var (g, gByQ) = Growth(q, log, power);
        Primitive = tau * g;
        PrimitiveByP = tau * gByQ;
        PrimitiveByTau = Primitive - (lag * Value);
        Vector512<double> w, byQ;
        if (Math.Abs(q) < SmallestExponent)
        {
            var product = one * log;
            var first = product - x;
            var bend = (product * (log - Vector512.Create(2.0))) + (2 * x);
            var third = (product * ((log * log) - (3 * log) + Vector512.Create(6.0))) - (6 * x);
            w = first - (bend * (q / 2)) + (third * (q * q / 6));
            byQ = (bend * -0.5) + (third * (q / 3));
        }
        else
        {
            var (next, nextByQ) = Growth(q - 1, log, power * one);
            w = (x - next) * (1 / q);
            byQ = -(nextByQ + w) * (1 / q);
        }

        var square = tau * tau;
        Second = square * w;
        SecondByP = square * byQ;
        SecondByTau = (2 * Second) - (lag * Primitive);
    }

    private VectorKernel(ReadOnlySpan<double> buffer, int stride, int at)
    {
        Value = Vector512.Create(buffer.Slice(at, Width));
        ValueByP = Vector512.Create(buffer.Slice(stride + at, Width));
        ValueByTau = Vector512.Create(buffer.Slice((2 * stride) + at, Width));
        Primitive = Vector512.Create(buffer.Slice((3 * stride) + at, Width));
        PrimitiveByP = Vector512.Create(buffer.Slice((4 * stride) + at, Width));
        PrimitiveByTau = Vector512.Create(buffer.Slice((5 * stride) + at, Width));
        Second = Vector512.Create(buffer.Slice((6 * stride) + at, Width));
        SecondByP = Vector512.Create(buffer.Slice((7 * stride) + at, Width));
        SecondByTau = Vector512.Create(buffer.Slice((8 * stride) + at, Width));
        Slope = Vector512.Create(buffer.Slice((9 * stride) + at, Width));
        SlopeByP = Vector512.Create(buffer.Slice((10 * stride) + at, Width));
        SlopeByTau = Vector512.Create(buffer.Slice((11 * stride) + at, Width));
    }

    /// <summary>Numbers that a kernel needs in a buffer.</summary>
    public const int Numbers = 12;

    /// <summary>Kernels from a buffer of twelve rows.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static VectorKernel Load(ReadOnlySpan<double> buffer, int stride, int at) => new(buffer, stride, at);

    /// <summary>Kernels into a buffer of twelve rows.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Store(Span<double> buffer, int stride, int at)
    {
        Value.CopyTo(buffer[at..]);
        ValueByP.CopyTo(buffer[(stride + at)..]);
        ValueByTau.CopyTo(buffer[((2 * stride) + at)..]);
        Primitive.CopyTo(buffer[((3 * stride) + at)..]);
        PrimitiveByP.CopyTo(buffer[((4 * stride) + at)..]);
        PrimitiveByTau.CopyTo(buffer[((5 * stride) + at)..]);
        Second.CopyTo(buffer[((6 * stride) + at)..]);
        SecondByP.CopyTo(buffer[((7 * stride) + at)..]);
        SecondByTau.CopyTo(buffer[((8 * stride) + at)..]);
        Slope.CopyTo(buffer[((9 * stride) + at)..]);
        SlopeByP.CopyTo(buffer[((10 * stride) + at)..]);
        SlopeByTau.CopyTo(buffer[((11 * stride) + at)..]);
    }

    /// <summary>Means over smooth cells, as <see cref="PowerKernel.Mean"/> has them; cells of one step have the kernel at their near end.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static VectorCellMean Mean(in VectorKernel near, in VectorKernel far, Vector512<double> spacing, Vector512<double> count)
    {
        var unit = Vector512<double>.One;
        var a = unit / (spacing * count);
        var b = Vector512.Create(0.5) / count;
        var c = spacing * b * (1 / 6.0);
        var d = 2 * a * a;
        var isOne = Vector512.Equals(count, unit) | ~Vector512.GreaterThan(spacing * count, 1e-13 * (unit + spacing));
        var zero = Vector512<double>.Zero;
        return new VectorCellMean(
            Vector512.ConditionalSelect(isOne, near.Value, (a * (far.Primitive - near.Primitive)) + (b * (near.Value - far.Value)) + (c * (far.Slope - near.Slope))),
            Vector512.ConditionalSelect(isOne, zero, (a * (far.Primitive + near.Primitive)) - (d * (far.Second - near.Second)) - (b * (near.Value + far.Value)) + (c * (far.Slope + near.Slope))),
            Vector512.ConditionalSelect(isOne, near.ValueByP, (a * (far.PrimitiveByP - near.PrimitiveByP)) + (b * (near.ValueByP - far.ValueByP)) + (c * (far.SlopeByP - near.SlopeByP))),
            Vector512.ConditionalSelect(isOne, zero, (a * (far.PrimitiveByP + near.PrimitiveByP)) - (d * (far.SecondByP - near.SecondByP)) - (b * (near.ValueByP + far.ValueByP)) + (c * (far.SlopeByP + near.SlopeByP))),
            Vector512.ConditionalSelect(isOne, near.ValueByTau, (a * (far.PrimitiveByTau - near.PrimitiveByTau)) + (b * (near.ValueByTau - far.ValueByTau)) + (c * (far.SlopeByTau - near.SlopeByTau))),
            Vector512.ConditionalSelect(isOne, zero, (a * (far.PrimitiveByTau + near.PrimitiveByTau)) - (d * (far.SecondByTau - near.SecondByTau)) - (b * (near.ValueByTau + far.ValueByTau)) + (c * (far.SlopeByTau + near.SlopeByTau))));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (Vector512<double> Value, Vector512<double> ByQ) Growth(double q, Vector512<double> log, Vector512<double> power)
    {
        var z = log * q;
        var isSmall = Vector512.LessThan(Vector512.Abs(z), Vector512.Create(SmallestProduct));
        var perQ = 1 / q;
        var g = (Vector512<double>.One - power) * perQ;
        var byQ = ((power * log) - g) * perQ;
        if (isSmall == Vector512<double>.Zero)
            return (g, byQ);
        var unit = Vector512<double>.One;
        return (
            Vector512.ConditionalSelect(isSmall, log * (unit - (z * 0.5) + (z * z * (1 / 6.0)) - (z * z * z * (1 / 24.0))), g),
            Vector512.ConditionalSelect(isSmall, log * log * (Vector512.Create(-0.5) + (z * (1 / 3.0)) - (z * z * 0.125) + (z * z * z * (1 / 30.0))), byQ));
    }
}

/// <summary>Means of kernels over eight cells, even + tilt · odd, and their derivatives.</summary>
internal readonly struct VectorCellMean(Vector512<double> even, Vector512<double> odd, Vector512<double> evenByP, Vector512<double> oddByP, Vector512<double> evenByTau, Vector512<double> oddByTau)
{
    public readonly Vector512<double> Even = even, Odd = odd, EvenByP = evenByP, OddByP = oddByP, EvenByTau = evenByTau, OddByTau = oddByTau;
}
