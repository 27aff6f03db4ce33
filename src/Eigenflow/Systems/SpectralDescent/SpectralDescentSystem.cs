using Eigenflow.Dynamics;
using Eigenflow.Figures;
using Eigenflow.Schedules;
using Eigenflow.Settings;
using Eigenflow.Solutions;
using Eigenflow.Spectra;
using static Eigenflow.Systems.SpectralDescent.SpectralDescentParameters;

namespace Eigenflow.Systems.SpectralDescent;

/// <summary>Spectral against gradient descent in anisotropic phase retrieval (arXiv 2601.22652), as hosts see it.</summary>
internal sealed class SpectralDescentSystem : LearningSystem<SpectralDescentProblem>
{
    public const string Identifier = "spectral-descent";

    public override string Id => Identifier;

    public override string Title => "Spectral descent under anisotropic data";

    public override string Family => "Feature learning";

    public override string Question => "When does an orthogonalised update (Muon) beat gradient descent?";

    public override string Summary =>
        "A two-layer quadratic network learns y = (θ·x)² from Gaussian inputs whose loudest direction carries no signal. "
        + "Gradient descent escapes from a small start at rates that differ between directions, so that a strong spike is learned first and the alignment collapses; "
        + "spectral descent, whose step is the polar factor of the gradient (idealised Muon), moves every direction alike. "
        + "When and by how much does the orthogonalised update win, and what is left of it with mini-batches, momentum and Newton–Schulz?";

    public override IReadOnlyList<Citation> Citations => [Bibliography.SpectralDescent, Bibliography.Moonlight, Bibliography.PolarExpress, Bibliography.RandomNumbers];

    public override IReadOnlyList<Parameter> ProblemParameters => SpectralDescentParameters.Problem;

    public override IReadOnlyList<Parameter> Parameters => All;

    public override IReadOnlyList<NamedQuantity> Observables => DescentColumns.Described;

    public override IReadOnlyList<NamedQuantity> Events => PhaseTracker.Events;

    public override IReadOnlyList<PredictedQuantity> Predictions => SpectralDescentPredictions.All;

    public override IReadOnlyList<ReproductionTask> Reproduction => SpectralDescentReproduction.Tasks;

    public override IReadOnlyList<ReproductionTask> Beyond => SpectralDescentBeyond.Tasks;

    public override IReadOnlyList<string> LearningCurves => ["gd", "spectral"];

    private protected override ScheduleParameters Schedule => ScheduleParameters.OfMethods;

    private protected override MethodTable<SpectralDescentProblem> Table => field ??= new()
    {
        { "gd", "Gradient descent on the population loss, on blocks; exact up to rounding, O(blocks) per step.", [.. Common, Weights], s => Blocks(s, new GradientDirection()) },
        { "spectral", "Spectral descent (polar factor of the gradient) on the population loss, on blocks; exact up to rounding, O(blocks) per step.", [.. Common, .. OfPolar, Weights], s => Blocks(s, Polar(s)) },
        { "fractional", "U S^p Vᵀ of the population gradient, on blocks: between the two.", [.. Common, .. OfPower, Weights], s => Blocks(s, Fractional(s)) },
        { "muon-population", "Momentum and Newton–Schulz on the population gradient, on blocks.", [.. Common, .. OfMuon, Weights], s => Blocks(s, Muon(s)) },
        { "sgd", "Mini-batch gradient descent with fresh Gaussian samples: mean and quantile band over replicas.", Sampled, s => Batches(s, new GradientDirection()), MethodRole.Ensemble },
        { "spectral-sgd", "Mini-batch spectral descent with the exact polar factor.", [.. Sampled, .. OfPolar], s => Batches(s, Polar(s)), MethodRole.Ensemble },
        { "fractional-sgd", "Mini-batch descent along U S^p Vᵀ.", [.. Sampled, .. OfPower], s => Batches(s, Fractional(s)), MethodRole.Ensemble },
        { "muon", "Mini-batch Muon: momentum and Newton–Schulz.", [.. Sampled, .. OfMuon], s => Batches(s, Muon(s)), MethodRole.Ensemble },
        { "full-gd", "Gradient descent on the population loss of the whole matrix: any covariance, teacher, start and width.", Common, s => Whole(s, new GradientDirection()) },
        { "full-spectral", "Spectral descent of the whole matrix, one SVD per step.", [.. Common, .. OfPolar], s => Whole(s, Polar(s)) },
        { "full-fractional", "U S^p Vᵀ of the whole matrix.", [.. Common, .. OfPower], s => Whole(s, Fractional(s)) },
        { "full-muon", "Momentum and Newton–Schulz on the population gradient of the whole matrix.", [.. Common, .. OfMuon], s => Whole(s, Muon(s)) },
    };

    private protected override Overlay Overlay => DescentOverlay.Overlay;

    private protected override SpectralDescentProblem Problem(SettingView setting)
    {
        var (covariance, scale) = (Covariance(setting), setting[StartScale]!.Value);
        return new()
        {
            Covariance = covariance,
            Teacher = TeacherDirection.Of(setting.Get(TeacherVector), covariance, setting[SignalMode] ?? 1, setting[Seed]),
            Start = setting.Get(StartWeights) switch
            {
                StartForm.Identity => WeightStart.Identity(scale),
                StartForm.Orthogonal => WeightStart.Orthogonal(scale, setting[Seed]),
                _ => WeightStart.Gaussian(scale, (int)Math.Min(int.MaxValue, setting[Width] ?? setting[Dimension]), setting[Seed]),
            },
        };
    }

