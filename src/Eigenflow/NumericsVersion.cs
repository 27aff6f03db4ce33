namespace Eigenflow;

/// <summary>Version of the numerics: raised whenever the same setting may give other bits than before. Part of whatever is continued or compared across versions.</summary>
public static class NumericsVersion
{
    /// <summary>The number.</summary>
    public const int Number = 5;

    /// <summary>As text, such as <c>numerics-4</c>.</summary>
    public static string Text { get; } = FormattableString.Invariant($"numerics-{Number}");
}
