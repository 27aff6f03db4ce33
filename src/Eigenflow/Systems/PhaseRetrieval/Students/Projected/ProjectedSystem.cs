using Eigenflow.Dynamics;
using Eigenflow.Numerics.Ode;

namespace Eigenflow.Systems.PhaseRetrieval;

/// <summary>How the student's norm is held.</summary>
public enum NormProjection
{
    /// <summary>The part of the gradient along Qw, the Euclidean normal of the surface wᵀQw = s*, is taken out.</summary>
    Tangent,

    /// <summary>w is multiplied by a number after every infinitesimal step.</summary>
    Rescale,
}

/// <summary>
/// The flow on wᵀQw = s* (derived), with s₂ = wᵀQ²w, u₂ = wᵀQ²w*: tangent, ẇ_i = 8λ_i u (w*_i − (u₂/s₂) w_i); rescaled, ẇ_i = 8λ_i (u w*_i − s* w_i) + β w_i with β = 8 (s₂ − u u₂/s*). In the variables w, or e = w ∓ w*, in
/// which nothing cancels near the teacher; after every step what rounding has changed of s is taken back. The Jacobian is diagonal plus rank three.
/// </summary>
/// <remarks>
/// Both flows leave s as it is whatever it is, so that σ − J would become singular with σ → 0, and late steps be lost in rounding: −8 (s − s*) Qw, which vanishes on the surface, takes s back to it.
/// </remarks>
internal sealed class ProjectedSystem : IContinuousModel<PhaseStatistics>, ILowRankSystem
{
    private const double Underflow = 1e-290;
    private const double Enter = 0.7;

    private readonly WeightedModes modes;
    private readonly NormProjection projection;
    private readonly double overlap;
    private readonly double second;
    private double[] teacher;
    private int sign;

    public ProjectedSystem(WeightedModes modes, NormProjection projection)
    {
        (this.modes, this.projection, teacher) = (modes, projection, modes.Teacher);
        overlap = modes.TeacherOverlap;
        var (start, _, _) = modes.Moments(1);
        (_, _, second) = modes.Moments(2);
        var scale = Math.Sqrt(overlap / start);
        InitialState = [.. modes.Start.Select(value => scale * value)];
    }

    public int Size => modes.Size;

    public int Rank => 3;

    public bool IsAutonomous => true;

    /// <summary>The start, scaled to s = s*.</summary>
    public double[] InitialState { get; }

    // The state is w (0), or e = w − σ w* (1) where the teacher carries its sign.
    private int Shift => sign == 0 ? 0 : 1;

    public void Derivative(double time, ReadOnlySpan<double> state, Span<double> derivative)
    {
        var terms = Terms(state);
        for (var j = 0; j < state.Length; j++)
        {
            var (rate, w) = (8 * modes.Eigenvalues[j], state[j] + (Shift * teacher[j]));
            derivative[j] = projection == NormProjection.Tangent
                ? rate * terms.U * Residual(terms, state[j], teacher[j])
                : (rate * (Shift == 0 ? (terms.U * teacher[j]) - (overlap * w) : (terms.Q * teacher[j]) - (overlap * state[j]))) + (terms.Growth * w);
            derivative[j] -= rate * terms.Excess * w;
        }
    }

    public void TimeDerivative(double time, ReadOnlySpan<double> state, Span<double> derivative) => derivative.Clear();

    public void Linearize(double time, ReadOnlySpan<double> state, LowRankJacobian jacobian)
    {
        var terms = Terms(state);
        for (var j = 0; j < state.Length; j++)
        {
            var (value, weight, w) = (modes.Eigenvalues[j], modes.Weights[j] * modes.Eigenvalues[j], state[j] + (Shift * teacher[j]));
            jacobian.Right(0)[j] = weight * teacher[j];
            jacobian.Left(2)[j] = -16 * value * w;
            jacobian.Right(2)[j] = weight * w;
            if (projection == NormProjection.Tangent)
            {
                jacobian.Diagonal[j] = -8 * value * terms.U * terms.Ratio;
                jacobian.Left(0)[j] = 8 * value * Residual(terms, state[j], teacher[j]);
                jacobian.Left(1)[j] = -8 * value * terms.U * w;
                jacobian.Right(1)[j] = weight * value * (teacher[j] - (2 * terms.Ratio * w)) / terms.S2;
            }
            else
            {
                jacobian.Diagonal[j] = (-8 * value * overlap) + terms.Growth;
                jacobian.Left(0)[j] = (8 * value * teacher[j]) - (8 * terms.U2 / overlap * w);
                jacobian.Left(1)[j] = w;
                jacobian.Right(1)[j] = 8 * weight * value * ((2 * w) - (terms.U / overlap * teacher[j]));
            }

            jacobian.Diagonal[j] -= 8 * value * terms.Excess;
        }
    }

