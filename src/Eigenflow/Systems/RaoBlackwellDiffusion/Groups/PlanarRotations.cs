using Eigenflow.Numerics.Special;

namespace Eigenflow.Systems.RaoBlackwellDiffusion;

/// <summary>Rotations of planar points z_j, SO(2), with their reflections O(2): von Mises posteriors.</summary>
/// <param name="dimension">d = 2n for n points.</param>
/// <param name="hasReflections">Whether reflections belong to it.</param>
internal sealed class PlanarRotations(int dimension, bool hasReflections) : SymmetryGroup
{
    // Averages over fifths of a turn are those over all turns up to the degree 4.
    private const int Turns = 5;

    public override string Name => hasReflections ? "o2" : "so2";

    public override int Dimension => dimension;

    public override int Normals => hasReflections ? 3 : 2;

    public override bool IsFinite => false;

    public override int DesignSize => hasReflections ? 2 * Turns : Turns;

    public override bool HasNear => !hasReflections;

    public override void Apply(ReadOnlySpan<double> normals, ReadOnlySpan<double> vector, Span<double> image)
    {
        var size = Math.Sqrt((normals[0] * normals[0]) + (normals[1] * normals[1]));
        var (cosine, sine) = size > 0 ? (normals[0] / size, normals[1] / size) : (1.0, 0.0);
        Turn(cosine, sine, hasReflections && normals[2] < 0, vector, image);
    }

    public override void ApplyDesign(int index, ReadOnlySpan<double> vector, Span<double> image)
    {
        var (sine, cosine) = Math.SinCos(2 * Math.PI * (index % Turns) / Turns);
        Turn(cosine, sine, index >= Turns, vector, image);
    }

    public override double ApplyNear(ReadOnlySpan<double> normals, double width, ReadOnlySpan<double> vector, Span<double> image)
    {
        var angle = width * normals[0];
        var (sine, cosine) = Math.SinCos(angle);
        Turn(cosine, sine, false, vector, image);
        return Math.Log(2 * Math.PI) + WrappedNormal.LogDensity(angle, width, 2 * Math.PI);
    }

    public override Orbit NewOrbit() => new VonMisesOrbit(dimension, hasReflections);

    // z -> (c + is) z, of the conjugate where the points are reflected first.
    private static void Turn(double cosine, double sine, bool isReflected, ReadOnlySpan<double> vector, Span<double> image)
    {
        for (var j = 0; j < vector.Length; j += 2)
        {
            var (x, y) = (vector[j], isReflected ? -vector[j + 1] : vector[j + 1]);
            (image[j], image[j + 1]) = ((cosine * x) - (sine * y), (sine * x) + (cosine * y));
        }
    }

    // E e^{iθ} = (c/κ) I₁(κ)/I₀(κ) with c = Σ f_j conj(a_j) and κ = |c|; the branches of O(2) weigh I₀.
    private sealed class VonMisesOrbit(int dimension, bool hasReflections) : Orbit
    {
        private readonly double[] a = new double[dimension];

        public override void Bind(ReadOnlySpan<double> template) => template.CopyTo(a);

        public override double Mean(ReadOnlySpan<double> field, Span<double> mean)
        {
            var (real, imaginary, kappa) = Sum(field, false);
            var ratio = kappa > 0 ? ScaledBessel.Ratio(kappa) / kappa : 0;
            var total = kappa + Math.Log(ScaledBessel.Zero(kappa));
            Turn(real * ratio, imaginary * ratio, false, a, mean);
            if (!hasReflections)
                return total;
            var (otherReal, otherImaginary, otherKappa) = Sum(field, true);
            Span<double> weights = [total, otherKappa + Math.Log(ScaledBessel.Zero(otherKappa))];
            total = Vectors.Softmax(weights) - Math.Log(2);
            var otherRatio = otherKappa > 0 ? weights[1] * ScaledBessel.Ratio(otherKappa) / otherKappa : 0;
            for (var j = 0; j < mean.Length; j += 2)
            {
                mean[j] = (weights[0] * mean[j]) + (otherRatio * ((otherReal * a[j]) + (otherImaginary * a[j + 1])));
                mean[j + 1] = (weights[0] * mean[j + 1]) + (otherRatio * ((otherImaginary * a[j]) - (otherReal * a[j + 1])));
            }

            return total;
        }

        public override void Nearest(ReadOnlySpan<double> field, Span<double> nearest)
        {
            var (real, imaginary, kappa) = Sum(field, false);
            if (hasReflections)
            {
                var other = Sum(field, true);
                if (other.Kappa > kappa)
                {
                    Turn(other.Real / other.Kappa, other.Imaginary / other.Kappa, true, a, nearest);
                    return;
                }
            }

            Turn(kappa > 0 ? real / kappa : 1, kappa > 0 ? imaginary / kappa : 0, false, a, nearest);
        }

        private (double Real, double Imaginary, double Kappa) Sum(ReadOnlySpan<double> field, bool isReflected)
        {
            var (real, imaginary) = (0.0, 0.0);
            for (var j = 0; j < a.Length; j += 2)
            {
                var y = isReflected ? -a[j + 1] : a[j + 1];
                real += (field[j] * a[j]) + (field[j + 1] * y);
                imaginary += (field[j + 1] * a[j]) - (field[j] * y);
            }

            return (real, imaginary, Math.Sqrt((real * real) + (imaginary * imaginary)));
        }
    }
}
