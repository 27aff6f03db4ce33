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

    /// <summary>Whether the variance has to come near its target, and not to pass a mean.</summary>
    internal bool IsBand => Kind is CriterionKind.Band or CriterionKind.Stay;

    /// <summary>How far a variance is from having emerged: positive before and negative after. All are logarithms, since starts of large gains are beyond the range of numbers.</summary>
    /// <param name="initial">ln v₀.</param>
    /// <param name="target">ln λ.</param>
    /// <param name="now">ln of the variance.</param>
    internal double Excess(double initial, double target, double now)
    {
        if (IsBand)
            return now > target ? now - target - Math.Log(1 + Part) : Math.Log(1 - Part) + target - now;
        double half = 0.5 * (initial - target), larger = Math.Abs(half) + Math.Log((1 + Math.Exp(-2 * Math.Abs(half))) / 2);

        // The three means are √(v₀λ) times cosh(½ ln v₀/λ) to the power 0, −1 and 1.
        var threshold = (0.5 * (initial + target)) + (Kind switch { CriterionKind.Harmonic => -larger, CriterionKind.Arithmetic => larger, _ => 0 });
        return initial < target ? threshold - now : now - threshold;
    }

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
