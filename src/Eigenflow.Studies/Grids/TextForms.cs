using System.Globalization;
using Eigenflow.Systems;

namespace Eigenflow.Studies;

/// <summary>
/// Where a list of texts is divided: a comma ends a value only where the next part begins another one. The forms of a parameter
/// (<see cref="ParameterInfo.Choices"/> and <see cref="ParameterInfo.Examples"/>) say which words begin values, which values are lists of numbers
/// (<c>list:0.8,0.2</c>) and how many numbers make one value (<c>3.4445,-4.775,2.0315</c>).
/// </summary>
internal sealed class TextForms
{
    private static readonly char[] Ends = [':', '+', '*'];
    private readonly HashSet<string> heads = new(StringComparer.Ordinal);
    private readonly HashSet<string> listHeads = new(StringComparer.Ordinal);
    private readonly int tuple;

    public TextForms(ParameterInfo parameter)
    {
        foreach (var form in parameter.Choices.Concat(parameter.Examples))
        {
            var parts = form.Split(',');
            if (parts.Length > 1 && parts.All(IsNumber))
                tuple = parts.Length;
            else
                heads.Add(Head(form));
            if (parts.Length > 1 && form.Contains(':', StringComparison.Ordinal))
                listHeads.Add(Head(form));
        }
    }

    /// <summary>The values of a list, at least one.</summary>
    public IReadOnlyList<string> Split(string text)
    {
        var values = new List<List<string>>();
        foreach (var part in text.Split(',', StringSplitOptions.TrimEntries))
        {
            if (values.Count > 0 && Continues(values[^1], part))
                values[^1].Add(part);
            else
                values.Add([part]);
        }

        return [.. values.Select(parts => string.Join(',', parts))];
    }

    private bool Continues(List<string> value, string part)
    {
        var head = Head(value[0]);
        if (tuple > 0 && value.TrueForAll(IsNumber))
            return value.Count < tuple && IsNumber(part);

        // Names of files may hold commas.
        if (string.Equals(head, "file", StringComparison.Ordinal))
            return !heads.Contains(Head(part));
        return listHeads.Contains(head) && !heads.Contains(Head(part)) && !(part.Length > 0 && char.IsLetter(part[0]));
    }

    private static string Head(string text) => text.IndexOfAny(Ends) is >= 0 and var end ? text[..end] : text;

    private static bool IsNumber(string text) => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out _);
}
