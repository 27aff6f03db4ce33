namespace Eigenflow.Settings;

/// <summary>Values that a system reads by its parameters, each in the type of its declaration. What a text describes is read once.</summary>
public abstract class SettingView
{
    private readonly Dictionary<string, object?> read;

    private protected SettingView(SettingView? before = null)
    {
        read = before is null ? new(StringComparer.Ordinal) : new(before.read, StringComparer.Ordinal);
    }

    /// <summary>The method that it is for, or null for the problem alone.</summary>
    public abstract string? Method { get; }

    /// <summary>The values.</summary>
    public abstract Setting Values { get; }

    /// <summary>A number.</summary>
    /// <param name="parameter">Its parameter.</param>
    public double this[Parameter<double> parameter] => (double)Read(parameter)!;

    /// <summary>A number that may be absent.</summary>
    /// <param name="parameter">Its parameter.</param>
    public double? this[Parameter<double?> parameter] => (double?)Read(parameter);

    /// <summary>A whole number.</summary>
    /// <param name="parameter">Its parameter.</param>
    public long this[Parameter<long> parameter] => (long)Read(parameter)!;

    /// <summary>A whole number that may be absent.</summary>
    /// <param name="parameter">Its parameter.</param>
    public long? this[Parameter<long?> parameter] => (long?)Read(parameter);

    /// <summary>A count.</summary>
    /// <param name="parameter">Its parameter.</param>
    public int this[Parameter<int> parameter] => (int)Read(parameter)!;

    /// <summary>A text.</summary>
    /// <param name="parameter">Its parameter.</param>
    public string? this[Parameter<string?> parameter] => (string?)Read(parameter);

    /// <summary>A value of any type.</summary>
    /// <typeparam name="T">Its type.</typeparam>
    /// <param name="parameter">Its parameter.</param>
    /// <exception cref="EigenflowException">A text that is of no allowed form.</exception>
    public T Get<T>(Parameter<T> parameter) => (T)Read(parameter)!;

    /// <summary>Whether a parameter has a value.</summary>
    /// <param name="parameter">The parameter.</param>
    public bool Has(Parameter parameter) => Values[parameter.Name] is not null;

    /// <summary>A value as the system reads it; a text is checked by it.</summary>
    internal object? Read(Parameter parameter)
    {
        var value = Values[parameter.Name];
        if (parameter.Reader is not { } reader || value is null)
            return value;
        lock (read)
        {
            if (!read.TryGetValue(parameter.Name, out var known))
                read[parameter.Name] = known = reader(value);
            return known;
        }
    }

    private protected void Forget(string name)
    {
        lock (read)
            read.Remove(name);
    }
}
