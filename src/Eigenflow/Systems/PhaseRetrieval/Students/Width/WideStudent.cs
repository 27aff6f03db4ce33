using Eigenflow.Dynamics;
using Eigenflow.Solutions;

namespace Eigenflow.Systems.PhaseRetrieval;

/// <summary>
/// The population flow of a student of m neurons, (1/m) Σ_k ⟨x, w_k⟩², in the time of its neurons, ẇ_k = −m ∂L/∂w_k (derived; <see cref="WideSystem"/>): every neuron starts from a draw of its own, and one neuron is the flow of the
/// paper. Exact up to the tolerance; the loss is a sum of terms of the size of s*², so that it ends at about 1e-15 of them. Work per step about 30 m² d + m³ d/2 + m⁶/12; memory 14 m d doubles.
/// </summary>
public sealed record WideStudent : TimeMethod
{
    /// <summary>Most neurons.</summary>
    internal const int LargestWidth = 32;

    private const long LargestSize = 2_000_000;

    /// <inheritdoc/>
    public override string Name => "wide";

    /// <summary>Number of neurons m, 1 to 32. Default 4.</summary>
    public int Width { get; init; } = 4;

    internal override Solution Solve(PhaseRetrievalProblem problem, SolveContext context)
    {
        problem.RequirePlain(Name);
        if (Width is < 1 or > LargestWidth)
            throw new ParameterException("width", Width, FormattableString.Invariant($"a whole number from 1 to {LargestWidth}"));
        if (Width > 1 && !problem.Start.IsRandom)
            throw new ParameterException("width", Width, "1 with a start that is not random", "equal neurons stay equal, and are one: use start = sphere or gaussian");
        if (problem.Spectrum.Dimension > LargestSize / Width)
        {
            throw new TooLargeException(
                FormattableString.Invariant($"method = wide with width = {Width} and dimension = {problem.Spectrum.Dimension}"), 14.0 * sizeof(double) * Width * problem.Spectrum.Dimension, 14.0 * sizeof(double) * LargestSize,
                FormattableString.Invariant($"use dimension <= {LargestSize / Width}"));
        }

        var modes = problem.Modes(ModeRepresentation.Full, context.Cancellation);
        double[][] starts = [.. Enumerable.Range(0, Width).Select(k => k == 0 ? modes.Start : (problem with { Start = problem.Start.Neuron(k) }).Modes(ModeRepresentation.Full, context.Cancellation).Start)];
        var system = new WideSystem(modes.Eigenvalues, modes.Teacher, starts);
        var times = Grid(modes);
        var result = ContinuousRun.Run(
            system, system.InitialState, times, RelativeTolerance, new MappedWatch<WideStatistics>(new PhaseEvents(problem, modes.TeacherOverlap, ErrorOfOverlaps), row => row.Phase), modes.RepresentationName, context);
        var columns = PhaseObservables.Columns(result.Times, [.. result.Rows.Select(row => row.Phase)]);
        foreach (var (k, quantity) in WideStatistics.Quantities.Index())
            columns.Add(quantity.Column([.. result.Rows.Select(WideStatistics.Readers[k])]));
        return Assemble(problem, columns, result.Status, result.Statistics, result.Events) with
        {
            Summary = [new("escape-time", "T₁", EscapeTime(problem, modes, starts), "Escape time of the theory: log(δ s*/C)/ρ with the root mean square C of the neurons' escape coefficients; ρ does not depend on the width.")],
        };
    }

    /// <summary>log(δ s*/C)/ρ with C² the mean of C_k²: while s is small the neurons grow alone.</summary>
    internal static double EscapeTime(PhaseRetrievalProblem problem, WeightedModes modes, double[][] starts)
    {
        var escapes = starts.Select(start => EscapeTheory.Of(new WeightedModes(modes.Eigenvalues, modes.Weights, start, modes.Teacher, modes.Counts, modes.Dimension, modes.Representation))).ToArray();
        return (escapes[0] with { Coefficient = Math.Sqrt(escapes.Average(escape => escape.Coefficient * escape.Coefficient)) }).TimeTo(problem.EscapeThreshold * modes.TeacherOverlap);
    }
}
