using Eigenflow.Dynamics;
using Eigenflow.Numerics;
using Eigenflow.Solutions;

namespace Eigenflow.Systems.PhaseRetrieval;

/// <summary>
/// The exact population flow of inputs that are not Gaussian and have the covariance of the spectrum (<see cref="CumulantFlow"/>). What it differs by from <see cref="GradientFlow"/> is how far the theory of Gaussian inputs is from being
/// universal. <c>loss</c> is that of the law. Every mode is carried; work O(d) per step.
/// </summary>
public sealed record UniversalityFlow : TimeMethod
{
    /// <inheritdoc/>
    public override string Name => "universality";

    /// <summary>The law of the inputs. Default signs, the farthest from normal coordinates.</summary>
    public InputLaw InputLaw { get; init; } = InputLaw.Rademacher;

    internal override Solution Solve(PhaseRetrievalProblem problem, SolveContext context)
    {
        problem.RequirePlain(Name);
        var modes = problem.Modes(ModeRepresentation.Full, context.Cancellation);
        var system = new CumulantFlow(modes, InputLaw.ExcessKurtosis, FactorOf(InputLaw, modes.Dimension));
        var result = ContinuousRun.Run(
            system, system.InitialState, Grid(modes), RelativeTolerance, new MappedWatch<CumulantStatistics>(new PhaseEvents(problem, modes.TeacherOverlap, ErrorOfOverlaps), row => row.Phase), modes.RepresentationName, context);
        var columns = PhaseObservables.Columns(result.Times, [.. result.Rows.Select(row => row.Phase)]);
        columns.Add(CumulantStatistics.StudentParticipation.Column([.. result.Rows.Select(row => row.Participation)]));
        return Assemble(problem, columns, result.Status, result.Statistics, result.Events) with
        {
            Summary =
            [
                new("excess-kurtosis", "κ₄", InputLaw.ExcessKurtosis, "Excess kurtosis of the coordinates of the inputs; 0 on the sphere, whose fourth moments are all d/(d + 2) of the Gaussian ones."),
                new("teacher-participation", "PR", Participation(modes), "Number of modes that the teacher's output is spread over, (Σ λ_i w*_i²)²/Σ λ_i² w*_i⁴: fourth moments change the loss at w = 0 by κ₄ s*²/PR."),
                new("escape-rate-law", "ρ_law", EscapeRate(modes, InputLaw), "Escape rate for this law: 1 = 8 Σ λ_i² w*_i²/(ρ − 4 λ_i s* − 4 κ₄ λ_i² w*_i²)."),
                new("escape-rate-gaussian", "ρ", EscapeTheory.Of(modes).Rate, "The same for Gaussian inputs of their covariance."),
            ],
        };
    }

    /// <summary>The common factor of all fourth moments: d/(d + 2) on the sphere, otherwise 1.</summary>
    internal static double FactorOf(InputLaw law, double dimension) => law.Kind == InputLawKind.Sphere ? dimension / (dimension + 2) : 1;

    /// <summary>(Σ λ w*²)²/Σ λ² w*⁴.</summary>
    internal static double Participation(WeightedModes modes) =>
        modes.TeacherOverlap * modes.TeacherOverlap / modes.Sum(j => Part(modes, j) * Part(modes, j));

    /// <summary>The largest root of 1 = 8 Σ λ_i² w*_i²/(ρ − 4 λ_i s* − 4 κ₄ λ_i² w*_i²) above the largest pole, times the common factor.</summary>
    internal static double EscapeRate(WeightedModes modes, InputLaw law)
    {
        double[] poles = [.. Enumerable.Range(0, modes.Size).Select(j => 4 * modes.Eigenvalues[j] * (modes.TeacherOverlap + (law.ExcessKurtosis * Part(modes, j))))];
        double[] weights = [.. Enumerable.Range(0, modes.Size).Select(j => 8 * modes.Eigenvalues[j] * Part(modes, j))];
        var top = Enumerable.Range(0, modes.Size).Where(j => weights[j] > 0).Max(j => poles[j]);

        // At a distance of all weights from the top pole the sum is at most one.
        var largest = Math.Log(weights.Sum() * 1.001);
        var distance = Math.Exp(ScalarRoot.Find(
            logarithm => Math.Log(Enumerable.Range(0, poles.Length).Sum(j => weights[j] == 0 ? 0 : weights[j] / (Math.Exp(logarithm) + (top - poles[j])))), largest - 60, largest));
        return FactorOf(law, modes.Dimension) * (top + distance);
    }

    // λ w*², the part of a mode in the teacher's output.
    private static double Part(WeightedModes modes, int j) => modes.Eigenvalues[j] * modes.Teacher[j] * modes.Teacher[j];
}
