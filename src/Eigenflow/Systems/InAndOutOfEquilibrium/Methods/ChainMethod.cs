using Eigenflow.Dynamics;
using Eigenflow.Solutions;

namespace Eigenflow.Systems.InAndOutOfEquilibrium;

/// <summary>Many independent chains of a sampling scheme from the minimum, in blocks that are the replicas of an ensemble. Rows are means over chains; stationary values are over all time units after the burn-in.</summary>
public sealed record ChainMethod : SteppedMethod<EquilibriumProblem>, ISampledMethod
{
    /// <summary>Chains where none are asked for.</summary>
    public const int DefaultChains = 10_000;

    /// <summary>Largest number of chains.</summary>
    public const int MostChains = 4_000_000;

    private const int LargestBlock = 256;
    private const int FewestBlocks = 32;
    private const int MostBlocks = 40_000;
    private const double MostRowNumbers = 2e8;
    private const double GatherWork = 1;

    /// <inheritdoc/>
    public override string Name => NameOf(Scheme);

    /// <summary>How samples are drawn.</summary>
    public required SamplingScheme Scheme { get; init; }

    /// <summary>Number of chains, a multiple of 8.</summary>
    public int Chains { get; init; } = DefaultChains;

    /// <summary>Number of time units.</summary>
    public long Steps { get; init; } = 1000;

    /// <summary>Time units before the recording of stationary values.</summary>
    public long BurnIn { get; init; }

    /// <summary>Time units of the longest window over which entropy production is summed, beside 1, 2 and 3.</summary>
    public int Window { get; init; } = EquilibriumParameters.DefaultWindow;

    /// <summary>Temperature T of thermal noise; not read with and without replacement alone.</summary>
    public double Temperature { get; init; } = 1;

    /// <summary>Where thermal noise stands in an epoch.</summary>
    public NoisePlacement Placement { get; init; }

    /// <summary>Whether the shift of shuffled epochs is taken out of their gradients.</summary>
    public bool IsCorrected { get; init; }

    /// <inheritdoc/>
    public long Seed { get; init; } = 1;

    /// <inheritdoc/>
    public int Threads { get; init; }

    /// <summary>Blocks of chains.</summary>
    public int Replicas => Chains / BlockOf(Chains);

    /// <summary>The name of a scheme.</summary>
    public static string NameOf(SamplingScheme scheme) => scheme switch
    {
        SamplingScheme.WithReplacement => "with-replacement",
        SamplingScheme.WithoutReplacement => "without-replacement",
        SamplingScheme.Sgld => "sgld",
        SamplingScheme.Sgworld => "sgworld",
        SamplingScheme.ShuffledSymmetric => "shuffled-symmetric",
        _ => "langevin",
    };

    internal override Solution Solve(EquilibriumProblem problem, SolveContext context)
    {
        var (plan, ensemble) = Run(problem, context);
        var hasEntropy = plan.Theory.Weights is not null;
        var columns = EquilibriumColumns.Of(plan.Columns, hasEntropy).SelectMany((quantity, k) => ensemble.Columns(quantity, (replica, row) => ensemble[replica, row, k]));
        return Assemble(
            problem, [EquilibriumColumns.Step.Column([.. ensemble.Steps.Select(step => (double)step)]), .. columns], ensemble.Status,
            new SolverStatistics { Steps = ensemble.StepsDone * plan.Chains * plan.Theory.Steps, Evaluations = ensemble.StepsDone * plan.Chains * plan.Theory.Steps * plan.Theory.Expansion.Batch, StateSize = plan.Dimension }) with
        {
            Summary = [.. ChainSummary.Of(plan, ensemble), .. TheorySummary.Others(plan.Theory, plan.Columns)],
            Warnings = [.. EquilibriumChecks.Warnings(plan.Theory), .. Warnings(plan)],
        };
    }

    /// <summary>What the blocks of chains share.</summary>
    internal ChainPlan Plan(EquilibriumProblem problem) => Plan(problem, problem.Loss());

