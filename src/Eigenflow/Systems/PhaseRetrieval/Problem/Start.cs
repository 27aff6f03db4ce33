using System.Collections.Immutable;
using Eigenflow.Random;

namespace Eigenflow.Systems.PhaseRetrieval;

/// <summary>The initial weights w(0). Immutable.</summary>
public abstract record Start
{
    /// <summary>Whether its squared coefficients have a smooth typical form, so that they can be averaged at any dimension.</summary>
    public abstract bool HasTypicalForm { get; }

    /// <summary>Whether its coefficients have random signs.</summary>
    public abstract bool IsRandom { get; }

    /// <summary>Number of coefficients where it is fixed, otherwise null.</summary>
    public virtual long? Length => null;

    /// <summary>Whether ‖w(0)‖ = 1 is imposed.</summary>
    public virtual bool IsUnit => true;

    /// <summary>A power of two of the order of the largest coefficient: squares are formed in this unit, so that those of tiny starts do not underflow.</summary>
    internal virtual double Unit => 1;

    /// <summary>Where the standard normal numbers stand that are its coefficients, over √d; null for others.</summary>
    internal virtual GaussianAddress? Address => null;

    /// <summary>Typical product w_i(0) · 1 in units of the root mean square: 0 for random signs.</summary>
    public virtual double TypicalMean => 0;

    /// <summary>Typical squared coefficient relative to the other modes.</summary>
    public virtual double TypicalSquare => 1;

    /// <summary>Uniform on the unit sphere, so that s(0) ≈ 1/d and u(0) ≈ d^(−1/2).</summary>
    /// <param name="seed">Seed of the random numbers.</param>
    public static Start UnitSphere(long seed) => new GaussianStart(seed, true);

    /// <summary>Independent normal coefficients of variance 1/d.</summary>
    /// <param name="seed">Seed of the random numbers.</param>
    public static Start Gaussian(long seed) => new GaussianStart(seed, false);

    /// <summary>Proportional to 1 on odd and ½ on even modes (numbered from 1), ‖w(0)‖ = 1: the deterministic start of the reference values.</summary>
    public static Start Alternating() => new AlternatingStart();

    /// <summary>Given coefficients, in the order of the modes, used as they are.</summary>
    /// <param name="coefficients">One per mode; finite.</param>
    public static Start FromValues(IEnumerable<double> coefficients) =>
        new ExplicitStart(ModeVector.Checked("start", [.. coefficients]));

    /// <summary>Writes consecutive coefficients, not normalised.</summary>
    /// <param name="first">0-based index of the first mode.</param>
    /// <param name="dimension">Number of modes d.</param>
    /// <param name="destination">Receives the coefficients.</param>
    public abstract void Fill(long first, long dimension, Span<double> destination);

    /// <summary>The start of one of several neurons: independent draws where it is random, otherwise the same for all.</summary>
    /// <param name="index">0-based number of the neuron; the first has this start.</param>
    internal virtual Start Neuron(int index) => this;

    private sealed record GaussianStart(long Seed, bool OnSphere, int Index = 0) : Start
    {
        internal override Start Neuron(int index) => this with { Index = index };

        public override bool HasTypicalForm => true;

        public override bool IsRandom => true;

        public override bool IsUnit => OnSphere;

        internal override GaussianAddress? Address => new((ulong)Seed, RandomStreams.Start, Index, 0);

        public override void Fill(long first, long dimension, Span<double> destination)
        {
            GaussianGenerator.Fill(Address!.Value, first, destination);
            var scale = 1 / Math.Sqrt(dimension);
            for (var k = 0; k < destination.Length; k++)
                destination[k] *= scale;
        }
    }

    private sealed record AlternatingStart : Start
    {
        public override bool HasTypicalForm => true;

        public override bool IsRandom => false;

        // Mean of (1, ½) and of their squares (1, ¼).
        public override double TypicalMean => 0.75;

        public override double TypicalSquare => 0.625;

        public override void Fill(long first, long dimension, Span<double> destination)
        {
            for (var k = 0; k < destination.Length; k++)
                destination[k] = ((first + k) & 1) == 0 ? 1 : 0.5;
        }
    }

    private sealed record ExplicitStart(ImmutableArray<double> Coefficients) : Start
    {
        public override bool HasTypicalForm => false;

        public override bool IsRandom => false;

        public override bool IsUnit => false;

        public override long? Length => Coefficients.Length;

        internal override double Unit => Coefficients.Max(Math.Abs) is > 0 and var largest ? Math.ScaleB(1, Math.ILogB(largest)) : 1;

        public override void Fill(long first, long dimension, Span<double> destination) =>
            Coefficients.AsSpan((int)first, destination.Length).CopyTo(destination);
    }
}
