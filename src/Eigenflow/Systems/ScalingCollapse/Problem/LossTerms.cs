using System.Globalization;
using Eigenflow.Settings;

namespace Eigenflow.Systems.ScalingCollapse;

/// <summary>The reducible loss L − L₀ = Σ a_i t^(−μ_i) p^(−ν_i) as a sum of power laws (arXiv 2507.02119, section 3.1). Immutable.</summary>
public sealed class LossTerms
{
    /// <summary>Largest number of terms.</summary>
    public const int MostTerms = 100;

    /// <summary>Largest exponent of a term.</summary>
    public const double LargestExponent = 100;

    /// <summary>Largest coefficient of a term, so that sums stay within the range of numbers.</summary>
    public const double LargestCoefficient = 1e100;

    private const string Name = "terms";
    private const string Form = "a:mu:nu joined by +, such as 1:0.5:0+1:0:0.5 for t^(-0.5) + p^(-0.5), with a > 0 and mu, nu >= 0";

    /// <summary>The form of a sum as it is typed.</summary>
    internal static readonly IReadOnlyList<TextForm> Forms = [TextForm.Of("A:MU:NU+A:MU:NU[+...]")];

    private readonly LossTerm[] terms;

    /// <summary>A sum.</summary>
    /// <param name="terms">Its terms, 2 to 100.</param>
    /// <exception cref="ParameterException">A term that is not allowed, or too few.</exception>
    public LossTerms(params IReadOnlyList<LossTerm> terms)
    {
        this.terms = [.. terms];
        Text = string.Join('+', terms.Select(term => string.Create(CultureInfo.InvariantCulture, $"{term.Coefficient:R}:{term.TimeExponent:R}:{term.SizeExponent:R}")));
        Check(Text);
    }

    /// <summary>t^(−1/2) + p^(−1/2).</summary>
    public static LossTerms Balanced { get; } = new(new LossTerm(1, 0.5, 0), new LossTerm(1, 0, 0.5));

    /// <summary>The terms.</summary>
    public IReadOnlyList<LossTerm> Terms => terms;

    /// <summary>The text that <see cref="Parse"/> reads, in its canonical form.</summary>
    public string Text { get; }

    /// <summary>Reads a sum such as <c>1:0.5:0+1:0:0.5</c>.</summary>
    /// <param name="text">What the user typed.</param>
    /// <exception cref="ParameterException">Not of this form.</exception>
    public static LossTerms Parse(string text)
    {
        // A sign of an exponent, as in 1e+3, divides no terms.
        var parts = text.Replace("e+", "e", StringComparison.OrdinalIgnoreCase).Split('+');
        var read = new List<LossTerm>();
        foreach (var part in parts)
        {
            var numbers = part.Split(':', StringSplitOptions.TrimEntries).Select(TextForm.Real).ToArray();
            if (numbers is not [{ } coefficient, { } time, { } size])
                throw new ParameterException(Name, text, Form);
            read.Add(new LossTerm(coefficient, time + 0.0, size + 0.0));
        }

        try
        {
            return new LossTerms(read);
        }
        catch (ParameterException exception)
        {
            throw new ParameterException(Name, text, exception.Allowed, exception.Remedy);
        }
    }

    /// <summary>The reducible loss.</summary>
    /// <param name="time">Tokens t &gt; 0.</param>
    /// <param name="size">Parameters p &gt; 0.</param>
    public double At(double time, double size)
    {
        var sum = 0.0;
        foreach (var term in terms)
            sum += term.At(time, size);
        return sum;
    }

    /// <inheritdoc/>
    public override string ToString() => Text;

    private void Check(string text)
    {
        if (terms.Length is < 2 or > MostTerms)
            throw new ParameterException(Name, text, $"2 to {MostTerms} terms, {Form}", "a single power law has no balance of data and parameters");
        foreach (var term in terms)
        {
            if (term.Coefficient > LargestCoefficient)
                throw new ParameterException(Name, text, Form + " and a <= 1e100");
            if (!(term.Coefficient > 0))
                throw new ParameterException(Name, text, Form, FormattableString.Invariant($"the coefficient {term.Coefficient:R} is not > 0"));
            if (!(term.TimeExponent is >= 0 and <= LargestExponent) || !(term.SizeExponent is >= 0 and <= LargestExponent))
                throw new ParameterException(Name, text, Form + " and <= 100");
            if (term is { TimeExponent: 0, SizeExponent: 0 })
                throw new ParameterException(Name, text, Form, "a term with mu = nu = 0 is irreducible: it belongs to the loss that is subtracted (offset), not to the terms");
        }
    }
}