    private protected override IReadOnlyList<Prediction> Predict(SpectralDescentProblem problem, SettingView setting) => SpectralDescentPredictions.Of(problem, new PredictedRule(setting[LearningRate])
    {
        Momentum = setting[Momentum] ?? 0,
        IsNesterov = setting.Get(Nesterov),
        IsSum = setting.Get(Accumulation),
        Scale = setting.Get(Scale),
        WeightDecay = setting[WeightDecay],
        IsConstant = setting.Get(Schedule.Shape) is ConstantShape,
        LossTarget = setting[LossTarget],
    });

    public override IEnumerable<string> Notes(CompletedSetting setting)
    {
        if (setting.Get(TeacherVector).Read() is { } values && Math.Sqrt(values.Sum(value => value * value)) is var norm && Math.Abs(norm - 1) > 1e-9)
            yield return DisplayText.Plain($"the teacher of {setting.Get(TeacherVector).Path} has length {norm:G4} and was scaled to 1");
    }

    /// <inheritdoc/>
    protected override void Check(SettingDraft draft)
    {
        CheckSpectrum(draft);
        if (draft.Get(StartWeights) == StartForm.Gaussian)
            draft.SetDefault(Width, () => draft[Dimension]);
        draft.SetDefault(StartScale, () => DefaultRates.Scale(Covariance(draft)));
        var problem = Problem(draft);
        if (problem.Teacher.Eigenvector is { } number)
            _ = BlockSystem.Of(problem.Covariance, problem.Covariance.BlockOf(number), problem.Start.Scale);
        if (draft.Method is null)
            return;

        if (draft.Has(NewtonSchulz))
            draft.SetDefault(Iterations, () => draft.Get(NewtonSchulz).UsualIterations);

        // Learning rate and steps follow from the rule, and the method is complete once they stand.
        var method = (DescentMethod)Table.Find(draft.Method).Factory(draft);
        var defaults = DefaultRates.Of(problem, method.Rule, method is MiniBatchDescent);
        draft.Set(Momentum, method.Rule.Momentum);
        draft.SetDefault(LearningRate, () => defaults.LearningRate);
        DescentWarnings.CheckDecay(draft[LearningRate]!.Value, method.Rule);
        draft.SetDefault(Steps, () => draft.Get(Schedule.Shape) is TableShape ? 1 : defaults.StepsAt(draft[LearningRate]!.Value));
        if (method is BlockRecursion blocks)
            blocks.CheckProblem(problem);
    }

    private static PolarDirection Polar(SettingView setting) => new() { Smoothing = setting[Smoothing] };

    private static PowerDirection Fractional(SettingView setting) => new(setting[Power]) { FinalPower = setting[FinalPower] };

    private static NewtonSchulzDirection Muon(SettingView setting) => new()
    {
        Coefficients = setting.Get(NewtonSchulz),
        Iterations = (int)(setting[Iterations] ?? setting.Get(NewtonSchulz).UsualIterations),
        Arithmetic = setting.Get(Digits),
    };

    private static UpdateRule Rule(SettingView setting, Direction direction) => new()
    {
        Direction = direction,
        Momentum = setting[Momentum] ?? direction.UsualMomentum,
        IsNesterov = setting.Get(Nesterov),
        IsSum = setting.Get(Accumulation),
        Scale = setting.Has(Scale) ? setting.Get(Scale) : UpdateScale.None,
        WeightDecay = setting[WeightDecay],
    };

    private static BlockRecursion Blocks(SettingView setting, Direction direction) => new() { Rule = Rule(setting, direction), LossTarget = setting[LossTarget], KeepsWeights = setting.Get(Weights) };

    private static MatrixRecursion Whole(SettingView setting, Direction direction) => new() { Rule = Rule(setting, direction), LossTarget = setting[LossTarget] };

    private static MiniBatchDescent Batches(SettingView setting, Direction direction) => new() { Rule = Rule(setting, direction), LossTarget = setting[LossTarget], Batch = setting[Batch], Replicas = setting[Replicas], Seed = setting[Seed] };

    private static void CheckSpectrum(SettingDraft draft)
    {
        var form = draft.Get(InputSpectrum);
        if (form.Form == SpectrumForms.Spike)
        {
            draft.LeaveOut(SignalMode, "left out here", "it belongs to another spectrum: with a spike the signal is a direction orthogonal to it");
            return;
        }

        if (form.Form != SpectrumForms.PowerLaw)
            draft.Follow(Dimension, Covariance(draft).Dimension, $"the number of directions that {form.Text} holds");
        if (draft.Get(TeacherVector).Is("mode"))
            draft.SetDefault(SignalMode, () => form.Form == SpectrumForms.PowerLaw ? Math.Min(5, draft[Dimension]) : 1);
    }

    private static InputCovariance Covariance(SettingView setting) => InputCovariance.Of(setting.Get(InputSpectrum), setting[Dimension], () => setting[Spike], () => setting[Exponent]);
}
