using System.Globalization;
using Eigenflow.Settings;

namespace Eigenflow.Systems.MultiClassSgd;

/// <summary>The classes as they were written: their number, or a file of labelled rows.</summary>
/// <param name="Text">What was written.</param>
internal sealed record ClassesForm(string Text)
{
    private const int Most = 1000;
    private const string Allowed = "a whole number from 2 to 1000, or file:PATH";

    /// <summary>The file, or null.</summary>
    public string? Path => TextForm.PathOf(Text);

    /// <summary>Their number where it was written.</summary>
    public int? Count => TextForm.Whole(Text) is >= 2 and <= Most and var count ? (int)count : null;

    /// <summary>Declares the parameter.</summary>
    /// <param name="help">One sentence.</param>
    public static Parameter<ClassesForm> Parameter(string help) =>
        Settings.Parameter.Text("classes", "C", "2", help, [TextForm.OfNumbers("a whole number", 1), TextForm.File], Read, form => form.Count?.ToString(CultureInfo.InvariantCulture) ?? form.Text) with { Examples = ["3"] };

    private static ClassesForm Read(string text) => new ClassesForm(text) is var form && (form.Count is not null || form.Path is not null) ? form : throw new ParameterException("classes", text, Allowed, Suggestion.For(text.Split(':')[0], ["file"]));
}
