using System.Globalization;
using System.Text.RegularExpressions;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using Shouldly;
using Xunit;

namespace Eigenflow.Tests.Text;

/// <summary>One format of numbers for people.</summary>
public sealed partial class DisplayNumberTests
{
    [Theory]
    [InlineData(0.0, "0")]
    [InlineData(1.0, "1")]
    [InlineData(-1.0, "−1")]
    [InlineData(0.30000000000000004, "0.3")]
    [InlineData(1e-7, "10^{−7}")]
    [InlineData(-1e-7, "−10^{−7}")]
    [InlineData(1.5e-7, "1.5×10^{−7}")]
    [InlineData(0.001, "0.001")]
    [InlineData(0.00099994, "9.999×10^{−4}")]
    [InlineData(0.00099996, "0.001")]
    [InlineData(9999.4, "9999")]
    [InlineData(9999.6, "10^{4}")]
    [InlineData(12345.0, "1.234×10^{4}")]
    [InlineData(1e6, "10^{6}")]
    [InlineData(-0.4999, "−0.4999")]
    [InlineData(5e-324, "4.941×10^{−324}")]
    [InlineData(double.MaxValue, "1.798×10^{308}")]
    [InlineData(double.NaN, "not a number")]
    [InlineData(double.PositiveInfinity, "∞")]
    [InlineData(double.NegativeInfinity, "−∞")]
    public void ANumberIsShort(double value, string shown) => DisplayNumber.Of(value).ShouldBe(shown);

    [Fact]
    public void ZeroHasNoSign() => (DisplayNumber.Of(-0.0), DisplayNumber.Fixed(-0.0, 1), DisplayNumber.Fixed(-0.004, 2)).ShouldBe(("0", "0.0", "0.00"));

    [Theory]
    [InlineData(0.123456, 2, "0.12")]
    [InlineData(123.456, 2, "123")]
    [InlineData(9.96, 2, "10")]
    [InlineData(0.123456, 9, "0.1235")]
    [InlineData(1.23456e-9, 1, "10^{−9}")]
    public void FewerDigitsMayBeAskedFor(double value, int digits, string shown) => DisplayNumber.Of(value, digits).ShouldBe(shown);

    [Theory]
    [InlineData(-0.49987, 0.0021, "−0.500 ± 0.002")]
    [InlineData(-0.49987, 0.00121, "−0.4999 ± 0.0012")]
    [InlineData(2.0, 0.0, "2")]
    [InlineData(2.0, double.NaN, "2")]
    [InlineData(1.5, 3e-13, "1.5")]
    [InlineData(-0.0001, 0.02, "0.00 ± 0.02")]
    [InlineData(1.234e-7, 2e-9, "(1.23 ± 0.02)×10^{−7}")]
    [InlineData(123456.0, 300.0, "(1.235 ± 0.003)×10^{5}")]
    [InlineData(3.0, 40.0, "3 ± 40")]
    [InlineData(1.5, 4e-13, "1.5")]
    [InlineData(0.0, 4e-13, "(0 ± 4)×10^{−13}")]
    public void AnIntervalDecidesTheDecimals(double value, double half, string shown) => DisplayNumber.WithInterval(value, half).ShouldBe(shown);

    [Theory]
    [InlineData(-0.5, "−1/2")]
    [InlineData(2.0 / 3, "2/3")]
    [InlineData(-4.0 / 3, "−4/3")]
    [InlineData(3.0, "3")]
    [InlineData(0.0, "0")]
    [InlineData(0.51, "0.51")]
    [InlineData(166.66666666666666, "166.7")]
    [InlineData(double.NaN, "not a number")]
    public void ASimpleFractionIsOne(double value, string shown) => DisplayNumber.Fraction(value).ShouldBe(shown);

    [Theory]
    [InlineData(999L, "999")]
    [InlineData(10_000L, "10^{4}")]
    [InlineData(50_000L, "5×10^{4}")]
    [InlineData(12_345L, "12345")]
    [InlineData(-12_345L, "−12345")]
    [InlineData(1_000_000_000_000L, "10^{12}")]
    public void ACountIsExact(long value, string shown) => DisplayNumber.Count(value).ShouldBe(shown);

    [Theory]
    [InlineData(-0.5, -0.49987, 0.0021, "−0.5", "−0.500 ± 0.002")]
    [InlineData(0.33333333, 0.3331212, 0.00003, "0.33333", "0.33312 ± 0.00003")]
    [InlineData(0.333333, 0.333312, null, "0.33333", "0.33331")]
    [InlineData(2.0, 2.0, null, "2", "2")]
    [InlineData(2.0, 2.0000000001, null, "2", "2")]
    [InlineData(0.02, 1.3e-9, null, "0.02", "1.3×10^{−9}")]
    public void WhatDiffersReadsDifferent(double predicted, double measured, double? half, string one, string other) => DisplayNumber.Compared(predicted, measured, half).ShouldBe((one, other));

