using System.Globalization;

namespace Eigenflow.Spectra.Estimation;

/// <summary>Kinds of spectra.</summary>
public enum SpectrumKind
{
    /// <summary>A power law describes a range of at least one decade.</summary>
    PowerLaw,

    /// <summary>No power law describes it.</summary>
    NoPowerLaw,

    /// <summary>White noise of the same size has these eigenvalues.</summary>
    WhiteNoise,

    /// <summary>Components above a bulk that white noise has too.</summary>
    Components,

    /// <summary>The sample cannot tell.</summary>
    CannotTell,
}

/// <summary>What was found out about a spectrum.</summary>
/// <param name="Measured">The eigenvalues.</param>
/// <param name="Law">The law of the window, or null.</param>
/// <param name="HalfWidth">Half-width of the interval of its exponent.</param>
/// <param name="Bias">Part of it that is the bias of the sample.</param>
/// <param name="OfEqual">The exponent that equal eigenvalues would show in such a sample.</param>
/// <param name="Noise">Standard deviation of ln λ_i by the size of the sample.</param>
/// <param name="Bulk">The white bulk, or null.</param>
/// <param name="IsEven">Whether the bulk is that of rows divided by their lengths.</param>
/// <param name="Above">Number of eigenvalues above the bulk or the edge of white noise, or null.</param>
/// <param name="Whole">Exponent of a power law over all modes that describes the spectrum too, or null.</param>
/// <param name="Limit">Last mode to rely on.</param>
/// <param name="IsGiven">Whether the user gave the window.</param>
/// <param name="IsBeyond">Whether that window reaches beyond the limit.</param>
/// <param name="All">The line through all usable modes, or null where they are too few or the window was given.</param>
/// <param name="IsRejected">Whether simulated samples of a law over all usable modes reject one; null where none were simulated.</param>
/// <param name="IsUnsure">Whether errors of eigenvalues are far from those of Gaussian rows, and not known well.</param>
internal sealed record Findings(
    Measured Measured, ModeLaw? Law, double HalfWidth, double Bias, double OfEqual, double Noise, WhiteBulk? Bulk, bool IsEven, int? Above, double? Whole, int Limit, bool IsGiven, bool IsBeyond, ModeLaw? All, bool? IsRejected, bool IsUnsure);

/// <summary>The verdict on a spectrum in words.</summary>
internal static class SpectrumVerdict
{
    // Equal eigenvalues spread in a sample: a bias of half of an exponent may be all of it.
    private const double LargestBias = 2;

    // Uneven rows bend spectra by less than this part of their exponent: what changes it by more has no law whatever its errors are.
    private const double LargestBend = 1;

    /// <summary>The verdict.</summary>
    public static (SpectrumKind Kind, string Text) Of(Findings f)
    {
        if (f.Measured.Count < 2)
            return (SpectrumKind.CannotTell, "nothing to tell: one eigenvalue has neither a law nor the shape of noise");
        if (f.Bulk is { Components: 0 })
        {
            return (SpectrumKind.WhiteNoise, f.IsEven
                ? "no power law here: white noise whose rows differ in size, as under heavy tails, has the same eigenvalues (rows divided by their lengths have those of Marchenko–Pastur)"
                : "no power law here: white noise of this sample size has the same eigenvalues (Marchenko–Pastur)");
        }

        if (f is { Whole: { } whole, Law: null })
        {
            return (SpectrumKind.CannotTell, Text(
                $"cannot tell: {Components(f.Above!.Value)} above a white bulk and a power law over all modes (a = {whole:0.00}) both have such eigenvalues in samples of this size"));
        }

        if (f.Law is null || !IsLaw(f))
            return Without(f);

        // Where components above a bulk explain the spectrum already, a law of them must be shown: ten components of any strengths decline somehow.
        if (f is { IsGiven: false, Whole: null, Bulk.IsPlain: true } && f.Law.First <= f.Above && !f.Law.HasKnownDrift)
            return Without(f);
        if (f.Law.Exponent <= Math.Max(f.HalfWidth, Math.Max(LargestBias * f.Bias, f.OfEqual)))
        {
            return (SpectrumKind.CannotTell, Text(
                $"cannot tell: an exponent of {f.Law.Exponent:0.000} ± {f.HalfWidth:0.000} over modes {f.Law.First} to {f.Law.Last} is not distinguishable from zero (equal eigenvalues show {f.OfEqual:0.000} in such a sample)"));
        }

        if (!f.IsGiven && f.Law.IsBlind)
        {
            return (SpectrumKind.CannotTell, Text(
                $"cannot tell: over modes {f.Law.First} to {f.Law.Last} the exponent is {f.Law.Exponent:0.000} ± {f.HalfWidth:0.000}, but samples are too few to tell whether it is constant (it changes by {f.Law.Drift:0.00} ± {f.Law.DriftHalfWidth:0.00})"));
        }

        var text = Math.Abs(f.Law.Drift) <= f.Law.AllowedDrift
            ? "power law"
            : Text($"power law within the scatter: the local exponent changes by {f.Law.Drift:0.00} ± {f.Law.DriftHalfWidth:0.00} over the window, which is not significant; laws that bend by as much cannot be told apart from it here");
        if (f.IsBeyond)
            text += ", on a window that reaches beyond what the sample supports";
        else if (!f.IsGiven && f.Above is { } above && f.Whole is null && above < f.Limit && f.Bulk is { IsPlain: true })
            text += $"; it is one of the {Components(above)} above a white bulk {Bulk(f)}";
        else if (!f.IsGiven && f.Whole is not null && f.Above < ModeWindow.Decade)
            text += $"; {Components(f.Above.Value)} above a white bulk look much the same in samples of this size";
        else if (!f.IsGiven && f.Law.Decades < ModeWindow.WholePart * Math.Log10(f.Limit))
            text += Text($", on a part only: {f.Law.Decades:0.0} of the {Math.Log10(f.Limit):0.0} decades of usable modes");
        return (SpectrumKind.PowerLaw, text);
    }

