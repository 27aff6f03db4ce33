using System.Globalization;
using Eigenflow.Settings;

namespace Eigenflow.Systems.DiffusionSpectralBias;

/// <summary>When a mode counts as learned.</summary>
public enum CriterionKind
{
    /// <summary>The variance passes √(v₀ λ).</summary>
    Geometric,

    /// <summary>It passes 2 v₀ λ/(v₀ + λ).</summary>
    Harmonic,

    /// <summary>It passes (v₀ + λ)/2.</summary>
    Arithmetic,

    /// <summary>It first comes within a part f of λ.</summary>
    Band,

    /// <summary>It comes within a part f of λ and stays there.</summary>
    Stay,
}

/// <summary>A criterion of emergence, as <c>band:0.2</c> is written.</summary>
/// <param name="Kind">Its kind.</param>
/// <param name="Part">f of bands, between 0 and 1; 0 otherwise.</param>
public readonly record struct Criterion(CriterionKind Kind, double Part = 0)
{
    private const string Allowed = "geometric, harmonic, arithmetic, band:F or stay:F with 0 < F < 1";

    /// <summary>The threshold between a start and a target; for bands the edge that is passed from the start.</summary>
    /// <param name="initial">v₀ &gt; 0.</param>
    /// <param name="target">λ &gt; 0.</param>
    public double Threshold(double initial, double target) => Kind switch
    {
        CriterionKind.Geometric => Math.Sqrt(initial) * Math.Sqrt(target),
        CriterionKind.Harmonic => 2 / ((1 / initial) + (1 / target)),
        CriterionKind.Arithmetic => (0.5 * initial) + (0.5 * target),
        _ => target * (initial < target ? 1 - Part : 1 + Part),
    };

    /// <summary>Declares the parameter.</summary>
    internal static Parameter<CriterionForm> Parameter(string help) =>
        Settings.Parameter.Text(
            "criterion", "", "geometric", help,
            [TextForm.Of("geometric"), TextForm.Of("harmonic"), TextForm.Of("arithmetic"), TextForm.Of("band:F"), TextForm.Of("stay:F")],
            text => new CriterionForm(Read(text)), form => form.Value.ToString()) with
        { Examples = ["band:0.2", "stay:0.1"] };

    /// <inheritdoc/>
    public override string ToString() => Kind switch
    {
        CriterionKind.Band => "band:" + Part.ToString("R", CultureInfo.InvariantCulture),
        CriterionKind.Stay => "stay:" + Part.ToString("R", CultureInfo.InvariantCulture),
        CriterionKind.Harmonic => "harmonic",
        CriterionKind.Arithmetic => "arithmetic",
        _ => "geometric",
    };

    private static Criterion Read(string text)
    {
        var parts = text.Split(':');
        return (parts[0], parts.Length) switch
        {
            ("geometric", 1) => new(CriterionKind.Geometric),
            ("harmonic", 1) => new(CriterionKind.Harmonic),
            ("arithmetic", 1) => new(CriterionKind.Arithmetic),
            ("band", 2) when TextForm.Real(parts[1]) is > 0 and < 1 and var part => new(CriterionKind.Band, part),
            ("stay", 2) when TextForm.Real(parts[1]) is > 0 and < 1 and var part => new(CriterionKind.Stay, part),
            _ => throw new ParameterException("criterion", text, Allowed, Suggestion.For(parts[0], ["geometric", "harmonic", "arithmetic", "band", "stay"])),
        };
    }
}

/// <summary>A criterion as it was written.</summary>
/// <param name="Value">The criterion.</param>
internal sealed record CriterionForm(Criterion Value);