    public double ErrorNorm(ReadOnlySpan<double> before, ReadOnlySpan<double> after, ReadOnlySpan<double> error, double relativeTolerance)
    {
        const double Caution = 4;
        var terms = Terms(after);
        var level = Math.Min(1, Math.Abs(Shift == 0 ? terms.U : terms.Q) / overlap);
        var typical = 0.1 * Math.Sqrt(overlap);
        var largest = 0.0;
        for (var j = 0; j < after.Length; j++)
            largest = Math.Max(largest, Math.Abs(error[j]) / (Math.Max(Math.Abs(before[j]), Math.Abs(after[j])) + ((Math.Abs(teacher[j]) + typical) * level) + Underflow));
        return Caution * largest / relativeTolerance;
    }

    public PhaseStatistics Observe(ReadOnlySpan<double> state) => Observe(state, teacher, sign);

    public Func<double[], PhaseStatistics> Observer()
    {
        var (direction, side) = (teacher, sign);
        return state => Observe(state, direction, side);
    }

    public bool Reformulate(Span<double> state, PhaseStatistics row)
    {
        if (sign == 0 && Math.Abs(row.U) > Enter * overlap)
        {
            sign = Math.Sign(row.U);
            teacher = Array.ConvertAll(modes.Teacher, value => sign * value);
            for (var j = 0; j < state.Length; j++)
                state[j] -= teacher[j];
        }

        // s/s* − 1, and the factor that takes it back.
        var (q, p) = (0.0, 0.0);
        for (var j = state.Length - 1; j >= 0; j--)
        {
            q += modes.Weights[j] * modes.Eigenvalues[j] * state[j] * teacher[j];
            p += modes.Weights[j] * modes.Eigenvalues[j] * state[j] * state[j];
        }

        var excess = sign == 0 ? (p / overlap) - 1 : ((2 * q) + p) / overlap;
        var change = -excess / (1 + excess + Math.Sqrt(1 + excess));
        for (var j = 0; j < state.Length; j++)
            state[j] += change * (state[j] + (Shift * teacher[j]));
        return true;
    }

    private double Residual(Sums terms, double y, double direction) => ((Shift == 0 ? 1 : terms.Missing) * direction) - (terms.Ratio * y);

    private PhaseStatistics Observe(ReadOnlySpan<double> state, double[] direction, int side)
    {
        double q = 0, p = 0, near = 0, far = 0;
        for (var j = state.Length - 1; j >= 0; j--)
        {
            var weight = modes.Weights[j] * modes.Eigenvalues[j];
            q += weight * state[j] * direction[j];
            p += weight * state[j] * state[j];
            var (first, other) = side == 0 ? (state[j] - direction[j], state[j] + direction[j]) : (state[j], state[j] + (2 * direction[j]));
            near += modes.Weights[j] * first * first;
            far += modes.Weights[j] * other * other;
        }

        if (side == 0)
            return PhaseFrame.Absolute.Statistics(q, p, Math.Min(near, far), overlap, modes.Dimension);

        // On s = s* the sum q is −p/2, which it is far less accurate than; s says how well the norm was held.
        var statistics = new PhaseFrame(true, side).Statistics(-p / 2, p, Math.Min(near, far), overlap, modes.Dimension);
        return statistics with { S = overlap + (2 * q) + p, Shortfall = -((2 * q) + p) / overlap };
    }

    private Sums Terms(ReadOnlySpan<double> state)
    {
        double q = 0, p = 0, q2 = 0, p2 = 0;
        for (var j = state.Length - 1; j >= 0; j--)
        {
            var weight = modes.Weights[j] * modes.Eigenvalues[j] * state[j];
            q += weight * teacher[j];
            p += weight * state[j];
            q2 += weight * modes.Eigenvalues[j] * teacher[j];
            p2 += weight * modes.Eigenvalues[j] * state[j];
        }

        if (Shift == 0)
            return new Sums(q, q, p2, q2, q2 / p2, 0, 8 * (p2 - (q * q2 / overlap)), p - overlap);
        var (u, s2, u2) = (overlap + q, second + (2 * q2) + p2, second + q2);
        return new Sums(u, q, s2, u2, u2 / s2, (q2 + p2) / s2, 8 * (q2 + p2 - (q / overlap * u2)), (2 * q) + p);
    }

    /// <param name="U">u with the sign of the teacher as it is carried.</param>
    /// <param name="Q">The sum of λ w* y.</param>
    /// <param name="S2">s₂.</param>
    /// <param name="U2">u₂.</param>
    /// <param name="Ratio">u₂/s₂.</param>
    /// <param name="Missing">1 − u₂/s₂, near the teacher.</param>
    /// <param name="Growth">β.</param>
    /// <param name="Excess">s − s*.</param>
    private readonly record struct Sums(double U, double Q, double S2, double U2, double Ratio, double Missing, double Growth, double Excess);
}
