using Eigenflow.Numerics.Dense;

namespace Eigenflow.Systems.DiffusionSpectralBias;

/// <summary>The layers of one network and a step of descent on them. The matrices stand transposed, inputs by outputs, so that rows of samples are multiplied from the right; a bias follows where data have a mean.</summary>
internal sealed class LayerStack
{
    private readonly int d, rank, layers, batch;
    private readonly bool isTied, hasBias;
    private readonly double[][] activations;
    private readonly double[] error, back, gradient, turned, product, spare, before, after;
    private readonly SharedFilter? filter;

    /// <param name="problem">The problem.</param>
    /// <param name="batch">Rows of samples.</param>
    public LayerStack(DiffusionProblem problem, int batch)
    {
        (d, this.batch, layers) = (problem.Dimension, batch, problem.Architecture.Layers);
        (isTied, hasBias, rank) = (problem.Architecture.IsTied, problem.IsCoupled && Array.Exists(problem.Mean, value => value != 0), RankOf(problem));
        activations = [.. Enumerable.Range(0, layers + 1).Select(_ => new double[batch * d])];
        (error, back) = (new double[batch * d], new double[batch * Math.Max(d, rank)]);
        (gradient, turned, product, spare) = (new double[d * Math.Max(d, rank)], new double[d * Math.Max(d, rank)], new double[d * d], new double[d * Math.Max(d, rank)]);
        (Size, filter) = (SizeOf(problem), SharedFilter.Of(problem));
        (before, after) = filter is null ? ([], []) : (new double[d * d], new double[d * d]);
    }

    /// <summary>Numbers of a network.</summary>
    public int Size { get; }

    /// <summary>Numbers of a network of a problem.</summary>
    public static int SizeOf(DiffusionProblem problem) => problem.Architecture.IsConvolution ? SharedFilter.SizeOf(problem) :
        (problem.Architecture.IsTied ? problem.Dimension * RankOf(problem) : problem.Architecture.Layers * problem.Dimension * problem.Dimension) + (Array.Exists(problem.Mean, value => value != 0) ? problem.Dimension : 0);

    /// <summary>The network at the start.</summary>
    public static double[] Start(DiffusionProblem problem)
    {
        int d = problem.Dimension, rank = RankOf(problem), layers = problem.Architecture.Layers;
        var state = new double[SizeOf(problem)];
        if (SharedFilter.Of(problem) is { } shared)
        {
            if (problem.Filter is { } gains)
            {
                shared.Fill(StationaryModes.Taps(gains, (WaveBasis)problem.Set.Basis), state);
                return state;
            }

            state[shared.Centre] = problem.Architecture.IsTied ? Math.Sqrt(problem.Gain) : problem.Gain;
            return state;
        }

        if (problem.Architecture.IsTied)
        {
            for (var k = 0; k < d * rank; k++)
                state[k] = problem.Start?.Values[k] ?? (k / rank == k % rank ? Math.Sqrt(problem.Gain) : 0);
            return state;
        }

        var rest = layers == 1 ? problem.Gain : UnbalancedLayers.StartOf(problem.Gain, layers, problem.Unbalance);
        for (var layer = 0; layer < layers; layer++)
        {
            var gain = layer == 0 && layers > 1 ? Math.Sqrt((rest * rest) + problem.Unbalance) : rest;
            for (var i = 0; i < d; i++)
            {
                for (var j = 0; j < d; j++)
                    state[(layer * d * d) + (i * d) + j] = problem.Start?.Values[(j * d) + i] ?? (i == j ? gain : 0);
            }
        }

        return state;
    }

    /// <summary>Writes [W b], d × (d + 1).</summary>
    public void Network(ReadOnlySpan<double> state, Span<double> network)
    {
        if (filter is not null)
        {
            // Between waves, where all else is told.
            filter.Expand(state, before);
            Transposed(before, product);
            filter.ToWaves(product, after);
            after.CopyTo(product, 0);
        }
        else
        {
            Transposed(state, product);
        }

        for (var i = 0; i < d; i++)
        {
            for (var j = 0; j < d; j++)
                network[(i * (d + 1)) + j] = product[(j * d) + i];
            network[(i * (d + 1)) + d] = hasBias ? state[Size - d + i] : 0;
        }
    }

    /// <summary>A step on rows of samples: every gradient is that of Σ |f − y|²/2 times <paramref name="rate"/>. Rows are places where weights are shared.</summary>
    public void Descend(Span<double> state, double[] inputs, double[] targets, double rate)
    {
        if (filter is null)
        {
            DescendMatrices(state, inputs, targets, rate);
            return;
        }

        filter.Expand(state, before);
        before.CopyTo(after, 0);
        DescendMatrices(after, inputs, targets, rate);
        filter.Collect(before, after, state);
    }

    /// <summary>Rows of coordinates of the modes as the rows that the network sees.</summary>
    public void ToInputs(double[] coordinates, double[] rows)
    {
        if (filter is null)
            coordinates.CopyTo(rows, 0);
        else
            filter.ToPlaces(coordinates, rows, batch);
    }

