using System.Globalization;

namespace Eigenflow.Systems;

/// <summary>The six words of verdicts and the sentence that counts them, the same in reports, tables and files.</summary>
public static class VerdictWords
{
    /// <summary>All verdicts in the order in which they are counted.</summary>
    public static IReadOnlyList<Verdict> All { get; } = [Verdict.Holds, Verdict.Fails, Verdict.FailsAsPrinted, Verdict.OutOfWindow, Verdict.Inconclusive, Verdict.Reduced];

    /// <summary>The word, such as <c>out of window</c>.</summary>
    /// <param name="verdict">The verdict.</param>
    public static string Of(Verdict verdict) => verdict switch
    {
        Verdict.Holds => "holds",
        Verdict.Fails => "fails",
        Verdict.FailsAsPrinted => "fails as printed",
        Verdict.OutOfWindow => "out of window",
        Verdict.Inconclusive => "inconclusive",
        _ => "reduced",
    };

    /// <summary>A count with its word, such as <c>2 hold</c> or <c>1 reduced</c>.</summary>
    /// <param name="count">How many.</param>
    /// <param name="verdict">Of which verdict.</param>
    public static string Counted(int count, Verdict verdict) => count.ToString(CultureInfo.InvariantCulture) + " " + verdict switch
    {
        Verdict.Holds when count != 1 => "hold",
        Verdict.Fails when count != 1 => "fail",
        Verdict.FailsAsPrinted when count != 1 => "fail as printed",
        _ => Of(verdict),
    };

    /// <summary>A sentence such as <c>97 claims: 90 hold, 0 fail, 3 out of window, 2 inconclusive, 2 reduced</c>; after the first two, words without a case are left out; <c>no claim</c> where there is none.</summary>
    /// <param name="verdicts">The verdicts.</param>
    /// <param name="noun">What is counted, in the singular.</param>
    public static string Sentence(IReadOnlyCollection<Verdict> verdicts, string noun = "claim")
    {
        ArgumentNullException.ThrowIfNull(verdicts);
        if (verdicts.Count == 0)
            return "no " + noun;
        var counts = All.Select(verdict => (verdict, count: verdicts.Count(one => one == verdict)));
        return string.Create(CultureInfo.InvariantCulture, $"{verdicts.Count} {noun}{(verdicts.Count == 1 ? "" : "s")}: ")
            + string.Join(", ", counts.Where(pair => pair.count > 0 || pair.verdict is Verdict.Holds or Verdict.Fails).Select(pair => Counted(pair.count, pair.verdict)));
    }

    /// <summary>Where a verdict stands when cases of one statement are summed up by their worst: the largest rank decides. A case out of window decides only where there is no other.</summary>
    /// <param name="verdict">The verdict of a case.</param>
    public static int Rank(Verdict verdict) => verdict switch
    {
        Verdict.Fails => 5,
        Verdict.Inconclusive => 4,
        Verdict.Reduced => 3,
        Verdict.FailsAsPrinted => 2,
        Verdict.Holds => 1,
        _ => 0,
    };
}
