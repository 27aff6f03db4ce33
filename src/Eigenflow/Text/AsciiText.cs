using System.Globalization;
using System.Text;

namespace Eigenflow;

/// <summary>
/// Texts for terminals that show ASCII alone: Greek letters are named (<c>λ_1 ∝ i^−a</c> becomes <c>lambda_1 ~ i^-a</c>), raised and lowered characters follow <c>^</c> and <c>_</c>, signs
/// are written with what resembles them, letters lose their accents. What has no such form becomes a question mark.
/// </summary>
public static class AsciiText
{
    private const char Unknown = '?';
    private const string Raised = "0⁰1¹2²3³4⁴5⁵6⁶7⁷8⁸9⁹-⁻+⁺(⁽)⁾nⁿiⁱTᵀKᴷkᵏtᵗaᵃbᵇcᶜdᵈ";
    private const string Lowered = "0₀1₁2₂3₃4₄5₅6₆7₇8₈9₉-₋+₊(₍)₎iᵢjⱼkₖnₙ";

    // The styled alphabets of mathematics: bold, italic, script and others, capital letters before small ones in each.
    private const int FirstStyled = 0x1D400;
    private const int LastStyled = 0x1D6A3;
    private const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

    // Each letter before those that are read as it. (Normalisation does nothing where globalisation is invariant.)
    private static readonly Dictionary<char, char> Accented = (
        "aàáâãäåāăą AÀÁÂÃÄÅĀĂĄ cçćĉċč CÇĆĈĊČ dďđð DĎĐÐ eèéêëēĕėęě EÈÉÊËĒĔĖĘĚ gĝğġģ GĜĞĠĢ hĥħ HĤĦ iìíîïĩīĭįı IÌÍÎÏĨĪĬĮİ jĵ JĴ kķ KĶ lĺļľŀłℓ LĹĻĽĿŁ nñńņňŋ NÑŃŅŇℕ oòóôõöøōŏő OÒÓÔÕÖØŌŎŐ "
        + "rŕŗř RŔŖŘℝ sśŝşšṡș SŚŜŞŠṠȘ tţťŧț TŢŤŦȚ uùúûüũūŭůűų UÙÚÛÜŨŪŬŮŰŲ wŵẇ WŴẆ yýÿŷẏ YÝŸŶẎ zźżž ZŹŻŽℤ Cℂ Qℚ Pℙ Eℰ Lℒ Hℋ Fℱ")
        .Split(' ').SelectMany(group => group[1..].Select(variant => KeyValuePair.Create(variant, group[0]))).ToDictionary();

    // A name stands apart from the letters beside it.
    private static readonly Dictionary<int, string> Names = Map(
        "α alpha β beta γ gamma δ delta ε epsilon ϵ epsilon ζ zeta η eta θ theta ϑ theta ι iota κ kappa λ lambda μ mu ν nu ξ xi ο o π pi ρ rho σ sigma ς sigma τ tau υ upsilon φ phi ϕ phi χ chi ψ psi ω omega "
        + "Γ Gamma Δ Delta Θ Theta Λ Lambda Ξ Xi Π Pi Σ Sigma Υ Upsilon Φ Phi Ψ Psi Ω Omega ∑ sum ∏ product ∫ int ∇ grad ∞ inf ∈ in ∅ none ½ 1/2 ⅓ 1/3 ⅔ 2/3 ¼ 1/4 ¾ 3/4 ‰ per_mille");

    private static readonly Dictionary<int, string> Signs = Map(
        "− - – - — - ‐ - ‑ - × x · * ⋅ * • * … ... √ sqrt ∝ ~ ≈ ~= ≃ ~= ∼ ~ ≲ <~ ≳ >~ ≤ <= ≥ >= ⪰ >= ⪯ <= ≠ != ≡ == ≪ << ≫ >> ± +- ∓ -+ → -> ← <- ↔ <-> ⇒ => ⟨ < ⟩ > ‖ || ∥ || ⌊ floor( ⌋ ) ⌈ ceil( ⌉ ) ∂ d ⊙ o ∘ o ′ ' ″ '' ‴ ''' "
        + "‘ ' ’ ' “ \" ” \" « \" » \" ° deg µ u ß ss æ ae Æ AE ⁄ / ─ - ━ - ┈ . │ | ┊ : └ + ┤ + ┬ + ░ . ▒ : ▓ # █ @");

    /// <summary>The text in ASCII; line breaks and tabs stay.</summary>
    /// <param name="text">Any text.</param>
    public static string Of(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (Ascii.IsValid(text))
            return text;
        var result = new StringBuilder(text.Length + 16);
        var script = 0;
        var followsName = false;
        foreach (var letter in text.EnumerateRunes())
        {
            var (written, level) = Script(letter);
            if (level != 0)
            {
                result.Append(level == script ? "" : level > 0 ? "^" : "_").Append(written);
                (script, followsName) = (level, false);
                continue;
            }

            script = 0;
            var isName = Names.TryGetValue(letter.Value, out var name);
            written = isName ? name! : Plain(letter);
            if (written.Length == 0)
                continue;
            if ((isName && result.Length > 0 && char.IsAsciiLetterOrDigit(result[^1])) || (followsName && char.IsAsciiLetter(written[0])))
                result.Append(' ');
            result.Append(written);
            followsName = isName;
        }

        return result.ToString();
    }

    private static (string Written, int Level) Script(Rune letter)
    {
        foreach (var (map, level) in new[] { (Raised, 1), (Lowered, -1) })
        {
            if (letter.IsBmp && map.IndexOf((char)letter.Value, StringComparison.Ordinal) is var index && index % 2 == 1)
                return (map[(index - 1)..index], level);
        }

        return ("", 0);
    }

    private static string Plain(Rune letter)
    {
        if (letter.IsAscii)
            return letter.ToString();
        if (Signs.TryGetValue(letter.Value, out var sign))
            return sign;
        if (letter.IsBmp && Accented.TryGetValue((char)letter.Value, out var bare))
            return bare.ToString();
        return letter.Value switch
        {
            >= FirstStyled and <= LastStyled => Alphabet[(letter.Value - FirstStyled) % Alphabet.Length].ToString(),
            _ => Rune.GetUnicodeCategory(letter) switch
            {
                UnicodeCategory.NonSpacingMark or UnicodeCategory.Format => "",
                UnicodeCategory.SpaceSeparator => " ",
                _ => Unknown.ToString(),
            },
        };
    }

    private static Dictionary<int, string> Map(string pairs)
    {
        var words = pairs.Split(' ');
        return Enumerable.Range(0, words.Length / 2).ToDictionary(index => Rune.GetRuneAt(words[2 * index], 0).Value, index => words[(2 * index) + 1].Replace('_', ' '));
    }
}
