using System.Globalization;
using Eigenflow.Rendering.Terminal;
using Eigenflow.Rendering.Text;
using Eigenflow.Systems;

namespace Eigenflow.Rendering;

/// <summary>Writes claims as an aligned table for terminals, with a closing line that counts the verdicts.</summary>
public static class ClaimsTable
{
    /// <summary>Renders claims.</summary>
    /// <param name="claims">The claims, in the order of the table.</param>
    /// <param name="width">Columns of the terminal; statements are wrapped to fit.</param>
    /// <param name="colour">Whether verdicts are coloured with ANSI codes.</param>
    /// <param name="unicode">Whether rules may be line-drawing characters.</param>
    /// <returns>Lines, each ended by a line feed. Numbers have six significant digits, uncertainties the decimals of their value.</returns>
    public static string Render(IReadOnlyList<Claim> claims, int width = 120, bool colour = false, bool unicode = true)
    {
        ArgumentNullException.ThrowIfNull(claims);
        IReadOnlyList<string>[] rows =
        [
            .. claims.Select(claim => (IReadOnlyList<string>)
            [
                Word(claim.Verdict),
                TerminalText.Script(claim.Statement, unicode),
                Ascii(NumberText.Plain(claim.Predicted), unicode),
                Ascii(NumberText.Plain(claim.Measured, claim.Uncertainty), unicode),
                Ascii(claim.Tolerance, unicode),
            ]),
        ];
        string Paint(int row, int column, string cell) => column == 0 ? TerminalText.Paint(cell, Rgb(claims[row].Verdict)) : cell;
        var table = TextGrid.Render(
            ["verdict", "claim", "predicted", "measured", "tolerance"], rows, column => column is 2 or 3, width, unicode, colour ? Paint : null);
        return table + "\n" + Count(claims) + "\n";
    }

    /// <summary>A sentence such as <c>27 claims: 25 hold, 1 fails, 1 out of window</c>.</summary>
    /// <param name="claims">The claims.</param>
    public static string Count(IReadOnlyCollection<Claim> claims)
    {
        ArgumentNullException.ThrowIfNull(claims);
        int Of(Verdict verdict) => claims.Count(claim => claim.Verdict == verdict);
        var (holds, fails, outside) = (Of(Verdict.Holds), Of(Verdict.Fails), Of(Verdict.OutOfWindow));
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{claims.Count} {(claims.Count == 1 ? "claim" : "claims")}: {holds} {(holds == 1 ? "holds" : "hold")}, {fails} {(fails == 1 ? "fails" : "fail")}")
            + (outside == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $", {outside} out of window"));
    }

    /// <summary>The verdict in words.</summary>
    internal static string Word(Verdict verdict) => verdict switch
    {
        Verdict.Holds => "holds",
        Verdict.Fails => "FAILS",
        _ => "out of window",
    };

    private static uint Rgb(Verdict verdict) => verdict switch
    {
        Verdict.Holds => 0x2DA44E,
        Verdict.Fails => 0xE5534B,
        _ => 0xC69026,
    };

    private static string Ascii(string text, bool unicode) =>
        unicode ? PrintableText.Line(text) : PrintableText.Line(text).Replace("±", "+-", StringComparison.Ordinal).Replace('−', '-').Replace("∞", "inf", StringComparison.Ordinal);
}
