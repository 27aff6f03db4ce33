using System.Globalization;
using Eigenflow.Random;

namespace Eigenflow.Systems.MultiClassSgd;

/// <summary>How the mean of a class is spread over the modes ρ = 1 … d, with a norm of about one. Its density is √d μ_ρ.</summary>
public abstract record MeanProfile : ModeProfile
{
    /// <summary>μ_ρ = 1/√d.</summary>
    public static MeanProfile Flat { get; } = new PowerProfile(0);

    /// <summary>μ_ρ = d^(−½) (ρ/d)^β, of squared norm 1/(1 + 2β) as d → ∞.</summary>
    /// <param name="exponent">β &gt; −½.</param>
    public static MeanProfile PowerOf(double exponent) => new PowerProfile(exponent);

    /// <summary>Equal on the first modes and zero on the others, norm 1.</summary>
    /// <param name="fraction">Part of the modes, above 0 and up to 1.</param>
    public static MeanProfile Clean(double fraction) => new CleanProfile(fraction);

    /// <summary>μ_ρ = g_ρ/√d with normal numbers g.</summary>
    /// <param name="seed">Seed.</param>
    /// <param name="number">Which of the independent means of the seed, ≥ 0.</param>
    public static MeanProfile Gaussian(long seed, int number = 0) => new GaussianProfile(seed, number);

    /// <summary>μ_ρ = √(2/d) cos(n (ρ − ½)).</summary>
    /// <param name="frequency">n ≥ 1.</param>
    public static MeanProfile Cosine(int frequency) => new CosineProfile(frequency);

    /// <summary>Coordinates one by one.</summary>
    /// <param name="values">As many as the dimension. Do not modify.</param>
    public static MeanProfile Of(double[] values) => new ListedProfile(values);

    private sealed record PowerProfile(double Exponent) : MeanProfile
    {
        public override string Text => Exponent == 0 ? "flat" : string.Create(CultureInfo.InvariantCulture, $"power:{Exponent:R}");

        internal override Func<double, double>? Density => part => Exponent == 0 ? 1 : Math.Pow(part, Exponent);

        internal override double Power => Exponent;

        internal override bool IsSmooth => true;

        public override void Fill(Span<double> values)
        {
            for (var k = 0; k < values.Length; k++)
                values[k] = (Exponent == 0 ? 1 : Math.Pow((k + 1.0) / values.Length, Exponent)) / Math.Sqrt(values.Length);
        }
    }

    private sealed record CleanProfile(double Fraction) : MeanProfile
    {
        public override string Text => "clean";

        internal override Func<double, double>? Density => part => part <= Fraction ? 1 / Math.Sqrt(Fraction) : 0;

        internal override IReadOnlyList<double> Jumps => Fraction < 1 ? [Fraction] : [];

        public override void Fill(Span<double> values)
        {
            var count = Math.Max(1, (int)Math.Round(Fraction * values.Length));
            values[..count].Fill(1 / Math.Sqrt(count));
            values[count..].Clear();
        }
    }

    private sealed record GaussianProfile(long Seed, int Number) : MeanProfile
    {
        public override string Text => "gaussian";

        public override void Fill(Span<double> values)
        {
            GaussianGenerator.Fill(new GaussianAddress((ulong)Seed, MixtureStreams.Means, Number, 0), 0, values);
            var scale = 1 / Math.Sqrt(values.Length);
            for (var k = 0; k < values.Length; k++)
                values[k] *= scale;
        }
    }

    private sealed record CosineProfile(int Frequency) : MeanProfile
    {
        public override string Text => "cosine";

        public override void Fill(Span<double> values)
        {
            for (var k = 0; k < values.Length; k++)
                values[k] = Math.Sqrt(2.0 / values.Length) * Math.Cos(Frequency * (k + 0.5));
        }
    }

    private sealed record ListedProfile(double[] Values) : MeanProfile
    {
        public override string Text => FormattableString.Invariant($"{Values.Length} numbers");

        public override void Fill(Span<double> values) => Copy(Values, values, "coordinates of the mean");

        public bool Equals(ListedProfile? other) => other is not null && Values.AsSpan().SequenceEqual(other.Values);

        public override int GetHashCode() => HashOf(Values);
    }
}

/// <summary>The purposes of random numbers of this system.</summary>
internal static class MixtureStreams
{
    public const int Samples = 0, Means = 1, Classes = 2, Diffusion = 3, Rows = 4, Start = 5;
}
