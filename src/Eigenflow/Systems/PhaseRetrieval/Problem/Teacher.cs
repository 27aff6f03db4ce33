using System.Collections.Immutable;
using Eigenflow.Random;

namespace Eigenflow.Systems.PhaseRetrieval;

/// <summary>How the teacher's length is fixed.</summary>
public enum TeacherNormalization
{
    /// <summary>s* = w*ᵀQw* = 1: every spectrum has the same initial loss (arXiv 2511.18661, section 1).</summary>
    UnitOverlap,

    /// <summary>‖w*‖² = d: every spectrum has the same initial MSE (its figure 1).</summary>
    Dimension,
}

/// <summary>The weight vector w* that makes the labels y = ⟨x, w*⟩² + ξ, before normalisation. Immutable.</summary>
public abstract record Teacher
{
    /// <summary>How its length is fixed; the default makes s* = 1.</summary>
    public TeacherNormalization Normalization { get; init; } = TeacherNormalization.UnitOverlap;

    /// <summary>Whether its squared coefficients have a smooth typical form, so that they can be averaged at any dimension.</summary>
    public abstract bool HasTypicalForm { get; }

    /// <summary>Whether its coefficients have random signs.</summary>
    public abstract bool IsRandom { get; }

    /// <summary>Number of coefficients where it is fixed, otherwise null.</summary>
    public virtual long? Length => null;

    /// <summary>Coefficients v_i i^(−b/2) with v_i standard normal.</summary>
    /// <param name="seed">Seed of the random numbers.</param>
    /// <param name="sourceExponent">Source exponent b; 0 is the paper's teacher.</param>
    public static Teacher Gaussian(long seed, double sourceExponent = 0) => new GaussianTeacher(seed, sourceExponent);

    /// <summary>All coefficients equal.</summary>
    public static Teacher Ones() => new SourceTeacher(0);

    /// <summary>Coefficients w*_i = i^(−b/2) (source condition w*_i² ∝ i^(−b)).</summary>
    /// <param name="exponent">Source exponent b.</param>
    public static Teacher Source(double exponent) => new SourceTeacher(exponent);

    /// <summary>Given coefficients, in the order of the modes.</summary>
    /// <param name="coefficients">One per mode; finite, not all zero.</param>
    public static Teacher FromValues(IEnumerable<double> coefficients) =>
        new ExplicitTeacher(ModeVector.Checked("teacher", [.. coefficients]));

    /// <summary>What the coefficients are made of: standard normal numbers, or ones where there is no address, times i^(−b/2); null for others.</summary>
    internal virtual (GaussianAddress? Address, double SourceExponent)? Factors => null;

    /// <summary>Writes consecutive coefficients, not normalised.</summary>
    /// <param name="first">0-based index of the first mode.</param>
    /// <param name="destination">Receives the coefficients.</param>
    public abstract void Fill(long first, Span<double> destination);

    /// <summary>Typical squared coefficient at a mode number, not normalised.</summary>
    /// <param name="number">1-based mode number, any real number ≥ 1.</param>
    public abstract double TypicalSquare(double number);

    private static double PowerOf(double number, double exponent) => exponent == 0 ? 1 : Math.Pow(number, exponent);

    private sealed record GaussianTeacher(long Seed, double SourceExponent) : Teacher
    {
        public override bool HasTypicalForm => true;

        public override bool IsRandom => true;

        internal override (GaussianAddress? Address, double SourceExponent)? Factors => (Address, SourceExponent);

        private GaussianAddress Address => new((ulong)Seed, RandomStreams.Teacher, 0, 0);

        public override void Fill(long first, Span<double> destination)
        {
            GaussianGenerator.Fill(Address, first, destination);
            if (SourceExponent == 0)
                return;
            for (var k = 0; k < destination.Length; k++)
                destination[k] *= PowerOf(first + k + 1.0, -SourceExponent / 2);
        }

        public override double TypicalSquare(double number) => PowerOf(number, -SourceExponent);
    }

    private sealed record SourceTeacher(double SourceExponent) : Teacher
    {
        public override bool HasTypicalForm => true;

        public override bool IsRandom => false;

        internal override (GaussianAddress? Address, double SourceExponent)? Factors => (null, SourceExponent);

        public override void Fill(long first, Span<double> destination)
        {
            for (var k = 0; k < destination.Length; k++)
                destination[k] = PowerOf(first + k + 1.0, -SourceExponent / 2);
        }

        public override double TypicalSquare(double number) => PowerOf(number, -SourceExponent);
    }

    private sealed record ExplicitTeacher(ImmutableArray<double> Coefficients) : Teacher
    {
        public override bool HasTypicalForm => false;

        public override bool IsRandom => false;

        public override long? Length => Coefficients.Length;

        public override void Fill(long first, Span<double> destination) =>
            Coefficients.AsSpan((int)first, destination.Length).CopyTo(destination);

        public override double TypicalSquare(double number) => throw new InvalidOperationException("An explicit teacher has no typical form.");
    }
}
