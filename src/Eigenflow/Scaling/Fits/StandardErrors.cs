namespace Eigenflow.Scaling.Fits;

/// <summary>
/// Standard errors of a least-squares fit whose noise has scales σ_i and correlation ρ: G⁻¹ (Jᵀ diag(σ²) J) G⁻¹ s² (1 + ρ)/(1 − ρ) with G = JᵀJ and s² = Σ (r_i/σ_i)²/(n − k).
/// Parameters at a bound are held. Holds its buffers; not for several threads at once. Work O(n k²).
/// </summary>
internal sealed class StandardErrors(int parameters, double[] scales)
{
    private readonly double[] gram = new double[parameters * parameters];
    private readonly double[] meat = new double[parameters * parameters];
    private readonly double[] inverse = new double[parameters * parameters];
    private readonly double[] standard = new double[scales.Length];

    /// <summary>Computes.</summary>
    /// <param name="residuals">Residuals.</param>
    /// <param name="slopes">Derivatives J, row by row.</param>
    /// <param name="isFree">Which parameters are not at a bound.</param>
    /// <param name="errors">Receives the standard errors; NaN for parameters that are held or not determined.</param>
    public void Compute(ReadOnlySpan<double> residuals, ReadOnlySpan<double> slopes, ReadOnlySpan<bool> isFree, Span<double> errors)
    {
        Array.Clear(gram);
        Array.Clear(meat);
        var squares = 0.0;
        for (var i = 0; i < scales.Length; i++)
        {
            standard[i] = residuals[i] / scales[i];
            squares += standard[i] * standard[i];
            var row = slopes.Slice(i * parameters, parameters);
            var variance = scales[i] * scales[i];
            for (var j = 0; j < parameters; j++)
            {
                for (var k = 0; k <= j; k++)
                {
                    gram[(j * parameters) + k] += row[j] * row[k];
                    meat[(j * parameters) + k] += row[j] * row[k] * variance;
                }
            }
        }

        var rho = ResidualNoise.CorrelationOf(standard, parameters);
        var noise = squares / Math.Max(1, scales.Length - parameters) * (1 + rho) / (1 - rho);
        if (!Invert(isFree))
        {
            errors.Fill(double.NaN);
            return;
        }

        for (var j = 0; j < parameters; j++)
        {
            var sum = 0.0;
            for (var a = 0; a < parameters; a++)
            {
                for (var b = 0; b < parameters; b++)
                    sum += inverse[(j * parameters) + a] * meat[(Math.Max(a, b) * parameters) + Math.Min(a, b)] * inverse[(j * parameters) + b];
            }

            errors[j] = isFree[j] ? Math.Sqrt(noise * sum) : double.NaN;
        }
    }

    // Inverse of the Gram matrix of the free parameters by Gauss–Jordan on a unit diagonal; rows and columns of the others are zero.
    private bool Invert(ReadOnlySpan<bool> isFree)
    {
        var n = parameters;
        Span<double> left = stackalloc double[n * n], size = stackalloc double[n];
        for (var j = 0; j < n; j++)
            size[j] = isFree[j] ? Math.Sqrt(gram[(j * n) + j]) : 1;
        for (var j = 0; j < n; j++)
        {
            for (var k = 0; k < n; k++)
            {
                left[(j * n) + k] = isFree[j] && isFree[k] ? gram[(Math.Max(j, k) * n) + Math.Min(j, k)] / (size[j] * size[k]) : j == k ? 1 : 0;
                inverse[(j * n) + k] = j == k ? 1 : 0;
            }
        }

        // The matrix is positive definite: no pivoting.
        for (var pivot = 0; pivot < n; pivot++)
        {
            var divisor = left[(pivot * n) + pivot];
            if (!(divisor > 1e-14))
                return false;
            for (var k = 0; k < n; k++)
            {
                left[(pivot * n) + k] /= divisor;
                inverse[(pivot * n) + k] /= divisor;
            }

            for (var j = 0; j < n; j++)
            {
                if (j == pivot)
                    continue;
                var factor = left[(j * n) + pivot];
                for (var k = 0; k < n; k++)
                {
                    left[(j * n) + k] -= factor * left[(pivot * n) + k];
                    inverse[(j * n) + k] -= factor * inverse[(pivot * n) + k];
                }
            }
        }

        for (var j = 0; j < n; j++)
        {
            for (var k = 0; k < n; k++)
                inverse[(j * n) + k] = isFree[j] && isFree[k] ? inverse[(j * n) + k] / (size[j] * size[k]) : 0;
        }

        return true;
    }
}
