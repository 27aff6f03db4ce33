using Eigenflow.Cli;
using Eigenflow.Studies;
using Shouldly;
using Xunit;

namespace Eigenflow.Tests.Hostile;

/// <summary>Files of our own that are damaged: the record of requests, and saved states.</summary>
public sealed class OwnFileTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("null")]
    [InlineData("[1]")]
    [InlineData("{\"run\":[\"a\"]}")]
    [InlineData("{\"run\":\"\\ud800\"}")]
    [InlineData("{\"run\":\"run x\",\"run\":\"run y\"}")]
    [InlineData("{\"run\":\"\u0001\"}")]
    public void ADamagedRecordClaimsNothing(string text)
    {
        folder.Write("request.json", text);
        var results = new ResultFolder(folder.Path("."), "run", "run x", ["runs.csv"]);
        results.Check(isForced: false);
        folder.Write("runs.csv", "1");
        Should.Throw<ParameterException>(() => results.Check(isForced: false)).Message.ShouldContain("it holds a file runs.csv that this request has not made");
        results.Record();
        new ResultFolder(folder.Path("."), "run", "run x", ["runs.csv"]).Check(isForced: false);
    }

    [Fact]
    public void ADeepOrLongRecordClaimsNothing()
    {
        foreach (var text in (string[])[new('[', 2_000_000), new(' ', 1 << 25)])
        {
            folder.Write("request.json", text);
            new ResultFolder(folder.Path("."), "run", "run x", ["runs.csv"]).Check(isForced: false);
        }
    }

    [Fact]
    public void WhatIsNoFileIsNoState()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Other systems do not tell what a path is.");
        File.CreateSymbolicLink(folder.Path("replica-0.bin"), "/dev/zero");
        Directory.CreateDirectory(folder.Path("replica-1.bin"));
        var store = new FileCheckpointStore(folder.Path("."), TimeSpan.Zero);
        store.Load("replica-0").ShouldBeNull();
        store.Load("replica-1").ShouldBeNull();
    }

    public void Dispose() => folder.Dispose();
}
