using Eigenflow.Dynamics;
using Eigenflow.Numerics.Ode;
using Eigenflow.Solutions;

namespace Eigenflow.Systems.PhaseRetrieval;

/// <summary>
/// The moment hierarchy ṡ⁽ᵏ⁾ = 8(s* − 3s)s⁽ᵏ⁺¹⁾ + 16u u⁽ᵏ⁺¹⁾, u̇⁽ᵏ⁾ = 4(s* − 3s)u⁽ᵏ⁺¹⁾ + 8u s*⁽ᵏ⁺¹⁾ (arXiv 2511.18661), closed by
/// s⁽ᴷ⁺¹⁾ = u⁽ᴷ⁺¹⁾ = 0. Exact as K → ∞ at fixed time only: for small K the trajectory leaves the true one and may diverge at a finite time,
/// which is what this method is there to show. Work per step O(K³), memory O(K²).
/// </summary>
public sealed record TruncatedHierarchy : FlowMethod
{
    /// <summary>Largest order that keeps the dense stage systems small.</summary>
    public const int LargestOrder = 60;

    /// <inheritdoc/>
    public override string Name => "hierarchy";

    /// <summary>Truncation order K, 1 to 60. Default 8: good through the escape for a = 2, wrong soon after.</summary>
    public int Order { get; init; } = 8;

    internal override Solution Solve(PhaseRetrievalProblem problem, SolveContext context)
    {
        problem.RequirePlain(Name);
        if (Order is < 1 or > LargestOrder)
            throw new ParameterException("hierarchy-order", Order, $"a whole number from 1 to {LargestOrder}");
        var modes = problem.Modes(Modes, context.Cancellation);
        var times = Grid(modes);
        var model = new MomentModel(modes, Order) { Error = ErrorOfOverlaps };
        var bound = Stability.LargestSelfOverlap(modes.TeacherOverlap, model.Start[1]);
        var divergedAt = (double?)null;
        var result = ContinuousRun.Run(
            model, model.Start, times, RelativeTolerance, new PhaseEvents(problem, modes.TeacherOverlap, ErrorOfOverlaps), modes.RepresentationName, context,
            stop: (time, statistics) =>
            {
                if (Math.Abs(statistics.S) <= bound && Math.Abs(statistics.U) <= bound)
                    return false;
                divergedAt = time;
                return true;
            });
        var status = divergedAt is { } time || result.Status.Outcome == SolveOutcome.Failed
            ? new SolveStatus(SolveOutcome.Diverged, DisplayText.Plain(
                $"the hierarchy truncated at order {Order} diverges at t = {divergedAt ?? result.Times.DefaultIfEmpty(0).Last():G4}; raise hierarchy-order, or use the method flow, which keeps all orders"))
            : result.Status;
        return Assemble(problem, result, status: status);
    }

    /// <summary>State (s⁽⁰⁾ … s⁽ᴷ⁾, u⁽⁰⁾ … u⁽ᴷ⁾).</summary>
    internal sealed class MomentModel : IContinuousModel<PhaseStatistics>, ILowRankSystem
    {
        // Below this s has no effect; u grows from any size.
        private const double Underflow = 1e-290;

        private readonly int count;
        private readonly double smallest;
        private readonly double[] teacherMoments;
        private readonly double dimension;
        private readonly (double Linear, double Quadratic, double Squared) deviation;
        private readonly int sign;

        public MomentModel(WeightedModes modes, int order)
        {
            count = order + 1;
            dimension = modes.Dimension;
            teacherMoments = new double[count + 1];
            Start = new double[2 * count];
            for (var k = 0; k <= count; k++)
            {
                var (start, cross, teacher) = modes.Moments(k);
                teacherMoments[k] = teacher;
                if (k < count)
                    (Start[k], Start[count + k]) = (start, cross);
            }

            // Near the teacher the moments of the start are nearly its own: what they differ by is known from the modes.
            sign = Start[count + 1] < 0 ? -1 : 1;
            double Deviation(int j) => modes.Start[j] - (sign * modes.Teacher[j]);
            deviation = (
                sign * modes.Sum(j => modes.Weights[j] * modes.Eigenvalues[j] * modes.Teacher[j] * Deviation(j)),
                modes.Sum(j => modes.Weights[j] * modes.Eigenvalues[j] * Deviation(j) * Deviation(j)),
                modes.Sum(j => modes.Weights[j] * Deviation(j) * Deviation(j)));
            smallest = Math.Max(double.Epsilon, Underflow * Math.Min(1, Start.Skip(count).Max(Math.Abs)));
        }

