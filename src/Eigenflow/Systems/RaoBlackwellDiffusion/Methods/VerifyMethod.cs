using Eigenflow.Dynamics;
using Eigenflow.Figures;
using Eigenflow.Solutions;

namespace Eigenflow.Systems.RaoBlackwellDiffusion;

/// <summary>The report on the statements about orbit targets for a group, templates and a kernel of the user (<see cref="Verification"/>), along the noise level.</summary>
internal sealed record VerifyMethod : AxisMethod<DiffusionProblem>, ISampledMethod
{
    private const string Suffix = "-deviation";

    /// <summary>The columns: deviations in units of their limits.</summary>
    public static readonly NamedQuantity[] Quantities =
        [.. Verification.Statements.Select(statement => new NamedQuantity(statement.Name + Suffix, "Δ", $"Deviation in units of its limit, at most one where it holds: {char.ToLowerInvariant(statement.Meaning[0])}{statement.Meaning[1..]}"))];

    /// <summary>Whether all statements hold.</summary>
    public static readonly NamedQuantity Holds = new("holds", "ok", "1 where all tested statements hold, 0 where one does not.");

    /// <inheritdoc/>
    public override string Name => "verify";

    /// <summary>Random samples of means.</summary>
    public int Replicas { get; init; } = DiffusionParameters.DefaultDraws;

    /// <inheritdoc/>
    public long Seed { get; init; } = 1;

    /// <summary>Not used: a level takes one thread.</summary>
    public int Threads { get; init; }

    internal override Solution Solve(DiffusionProblem problem, SolveContext context)
    {
        SampledParameters.Check(this);
        var (from, to) = VarianceCurve.RangeOf(problem);
        var grid = Grid(from, to);
        foreach (var sigma in grid)
            problem.At(sigma).Validate();
        var identity = EnsembleState.Identity(FormattableString.Invariant($"verify {ProblemIdentity.Of(problem)} {Replicas} {Seed}"), [grid, .. ProblemIdentity.Columns(problem)]);
        var (rows, status) = Evaluate(grid, sigma => new Verification(problem.At(sigma), Replicas, Seed).Deviations(context.Cancellation), identity, context);
        var tested = IsTested(problem.Estimator) ? Quantities.Length : Quantities.Length - 1;
        Observable[] columns =
        [
            DiffusionColumns.Sigma.Column(grid[..rows.Count]),
            .. Quantities.Select((quantity, k) => quantity.Column([.. rows.Select(row => row[k])])),
            Holds.Column([.. rows.Select(row => row.Take(tested).All(deviation => deviation <= 1) ? 1.0 : 0)]),
        ];
        return Assemble(problem, columns, status, new SolverStatistics { Evaluations = rows.Count * Replicas, StateSize = problem.Dimension }) with
        {
            Warnings = [.. VarianceCurve.Warnings(problem), .. Enumerable.Range(0, tested).Where(k => rows.Exists(row => !(row[k] <= 1))).Select(k => $"{Verification.Statements[k].Name} does not hold at every noise level")],
        };
    }

    /// <summary>The report of solutions of this method as tables.</summary>
    public static IReadOnlyList<Table> Report(IReadOnlyList<Solution> solutions) =>
        [.. solutions.Where(solution => solution.Method == "verify" && solution.Rows > 0).Select((solution, k) => new Table(
            k == 0 ? "verify" : FormattableString.Invariant($"verify-{k + 1}"), FormattableString.Invariant($"Statements on this group, these templates and this kernel at {solution.Rows} noise levels"), ["statement", "verdict", "largest deviation", "at sigma", "meaning"],
            [.. Quantities.Select((quantity, index) => Row(solution, index, solution[quantity.Name]))],
            "Deviations in units of their limits: 10^{−8} for what is exact, four standard errors for means over draws."))];

    private static IReadOnlyList<string> Row(Solution solution, int index, double[] deviations)
    {
        var worst = Vectors.Largest(deviations);
        var isTested = index + 1 < Quantities.Length || IsTested(solution.Setting[DiffusionParameters.Estimator.Name] as string);
        return
        [
            Verification.Statements[index].Name, !isTested ? "measured" : deviations[worst] <= 1 ? "holds" : "fails", DisplayNumber.Of(deviations[worst], 2), DisplayNumber.Of(solution.Axis.Values[worst], 3), Verification.Statements[index].Meaning,
        ];
    }

    private static bool IsTested(string? word) => Enum.GetValues<EstimatorKind>().Any(kind => IsTested(kind) && DiffusionParameters.Word(kind) == (word ?? "orbit"));

    private static bool IsTested(EstimatorKind kind) => kind.IsUnbiased() || kind == EstimatorKind.Plain;
}