    [Theory]
    [InlineData("1.5×10^{−7}", "1.5e-7")]
    [InlineData("2 × 10^{-3}", "2e-3")]
    [InlineData("10^{6}", "1e6")]
    [InlineData("−10^{−7}", "-1e-7")]
    [InlineData("within ± 10^{−4}", "within ± 1e-4")]
    [InlineData("−0.5 to −0.49", "-0.5 to -0.49")]
    [InlineData("N^{−0.5}, x − 1", "N^{−0.5}, x − 1")]
    public void FilesAndPlainTerminalsHaveNumbersThatParse(string shown, string plain) => DisplayNumber.Plain(shown).ShouldBe(plain);

    [Fact]
    public void SentencesWriteNumbersTheSameWay()
    {
        DisplayText.Of($"{1e-7} and {-0.00012345:G2}, {7} of {"those"}, {0.30000000000000004:R}").ShouldBe("10^{−7} and −1.2×10^{−4}, 7 of those, 0.30000000000000004");
        DisplayText.Plain($"{1e-7} and {-0.00012345:G2}, 10^{{2}}").ShouldBe("1e-7 and -1.2e-4, 10^{2}");
        DisplayText.Of($"{1.5:0.00} {1.504:0.##} {-0.001:0.00} {2.0:0.0#} {(double?)null}{123456.0:0.0} {7.9:0}").ShouldBe("1.50 1.5 0.00 2.0 1.235×10^{5} 8");
        DisplayText.Formula("t/dimension^2.003").ShouldBe("t/dimension^{2.003}");
        DisplayText.Formula("t/d^2").ShouldBe("t/d^2");
    }

    [Property(MaxTest = 2000)]
    public Property EveryNumberIsShortAndParses() => Prop.ForAll(Numbers(), value =>
    {
        var shown = DisplayNumber.Of(value);
        var plain = DisplayNumber.Plain(shown);
        var read = double.Parse(plain, NumberStyles.Float, CultureInfo.InvariantCulture);
        return Form().IsMatch(shown) && Digits(plain) <= DisplayNumber.MostDigits && Math.Abs(read - value) <= 5.001e-4 * Math.Abs(value) && !shown.Contains('-', StringComparison.Ordinal);
    });

    [Property(MaxTest = 2000)]
    public Property FewerDigitsAreStillTheNumber() => Prop.ForAll(Numbers(), Gen.Choose(1, 4).ToArbitrary(), (value, digits) =>
    {
        var read = double.Parse(DisplayNumber.Plain(DisplayNumber.Of(value, digits)), NumberStyles.Float, CultureInfo.InvariantCulture);
        return Math.Abs(read - value) <= 5.001 * Math.Pow(10, -digits) * Math.Abs(value);
    });

    [Property(MaxTest = 2000)]
    public Property AnIntervalHoldsItsNumber() => Prop.ForAll(Numbers(), Gen.Choose(-60, 20).Select(power => Math.Pow(10, power / 10.0)).ToArbitrary(), (value, part) =>
    {
        var half = Math.Abs(value * part);
        var shown = DisplayNumber.WithInterval(value, half);
        if (half < 1e-290 || half > 1e290)
            return true;
        var match = Pair().Match(DisplayNumber.Plain(shown));
        if (!match.Success)
            return false;
        var scale = match.Groups["power"].Success ? Math.Pow(10, int.Parse(match.Groups["power"].Value, CultureInfo.InvariantCulture)) : 1;
        double Read(string name) => double.Parse(match.Groups[name].Value, CultureInfo.InvariantCulture) * scale;
        return Math.Abs(Read("value") - value) <= 0.51 * half && Math.Abs(Read("half") - half) <= 0.51 * half && Decimals(match.Groups["value"].Value) == Decimals(match.Groups["half"].Value);
    });

    [Property(MaxTest = 1000)]
    public Property WhatIsShownToDifferDiffers() => Prop.ForAll(Numbers(), Gen.Choose(-9, 9).ToArbitrary(), (value, places) =>
    {
        var other = value * (1 + (places * 1e-5));
        var (one, two) = DisplayNumber.Compared(value, other, null);
        return places == 0 ? one == two : one != two || Math.Abs(places) < 2;
    });

    private static Arbitrary<double> Numbers() => Gen.Choose(-3000, 3000).SelectMany(_ => Gen.Choose(1, 99_999_999), (power, mantissa) => mantissa * 1e-7 * Math.Pow(10, power / 10)).SelectMany(_ => Gen.Elements(1.0, -1.0), (value, sign) => sign * value)
        .Where(value => Math.Abs(value) is > 1e-290 and < 1e290).ToArbitrary();

    private static int Digits(string plain) => plain.Split('e')[0].Replace(".", "", StringComparison.Ordinal).TrimStart('-', '0').TrimEnd('0').Length;

    private static int Decimals(string number) => number.IndexOf('.', StringComparison.Ordinal) is >= 0 and var point ? number.Length - point - 1 : 0;

    [GeneratedRegex(@"^−?(\d+(\.\d*[1-9])?(×10\^\{−?\d+\})?|10\^\{−?\d+\})$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Form();

    [GeneratedRegex(@"^\(?(?<value>-?\d+(\.\d+)?) ± (?<half>\d+(\.\d+)?)\)?(e(?<power>-?\d+))?$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Pair();
}
