namespace Eigenflow.Settings;

/// <summary>Where a list of texts is divided: what a comma is follows from the form of the value before it.</summary>
internal static class CommaList
{
    /// <summary>The values of a list, at least one.</summary>
    public static IReadOnlyList<string> Split(IReadOnlyList<TextForm> forms, string text)
    {
        var values = new List<List<string>>();
        foreach (var part in text.Split(',', StringSplitOptions.TrimEntries))
        {
            if (values.Count > 0 && Continues(forms, values[^1], part))
                values[^1].Add(part);
            else
                values.Add([part]);
        }

        return [.. values.Select(parts => string.Join(',', parts))];
    }

    private static bool Continues(IReadOnlyList<TextForm> forms, List<string> value, string part)
    {
        var word = TextForm.WordOf(value[0]);
        var begins = Begins(forms, part);
        var form = forms.FirstOrDefault(candidate => candidate.Numbers == 0 && string.Equals(candidate.Word, word, StringComparison.Ordinal));
        if (form is null && value.TrueForAll(item => TextForm.Real(item) is not null))
            return TextForm.Real(part) is not null && forms.Any(candidate => candidate.Numbers > value.Count);
        return form?.Commas switch
        {
            // Names of files may hold anything but the beginning of another value.
            CommaMeaning.IsLetter => !begins,
            CommaMeaning.SeparatesItems => !begins && !(part.Length > 0 && char.IsLetter(part[0])),
            _ => false,
        };
    }

    private static bool Begins(IReadOnlyList<TextForm> forms, string part) =>
        TextForm.WordOf(part) is var word && forms.Any(form => form.Numbers == 0 && string.Equals(form.Word, word, StringComparison.Ordinal));
}
