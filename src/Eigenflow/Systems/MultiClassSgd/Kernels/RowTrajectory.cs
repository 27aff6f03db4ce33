using Eigenflow.Dynamics;
using Eigenflow.Random;

namespace Eigenflow.Systems.MultiClassSgd.Kernels;

/// <summary>
/// One-pass SGD on the rows of a file: every replica takes them in an order of its own, each at most once. Beside the population of the Gaussian mixture it records the risk and the 0–1 error over all rows.
/// Work per step: 2 l d fused operations per sample with one row read from memory; memory l d doubles and 4 n bytes, beside the rows, which all replicas share.
/// </summary>
internal sealed class RowTrajectory : WeightTrajectory
{
    private readonly ClassRows source;
    private readonly int[] order;
    private readonly int batch;
    private readonly double[] outputs;
    private readonly double[] slopes;
    private readonly double[] gradient;

    public RowTrajectory(ClassRows source, MixtureModes modes, ClassLoss loss, LearningRateRule rule, MixtureRows rows, int batch, long seed, int replica)
        : base(modes, loss, rule, rows, seed, replica)
    {
        (this.source, this.batch) = (source, batch);
        order = Order(source.Rows, (ulong)seed, replica);
        outputs = new double[Reader.Outputs];
        slopes = new double[Reader.Outputs];
        gradient = new double[Weights.Length];
    }

    protected override bool Update()
    {
        var view = View();
        var factor = -Rule.Rate(view) / Modes.Dimension;
        Array.Clear(gradient);
        for (var b = 0; b < batch; b++)
        {
            var row = order[(Step * batch) + b];
            var values = source.Values.Row(row)[..Size];
            Evaluate(row, values);
            for (var a = 0; a < slopes.Length; a++)
                MarginSums.Add(slopes[a] / batch, values, gradient.AsSpan(a * Stride, Size));
        }

        MarginSums.Add(factor, gradient, Weights.Span);
        if (Rule.IsAdaptive)
            Accumulated += Rule.Growth(view with { GradientNoise = MarginSums.Dot(gradient, gradient) / Modes.Dimension }) / Modes.Dimension;
        return double.IsFinite(factor * slopes[0]);
    }

    protected override void ObserveMore(Span<double> rest)
    {
        double risk = 0, errors = 0;
        for (var row = 0; row < source.Rows; row++)
        {
            var (loss, error) = Evaluate(row, source.Values.Row(row)[..Size]);
            (risk, errors) = (risk + loss, errors + error);
        }

        (rest[0], rest[1]) = (risk / source.Rows, errors / source.Rows);
    }

    // Outputs and slopes of a row, with its loss and whether another class is told; a tie counts by its part.
    private (double Loss, double Error) Evaluate(int row, ReadOnlySpan<double> values)
    {
        for (var a = 0; a < outputs.Length; a++)
            outputs[a] = MarginSums.Dot(values, Weights.Span.Slice(a * Stride, Size));
        var label = source.Labels[row];
        if (Loss is MarginLoss margin)
        {
            var sign = Modes.Origin[label].Sign;
            var own = sign * outputs[0];
            slopes[0] = sign * margin.Slope(own);
            return (margin.Value(own), own > 0 ? 0 : own == 0 ? 0.5 : 1);
        }

        var loss = (OutputLoss)Loss;
        loss.Gradient(label, outputs, slopes);
        int larger = 0, equal = 0;
        foreach (var value in outputs)
        {
            larger += value > outputs[label] ? 1 : 0;
            equal += value == outputs[label] ? 1 : 0;
        }

        return (loss.Value(label, outputs), larger > 0 ? 1 : 1 - (1.0 / equal));
    }

    // A random order by exchanges, addressed by seed and replica.
    private static int[] Order(int count, ulong seed, int replica)
    {
        int[] rows = [.. Enumerable.Range(0, count)];
        for (var k = 0; k + 1 < count; k++)
        {
            var word = Philox.Block(((uint)k, ((uint)MixtureStreams.Rows << 12) | ((uint)replica << 16), 0, 0), ((uint)seed, (uint)(seed >> 32))).Word0;
            var other = k + (int)(((ulong)word * (ulong)(count - k)) >> 32);
            (rows[k], rows[other]) = (rows[other], rows[k]);
        }

        return rows;
    }
}
