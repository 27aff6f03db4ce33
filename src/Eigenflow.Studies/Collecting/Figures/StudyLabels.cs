using System.Globalization;
using Eigenflow.Settings;

namespace Eigenflow.Studies;

/// <summary>How figures of a study call its columns and their values.</summary>
internal sealed class StudyLabels(Study study)
{
    /// <summary>What an axis calls a column or a formula.</summary>
    public string Axis(string text)
    {
        if (study.System.Parameters.FirstOrDefault(parameter => string.Equals(parameter.Name, text, StringComparison.Ordinal)) is { } info)
            return $"{Words(info.Name)} {info.Symbol}".TrimEnd();
        if (study.System.Observables.FirstOrDefault(quantity => string.Equals(quantity.Name, text, StringComparison.Ordinal)) is { } observable)
            return observable.AxisLabel.Length > 0 ? observable.AxisLabel : observable.Symbol.Equals(text, StringComparison.OrdinalIgnoreCase) ? observable.Symbol : $"{Words(observable.Name)} {observable.Symbol}";
        if (study.Derived.Any(quantity => quantity.Columns.Contains(text, StringComparer.Ordinal)) || !IsName(text))
            return Words(text);
        return text.StartsWith(KeptColumns.Last, StringComparison.Ordinal) ? $"last {Axis(text[KeptColumns.Last.Length..])}"
            : text.StartsWith(KeptColumns.Event, StringComparison.Ordinal) ? $"time of {Words(text[KeptColumns.Event.Length..])}"
            : text.StartsWith(KeptColumns.Solver, StringComparison.Ordinal) ? $"{Words(text[KeptColumns.Solver.Length..])} of the solver"
            : Words(text);
    }

    /// <summary>What a legend calls a value of a column, such as <c>a = 1.5</c>.</summary>
    public string Value(string column, string value) => column is "method" or "status"
        ? value
        : $"{(study.System.Parameters.FirstOrDefault(parameter => string.Equals(parameter.Name, column, StringComparison.Ordinal)) is { Symbol.Length: > 0 } info ? info.Symbol : Words(column))} = {Short(value)}";

    /// <summary>A name as words.</summary>
    public static string Words(string name) => name.Replace('-', ' ');

    /// <summary>Powers of ten as such, few digits elsewhere: labels are read, not copied.</summary>
    public static string Short(string value) => double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? Setting.Shown(number) : value;

    private static bool IsName(string text) => text.All(letter => char.IsAsciiLetterOrDigit(letter) || letter == '-');
}
