namespace Eigenflow.EndToEnd;

/// <summary>The pages of the systems.</summary>
public sealed class SystemPageTests(SharedReports reports) : PageTruth(reports)
{
    public static TheoryData<string> Pages() => [.. Names().Where(IsOne)];

    /// <summary>Whether a page is that of a system.</summary>
    public static bool IsOne(string name) => name.StartsWith("docs/systems/", StringComparison.Ordinal);

    [Theory]
    [MemberData(nameof(Pages))]
    public Task ThePageIsTrue(string name) => IsTrue(name);
}
