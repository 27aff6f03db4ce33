using System.Diagnostics;
using System.Text;
using Eigenflow.Data;
using Eigenflow.Rendering;
using Eigenflow.Studies;
using Eigenflow.Systems;
using Eigenflow.Tests.Rendering;
using FsCheck.Xunit;
using Shouldly;
using Xunit;

namespace Eigenflow.Tests.Text;

public sealed class PrintableTextTests
{
    public static TheoryData<int> Unshown =>
    [
        0, 7, 8, 9, 10, 13, 0x1B, 0x7F, 0x80, 0x85, 0x9B, 0x9D, 0xAD, 0x61C, 0x200B, 0x200D, 0x200E, 0x200F, 0x2028, 0x2029, 0x202A, 0x202B, 0x202C, 0x202D, 0x202E, 0x2060, 0x2066, 0x2067, 0x2068, 0x2069, 0xFEFF, 0xE0041,
    ];

    [Theory]
    [MemberData(nameof(Unshown))]
    public void WhatIsObeyedAndNotShownIsReplaced(int code)
    {
        var text = "a" + char.ConvertFromUtf32(code) + "b";
        PrintableText.IsPrintable(text).ShouldBeFalse();
        PrintableText.Line(text).ShouldBe("a\uFFFDb");
        PrintableText.Block(text).ShouldBe(code is '\n' or '\t' ? text : "a\uFFFDb");
        new ParameterException("x", text, "y").Message.ShouldBe("x = a\uFFFDb is not allowed: it must be y.");
    }

    [Theory]
    [InlineData("λ_{max} ≤ 10^{−3}, 50 %")]
    [InlineData("日本語 עברית 😀 é")]
    public void WhatIsShownStays(string text)
    {
        PrintableText.Line(text).ShouldBe(text);
        PrintableText.Block(text + "\n\t" + text).ShouldBe(text + "\n\t" + text);
    }

    [Fact]
    public void HalfACharacterIsReplaced() => PrintableText.Line("a\uD800b").ShouldBe("a\uFFFDb");

    [Theory]
    [InlineData("=1+2", "'=1+2")]
    [InlineData("=cmd|' /C calc'!A0", "'=cmd|' /C calc'!A0")]
    [InlineData("+1-cmd", "'+1-cmd")]
    [InlineData("-2+3", "'-2+3")]
    [InlineData("@SUM(A1)", "'@SUM(A1)")]
    [InlineData("\uFF1D1", "'\uFF1D1")]
    [InlineData("-", "'-")]
    [InlineData("=a,b", "\"'=a,b\"")]
    [InlineData("'=a", "''=a")]
    [InlineData("\t=a", "\uFFFD=a")]
    [InlineData("\r=a", " =a")]
    [InlineData("a\nb", "a b")]
    [InlineData("-1.5e-7", "-1.5e-7")]
    [InlineData("+0.3", "+0.3")]
    [InlineData("-Infinity", "-Infinity")]
    [InlineData("-0.5 ± 0.1", "-0.5 ± 0.1")]
    [InlineData("-2 to -1", "-2 to -1")]
    [InlineData("-1,2", "\"-1,2\"")]
    [InlineData("a=b", "a=b")]
    [InlineData("'quoted'", "'quoted'")]
    [InlineData("", "")]
    public void ATextIsNoFormula(string text, string cell) => CsvCell.Written(text).ShouldBe(cell);

    [Property(MaxTest = 500)]
    public void ACellComesBackAsItWas(string? text, bool isFormula)
    {
        var shown = (isFormula ? "=" : "") + PrintableText.Line(text ?? "").Replace("\uFFFD", "", StringComparison.Ordinal).Trim();
        var cell = CsvCell.Written(shown);
        if (cell.StartsWith('"'))
            cell = cell[1..^1].Replace("\"\"", "\"", StringComparison.Ordinal);
        CsvCell.Read(cell).ShouldBe(shown);
    }

