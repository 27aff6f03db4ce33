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
        Ranged(new Parameter<double> { Name = name, Symbol = symbol, Kind = ParameterKind.Number, Help = help, Default = value, Reader = read => (double)read! }, range);

    /// <summary>A number that may be absent, or whose default the system derives.</summary>
    /// <param name="name">Name as hosts spell it.</param>
    /// <param name="symbol">Symbol, or empty.</param>
    /// <param name="help">One sentence.</param>
    /// <param name="range">Range; every finite number by default.</param>
    public static Parameter<double?> OptionalNumber(string name, string symbol, string help, ValueRange range = default) =>
        Ranged(new Parameter<double?> { Name = name, Symbol = symbol, Kind = ParameterKind.Number, Help = help, Reader = read => (double?)read }, range);

    /// <summary>A whole number of up to 64 bits.</summary>
    /// <param name="name">Name as hosts spell it.</param>
    /// <param name="symbol">Symbol, or empty.</param>
    /// <param name="value">Default.</param>
    /// <param name="help">One sentence.</param>
    /// <param name="range">Range.</param>
    public static Parameter<long> Whole(string name, string symbol, long value, string help, ValueRange range) =>
        Ranged(new Parameter<long> { Name = name, Symbol = symbol, Kind = ParameterKind.Integer, Help = help, Default = value, Reader = read => (long)read! }, range);

    /// <summary>A whole number that may be absent, or whose default the system derives.</summary>
    /// <param name="name">Name as hosts spell it.</param>
    /// <param name="symbol">Symbol, or empty.</param>
    /// <param name="help">One sentence.</param>
    /// <param name="range">Range.</param>
    public static Parameter<long?> OptionalWhole(string name, string symbol, string help, ValueRange range) =>
        Ranged(new Parameter<long?> { Name = name, Symbol = symbol, Kind = ParameterKind.Integer, Help = help, Reader = read => (long?)read }, range);

    /// <summary>A whole number that counts things in memory.</summary>
    /// <param name="name">Name as hosts spell it.</param>
    /// <param name="symbol">Symbol, or empty.</param>
    /// <param name="value">Default.</param>
    /// <param name="help">One sentence.</param>
    /// <param name="range">Range within that of <see cref="int"/>.</param>
    public static Parameter<int> Count(string name, string symbol, int value, string help, ValueRange range) =>
        Ranged(new Parameter<int> { Name = name, Symbol = symbol, Kind = ParameterKind.Integer, Help = help, Default = (long)value, Reader = read => checked((int)(long)read!), Writer = count => (long)count }, range);

    /// <summary>A list of numbers that is one value, and may be absent.</summary>
    /// <param name="name">Name as hosts spell it.</param>
    /// <param name="help">One sentence.</param>
    /// <param name="range">Range of each.</param>
    public static Parameter<double[]?> OptionalList(string name, string help, ValueRange range = default) =>
        Ranged(new Parameter<double[]?> { Name = name, Kind = ParameterKind.NumberList, Help = help, Reader = read => (double[]?)read }, range);

    /// <summary>One of some words.</summary>
    /// <typeparam name="T">What the words stand for.</typeparam>
    /// <param name="name">Name as hosts spell it.</param>
    /// <param name="symbol">Symbol, or empty.</param>
    /// <param name="value">Default.</param>
    /// <param name="help">One sentence.</param>
    /// <param name="choices">The words with what they stand for, in the order of help texts.</param>
    public static Parameter<T> Choice<T>(string name, string symbol, T value, string help, params IReadOnlyList<(string Word, T Value)> choices)
    {
        var words = choices.Select(choice => choice.Word).ToArray();
        T Read(object? word) => choices.First(choice => string.Equals(choice.Word, (string?)word, StringComparison.Ordinal)).Value;
        string Word(T wanted) => choices.First(choice => EqualityComparer<T>.Default.Equals(choice.Value, wanted)).Word;
        return new Parameter<T> { Name = name, Symbol = symbol, Kind = ParameterKind.Choice, Help = help, Default = Word(value), Choices = words, Reader = Read, Writer = Word };
    }

    /// <summary>One of some words, or absent.</summary>
    /// <param name="name">Name as hosts spell it.</param>
    /// <param name="help">One sentence.</param>
    /// <param name="choices">The words.</param>
    public static Parameter<string?> OptionalChoice(string name, string help, params IReadOnlyList<string> choices) =>
        new() { Name = name, Kind = ParameterKind.Choice, Help = help, Choices = choices, Reader = read => (string?)read };

    /// <summary>A text with a grammar.</summary>
    /// <typeparam name="T">What the text describes.</typeparam>
    /// <param name="name">Name as hosts spell it.</param>
    /// <param name="symbol">Symbol, or empty.</param>
    /// <param name="value">Default, as it is typed; null where the parameter may be absent.</param>
    /// <param name="help">One sentence.</param>
    /// <param name="forms">The forms that are allowed.</param>
    /// <param name="read">Reads a text; refuses what is of no form.</param>
    /// <param name="write">The canonical text.</param>
    public static Parameter<T> Text<T>(string name, string symbol, string? value, string help, IReadOnlyList<TextForm> forms, Func<string, T> read, Func<T, string> write) => new()
    {
        Name = name,
        Symbol = symbol,
        Kind = ParameterKind.Text,
        Help = help,
        Default = value,
        Forms = forms,
        Reader = text => text is null ? default! : read((string)text),
        Writer = described => described is null ? null : write(described),
    };

    /// <summary>The range of a number that is an option of an analysis and no parameter of a system.</summary>
    /// <param name="name">Name as hosts spell it.</param>
    /// <param name="minimum">Smallest allowed number.</param>
    /// <param name="maximum">Largest allowed number.</param>
    public static Parameter<double> Number(string name, double minimum, double maximum) => Number(name, "", 0, "", ValueRange.Within(minimum, maximum)) with { Default = null };

    /// <summary>The range of a whole number that is an option of an analysis and no parameter of a system.</summary>
    /// <param name="name">Name as hosts spell it.</param>
    /// <param name="minimum">Smallest allowed number.</param>
    /// <param name="maximum">Largest allowed number.</param>
    public static Parameter<long> Whole(string name, double minimum, double maximum) => Whole(name, "", 0, "", ValueRange.Within(minimum, maximum)) with { Default = null };

    private static Parameter<T> Ranged<T>(Parameter<T> parameter, ValueRange range) => parameter with
    {
        Minimum = range.Minimum ?? -LargestNumber,
        Maximum = range.Maximum ?? LargestNumber,
        MinimumIsOpen = range.MinimumIsOpen,
        MaximumIsOpen = range.MaximumIsOpen,
    };
}
