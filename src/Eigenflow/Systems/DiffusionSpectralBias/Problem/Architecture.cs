using System.Globalization;
using Eigenflow.Settings;

namespace Eigenflow.Systems.DiffusionSpectralBias;

/// <summary>How the gain of a mode follows from the weights.</summary>
public enum ArchitectureKind
{
    /// <summary>D = W x.</summary>
    OneLayer,

    /// <summary>D = P Pᵀ x, two layers with the same weights.</summary>
    Tied,

    /// <summary>A product of L matrices.</summary>
    Deep,

    /// <summary>A product of L matrices I + A_l that begin at one.</summary>
    Residual,

    /// <summary>A circular filter of full width.</summary>
    Convolution,

    /// <summary>A circular filter of full width, applied forward and backward.</summary>
    TiedConvolution,

    /// <summary>A circular filter of radius R.</summary>
    Patch,

    /// <summary>A linear velocity field of flow matching.</summary>
    FlowMatching,

    /// <summary>A velocity field P Pᵀ of flow matching.</summary>
    TiedFlowMatching,

    /// <summary>One layer with the preconditioning of EDM.</summary>
    Edm,
}

/// <summary>An architecture, as <c>deep:3</c> is written.</summary>
/// <param name="Kind">Its kind.</param>
/// <param name="Count">Number of layers L of deep and residual networks, radius R of a patch; 0 otherwise.</param>
public readonly record struct Architecture(ArchitectureKind Kind, int Count = 0)
{
    /// <summary>Largest number of layers.</summary>
    public const int MostLayers = 64;

    private const int LargestRadius = 1000;

    internal static readonly (string Word, ArchitectureKind Kind)[] Words =
    [
        ("one-layer", ArchitectureKind.OneLayer), ("tied", ArchitectureKind.Tied), ("convolution", ArchitectureKind.Convolution), ("convolution-tied", ArchitectureKind.TiedConvolution),
        ("flow-matching", ArchitectureKind.FlowMatching), ("flow-matching-tied", ArchitectureKind.TiedFlowMatching), ("edm", ArchitectureKind.Edm),
        ("deep", ArchitectureKind.Deep), ("residual", ArchitectureKind.Residual), ("patch", ArchitectureKind.Patch),
    ];

    /// <summary>Whether it samples along the time of flow matching.</summary>
    public bool IsFlow => Kind is ArchitectureKind.FlowMatching or ArchitectureKind.TiedFlowMatching;

    /// <summary>Whether its weights are shared between the places of a lattice, so that modes are waves.</summary>
    public bool IsConvolution => Kind is ArchitectureKind.Convolution or ArchitectureKind.TiedConvolution or ArchitectureKind.Patch;

    /// <summary>Whether two layers share their weights.</summary>
    public bool IsTied => Kind is ArchitectureKind.Tied or ArchitectureKind.TiedConvolution or ArchitectureKind.TiedFlowMatching;

    /// <summary>Number of layers that a gain is a product of, where they are not tied.</summary>
    public int Layers => Kind is ArchitectureKind.Deep or ArchitectureKind.Residual ? Count : 1;

    /// <summary>Declares the parameter.</summary>
    internal static Parameter<ArchitectureForm> Parameter(string help) =>
        Settings.Parameter.Text(
            "architecture", "", "one-layer", help,
            [.. Words[..7].Select(pair => TextForm.Of(pair.Word)), TextForm.Of("deep:L"), TextForm.Of("residual:L"), TextForm.Of("patch:R")],
            text => new ArchitectureForm(Read(text)), form => form.Value.ToString()) with
        { Examples = ["deep:3", "residual:4", "patch:2"] };

    /// <inheritdoc/>
    public override string ToString()
    {
        var kind = Kind;
        var word = Array.Find(Words, pair => pair.Kind == kind).Word;
        return Kind is ArchitectureKind.Deep or ArchitectureKind.Residual or ArchitectureKind.Patch ? word + ":" + Count.ToString(CultureInfo.InvariantCulture) : word;
    }

    /// <summary>Reads a text.</summary>
    /// <exception cref="ParameterException">It is no architecture.</exception>
    internal static Architecture Read(string text)
    {
        var parts = text.Split(':');
        foreach (var (word, kind) in Words)
        {
            if (!string.Equals(parts[0], word, StringComparison.Ordinal))
                continue;
            var (least, most) = kind switch { ArchitectureKind.Deep or ArchitectureKind.Residual => (1, MostLayers), ArchitectureKind.Patch => (0, LargestRadius), _ => (-1, -1) };
            if (most < 0 && parts.Length == 1)
                return new Architecture(kind);
            if (most >= 0 && parts.Length == 2 && TextForm.Whole(parts[1]) is { } count && count >= least && count <= most)
                return new Architecture(kind, (int)count);
            throw new ParameterException("architecture", text, most < 0 ? $"{word} without a number" : FormattableString.Invariant($"{word}:N with a whole number N from {least} to {most}"));
        }

        throw new ParameterException("architecture", text, string.Join(", ", Words[..7].Select(pair => pair.Word)) + ", deep:L, residual:L or patch:R", Suggestion.For(parts[0], Words.Select(pair => pair.Word)));
    }
}

/// <summary>An architecture as it was written.</summary>
/// <param name="Value">The architecture.</param>
internal sealed record ArchitectureForm(Architecture Value);
