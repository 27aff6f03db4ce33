using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Eigenflow.Numerics;

namespace Eigenflow.Scaling.LossCurves;

/// <summary>
/// A law near some parameters, for a hundredth of its cost: the loss is a sum of terms, amplitude times shape, and the logarithm of every shape is expanded to second order in the logarithms of the other parameters.
/// It follows the curved valleys along which exponents and times of forgetting trade against each other, which straight steps leave at once.
/// Made by 1 + 2 · (parameters that are no amplitudes) evaluations of the law per term.
/// </summary>
internal sealed class LocalLosses : LogLosses
{
    private const double Step = 0.02;

    // Where a shape is that much smaller than elsewhere, its logarithm is not expanded.
    private const double Negligible = 1e-9;

    private readonly int[] others;
    private readonly double[] centre;
    private readonly Term[] terms;

    /// <summary>Expands.</summary>
    /// <param name="law">The law.</param>
    /// <param name="data">The curves.</param>
    /// <param name="theta">Logarithms of the parameters to expand at.</param>
    public LocalLosses(LossLaw law, IReadOnlyList<FitData> data, double[] theta)
        : base(data.Sum(one => one.Count), law.Parameters.Count)
    {
        centre = (double[])theta.Clone();
        others = [.. Enumerable.Range(0, Parameters).Where(j => !law.Parameters[j].IsAmplitude)];
        var exact = new LawLosses(law, data);
        terms = [.. Enumerable.Range(0, Parameters).Where(j => law.Parameters[j].IsAmplitude).Select(j => Expand(exact, j))];
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override bool Evaluate(ReadOnlySpan<double> theta, Span<double> logs, Span<double> slopes)
    {
        const int Width = VectorKernel.Width;
        var n = others.Length;
        Span<double> off = stackalloc double[n];
        for (var j = 0; j < n; j++)
            off[j] = theta[others[j]] - centre[others[j]];
        Span<Vector512<double>> by = stackalloc Vector512<double>[n], along = stackalloc Vector512<double>[n];
        var isPositive = true;
        for (var at = 0; at < Stride; at += Width)
        {
            by.Clear();
            Vector512<double> loss = default;
            foreach (var term in terms)
            {
                var value = Vector512.Create(term.Shape.AsSpan(at, Width)) * Math.Exp(theta[term.Amplitude]);
                if (!term.IsConstant)
                {
                    Vector512<double> log = default;
                    for (var j = 0; j < n; j++)
                    {
                        var gradient = Vector512.Create(term.Gradient.AsSpan((j * Stride) + at, Width));
                        Vector512<double> bend = default;
                        for (var l = 0; l < n; l++)
                            bend += Vector512.Create(term.Curvature.AsSpan((((j * n) + l) * Stride) + at, Width)) * off[l];
                        log += (gradient + (bend * 0.5)) * off[j];
                        along[j] = gradient + bend;
                    }

                    value *= VectorExponential.Of(log);
                    for (var j = 0; j < n; j++)
                        by[j] += value * along[j];
                }

                loss += value;
                value.CopyTo(slopes[((term.Amplitude * Stride) + at)..]);
            }

            if (at + Width > Points)
                loss += Vector512<double>.One - EdgeKernels.Mask(at, Points);
            isPositive &= Vector512.GreaterThanAll(loss, Vector512<double>.Zero) && Vector512.LessThanAll(loss, Vector512.Create(double.MaxValue));
            var per = Vector512<double>.One / loss;
            VectorLogarithm.Of(loss).CopyTo(logs[at..]);
            foreach (var term in terms)
            {
                var column = slopes.Slice((term.Amplitude * Stride) + at, Width);
                (Vector512.Create((ReadOnlySpan<double>)column) * per).CopyTo(column);
            }

            for (var j = 0; j < n; j++)
                (by[j] * per).CopyTo(slopes[((others[j] * Stride) + at)..]);
        }

        return isPositive;
    }

    private Term Expand(LawLosses exact, int amplitude)
    {
        var n = others.Length;
        double[] shape = new double[Stride], slopes = new double[Stride * Parameters];
        double[] gradient = new double[n * Stride], curvature = new double[n * n * Stride], above = new double[n * Stride], below = new double[n * Stride];
        Gradient(0, 0, gradient);
        var kept = (double[])shape.Clone();
        var smallest = Negligible * kept.Max(Math.Abs);
        for (var l = 0; l < n; l++)
        {
            Gradient(l, Step, above);
            Gradient(l, -Step, below);
            for (var j = 0; j < n; j++)
            {
                for (var i = 0; i < Points; i++)
                {
                    var second = (above[(j * Stride) + i] - below[(j * Stride) + i]) / (2 * Step);
                    if (!double.IsFinite(second) || !double.IsFinite(gradient[(j * Stride) + i]) || !(Math.Abs(kept[i]) > smallest))
                        second = 0;

                    // Both orders of differentiation, each with half the weight: symmetric to the last bit.
                    curvature[(((j * n) + l) * Stride) + i] += 0.5 * second;
                    curvature[(((l * n) + j) * Stride) + i] += 0.5 * second;
                }
            }
        }

        for (var i = 0; i < gradient.Length; i++)
        {
            if (!double.IsFinite(gradient[i]) || !(Math.Abs(kept[i % Stride]) > smallest))
                gradient[i] = 0;
        }

        return new Term(amplitude, kept, gradient, curvature, gradient.All(x => x == 0) && curvature.All(x => x == 0));

        void Gradient(int moved, double by, double[] into)
        {
            Span<double> values = stackalloc double[Parameters];
            values.Clear();
            foreach (var j in others)
                values[j] = Math.Exp(centre[j]);
            values[amplitude] = 1;
            if (n > 0)
                values[others[moved]] *= Math.Exp(by);
            exact.Values(values, shape, slopes);
            for (var j = 0; j < n; j++)
            {
                for (var i = 0; i < Points; i++)
                    into[(j * Stride) + i] = slopes[(others[j] * Stride) + i] / shape[i];
            }
        }
    }

    private sealed record Term(int Amplitude, double[] Shape, double[] Gradient, double[] Curvature, bool IsConstant);
}
