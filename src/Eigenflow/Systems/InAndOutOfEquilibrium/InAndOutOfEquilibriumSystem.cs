using Eigenflow.Dynamics;
using Eigenflow.Settings;
using Eigenflow.Solutions;
using static Eigenflow.Systems.InAndOutOfEquilibrium.EquilibriumParameters;

namespace Eigenflow.Systems.InAndOutOfEquilibrium;

/// <summary>Constant-step SGD around a minimum, in and out of equilibrium (arXiv 2306.03521), as hosts see it.</summary>
internal sealed class InAndOutOfEquilibriumSystem : LearningSystem<EquilibriumProblem>
{
    public const string Identifier = "in-and-out-of-equilibrium";

    public override string Id => Identifier;

    public override string Title => "Learning in and out of equilibrium";

    public override string Family => "Noise of SGD";

    public override string Question => "Around what, how far and in which circles does SGD wander at a constant learning rate?";

    public override string Summary =>
        "Mini-batch SGD at a constant learning rate never stops: around a minimum it has a stationary law, and probability currents go round in it. "
        + "What is its covariance, how much entropy does it produce, and what changes where batches are drawn without replacement, as a sampler of the posterior too?";

    public override IReadOnlyList<Citation> Citations => [Bibliography.InAndOutOfEquilibrium, Bibliography.RandomNumbers];

    public override IReadOnlyList<Parameter> ProblemParameters => OfProblem;

    public override IReadOnlyList<NamedQuantity> Observables => EquilibriumColumns.Described;

    public override IReadOnlyList<PredictedQuantity> Predictions => EquilibriumPredictions.All;

    public override IReadOnlyList<ReproductionTask> Reproduction => EquilibriumReproduction.Tasks;

    private protected override Overlay Overlay => EquilibriumOverlay.Overlay;

    private protected override MethodTable<EquilibriumProblem> Table => field ??= new()
    {
        {
            "theory", "Stationary law, currents and entropy production of a scheme, and the way to it from the minimum.", [Scheme, .. Rows, Temperature, Placement, Correction, Plane],
            s => new EquilibriumTheory { Scheme = s.Get(Scheme), Steps = s[Steps] ?? 0, Temperature = s[Temperature], Placement = s.Get(Placement), IsCorrected = s.Get(Correction) }
        },
        { "with-replacement", "SGD with a fresh batch of distinct samples in every step; for matrices, Gaussian noise of the given diffusion.", OfChains, s => Chain(s, SamplingScheme.WithReplacement), MethodRole.Ensemble },
        { "without-replacement", "SGD in shuffled epochs, read at their ends.", OfChains, s => Chain(s, SamplingScheme.WithoutReplacement), MethodRole.Ensemble },
        { "sgld", "Stochastic gradient Langevin dynamics: a fresh batch and thermal noise in every step.", [.. OfChains, Temperature], s => Chain(s, SamplingScheme.Sgld), MethodRole.Ensemble },
        { "sgworld", "Langevin dynamics in shuffled epochs, read at their ends.", [.. OfChains, Temperature, Placement, Correction], s => Chain(s, SamplingScheme.Sgworld), MethodRole.Ensemble },
        { "shuffled-symmetric", "Langevin dynamics in shuffled epochs, each forward and then backward, read after both.", [.. OfChains, Temperature], s => Chain(s, SamplingScheme.ShuffledSymmetric), MethodRole.Ensemble },
        { "langevin", "Langevin dynamics with all samples in every step.", [.. OfChains, Temperature], s => Chain(s, SamplingScheme.Langevin), MethodRole.Ensemble },
        {
            "trajectory", "Covariance, diffusion, currents, entropy production and fluctuation theorems of one trajectory, simulated or from a file, without any theory of the loss.", [Trajectory, .. Rows, Window, Plane],
            s => new TrajectoryMethod { Path = PathOf(s), Steps = s[Steps] ?? 0, Window = (int)s[Window] }, MethodRole.Simulation
        },
    };

    private protected override EquilibriumProblem Problem(SettingView setting) => ProblemOf(setting);

    public override IEnumerable<string> Notes(CompletedSetting setting) => [.. base.Notes(setting), .. ProblemOf(setting).Rows?.Notes ?? []];

    private protected override IReadOnlyList<Prediction> Predict(EquilibriumProblem problem, SettingView setting) => EquilibriumPredictions.Of(problem);

