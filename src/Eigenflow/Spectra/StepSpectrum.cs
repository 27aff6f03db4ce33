using System.Collections.Immutable;

namespace Eigenflow.Spectra;

/// <summary>A piecewise constant spectrum: isotropic, spiked, zero–one. Memory O(levels) at any dimension.</summary>
public sealed record StepSpectrum : Spectrum
{
    private readonly ImmutableArray<(long End, double Eigenvalue)> levels;

    /// <summary>Makes the spectrum.</summary>
    /// <param name="levels">Number of modes and relative height of each level, heights positive and descending, the last may be zero.</param>
    /// <param name="name">How users spell it.</param>
    internal StepSpectrum(IReadOnlyList<(long Count, double Height)> levels, string name)
        : base(levels.Sum(level => level.Count))
    {
        Name = name;

        // Dividing by the largest first keeps the trace finite whatever the heights.
        var largest = levels[0].Height;
        var trace = levels.Sum(level => level.Count * (level.Height / largest));
        var end = 0L;
        this.levels = [.. levels.Select(level => (end += level.Count, level.Height / largest / trace))];
    }

    /// <summary>How users spell it, such as <c>spiked:3:50</c>.</summary>
    public string Name { get; }

    /// <inheritdoc/>
    public override int? DistinctCount => levels.Length;

    /// <inheritdoc/>
    public override double this[long index]
    {
        get
        {
            var level = 0;
            while (index >= levels[level].End)
                level++;
            return levels[level].Eigenvalue;
        }
    }
}
