namespace Eigenflow.Systems.UTurnDoubleDescent;

/// <summary>Least squares on a bias and the leading principal components of standardised columns, with the components and the excess of columns over them as axes.</summary>
/// <param name="Columns">The columns.</param>
internal sealed record ComponentsFamily(ColumnForm Columns) : SmootherFamily
{
    public override IReadOnlyList<string> Axes => ["components", "excess", "columns"];

    public override CompositePath? Path => new("components", "columns", IsSum: true);

    public override IReadOnlyList<string> Facts => ["singular-value"];

    public override IEnumerable<SmootherModel[]> Groups(IEnumerable<SmootherModel> models) => models.GroupBy(model => model.Columns).Select(group => group.OrderBy(model => model.Components).ToArray());

    public override Smoother Fit(LabelledSample training, SmootherModel[] group, FitContext context) =>
        SpectralSmoother.Components(training, Columns.Of(training, group[0].Columns, context.Seed), [.. group.Select(model => model.Components)]);

    // The bias is one of the n parameters.
    public override double Interpolation(LabelledSample training, FitContext context) => training.Rows - 1;

    public override double LastTurn(LabelledSample training, SmootherModel model) => Math.Min(training.Rows, model.Columns);

    public override (double From, double To) Range(string axis, LabelledSample training, SmootherModel model) => axis switch
    {
        "components" => (1, Math.Min(training.Rows - 1, model.Columns)),
        "excess" => (Math.Max(1, training.Rows / 20), 8.0 * training.Rows),
        _ => (Math.Max(model.Components, 1), 8.0 * training.Rows),
    };
}
