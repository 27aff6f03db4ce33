using Eigenflow.Dynamics;
using Eigenflow.Settings;
using Eigenflow.Solutions;

namespace Eigenflow.Systems.UTurnDoubleDescent;

/// <summary>Least squares and ridge regression on the first columns of Gaussian data, exact for large n and p, along columns, ridge or samples. Work per value: a few passes over a few hundred nodes, at any number of columns.</summary>
public sealed record TheoryCurve : AxisMethod<SmootherProblem>
{
    /// <inheritdoc/>
    public override string Name => "theory";

    /// <summary>Columns p, where the solution does not run along them.</summary>
    public required long Columns { get; init; }

    /// <summary>Penalty λ ≥ 0 on ΦᵀΦ, where the solution does not run along it.</summary>
    public double Ridge { get; init; }

    private protected override int PointsOf(SettingView setting) => (int)setting[UTurnParameters.Points]!.Value;

    internal override Solution Solve(SmootherProblem problem, SolveContext context)
    {
        double n = problem.Samples;
        var (from, to) = Along switch
        {
            "columns" => (Math.Max(1, n / 40), Math.Min(problem.Dimension, 10 * n)),
            "ridge" => (1e-6 * n, 1e3 * n),
            _ => (Math.Max(2, Columns / 40.0), 10.0 * Columns),
        };

        // Without a ridge the errors are infinite where columns and samples are as many.
        double[] infinite = Ridge == 0 && Along != "ridge" ? [Along == "columns" ? n : Columns] : [];
        double[] grid = [.. GridWith(from, Math.Max(to, from * 1.0001), infinite).Select(value => Along == "columns" ? Math.Round(value) : value).Distinct()];
        var (rows, status) = Evaluate(grid, value => SmootherTheory.Of(
            Along == "samples" ? value : n, Along == "columns" ? (long)value : Columns, problem.Exponent, Along == "ridge" ? value : Ridge, problem.Dimension, problem.Noise), context);
        double[] axis = grid[..rows.Count];
        double[] Of(Func<SmootherTheory, double> of) => [.. rows.Select(of)];
        var columns = new List<Observable> { UTurnQuantities.Axis(Along).Column(axis) };
        foreach (var (name, value) in (ReadOnlySpan<(string, double)>)[("columns", Columns), ("ridge", Ridge), ("samples", n)])
        {
            if (name != Along)
                columns.Add(UTurnQuantities.Axis(name).Column([.. axis.Select(_ => value)]));
        }

        columns.Add(UTurnQuantities.TrainParameters.Column(Of(row => row.Train)));
        columns.Add(UTurnQuantities.TestParameters.Column(Of(row => row.Test)));
        columns.Add(UTurnQuantities.Trace.Column(Of(row => row.Trace)));
        columns.Add(UTurnQuantities.TrainError.Column(Of(row => row.TrainError)));
        columns.Add(UTurnQuantities.TestError.Column(Of(row => row.TestError)));
        columns.Add(UTurnQuantities.NoisePart.Column([.. rows.Zip(axis, (row, value) => problem.Noise * row.Test / (Along == "samples" ? value : n))]));
        return Assemble(problem, columns, status, new SolverStatistics { Evaluations = rows.Count });
    }
}
