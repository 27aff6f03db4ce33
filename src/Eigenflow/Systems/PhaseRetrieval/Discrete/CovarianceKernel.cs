using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Eigenflow.Numerics;
using Eigenflow.Systems.PhaseRetrieval.Kernels;

namespace Eigenflow.Systems.PhaseRetrieval;

/// <summary>
/// Mean m and covariance Σ of the student over runs, in the variables of a frame (<see cref="PhaseFrame"/>). Every matrix of a step is diagonal plus a few outer products, so that it is one pass over Σ, which also takes
/// the two products Σb and Σr that the next step needs. Work 9 d² fused operations a step, memory 8 d² bytes. Sums run in eight fixed lanes, so that results do not depend on the vector width of the machine.
/// </summary>
internal sealed partial class CovarianceKernel
{
    private const int Multiple = 16;

    // Rows of the store of vectors.
    private const int Rates = 0, Mean = 1, Teacher = 2, Along = 3, Tilt = 4, Kappa = 5, Rho = 6, First = 7, Second = 8, Gradient = 9, Rows = 10;

    private readonly AlignedStore vectors;
    private readonly AlignedStore covariance;
    private readonly int size;
    private readonly int stride;

    public CovarianceKernel(WeightedModes modes)
    {
        size = modes.Size;
        stride = (size + Multiple - 1) / Multiple * Multiple;
        vectors = new AlignedStore(Rows * stride);
        covariance = new AlignedStore(stride * stride);
        modes.Eigenvalues.CopyTo(Row(Rates));
        modes.Start.CopyTo(Row(Mean));
        modes.Teacher.CopyTo(Row(Teacher));
        Measure();
    }

    /// <summary>q of the mean: Σ λ m w*.</summary>
    public double Linear { get; private set; }

    /// <summary>Σ λ m², without the part of the covariance.</summary>
    public double Square { get; private set; }

    /// <summary>tr QΣ, the part of the covariance in the mean of p.</summary>
    public double Trace { get; private set; }

    /// <summary>Var q = bᵀΣb.</summary>
    public double LinearVariance => Dot(Kappa, Along);

    /// <summary>Cov(p, q) = 2 rᵀΣb.</summary>
    public double Covariance => 2 * Dot(Rho, Along);

    /// <summary>Var p to leading order, 4 rᵀΣr.</summary>
    public double TiltVariance => 4 * Dot(Rho, Tilt);

    /// <summary>The covariance of two modes.</summary>
    public double this[int i, int j] => covariance.Span[(i * stride) + j];

    /// <summary>Moves the mean by a multiple of the teacher, after giving it a sign.</summary>
    /// <param name="sign">The sign that multiplies the teacher before the move.</param>
    /// <param name="factor">The multiple.</param>
    /// <param name="after">The sign that multiplies it afterwards.</param>
    public void Shift(int sign, double factor, int after)
    {
        Span<double> mean = Row(Mean), teacher = Row(Teacher);
        for (var i = 0; i < size; i++)
        {
            teacher[i] *= sign;
            mean[i] += factor * teacher[i];
            teacher[i] *= after;
        }

        Measure();
    }

    // x = both ρ + mixed κ and z = mixed ρ + teacher κ of HΣ = DΣ + r xᵀ + b zᵀ, in the rows of the updates.
    private void Directions(in CovarianceStep step)
    {
        Span<double> kappa = Row(Kappa), rho = Row(Rho), first = Row(First), second = Row(Second);
        for (var i = 0; i < size; i++)
        {
            first[i] = (step.Hessian.Both * rho[i]) + (step.Hessian.Mixed * kappa[i]);
            second[i] = (step.Hessian.Mixed * rho[i]) + (step.Hessian.Teacher * kappa[i]);
        }
    }

    /// <summary>One step.</summary>
    public void Update(in CovarianceStep step)
    {
        Gradients(step);
        Span<double> rates = Row(Rates), tilt = Row(Tilt), along = Row(Along), kappa = Row(Kappa), rho = Row(Rho), first = Row(First), second = Row(Second);
        double rate = step.Rate, both = step.Hessian.Both, mixed = step.Hessian.Mixed, own = step.Hessian.Teacher;

        // HΣ = DΣ + r xᵀ + b zᵀ with D = −4gQ.
        Directions(step);
        double xr = 0, xb = 0, zr = 0, zb = 0;
        for (var i = 0; i < size; i++)
        {
            double x = first[i], z = second[i];
            xr += x * tilt[i];
            xb += x * along[i];
            zr += z * tilt[i];
            zb += z * along[i];
            var damping = -rate - (4 * step.Square * step.G * rates[i]);
            var share = 16 * step.Gain * rates[i];
            first[i] = (damping * x) + (8 * step.Gain * step.Second.A * tilt[i]) + (share * ((step.WithSquare.Kappa * kappa[i]) + (step.WithSquare.Rho * rho[i])));
            second[i] = (damping * z) + (16 * step.Gain * ((step.Second.B * tilt[i]) + (0.5 * step.Second.C * along[i]))) + (share * ((step.WithCross.Kappa * kappa[i]) + (step.WithCross.Rho * rho[i])));
        }

        // The outer products of r and b within HΣH, halved where they stand twice.
        double rr = step.Square * ((both * xr) + (mixed * xb)), rb = step.Square * ((mixed * xr) + (own * xb)), bb = step.Square * ((mixed * zr) + (own * zb));
        for (var i = 0; i < size; i++)
        {
            first[i] += (0.5 * rr * tilt[i]) + (rb * along[i]);
            second[i] += 0.5 * bb * along[i];
        }

        var linear = 4 * rate * step.G;
        var quadratic = (16 * step.Square * step.G * step.G) + (16 * step.Gain * step.Second.A * step.Own);
        Pass(linear, quadratic, step.Gain * step.Intensity, -step.Gain, rate);
        Sums();
    }