        /// <summary>Relative error of the moments: what cannot be negative is zero where it is by no more.</summary>
        public double Error { get; init; }

        /// <summary>The moments of the start.</summary>
        public double[] Start { get; }

        public int Size => 2 * count;

        public int Rank => 2 * count;

        public bool IsAutonomous => true;

        public void Derivative(double time, ReadOnlySpan<double> state, Span<double> derivative)
        {
            var s = state[1];
            var u = state[count + 1];
            var g = teacherMoments[1] - (3 * s);
            for (var k = 0; k < count; k++)
            {
                var nextS = k + 1 < count ? state[k + 1] : 0;
                var nextU = k + 1 < count ? state[count + k + 1] : 0;
                derivative[k] = (8 * g * nextS) + (16 * u * nextU);
                derivative[count + k] = (4 * g * nextU) + (8 * u * teacherMoments[k + 1]);
            }
        }

        public void TimeDerivative(double time, ReadOnlySpan<double> state, Span<double> derivative) => derivative.Clear();

        public void Linearize(double time, ReadOnlySpan<double> state, LowRankJacobian jacobian)
        {
            var s = state[1];
            var u = state[count + 1];
            var g = teacherMoments[1] - (3 * s);
            jacobian.Diagonal.Clear();
            for (var row = 0; row < 2 * count; row++)
            {
                jacobian.Left(row).Clear();
                jacobian.Left(row)[row] = 1;
                jacobian.Right(row).Clear();
            }

            for (var k = 0; k < count; k++)
            {
                var nextS = k + 1 < count ? state[k + 1] : 0;
                var nextU = k + 1 < count ? state[count + k + 1] : 0;
                var rowS = jacobian.Right(k);
                var rowU = jacobian.Right(count + k);
                if (k + 1 < count)
                {
                    rowS[k + 1] += 8 * g;
                    rowS[count + k + 1] += 16 * u;
                    rowU[count + k + 1] += 4 * g;
                }

                rowS[1] += -24 * nextS;
                rowS[count + 1] += 16 * nextU;
                rowU[1] += -12 * nextU;
                rowU[count + 1] += 8 * teacherMoments[k + 1];
            }
        }

        public double ErrorNorm(ReadOnlySpan<double> before, ReadOnlySpan<double> after, ReadOnlySpan<double> error, double relativeTolerance)
        {
            var level = Math.Min(1, Math.Sqrt(Math.Abs(after[1]) / teacherMoments[1])) * 0.01;
            var largest = 0.0;
            for (var k = 0; k < error.Length; k++)
            {
                var scale = Math.Max(Math.Abs(before[k]), Math.Abs(after[k])) + (level * teacherMoments[k % count]) + (k < count ? Underflow : smallest);
                largest = Math.Max(largest, Math.Abs(error[k]) / scale);
            }

            return largest / relativeTolerance;
        }

        public PhaseStatistics Observe(ReadOnlySpan<double> state)
        {
            // The deviation from the teacher is that of the start and what the moments have changed by, so that it keeps its digits where they have changed by little.
            var (s, u, overlap) = (state[1], state[count + 1], teacherMoments[1]);
            var change = sign * (u - Start[count + 1]);
            var linear = deviation.Linear + change;
            var quadratic = deviation.Quadratic + (s - Start[1]) - (2 * change);
            var squared = deviation.Squared + (state[0] - Start[0]) - (2 * sign * (state[count] - Start[count]));
            squared = PhaseStatistics.Settled(Math.Min(squared, squared + (4 * sign * state[count])), Math.Abs(state[0]) + teacherMoments[0], Error);
            var plain = PhaseStatistics.FromOverlaps(s, u, squared, overlap, dimension);
            var isNear = plain.Loss < overlap * overlap && sign * u > 0;
            var row = isNear ? PhaseStatistics.FromDeviation(linear, quadratic, squared, sign, overlap, dimension) : plain;
            return row with { Loss = PhaseStatistics.Settled(row.Loss, 3 * ((s * s) + (overlap * overlap)), Error) };
        }

        public Func<double[], PhaseStatistics> Observer()
        {
            var now = (MomentModel)MemberwiseClone();
            return state => now.Observe(state);
        }

        public bool Reformulate(Span<double> state, PhaseStatistics statistics) => false;
    }
}
