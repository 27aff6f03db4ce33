using Eigenflow.Random;

namespace Eigenflow.Systems.UTurnDoubleDescent;

/// <summary>Forests of regression trees: the plain mean, with the leaves of every tree and the number of trees as axes. One tree is a forest of one.</summary>
/// <param name="IsForest">Whether the number of trees is an axis.</param>
/// <param name="Candidates">Features that every node looks at.</param>
/// <param name="IsBootstrapped">Whether every tree sees n points that are drawn with repetition.</param>
/// <param name="Separate">Whether every output has a forest of its own.</param>
internal sealed record ForestFamily(bool IsForest, CandidateForm Candidates, bool IsBootstrapped, bool Separate) : SmootherFamily
{
    private const uint Purpose = 0x424F4F54;

    // Two nodes of 72 bytes and a list of points.
    private const double NumbersPerLeaf = 22;

    public override IReadOnlyList<string> Axes => IsForest ? ["trees", "leaves"] : ["leaves"];

    public override CompositePath? Path => IsForest ? new CompositePath("leaves", "trees") : null;

    public override bool IsSeparate => Separate;

    public override IReadOnlyList<string> Facts => ["actual-leaves"];

    public override IEnumerable<SmootherModel[]> Groups(IEnumerable<SmootherModel> models) => models.GroupBy(model => model.Leaves).Select(group => group.DistinctBy(model => model.Trees).OrderBy(model => model.Trees).ToArray());

    public override Smoother Fit(LabelledSample training, SmootherModel[] group, FitContext context)
    {
        var count = group[^1].Trees;
        var leaves = Math.Min(group[0].Leaves, training.Rows);
        Memory.Check(FormattableString.Invariant($"a forest of {count} trees of up to {leaves} leaves"), count * (((NumbersPerLeaf + training.Outputs) * leaves) + (0.5 * training.Rows)), "lower trees, leaves or samples");
        var trees = new Smoother[count];
        Parallel.For(0, trees.Length, context.Parallel, tree => trees[tree] = new TreeSmoother(training, Grow(training, group[0].Leaves, (uint)tree, context)));
        return new MeanSmoother(trees, [.. group.Select(model => model.Trees)]);
    }

    // Each of the trees may need another number of leaves: the most that the first ones need.
    public override double Interpolation(LabelledSample training, FitContext context) =>
        Enumerable.Range(0, Separate ? training.Outputs : 1).Max(output => Enumerable.Range(0, 4).Max(tree => Grow(Separate ? training.Only(output) : training, double.PositiveInfinity, (uint)tree, context).Leaves.Count));

    public override double LastTurn(LabelledSample training, SmootherModel model) => training.Rows;

    public override (double From, double To) Range(string axis, LabelledSample training, SmootherModel model) => axis == "trees" ? (1, model.Trees) : (2, training.Rows);

    private RegressionTree Grow(LabelledSample training, double leaves, uint tree, FitContext context) => RegressionTree.Grow(training, training.Labels, Drawn(training.Rows, tree, context.Seed), new TreeOptions
    {
        Leaves = leaves < training.Rows ? (int)leaves : null,
        Candidates = Candidates.Of(training.Features),
        Seed = context.Seed,
        Tree = tree,
    });

    private int[]? Drawn(int rows, uint tree, ulong seed) => !IsBootstrapped ? null : [.. Enumerable.Range(0, rows).Select(k => WholeNumbers.Below(Philox.Block(((uint)k, tree, 0, Purpose), ((uint)seed, (uint)(seed >> 32))).Word0, rows))];
}
