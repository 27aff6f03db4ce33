namespace Eigenflow.EndToEnd;

/// <summary>The README and the guides.</summary>
public sealed class DocumentationTests(SharedReports reports) : PageTruth(reports)
{
    public static TheoryData<string> Pages() => [.. Names().Where(name => !SystemPageTests.IsOne(name))];

    [Theory]
    [MemberData(nameof(Pages))]
    public Task ThePageIsTrue(string name) => IsTrue(name);

    [Fact]
    public void WhatIsNotRunStandsInTheDocuments() =>
        NotRun.Keys.ShouldAllBe(command => Names().Any(name => File.ReadAllText(Path.Combine(Root, name)).Contains(command, StringComparison.Ordinal)));
}
