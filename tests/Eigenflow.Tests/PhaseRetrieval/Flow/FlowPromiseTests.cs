using Eigenflow.Solutions;
using Eigenflow.Systems.PhaseRetrieval;
using Eigenflow.Tests.PhaseRetrieval.Oracle;
using Shouldly;
using Xunit;

namespace Eigenflow.Tests.PhaseRetrieval;

/// <summary>
/// Errors of at most ten times the tolerance on random problems of every kind, against collocation of order 9. Where u, 1 − s or 1 − |u| pass through zero,
/// below a tenth of what they are made of (√(s s*) for u, the sum of the absolute terms of all modes for the others), their errors are measured against that tenth
/// (docs/numerics.md).
/// </summary>
public sealed class FlowPromiseTests
{
    private static readonly string[] Quantities = ["s", "u", "mse", "loss", "one-minus-s", "one-minus-u"];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void ErrorIsAtMostTenTimesTheToleranceOnRandomProblems(int part)
    {
        for (var seed = 12 * part; seed < 12 * (part + 1); seed++)
        {
            var (problem, times, description) = RandomProblems.Make(1000 + seed, 40, 14);
            var modes = problem.Modes(ModeRepresentation.Full);
            var exact = new CollocationFlow(modes.Eigenvalues, modes.Teacher, modes.Start, 1e-14).Solve(times);
            for (var power = 4; power <= 11; power++)
            {
                var tolerance = Math.Pow(10, -power);
                var flow = problem.Solve(new GradientFlow { Times = times, RelativeTolerance = tolerance });
                flow.Status.Outcome.ShouldBe(SolveOutcome.Completed, $"{description}: {flow.Status.Message}");
                for (var row = 0; row < times.Length; row++)
                {
                    foreach (var (quantity, value, scale) in Scales(exact[row], modes.TeacherOverlap))
                    {
                        if (Math.Abs(value) > 1e-250)
                            Math.Abs(flow[quantity][row] - value).ShouldBeLessThan(10 * tolerance * scale, $"{quantity} at t = {times[row]}, rtol {tolerance}: {description}");
                    }
                }
            }
        }
    }

    [Fact]
    public void ReferenceHasTheClosedSolutionOfOneMode()
    {
        // w² follows a logistic curve: ẇ = 12 w (1 − w²).
        double[] times = [0.05, 0.2, 1, 5];
        var rows = new CollocationFlow([1], [1], [0.1], 1e-14).Solve(times);
        for (var row = 0; row < times.Length; row++)
        {
            var ratio = 0.01 / 0.99 * Math.Exp(24 * times[row]);
            rows[row].S.ShouldBe(ratio / (1 + ratio), 1e-12);
            rows[row].Shortfall.ShouldBe(1 / (1 + ratio), 1e-11 / (1 + ratio));
        }
    }

    private static IEnumerable<(string Quantity, double Value, double Scale)> Scales(CollocationFlow.Row row, double overlap) => Quantities.Zip(
        new[] { row.S, row.U, row.MeanSquaredError, row.Loss, row.Shortfall, row.Misalignment },
        new[] { row.S, Math.Max(Math.Abs(row.U), 0.1 * Math.Sqrt(row.S * overlap)), row.MeanSquaredError, row.Loss, Math.Max(Math.Abs(row.Shortfall), 0.1 * row.ShortfallTerms), Math.Max(Math.Abs(row.Misalignment), 0.1 * row.MisalignmentTerms) });
}
