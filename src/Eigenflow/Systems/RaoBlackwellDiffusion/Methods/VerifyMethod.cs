using Eigenflow.Dynamics;
using Eigenflow.Figures;
using Eigenflow.Solutions;

namespace Eigenflow.Systems.RaoBlackwellDiffusion;

/// <summary>The report on the statements about orbit targets for a group, templates and a kernel of the user (<see cref="Verification"/>): a row and a number per statement.</summary>
internal sealed record VerifyMethod : Method<DiffusionProblem>
{
    /// <inheritdoc/>
    public override string Name => "verify";

    /// <summary>Random samples of means.</summary>
    public int Draws { get; init; } = DiffusionParameters.DefaultDraws;

    /// <summary>Seed of the samples.</summary>
    public long Seed { get; init; } = 1;

    internal override Solution Solve(DiffusionProblem problem, SolveContext context)
    {
        var verification = new Verification(problem, Draws, Seed);
        double[] numbers = [.. Enumerable.Range(1, Verification.Statements.Count).Select(k => (double)k)];
        var (rows, status) = Evaluate(numbers, number => verification.Test(Verification.Statements[(int)number - 1].Name, context.Cancellation), context);
        Observable[] columns =
        [
            DiffusionColumns.Statement.Column(numbers[..rows.Count]),
            DiffusionColumns.Left.Column([.. rows.Select(row => row.Left)]),
            DiffusionColumns.Right.Column([.. rows.Select(row => row.Right)]),
            DiffusionColumns.Deviation.Column([.. rows.Select(row => row.Deviation)]),
            DiffusionColumns.Limit.Column([.. rows.Select(row => row.Limit)]),
            DiffusionColumns.Holds.Column([.. rows.Select(row => row.Holds ? 1.0 : 0)]),
        ];
        return Assemble(problem, columns, status, new SolverStatistics { Evaluations = rows.Count * Draws, StateSize = problem.Dimension }) with
        {
            Warnings = [.. VarianceCurve.Warnings(problem), .. rows.Where(row => !row.Holds).Select(row => FormattableString.Invariant($"{row.Name} does not hold: {row.Deviation:G3} is above {row.Limit:G3}"))],
        };
    }

    /// <summary>The report of solutions of this method as tables.</summary>
    public static IReadOnlyList<Table> Report(IReadOnlyList<Solution> solutions) =>
        [.. solutions.Where(solution => solution.Method == "verify").Select((solution, k) => new Table(
            k == 0 ? "verify" : FormattableString.Invariant($"verify-{k + 1}"), "Statements on this group, these templates and this kernel", ["statement", "verdict", "deviation", "limit", "meaning"],
            [.. Enumerable.Range(0, solution.Rows).Select(row => (IReadOnlyList<string>)
            [
                Verification.Statements[row].Name, Word(solution, row), DisplayNumber.Of(solution[DiffusionColumns.Deviation.Name][row]),
                !double.IsNaN(solution[DiffusionColumns.Limit.Name][row]) ? DisplayNumber.Of(solution[DiffusionColumns.Limit.Name][row]) : "", Verification.Statements[row].Meaning,
            ])],
            "Deviations are relative for what is exact, and in standard errors for means over draws."))];

    private static string Word(Solution solution, int row) =>
        double.IsNaN(solution[DiffusionColumns.Limit.Name][row]) ? "measured" : solution[DiffusionColumns.Holds.Name][row] == 1 ? "holds" : "fails";
}
