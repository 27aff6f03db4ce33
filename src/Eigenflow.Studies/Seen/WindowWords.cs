using Eigenflow.Figures;

namespace Eigenflow.Studies;

/// <summary>The fits on a window in words: as many as are told, how many are not, and from where to where each curve goes in the window.</summary>
internal static class WindowWords
{
    /// <summary>The words, without a full stop.</summary>
    /// <param name="fits">The fits.</param>
    /// <param name="panel">The panel of the window.</param>
    /// <param name="most">As many fits are told.</param>
    public static string Of(IReadOnlyList<WindowFit> fits, Panel? panel, int most)
    {
        if (fits.Count == 0)
            return "no curve has three positive points to fit there";
        string Ends(WindowFit fit) => $"between {Abscissa(panel)} = {DisplayNumber.Of(fit.Window.From, 3)} and {DisplayNumber.Of(fit.Window.To, 3)}";

        // Curves that begin or end within the window have ends of their own.
        WindowFit[] told = [.. fits.Take(most)];
        var areAlike = told.Select(fit => Ends(fit)).Distinct(StringComparer.Ordinal).Count() == 1;
        var more = fits.Count - told.Length;
        return string.Join(", ", told.Select(fit => (fits.Count > 1 && fit.Label.Length > 0 ? fit.Label + ": " : "") + fit.Text + (areAlike ? "" : " " + Ends(fit)))) + (areAlike ? " " + Ends(told[0]) : "")
            + (more > 0 ? $"; {more} more {(more == 1 ? "curve is" : "curves are")} fitted" : "");
    }

    /// <summary>What the abscissa of a panel is called in front of a value. Labels end with the symbol, as flow time t does; what it is equal to, or is in another picture, may follow.</summary>
    /// <param name="panel">The panel.</param>
    public static string Abscissa(Panel? panel)
    {
        var label = panel?.X.Label ?? "";
        foreach (var follows in (string[])[" (", " = "])
            label = label.IndexOf(follows, StringComparison.Ordinal) is > 0 and var end ? label[..end] : label;
        return label.Length == 0 ? "x" : label[(label.LastIndexOf(' ') + 1)..];
    }
}
