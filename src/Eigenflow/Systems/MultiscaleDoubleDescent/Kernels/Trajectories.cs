using System.Buffers;
using System.Runtime.InteropServices;
using Eigenflow.Dynamics;
using Eigenflow.Numerics.Dense;

namespace Eigenflow.Systems.MultiscaleDoubleDescent;

/// <summary>A draw whose student is known at any time: the steps are the saved rows, and the state is the number of the row.</summary>
/// <param name="times">The saved times.</param>
/// <param name="draw">Makes the curve, once it is needed.</param>
internal sealed class EvaluatedTrajectory(double[] times, Func<(Func<double, StudentError> Curve, double LargestRate)> draw) : ITrajectory
{
    // η (Λ_max + λ) from which on gradient descent grows.
    private const double Unstable = 2;
    private readonly Lazy<(Func<double, StudentError> Curve, double LargestRate)> drawn = new(draw);

    public long Step { get; private set; }

    public bool Advance(long count)
    {
        Step += count;
        return drawn.Value.LargestRate < Unstable;
    }

    public void Observe(Span<double> row, bool isSaved) => MultiscaleColumns.Write(drawn.Value.Curve(times[Step]), row);

    public void Write(IBufferWriter<byte> to) => to.Write(BitConverter.GetBytes(Step));

    public void Read(ReadOnlySpan<byte> from) => Step = BitConverter.ToInt64(from);
}

/// <summary>The shrinkage of the paper's figure 6: the gradient's XᵀXw is multiplied by 1 + α_k, α_k = α₀ ln(1 + e^(−ck))/ln 2, which vanishes late, so that the end is the same.</summary>
/// <param name="Amplitude">α₀ ≥ 0.</param>
/// <param name="Decay">c &gt; 0 per step.</param>
internal readonly record struct ShrinkageSchedule(double Amplitude, double Decay)
{
    /// <summary>1 + α_k.</summary>
    public double Factor(long step) => Amplitude == 0 ? 1 : 1 + (Amplitude * Math.Log(1 + Math.Exp(-Decay * step)) / Math.Log(2));
}

/// <summary>
/// Gradient descent step by step in the coordinates of the weights: w ← w − η [(1 + α_k) XᵀX w − Xᵀy + λw]. The updates are linear, so that the student of the labels without noise and that of
/// the noise alone go side by side. Work O(d²) per step.
/// </summary>
internal sealed class DescentTrajectory : ITrajectory
{
    private const double LargestNorm = 1e9;
    private readonly StudentSample sample;
    private readonly ShrinkageSchedule shrinkage;
    private readonly double rate;
    private readonly double ridge;
    private readonly double[] gram;
    private readonly double[] target;
    private readonly double[] moved;
    private readonly double[] weights;
    private readonly int parts;

    public DescentTrajectory(StudentSample sample, MultiscaleProblem problem, ShrinkageSchedule shrinkage, double rate)
    {
        (this.sample, this.shrinkage, this.rate, ridge) = (sample, shrinkage, rate, problem.Ridge);
        var (n, d) = (sample.Inputs.Samples, sample.Inputs.Dimension);
        parts = problem.Noise > 0 ? 2 : 1;
        gram = new double[d * d];
        MatrixProduct.MultiplyTransposed(sample.Inputs.Inputs, sample.Inputs.Inputs, gram, d, n, d);
        target = new double[parts * d];
        MatrixProduct.Multiply(sample.Labels, sample.Inputs.Inputs, target, 1, n, d);
        if (parts > 1)
            MatrixProduct.Multiply(sample.Noise, sample.Inputs.Inputs, target.AsSpan(d), 1, n, d);
        (weights, moved) = (new double[parts * d], new double[parts * d]);
    }

    public long Step { get; private set; }

    public bool Advance(long count)
    {
        var d = sample.Inputs.Dimension;
        for (var end = Step + count; Step < end; Step++)
        {
            MatrixProduct.Multiply(weights, gram, moved, parts, d, d);
            var factor = shrinkage.Factor(Step);
            for (var k = 0; k < weights.Length; k++)
                weights[k] -= rate * ((factor * moved[k]) - target[k] + (ridge * weights[k]));
        }

        return weights.Sum(weight => weight * weight) <= LargestNorm * LargestNorm;
    }

    public void Observe(Span<double> row, bool isSaved)
    {
        var d = sample.Inputs.Dimension;
        var clean = Student(weights.AsSpan(0, d));
        if (parts == 1)
        {
            MultiscaleColumns.Write(clean, row);
            return;
        }

        var noisy = Student([.. Enumerable.Range(0, d).Select(k => weights[k] + weights[d + k])]);
        MultiscaleColumns.Write(noisy with { Bias = clean.Bias, NoisePart = noisy.Bias - clean.Bias }, row);
    }

    public void Write(IBufferWriter<byte> to)
    {
        to.Write(BitConverter.GetBytes(Step));
        to.Write(MemoryMarshal.AsBytes(weights.AsSpan()));
    }

    public void Read(ReadOnlySpan<byte> from)
    {
        Step = BitConverter.ToInt64(from);
        MemoryMarshal.Cast<byte, double>(from[sizeof(long)..]).CopyTo(weights);
    }

    private StudentError Student(ReadOnlySpan<double> student)
    {
        var (d, features, teacher) = (sample.Inputs.Dimension, sample.Inputs.Features, sample.Teacher);
        var modulated = new double[d];
        if (features.Length == d)
        {
            for (var k = 0; k < d; k++)
                modulated[k] = features[k] * student[k];
        }
        else
        {
            MatrixProduct.Multiply(features, student, modulated, d, d, 1);
        }

        double alignment = 0, norm = 0, error = 0;
        for (var k = 0; k < d; k++)
        {
            alignment += teacher[k] * modulated[k] / d;
            norm += modulated[k] * modulated[k] / d;
            error += (teacher[k] - modulated[k]) * (teacher[k] - modulated[k]) / d;
        }

        return new StudentError(alignment, norm, error / 2, 0);
    }
}
