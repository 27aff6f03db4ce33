using System.Globalization;
using System.Text;

namespace Eigenflow.Benchmarks;

/// <summary>
/// The line protocol of benchmark workers: a request <c>work key=value …</c> and an answer <c>key=value …</c>, values without blanks,
/// lists separated by commas. Simple enough for every language that a peer is written in.
/// </summary>
internal sealed class WorkerMessage
{
    private readonly Dictionary<string, string> values = new(StringComparer.Ordinal);

    /// <summary>Name of the work; empty in an answer.</summary>
    public string Work { get; private init; } = "";

    /// <summary>The value of a key, or null.</summary>
    public string? this[string key] => values.GetValueOrDefault(key);

    public static WorkerMessage Request(string work, params (string Key, object Value)[] pairs)
    {
        var message = new WorkerMessage { Work = work };
        foreach (var (key, value) in pairs)
            message.Set(key, value);
        return message;
    }

    public static WorkerMessage Parse(string line, bool isRequest)
    {
        var words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var message = new WorkerMessage { Work = isRequest && words.Length > 0 ? words[0] : "" };
        foreach (var word in words.Skip(isRequest ? 1 : 0))
        {
            var equals = word.IndexOf('=', StringComparison.Ordinal);
            if (equals > 0)
                message.values[word[..equals]] = word[(equals + 1)..];
        }

        return message;
    }

    /// <summary>A copy with one more or another value.</summary>
    public WorkerMessage With(string key, object value)
    {
        var copy = new WorkerMessage { Work = Work };
        foreach (var pair in values)
            copy.values.Add(pair.Key, pair.Value);
        copy.Set(key, value);
        return copy;
    }

    public double Number(string key) => double.Parse(values[key], NumberStyles.Float, CultureInfo.InvariantCulture);

    public double[] Numbers(string key) => [.. values[key].Split(',').Select(text => double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture))];

    public string Text(string key) => values[key];

    public override string ToString()
    {
        var text = new StringBuilder(Work);
        foreach (var (key, value) in values)
            text.Append(text.Length > 0 ? " " : "").Append(key).Append('=').Append(value);
        return text.ToString();
    }

    private void Set(string key, object value) => values[key] = value switch
    {
        double number => number.ToString("R", CultureInfo.InvariantCulture),
        IEnumerable<double> numbers => string.Join(',', numbers.Select(number => number.ToString("R", CultureInfo.InvariantCulture))),
        IFormattable formattable => formattable.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString()!,
    };
}
