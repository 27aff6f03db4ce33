namespace Eigenflow.Settings;

/// <summary>A setting on its way to be complete: what the user gave, and the values as they stand. A system's check reads and changes it.</summary>
public sealed class SettingDraft : SettingView
{
    private Setting values;

    internal SettingDraft(string? method, Setting given, Setting values)
    {
        Method = method;
        Given = given;
        this.values = values;
    }

    /// <inheritdoc/>
    public override string? Method { get; }

    /// <inheritdoc/>
    public override Setting Values => values;

    /// <summary>What the user set, in the types of the parameters.</summary>
    public Setting Given { get; }

    /// <summary>Whether the user gave a value.</summary>
    /// <param name="parameter">The parameter.</param>
    public bool IsGiven(Parameter parameter) => Given[parameter.Name] is not null;

    /// <summary>Sets a value.</summary>
    /// <typeparam name="T">Its type.</typeparam>
    /// <param name="parameter">The parameter.</param>
    /// <param name="value">The value; null takes it away.</param>
    public void Set<T>(Parameter<T> parameter, T value)
    {
        values = values.With(parameter, value);
        Forget(parameter.Name);
    }

    /// <summary>Sets a value where there is none: a default that follows from other values.</summary>
    /// <typeparam name="T">Its type.</typeparam>
    /// <param name="parameter">The parameter.</param>
    /// <param name="value">Computes the default.</param>
    public void SetDefault<T>(Parameter<T> parameter, Func<T> value)
    {
        if (!Has(parameter))
            Set(parameter, value());
    }

    /// <summary>Sets a value that follows from others, such as the dimension of a list; the user may have given the same.</summary>
    /// <param name="parameter">The parameter.</param>
    /// <param name="value">The value that follows.</param>
    /// <param name="meaning">What it is, such as <c>the number of eigenvalues that list:1,2 holds</c>.</param>
    /// <exception cref="ParameterException">The user gave another one.</exception>
    public void Follow(Parameter<long> parameter, long value, string meaning)
    {
        if (Given[parameter.Name] is long given && given != value)
            throw new ParameterException(parameter.Name, given, $"{meaning} ({value})", "leave it out");
        Set(parameter, value);
    }

    /// <summary>Takes away the value of a parameter whose condition (<see cref="Parameter.OnlyWith"/>) does not hold; the user may not have given it.</summary>
    /// <param name="parameter">The parameter.</param>
    /// <exception cref="ParameterException">The user gave one.</exception>
    public void CheckCondition(Parameter parameter)
    {
        if (parameter.OnlyWith is var (other, value) && values[other.Name] is { } chosen && !string.Equals(Setting.Format(chosen), value, StringComparison.Ordinal))
            LeaveOut(parameter, $"left out when {other.Name} = {Setting.Format(chosen)}", $"it belongs to {other.Name} = {value}");
    }

    /// <summary>Takes away a value that means nothing beside others; the user may not have given it.</summary>
    /// <param name="parameter">The parameter.</param>
    /// <param name="allowed">What is allowed, such as <c>left out when spectrum = isotropic</c>.</param>
    /// <param name="remedy">What to do.</param>
    /// <exception cref="ParameterException">The user gave one.</exception>
    public void LeaveOut(Parameter parameter, string allowed, string remedy)
    {
        if (Given[parameter.Name] is { } given)
            throw new ParameterException(parameter.Name, Setting.Format(given), allowed, remedy);
        values = values.Without(parameter.Name);
        Forget(parameter.Name);
    }
}
