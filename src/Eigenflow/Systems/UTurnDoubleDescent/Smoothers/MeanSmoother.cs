namespace Eigenflow.Systems.UTurnDoubleDescent;

/// <summary>The plain mean of the first B of some smoothers, such as the trees of a forest; a stage per B. Of members with stages the last one counts.</summary>
internal sealed class MeanSmoother : Smoother
{
    private readonly IReadOnlyList<Smoother> members;
    private readonly IReadOnlyList<int> counts;
    private readonly double factor;

    /// <param name="members">At least one.</param>
    /// <param name="counts">The numbers B of the stages, ascending, from 1 to that of the members; null for all of them alone.</param>
    /// <param name="factor">What the mean is multiplied by: 1, or one over the sum of the rows of a member to normalise them.</param>
    public MeanSmoother(IReadOnlyList<Smoother> members, IReadOnlyList<int>? counts = null, double factor = 1) =>
        (this.members, this.counts, this.factor) = (members, counts ?? [members.Count], factor);

    public override int Samples => members[0].Samples;

    public override int Stages => counts.Count;

    public override double LeavesOf(int stage) => members.Take(counts[stage]).Average(member => member.LeavesOf(member.Stages - 1));

    public override void Visit(LabelledSample points, int first, int count, double[] rows, double[] predictions, StageVisitor visit)
    {
        for (int member = 0, stage = 0; stage < counts.Count; member++)
        {
            members[member].Visit(points, first, count, rows, predictions, (_, _) => { });
            if (member + 1 == counts[stage])
                visit(stage++, factor / (member + 1));
        }
    }
}
