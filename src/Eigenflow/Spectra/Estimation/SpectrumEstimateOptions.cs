using Eigenflow.Data;
using Eigenflow.Settings;

namespace Eigenflow.Spectra.Estimation;

/// <summary>Options of a spectrum estimate.</summary>
public sealed record SpectrumEstimateOptions
{
    /// <summary>Range of <see cref="Modes"/>.</summary>
    public static Parameter<long> ModesRange { get; } = Parameter.Whole("modes", 8, 2000);

    /// <summary>Range of <see cref="Iterations"/>.</summary>
    public static Parameter<long> IterationsRange { get; } = Parameter.Whole("iterations", 0, 20);

    /// <summary>Range of the number of samples on which given eigenvalues or a covariance were measured.</summary>
    public static Parameter<long> SamplesRange { get; } = Parameter.Whole("samples", 2, 9e15);

    /// <summary>Whether the mean of every column is subtracted. Default true: the covariance, not the second moment.</summary>
    public bool Centre { get; init; } = true;

    /// <summary>First mode (1-based) of the exponent's window, or null for the rule.</summary>
    public long? WindowStart { get; init; }

    /// <summary>Last mode of the exponent's window, or null for the rule.</summary>
    public long? WindowEnd { get; init; }

    /// <summary>Leading eigenvalues that are computed where there are more than 4096 rows and columns. 8 to 2000, default 256.</summary>
    public int Modes { get; init; } = 256;

    /// <summary>Subspace iterations where there are more than 4096 rows and columns; each is a pass over the rows. 0 to 20, default 2.</summary>
    public int Iterations { get; init; } = 2;

    /// <summary>Whether the spectrum is also corrected for the size of the sample.</summary>
    public bool Corrects { get; init; }

    /// <summary>Labels of the rows, of which the power in every mode is wanted; null for none. Costs one more pass over the rows, and eigenvectors.</summary>
    public LabelColumn? Labels { get; init; }

    internal void Validate()
    {
        _ = ModesRange.Check((long)Modes);
        _ = IterationsRange.Check((long)Iterations);
        if (WindowStart is < 1)
            throw new ParameterException("window", WindowStart, "a mode number >= 1");
        if (WindowEnd is { } end && end <= (WindowStart ?? 1))
            throw new ParameterException("window", end, FormattableString.Invariant($"a mode number above the start of the window, {WindowStart ?? 1}"));
        if (WindowEnd is { } last && last < 10 * (WindowStart ?? 1))
        {
            throw new ParameterException(
                "window", FormattableString.Invariant($"{WindowStart ?? 1},{last}"), FormattableString.Invariant($"at least one decade of modes, such as {WindowStart ?? 1},{10 * (WindowStart ?? 1)}"),
                "over less than a decade every smooth spectrum is a power law");
        }
    }
}
