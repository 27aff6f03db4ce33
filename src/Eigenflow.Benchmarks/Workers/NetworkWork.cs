using System.Diagnostics;
using Eigenflow.Numerics.Networks;

namespace Eigenflow.Benchmarks;

/// <summary>A small network as work of the benchmark: Adam on a batch that stays the same, from parameters that need no generator, a number of times.</summary>
internal static class NetworkWork
{
    /// <summary>Trains 2-10-5-1 units with tanh; the risk is the mean square at the end.</summary>
    public static WorkerMessage Adam(WorkerMessage request)
    {
        var (steps, batch) = ((long)request.Number("steps"), (int)request.Number("batch"));
        var shape = new NetworkShape(Activation.Tanh, 2, 10, 5, 1);
        var network = new Network<double>(shape, batch);
        var optimiser = new Adam();
        var (state, gradient, target, risk) = (new double[optimiser.StateLength(shape)], new double[shape.PaddedCount], new double[batch], 0.0);
        var clock = Stopwatch.StartNew();
        for (var b = 0; b < batch; b++)
        {
            network.Input(0)[b] = (6 * (b + 0.5) / batch) - 3;
            network.Input(1)[b] = Fraction(Math.Sqrt(3) * (b + 1));
            target[b] = Math.Tanh(2 * network.Input(0)[b]) * network.Input(1)[b];
        }

        for (var repeat = 0; repeat < request.Number("repeat"); repeat++)
        {
            Array.Clear(state);
            for (var k = 0; k < shape.Count; k++)
                state[k] = Fraction(Math.Sqrt(2) * (k + 1)) - 0.5;
            for (var step = 0L; step < steps; step++)
            {
                Forward();
                network.Backward(state, gradient);
                optimiser.Update<double>(state, gradient, step, 1e-3);
            }

            risk = Forward();
        }

        return WorkerMessage.Request("", ("seconds", clock.Elapsed.TotalSeconds), ("risk", new[] { risk }));

        double Forward()
        {
            network.Forward(state);
            var output = network.Output(0);
            var slope = network.OutputGradient(0);
            var sum = 0.0;
            for (var b = 0; b < batch; b++)
            {
                var error = output[b] - target[b];
                slope[b] = 2 * error / batch;
                sum += error * error;
            }

            return sum / batch;
        }
    }

    private static double Fraction(double x) => x - Math.Floor(x);
}