    private ChainPlan Plan(EquilibriumProblem problem, LossModel? loss)
    {
        CheckChains(Chains);
        if (Window is < 1 or > EquilibriumParameters.LargestWindow)
            throw new ParameterException("window", Window, $"a whole number from 1 to {EquilibriumParameters.LargestWindow}");
        if (BurnIn < 0 || BurnIn > Steps)
            throw new ParameterException("burn-in", BurnIn, $"a whole number from 0 to steps = {Steps}");
        var theory = EquilibriumChecks.Theory(problem, new SchemeOptions(Scheme, problem.Rate, Temperature, Placement, IsCorrected));
        return new ChainPlan
        {
            Theory = theory,
            Kernel = loss?.Kernel() ?? new MatrixKernel(theory.Expansion.Hessian),
            Chains = BlockOf(Chains),
            BurnIn = BurnIn,
            Windows = [.. new[] { 1, 2, 3, Window }.Distinct().Order()],
            Seed = Seed,
        };
    }

    /// <summary>Runs the chains, and gives what they recorded as well.</summary>
    internal (ChainPlan Plan, EnsembleResult Result) Run(EquilibriumProblem problem, SolveContext context)
    {
        var loss = problem.Loss();
        var plan = Plan(problem, loss);
        var expansion = plan.Theory.Expansion;
        var grid = Grid(Steps);
        if ((double)grid.Length * plan.Row.Width * Replicas > MostRowNumbers)
            throw new TooLargeException(DisplayText.Plain($"{grid.Length} rows of {Replicas} blocks"), 8.0 * grid.Length * plan.Row.Width * Replicas, 8 * MostRowNumbers, "use fewer points, or a number of chains that is a multiple of 256");
        var samples = Scheme == SamplingScheme.Langevin ? Math.Max(1, expansion.Samples) : expansion.Batch * plan.Theory.Steps;
        var ensemble = Ensemble.Run(
            new EnsemblePlan
            {
                Options = this,
                Grid = grid,
                Width = plan.Row.Width,
                Make = block => new ChainBlock(plan, block),
                StepWork = GatherWork * plan.Chains * plan.Dimension * (samples + plan.Dimension),
                StateBytes = sizeof(double) * plan.Chains * (plan.Dimension + 18.0),
                Identity = FormattableString.Invariant($"{problem.SystemId} {Name} {problem.Model} {expansion.Samples} {expansion.Batch} {expansion.HasIndependentDraws} {problem.Rate:R} {Temperature:R} {Placement} {IsCorrected} {BurnIn} {Window} {Chains} rows"),
                IdentityColumns = [loss?.Data ?? [.. expansion.Hessian.ToRowMajorArray(), .. plan.Theory.Diffusion.ToRowMajorArray()]],
                Divergence = step => new Divergence(DisplayText.Plain($"a chain left every bound by time unit {step}"), "reduce learning-rate"),
            },
            context);
        return (plan, ensemble);
    }

    /// <summary>Checks a number of chains.</summary>
    /// <exception cref="ParameterException">Not a multiple of eight, or too many blocks.</exception>
    internal static void CheckChains(long chains)
    {
        if (chains is < GradientKernel.Lanes or > MostChains || chains % GradientKernel.Lanes != 0)
            throw new ParameterException("chains", chains, $"a multiple of {GradientKernel.Lanes} from {GradientKernel.Lanes} to {MostChains}", $"chains are carried eight at a time; use {Math.Clamp((chains + 7) / 8 * 8, 8, MostChains)}");
        if (chains / BlockOf((int)chains) > MostBlocks)
            throw new ParameterException("chains", chains, $"a number of at most {MostBlocks} blocks of 8 to {LargestBlock} chains", $"use {(chains + 255) / 256 * 256}");
    }

    /// <summary>Chains of a block: the largest divisor of their number that is a multiple of eight, at most 256, and leaves 32 blocks for standard errors; else eight.</summary>
    internal static int BlockOf(int chains)
    {
        for (var block = LargestBlock; block > GradientKernel.Lanes; block -= GradientKernel.Lanes)
        {
            if (chains % block == 0 && chains / block >= FewestBlocks)
                return block;
        }

        return GradientKernel.Lanes;
    }

    private IEnumerable<string> Warnings(ChainPlan plan)
    {
        var needed = EquilibriumParameters.Relaxation(plan.Theory.Expansion, plan.Theory.UnitRate);
        if (BurnIn < needed)
            yield return $"burn-in = {BurnIn} is short of the {needed} time units in which the slowest mode forgets its start: stationary values still hold it; raise steps and burn-in";
        if (BurnIn >= Steps)
            yield return "no time units are left after the burn-in: there are no stationary values; raise steps";
    }
}
