using Eigenflow.Numerics;

namespace Eigenflow.Systems.UTurnDoubleDescent;

/// <summary>
/// The effective parameters of a smoother at a set of inputs, p = (n/n₀) Σ_j ‖s(x_j)‖², with what goes with it.
/// Rows of S are made in blocks of <see cref="Block"/>, so that memory is O(n) per thread beside the smoother.
/// </summary>
/// <param name="Parameters">p: p_train at the training inputs, p_test at others.</param>
/// <param name="Median">Median of n‖s‖² over the inputs: near-singular fits are dominated by few of them.</param>
/// <param name="MeanNorm">Mean of ‖s‖, not squared.</param>
/// <param name="Trace">tr S at the training inputs (p_cov); not a number at others.</param>
/// <param name="SquaredError">Sum over the outputs of the mean squared error of s·y.</param>
/// <param name="Misclassified">Part of the inputs whose largest output is another one than the label's; not a number for one output.</param>
/// <param name="LargestMismatch">Largest distance between s·y and the prediction of the fit, relative to (1 + ‖s‖) times the root mean square of the labels, the size that rounding of their sums has.</param>
internal sealed record EffectiveParameters(double Parameters, double Median, double MeanNorm, double Trace, double SquaredError, double Misclassified, double LargestMismatch)
{
    /// <summary>Rows of S that are in memory at once, for each thread.</summary>
    public const int Block = 32;

    // The square of the rounding of predictions of points that are interpolated, in units of the mean square of the labels.
    private const double Rounding = 1e-24;

    /// <summary>Error-based classical count tr(2S − S Sᵀ), at the training inputs.</summary>
    public double ErrorBased => (2 * Trace) - Parameters;

    /// <summary>s·y at the points, n₀ × outputs.</summary>
    public double[] Smoothed { get; init; } = [];

    /// <summary>Measures a smoother of one stage, or the last one.</summary>
    public static EffectiveParameters Of(Smoother smoother, LabelledSample training, LabelledSample evaluation, CancellationToken cancellation = default) => OfStages(smoother, training, evaluation, 1, null, cancellation)[^1];

    /// <summary>Measures all stages of a smoother.</summary>
    /// <param name="smoother">The smoother.</param>
    /// <param name="training">The points that it was fitted to.</param>
    /// <param name="evaluation">The points at which it is measured; the same object for the training points themselves.</param>
    /// <param name="threads">Threads; the result does not depend on them.</param>
    /// <param name="progress">Receives the part of a block that is done, or null.</param>
    /// <param name="cancellation">Ends the measurement.</param>
    /// <exception cref="ParameterException">There is no point to measure at.</exception>
    public static EffectiveParameters[] OfStages(Smoother smoother, LabelledSample training, LabelledSample evaluation, int threads, Action<double>? progress = null, CancellationToken cancellation = default)
    {
        if (evaluation.Rows < 1)
            throw new ParameterException("test", "(empty)", "at least one evaluation point");
        var (n, outputs, isTraining) = (training.Rows, training.Outputs, ReferenceEquals(training, evaluation));
        var labelNorm = Math.Sqrt(training.Labels.Sum(label => label * label) / n);
        var stages = Enumerable.Range(0, smoother.Stages).Select(_ => new Stage(evaluation.Rows, outputs)).ToArray();
        var blocks = (evaluation.Rows + Block - 1) / Block;
        Parallel.For(0, blocks, new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = cancellation }, block =>
        {
            var first = block * Block;
            var count = Math.Min(Block, evaluation.Rows - first);
            double[] rows = new double[count * n], predictions = new double[count * outputs];
            smoother.Visit(evaluation, first, count, rows, predictions, (stage, scale) =>
            {
                for (var row = 0; row < count; row++)
                    stages[stage].Measure(first + row, rows.AsSpan(row * n, n), predictions.AsSpan(row * outputs, outputs), scale, training, isTraining, labelNorm);
            });
            progress?.Invoke(1.0 / blocks);
        });
        return [.. stages.Select(stage => stage.Result(evaluation, n, isTraining, labelNorm))];
    }

    /// <summary>The whole of models that were fitted to every output alone: means of their parameters, sums of their errors, and the largest of their outputs.</summary>
    /// <param name="parts">One for every output.</param>
    /// <param name="evaluation">The points at which they were measured, with all outputs.</param>
    public static EffectiveParameters Joined(IReadOnlyList<EffectiveParameters> parts, LabelledSample evaluation)
    {
        var outputs = parts.Count;
        var smoothed = new double[evaluation.Rows * outputs];
        for (var i = 0; i < smoothed.Length; i++)
            smoothed[i] = parts[i % outputs].Smoothed[i / outputs];
        return new EffectiveParameters(
            parts.Average(part => part.Parameters), parts.Average(part => part.Median), parts.Average(part => part.MeanNorm), parts.Average(part => part.Trace), parts.Sum(part => part.SquaredError),
            WrongOf(smoothed, evaluation), parts.Max(part => part.LargestMismatch))
        { Smoothed = smoothed };
    }

    private static double WrongOf(double[] smoothed, LabelledSample evaluation)
    {
        var outputs = evaluation.Outputs;
        return outputs == 1 ? double.NaN : Enumerable.Range(0, evaluation.Rows).Count(row => Largest(smoothed.AsSpan(row * outputs, outputs)) != Largest(evaluation.Label(row))) / (double)evaluation.Rows;
    }

    private static int Largest(ReadOnlySpan<double> values)
    {
        var best = 0;
        for (var k = 1; k < values.Length; k++)
            best = values[k] > values[best] ? k : best;
        return best;
    }

    private sealed class Stage(int points, int outputs)
    {
        private readonly double[] squares = new double[points], diagonal = new double[points], mismatch = new double[points], smoothed = new double[points * outputs];

        public void Measure(int point, ReadOnlySpan<double> weights, ReadOnlySpan<double> prediction, double scale, LabelledSample training, bool isTraining, double labelNorm)
        {
            var result = smoothed.AsSpan(point * outputs, outputs);
            var square = 0.0;
            for (var i = 0; i < weights.Length; i++)
            {
                var weight = weights[i];
                if (weight == 0)
                    continue;
                square += weight * weight;
                for (var k = 0; k < outputs; k++)
                    result[k] += weight * training.Labels[(i * outputs) + k];
            }

            squares[point] = scale * scale * square;
            diagonal[point] = isTraining ? scale * weights[point] : double.NaN;
            for (var k = 0; k < outputs; k++)
            {
                result[k] *= scale;
                var distance = Math.Abs(result[k] - (scale * prediction[k]));
                mismatch[point] = Math.Max(mismatch[point], distance == 0 ? 0 : distance / ((1 + Math.Sqrt(squares[point])) * labelNorm));
            }
        }

        public EffectiveParameters Result(LabelledSample evaluation, int samples, bool isTraining, double labelNorm)
        {
            var error = 0.0;
            for (var i = 0; i < smoothed.Length; i++)
                error += (smoothed[i] - evaluation.Labels[i]) * (smoothed[i] - evaluation.Labels[i]);
            error = error / points > Rounding * labelNorm * labelNorm ? error / points : 0;
            var scaled = squares.Select(square => square * samples).Order().ToArray();
            return new EffectiveParameters(
                scaled.Average(), Quantile.OfSorted(scaled, 0.5), squares.Average(Math.Sqrt), isTraining ? diagonal.Sum() : double.NaN, error, WrongOf(smoothed, evaluation), mismatch.Max())
            { Smoothed = smoothed };
        }
    }
}
