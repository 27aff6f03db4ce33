using Eigenflow.Dynamics;
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
        double[] numbers = [.. Enumerable.Range(1, Verification.Names.Count).Select(k => (double)k)];
        var (rows, status) = Evaluate(numbers, number => verification.Test(Verification.Names[(int)number - 1], context.Cancellation), context);
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
            Summary = [.. rows.Select((row, k) => new SummaryNumber(row.Name, Word(row), row.Deviation, row.Meaning))],
            Warnings = [.. VarianceCurve.Warnings(problem), .. rows.Where(row => !row.Holds).Select(row => FormattableString.Invariant($"{row.Name} does not hold: {row.Deviation:G3} is above {row.Limit:G3}"))],
        };
    }

    private static string Word(VerifiedStatement row) => row.Limit == double.MaxValue ? "measured" : row.Holds ? "holds" : "fails";
}
