namespace Eigenflow.Spectra;

/// <summary>Eigenvalues given one by one, such as those measured on data. Memory 8 d bytes.</summary>
public sealed record ExplicitSpectrum : Spectrum
{
    private readonly double[] eigenvalues;

    /// <summary>Takes, sorts and normalises the values.</summary>
    /// <param name="values">At least one; finite, none negative, not all zero. The array is taken over.</param>
    /// <exception cref="ParameterException">A value that is not allowed.</exception>
    internal ExplicitSpectrum(double[] values)
        : base(CheckedLength(values))
    {
        Array.Sort(values);
        Array.Reverse(values);

        // Dividing by the largest first keeps the trace finite whatever the unit of the data.
        var largest = values[0];
        var trace = 0.0;
        for (var i = values.Length - 1; i >= 0; i--)
            trace += values[i] / largest;
        for (var i = 0; i < values.Length; i++)
            values[i] = values[i] / largest / trace;
        eigenvalues = values;
    }

    /// <inheritdoc/>
    public override double this[long index] => eigenvalues[index];

    /// <inheritdoc/>
    public override void Fill(long first, Span<double> destination) =>
        eigenvalues.AsSpan(checked((int)first), destination.Length).CopyTo(destination);

    private static long CheckedLength(double[] values)
    {
        if (values.Length == 0)
            throw new ParameterException("spectrum", "(no values)", "a list of at least one eigenvalue");
        for (var i = 0; i < values.Length; i++)
        {
            if (!double.IsFinite(values[i]) || values[i] < 0)
                throw new ParameterException("spectrum", values[i], "a list of finite eigenvalues >= 0", $"eigenvalue number {i + 1} is not");
        }

        var largest = values.Max();
        if (largest == 0)
            throw new ParameterException("spectrum", "(all zero)", "a list with at least one eigenvalue > 0");
        var tiny = Array.FindIndex(values, value => value > 0 && value / largest < 1 / LargestRatio);
        if (tiny >= 0)
            throw new ParameterException("spectrum", values[tiny], "a list of eigenvalues that are 0 or at least 1e-200 of the largest", $"write eigenvalue number {tiny + 1} as 0");
        return values.Length;
    }
}
