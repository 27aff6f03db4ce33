namespace Eigenflow.Settings;

/// <summary>
/// A setting that a system has checked and completed with defaults for one of its methods, once: the canonical form of a request, which solving, predicting, naming runs and writing
/// files take. Equal requests are equal. Only systems make it. Immutable.
/// </summary>
public sealed class CompletedSetting : SettingView, IEquatable<CompletedSetting>
{
    internal CompletedSetting(string system, string? method, Setting values, SettingView? before = null)
        : base(before)
    {
        System = system;
        Method = method;
        Values = values;
    }

    /// <summary>Identifier of the system that completed it.</summary>
    public string System { get; }

    /// <inheritdoc/>
    public override string? Method { get; }

    /// <inheritdoc/>
    public override Setting Values { get; }

    /// <inheritdoc/>
    public bool Equals(CompletedSetting? other) =>
        other is not null && string.Equals(System, other.System, StringComparison.Ordinal) && string.Equals(Method, other.Method, StringComparison.Ordinal) && Values.Equals(other.Values);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as CompletedSetting);

    /// <inheritdoc/>
    public override int GetHashCode() => Values.GetHashCode();

    /// <inheritdoc/>
    public override string ToString() => Values.ToString();
}
