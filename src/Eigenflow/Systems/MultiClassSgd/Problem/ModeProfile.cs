namespace Eigenflow.Systems.MultiClassSgd;

/// <summary>A number for each mode ρ = 1 … d: eigenvalues, or coordinates of a mean.</summary>
public abstract record ModeProfile
{
    /// <summary>As it is written.</summary>
    public abstract string Text { get; }

    /// <summary>The function of U = ρ/d that it is in the limit d → ∞, of the order 1; null where there is none.</summary>
    internal virtual Func<double, double>? Density => null;

    /// <summary>The power of U with which it begins at U → 0, for the range of the continuum.</summary>
    internal virtual double Power => 0;

    /// <summary>Places 0 &lt; U &lt; 1 at which it jumps.</summary>
    internal virtual IReadOnlyList<double> Jumps => [];

    /// <summary>Whether it is a smooth function of the mode number.</summary>
    internal virtual bool IsSmooth => false;

    /// <summary>Writes the number of each mode.</summary>
    /// <param name="values">d numbers.</param>
    public abstract void Fill(Span<double> values);

    /// <summary>Writes numbers that are given one by one.</summary>
    /// <param name="given">The numbers.</param>
    /// <param name="values">d numbers.</param>
    /// <param name="name">What they are, in the plural.</param>
    /// <exception cref="ParameterException">There are not d.</exception>
    private protected static void Copy(double[] given, Span<double> values, string name)
    {
        if (values.Length != given.Length)
            throw new ParameterException("dimension", values.Length, FormattableString.Invariant($"the number of {name}, {given.Length}"));
        given.CopyTo(values);
    }

    /// <summary>A hash of numbers that are given one by one.</summary>
    private protected static int HashOf(double[] given) => given.Length == 0 ? 0 : HashCode.Combine(given.Length, given[0], given[^1]);
}