    // The mean gradient −4Q (g y + h w* + feedback).
    private void Gradients(in CovarianceStep step)
    {
        Span<double> rates = Row(Rates), tilt = Row(Tilt), along = Row(Along), kappa = Row(Kappa), rho = Row(Rho), gradient = Row(Gradient);
        for (var i = 0; i < size; i++)
            gradient[i] = -4 * ((step.G * tilt[i]) + (step.H * along[i]) + (rates[i] * ((step.Feedback.Kappa * kappa[i]) + (step.Feedback.Rho * rho[i]))));
    }

    // Σ_ij ← Σ_ij (1 + linear (λ_i + λ_j) + quadratic λ_i λ_j) + r firstᵀ + first rᵀ + b secondᵀ + second bᵀ + outer GGᵀ + diagonal λ_i δ_ij; then κ and ρ of the moved mean.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Pass(double linear, double quadratic, double diagonal, double outer, double rate)
    {
        Span<double> rates = Row(Rates), mean = Row(Mean), tilt = Row(Tilt), along = Row(Along), first = Row(First), second = Row(Second), gradient = Row(Gradient), kappa = Row(Kappa), rho = Row(Rho);
        ref double rateRef = ref Ref(Rates), tiltRef = ref Ref(Tilt), alongRef = ref Ref(Along), firstRef = ref Ref(First), secondRef = ref Ref(Second), gradientRef = ref Ref(Gradient), meanRef = ref Ref(Mean);
        for (var i = 0; i < size; i++)
            mean[i] -= rate * gradient[i];
        for (var i = 0; i < size; i++)
        {
            ref var row = ref CovarianceRow(i);
            var constant = Vector512.Create(1 + (linear * rates[i]));
            var slope = Vector512.Create(linear + (quadratic * rates[i]));
            var (r, a, b, c, n) = (Vector512.Create(tilt[i]), Vector512.Create(first[i]), Vector512.Create(along[i]), Vector512.Create(second[i]), Vector512.Create(outer * gradient[i]));
            Vector512<double> sumKappa = default, sumRho = default;
            for (nuint j = 0; j < (nuint)stride; j += 8)
            {
                var other = Vector512.LoadUnsafe(ref rateRef, j);
                var value = Vector512.LoadUnsafe(ref row, j) * Vector512.FusedMultiplyAdd(slope, other, constant);
                value = Vector512.FusedMultiplyAdd(r, Vector512.LoadUnsafe(ref firstRef, j), value);
                value = Vector512.FusedMultiplyAdd(a, Vector512.LoadUnsafe(ref tiltRef, j), value);
                value = Vector512.FusedMultiplyAdd(b, Vector512.LoadUnsafe(ref secondRef, j), value);
                var teacher = Vector512.LoadUnsafe(ref alongRef, j);
                value = Vector512.FusedMultiplyAdd(c, teacher, value);
                value = Vector512.FusedMultiplyAdd(n, Vector512.LoadUnsafe(ref gradientRef, j), value);
                value.StoreUnsafe(ref row, j);
                sumKappa = Vector512.FusedMultiplyAdd(value, teacher, sumKappa);
                sumRho = Vector512.FusedMultiplyAdd(value, other * Vector512.LoadUnsafe(ref meanRef, j), sumRho);
            }

            var added = diagonal * rates[i];
            Unsafe.Add(ref row, i) += added;
            kappa[i] = Vector512.Sum(sumKappa) + (added * along[i]);
            rho[i] = Vector512.Sum(sumRho) + (added * rates[i] * mean[i]);
        }
    }

    private void Measure()
    {
        Sums();
        for (var i = 0; i < size; i++)
        {
            Row(Kappa)[i] = RowLoops.Dot(ref CovarianceRow(i), ref Ref(Along), stride);
            Row(Rho)[i] = RowLoops.Dot(ref CovarianceRow(i), ref Ref(Tilt), stride);
        }
    }

    private void Sums()
    {
        Span<double> rates = Row(Rates), mean = Row(Mean), teacher = Row(Teacher), along = Row(Along), tilt = Row(Tilt);
        double linear = 0, square = 0, trace = 0;
        for (var i = size - 1; i >= 0; i--)
        {
            along[i] = rates[i] * teacher[i];
            tilt[i] = rates[i] * mean[i];
            linear += tilt[i] * teacher[i];
            square += tilt[i] * mean[i];
            trace += rates[i] * this[i, i];
        }

        (Linear, Square, Trace) = (linear, square, trace);
    }

    private double Dot(int first, int second) => RowLoops.Dot(ref Ref(first), ref Ref(second), stride);

    private Span<double> Row(int row) => vectors.Span.Slice(row * stride, stride);

    private ref double Ref(int row) => ref Unsafe.Add(ref vectors.Origin, row * stride);

    private ref double CovarianceRow(int row) => ref Unsafe.Add(ref covariance.Origin, (nint)row * stride);
}
