using Eigenflow.Numerics.Dense;

namespace Eigenflow.Systems.MultiscaleDoubleDescent;

/// <summary>
/// Overlaps and error at finite n and d for given inputs, averaged over label noise, and over the teacher where it is random (arXiv 2112.03215, Eqs. 9–10).
/// With D = f Λ of every eigenvector, A = FV D (FV)⁻¹ and B = FV f Λ^½: R = tr A/d, Q = (tr AᵀA + σ² tr BᵀB)/d. A trace of AᵀA is a form of D whose matrix is made once, so that a time costs O(d²).
/// </summary>
internal sealed class FiniteSizeCurve
{
    private readonly DrawnInputs inputs;
    private readonly double noise;
    private readonly double power;
    private readonly double[] aligned;
    private readonly double[] form;

    /// <param name="inputs">The draw, with diagonal F.</param>
    /// <param name="teacher">The teacher.</param>
    /// <param name="noise">σ².</param>
    public FiniteSizeCurve(DrawnInputs inputs, LatentTeacher teacher, double noise)
    {
        (this.inputs, this.noise) = (inputs, noise);
        var (d, r) = (inputs.Dimension, inputs.Rank);
        power = teacher.Power(0, d) / d;

        // Rows of (FV)⁻¹: those of Vᵀ over the scales.
        var inverse = new double[r * d];
        for (var k = 0; k < inverse.Length; k++)
            inverse[k] = inputs.Right[k] / inputs.Features[k % d];
        form = new double[r * r];
        if (teacher.IsRandom)
        {
            aligned = [.. Enumerable.Repeat(1.0, r)];
            var transposed = new double[d * r];
            MatrixProduct.Transpose(inverse, transposed, r, d);
            MatrixProduct.MultiplyTransposed(transposed, transposed, form, r, d, r);
            for (var k = 0; k < form.Length; k++)
                form[k] *= inputs.Gram[k];
            return;
        }

        var (weights, left, right) = (teacher.Entries(d), new double[r], new double[r]);
        MatrixProduct.Multiply(weights, inputs.Modulated, left, 1, d, r);
        MatrixProduct.Multiply(inverse, weights, right, r, d, 1);
        aligned = [.. left.Zip(right, (one, other) => one * other)];
        for (var k = 0; k < form.Length; k++)
            form[k] = inputs.Gram[k] * right[k / r] * right[k % r];
    }

    /// <summary>The mean student of a filter at a time.</summary>
    public StudentError At(SpectralFilter filter, double time)
    {
        var (d, r) = (inputs.Dimension, inputs.Rank);
        var learned = new double[r];
        double overlap = 0, norm = 0, scatter = 0;
        for (var i = 0; i < r; i++)
        {
            var factor = filter.Factor(inputs.Eigenvalues[i], time);
            learned[i] = factor * inputs.Eigenvalues[i];
            overlap += aligned[i] * learned[i];
            scatter += inputs.Gram[(i * r) + i] * factor * factor * inputs.Eigenvalues[i];
        }

        for (var i = 0; i < r; i++)
        {
            var sum = 0.0;
            for (var j = 0; j < r; j++)
                sum += form[(i * r) + j] * learned[j];
            norm += learned[i] * sum;
        }

        var bias = 0.5 * (power + ((norm - (2 * overlap)) / d));
        return new StudentError(overlap / d, (norm + (noise * scatter)) / d, Math.Max(0, bias), 0.5 * noise * scatter / d);
    }
}
