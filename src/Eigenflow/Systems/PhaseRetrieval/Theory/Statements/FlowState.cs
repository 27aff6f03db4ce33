using Eigenflow.Spectra;

namespace Eigenflow.Systems.PhaseRetrieval;

/// <summary>The student on a trajectory of the flow at one time, entry by entry, for statements about more than s, u, loss and MSE.</summary>
internal sealed class FlowState
{
    /// <summary>Tolerance of the flows on which printed statements are tried.</summary>
    public const double Tolerance = 1e-11;

    private readonly FrozenPhase.Deviation relaxation;

    private FlowState(WeightedModes modes, FrozenPhase.Deviation deviation)
    {
        Modes = modes;
        relaxation = deviation;
        Deviation = deviation.State;
        Weights = [.. Deviation.Zip(modes.Teacher, (value, teacher) => value + (deviation.Sign * teacher))];
    }

    /// <summary>The modes.</summary>
    public WeightedModes Modes { get; }

    /// <summary>w_j.</summary>
    public double[] Weights { get; }

    /// <summary>e_j = w_j ∓ w*_j.</summary>
    public double[] Deviation { get; }

    /// <summary>The reference input: all-ones teacher with s* = 1, start ∝ 1 on odd and ½ on even modes of norm 1.</summary>
    /// <param name="dimension">d.</param>
    /// <param name="exponent">a.</param>
    public static PhaseRetrievalProblem Reference(long dimension, double exponent) =>
        new() { Spectrum = Spectrum.PowerLaw(dimension, exponent), Teacher = Teacher.Ones(), Start = Start.Alternating() };

    /// <summary>The state of the flow of a problem.</summary>
    /// <param name="problem">The problem.</param>
    /// <param name="time">t.</param>
    /// <param name="cancellation">Ends the work.</param>
    /// <param name="tolerance">Relative tolerance of the solver.</param>
    public static FlowState At(PhaseRetrievalProblem problem, double time, CancellationToken cancellation, double tolerance = Tolerance)
    {
        var modes = problem.Modes(cancellation: cancellation).Merged();
        return new FlowState(modes, new FrozenPhase { RelativeTolerance = tolerance }.DeviationAt(problem, modes, time, cancellation));
    }

    /// <summary>The time at which an event happens, by a flow of the same tolerance.</summary>
    /// <param name="problem">The problem with the thresholds of the event.</param>
    /// <param name="name">The event.</param>
    /// <param name="cancellation">Ends the work.</param>
    /// <param name="tolerance">Relative tolerance of the solver.</param>
    public static double TimeOf(PhaseRetrievalProblem problem, string name, CancellationToken cancellation, double tolerance = Tolerance)
    {
        var flow = problem.Solve(new GradientFlow { RelativeTolerance = tolerance, KeepsDenseOutput = false }, null, cancellation);
        cancellation.ThrowIfCancellationRequested();
        return flow.TimeOf(name);
    }

    /// <summary>u⁽ᵏ⁾ = wᵀQᵏw*.</summary>
    /// <param name="order">k.</param>
    public double Cross(int order) => Sum(j => Math.Pow(Modes.Eigenvalues[j], order) * Weights[j] * Modes.Teacher[j]);

    /// <summary>s⁽ᵏ⁾ = wᵀQᵏw.</summary>
    /// <param name="order">k.</param>
    public double Self(int order) => Sum(j => Math.Pow(Modes.Eigenvalues[j], order) * Weights[j] * Weights[j]);

    /// <summary>The statistics a time later when every e_j relaxes by itself.</summary>
    /// <param name="elapsed">τ.</param>
    public PhaseStatistics Frozen(double elapsed) => relaxation.After(elapsed);

    /// <summary>A weighted sum over the entries.</summary>
    /// <param name="term">The term of an entry without its weight.</param>
    public double Sum(Func<int, double> term) => Modes.Sum(j => Modes.Weights[j] * term(j));
}
