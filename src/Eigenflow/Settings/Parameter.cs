using System.Globalization;

namespace Eigenflow.Settings;

/// <summary>
/// All that a host needs to know of one parameter: it produces options, help, checks and tables from this. A system declares each as a <see cref="Parameter{T}"/>,
/// which is also how it reads the value; one declaration serves both.
/// </summary>
public abstract partial record Parameter
{
    /// <summary>Bound of numbers that have no other one: every range has two ends that a refusal can state.</summary>
    public const double LargestNumber = 1e300;

    private protected Parameter(ParameterFacts facts)
    {
        Name = facts.Name;
        Symbol = facts.Symbol;
        Kind = facts.Kind;
        Help = facts.Help;
        Minimum = facts.Range.Minimum ?? -LargestNumber;
        Maximum = facts.Range.Maximum ?? LargestNumber;
        MinimumIsOpen = facts.Range.MinimumIsOpen;
        MaximumIsOpen = facts.Range.MaximumIsOpen;
        Default = facts.Default;
        Choices = facts.Choices;
        Forms = facts.Forms;
        Reader = facts.Reader;
        Writer = facts.Writer;
    }

    /// <summary>Name as hosts spell it: lower case with hyphens, such as <c>learning-rate</c>.</summary>
    public string Name { get; init; }

    /// <summary>Another name that a command line takes for this one, such as <c>template</c> for <c>templates</c>; empty where there is none.</summary>
    public string OtherName { get; init; } = "";

    /// <summary>Symbol in the field's notation, such as <c>η</c>, or empty.</summary>
    public string Symbol { get; init; }

    /// <summary>Type of the value.</summary>
    public ParameterKind Kind { get; }

    /// <summary>One sentence: meaning, and why the default is what it is.</summary>
    public string Help { get; init; }

    /// <summary>Unit, or empty.</summary>
    public string Unit { get; init; } = "";

    /// <summary>Smallest allowed number.</summary>
    public double Minimum { get; init; }

    /// <summary>Largest allowed number.</summary>
    public double Maximum { get; init; }

    /// <summary>Whether <see cref="Minimum"/> itself is excluded.</summary>
    public bool MinimumIsOpen { get; init; }

    /// <summary>Whether <see cref="Maximum"/> itself is excluded.</summary>
    public bool MaximumIsOpen { get; init; }

    /// <summary>The default, a double, long, string or double[]; null where the system derives it from the other values.</summary>
    public object? Default { get; init; }

    /// <summary>The numbers that people play with, where they do not follow from limits and default; null where they do. A page makes its slider of them.</summary>
    public UsualRange? Usual { get; init; }

    /// <summary>The allowed words of a <see cref="ParameterKind.Choice"/>.</summary>
    public IReadOnlyList<string> Choices { get; }

    /// <summary>The forms of a <see cref="ParameterKind.Text"/>.</summary>
    public IReadOnlyList<TextForm> Forms { get; }

    /// <summary>Values of <see cref="Forms"/> as they are typed.</summary>
    public IReadOnlyList<string> Examples { get; init; } = [];

    /// <summary>What must be chosen for this parameter to mean anything, such as <c>(spectrum, power-law)</c> for its exponent; null where it always does. Elsewhere it is left out, and may not be given.</summary>
    public (Parameter Other, string Value)? OnlyWith { get; init; }

    /// <summary>Turns the value in a setting (a double, long, string or double[], or null where it is absent) into that of the system; null where they are the same.</summary>
    internal Func<object?, object?>? Reader { get; }

    /// <summary>Turns a value of the system into that of a setting; null where they are the same.</summary>
    internal Func<object?, object?>? Writer { get; }

    /// <summary>The allowed values in words, such as <c>a number &gt; 0 and &lt;= 1</c>.</summary>
    public string Allowed => Kind switch
    {
        ParameterKind.Choice => "one of " + string.Join(", ", Choices),
        ParameterKind.Text => (Forms.Count == 0 ? "a text" : string.Join(", ", Forms)) + (Examples.Count == 0 ? "" : ", such as " + string.Join(" or ", Examples)),
        ParameterKind.NumberList => "a list of numbers" + Range() + ", such as 1,10,100",
        ParameterKind.Integer => "a whole number" + Range(),
        _ => "a number" + Range(),
    };

    /// <summary>Turns what a user typed for one value into it, checked.</summary>
    /// <param name="text">The text, such as <c>1e6</c>.</param>
    /// <returns>A double, long, string or double[].</returns>
    /// <exception cref="ParameterException">Not of the kind or out of range. Texts are checked when they are read.</exception>
    public object Parse(string text)
    {
        switch (Kind)
        {
            case ParameterKind.Text:
                return text;
            case ParameterKind.Choice:
                return Choices.Contains(text, StringComparer.Ordinal) ? text : throw new ParameterException(Name, text, Allowed, Suggestion.For(text, Choices));
            case ParameterKind.NumberList:
                return text.Split(',', StringSplitOptions.TrimEntries).Select(part => InRange(ParseNumber(part, text), text)).ToArray();
            case ParameterKind.Integer:
                if (long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var exact))
                {
                    _ = InRange(exact, text);
                    return exact;
                }

                var number = InRange(ParseNumber(text, text), text);
                return number == Math.Floor(number) && Math.Abs(number) <= 9.0e15 ? (long)number : throw Refuse(text);
            default:
                return InRange(ParseNumber(text, text), text);
        }
    }

    /// <summary>Checks a typed value, converting between whole and real numbers where that is exact.</summary>
    /// <param name="value">A double, long, string or double[].</param>
    /// <returns>The value in the type of <see cref="Kind"/>.</returns>
    /// <exception cref="ParameterException">Not of the kind or out of range.</exception>
    public object Check(object value) => Parse(Setting.Format(value));

    /// <summary>Turns what a user typed for many values into them: see <see cref="ValueList"/>.</summary>
    /// <param name="text">What the user typed.</param>
    /// <exception cref="ParameterException">A value or a range that is not allowed.</exception>
    public IReadOnlyList<object> ParseList(string text) => ValueList.Parse(this, text);

    private double ParseNumber(string part, string whole) => TextForm.Real(part) ?? throw Refuse(whole);

    private double InRange(double number, string text)
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

/// <summary>A parameter with the type that a system reads it in. What it does is in <see cref="Parameter"/>: a type costs nothing at the start of a program.</summary>
/// <typeparam name="T">Such as <see cref="double"/>, <see cref="int"/>, an enumeration, or what a text describes; a nullable type where the parameter may be absent.</typeparam>
public sealed record Parameter<T> : Parameter
{
    internal Parameter(ParameterFacts facts)
        : base(facts)
    {
    }

    /// <summary>Reads one value from a text.</summary>
    /// <param name="text">What the user typed.</param>
    /// <exception cref="EigenflowException">Not allowed.</exception>
    public T Read(string text) => (T)(Reader is null ? Parse(text) : Reader(Parse(text)))!;
}

/// <summary>What a declaration says of a parameter.</summary>
internal sealed class ParameterFacts(string name, string symbol, ParameterKind kind, string help, object? value = null, ValueRange range = default)
{
    public string Name => name;

    public string Symbol => symbol;

    public ParameterKind Kind => kind;

    public string Help => help;

    public object? Default => value;

    public ValueRange Range => range;

    public IReadOnlyList<string> Choices { get; init; } = [];

    public IReadOnlyList<TextForm> Forms { get; init; } = [];

    public Func<object?, object?>? Reader { get; init; }

    public Func<object?, object?>? Writer { get; init; }
}
