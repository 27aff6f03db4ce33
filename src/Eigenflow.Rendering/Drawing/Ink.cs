using System.Runtime.InteropServices;

namespace Eigenflow.Rendering.Drawing;

/// <summary>What a colour is for. Drawing code names roles, never colours, so that one drawing serves every theme.</summary>
internal enum InkRole
{
    /// <summary>The page.</summary>
    Background,

    /// <summary>Titles, axis labels and tick labels.</summary>
    Text,

    /// <summary>Captions, names of phases, labels of guides.</summary>
    Muted,

    /// <summary>Frame and tick marks.</summary>
    Axis,

    /// <summary>Grid lines.</summary>
    Grid,

    /// <summary>Shading of every second phase.</summary>
    Shade,

    /// <summary>A curve, by its palette index.</summary>
    Series,

    /// <summary>A value of a heat map, 0 to 255: the same colours in every theme.</summary>
    Scale,

    /// <summary>A line over the colours of a heat map: bright in every theme, as the darkest colours are.</summary>
    OverScale,

    /// <summary>What keeps such a line apart from the brightest colours.</summary>
    UnderLine,

    /// <summary>A curve of an ordered family, by its level from 0 to <see cref="Palette.Levels"/> − 1.</summary>
    Sequence,
}

/// <summary>A role with an opacity from 0 to 1; <paramref name="Index"/> is the palette index of a series, -1 for neutral.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct Ink(InkRole Role, int Index = 0, double Opacity = 1)
{
    public static Ink Series(int index, double opacity = 1) => new(InkRole.Series, index, opacity);

    public static Ink Sequence(int level, double opacity = 1) => new(InkRole.Sequence, level, opacity);

    public static Ink Scale(int level) => new(InkRole.Scale, level);

    public static implicit operator Ink(InkRole role) => new(role);
}

/// <summary>A stroke: ink, width in CSS pixels, its dash pattern, and its turn where other lines lie on it.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct Stroke(Ink Ink, double Width, DashPattern Dash = DashPattern.Solid, DashTurn Turn = default);

/// <summary>The place of a line among those that lie on it and take turns along it.</summary>
/// <param name="Index">Its number from 0.</param>
/// <param name="Count">How many they are; below 2 the line is alone.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct DashTurn(int Index, int Count)
{
    /// <summary>Length of a turn in CSS pixels.</summary>
    public const double Length = 11;

    /// <summary>Whether there are others.</summary>
    public bool IsShared => Count > 1;

    /// <summary>Length from the end of its turn to the next one.</summary>
    public double Gap => (Count - 1) * Length;

    /// <summary>Where in its pattern a line begins.</summary>
    public double Offset => (Count - Index) % Count * Length;
}

/// <summary>The dash patterns in use.</summary>
internal enum DashPattern
{
    /// <summary>Unbroken.</summary>
    Solid,

    /// <summary>Dashes of 6 with gaps of 3.5 pixels.</summary>
    Dashed,

    /// <summary>Round dots every 3.5 pixels.</summary>
    Dotted,
}