    private void DescendMatrices(Span<double> state, double[] inputs, double[] targets, double rate)
    {
        inputs.CopyTo(activations[0], 0);
        if (isTied)
        {
            var p = state[..(d * rank)];
            Turn(p, turned, d, rank);
            var hidden = back.AsSpan(0, batch * rank);
            MatrixProduct.Multiply(inputs, p, hidden, batch, d, rank);
            MatrixProduct.Multiply(hidden, turned.AsSpan(0, rank * d), error, batch, rank, d);
            Subtract(error, targets);

            // Gradient Xᵀ(E P) + Eᵀ(X P).
            MatrixProduct.MultiplyTransposed(error, hidden, gradient.AsSpan(0, d * rank), d, batch, rank);
            MatrixProduct.Multiply(error, p, hidden, batch, d, rank);
            MatrixProduct.MultiplyTransposed(inputs, hidden, spare.AsSpan(0, d * rank), d, batch, rank);
            for (var k = 0; k < p.Length; k++)
                p[k] -= rate * (gradient[k] + spare[k]);
            return;
        }

        for (var layer = 0; layer < layers; layer++)
            MatrixProduct.Multiply(activations[layer], state.Slice(layer * d * d, d * d), activations[layer + 1], batch, d, d);
        activations[layers].CopyTo(error, 0);
        Subtract(error, targets);
        if (hasBias)
        {
            var bias = state[(Size - d)..];
            for (var k = 0; k < error.Length; k++)
                error[k] += bias[k % d];
            for (var k = 0; k < error.Length; k++)
                bias[k % d] -= rate * error[k];
        }

        for (var layer = layers - 1; layer >= 0; layer--)
        {
            var matrix = state.Slice(layer * d * d, d * d);
            MatrixProduct.MultiplyTransposed(activations[layer], error, gradient.AsSpan(0, d * d), d, batch, d);
            if (layer > 0)
            {
                Turn(matrix, turned, d, d);
                MatrixProduct.Multiply(error, turned.AsSpan(0, d * d), back.AsSpan(0, batch * d), batch, d, d);
                back.AsSpan(0, batch * d).CopyTo(error);
            }

            for (var k = 0; k < matrix.Length; k++)
                matrix[k] -= rate * gradient[k];
        }
    }

    /// <summary>A step on the loss of the population, of one layer or of ties: with G = W R − K (and the part of the mean) W ← W − rate·G, P ← P − rate·(G + Gᵀ)P.</summary>
    public void Descend(Span<double> state, NoiseLevel level, double[] variances, double[] mean, double rate)
    {
        Transposed(state, product);
        var g = gradient.AsSpan(0, d * d);
        for (var i = 0; i < d; i++)
        {
            // Row i of Wᵀ R − K, transposed as the state is.
            for (var j = 0; j < d; j++)
                g[(i * d) + j] = (product[(i * d) + j] * level.Rate(variances[i])) - (i == j ? level.Drive(variances[i]) : 0);
        }

        if (hasBias)
        {
            var bias = state[(Size - d)..];
            for (var j = 0; j < d; j++)
            {
                var residual = bias[j] - (level.A * mean[j]);
                for (var i = 0; i < d; i++)
                    residual += level.Alpha * product[(i * d) + j] * mean[i];
                for (var i = 0; i < d; i++)
                    g[(i * d) + j] += level.Weight * level.Alpha * residual * mean[i];
                bias[j] -= rate * level.Weight * residual;
            }
        }

        if (!isTied)
        {
            for (var k = 0; k < d * d; k++)
                state[k] -= rate * g[k];
            return;
        }

        for (var i = 0; i < d; i++)
        {
            for (var j = 0; j <= i; j++)
                turned[(i * d) + j] = turned[(j * d) + i] = g[(i * d) + j] + g[(j * d) + i];
        }

        MatrixProduct.Multiply(turned.AsSpan(0, d * d), state[..(d * rank)], spare.AsSpan(0, d * rank), d, d, rank);
        for (var k = 0; k < d * rank; k++)
            state[k] -= rate * spare[k];
    }

    private static int RankOf(DiffusionProblem problem) => problem.Start?.Columns ?? problem.Dimension;

    private static void Subtract(double[] from, double[] what)
    {
        for (var k = 0; k < from.Length; k++)
            from[k] -= what[k];
    }

    private static void Turn(ReadOnlySpan<double> matrix, double[] result, int rows, int columns)
    {
        for (var i = 0; i < rows; i++)
        {
            for (var j = 0; j < columns; j++)
                result[(j * rows) + i] = matrix[(i * columns) + j];
        }
    }

    // The product of all layers, inputs by outputs.
    private void Transposed(ReadOnlySpan<double> state, double[] result)
    {
        if (isTied)
        {
            Turn(state[..(d * rank)], turned, d, rank);
            MatrixProduct.Multiply(state[..(d * rank)], turned.AsSpan(0, rank * d), result, d, rank, d);
            return;
        }

        state[..(d * d)].CopyTo(result);
        for (var layer = 1; layer < layers; layer++)
        {
            MatrixProduct.Multiply(result, state.Slice(layer * d * d, d * d), spare.AsSpan(0, d * d), d, d, d);
            spare.AsSpan(0, d * d).CopyTo(result);
        }
    }
}
