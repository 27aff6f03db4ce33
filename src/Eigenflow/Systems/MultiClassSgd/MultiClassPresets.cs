using Eigenflow.Settings;
using Eigenflow.Spectra;
using static Eigenflow.Systems.MultiClassSgd.MultiClassParameters;

namespace Eigenflow.Systems.MultiClassSgd;

/// <summary>The panels of figure 1 of the paper, as its caption has them; what the caption does not say is a choice.</summary>
internal static class MultiClassPresets
{
    private static readonly (string Name, string Spectrum, double[]? Exponent, string Mean)[] Panels =
    [
        ("paper-figure-1a", "identity", null, "gaussian"),
        ("paper-figure-1b", "zero-one:0.5", null, "clean"),
        ("paper-figure-1c", "power-law", [1.1, 1.5], "flat"),
        ("paper-figure-1d", "power-law", [1.1, 1.5], "power:0.5"),
    ];

    /// <summary>Their names.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. Panels.Select(panel => panel.Name)];

    /// <summary>Sets what the user left open.</summary>
    public static void Apply(SettingDraft draft)
    {
        if (draft[Preset] is not { } name)
            return;
        var panel = Panels.First(one => one.Name == name);
        if (!draft.IsGiven(ClassSpectra) && !draft.IsGiven(Exponent))
            draft.Set(ClassSpectra, ClassSpectra.Read(panel.Spectrum));
        if (!draft.IsGiven(Exponent) && draft.Get(ClassSpectra).Form == SpectrumForms.PowerLaw && panel.Exponent is not null)
            draft.Set(Exponent, panel.Exponent);
        if (!draft.IsGiven(Means))
            draft.Set(Means, Means.Read(panel.Mean));
        if (!draft.IsGiven(Loss))
            draft.Set(Loss, "logistic");
    }
}
