using System.Text;
using Eigenflow.Studies;
using Shouldly;
using Xunit;

namespace Eigenflow.Tests.Hostile;

/// <summary>Study files that are too deep, too long, or too much.</summary>
public sealed class HostileStudyTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public static TheoryData<string, string> Texts => new()
    {
        { string.Concat(Enumerable.Range(0, 80_000).Select(k => FormattableString.Invariant($"k{k}=1\n"))), "at most 10000 names, tables and lists" },
        { string.Concat(Enumerable.Range(0, 100_000).Select(k => FormattableString.Invariant($"[t{k}]\n"))), "at most 10000 names, tables and lists" },
        { string.Concat(Enumerable.Range(0, 9_999).Select(k => FormattableString.Invariant($"k{k}=1\n"))), "k0 is no key of a study file" },
        { "a = " + new string('[', 500_000), "at most 32 levels of brackets" },
        { "a = " + string.Concat(Enumerable.Repeat("{b=", 300_000)), "at most 32 levels of brackets" },
        { "a = '\n" + new string('[', 500_000), "at most 32 levels of brackets" },
        { new string('[', 500_000), "at most 32 levels of brackets" },
        { string.Join('.', Enumerable.Repeat("a", 400_000)) + " = 1", "too many parts" },
        { "[" + string.Join('.', Enumerable.Repeat("a", 400_000)) + "]", "too many parts" },
        { new string('a', 1_000_000) + " = 1", "is no key" },
        { "title = \"" + new string('a', 1_000_000), "line 1" },
        { "a = [" + string.Concat(Enumerable.Repeat("1,", 400_000)) + "]", "is no key" },
        { "system = \"phase-retrieval\"\ntitle = \"" + new string('a', 900_000) + "\"", "title of a study file has 900000 letters" },
        { "system = \"phase-retrieval\"\nmethod = [\"" + new string('a', 900_000) + "\"]", "letters" },
        { new string('=', 10_000), "line 1" },
        { new string('"', 900_000), "" },
        { "a = \"\"\"" + new string('"', 900_000), "" },
    };

    [Theory]
    [MemberData(nameof(Texts))]
    public async Task TextsBeyondALimitAreRefused(string text, string named)
    {
        var path = folder.Write("study.toml", text);
        (await Attack.Refused(path, () => Study.Read(path))).ShouldContain(named);
    }

    [Fact]
    public async Task ALargeFileIsRefusedByItsLength()
    {
        var path = folder.Write("study.toml", "");
        using (var stream = File.OpenWrite(path))
            stream.SetLength(1L << 40);
        (await Attack.Refused(path, () => Study.Read(path))).ShouldContain("it has 1099511627776 bytes");
    }

    // Brackets and quotes within strings and comments are letters.
    [Fact]
    public void StringsAndCommentsMayHoldBrackets()
    {
        var text = new StringBuilder("# ").Append('[', 100).Append("\ntitle = \"").Append('[', 100).Append("\\\"").Append('{', 100).Append("\"\ndescription = \"\"\"\n").Append('[', 100)
            .Append("\n\"\"\"\nsystem = 'phase-retrieval' # ").Append('{', 100).Append("\n[parameters]\nexponent = [1.5, 2]\n");
        Study.Read(folder.Write("study.toml", text.ToString())).Runs.Count.ShouldBe(2);
    }

    public void Dispose() => folder.Dispose();
}
