using Eigenflow.Dynamics;
using Eigenflow.Solutions;
using Eigenflow.Systems.MultiClassSgd.Kernels;

namespace Eigenflow.Systems.MultiClassSgd;

/// <summary>
/// One-pass SGD with fresh samples of the mixture, an ensemble of replicas. Risks and errors are those of the population at the actual weights. Adaptive rules accumulate the squared gradients of the samples themselves;
/// line search and Polyak's rate are given the population risk and its gradients, as in the theory (arXiv 2405.19585, section 2).
/// With <see cref="Rows"/> the samples are those of a file, each taken at most once, and <c>risk-rows</c> and <c>error-rows</c> are over all of them.
/// Work per step: d Gaussians and (1 + 2 l) d fused operations per sample; memory (l + 1) d doubles per replica.
/// </summary>
public sealed record OnlineSgd : SampledMixtureMethod
{
    /// <inheritdoc/>
    public override string Name => "sgd";

    /// <summary>Rows that samples are in place of Gaussian ones, in a random order per replica; the problem must have their mixture. Null draws Gaussian ones.</summary>
    public ClassRows? Rows { get; init; }

    private protected override string Variant => Rows is null ? Name : "rows " + Convert.ToHexStringLower(Rows.Hash);

    private protected override IReadOnlyList<NamedQuantity> More => Rows is null ? [] : MixtureRows.OfRows;

    private protected override IEnumerable<string> Remarks => Rows is null ? [] : Rows.Remarks;

    private protected override IReadOnlyList<SummaryNumber> Numbers => Rows is null ? [] : Rows.Numbers;

    private protected override Func<int, ITrajectory> Make(MultiClassProblem problem, MixtureModes modes, LearningRateRule rule, MixtureRows rows)
    {
        if (Rows is { } source)
        {
            if (!source.Mixture.SequenceEqual(problem.Classes))
                throw new ParameterException("classes", source.Name, "rows whose mixture is that of the problem", "set Classes = rows.Mixture");
            return replica => new RowTrajectory(source, modes, problem.Loss, rule, rows, Batch, Seed, replica);
        }

        var tables = new SampleTables(modes);
        return replica => new SampleTrajectory(modes, problem.Loss, rule, rows, Batch, Seed, replica, tables);
    }

    private protected override void CheckEnd(long steps, MixtureModes modes)
    {
        if (Rows is { } source && steps * Batch > source.Rows)
            throw new ParameterException("until", steps / modes.Dimension, FormattableString.Invariant($"a time <= rows/(d B) = {source.Rows / modes.Dimension / Batch:G6}, where one pass over the {source.Rows} rows ends"));
    }
}
