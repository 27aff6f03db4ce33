using Eigenflow.Numerics.Networks;

namespace Eigenflow.Systems.RaoBlackwellDiffusion.Training;

/// <summary>
/// A network as a denoiser φ(x, level) of a batch of noisy samples, made equivariant under a finite group where its design says so: the images g x of a sample go through the network
/// together, and what comes out is turned back. Not for several threads.
/// </summary>
internal sealed class Denoiser
{
    private readonly NetworkDesign design;
    private readonly Network<double> network;
    private readonly GroupMatrices? elements;
    private readonly int dimension, batch, images;
    private readonly double factor;

    /// <param name="design">The network.</param>
    /// <param name="batch">Samples at most, ≥ 1.</param>
    /// <exception cref="ParameterException">An equivariant network for a group without a list of elements.</exception>
    public Denoiser(NetworkDesign design, int batch)
    {
        (this.design, this.batch, dimension) = (design, batch, design.Problem.Dimension);
        elements = design.Equivariance == Equivariance.None ? null : GroupMatrices.Of(design.Problem.Group);
        images = elements?.Count ?? 1;
        factor = design.Equivariance == Equivariance.Average ? 1.0 / images : 1;
        network = new Network<double>(design.Shape, checked(batch * images));
    }

    /// <summary>The layers.</summary>
    public NetworkShape Shape => network.Shape;

    /// <summary>Denoises.</summary>
    /// <param name="parameters">Parameters of the network.</param>
    /// <param name="x">Noisy samples, d numbers each; at most as many as the batch.</param>
    /// <param name="levels">The level of each as an input, from 0 to 1.</param>
    /// <param name="y">Receives as many numbers as <paramref name="x"/>.</param>
    public void Forward(ReadOnlySpan<double> parameters, ReadOnlySpan<double> x, ReadOnlySpan<double> levels, Span<double> y)
    {
        var count = x.Length / dimension;
        for (var k = 0; k < images; k++)
        {
            for (var i = 0; i < dimension; i++)
                Image(x, k, i, network.Input(i).Slice(k * batch, count), 1 / design.InputUnit);
            if (design.HasLevel)
                levels[..count].CopyTo(network.Input(design.Shape.Inputs - 1).Slice(k * batch, count));
        }

        if (design.Problem.IsTorus)
            Wind(count);
        network.Forward(parameters);
        y.Clear();
        for (var k = 0; k < images; k++)
        {
            for (var j = 0; j < dimension; j++)
            {
                var output = network.Output(j).Slice(k * batch, count);
                for (var i = 0; i < dimension; i++)
                {
                    // The inverse of an orthogonal matrix is its transpose.
                    var entry = factor * design.OutputUnit * Entry(k, j, i);
                    if (entry == 0)
                        continue;
                    for (var b = 0; b < count; b++)
                        y[(b * dimension) + i] += entry * output[b];
                }
            }
        }
    }

    /// <summary>The gradient by the parameters of Σ_b ⟨slope_b, φ(x_b)⟩, after <see cref="Forward"/> with the same parameters and samples.</summary>
    /// <param name="parameters">Parameters of the network.</param>
    /// <param name="slopes">d numbers for each sample.</param>
    /// <param name="gradient">Receives as many numbers as there are parameters.</param>
    public void Backward(ReadOnlySpan<double> parameters, ReadOnlySpan<double> slopes, Span<double> gradient)
    {
        for (var k = 0; k < images; k++)
        {
            for (var i = 0; i < dimension; i++)
            {
                var part = network.OutputGradient(i).Slice(k * batch, batch);
                part.Clear();
                Image(slopes, k, i, part[..(slopes.Length / dimension)], factor * design.OutputUnit);
            }
        }

        network.Backward(parameters, gradient);
    }

    // Coordinate i of the images of all samples under element k, times a factor.
    private void Image(ReadOnlySpan<double> vectors, int k, int i, Span<double> image, double scale)
    {
        image.Clear();
        for (var j = 0; j < dimension; j++)
        {
            var entry = scale * Entry(k, i, j);
            if (entry == 0)
                continue;
            for (var b = 0; b < image.Length; b++)
                image[b] += entry * vectors[(b * dimension) + j];
        }
    }

    // Sine and cosine of the coordinates of the torus.
    private void Wind(int count)
    {
        for (var i = 0; i < dimension; i++)
        {
            var (first, second) = (i, dimension + i);
            for (var b = 0; b < count; b++)
                (network.Input(second)[b], network.Input(first)[b]) = Math.SinCos(2 * Math.PI * network.Input(first)[b]);
        }
    }

    private double Entry(int element, int row, int column) => elements?[element, row, column] ?? (row == column ? 1 : 0);
}
