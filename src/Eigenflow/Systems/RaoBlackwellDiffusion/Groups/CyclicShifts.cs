using System.Numerics;
using MathNet.Numerics.IntegralTransforms;

namespace Eigenflow.Systems.RaoBlackwellDiffusion;

/// <summary>Cyclic shifts of the coordinates, (shift_s a)_j = a_{j−s}. Weights of all N shifts by a product for short vectors and by Fourier transforms, N log N, for long ones.</summary>
/// <param name="dimension">N.</param>
internal sealed class CyclicShifts(int dimension) : SymmetryGroup
{
    private const int LongestProduct = 96;

    public override string Name => "cyclic";

    public override int Dimension => dimension;

    public override int Normals => 1;

    public override int DesignSize => dimension <= LargestDesign ? dimension : 0;

    public override double Work => 1 + (dimension <= LongestProduct ? 0.02 * dimension * dimension : 2.0 * dimension);

    public override bool HasNear => true;

    public override void Apply(ReadOnlySpan<double> normals, ReadOnlySpan<double> vector, Span<double> image) => ApplyDesign(CyclicIndex.Uniform(normals[0], dimension), vector, image);

    public override void ApplyDesign(int index, ReadOnlySpan<double> vector, Span<double> image)
    {
        vector[..(dimension - index)].CopyTo(image[index..]);
        vector[(dimension - index)..].CopyTo(image);
    }

    public override double ApplyNear(ReadOnlySpan<double> normals, double width, ReadOnlySpan<double> vector, Span<double> image)
    {
        // A full turn is N shifts.
        var steps = width * dimension / (2 * Math.PI);
        var shift = CyclicIndex.Near(normals[0], steps, dimension);
        ApplyDesign(shift, vector, image);
        return CyclicIndex.LogDensity(shift, steps, dimension);
    }

    public override Orbit NewOrbit() => dimension <= LongestProduct ? new ProductOrbit(dimension) : new FourierOrbit(dimension);

    private sealed class ProductOrbit(int dimension) : Orbit
    {
        // The template twice in a row: a shift is a window of it.
        private readonly double[] twice = new double[2 * dimension];
        private readonly double[] weights = new double[dimension];

        public override void Bind(ReadOnlySpan<double> template)
        {
            template.CopyTo(twice);
            template.CopyTo(twice.AsSpan(dimension));
        }

        public override double Mean(ReadOnlySpan<double> field, Span<double> mean)
        {
            for (var s = 0; s < dimension; s++)
                weights[s] = Vectors.Dot(field, Shifted(s));
            var total = Vectors.Softmax(weights);
            mean.Clear();
            for (var s = 0; s < dimension; s++)
            {
                var image = Shifted(s);
                for (var j = 0; j < mean.Length; j++)
                    mean[j] += weights[s] * image[j];
            }

            return total - Math.Log(dimension);
        }

        public override void Nearest(ReadOnlySpan<double> field, Span<double> nearest)
        {
            for (var s = 0; s < dimension; s++)
                weights[s] = Vectors.Dot(field, Shifted(s));
            Shifted(Vectors.Largest(weights)).CopyTo(nearest);
        }

        private ReadOnlySpan<double> Shifted(int shift) => twice.AsSpan(dimension - shift, dimension);
    }

    // c = IFFT(FFT f · conj FFT a), mean = IFFT(FFT w · FFT a).
    private sealed class FourierOrbit(int dimension) : Orbit
    {
        private readonly double[] a = new double[dimension], weights = new double[dimension];
        private readonly Complex[] spectrum = new Complex[dimension], work = new Complex[dimension];

        public override void Bind(ReadOnlySpan<double> template)
        {
            template.CopyTo(a);
            for (var j = 0; j < a.Length; j++)
                spectrum[j] = a[j];
            Fourier.Forward(spectrum, FourierOptions.AsymmetricScaling);
        }

        public override double Mean(ReadOnlySpan<double> field, Span<double> mean)
        {
            Correlate(field);
            var total = Vectors.Softmax(weights);
            for (var s = 0; s < work.Length; s++)
                work[s] = weights[s];
            Fourier.Forward(work, FourierOptions.AsymmetricScaling);
            for (var k = 0; k < work.Length; k++)
                work[k] *= spectrum[k];
            Fourier.Inverse(work, FourierOptions.AsymmetricScaling);
            for (var j = 0; j < mean.Length; j++)
                mean[j] = work[j].Real;
            return total - Math.Log(dimension);
        }

        public override void Nearest(ReadOnlySpan<double> field, Span<double> nearest)
        {
            Correlate(field);
            var shift = Vectors.Largest(weights);
            for (var j = 0; j < nearest.Length; j++)
                nearest[j] = a[(j - shift + a.Length) % a.Length];
        }

        private void Correlate(ReadOnlySpan<double> field)
        {
            for (var j = 0; j < work.Length; j++)
                work[j] = field[j];
            Fourier.Forward(work, FourierOptions.AsymmetricScaling);
            for (var k = 0; k < work.Length; k++)
                work[k] *= Complex.Conjugate(spectrum[k]);
            Fourier.Inverse(work, FourierOptions.AsymmetricScaling);
            for (var s = 0; s < work.Length; s++)
                weights[s] = work[s].Real;
        }
    }
}
