using System.Numerics;

namespace Eigenflow.Numerics.Networks;

/// <summary>
/// A network at work on a batch: outputs forward, gradients backward, in memory that is allocated once. It holds no parameters, so that one can be looked at while another is trained.
/// </summary>
/// <typeparam name="T">Double or float.</typeparam>
internal sealed class Network<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private const long MostNumbers = 1L << 28;

    private readonly int stride;

    // By layer of units, the inputs first: values over the batch, and of all but the inputs the slopes and the derivatives of the loss.
    private readonly T[][] values;
    private readonly T[][] slopes;
    private readonly T[][] deltas;

    /// <param name="shape">The layers.</param>
    /// <param name="batch">Number of inputs that go through together, ≥ 1.</param>
    /// <exception cref="ParameterException">No batch.</exception>
    /// <exception cref="TooLargeException">A batch whose hidden units take more than 2 GiB.</exception>
    public Network(NetworkShape shape, int batch)
    {
        if (batch < 1)
            throw new ParameterException("batch", batch, "a whole number >= 1");
        var padded = ((long)batch + DenseKernel<T>.Block - 1) / DenseKernel<T>.Block * DenseKernel<T>.Block;
        var units = shape.Widths.Sum(width => (double)width);
        if (padded * units > MostNumbers)
            throw new TooLargeException(FormattableString.Invariant($"a batch of {batch} through {units} units"), 24 * padded * units, 24.0 * MostNumbers, "use a smaller batch or narrower layers");
        (Shape, Batch, stride) = (shape, batch, (int)padded);
        values = [.. shape.Widths.Select(width => new T[width * stride])];
        slopes = [.. shape.Widths.Select((width, layer) => layer == 0 ? [] : new T[width * stride])];
        deltas = [.. shape.Widths.Select((width, layer) => layer == 0 ? [] : new T[width * stride])];
    }

    /// <summary>The layers.</summary>
    public NetworkShape Shape { get; }

    /// <summary>Number of inputs that go through together.</summary>
    public int Batch { get; }

    /// <summary>One coordinate of the inputs over the batch, to be written.</summary>
    public Span<T> Input(int coordinate) => values[0].AsSpan(coordinate * stride, Batch);

    /// <summary>One coordinate of the outputs over the batch.</summary>
    public ReadOnlySpan<T> Output(int coordinate) => values[^1].AsSpan(coordinate * stride, Batch);

    /// <summary>The derivative of the loss by one coordinate of the outputs, over the batch, to be written before <see cref="Backward"/>.</summary>
    public Span<T> OutputGradient(int coordinate) => deltas[^1].AsSpan(coordinate * stride, Batch);

    /// <summary>Outputs of the inputs.</summary>
    /// <param name="parameters">At least <see cref="NetworkShape.Count"/> numbers.</param>
    public void Forward(ReadOnlySpan<T> parameters)
    {
        for (var layer = 0; layer < Shape.Layers - 1; layer++)
        {
            switch (Shape.Activation)
            {
                case Activation.Tanh:
                    Forward<TanhActivation>(parameters, layer);
                    break;
                case Activation.Gelu:
                    Forward<GeluActivation>(parameters, layer);
                    break;
                case Activation.Silu:
                    Forward<SiluActivation>(parameters, layer);
                    break;
                default:
                    Forward<ReluActivation>(parameters, layer);
                    break;
            }
        }

        Forward<NoActivation>(parameters, Shape.Layers - 1);
    }

    /// <summary>The gradient of the loss by the parameters, summed over the batch, after <see cref="Forward"/> with the same parameters.</summary>
    /// <param name="parameters">At least <see cref="NetworkShape.Count"/> numbers.</param>
    /// <param name="gradient">Receives as many.</param>
    public void Backward(ReadOnlySpan<T> parameters, Span<T> gradient)
    {
        for (var layer = Shape.Layers - 1; layer >= 0; layer--)
        {
            var (begin, inputs, outputs) = (Shape.Offset(layer), Shape.Widths[layer], Shape.Widths[layer + 1]);
            DenseKernel<T>.Gradient(deltas[layer + 1], values[layer], stride, gradient.Slice(begin, inputs * outputs), gradient.Slice(begin + (inputs * outputs), outputs));
            if (layer > 0)
                DenseKernel<T>.Propagate(parameters.Slice(begin, inputs * outputs), outputs, deltas[layer + 1], slopes[layer], deltas[layer], stride);
        }
    }

    private void Forward<TActivation>(ReadOnlySpan<T> parameters, int layer)
        where TActivation : IActivation
    {
        var (begin, weights, outputs) = (Shape.Offset(layer), Shape.Widths[layer] * Shape.Widths[layer + 1], Shape.Widths[layer + 1]);
        DenseKernel<T>.Forward<TActivation>(parameters.Slice(begin, weights), parameters.Slice(begin + weights, outputs), values[layer], values[layer + 1], slopes[layer + 1], stride);
    }
}