    /// <inheritdoc/>
    protected override void Check(SettingDraft draft)
    {
        var path = draft.Method == "trajectory" ? PathOf(draft) : null;
        if (path is not null)
            Fix(draft, Steps, path.Steps, "the number of steps that the file holds");
        if (path is not null && OfProblem.All(parameter => draft.Given[parameter.Name] is null))
        {
            // A path of one's own has no problem behind it unless one is named.
            foreach (var parameter in OfProblem)
                draft.LeaveOut(parameter, "left out", "a path of a file has no problem behind it");
            return;
        }

        if (!draft.Get(EquilibriumParameters.Problem).Is(Matrices))
        {
            foreach (var matrix in (Parameter[])[Hessian, Diffusion])
                draft.LeaveOut(matrix, $"left out when problem = {draft.Get(EquilibriumParameters.Problem).Text}", "it belongs to problem = matrices");
        }

        var problem = ProblemOf(draft);
        CheckNumbers(draft, problem);
        problem = ProblemOf(draft);
        problem.Validate();
        var expansion = problem.Expand();
        draft.SetDefault(LearningRate, () => problem.DefaultRate(expansion));
        if (draft.IsGiven(Plane) && draft.Get(Plane) is var plane && Math.Max(plane.First, plane.Second) > expansion.Dimension)
            throw new ParameterException(Plane.Name, plane, $"I:J with coordinates up to the dimension {expansion.Dimension}");
        if (draft.Method is not { } name)
        {
            EquilibriumChecks.Check(expansion, new SchemeOptions(SamplingScheme.Langevin, draft[LearningRate] ?? 0, 1));
            return;
        }

        if (path is not null)
            return;
        var scheme = draft.Has(Scheme) ? draft.Get(Scheme) : Enum.GetValues<SamplingScheme>().FirstOrDefault(candidate => ChainMethod.NameOf(candidate) == name);
        var options = new SchemeOptions(scheme, draft[LearningRate] ?? 0, draft.Has(Temperature) ? draft[Temperature] : 1);
        EquilibriumChecks.Check(expansion, options);
        var unitRate = options.Rate * options.StepsOf(expansion.Batches);
        draft.SetDefault(Steps, () => DefaultSteps(expansion, unitRate));
        if (!Table.Find(name).Reads(Chains.Name))
            return;
        var steps = draft[Steps] ?? 0;
        draft.SetDefault(BurnIn, () => Math.Min(steps / 2, Relaxation(expansion, unitRate)));
        if (draft[BurnIn] is { } burnIn && burnIn > steps)
            throw new ParameterException(BurnIn.Name, burnIn, $"a whole number >= 0 and <= steps = {steps}", "raise steps");
        draft.SetDefault(Chains, () => problem.Model == EquilibriumModel.Network ? 256L : ChainMethod.DefaultChains);
        ChainMethod.CheckChains(draft[Chains] ?? 0);
    }

    // Numbers that a model fixes may be given as they are; those that it has not are left out.
    private static void CheckNumbers(SettingDraft draft, EquilibriumProblem problem)
    {
        var word = draft.Get(EquilibriumParameters.Problem).Text;
        if (problem.Model == EquilibriumModel.Matrices)
        {
            foreach (var absent in (Parameter[])[Samples, Batch, Draws, NoiseScale, Prior, Exponent])
                LeaveOutUnlessDefault(draft, absent, word);
            Fix(draft, Dimension, problem.Hessian?.Rows ?? 2, "the number of rows of the Hessian");
            return;
        }

        var usual = Defaults(problem.Model, problem.Rows?.Rows, problem.Rows?.Columns - 1);
        switch (problem.Model)
        {
            case EquilibriumModel.Network:
                Fix(draft, Dimension, NetworkLoss.Weights, "the number of weights");
                break;
            case EquilibriumModel.ReferenceRegression:
                Fix(draft, Dimension, usual.Dimension, "the number of columns of these rows");
                break;
            case EquilibriumModel.Rows:
                Fix(draft, Dimension, usual.Dimension, "the number of features of the file");
                Fix(draft, Samples, usual.Samples, "the number of rows of the file");
                break;
            default:
                break;
        }

        if (problem.Model is EquilibriumModel.Network or EquilibriumModel.ReferenceRegression or EquilibriumModel.Rows)
            LeaveOutUnlessDefault(draft, Exponent, word);
        draft.SetDefault(Samples, () => usual.Samples);
        draft.SetDefault(Dimension, () => usual.Dimension);
        draft.SetDefault(Batch, () => usual.Batch);
        draft.SetDefault(NoiseScale, () => usual.NoiseScale);
        draft.SetDefault(Prior, () => usual.Prior);
    }

    private static void LeaveOutUnlessDefault(SettingDraft draft, Parameter parameter, string word) =>
        draft.LeaveOut(parameter, $"left out when problem = {word}", "it says nothing there");

    private static void Fix(SettingDraft draft, Parameter<long?> parameter, long value, string meaning)
    {
        if (draft.IsGiven(parameter) && draft[parameter] is { } given && given != value)
            throw new ParameterException(parameter.Name, given, $"{meaning} ({value})", "leave it out");
        draft.Set(parameter, value);
    }

    private static ChainMethod Chain(SettingView setting, SamplingScheme scheme) => new()
    {
        Scheme = scheme,
        Chains = (int)(setting[Chains] ?? ChainMethod.DefaultChains),
        Steps = setting[Steps] ?? 0,
        BurnIn = setting[BurnIn] ?? 0,
        Window = (int)setting[Window],
        Seed = setting[Seed],
        Temperature = setting.Has(Temperature) ? setting[Temperature] : 1,
        Placement = setting.Has(Placement) ? setting.Get(Placement) : NoisePlacement.PerStep,
        IsCorrected = setting.Has(Correction) && setting.Get(Correction),
    };
}
