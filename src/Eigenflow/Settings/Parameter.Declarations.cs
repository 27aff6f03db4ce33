namespace Eigenflow.Settings;

/// <content>How parameters are declared: one line each.</content>
public abstract partial record Parameter
{
    /// <summary>A number.</summary>
    /// <param name="name">Name as hosts spell it.</param>
    /// <param name="symbol">Symbol, or empty.</param>
    /// <param name="value">Default.</param>
    /// <param name="help">One sentence.</param>
    /// <param name="range">Range; every finite number by default.</param>
    public static Parameter<double> Number(string name, string symbol, double value, string help, ValueRange range = default) =>
        new(new ParameterFacts(name, symbol, ParameterKind.Number, help, value, range));

    /// <summary>A number that may be absent, or whose default the system derives.</summary>
    /// <param name="name">Name as hosts spell it.</param>
    /// <param name="symbol">Symbol, or empty.</param>
    /// <param name="help">One sentence.</param>
    /// <param name="range">Range; every finite number by default.</param>
    public static Parameter<double?> OptionalNumber(string name, string symbol, string help, ValueRange range = default) =>
        new(new ParameterFacts(name, symbol, ParameterKind.Number, help, null, range));

    /// <summary>A whole number of up to 64 bits.</summary>
    /// <param name="name">Name as hosts spell it.</param>
    /// <param name="symbol">Symbol, or empty.</param>
    /// <param name="value">Default.</param>
    /// <param name="help">One sentence.</param>
    /// <param name="range">Range.</param>
    public static Parameter<long> Whole(string name, string symbol, long value, string help, ValueRange range) =>
        new(new ParameterFacts(name, symbol, ParameterKind.Integer, help, value, range));

    /// <summary>A whole number that may be absent, or whose default the system derives.</summary>
    /// <param name="name">Name as hosts spell it.</param>
    /// <param name="symbol">Symbol, or empty.</param>
    /// <param name="help">One sentence.</param>
    /// <param name="range">Range.</param>
    public static Parameter<long?> OptionalWhole(string name, string symbol, string help, ValueRange range) =>
        new(new ParameterFacts(name, symbol, ParameterKind.Integer, help, null, range));

    /// <summary>A whole number that counts things in memory.</summary>
    /// <param name="name">Name as hosts spell it.</param>
    /// <param name="symbol">Symbol, or empty.</param>
    /// <param name="value">Default.</param>
    /// <param name="help">One sentence.</param>
    /// <param name="range">Range within that of <see cref="int"/>.</param>
    public static Parameter<int> Count(string name, string symbol, int value, string help, ValueRange range) =>
        new(new ParameterFacts(name, symbol, ParameterKind.Integer, help, (long)value, range) { Reader = read => checked((int)(long)read!), Writer = count => (long)(int)count! });

    /// <summary>A list of numbers that is one value, and may be absent.</summary>
    /// <param name="name">Name as hosts spell it.</param>
    /// <param name="help">One sentence.</param>
    /// <param name="range">Range of each.</param>
    public static Parameter<double[]?> OptionalList(string name, string help, ValueRange range = default) =>
        new(new ParameterFacts(name, "", ParameterKind.NumberList, help, null, range));

    /// <summary>One of some words.</summary>
    /// <typeparam name="T">What the words stand for.</typeparam>
    /// <param name="name">Name as hosts spell it.</param>
    /// <param name="symbol">Symbol, or empty.</param>
    /// <param name="value">Default.</param>
    /// <param name="help">One sentence.</param>
    /// <param name="choices">The words with what they stand for, in the order of help texts.</param>
    public static Parameter<T> Choice<T>(string name, string symbol, T value, string help, params IReadOnlyList<(string Word, object Value)> choices)
        where T : notnull => new(ChoiceFacts(name, symbol, value, help, choices));

    /// <summary>One of some words, or absent.</summary>
    /// <param name="name">Name as hosts spell it.</param>
    /// <param name="help">One sentence.</param>
    /// <param name="choices">The words.</param>
    public static Parameter<string?> OptionalChoice(string name, string help, params IReadOnlyList<string> choices) => new(new ParameterFacts(name, "", ParameterKind.Choice, help) { Choices = choices });

    /// <summary>A text with a grammar.</summary>
    /// <typeparam name="T">What the text describes.</typeparam>
    /// <param name="name">Name as hosts spell it.</param>
    /// <param name="symbol">Symbol, or empty.</param>
    /// <param name="value">Default, as it is typed; null where the parameter may be absent.</param>
    /// <param name="help">One sentence.</param>
    /// <param name="forms">The forms that are allowed.</param>
    /// <param name="read">Reads a text; refuses what is of no form.</param>
    /// <param name="write">The canonical text.</param>
    public static Parameter<T> Text<T>(string name, string symbol, string? value, string help, IReadOnlyList<TextForm> forms, Func<string, T> read, Func<T, string> write)
        where T : class? => new(new ParameterFacts(name, symbol, ParameterKind.Text, help, value)
        {
            Forms = forms,
            Reader = text => text is null ? null : read((string)text),
            Writer = described => described is null ? null : write((T)described),
        });

    /// <summary>The range of a number that is an option of an analysis and no parameter of a system.</summary>
    /// <param name="name">Name as hosts spell it.</param>
    /// <param name="minimum">Smallest allowed number.</param>
    /// <param name="maximum">Largest allowed number.</param>
    public static Parameter<double> Number(string name, double minimum, double maximum) =>
        new(new ParameterFacts(name, "", ParameterKind.Number, "", null, ValueRange.Within(minimum, maximum)));

    /// <summary>The range of a whole number that is an option of an analysis and no parameter of a system.</summary>
    /// <param name="name">Name as hosts spell it.</param>
    /// <param name="minimum">Smallest allowed number.</param>
    /// <param name="maximum">Largest allowed number.</param>
    public static Parameter<long> Whole(string name, double minimum, double maximum) =>
        new(new ParameterFacts(name, "", ParameterKind.Integer, "", null, ValueRange.Within(minimum, maximum)));

    private static ParameterFacts ChoiceFacts(string name, string symbol, object value, string help, IReadOnlyList<(string Word, object Value)> choices)
    {
        string Word(object? wanted) => choices.First(choice => choice.Value.Equals(wanted)).Word;
        return new ParameterFacts(name, symbol, ParameterKind.Choice, help, Word(value))
        {
            Choices = [.. choices.Select(choice => choice.Word)],
            Reader = word => choices.First(choice => string.Equals(choice.Word, (string?)word, StringComparison.Ordinal)).Value,
            Writer = Word,
        };
    }
}
