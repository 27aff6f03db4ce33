namespace Eigenflow.Settings;

/// <summary>The type of a parameter's value.</summary>
public enum ParameterKind
{
    /// <summary>A finite number (<see cref="double"/>).</summary>
    Number,

    /// <summary>A whole number (<see cref="long"/>); <c>1e6</c> is accepted.</summary>
    Integer,

    /// <summary>A text of one of <see cref="Parameter.Forms"/>.</summary>
    Text,

    /// <summary>One of <see cref="Parameter.Choices"/>.</summary>
    Choice,

    /// <summary>A comma-separated list of finite numbers, which together are one value (<c>double[]</c>).</summary>
    NumberList,
}
