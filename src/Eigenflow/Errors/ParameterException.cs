using System.Globalization;

namespace Eigenflow;

/// <summary>A parameter has a value that is not allowed.</summary>
public sealed class ParameterException : EigenflowException
{
    /// <summary>Makes the error.</summary>
    /// <param name="parameter">Name as the user wrote it, such as <c>dimension</c>.</param>
    /// <param name="value">The value that was given.</param>
    /// <param name="allowed">What is allowed, such as <c>an integer from 1 to 1e12</c>.</param>
    /// <param name="remedy">What to do, as an imperative without a full stop, or a question; empty if the range says it all.</param>
    public ParameterException(string parameter, object? value, string allowed, string remedy = "")
        : base(Compose(parameter, value, allowed, remedy))
    {
        Parameter = parameter;
        Value = value;
        Allowed = allowed;
        Remedy = remedy;
    }

    /// <summary>Name of the parameter.</summary>
    public string Parameter { get; }

    /// <summary>The refused value.</summary>
    public object? Value { get; }

    /// <summary>The allowed range in words.</summary>
    public string Allowed { get; }

    /// <summary>What the user should do.</summary>
    public string Remedy { get; }

    private static string Compose(string parameter, object? value, string allowed, string remedy)
    {
        var shown = value switch
        {
            null or "" => "(nothing)",
            double number => number.ToString("R", CultureInfo.InvariantCulture),
            IFormattable formattable => formattable.ToString(null, CultureInfo.InvariantCulture),
            _ => value.ToString(),
        };
        return $"{parameter} = {shown} is not allowed: it must be {allowed}"
            + (remedy.Length == 0 ? "." : remedy.EndsWith('?') ? $"; {remedy}" : $"; {remedy}.");
    }
}
