using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Eigenflow.Numerics.Ode;

/// <summary>The dense output of one step, kept: y(θ) = (1−θ) y₀ + θ (y₁ + (1−θ)(P₁ + θ (P₂ + θ P₃))), order 4.</summary>
public sealed class DenseSegment
{
    private readonly double[] end;
    private readonly double[] start;
    private readonly double[][] polynomial;

    internal DenseSegment(double startTime, double endTime, double[] end, double[] start, double[][] polynomial)
    {
        StartTime = startTime;
        EndTime = endTime;
        this.end = end;
        this.start = start;
        this.polynomial = polynomial;
    }

    /// <summary>Beginning of the step.</summary>
    public double StartTime { get; }

    /// <summary>End of the step.</summary>
    public double EndTime { get; }

    /// <summary>Number of equations n.</summary>
    public int Size => end.Length;

    /// <summary>Evaluates the state.</summary>
    /// <param name="time">Between start and end.</param>
    /// <param name="result">Receives y(time), length n.</param>
    public void Evaluate(double time, Span<double> result) => Evaluate((time - StartTime) / (EndTime - StartTime), start, end, polynomial, result);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void Evaluate(double part, double[] start, double[] end, double[][] polynomial, Span<double> result)
    {
        var (first, second, third) = (polynomial[0], polynomial[1], polynomial[2]);
        var rest = 1 - part;
        var parts = Vector512.Create(part);
        var rests = Vector512.Create(rest);
        var i = 0;
        for (; i <= result.Length - 8; i += 8)
        {
            var inner = Vector512.FusedMultiplyAdd(parts, Vector512.LoadUnsafe(ref third[i]), Vector512.LoadUnsafe(ref second[i]));
            var bend = Vector512.FusedMultiplyAdd(parts, inner, Vector512.LoadUnsafe(ref first[i]));
            var right = parts * Vector512.FusedMultiplyAdd(rests, bend, Vector512.LoadUnsafe(ref end[i]));
            Vector512.FusedMultiplyAdd(rests, Vector512.LoadUnsafe(ref start[i]), right).StoreUnsafe(ref result[i]);
        }

        for (; i < result.Length; i++)
        {
            var inner = Math.FusedMultiplyAdd(part, third[i], second[i]);
            var right = part * Math.FusedMultiplyAdd(rest, Math.FusedMultiplyAdd(part, inner, first[i]), end[i]);
            result[i] = Math.FusedMultiplyAdd(rest, start[i], right);
        }
    }
}
