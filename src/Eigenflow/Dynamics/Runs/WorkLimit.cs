namespace Eigenflow.Dynamics;

/// <summary>
/// Refuses runs that nobody could wait for, by a count of operations that is the same on every machine. What takes hours or months stays possible: it shows the time that is left, can be interrupted, and ensembles are gone on from.
/// </summary>
internal static class WorkLimit
{
    /// <summary>Elementary operations of about ten years of one core, which does some of them at once.</summary>
    public const double MostOperations = 1e18;

    private const double OperationsPerYear = 1e17;

    /// <summary>Checks a run.</summary>
    /// <param name="steps">Steps of a trajectory.</param>
    /// <param name="replicas">Trajectories.</param>
    /// <param name="stepWork">About the number of elementary operations of a step.</param>
    /// <exception cref="ParameterException">It would take more than years.</exception>
    public static void Check(double steps, double replicas, double stepWork)
    {
        var work = steps * replicas * stepWork;
        if (work <= MostOperations)
            return;
        var most = Math.Floor(MostOperations / (replicas * stepWork));
        throw new ParameterException(
            "steps", steps < 1e16 ? steps : DisplayText.Plain($"{steps:G4}"), DisplayText.Plain($"at most about {most:G2} here"),
            DisplayText.Plain($"a run of {steps:G4} steps{(replicas > 1 ? DisplayText.Plain($" of {replicas} replicas") : "")}, each about {stepWork:G2} operations, would take one core about {Math.Round(work / OperationsPerYear):G4} years; use fewer steps{(replicas > 1 ? " or replicas" : "")}, or a smaller problem"));
    }
}
