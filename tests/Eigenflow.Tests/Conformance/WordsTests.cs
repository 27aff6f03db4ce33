using System.Text.RegularExpressions;
using Eigenflow.Solutions;
using Shouldly;
using Xunit;

namespace Eigenflow.Tests.Conformance;

/// <summary>Every observable, event, number and prediction is called by words, or by its symbol: names of columns are for files.</summary>
public sealed partial class WordsTests
{
    public static TheoryData<string> Ids() => TestedSystems.Ids();

    public static TheoryData<string, string> Methods() => TestedSystems.Methods();

    [Theory]
    [MemberData(nameof(Ids))]
    public void QuantitiesHaveWords(string id)
    {
        var system = TestedSystems.Find(id);
        foreach (var quantity in system.Observables.Concat(system.Events).Concat(system.Predictions))
            IsWorded(quantity.Words, quantity.Symbol).ShouldBeTrue($"{quantity.Name}: '{quantity.Words}' {quantity.Symbol}");
    }

    [Theory]
    [MemberData(nameof(Methods))]
    public void ColumnsAndNumbersHaveWords(string id, string method)
    {
        var solution = SmallSolutions.Of(id, method);
        foreach (var column in solution.Observables)
            IsWorded(QuantityWords.Of(column.Name, column.Symbol), column.Symbol, mayHaveLetters: true).ShouldBeTrue($"{column.Name}: '{QuantityWords.Of(column.Name, column.Symbol)}'");
        foreach (var number in solution.Summary)
            IsWorded(number.Words, number.Symbol).ShouldBeTrue($"{number.Name}: '{number.Words}' {number.Symbol}");
    }

    [Theory]
    [InlineData("mse", "MSE", "MSE")]
    [InlineData("kl", "KL", "KL divergence")]
    [InlineData("kl-reverse", "KL′", "KL divergence reverse")]
    [InlineData("u-sd", "sd(u)", "standard deviation of u")]
    [InlineData("loss-q90", "", "90 % quantile of loss")]
    [InlineData("entropy-exact", "σ̇", "exact entropy")]
    [InlineData("w1", "w_1", "w_1")]
    [InlineData("kappa1", "κ_1", "κ_1")]
    [InlineData("one-minus-s", "1 − s/s*", "1 − s/s*")]
    [InlineData("variance10", "λ~_10", "variance 10")]
    [InlineData("test-error", "E", "test error")]
    public void NamesBecomeWords(string name, string symbol, string words) => QuantityWords.Of(name, symbol).ShouldBe(words);

    [Theory]
    [InlineData("test error", "Test error")]
    [InlineData("MSE at the end", "MSE at the end")]
    [InlineData("κ_1", "κ_1")]
    [InlineData("p test", "p test")]
    public void LabelsBeginWithACapitalWhereTheyBeginWithAWord(string words, string label) => QuantityWords.Sentence(words).ShouldBe(label);

    [Theory]
    [InlineData("1.76", "1/s²", "1.76/s²")]
    [InlineData("1.33", "flow time", "1.33 (flow time)")]
    [InlineData("101", "steps", "101 steps")]
    [InlineData("0.5", "", "0.5")]
    public void NumbersHaveTheirUnits(string number, string unit, string shown) => QuantityWords.WithUnit(number, unit).ShouldBe(shown);

    [Theory]
    [InlineData("kappa''", "κ″")]
    [InlineData("C'", "C′")]
    [InlineData("tau", "τ")]
    [InlineData("tauK", "τK")]
    [InlineData("omega", "ω")]
    [InlineData("c2c3", "c2c3")]
    [InlineData("s", "s")]
    public void SymbolsAreWrittenWithTheirLetters(string typed, string written) => QuantityWords.Lettered(typed).ShouldBe(written);

    // Words of small letters, numbers and abbreviations that are written as such; no single letters and no abbreviation of a file.
    private static bool IsWorded(string words, string symbol, bool mayHaveLetters = false) =>
        (symbol.Length > 0 && words == symbol) || words.Split(' ').All(word => !Bare().IsMatch(word) || symbol.Contains($"({word})", StringComparison.Ordinal) || (mayHaveLetters && word.Length == 1));

    [GeneratedRegex("^([a-z]|[a-z]+[0-9]+|.*-.*[0-9].*|.*_.*|mse|mmse|kl|cov|var|sd|se|gcv|rms|sgd|gd|alpha|beta|gamma|kappa|sigma|lambda|eta|rho|tau)$", RegexOptions.None, 1000)]
    private static partial Regex Bare();
}
