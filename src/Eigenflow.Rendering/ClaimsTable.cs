using Eigenflow.Rendering.Terminal;
using Eigenflow.Systems;

namespace Eigenflow.Rendering;

/// <summary>Writes claims as an aligned table for terminals, with a closing line that counts the verdicts.</summary>
public static class ClaimsTable
{
    // Columns from which on there is room for how far and at which size claims were tested.
    private const int Widest = 160;

    /// <summary>Renders claims; the reason of a verdict, where it has one, stands in brackets behind the statement.</summary>
    /// <param name="claims">The claims, in the order of the table.</param>
    /// <param name="width">Columns of the terminal; statements are wrapped to fit, and where that is not enough each claim is a block of lines. From 160 on horizon, sizes and window of the test have a column of their own.</param>
    /// <param name="colour">Whether verdicts are coloured with ANSI codes.</param>
    /// <param name="unicode">Whether characters beyond ASCII may be used.</param>
    /// <returns>Lines, each ended by a line feed. Numbers are those of <see cref="DisplayNumber.Compared"/>.</returns>
    public static string Render(IReadOnlyList<Claim> claims, int width = 120, bool colour = false, bool unicode = true)
    {
        ArgumentNullException.ThrowIfNull(claims);
        var isWide = width >= Widest;
        IReadOnlyList<string>[] rows =
        [
            .. claims.Select(claim => (IReadOnlyList<string>)
            [
                Word(claim.Verdict),
                TerminalText.Script(Explained(claim), unicode),
                .. Numbers(claim).Select(text => TerminalText.Script(text, unicode)),
                .. isWide ? [TerminalText.Script(claim.Tested, unicode)] : Array.Empty<string>(),
            ]),
        ];
        string Paint(int row, int column, string cell) => column == 0 ? TerminalText.Paint(cell, Rgb(claims[row].Verdict)) : cell;
        var table = TextGrid.Render(
            ["verdict", "claim", "predicted", "measured", "tolerance", .. isWide ? ["tested"] : Array.Empty<string>()], rows, column => column is 2 or 3, width, unicode, colour ? Paint : null);
        return table + "\n" + TableText.Paragraph(Count(claims), width, unicode);
    }

    /// <summary>The sentence of <see cref="VerdictWords.Sentence"/> for claims.</summary>
    /// <param name="claims">The claims.</param>
    public static string Count(IReadOnlyCollection<Claim> claims)
    {
        ArgumentNullException.ThrowIfNull(claims);
        return VerdictWords.Sentence([.. claims.Select(claim => claim.Verdict)]);
    }

    // A failure is to be seen without colour.
    private static string Word(Verdict verdict) => verdict == Verdict.Fails ? "FAILS" : VerdictWords.Of(verdict);

    // Why it neither holds nor fails stands beside what is claimed.
    private static string Explained(Claim claim) => claim.Reason.Length == 0 ? claim.Statement : $"{claim.Statement} [{claim.Reason}]";

    private static uint Rgb(Verdict verdict) => verdict switch
    {
        Verdict.Holds => 0x2DA44E,
        Verdict.Fails => 0xE5534B,
        Verdict.FailsAsPrinted => 0xA371F7,
        Verdict.OutOfWindow => 0x8B949E,
        Verdict.Inconclusive => 0xC69026,
        _ => 0x3B8EEA,
    };

    private static string[] Numbers(Claim claim) => DisplayNumber.Compared(claim.Predicted, claim.Measured, claim.Uncertainty) is var (predicted, measured) ? [predicted, measured, claim.Tolerance] : [];
}
