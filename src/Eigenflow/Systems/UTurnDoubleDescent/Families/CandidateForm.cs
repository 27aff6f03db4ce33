using System.Globalization;
using Eigenflow.Settings;

namespace Eigenflow.Systems.UTurnDoubleDescent;

/// <summary>How many features every node of a tree looks at.</summary>
/// <param name="Count">That many; 0 for all, −1 for the root of their number.</param>
internal sealed record CandidateForm(int Count)
{
    /// <summary>All features.</summary>
    public static readonly CandidateForm All = new(0);

    /// <summary>The root of the number of features, rounded down.</summary>
    public static readonly CandidateForm Root = new(-1);

    /// <summary>Declares the parameter <c>candidates</c>.</summary>
    public static Parameter<CandidateForm?> Parameter(string help) =>
        Settings.Parameter.Text<CandidateForm?>("candidates", "", null, help, [TextForm.Of("all"), TextForm.Of("root"), TextForm.OfNumbers("a number of features", 1)], Read, form => form!.ToString()) with { Examples = ["5"] };

    /// <summary>The number for given features; null for all.</summary>
    public int? Of(int features) => Count switch { 0 => null, < 0 => Math.Max(1, (int)Math.Sqrt(features)), _ => Math.Min(Count, features) };

    /// <inheritdoc/>
    public override string ToString() => Count switch { 0 => "all", < 0 => "root", _ => Count.ToString(CultureInfo.InvariantCulture) };

    private static CandidateForm Read(string text) => text switch
    {
        "all" => All,
        "root" => Root,
        _ => TextForm.Whole(text) is >= 1 and <= int.MaxValue and var count ? new((int)count) : throw new ParameterException("candidates", text, "all, root or a whole number >= 1", Suggestion.For(text, ["all", "root"])),
    };
}
