using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Eigenflow.Settings;

/// <summary>
/// The flat, typed form of problem and method that hosts speak: key = value, with values of type
/// <see cref="double"/>, <see cref="long"/>, <see cref="string"/> or <c>double[]</c>. Immutable.
/// </summary>
public sealed class Setting : IEquatable<Setting>
{
    // Doubles beyond do not hold every whole number.
    private const double LargestWhole = 1e15;

    private readonly SortedDictionary<string, object> values;

    /// <summary>Makes a setting from pairs.</summary>
    /// <param name="pairs">Keys are parameter names; values are double, long, string or double[].</param>
    public Setting(IEnumerable<KeyValuePair<string, object>> pairs)
    {
        values = new SortedDictionary<string, object>(StringComparer.Ordinal);
        foreach (var (key, value) in pairs)
        {
            values[key] = value switch
            {
                double or long or string => value,
                double[] list => list.Clone(),
                int integer => (long)integer,
                _ => throw new ParameterException(key, value, "a number, an integer, a text or a list of numbers"),
            };
        }
    }

    /// <summary>The setting in which nothing is set.</summary>
    public static Setting Empty { get; } = new([]);

    /// <summary>The names that are set, in ordinal order.</summary>
    public IEnumerable<string> Names => values.Keys;

    /// <summary>The pairs, in ordinal order of the names.</summary>
    public IEnumerable<KeyValuePair<string, object>> Pairs => values;

    /// <summary>The value of a name, or null when it is not set.</summary>
    /// <param name="name">Parameter name.</param>
    public object? this[string name] => values.TryGetValue(name, out var value) ? value : null;

    /// <summary>A copy with one value changed or added.</summary>
    /// <param name="name">Parameter name.</param>
    /// <param name="value">A double, long, string or double[].</param>
    public Setting With(string name, object value) => new(values.Append(new KeyValuePair<string, object>(name, value)));

    /// <summary>A copy with the value of one parameter changed or added.</summary>
    /// <typeparam name="T">Type of the value.</typeparam>
    /// <param name="parameter">The parameter.</param>
    /// <param name="value">The value; null takes it away.</param>
    public Setting With<T>(Parameter<T> parameter, T value)
    {
        object? written = value;
        if (parameter.Writer is { } writer)
            written = writer(written);
        return written is null ? Without(parameter.Name) : With(parameter.Name, written);
    }

    /// <summary>A copy in which a name is not set.</summary>
    /// <param name="name">Parameter name.</param>
    public Setting Without(string name) => new(values.Where(pair => !string.Equals(pair.Key, name, StringComparison.Ordinal)));

    /// <summary>The canonical JSON object: names in ordinal order, doubles with the fewest digits that round-trip.</summary>
    public JsonObject ToJson()
    {
        var json = new JsonObject();
        foreach (var (name, value) in values)
        {
            json[name] = value switch
            {
                double number => JsonValue.Create(number),
                long integer => JsonValue.Create(integer),
                double[] list => new JsonArray([.. list.Select(number => (JsonNode)JsonValue.Create(number))]),
                _ => JsonValue.Create((string)value),
            };
        }

        return json;
    }

    /// <inheritdoc/>
    public override string ToString() => ToJson().ToJsonString(new JsonSerializerOptions(JsonSerializerDefaults.General));

    /// <inheritdoc/>
    public bool Equals(Setting? other) => other is not null && string.Equals(ToString(), other.ToString(), StringComparison.Ordinal);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as Setting);

    /// <inheritdoc/>
    public override int GetHashCode() => StringComparer.Ordinal.GetHashCode(ToString());

    /// <summary>A value as a user would type it.</summary>
    /// <param name="value">A double, long, string or double[].</param>
    public static string Format(object? value) => value switch
    {
        null => "",
        double number => Format(number),
        long integer => integer.ToString(CultureInfo.InvariantCulture),
        double[] list => string.Join(",", list.Select(Format)),
        _ => value.ToString() ?? "",
    };

    /// <summary>A value as people read it in captions, labels and tables, by <see cref="DisplayNumber"/>; a text stays as it is.</summary>
    /// <param name="value">A double, long, string or double[].</param>
    public static string Shown(object? value) => value switch
    {
        double number when number == Math.Round(number) && Math.Abs(number) < LargestWhole => DisplayNumber.Count((long)number),
        double number => DisplayNumber.Of(number),
        long integer => DisplayNumber.Count(integer),
        double[] list => string.Join(", ", list.Select(number => Shown(number))),
        _ => Format(value),
    };

    // Round-trip digits with the exponent as it is typed: 1e-8 and 1e15, not 1E-08 and 1E+15.
    private static string Format(double number)
    {
        var text = WrittenNumber.RoundTrip(number);
        var exponent = text.IndexOf('E', StringComparison.Ordinal);
        return exponent < 0 ? text : text[..exponent] + "e" + int.Parse(text.AsSpan(exponent + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture).ToString(CultureInfo.InvariantCulture);
    }
}
