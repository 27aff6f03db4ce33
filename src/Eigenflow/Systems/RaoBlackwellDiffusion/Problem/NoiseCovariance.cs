using Eigenflow.Data;
using Eigenflow.Spectra;

namespace Eigenflow.Systems.RaoBlackwellDiffusion;

/// <summary>A covariance of the noise that a user gives. A kernel has to be equivariant, q(gx|gx₀) = q(x|x₀): gΣgᵀ = Σ for all elements. What is not isotropic is refused with the condition that it violates.</summary>
internal static class NoiseCovariance
{
    private const double Rounding = 1e-8;

    /// <summary>The standard deviation of every coordinate, by which σ is multiplied.</summary>
    /// <param name="path">A file of d × d numbers.</param>
    /// <param name="group">The group.</param>
    /// <exception cref="InputFileException">It is no covariance, not equivariant, or not isotropic.</exception>
    public static double Deviation(string path, SymmetryGroup group)
    {
        DataMatrix table = InputVector.ReadMatrix(path);
        var d = group.Dimension;
        if (table.Rows != d || table.Columns != d)
            throw new InputFileException(path, FormattableString.Invariant($"it is {table.Rows} x {table.Columns}"), FormattableString.Invariant($"the covariance of the noise of all coordinates, {d} x {d}"));
        var (values, scale) = (table.Values, table.Values.Max(Math.Abs));
        for (var k = 0; k < values.Length; k++)
        {
            if (Math.Abs(values[k] - values[(k % d * d) + (k / d)]) > Rounding * scale)
                throw new InputFileException(path, "it is not symmetric", "a covariance");
        }

        var variance = Enumerable.Range(0, d).Sum(i => values[(i * d) + i]) / d;
        if (!(variance > 0))
            throw new InputFileException(path, "its trace is not positive", "a covariance");
        var largest = Enumerable.Range(0, values.Length).Max(k => Math.Abs(values[k] - (k / d == k % d ? variance : 0)));
        if (largest <= Rounding * scale)
            return Math.Sqrt(variance);
        if (Violation(values, group) is { Length: > 0 } violation)
            throw new InputFileException(path, $"the kernel is not equivariant: {violation}", "g C gᵀ = C for all elements g of the group, such as a multiple of the identity");
        throw new InputFileException(path, "the noise is equivariant, and not isotropic", "a multiple of the identity; divide coordinates by their standard deviations first");
    }

    // By the quadratic form of C on images of a probe, for elements of the design or random ones.
    private static string Violation(double[] values, SymmetryGroup group)
    {
        var d = group.Dimension;
        double[] probe = new double[d], image = new double[d], normals = new double[group.Normals];
        for (var trial = 0; trial < 64; trial++)
        {
            Random.GaussianGenerator.Fill(new Random.GaussianAddress(1, 0, 0, trial), 0, probe);
            Random.GaussianGenerator.Fill(new Random.GaussianAddress(1, 1, 0, trial), 0, normals);
            group.Apply(normals, probe, image);
            double before = Form(probe), after = Form(image);
            if (Math.Abs(before - after) > 1e-6 * Math.Max(Math.Abs(before), Math.Abs(after)))
                return FormattableString.Invariant($"for a vector x and an element g of the group, x'Cx = {before:G6} and (gx)'C(gx) = {after:G6}");
        }

        return "";

        double Form(double[] x)
        {
            var sum = 0.0;
            for (var i = 0; i < d; i++)
                sum += x[i] * Vectors.Dot(values.AsSpan(i * d, d), x);
            return sum;
        }
    }
}
