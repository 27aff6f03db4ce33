using System.Runtime.InteropServices;

namespace Eigenflow.Rendering.Drawing;

/// <summary>A position in CSS pixels; y grows downwards.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct Position(double X, double Y);

/// <summary>A rectangle in CSS pixels; y grows downwards.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct Box(double Left, double Top, double Right, double Bottom)
{
    public double Width => Right - Left;

    public double Height => Bottom - Top;

    public double CenterX => (Left + Right) / 2;

    public double CenterY => (Top + Bottom) / 2;

    public Box Inflate(double by) => new(Left - by, Top - by, Right + by, Bottom + by);

    public bool Overlaps(Box other) => Left < other.Right && other.Left < Right && Top < other.Bottom && other.Top < Bottom;

    public bool Contains(Position point) => point.X >= Left && point.X <= Right && point.Y >= Top && point.Y <= Bottom;
}
