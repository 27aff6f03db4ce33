using System.Text.Json;

namespace Eigenflow.Rendering;

/// <summary>Writes arrays: one writer for all JSON that is made member by member.</summary>
internal static class JsonLists
{
    /// <summary>An array of anything.</summary>
    public static void List<T>(this Utf8JsonWriter writer, string name, IEnumerable<T> items, Action<T> write)
    {
        writer.WriteStartArray(name);
        foreach (var item in items)
            write(item);
        writer.WriteEndArray();
    }

    /// <summary>The same where it is no member.</summary>
    public static void List<T>(this Utf8JsonWriter writer, IEnumerable<T> items, Action<T> write)
    {
        writer.WriteStartArray();
        foreach (var item in items)
            write(item);
        writer.WriteEndArray();
    }

    /// <summary>An array of objects, of which the members are written.</summary>
    public static void Objects<T>(this Utf8JsonWriter writer, string name, IEnumerable<T> items, Action<T> members) => writer.List(name, items, item => writer.Object(item, members));

    /// <summary>The same where it is no member.</summary>
    public static void Objects<T>(this Utf8JsonWriter writer, IEnumerable<T> items, Action<T> members) => writer.List(items, item => writer.Object(item, members));

    /// <summary>An array of texts.</summary>
    public static void Texts(this Utf8JsonWriter writer, string name, IEnumerable<string> texts) => writer.List(name, texts, writer.WriteStringValue);

    /// <summary>An array of arrays of texts.</summary>
    public static void Rows(this Utf8JsonWriter writer, string name, IEnumerable<IEnumerable<string>> rows) => writer.List(name, rows, row => writer.List(row, writer.WriteStringValue));

    /// <summary>An array of numbers; one that is not finite is null.</summary>
    public static void Numbers(this Utf8JsonWriter writer, string name, IEnumerable<double> numbers) => writer.List(name, numbers, number =>
    {
        if (double.IsFinite(number))
            writer.WriteNumberValue(number);
        else
            writer.WriteNullValue();
    });

    /// <summary>A number; what is not finite is left out.</summary>
    public static void Finite(this Utf8JsonWriter writer, string name, double value)
    {
        if (double.IsFinite(value))
            writer.WriteNumber(name, value);
    }

    private static void Object<T>(this Utf8JsonWriter writer, T item, Action<T> members)
    {
        writer.WriteStartObject();
        members(item);
        writer.WriteEndObject();
    }
}
