using Eigenflow.Dynamics;
using Eigenflow.Numerics.Ode;
using Eigenflow.Solutions;

namespace Eigenflow.Systems.PhaseRetrieval;

/// <summary>
/// The population flow of inputs with other fourth moments (derived): for independent coordinates of excess kurtosis κ₄ the loss gains κ₄ Σ λ_i² (w_i² − w*_i²)², and the flow −4κ₄ λ_i² (w_i² − w*_i²) w_i; on the sphere
/// all of it is multiplied by d/(d + 2). It adds to the diagonal of the Jacobian of <see cref="FlowSystem"/>, in whose variables it is carried. Modes have to be full.
/// </summary>
/// <param name="modes">The modes, not merged.</param>
/// <param name="kurtosis">κ₄.</param>
/// <param name="factor">The common factor of all fourth moments.</param>
internal sealed class CumulantFlow(WeightedModes modes, double kurtosis, double factor) : IContinuousModel<CumulantStatistics>, ILowRankSystem
{
    private readonly FlowSystem gaussian = new(modes);
    private readonly double[] cumulants = [.. modes.Eigenvalues.Select(value => kurtosis * value * value)];

    public int Size => gaussian.Size;

    public int Rank => gaussian.Rank;

    public bool IsAutonomous => true;

    public double[] InitialState => gaussian.InitialState;

    public void Derivative(double time, ReadOnlySpan<double> state, Span<double> derivative)
    {
        gaussian.Derivative(time, state, derivative);
        var frame = new Variables(gaussian);
        for (var j = 0; j < state.Length; j++)
            derivative[j] = (factor * derivative[j]) - (4 * cumulants[j] * frame.Difference(j, state[j]) * (state[j] + (frame.Shift * frame.Teacher[j])));
    }

    public void TimeDerivative(double time, ReadOnlySpan<double> state, Span<double> derivative) => derivative.Clear();

    public void Linearize(double time, ReadOnlySpan<double> state, LowRankJacobian jacobian)
    {
        gaussian.Linearize(time, state, jacobian);
        var frame = new Variables(gaussian);
        for (var j = 0; j < state.Length; j++)
        {
            // d(w³ − w*²w) = (2w² + (w² − w*²)) dw.
            var w = frame.Unit * (state[j] + (frame.Shift * frame.Teacher[j]));
            jacobian.Diagonal[j] = (factor * jacobian.Diagonal[j]) - (4 * cumulants[j] * ((2 * w * w) + frame.Difference(j, state[j])));
            for (var r = 0; r < Rank; r++)
                jacobian.Left(r)[j] *= factor;
        }
    }

    public double ErrorNorm(ReadOnlySpan<double> before, ReadOnlySpan<double> after, ReadOnlySpan<double> error, double relativeTolerance) => gaussian.ErrorNorm(before, after, error, relativeTolerance);

    public CumulantStatistics Observe(ReadOnlySpan<double> state) => Complete(gaussian.Observe(state), state, new Variables(gaussian));

    // The variables change as those of Gaussian inputs do, by their loss.
    public bool Reformulate(Span<double> state, CumulantStatistics row) => gaussian.Reformulate(state, row.Phase with { Loss = PhaseStatistics.LossOf(row.Phase.S, row.Phase.U, modes.TeacherOverlap) });

    public Func<double[], CumulantStatistics> Observer()
    {
        var (observe, frame) = (gaussian.Observer(), new Variables(gaussian));
        return state => Complete(observe(state), state, frame);
    }

    private CumulantStatistics Complete(PhaseStatistics statistics, ReadOnlySpan<double> state, Variables frame)
    {
        double excess = 0, squares = 0, sum = 0;
        for (var j = 0; j < state.Length; j++)
        {
            var (difference, w) = (frame.Difference(j, state[j]), state[j] + (frame.Shift * frame.Teacher[j]));
            excess += cumulants[j] * difference * difference;
            var part = modes.Eigenvalues[j] * w * w;
            sum += part;
            squares += part * part;
        }

        return new CumulantStatistics(statistics with { Loss = (factor * statistics.Loss) + excess }, sum * sum / squares);
    }

    // The variables of a moment: w = unit · y, or w = y + w*.
    private readonly record struct Variables(double[] Teacher, double Unit, int Shift)
    {
        public Variables(FlowSystem system)
            : this(system.Vectors.Direction, system.Unit, system.IsDeviation ? 1 : 0)
        {
        }

        // w² − w*², without cancellation near the teacher.
        public double Difference(int j, double y) => Shift == 1 ? y * (y + (2 * Teacher[j])) : (Unit * y * Unit * y) - (Teacher[j] * Teacher[j]);
    }
}

/// <summary>A row of the flow of inputs with other fourth moments.</summary>
/// <param name="Phase">What every method has, with the loss of the law.</param>
/// <param name="Participation">(Σ λ_i w_i²)²/Σ λ_i² w_i⁴.</param>
internal readonly record struct CumulantStatistics(PhaseStatistics Phase, double Participation)
{
    /// <summary>The column that other methods do not have.</summary>
    public static readonly NamedQuantity StudentParticipation = new(
        "student-participation", "PR_w", "Number of modes that the student's output is spread over, (Σ λ_i w_i²)²/Σ λ_i² w_i⁴ (method universality): fourth moments other than the Gaussian ones change the loss by κ₄ s² over it.");
}
