using Eigenflow.Solutions;

namespace Eigenflow.Systems.PhaseRetrieval;

/// <summary>The learning rate beyond which the mean square of online SGD grows at w*, as it is said to the user of a run: exact for Gaussian inputs, unknown for others.</summary>
internal sealed class MeanSquareEdge
{
    // One mode has the largest ratio of the mean-field limit to the exact one, 5/3: below this part of it every problem is stable.
    private const double Safe = 0.25;

    private readonly Lazy<double> exact;
    private readonly Lazy<double> meanField;
    private readonly bool isKnown;
    private readonly bool isWhole;

    /// <param name="problem">The problem.</param>
    /// <param name="modes">Its modes, each by itself.</param>
    /// <param name="batch">B.</param>
    /// <param name="isGaussian">Whether inputs are Gaussian.</param>
    public MeanSquareEdge(PhaseRetrievalProblem problem, WeightedModes modes, int batch, bool isGaussian)
    {
        isKnown = isGaussian;
        isWhole = problem.HiddenFrom is null;

        // Its sums go over all modes: compressed ones do.
        meanField = new Lazy<double>(() => NoiseFloor.LargestLearningRate(problem.Modes(cancellation: CancellationToken.None), batch));
        exact = new Lazy<double>(() => TeacherFluctuations.Of(problem, modes, batch).LargestRate());
    }

    /// <summary>The largest stable learning rate; not a number where none is known. For a student of few modes that of the mean field.</summary>
    public double Value => !isKnown ? double.NaN : isWhole ? exact.Value : meanField.Value;

    /// <summary>What is to be said of a learning rate at which no run has diverged.</summary>
    /// <param name="rate">η, the largest of the schedule.</param>
    public IReadOnlyList<string> Warnings(double rate)
    {
        if (!isKnown || rate < Safe * meanField.Value || !(rate >= Value))
            return [];
        return isWhole
            ? [DisplayText.Plain($"learning-rate = {rate:G4} is not below {Value:G4}, up to which the mean square over runs is stable at w*: beyond, rare excursions carry the mean, although single runs may converge; use less")]
            : Stability.Warnings(rate, Value, "of the mean-field theory at w*", SolveStatus.Completed);
    }
}
