using Eigenflow.Numerics;

namespace Eigenflow.Systems.UTurnDoubleDescent;

/// <summary>
/// The effective parameters of a smoother at a set of inputs, p = (n/n₀) Σ_j ‖s(x_j)‖², with what goes with it.
/// Rows of S are made one after another, so that memory is O(n) beside the smoother.
/// </summary>
/// <param name="Parameters">p: p_train at the training inputs, p_test at others.</param>
/// <param name="Median">Median of n‖s‖² over the inputs: near-singular fits are dominated by few of them.</param>
/// <param name="MeanNorm">Mean of ‖s‖, not squared.</param>
/// <param name="Trace">tr S at the training inputs (p_cov); not a number at others.</param>
/// <param name="SquaredError">Sum over the outputs of the mean squared error of s·y.</param>
/// <param name="Misclassified">Part of the inputs whose largest output is another one than the label's; not a number for one output.</param>
/// <param name="LargestMismatch">Largest distance between s·y and the prediction of the fit, relative to 1 + the prediction.</param>
internal sealed record EffectiveParameters(double Parameters, double Median, double MeanNorm, double Trace, double SquaredError, double Misclassified, double LargestMismatch)
{
    /// <summary>Error-based classical count tr(2S − S Sᵀ), at the training inputs.</summary>
    public double ErrorBased => (2 * Trace) - Parameters;

    /// <summary>Measures a smoother.</summary>
    /// <param name="smoother">The smoother.</param>
    /// <param name="training">The points that it was fitted to.</param>
    /// <param name="evaluation">The points at which it is measured; the same object for the training points themselves.</param>
    /// <param name="cancellation">Ends the measurement.</param>
    /// <exception cref="ParameterException">There is no point to measure at.</exception>
    public static EffectiveParameters Of(Smoother smoother, LabelledSample training, LabelledSample evaluation, CancellationToken cancellation = default)
    {
        if (evaluation.Rows < 1)
            throw new ParameterException("test", "(empty)", "at least one evaluation point");
        var isTraining = ReferenceEquals(training, evaluation);
        var outputs = training.Outputs;
        var weights = new double[training.Rows];
        var squares = new double[evaluation.Rows];
        double[] smoothed = new double[outputs], predicted = new double[outputs];
        double trace = 0, error = 0, norm = 0, mismatch = 0;
        var wrong = 0;
        for (var row = 0; row < evaluation.Rows; row++)
        {
            cancellation.ThrowIfCancellationRequested();
            smoother.Weights(evaluation.Input(row), weights);
            smoother.Predict(evaluation.Input(row), predicted);
            Array.Clear(smoothed);
            for (var i = 0; i < weights.Length; i++)
            {
                if (weights[i] == 0)
                    continue;
                squares[row] += weights[i] * weights[i];
                for (var k = 0; k < outputs; k++)
                    smoothed[k] += weights[i] * training.Labels[(i * outputs) + k];
            }

            norm += Math.Sqrt(squares[row]);
            trace += isTraining ? weights[row] : double.NaN;
            var label = evaluation.Label(row);
            for (var k = 0; k < outputs; k++)
            {
                error += (smoothed[k] - label[k]) * (smoothed[k] - label[k]);
                mismatch = Math.Max(mismatch, Math.Abs(smoothed[k] - predicted[k]) / (1 + Math.Abs(predicted[k])));
            }

            wrong += Largest(smoothed) == Largest(label) ? 0 : 1;
        }

        var scaled = squares.Select(square => square * training.Rows).Order().ToArray();
        return new EffectiveParameters(
            scaled.Average(), Quantile.OfSorted(scaled, 0.5), norm / evaluation.Rows, trace, error / evaluation.Rows, outputs > 1 ? (double)wrong / evaluation.Rows : double.NaN, mismatch);
    }

    private static int Largest(ReadOnlySpan<double> values)
    {
        var best = 0;
        for (var k = 1; k < values.Length; k++)
            best = values[k] > values[best] ? k : best;
        return best;
    }
}
