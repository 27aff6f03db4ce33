using System.Numerics;
using Eigenflow.Random;

namespace Eigenflow.Numerics.Networks;

/// <summary>
/// A network of dense layers: affine maps with an activation behind each but the last. Its parameters are one vector: for each layer the weights (outputs × inputs, row by row),
/// then the biases, and zeros behind the last up to whole groups of sixteen.
/// </summary>
public sealed record NetworkShape
{
    private const long MostParameters = 100_000_000;

    // Whole vectors of doubles and of floats.
    private const int Group = 16;

    // The purpose of the random numbers.
    private const uint Purpose = 0x4E455457;

    private readonly int[] widths;

    /// <summary>Checks and makes a shape.</summary>
    /// <param name="activation">Of the hidden units.</param>
    /// <param name="widths">Number of inputs, of units of each hidden layer, and of outputs; two numbers are a linear map.</param>
    /// <exception cref="ParameterException">Fewer than two widths, or one below 1.</exception>
    /// <exception cref="TooLargeException">More than 1e8 parameters.</exception>
    public NetworkShape(Activation activation, params ReadOnlySpan<int> widths)
    {
        if (widths.Length < 2)
            throw new ParameterException("widths", widths.Length, "at least the numbers of inputs and of outputs");
        double count = 0;
        for (var layer = 0; layer < widths.Length; layer++)
        {
            if (widths[layer] < 1)
                throw new ParameterException("widths", widths[layer], "whole numbers >= 1");
            if (layer > 0)
                count += ((double)widths[layer - 1] + 1) * widths[layer];
        }

        if (count > MostParameters)
            throw new TooLargeException(DisplayText.Plain($"a network of {count:G4} parameters"), 4 * sizeof(double) * count, 4.0 * sizeof(double) * MostParameters, "use narrower layers");
        (Activation, this.widths, Count) = (activation, widths.ToArray(), (int)count);
    }

    /// <summary>Activation of the hidden units.</summary>
    public Activation Activation { get; }

    /// <summary>Inputs, hidden units, outputs.</summary>
    public IReadOnlyList<int> Widths => widths;

    /// <summary>Number of layers with weights.</summary>
    public int Layers => widths.Length - 1;

    /// <summary>Number of inputs.</summary>
    public int Inputs => widths[0];

    /// <summary>Number of outputs.</summary>
    public int Outputs => widths[^1];

    /// <summary>Number of parameters.</summary>
    public int Count { get; }

    /// <summary>Length of a vector of parameters with the zeros behind them.</summary>
    public int PaddedCount => (Count + Group - 1) / Group * Group;

    /// <summary>Where the weights of a layer begin; its biases follow.</summary>
    /// <param name="layer">From 0.</param>
    public int Offset(int layer)
    {
        var offset = 0;
        for (var before = 0; before < layer; before++)
            offset += (widths[before] + 1) * widths[before + 1];
        return offset;
    }

    /// <summary>Draws initial parameters: weights and biases of a layer uniform in ±1/√(number of its inputs), the habit of the common frameworks.</summary>
    /// <param name="seed">Any seed.</param>
    /// <param name="replica">Number of the independent repetition.</param>
    /// <param name="parameters">Receives <see cref="Count"/> numbers; what stands behind them is left.</param>
    /// <typeparam name="T">Double or float.</typeparam>
    public void Draw<T>(ulong seed, int replica, Span<T> parameters)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        for (var layer = 0; layer < Layers; layer++)
        {
            var (size, begin) = (1 / Math.Sqrt(widths[layer]), Offset(layer));
            for (var j = begin; j < begin + ((widths[layer] + 1) * widths[layer + 1]); j++)
            {
                var word = Philox.Block(((uint)j, Purpose, (uint)replica, 0), ((uint)seed, (uint)(seed >> 32))).Word0;
                parameters[j] = T.CreateTruncating(size * (((word + 0.5) / 2147483648.0) - 1));
            }
        }
    }

    /// <inheritdoc/>
    public override string ToString() => FormattableString.Invariant($"{string.Join('-', widths)} {Activation}");

    /// <inheritdoc/>
    public bool Equals(NetworkShape? other) => other is not null && Activation == other.Activation && widths.AsSpan().SequenceEqual(other.widths);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Activation, Count, widths.Length);
}
