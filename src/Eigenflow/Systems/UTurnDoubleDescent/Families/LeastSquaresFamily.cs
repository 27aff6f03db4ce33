namespace Eigenflow.Systems.UTurnDoubleDescent;

/// <summary>Least squares or ridge regression on columns of features; without a ridge the shortest solution, whose p_train is min(n, P).</summary>
/// <param name="Columns">The columns.</param>
internal sealed record LeastSquaresFamily(ColumnForm Columns) : SmootherFamily
{
    public override IReadOnlyList<string> Axes => Columns.Bandwidth is null ? ["ridge", "columns"] : ["columns", "ridge"];

    public override IReadOnlyList<string> Facts => ["singular-value"];

    public override IEnumerable<SmootherModel[]> Groups(IEnumerable<SmootherModel> models) => models.GroupBy(model => model.Columns).Select(group => group.OrderBy(model => model.Ridge).ToArray());

    public override Smoother Fit(LabelledSample training, SmootherModel[] group, FitContext context) =>
        SpectralSmoother.LeastSquares(training, Columns.Of(training, group[0].Columns, context.Seed), [.. group.Select(model => model.Ridge)]);

    public override (double From, double To) Range(string axis, LabelledSample training, SmootherModel model) =>
        axis == "ridge" ? (1e-6 * Trace(training, model), Trace(training, model)) : (Math.Max(2, training.Rows / 40), Math.Min(8.0 * training.Rows, Columns.Most(training)));

    // Of ΦᵀΦ: cosines and sines have the mean square 1/2.
    private double Trace(LabelledSample training, SmootherModel model) => Columns.Bandwidth is null ? training.InputSquare : 0.5 * training.Rows * model.Columns;
}
