using Eigenflow.Dynamics;
using Eigenflow.Schedules;
using Eigenflow.Settings;
using Eigenflow.Solutions;
using static Eigenflow.Systems.QuadraticParameterization.QuadraticParameters;

namespace Eigenflow.Systems.QuadraticParameterization;

/// <summary>SGD on quadratically parameterised linear regression (arXiv 2502.09106), as hosts see it.</summary>
internal sealed class QuadraticParameterizationSystem : LearningSystem<QuadraticProblem>
{
    public const string Identifier = "quadratic-parameterization";

    public override string Id => Identifier;

    public override string Title => "Quadratically parameterised linear regression";

    public override string Family => "Feature learning";

    public override string Question => "When does feature learning change the scaling exponent?";

    public override string Summary =>
        "Linear regression with a power-law spectrum and a power-law target whose slope is a square of the weights, by one-pass SGD: every coordinate learns at a rate of its own weight, the simplest feature learning. "
        + "When does that change the scaling exponent? It does where the spectrum falls faster than the signal (α > β), and cannot otherwise, where the linear model is optimal already.";

    public override IReadOnlyList<Citation> Citations => [Bibliography.QuadraticParameterization, Bibliography.RandomNumbers];

    public override IReadOnlyList<Parameter> ProblemParameters => QuadraticParameters.Problem;

    public override IReadOnlyList<Parameter> Parameters => All;

    public override IReadOnlyList<NamedQuantity> Observables => QuadraticColumns.Described;

    public override IReadOnlyList<PredictedQuantity> Predictions => QuadraticPredictions.All;

    public override IReadOnlyList<ReproductionTask> Reproduction => QuadraticReproduction.Tasks;

    private protected override ScheduleParameters Schedule => ScheduleParameters.OfMethods;

    private protected override MethodTable<QuadraticProblem> Table => field ??= new()
    {
        { "flow", "Population gradient flow in closed form, any number of modes; integrated where the inputs are rotated.", Flow, s => new QuadraticFlow { Modes = s.Get(Modes), KeepsWeights = s.Get(Weights) } },
        { "gd", "Population gradient descent; exact up to rounding.", [.. Descent, Weights], s => Of(s, new PopulationDescent { KeepsWeights = s.Get(Weights) }), MethodRole.Simulation },
        { "closure", "Mean risk of SGD by moments closed with a lognormal law (exact for the linear model); ends with a status where it is invalid.", [.. Descent, Batch, Weights], s => Of(s, new MomentClosure { Batch = s[Batch], KeepsWeights = s.Get(Weights) }), MethodRole.Approximation },
        { LinearMoments.Identifier, "Exact mean risk of SGD on the linear model.", [.. Descent, Batch], s => Of(s, new LinearMoments { Batch = s[Batch] }) },
        { "sgd", "One-pass SGD with fresh Gaussian samples: mean, standard error and quantiles over the replicas that do not diverge, and the fraction that does.", [.. Descent, Batch, Replicas, Weights], s => Of(s, new QuadraticSgd { Batch = s[Batch], Replicas = s[Replicas], Seed = s[Seed], KeepsWeights = s.Get(Weights) }), MethodRole.Ensemble },
    };

    private protected override Overlay Overlay => QuadraticOverlay.Overlay;

    private protected override QuadraticProblem Problem(SettingView setting)
    {
        var (eigenvalues, target) = (GivenModes.Eigenvalues(setting.Get(InputSpectrum)), GivenModes.Target(setting.Get(TargetVector)));
        if (eigenvalues is not null)
        {
            // Modes are numbered by descending eigenvalue; a target keeps to its eigenvalue.
            int[] order = [.. Enumerable.Range(0, eigenvalues.Length).OrderByDescending(k => eigenvalues[k])];
            if (target is not null && target.Length == eigenvalues.Length)
                target = [.. order.Select(k => target[k])];
            eigenvalues = [.. order.Select(k => eigenvalues[k])];
        }

        return new QuadraticProblem
        {
            Exponent = setting[Exponent],
            SignalExponent = setting[SignalExponent],
            ModelSize = setting[ModelSize],
            Dimension = setting[Dimension],
            Noise = setting[Noise],
            Start = setting[Start],
            Model = ModelOf(setting[Model]),
            Signs = setting.Get(Signs),
            Rotation = setting[Rotation],
            Seed = setting[Seed],
            Eigenvalues = eigenvalues,
            Target = target,
        };
    }

    private protected override IReadOnlyList<Prediction> Predict(QuadraticProblem problem, SettingView setting) =>
        QuadraticPredictions.Of(problem, setting[GradientFactor] * (setting[LearningRate] ?? double.NaN), setting[Steps] ?? 0, setting[Batch]);

    /// <inheritdoc/>
    protected override void Check(SettingDraft draft)
    {
        // The one method for the linear model alone needs no word for it.
        draft.SetDefault(Model, () => draft.Method == LinearMoments.Identifier ? Linear : Signed);
        int? given = (GivenModes.Eigenvalues(draft.Get(InputSpectrum)) ?? GivenModes.Target(draft.Get(TargetVector)))?.Length;
        if (given is { } length)
        {
            if (draft[Dimension] is { } dimension && draft.IsGiven(Dimension) && dimension != length)
                throw new ParameterException(Dimension.Name, dimension, FormattableString.Invariant($"the number of modes that the file holds ({length})"), "leave it out");
            draft.Set(Dimension, length);
        }

        if (draft[Dimension] is { } most && !draft.IsGiven(ModelSize))
            draft.Set(ModelSize, Math.Min(draft[ModelSize], most));

        draft.SetDefault(Dimension, () => Problem(draft).Ambient);
        var problem = Problem(draft);
        problem.Validate();
        draft.SetDefault(Start, () => problem.DefaultStart);
        if (draft.Method is { } name && !Table.Find(name).Reads(LearningRate.Name))
            return;
        if (draft.Get(Schedule.Shape) is not TableShape)
            draft.SetDefault(LearningRate, () => Stability.Of(problem, draft.Has(Batch) ? draft[Batch] : 1).SafeRate / draft[GradientFactor]);
    }

    private protected override void Finish(SettingDraft draft)
    {
        base.Finish(draft);
        if (draft.Method is { } name && Table.Find(name).Make(draft) is QuadraticDescent method)
            method.Check(Problem(draft));
    }

    private static QuadraticDescent Of(SettingView setting, QuadraticDescent method) => method with { GradientFactor = setting[GradientFactor], IsForced = setting.Get(Force) };
}
