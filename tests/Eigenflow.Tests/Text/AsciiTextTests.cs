using Eigenflow.Systems;
using Shouldly;
using Xunit;

namespace Eigenflow.Tests.Text;

public sealed class AsciiTextTests
{
    [Theory]
    [InlineData("d = 1000, plain?", "d = 1000, plain?")]
    [InlineData("λ_i ∝ i^(−a)", "lambda_i ~ i^(-a)")]
    [InlineData("2ηλ", "2 eta lambda")]
    [InlineData("η₀ ≤ 0.1 ± 0.01", "eta_0 <= 0.1 +- 0.01")]
    [InlineData("⟨x, w*⟩² · √d", "<x, w*>^2 * sqrtd")]
    [InlineData("10⁻³ × t⁽ᵏ⁾…", "10^-3 x t^(k)...")]
    [InlineData("½ Σ λ_j", "1/2 Sigma lambda_j")]
    [InlineData("n → ∞ — 3 µs", "n -> inf - 3 us")]
    [InlineData("Müller, Ångström, naïve", "Muller, Angstrom, naive")]
    [InlineData("e\u0301t\u00A0é", "et e")]
    [InlineData("𝒩(0, 𝐈)", "N(0, I)")]
    [InlineData("損失\n\t1", "??\n\t1")]
    public void TextsAreWrittenWithWhatResemblesThem(string text, string ascii)
    {
        AsciiText.Of(text).ShouldBe(ascii);
        AsciiText.Of(ascii).ShouldBe(ascii);
    }

    // Every character of the product has a form.
    [Fact]
    public void TextsOfAllSystemsLoseNothing()
    {
        foreach (var system in SystemCatalog.All)
        {
            string[] texts =
            [
                system.Title, system.Summary,
                .. system.Parameters.SelectMany(parameter => new[] { parameter.Symbol, parameter.Allowed, parameter.Help }),
                .. system.Methods.Select(method => method.Summary),
                .. system.Observables.Concat(system.Events).SelectMany(quantity => new[] { quantity.Symbol, quantity.Meaning }),
                .. system.Predictions.SelectMany(quantity => new[] { quantity.Symbol, quantity.Meaning }),
            ];
            foreach (var text in texts)
            {
                var ascii = AsciiText.Of(text);
                ascii.All(char.IsAscii).ShouldBeTrue(ascii);
                ascii.Count(letter => letter == '?').ShouldBe(text.Count(letter => letter == '?'), text);
            }
        }
    }
}
