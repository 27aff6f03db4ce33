using System.Globalization;

namespace Eigenflow.Systems;

/// <summary>The type of a parameter's value.</summary>
public enum ParameterKind
{
    /// <summary>A finite number (<see cref="double"/>).</summary>
    Number,

    /// <summary>A whole number (<see cref="long"/>); <c>1e6</c> is accepted.</summary>
    Integer,

    /// <summary>A text, checked by the system.</summary>
    Text,

    /// <summary>One of <see cref="ParameterInfo.Choices"/>.</summary>
    Choice,

    /// <summary>A comma-separated list of finite numbers (<c>double[]</c>).</summary>
    NumberList,
}

/// <summary>All that a host needs to know of one parameter of a system: it produces options, help, checks and tables from this.</summary>
public sealed record ParameterInfo
{
    /// <summary>Name as hosts spell it: lower case with hyphens, such as <c>learning-rate</c>.</summary>
    public required string Name { get; init; }

    /// <summary>Symbol in the field's notation, such as <c>η</c>, or empty.</summary>
    public string Symbol { get; init; } = "";

    /// <summary>Type of the value.</summary>
    public required ParameterKind Kind { get; init; }

    /// <summary>One sentence: meaning, and why the default is what it is.</summary>
    public required string Help { get; init; }

    /// <summary>Unit, or empty.</summary>
    public string Unit { get; init; } = "";

    /// <summary>Bound of numbers that have no other one: every range has two ends that a refusal can state.</summary>
    public const double LargestNumber = 1e300;

    /// <summary>Smallest allowed number.</summary>
    public double Minimum { get; init; } = -LargestNumber;

    /// <summary>Largest allowed number.</summary>
    public double Maximum { get; init; } = LargestNumber;

    /// <summary>Whether <see cref="Minimum"/> itself is excluded.</summary>
    public bool MinimumIsOpen { get; init; }

    /// <summary>Whether <see cref="Maximum"/> itself is excluded.</summary>
    public bool MaximumIsOpen { get; init; }

    /// <summary>The default, or null where the system derives it from the other values.</summary>
    public object? Default { get; init; }

    /// <summary>The allowed words of a <see cref="ParameterKind.Choice"/>, or examples of a <see cref="ParameterKind.Text"/>.</summary>
    public IReadOnlyList<string> Choices { get; init; } = [];

    /// <summary>Of a <see cref="ParameterKind.Text"/> whose <see cref="Choices"/> describe forms (such as <c>file:PATH</c>): values of them as they are typed.</summary>
    public IReadOnlyList<string> Examples { get; init; } = [];

    /// <summary>Whether it belongs to the problem (and not to one of the methods).</summary>
    public bool BelongsToProblem { get; init; } = true;

    /// <summary>The range of a number that is an option of an analysis and no parameter of a system.</summary>
    /// <param name="name">Name as hosts spell it.</param>
    /// <param name="minimum">Smallest allowed number.</param>
    /// <param name="maximum">Largest allowed number.</param>
    public static ParameterInfo Number(string name, double minimum, double maximum) => new() { Name = name, Kind = ParameterKind.Number, Help = "", Minimum = minimum, Maximum = maximum };

    /// <summary>The range of a whole number that is an option of an analysis and no parameter of a system.</summary>
    /// <param name="name">Name as hosts spell it.</param>
    /// <param name="minimum">Smallest allowed number.</param>
    /// <param name="maximum">Largest allowed number.</param>
    public static ParameterInfo Whole(string name, double minimum, double maximum) => Number(name, minimum, maximum) with { Kind = ParameterKind.Integer };

    /// <summary>The allowed values in words, such as <c>a number &gt; 0 and &lt;= 1</c>.</summary>
    public string Allowed => Kind switch
    {
        ParameterKind.Choice => "one of " + string.Join(", ", Choices),
        ParameterKind.Text => (Choices.Count == 0 ? "a text" : string.Join(", ", Choices)) + (Examples.Count == 0 ? "" : ", such as " + string.Join(" or ", Examples)),
        ParameterKind.NumberList => "a list of numbers" + Range() + ", such as 1,10,100",
        ParameterKind.Integer => "a whole number" + Range(),
        _ => "a number" + Range(),
    };

    /// <summary>Turns what a user typed into the typed value, checked.</summary>
    /// <param name="text">The text, such as <c>1e6</c>.</param>
    /// <returns>A double, long, string or double[].</returns>
    /// <exception cref="ParameterException">Not of the kind or out of range.</exception>
    public object Parse(string text)
    {
        switch (Kind)
        {
            case ParameterKind.Text:
                return text;
            case ParameterKind.Choice:
                return Choices.Contains(text, StringComparer.Ordinal) ? text : throw new ParameterException(Name, text, Allowed, Suggestion.For(text, Choices));
            case ParameterKind.NumberList:
                return text.Split(',', StringSplitOptions.TrimEntries)
                    .Select(part => Check(ParseNumber(part, text), text)).ToArray();
            case ParameterKind.Integer:
                if (long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var exact))
                {
                    _ = Check(exact, text);
                    return exact;
                }

                var number = Check(ParseNumber(text, text), text);
                return number == Math.Floor(number) && Math.Abs(number) <= 9.0e15 ? (long)number : throw Refuse(text);
            default:
                return Check(ParseNumber(text, text), text);
        }
    }

    /// <summary>Checks a typed value, converting between whole and real numbers where that is exact.</summary>
    /// <param name="value">A double, long, string or double[].</param>
    /// <returns>The value in the type of <see cref="Kind"/>.</returns>
    /// <exception cref="ParameterException">Not of the kind or out of range.</exception>
    public object Check(object value) => Parse(Setting.Format(value));

    private double ParseNumber(string part, string whole) =>
        double.TryParse(part, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number)
            ? number
            : throw Refuse(whole);

    private double Check(double number, string text)
    {
        var low = MinimumIsOpen ? number > Minimum : number >= Minimum;
        var high = MaximumIsOpen ? number < Maximum : number <= Maximum;

        // −0 + 0 = 0: equal requests have equal settings.
        return low && high ? number + 0.0 : throw Refuse(text);
    }

    private ParameterException Refuse(string text) => new(Name, text, Allowed);

    private string Range() => $" {(MinimumIsOpen ? ">" : ">=")} {Bound(Minimum)} and {(MaximumIsOpen ? "<" : "<=")} {Bound(Maximum)}";

    // 1e15 reads better than its sixteen digits.
    private static string Bound(double number) =>
        Math.Abs(number) >= 1e5 ? number.ToString("0.###############e0", CultureInfo.InvariantCulture) : Setting.Format(number);
}
