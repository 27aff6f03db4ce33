using MathNet.Numerics.LinearAlgebra;

namespace Eigenflow.Systems.InAndOutOfEquilibrium;

/// <summary>The loss near its minimum to second order: per-sample gradients and Hessians, and what follows from them. Everything that the theory reads.</summary>
internal sealed class LocalExpansion
{
    // Per-sample Hessians, 320 MB at most.
    private const double MostNumbers = 4e7;

    private Matrix<double>? meanOfRows;

    private LocalExpansion(int samples, int batch, Matrix<double> hessian)
    {
        (Samples, Batch, Hessian) = (samples, batch, hessian);
        Minimum = new double[hessian.RowCount];
        Covariance = Matrix<double>.Build.Dense(hessian.RowCount, hessian.RowCount);
        TraceGradient = Vector<double>.Build.Dense(hessian.RowCount);
        Gradients = [];
        Hessians = [];
    }

    /// <summary>Number of samples N; 0 where there are matrices alone.</summary>
    public int Samples { get; }

    /// <summary>Batch size B.</summary>
    public int Batch { get; }

    /// <summary>Batches of an epoch M = N/B.</summary>
    public int Batches => Samples == 0 ? 1 : Samples / Batch;

    /// <summary>Number of parameters d.</summary>
    public int Dimension => Hessian.RowCount;

    /// <summary>θ*.</summary>
    public double[] Minimum { get; private init; }

    /// <summary>H = mean of the H_i.</summary>
    public Matrix<double> Hessian { get; }

    /// <summary>Γ: covariance of the per-sample gradients.</summary>
    public Matrix<double> Covariance { get; private init; }

    /// <summary>∇ tr Γ = (2/N) Σ_i (H_i − H) g_i at the minimum.</summary>
    public Vector<double> TraceGradient { get; private init; }

    /// <summary>g_i, N × d.</summary>
    public double[] Gradients { get; private init; }

    /// <summary>H_i, N × d × d.</summary>
    public double[] Hessians { get; private init; }

    /// <summary>Whether the loss is quadratic, so that this expansion is all of it.</summary>
    public bool IsQuadratic { get; private init; } = true;

    // r_i with H_i = r_i r_iᵀ + λ; null where Hessians have another form.
    private double[]? RankOneRows { get; init; }

    /// <summary>The diffusion matrix of a step where it is given; null where it follows from the samples.</summary>
    public Matrix<double>? GivenDiffusion { get; private init; }

    /// <summary>The part of Γ that is the covariance of the mean of a batch with replacement: c_B for distinct samples, 1/B for independent draws.</summary>
    public double BatchFactor => HasIndependentDraws && Samples > 1 ? 1.0 / Batch : EpochFactor;

    /// <summary>c_B = (N − B)/(B(N − 1)): the part of Γ that is the covariance of the mean of B distinct samples, as batches of shuffled epochs have them.</summary>
    public double EpochFactor => Samples < 2 ? 0 : (Samples - Batch) / (Batch * (Samples - 1.0));

    /// <summary>Whether the samples of a batch with replacement are independent draws, of which some may be the same.</summary>
    public bool HasIndependentDraws { get; private init; }

    /// <summary>Largest eigenvalue of H.</summary>
    public double Largest => Eigenvalues.Max();

    /// <summary>Smallest eigenvalue of H.</summary>
    public double Smallest => Eigenvalues.Min();

    private double[] Eigenvalues => field ??= [.. Hessian.Evd(Symmetricity.Symmetric).EigenValues.Select(value => value.Real)];

