using Eigenflow.Numerics.Ode;
using Eigenflow.Solutions;

namespace Eigenflow.Systems.PhaseRetrieval;

/// <summary>
/// The closed two-variable flow of isotropic inputs of the same dimension: ṡ = (8/d)(s* − 3s)s + (16/d)u², u̇ = (4/d)(s* − 3s)u + (8/d)us*
/// (arXiv 2511.18661, isotropic reference), from the same teacher and start normalised for λ_i = 1/d. Exact; it converges exponentially
/// and is the reference curve of every comparison. Work O(1) per step after one pass over teacher and start.
/// </summary>
public sealed record IsotropicReduction : ContinuousMethod
{
    /// <inheritdoc/>
    public override string Name => "isotropic";

    /// <summary>How the modes are summed for the initial overlaps.</summary>
    public ModeRepresentation Modes { get; init; } = ModeRepresentation.Auto;

    internal override Solution Solve(PhaseRetrievalProblem problem, IProgress<Progress>? progress, CancellationToken cancellation)
    {
        // One eigenvalue needs one node, so that compression is exact here and takes O(1) memory.
        var representation = problem.Resolve(Modes) == ModeRepresentation.Averaged ? ModeRepresentation.Averaged : ModeRepresentation.Compressed;
        var modes = problem.Isotropic().Modes(representation, cancellation);
        var times = Grid(modes.LargestEigenvalue, modes.SmallestEigenvalue, modes.TeacherOverlap);
        var model = new Reduction(modes.LargestEigenvalue, modes.TeacherOverlap);
        var (start, cross, _) = modes.Moments(1);
        var result = ContinuousSolve.Run(
            model, [cross, start], times, RelativeTolerance, new PhaseEvents(problem, modes.TeacherOverlap), "reduced", progress, cancellation);
        return Assemble(problem, PhaseObservables.Columns(result.Times, result.Rows), result.Events, result.Status, result.Statistics) with
        {
            Interpolant = result.Dense is { } dense ? time => PhaseObservables.Row(time, dense(time)) : null,
        };
    }

    // State (q, p): absolute (u, s) or deviation (eᵀQw*, eᵀQe); both obey q̇ = 4λ(g q + h s*), ṗ = 8λ(g p + h q) with the g, h of FlowSystem.
    internal sealed class Reduction(double eigenvalue, double overlap) : IPhaseModel
    {
        private bool isDeviation;
        private int sign = 1;

        public int Size => 2;

        public int Rank => 2;

        public bool IsAutonomous => true;

        public void Derivative(double time, ReadOnlySpan<double> state, Span<double> derivative)
        {
            var (q, p) = (state[0], state[1]);
            var (g, h) = Drift(q, p);
            derivative[0] = 4 * eigenvalue * ((g * q) + (h * overlap));
            derivative[1] = 8 * eigenvalue * ((g * p) + (h * q));
        }

        public void TimeDerivative(double time, ReadOnlySpan<double> state, Span<double> derivative) => derivative.Clear();

        public void Linearize(double time, ReadOnlySpan<double> state, LowRankJacobian jacobian)
        {
            var (q, p) = (state[0], state[1]);
            var (g, h) = Drift(q, p);
            var (gq, gp, hq, hp) = isDeviation ? (-6.0, -3.0, -4.0, -3.0) : (0.0, -3.0, 2.0, 0.0);
            jacobian.Diagonal.Clear();
            for (var r = 0; r < 2; r++)
            {
                jacobian.Left(r)[r] = 1;
                jacobian.Left(r)[1 - r] = 0;
            }

            jacobian.Right(0)[0] = 4 * eigenvalue * (g + (gq * q) + (hq * overlap));
            jacobian.Right(0)[1] = 4 * eigenvalue * ((gp * q) + (hp * overlap));
            jacobian.Right(1)[0] = 8 * eigenvalue * ((gq * p) + (hq * q) + h);
            jacobian.Right(1)[1] = 8 * eigenvalue * (g + (gp * p) + (hp * q));
        }

        public double ErrorNorm(ReadOnlySpan<double> before, ReadOnlySpan<double> after, ReadOnlySpan<double> error, double relativeTolerance)
        {
            // u vanishes where its sign changes; √(s s*) bounds it and sets the scale there. Below 1e-290 the state has died out.
            const double underflow = 1e-290;
            var floor = isDeviation ? Math.Abs(after[1]) : 0.1 * Math.Sqrt(Math.Abs(after[1]) * overlap);
            var first = Math.Abs(error[0]) / (Math.Max(Math.Abs(before[0]), Math.Abs(after[0])) + floor + underflow);
            var second = Math.Abs(error[1]) / (Math.Max(Math.Abs(before[1]), Math.Abs(after[1])) + underflow);
            return Math.Max(first, second) / relativeTolerance;
        }

        public PhaseStatistics Observe(ReadOnlySpan<double> state)
        {
            // With λ = 1/d, ‖e‖²/d = eᵀQe.
            var (q, p) = (state[0], state[1]);
            return isDeviation
                ? PhaseStatistics.FromDeviation(q, p, Math.Max(p, 0), sign, overlap, 1)
                : PhaseStatistics.FromOverlaps(p, q, p - (2 * Math.Abs(q)) + overlap, overlap, 1);
        }

        public Func<double[], PhaseStatistics> Observer()
        {
            var now = (Reduction)MemberwiseClone();
            return state => now.Observe(state);
        }

        public bool Reformulate(Span<double> state, PhaseStatistics statistics)
        {
            if (isDeviation || statistics.S < overlap / 3 || Math.Abs(statistics.U) < overlap / 2)
                return false;
            isDeviation = true;
            sign = Math.Sign(statistics.U);
            var u = Math.Abs(state[0]);
            state[1] = state[1] - (2 * u) + overlap;
            state[0] = u - overlap;
            return true;
        }

        private (double G, double H) Drift(double q, double p) => isDeviation
            ? ((-2 * overlap) - (6 * q) - (3 * p), (-4 * q) - (3 * p))
            : (overlap - (3 * p), 2 * q);
    }
}