    // A given window inside the bulk is none of a law.
    private static bool IsLaw(Findings f) => f.Law is { Exponent: > 0 } law && law.IsSteady && law.IsStraight(f.Noise) && !(f.IsGiven && f.Whole is null && f.Bulk is { } bulk && law.First > bulk.Components / ModeWindow.Decade && law.Last > Math.Max(2 * bulk.Components, bulk.Components + 2));

    private static (SpectrumKind Kind, string Text) Without(Findings f)
    {
        if (f.Bulk is { IsPlain: false } && !f.IsGiven)
            return (SpectrumKind.CannotTell, $"cannot tell: no power law over a decade; {Components(f.Above!.Value)} above a white bulk {Bulk(f)} or a smooth decline have such eigenvalues");
        if (f.Bulk is not null)
            return (SpectrumKind.Components, $"no power law: {Components(f.Above!.Value)} above a white bulk {Bulk(f)}");
        if (f.Above is { } above && above < ModeWindow.Decade && above < f.Limit)
            return (SpectrumKind.CannotTell, $"cannot tell: {Components(above)} above the edge of white noise that has the rest of the trace; what lies below it was not resolved");
        if (f.Limit < ModeWindow.Decade && !f.IsGiven)
            return (SpectrumKind.CannotTell, Text($"cannot tell: no power law can be seen or excluded over less than a decade of modes ({f.Limit} usable)"));
        var law = f.IsGiven ? f.Law! : f.All!;
        var range = f.IsGiven ? "over the window" : $"from mode {law.First} to {law.Last}";
        if (!f.IsGiven && law.Exponent > 0 && f.IsRejected is false)
            return (SpectrumKind.CannotTell, Text($"cannot tell: over modes {law.First} to {law.Last} samples of a power law bend, break or step nearly as much (the local exponent changes by {law.Drift:0.00}), and over no decade is one shown"));
        if (!f.IsGiven && law.Exponent > 0 && f.IsRejected is null && !law.HasClearDrift && (law.IsSteady || law.LogResidual <= law.ExponentialResidual))
        {
            return (SpectrumKind.CannotTell, Text(
                $"cannot tell: {range} the local exponent changes by {law.Drift:0.00} ± {law.DriftHalfWidth:0.00}, and the points depart from a line by {100 * law.LogResidual:0} % rms, which is neither clearly a power law nor clearly none"));
        }

        if (!f.IsGiven && f.IsUnsure && law.Exponent > 0 && Math.Abs(law.Drift) <= LargestBend * law.Exponent)
        {
            return (SpectrumKind.CannotTell, Text(
                $"cannot tell: the lengths of the rows are so uneven that errors of eigenvalues are not known, and that a law may bend; {range} the local exponent changes by {law.Drift:0.00}, and over no decade is one shown"));
        }

        if (!f.IsGiven && f.IsRejected is true)
            return (SpectrumKind.NoPowerLaw, Text($"no power law here: fewer than one in a hundred samples of a power law over modes {law.First} to {law.Last} bend, break or step as much (the local exponent changes by {law.Drift:0.00}), and over no decade is one shown"));
        return (SpectrumKind.NoPowerLaw, law.IsSteady && law.Exponent > 0
            ? Text($"no power law here: eigenvalues depart from a line by {100 * law.LogResidual:0} % rms {range}, in steps or waves that are no scatter")
            : Text($"no power law here: {(f.IsGiven ? "" : "over no decade is the local exponent constant; ")}it changes by {law.Drift:0.00} {range}"));
    }

    private static string Components(int count) => count switch { 0 => "no component", 1 => "1 component", _ => $"{count} components" };

    private static string Bulk(Findings f) => f.IsEven
        ? Text($"(of rows divided by their lengths; the bulk departs from Marchenko–Pastur by {f.Bulk!.Departure:0.0}, white noise by up to {WhiteBulk.Allowed:0.0})")
        : Text($"(noise variance {f.Bulk!.Variance:G4}, edge {f.Bulk.Edge:G4}; the bulk departs from Marchenko–Pastur by {f.Bulk.Departure:0.0}, white noise by up to {WhiteBulk.Allowed:0.0})");

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
