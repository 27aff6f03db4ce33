using Eigenflow.Scaling.Collapse;

namespace Eigenflow.Tests.Scaling.Collapse;

/// <summary>Exact mean and trace of one-pass SGD on power-law linear regression with M retained modes (moments of diagonal features), as runs with relative rates and τ = Σ η.</summary>
internal static class LinearLadder
{
    private const double Beta = 1.5, Smoothness = 0.5, PeakRate = 0.2;
    private const int Modes = 4096;

    /// <summary>One step per record, from step 0 to K; the trace is that before the step.</summary>
    public static LadderRun Run(int retained, int steps, double noise, double batch, Func<double, double> shape)
    {
        double[] lambda = [.. Enumerable.Range(1, retained).Select(j => Math.Pow(j, -Beta))], m = [.. Enumerable.Range(1, retained).Select(j => Math.Pow(j, -1 - (Smoothness * Beta)) * Math.Pow(j, Beta))];
        var rest = Enumerable.Range(retained + 1, Modes - retained).Sum(j => Math.Pow(j, -1 - (Smoothness * Beta))) / 2;
        double[] losses = new double[steps + 1], traces = new double[steps + 1], rates = new double[steps + 1], tau = new double[steps + 1];
        for (var k = 0; k <= steps; k++)
        {
            double error = rest, second = 0;
            for (var j = 0; j < retained; j++)
            {
                error += lambda[j] * m[j] / 2;
                second += lambda[j] * lambda[j] * m[j];
            }

            losses[k] = error;
            traces[k] = (second + (((2 * error) + noise) * lambda.Sum())) / batch;
            rates[k] = PeakRate * shape((double)k / steps);
            if (k > 0)
                tau[k] = tau[k - 1] + rates[k - 1];
            var rate = rates[k];
            for (var j = 0; j < retained; j++)
                m[j] = (m[j] * (Math.Pow(1 - (rate * lambda[j]), 2) + (rate * rate * lambda[j] * lambda[j] / batch))) + (rate * rate / batch * lambda[j] * ((2 * error) + noise));
        }

        return new LadderRun { Size = retained, Times = [.. Enumerable.Range(0, steps + 1).Select(k => (double)k)], Losses = losses, Traces = traces, LearningRates = rates, IntrinsicTimes = tau };
    }

    /// <summary>Tr H/(2B).</summary>
    public static double Curvature(int retained, double batch) => Enumerable.Range(1, retained).Sum(j => Math.Pow(j, -Beta)) / (2 * batch);
}