    /// <summary>The expansion of a loss.</summary>
    /// <exception cref="TooLargeException">Too many numbers.</exception>
    public static LocalExpansion Of(LossModel loss, int batch, bool isIndependent = false)
    {
        int n = loss.Samples, d = loss.Dimension;
        if ((double)n * d * d > MostNumbers)
            throw new TooLargeException(DisplayText.Plain($"Hessians of {n} samples in {d} dimensions"), 8.0 * n * d * d, 8 * MostNumbers, "use fewer samples or a smaller dimension");
        double[] gradients = new double[n * d], hessians = new double[n * d * d], total = new double[d * d];
        for (var i = 0; i < n; i++)
        {
            loss.Gradient(i, loss.Minimum, gradients.AsSpan(i * d, d));
            var one = hessians.AsSpan(i * d * d, d * d);
            loss.Hessian(i, loss.Minimum, one);
            for (var k = 0; k < one.Length; k++)
                total[k] += one[k] / n;
        }

        // The gradients of a minimum sum to zero; what rounding leaves would be a shift of its own.
        for (var k = 0; k < d; k++)
        {
            var rest = 0.0;
            for (var i = 0; i < n; i++)
                rest += gradients[(i * d) + k] / n;
            for (var i = 0; i < n; i++)
                gradients[(i * d) + k] -= rest;
        }

        var hessian = Matrix<double>.Build.Dense(d, d, (j, k) => total[(j * d) + k]);
        var g = Matrix<double>.Build.Dense(n, d, (i, k) => gradients[(i * d) + k]);
        var trace = Vector<double>.Build.Dense(d);
        for (var i = 0; i < n; i++)
        {
            for (var j = 0; j < d; j++)
            {
                for (var k = 0; k < d; k++)
                    trace[j] += 2.0 / n * (hessians[(i * d * d) + (j * d) + k] - hessian[j, k]) * gradients[(i * d) + k];
            }
        }

        return new LocalExpansion(n, batch, hessian)
        {
            Minimum = loss.Minimum,
            Covariance = g.TransposeThisAndMultiply(g) / n,
            TraceGradient = trace,
            Gradients = gradients,
            Hessians = hessians,
            IsQuadratic = loss is not NetworkLoss,
            RankOneRows = loss.RankOneRows,
            HasIndependentDraws = isIndependent,
        };
    }

    /// <summary>The expansion that matrices are.</summary>
    public static LocalExpansion Of(Matrix<double> hessian, Matrix<double> diffusion) => new(0, 1, hessian) { GivenDiffusion = diffusion };

    /// <summary>(1/N) Σ_i H_i S H_i − H S H, for a symmetric S.</summary>
    public Matrix<double> Spread(Matrix<double> s)
    {
        var d = Dimension;
        if (RankOneRows is { } rows)
        {
            // The mean of (r·Sr) rrᵀ less R̄SR̄ with R̄ the mean of rrᵀ: λ drops out.
            meanOfRows ??= Weighted(rows, null);
            return Weighted(rows, s.ToRowMajorArray()) - (meanOfRows * s * meanOfRows);
        }

        double[] sum = new double[d * d], half = new double[d * d], middle = s.ToRowMajorArray();
        for (var i = 0; i < Samples; i++)
        {
            var h = Hessians.AsSpan(i * d * d, d * d);
            Product(h, middle, half, d, isAdded: false);
            Product(half, h, sum, d, isAdded: true);
        }

        return Matrix<double>.Build.Dense(d, d, (j, k) => sum[(j * d) + k] / Samples) - (Hessian * s * Hessian);
    }

    // The mean of (r·Sr) rrᵀ, or of rrᵀ.
    private Matrix<double> Weighted(double[] rows, double[]? form)
    {
        var d = Dimension;
        var sum = new double[d * d];
        for (var i = 0; i < Samples; i++)
        {
            var row = rows.AsSpan(i * d, d);
            var weight = 1.0;
            if (form is not null)
            {
                weight = 0;
                for (var j = 0; j < d; j++)
                {
                    var part = form[(j * d) + j] * row[j] / 2;
                    for (var k = 0; k < j; k++)
                        part += form[(j * d) + k] * row[k];
                    weight += 2 * part * row[j];
                }
            }

            for (var j = 0; j < d; j++)
            {
                var factor = weight * row[j];
                for (var k = 0; k <= j; k++)
                    sum[(j * d) + k] += factor * row[k];
            }
        }

        return Matrix<double>.Build.Dense(d, d, (j, k) => sum[(Math.Max(j, k) * d) + Math.Min(j, k)] / Samples);
    }

    /// <summary>C = A B, or C += A B, of d × d matrices row by row.</summary>
    public static void Product(ReadOnlySpan<double> a, ReadOnlySpan<double> b, Span<double> c, int d, bool isAdded)
    {
        if (!isAdded)
            c[..(d * d)].Clear();
        for (var i = 0; i < d; i++)
        {
            for (var k = 0; k < d; k++)
            {
                var factor = a[(i * d) + k];
                for (var j = 0; j < d; j++)
                    c[(i * d) + j] += factor * b[(k * d) + j];
            }
        }
    }
}
