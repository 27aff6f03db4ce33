using MathNet.Numerics.Distributions;

namespace Eigenflow.Systems.RaoBlackwellDiffusion;

/// <summary>Common translations of n atoms on the torus of period 1. Not linear: its target is a score (<see cref="TorusScore"/>).</summary>
/// <param name="rows">Atoms n.</param>
/// <param name="columns">Numbers of an atom.</param>
internal sealed class TorusTranslations(int rows, int columns) : SymmetryGroup
{
    public override string Name => "torus";

    public override int Dimension => rows * columns;

    public override int Normals => columns;

    public override bool IsFinite => false;

    public override int DesignSize => 0;

    public override double Work => 50 * Dimension;

    public override bool HasNear => true;

    public override void Apply(ReadOnlySpan<double> normals, ReadOnlySpan<double> vector, Span<double> image)
    {
        for (var j = 0; j < vector.Length; j++)
            image[j] = Fraction(vector[j] + Normal.CDF(0, 1, normals[j % columns]));
    }

    public override void ApplyDesign(int index, ReadOnlySpan<double> vector, Span<double> image) => vector.CopyTo(image);

    public override double ApplyNear(ReadOnlySpan<double> normals, double width, ReadOnlySpan<double> vector, Span<double> image)
    {
        for (var j = 0; j < vector.Length; j++)
            image[j] = Fraction(vector[j] + (width * normals[j % columns]));
        var total = 0.0;
        for (var c = 0; c < columns; c++)
            total += WrappedNormal.LogDensity(width * normals[c], width, 1);
        return total;
    }

    public override Orbit NewOrbit() => throw new NotSupportedException("The torus has no posterior mean.");

    /// <summary>A number modulo 1.</summary>
    public static double Fraction(double value) => value - Math.Floor(value);
}
