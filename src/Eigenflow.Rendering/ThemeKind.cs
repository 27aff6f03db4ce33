namespace Eigenflow.Rendering;

/// <summary>The two colour themes; layout, line styles and hues are the same in both.</summary>
public enum ThemeKind
{
    /// <summary>Dark ink on white.</summary>
    Light,

    /// <summary>Light ink on near-black.</summary>
    Dark,
}
