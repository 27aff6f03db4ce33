using Eigenflow.Dynamics;
using Eigenflow.Numerics.Ode;

namespace Eigenflow.Systems.PhaseRetrieval;

/// <summary>
/// The population flow of inputs with other fourth moments (derived): for independent coordinates of excess kurtosis κ₄ the loss gains κ₄ Σ λ_i² (w_i² − w*_i²)², and the flow −4κ₄ λ_i² (w_i² − w*_i²) w_i; on the sphere
/// all of it is multiplied by d/(d + 2). It adds to the diagonal of the Jacobian of <see cref="FlowSystem"/>, in whose variables it is carried. Modes have to be full.
/// </summary>
/// <param name="modes">The modes, not merged.</param>
/// <param name="kurtosis">κ₄.</param>
/// <param name="factor">The common factor of all fourth moments.</param>
internal sealed class CumulantFlow(WeightedModes modes, double kurtosis, double factor) : IContinuousModel<PhaseStatistics>, ILowRankSystem
{
    private readonly FlowSystem gaussian = new(modes);
    private readonly double[] squares = [.. modes.Eigenvalues.Select(value => kurtosis * value * value)];

    public int Size => gaussian.Size;

    public int Rank => gaussian.Rank;

    public bool IsAutonomous => true;

    public double[] InitialState => gaussian.InitialState;

    public void Derivative(double time, ReadOnlySpan<double> state, Span<double> derivative)
    {
        gaussian.Derivative(time, state, derivative);
        var frame = new Variables(gaussian);
        for (var j = 0; j < state.Length; j++)
            derivative[j] = (factor * derivative[j]) - (4 * squares[j] * frame.Difference(j, state[j]) * (state[j] + (frame.Shift * frame.Teacher[j])));
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
            jacobian.Diagonal[j] = (factor * jacobian.Diagonal[j]) - (4 * squares[j] * ((2 * w * w) + frame.Difference(j, state[j])));
            for (var r = 0; r < Rank; r++)
                jacobian.Left(r)[j] *= factor;
        }
    }

    public double ErrorNorm(ReadOnlySpan<double> before, ReadOnlySpan<double> after, ReadOnlySpan<double> error, double relativeTolerance) => gaussian.ErrorNorm(before, after, error, relativeTolerance);

    public PhaseStatistics Observe(ReadOnlySpan<double> state) => Complete(gaussian.Observe(state), state, new Variables(gaussian));

    // The variables change as those of Gaussian inputs do, by their loss.
    public bool Reformulate(Span<double> state, PhaseStatistics row) => gaussian.Reformulate(state, row with { Loss = PhaseStatistics.LossOf(row.S, row.U, modes.TeacherOverlap) });

    public Func<double[], PhaseStatistics> Observer()
    {
        var (observe, frame) = (gaussian.Observer(), new Variables(gaussian));
        return state => Complete(observe(state), state, frame);
    }

    private PhaseStatistics Complete(PhaseStatistics statistics, ReadOnlySpan<double> state, Variables frame)
    {
        var excess = 0.0;
        for (var j = 0; j < state.Length; j++)
        {
            var difference = frame.Difference(j, state[j]);
            excess += squares[j] * difference * difference;
        }

        return statistics with { Loss = (factor * statistics.Loss) + excess };
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
