using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Eigenflow.Numerics;
using Eigenflow.Systems.PhaseRetrieval.Kernels;

namespace Eigenflow.Systems.PhaseRetrieval;

/// <summary>
/// Mean m and covariance Σ of the student over runs, in the variables of a frame (<see cref="PhaseFrame"/>). Every matrix of a step is diagonal plus a few outer products, so that it is one pass over Σ, which also takes
/// the two products Σb and Σr that the next step needs. Σ_ij = L_ij + δ_ij N_i, where N depends on the eigenvalue alone and L is linear in start and teacher on either side: both are carried on weighted entries
/// (<see cref="WeightedModes"/>) as well as on modes. Work 9 n² fused operations a step, memory 8 n² bytes, with n entries. Sums run in eight fixed lanes, so that results do not depend on the vector width of the machine.
/// </summary>
internal sealed partial class CovarianceKernel
{
    private const int Multiple = 16;

    // Rows of the store of vectors.
    private const int Rates = 0, Mean = 1, Teacher = 2, Along = 3, Tilt = 4, Kappa = 5, Rho = 6, First = 7, Second = 8, Gradient = 9, Weights = 10, Counts = 11, Each = 12, WeightedAlong = 13, WeightedTilt = 14, Rows = 15;

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
        modes.Weights.CopyTo(Row(Weights));
        modes.Counts.CopyTo(Row(Counts));
        Measure();
    }

    /// <summary>q of the mean: Σ λ m w*.</summary>
    public double Linear { get; private set; }

    /// <summary>Σ λ m², without the part of the covariance.</summary>
    public double Square { get; private set; }

    /// <summary>tr QΣ, the part of the covariance in the mean of p.</summary>
    public double Trace { get; private set; }

    /// <summary>Var q = bᵀΣb.</summary>
    public double LinearVariance => Dot(Kappa, WeightedAlong);

    /// <summary>Cov(p, q) = 2 rᵀΣb.</summary>
    public double Covariance => 2 * Dot(Rho, WeightedAlong);

    /// <summary>Var p to leading order, 4 rᵀΣr.</summary>
    public double TiltVariance => 4 * Dot(Rho, WeightedTilt);

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
        Span<double> rates = Row(Rates), tilt = Row(Tilt), along = Row(Along), kappa = Row(Kappa), rho = Row(Rho), first = Row(First), second = Row(Second), weightedTilt = Row(WeightedTilt), weightedAlong = Row(WeightedAlong);
        double rate = step.Rate, both = step.Hessian.Both, mixed = step.Hessian.Mixed, own = step.Hessian.Teacher;

        // HΣ = DΣ + r xᵀ + b zᵀ with D = −4gQ.
        Directions(step);
        double xr = 0, xb = 0, zr = 0, zb = 0;
        for (var i = 0; i < size; i++)
        {
            double x = first[i], z = second[i];
            xr += x * weightedTilt[i];
            xb += x * weightedAlong[i];
            zr += z * weightedTilt[i];
            zb += z * weightedAlong[i];
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

    // Σ_ij ← Σ_ij (1 + linear (λ_i + λ_j) + quadratic λ_i λ_j) + r firstᵀ + first rᵀ + b secondᵀ + second bᵀ + outer GGᵀ + diagonal λ_i δ_ij, whose last part is that of N; then κ and ρ of the moved mean.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Pass(double linear, double quadratic, double diagonal, double outer, double rate)
    {
        Span<double> rates = Row(Rates), mean = Row(Mean), tilt = Row(Tilt), along = Row(Along), first = Row(First), second = Row(Second), gradient = Row(Gradient), kappa = Row(Kappa), rho = Row(Rho), each = Row(Each), weights = Row(Weights), weightedTilt = Row(WeightedTilt);
        ref double rateRef = ref Ref(Rates), tiltRef = ref Ref(Tilt), alongRef = ref Ref(Along), firstRef = ref Ref(First), secondRef = ref Ref(Second), gradientRef = ref Ref(Gradient), weightedAlongRef = ref Ref(WeightedAlong), weightedTiltRef = ref Ref(WeightedTilt);
        for (var i = 0; i < size; i++)
        {
            mean[i] -= rate * gradient[i];
            weightedTilt[i] = weights[i] * rates[i] * mean[i];
            each[i] = (each[i] * (1 + (((2 * linear) + (quadratic * rates[i])) * rates[i]))) + (diagonal * rates[i]);
        }

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
                value = Vector512.FusedMultiplyAdd(c, Vector512.LoadUnsafe(ref alongRef, j), value);
                value = Vector512.FusedMultiplyAdd(n, Vector512.LoadUnsafe(ref gradientRef, j), value);
                value.StoreUnsafe(ref row, j);
                sumKappa = Vector512.FusedMultiplyAdd(value, Vector512.LoadUnsafe(ref weightedAlongRef, j), sumKappa);
                sumRho = Vector512.FusedMultiplyAdd(value, Vector512.LoadUnsafe(ref weightedTiltRef, j), sumRho);
            }

            kappa[i] = Vector512.Sum(sumKappa) + (each[i] * along[i]);
            rho[i] = Vector512.Sum(sumRho) + (each[i] * rates[i] * mean[i]);
        }
    }

    private void Measure()
    {
        Sums();
        for (var i = 0; i < size; i++)
        {
            Row(Kappa)[i] = RowLoops.Dot(ref CovarianceRow(i), ref Ref(WeightedAlong), stride) + (Row(Each)[i] * Row(Along)[i]);
            Row(Rho)[i] = RowLoops.Dot(ref CovarianceRow(i), ref Ref(WeightedTilt), stride) + (Row(Each)[i] * Row(Tilt)[i]);
        }
    }

    private void Sums()
    {
        Span<double> rates = Row(Rates), mean = Row(Mean), teacher = Row(Teacher), along = Row(Along), tilt = Row(Tilt), weights = Row(Weights), counts = Row(Counts), each = Row(Each), weightedAlong = Row(WeightedAlong), weightedTilt = Row(WeightedTilt);
        double linear = 0, square = 0, trace = 0;
        for (var i = size - 1; i >= 0; i--)
        {
            along[i] = rates[i] * teacher[i];
            tilt[i] = rates[i] * mean[i];
            weightedAlong[i] = weights[i] * along[i];
            weightedTilt[i] = weights[i] * tilt[i];
            linear += weightedTilt[i] * teacher[i];
            square += weightedTilt[i] * mean[i];
            trace += rates[i] * ((weights[i] * Own(i)) + (counts[i] * each[i]));
        }

        (Linear, Square, Trace) = (linear, square, trace);
    }

    private double Dot(int first, int second) => RowLoops.Dot(ref Ref(first), ref Ref(second), stride);

    private Span<double> Row(int row) => vectors.Span.Slice(row * stride, stride);

    private ref double Ref(int row) => ref Unsafe.Add(ref vectors.Origin, row * stride);

    // L_ii.
    private double Own(int i) => covariance.Span[(i * stride) + i];

    private ref double CovarianceRow(int row) => ref Unsafe.Add(ref covariance.Origin, (nint)row * stride);
}
