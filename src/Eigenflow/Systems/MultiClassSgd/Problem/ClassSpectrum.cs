using System.Globalization;

namespace Eigenflow.Systems.MultiClassSgd;

/// <summary>The eigenvalues of the covariance of a class in the eigenvectors that all classes share, by mode number ρ = 1 … d; small numbers are the clean ones. Trace of the order d.</summary>
public abstract record ClassSpectrum : ModeProfile
{
    /// <summary>λ_ρ = 1.</summary>
    public static ClassSpectrum Identity { get; } = new ZeroOneSpectrum(0);

    /// <summary>A part of the eigenvalues is 0, the rest 1.</summary>
    /// <param name="fraction">φ of the zeros, 0 to 1; they come first.</param>
    public static ClassSpectrum ZeroOne(double fraction) => new ZeroOneSpectrum(fraction);

    /// <summary>λ_ρ = (ρ/d)^α.</summary>
    /// <param name="exponent">α ≥ 0.</param>
    public static ClassSpectrum PowerLaw(double exponent) => new PowerSpectrum(exponent);

    /// <summary>Eigenvalues one by one.</summary>
    /// <param name="eigenvalues">λ_ρ ≥ 0, as many as the dimension. Do not modify.</param>
    public static ClassSpectrum Of(double[] eigenvalues) => new ListedSpectrum(eigenvalues);

    private sealed record ZeroOneSpectrum(double Fraction) : ClassSpectrum
    {
        public override string Text => Fraction == 0 ? "identity" : string.Create(CultureInfo.InvariantCulture, $"zero-one:{Fraction:R}");

        internal override Func<double, double>? Density => part => part <= Fraction ? 0 : 1;

        internal override IReadOnlyList<double> Jumps => Fraction is > 0 and < 1 ? [Fraction] : [];

        internal override bool IsSmooth => Fraction is 0 or 1;

        public override void Fill(Span<double> values)
        {
            var zeros = (int)Math.Round(Fraction * values.Length);
            values[..zeros].Clear();
            values[zeros..].Fill(1);
        }
    }

    private sealed record PowerSpectrum(double Exponent) : ClassSpectrum
    {
        public override string Text => string.Create(CultureInfo.InvariantCulture, $"power-law:{Exponent:R}");

        internal override Func<double, double>? Density => part => Math.Pow(part, Exponent);

        internal override double Power => Exponent;

        internal override bool IsSmooth => true;

        public override void Fill(Span<double> values)
        {
            for (var k = 0; k < values.Length; k++)
                values[k] = Math.Pow((k + 1.0) / values.Length, Exponent);
        }
    }

    private sealed record ListedSpectrum(double[] Eigenvalues) : ClassSpectrum
    {
        public override string Text => FormattableString.Invariant($"{Eigenvalues.Length} eigenvalues");

        public override void Fill(Span<double> values) => Copy(Eigenvalues, values, "eigenvalues");

        public bool Equals(ListedSpectrum? other) => other is not null && Eigenvalues.AsSpan().SequenceEqual(other.Eigenvalues);

        public override int GetHashCode() => HashOf(Eigenvalues);
    }
}
