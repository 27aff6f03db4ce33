namespace Eigenflow.Numerics.Dense;

/// <summary>A plane rotation: c f + s g = r and c g − s f = 0.</summary>
internal readonly record struct Rotation(double Cosine, double Sine, double Length)
{
    /// <summary>The rotation that takes (f, g) to (r, 0).</summary>
    public static Rotation Of(double f, double g)
    {
        if (g == 0)
            return new Rotation(1, 0, f);
        if (f == 0)
            return new Rotation(0, 1, g);
        var length = Math.CopySign(double.Hypot(f, g), f);
        return new Rotation(f / length, g / length, length);
    }
}
