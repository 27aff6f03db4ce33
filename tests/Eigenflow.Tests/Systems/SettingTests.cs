using System.Text.Json.Nodes;
using Eigenflow.Systems;
using Shouldly;
using Xunit;

namespace Eigenflow.Tests.Systems;

public sealed class SettingTests
{
    [Fact]
    public void JsonIsCanonical()
    {
        var setting = new Setting([new("b", 0.1), new("a", 1e-8), new("list", new[] { 1.0, 0.1 + 0.2 }), new("n", 9_007_199_254_740_993), new("text", "λ \"q\"")]);
        var same = new Setting([new("text", "λ \"q\""), new("n", 9_007_199_254_740_993), new("list", new[] { 1.0, 0.1 + 0.2 }), new("a", 1e-8), new("b", 0.1)]);
        setting.ToString().ShouldBe("""{"a":1E-08,"b":0.1,"list":[1,0.30000000000000004],"n":9007199254740993,"text":"\u03BB \u0022q\u0022"}""");
        setting.ShouldBe(same);
        setting.GetHashCode().ShouldBe(same.GetHashCode());
        setting.With("b", 0.2).ShouldNotBe(same);
        setting.Without("b").Names.ShouldBe(["a", "list", "n", "text"]);
        setting.Names.ShouldBe(["a", "b", "list", "n", "text"]);
        setting["none"].ShouldBeNull();
    }

    [Fact]
    public void ValuesComeBackFromTextAndFromJson()
    {
        var random = new System.Random(3);
        var number = Parameter.Number("x", double.MinValue, double.MaxValue);
        for (var trial = 0; trial < 1000; trial++)
        {
            var value = BitConverter.Int64BitsToDouble(random.NextInt64());
            if (!double.IsFinite(value))
                continue;
            number.Parse(Setting.Format(value)).ShouldBe(value);
            JsonNode.Parse(new Setting([new("x", value)]).ToString())!["x"]!.GetValue<double>().ShouldBe(value);
        }
    }

    [Fact]
    public void ListsAreCopiedAndOtherTypesRefused()
    {
        var list = new[] { 1.0, 2 };
        var setting = new Setting([new("times", list)]);
        list[0] = 9;
        ((double[])setting["times"]!)[0].ShouldBe(1);
        new Setting([new("n", 5)])["n"].ShouldBe(5L);
        Should.Throw<ParameterException>(() => new Setting([new("x", DateTime.UnixEpoch)])).Parameter.ShouldBe("x");
    }

    [Theory]
    [InlineData("dimensoin", "did you mean dimension?")]
    [InlineData("DIMENSION", "did you mean dimension?")]
    [InlineData("dim", "did you mean dimension?")]
    [InlineData("dimension", "")]
    [InlineData("", "")]
    [InlineData("q", "")]
    public void SuggestionsAreNearNames(string typed, string expected) => Suggestion.For(typed, ["dimension", "exponent"]).ShouldBe(expected);

    [Fact]
    public void MessagesStayOnOneLine() =>
        new ParameterException("teacher", "a\nb\u001b[31m", "one of x").Message.ShouldBe("teacher = a\uFFFDb\uFFFD[31m is not allowed: it must be one of x.");

    [Fact]
    public void MemoryIsStatedInAUnitThatFits()
    {
        new TooLargeException("this", 3.0 * (1L << 30), 512.0 * (1L << 20), "use less").Message.ShouldBe("this needs about 3 GiB of memory, and 512 MiB can be used; use less.");
        new TooLargeException("this", 2e17, 1e9, "use less").Message.ShouldContain("177.64 PiB");
    }
}
