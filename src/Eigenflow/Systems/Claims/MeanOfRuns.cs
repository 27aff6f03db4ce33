using Eigenflow.Numerics;
using Eigenflow.Solutions;

namespace Eigenflow.Systems;

/// <summary>How far the mean over runs is from a theory that is to describe it, in standard errors, and how small a difference that can see.</summary>
/// <param name="Largest">Largest distance over the compared rows, in standard errors of the mean; not a number where there are none.</param>
/// <param name="Rows">Number of compared rows.</param>
/// <param name="Resolution">Largest of <see cref="Limit"/> standard errors relative to the theory: smaller differences go unseen.</param>
internal readonly record struct MeanOfRuns(double Largest, int Rows, double Resolution)
{
    /// <summary>Standard errors within which every row has to be.</summary>
    public const double Limit = 4;

    /// <summary>Resolution from which on agreement says nothing: half of the theory itself could be missing.</summary>
    public const double CoarsestResolution = 0.5;

    /// <summary>Compares.</summary>
    /// <param name="rows">Mean over runs, theory and standard error of the mean of every row.</param>
    public static MeanOfRuns Of(IEnumerable<(double Mean, double Theory, double Error)> rows)
    {
        var (largest, count, resolution) = (double.NaN, 0, 0.0);
        foreach (var (mean, theory, error) in rows)
        {
            var distance = Math.Abs(mean - theory) / error;
            largest = count == 0 ? distance : Math.Max(largest, distance);
            resolution = Math.Max(resolution, Limit * error / Math.Abs(theory));
            count++;
        }

        return new MeanOfRuns(largest, count, resolution);
    }

    /// <summary>Compares an observable of an ensemble with that of a theory on the same rows.</summary>
    /// <param name="runs">The ensemble, with the column <c>OBSERVABLE-se</c>.</param>
    /// <param name="theory">The theory.</param>
    /// <param name="observable">Name of the column.</param>
    /// <param name="firstStep">First step that is compared.</param>
    public static MeanOfRuns Of(Solution runs, Solution theory, string observable, double firstStep) => Of(
        Enumerable.Range(0, runs.Rows).Where(row => runs["step"][row] >= firstStep).Select(row => (runs[observable][row], theory[observable][row], runs[observable + "-se"][row])));

    /// <summary>The claim that every row is within <see cref="Limit"/> standard errors; it cannot tell where runs are too few for that to mean something.</summary>
    /// <param name="id">Identifier.</param>
    /// <param name="statement">What is claimed.</param>
    /// <param name="runs">Number of runs.</param>
    /// <param name="claimedRuns">Number of runs of the source, or null.</param>
    /// <param name="source">Paper and equation.</param>
    /// <param name="obtained">How it was measured; the resolution is added.</param>
    /// <param name="kind">What the theory promises.</param>
    public Claim Claim(string id, string statement, int runs, double? claimedRuns, string source, string obtained, PredictionKind kind) =>
        Systems.Claim.AtMost(id, statement, Limit, Largest, source, DisplayText.Of($"{obtained}; {Limit:0} standard errors are at most {100 * Resolution:0.##} % of the theory"), kind)
            .At("runs", runs, claimedRuns) with
        { Lacks = Resolution < CoarsestResolution ? "" : DisplayText.Of($"{runs} runs are too few: {Limit:0} standard errors are {100 * Resolution:0} % of the theory") };

    /// <summary>Half-width of Student's 95 % interval of a mean over runs; not a number for a single one.</summary>
    /// <param name="error">Standard error of the mean.</param>
    /// <param name="runs">Number of runs.</param>
    public static double Half(double error, int runs) => StudentInterval.Half(error, runs - 1);

    /// <summary>Half-width of Student's 95 % interval of the mean of independent values; not a number for a single one.</summary>
    /// <param name="values">The values.</param>
    public static double Half(double[] values) => Half(MathNet.Numerics.Statistics.Statistics.StandardDeviation(values) / Math.Sqrt(values.Length), values.Length);
}