    [Fact]
    public void OurReadersTakeTheApostropheBack()
    {
        using var folder = new TemporaryFolder();
        var path = folder.Write("t.csv", CsvText.Render(["=a", "@b", "-c"], [["1", "=x", "-2"], ["2", "+y", "-3"], ["3", "'=z", "4"]]));
        File.ReadAllText(path).ShouldBe("'=a,'@b,'-c\n1,'=x,-2\n2,'+y,-3\n3,''=z,4\n");
        var table = ColumnTable.Read(path);
        table.Names.ShouldBe(["=a", "@b", "-c"]);
        table.Texts("@b").ShouldBe(["=x", "+y", "'=z"]);
        table.Numbers("-c").ShouldBe([-2, -3, 4]);
    }

    [Fact]
    public void ColoursAreTheOnlyControlOfAPlot()
    {
        const string hostile = "\u001b[2J\u009b31m\u202E=a\r\nb";
        var figure = SampleFigures.Of(SampleFigures.Curve(hostile, 0, [1, 2, 3], x => x), SampleFigures.Curve("c", 1, [1, 2, 3], x => 4 - x)) with { Title = hostile, Caption = hostile };
        var claim = new Claim
        {
            Id = "c",
            Statement = hostile,
            Predicted = 1,
            Measured = 1,
            Test = ClaimTest.Absolute,
            Kind = PredictionKind.Exact,
            Source = hostile,
            Obtained = hostile,
            Window = hostile,
            Lacks = hostile,
            Interval = hostile,
            Horizon = new ClaimHorizon(hostile, 1, 2),
            Scales = [new ClaimScale(hostile, 1, 2)],
        };
        foreach (var text in new[] { TerminalPlot.Render(figure, 80, 12, colour: true), ClaimsTable.Render([claim], 80, colour: true) })
        {
            text.ShouldContain("\u001b[38;2;");
            var plain = System.Text.RegularExpressions.Regex.Replace(text, "\u001b\\[(38;2;[0-9]+;[0-9]+;[0-9]+|0)m", "", System.Text.RegularExpressions.RegexOptions.None, TimeSpan.FromSeconds(1));
            plain.ShouldBe(PrintableText.Block(plain));
            plain.ShouldContain("=a");
        }
    }

    [Theory]
    [InlineData("plain")]
    [InlineData("")]
    [InlineData("two words")]
    [InlineData("it's $HOME `id` \"x\" \\ ! * ? [a] {b} ~ # & | ; < > ( )")]
    [InlineData("-leading %A ^ = :")]
    [InlineData("line\nbreak\ttab\u001b[31m\u202E\u009b'\\")]
    [InlineData("\uFFFE 日本 😀")]
    public void AShellReadsAWordAsItIs(string word)
    {
        PrintableText.IsPrintable(ShellWord.Quoted(word)).ShouldBeTrue();
        using var process = Process.Start(new ProcessStartInfo("bash", ["-c", "printf %s " + ShellWord.Quoted(word)]) { UseShellExecute = false, RedirectStandardOutput = true, StandardOutputEncoding = Encoding.UTF8 })!;
        process.StandardOutput.ReadToEnd().ShouldBe(word);
        process.WaitForExit();
        process.ExitCode.ShouldBe(0);
    }

    [Theory]
    [InlineData("figure-2", true)]
    [InlineData("a.b_C-9", true)]
    [InlineData("", false)]
    [InlineData(null, false)]
    [InlineData("../x", false)]
    [InlineData("a..b", false)]
    [InlineData(".hidden", false)]
    [InlineData("-rf", false)]
    [InlineData("a/b", false)]
    [InlineData("a\\b", false)]
    [InlineData("a\n", false)]
    [InlineData("é", false)]
    public void AnIdentifierIsTheNameOfAFile(string? id, bool isAllowed) => FileId.IsAllowed(id).ShouldBe(isAllowed);
}
