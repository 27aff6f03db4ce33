using Eigenflow.Data;
using Eigenflow.Scaling;
using Eigenflow.Scaling.Collapse;
using Eigenflow.Scaling.LossCurves;
using Shouldly;
using Xunit;

namespace Eigenflow.Tests.Data;

/// <summary>Counts as tables and names of files spell them, in every reader of such tables.</summary>
public sealed class QuantityTextTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("124M", 124e6)]
    [InlineData("1.3B", 1.3e9)]
    [InlineData("70m", 70e6)]
    [InlineData("350K", 350e3)]
    [InlineData("6.9b", 6.9e9)]
    [InlineData("300 B", 300e9)]
    [InlineData("2T", 2e12)]
    [InlineData("1e6", 1e6)]
    [InlineData("12", 12)]
    public void Counts(string text, double expected)
    {
        QuantityText.TryParse(text, false, out var value).ShouldBeTrue();
        value.ShouldBe(expected);
    }

    [Theory]
    [InlineData("124MB")]
    [InlineData("1,3B")]
    [InlineData("1e3K")]
    [InlineData("-5M")]
    [InlineData("M")]
    [InlineData("1.2.3M")]
    [InlineData("7B-chat")]
    [InlineData("5Mi")]
    [InlineData("5bn")]
    public void WhatMayMeanSomethingElseIsNone(string text)
    {
        QuantityText.TryParse(text, false, out var value).ShouldBeFalse();
        value.ShouldBe(double.NaN);
        QuantityText.TryParse("1,3B", true, out var comma).ShouldBeTrue();
        comma.ShouldBe(1.3e9);
    }

    [Fact]
    public void EveryReaderOfCurvesUnderstandsThem()
    {
        var path = folder.Write("a.csv", "params,tokens,loss\n124M,1B,3\n124M,2B,2.5\n124M,4B,2.2\n1.3B,1B,2.8\n1.3B,2B,2.4\n1.3B,4e9,2\n");
        var runs = LadderReader.Read([path]).Runs;
        runs.Select(run => run.Size).ShouldBe([124e6, 1.3e9]);
        runs[1].Times.ShouldBe([1e9, 2e9, 4e9]);
        TableCurve.Read([path], new CurveColumns { X = "tokens", Y = ["loss"], Group = ["params"] })[1].X.ShouldBe([1e9, 2e9, 4e9]);
        var one = folder.Write("b.csv", "tokens,loss,lr\n1B,3,1\n2B,2.5,1\n4B,2.2,1\n");
        LossCurveReader.Read(one).Steps.ShouldBe([1, 2, 4]);
        Should.Throw<InputFileException>(() => LadderReader.Read([folder.Write("c.csv", "params,tokens,loss\n124M,1,3\n124M,2,2\n1.3Bn,1,3\n1.3B,2,2\n")])).Message.ShouldContain("K, M, B or T");

        // Losses and learning rates are no counts: 3m may be three thousandths.
        Should.Throw<InputFileException>(() => LossCurveReader.Read(folder.Write("d.csv", "step,loss,lr\n1,3,3m\n2,2,3m\n")));
        Should.Throw<InputFileException>(() => TableCurve.Read([folder.Write("e.csv", "step,loss\n1,3K\n2,2K\n")], new CurveColumns())[0].Y);
    }

    [Theory]
    [InlineData("pythia-{params}-{*}", "pythia-70m-deduped", 70e6)]
    [InlineData("{schedule}_{params}_seed{seed}", "cosine_1.3B_seed0", 1.3e9)]
    [InlineData("run{params}", "run1e6", 1e6)]
    [InlineData("run{params}seed{seed}", "run350Kseed1", 350)]
    public void NamesOfFilesHoldThem(string pattern, string name, double expected)
    {
        var parsed = NamePattern.Parse(pattern);
        if (name.Contains("Kseed", StringComparison.Ordinal))
        {
            // The letter stands right before other letters: no match, and an error.
            Should.Throw<InputFileException>(() => parsed.Read(name + ".csv"));
            return;
        }

        NamePattern.Number(parsed.Read(name + ".csv")["params"]).ShouldBe(expected);
    }

    [Fact]
    public void LettersRightBehindANumberAreRefused() =>
        Should.Throw<InputFileException>(() => NamePattern.Parse("gpt{params}{*}").Read("gpt2medium.csv")).Message.ShouldContain("right behind the number of {params}");
}
