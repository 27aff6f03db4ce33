namespace Eigenflow.Systems.UTurnDoubleDescent;

/// <summary>The mean of the k nearest training points.</summary>
internal sealed record NeighboursFamily : SmootherFamily
{
    public override IReadOnlyList<string> Axes => ["neighbours"];

    public override IEnumerable<SmootherModel[]> Groups(IEnumerable<SmootherModel> models) => [[.. models.OrderBy(model => model.Neighbours)]];

    public override Smoother Fit(LabelledSample training, SmootherModel[] group, FitContext context) => new NearestNeighbours(training, [.. group.Select(model => model.Neighbours)]);

    public override double Most(string axis, LabelledSample training) => training.Rows;

    public override (double From, double To) Range(string axis, LabelledSample training, SmootherModel model) => (1, training.Rows);
}
