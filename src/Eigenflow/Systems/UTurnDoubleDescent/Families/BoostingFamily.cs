namespace Eigenflow.Systems.UTurnDoubleDescent;

/// <summary>Gradient boosting, with the rounds and the number of averaged boosters as axes.</summary>
/// <param name="Leaves">Leaves of every tree.</param>
/// <param name="Rate">Learning rate η.</param>
/// <param name="Candidates">Features that every node looks at.</param>
/// <param name="IsNormalised">Whether the mean is divided by the sum 1 − (1 − η)^k of its rows, as the published experiments do.</param>
/// <param name="Separate">Whether every output is boosted alone (one against all).</param>
internal sealed record BoostingFamily(int Leaves, double Rate, CandidateForm Candidates, bool IsNormalised, bool Separate) : SmootherFamily
{
    // What is left of the variance of the labels where boosting counts as interpolating; it never does so exactly.
    private const double Interpolated = 1e-4;
    private const int MostRounds = 1000;
    private const uint TreesPerBooster = 1 << 16;

    public override IReadOnlyList<string> Axes => ["rounds", "boosters"];

    public override CompositePath? Path => new("rounds", "boosters", Leaves);

    public override bool IsSeparate => Separate;

    public override IReadOnlyList<string> Facts => ["actual-leaves"];

    public override IEnumerable<SmootherModel[]> Groups(IEnumerable<SmootherModel> models)
    {
        SmootherModel[] all = [.. models];
        foreach (var group in all.Where(model => model.Boosters > 1).GroupBy(model => model.Rounds))
            yield return [.. all.Where(model => model.Boosters == 1 && model.Rounds == group.Key).Concat(group).DistinctBy(model => model.Boosters).OrderBy(model => model.Boosters)];
        var alone = all.Where(model => model.Boosters == 1 && !all.Any(other => other.Boosters > 1 && other.Rounds == model.Rounds)).DistinctBy(model => model.Rounds).OrderBy(model => model.Rounds).ToArray();
        if (alone.Length > 0)
            yield return alone;
    }

    public override Smoother Fit(LabelledSample training, SmootherModel[] group, FitContext context)
    {
        var (boosters, rounds) = (group[^1].Boosters, group.Max(model => model.Rounds));
        Memory.Check(FormattableString.Invariant($"{boosters} times {rounds} rounds of boosting on {training.Rows} samples"), (double)boosters * rounds * Math.Min(Leaves, training.Rows) * training.Rows, "lower boosters, rounds, leaves or samples");
        if (boosters == 1)
            return Boost(training, [.. group.Select(model => model.Rounds)], 0, context, context.Threads);
        var members = new Smoother[boosters];
        Parallel.For(0, members.Length, context.Parallel, booster => members[booster] = Boost(training, [rounds], (uint)booster, context, 1));
        return new MeanSmoother(members, [.. group.Select(model => model.Boosters)], IsNormalised ? 1 / BoostedTrees.RowSum(Rate, rounds) : 1);
    }

    public override double Interpolation(LabelledSample training, FitContext context) =>
        Enumerable.Range(0, Separate ? training.Outputs : 1).Max(output => BoostedTrees.RoundsTo(Separate ? training.Only(output) : training, Rate, MostRounds, Interpolated, Options(training, 0, context), context.Cancellation)) is { } rounds
            ? rounds
            : throw new ParameterException("switch", SwitchForm.Interpolation, "a number of rounds", FormattableString.Invariant($"{MostRounds} rounds leave more than {Interpolated} of the variance of the labels: the learning rate or leaves are small, or points of the same inputs have other labels"));

    public override double Most(string axis, LabelledSample training) => axis == "rounds" ? TreesPerBooster - 1 : base.Most(axis, training);

    public override (double From, double To) Range(string axis, LabelledSample training, SmootherModel model) => axis == "rounds" ? (1, model.Rounds) : (1, model.Boosters);

    private BoostedTrees Boost(LabelledSample training, IReadOnlyList<int> rounds, uint booster, FitContext context, int threads) =>
        new(training, Rate, rounds, Options(training, booster, context), threads, context.Cancellation) { IsNormalised = IsNormalised };

    private Func<int, TreeOptions> Options(LabelledSample training, uint booster, FitContext context) =>
        round => new TreeOptions { Leaves = Leaves, Candidates = Candidates.Of(training.Features), Seed = context.Seed, Tree = (booster * TreesPerBooster) + (uint)round };
}
