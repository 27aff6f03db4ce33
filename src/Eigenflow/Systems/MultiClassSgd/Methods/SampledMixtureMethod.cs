using Eigenflow.Dynamics;
using Eigenflow.Solutions;
using Eigenflow.Systems.MultiClassSgd.Kernels;

namespace Eigenflow.Systems.MultiClassSgd;

/// <summary>An ensemble of independent replicas of random weights: means over them, with standard errors, medians and quantiles. Saved times are rounded to whole steps.</summary>
public abstract record SampledMixtureMethod : MixtureMethod, ISampledMethod
{
    /// <summary>Independent runs, 1 to 65535. Default 10: a band.</summary>
    public int Replicas { get; init; } = 10;

    /// <summary>Seed of samples and random starts.</summary>
    public long Seed { get; init; } = 1;

    /// <summary>Threads; 0 uses every core. The result does not depend on it.</summary>
    public int Threads { get; init; }

    /// <summary>Makes the replicas of a problem.</summary>
    private protected abstract Func<int, ITrajectory> Make(MultiClassProblem problem, MixtureModes modes, LearningRateRule rule, MixtureRows rows);

    /// <summary>What would change a trajectory beside problem and rule.</summary>
    private protected virtual string Variant => Name;

    /// <summary>Columns beyond those of every method.</summary>
    private protected virtual IReadOnlyList<NamedQuantity> More => [];

    /// <summary>What the user should know of the samples.</summary>
    private protected virtual IEnumerable<string> Remarks => [];

    /// <summary>Numbers that describe the samples.</summary>
    private protected virtual IReadOnlyList<SummaryNumber> Numbers => [];

    /// <summary>Checks the last step.</summary>
    private protected virtual void CheckEnd(long steps, MixtureModes modes)
    {
    }

    /// <summary>The modes whose eigenvalues and means the replicas have.</summary>
    private protected virtual MixtureModes ModesOf(MultiClassProblem problem) => problem.Modes(ModeRepresentation.Full);

    internal override Solution Solve(MultiClassProblem problem, SolveContext context)
    {
        SampledParameters.Check(this);
        var rule = RuleOf(problem);
        var modes = ModesOf(problem);
        var grid = SavedTimes().Select(time => (long)Math.Round(time * modes.Dimension)).Distinct().Order().ToArray();
        CheckEnd(grid[^1], modes);
        var rows = new MixtureRows(modes, problem.Loss, rule, Batch);
        var bytes = 8.0 * modes.Directions * (problem.Outputs + 1) * (Batch > 1 ? 2 : 1);
        var available = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes * 0.7;
        if (bytes > available)
            throw new TooLargeException($"{Name} with dimension = {problem.Dimension} and {problem.Outputs} outputs", bytes, available, "use method = theory, or a smaller dimension");
        var ensemble = Ensemble.Run(
            new EnsemblePlan
            {
                Options = this,
                Grid = grid,
                Width = rows.Width + More.Count,
                Make = Make(problem, modes, rule, rows),
                StepWork = (double)modes.Directions * Batch * problem.Outputs * (rule.SeesState ? 1 + modes.Classes : 1),
                StateBytes = bytes,
                SumsBySize = true,
                Identity = FormattableString.Invariant($"{problem.SystemId} {Variant} {problem.Loss} {rule.Identity} {Batch} {problem.StartVariance:R} {string.Join(',', modes.SpectrumOf)}"),
                IdentityColumns = [modes.Probabilities, .. modes.Spectra, .. modes.Means],
                Divergence = step => Diverged($"step {step}"),
            },
            context);
        double[] times = [.. ensemble.Steps.Select(step => step / modes.Dimension)];
        List<Observable> columns = [MixtureRows.Time.Column(times), MixtureRows.Step.Column([.. ensemble.Steps.Select(step => (double)step)])];
        foreach (var (quantity, statistic) in rows.Quantities.Index().Select(pair => (pair.Item, pair.Index)).Concat(More.Index().Select(pair => (pair.Item, rows.Width + pair.Index))))
        {
            columns.AddRange(MixtureRows.IsPartOfOutput(quantity)
                ? ensemble.RatioColumns(quantity, (replica, row) => ensemble[replica, row, statistic], (replica, row) => ensemble[replica, row, rows.Width - 1])
                : ensemble.Columns(quantity, (replica, row) => ensemble[replica, row, statistic]));
        }

        return Assemble(problem, columns, ensemble.Status, new SolverStatistics
        {
            Steps = ensemble.StepsDone,
            Evaluations = ensemble.StepsDone * Batch,
            StateSize = (long)modes.Directions * problem.Outputs,
            Modes = modes.Representation,
        }) with
        { Warnings = [.. Warnings(modes, problem, rule, Batch), .. Remarks], Summary = Numbers };
    }
}
