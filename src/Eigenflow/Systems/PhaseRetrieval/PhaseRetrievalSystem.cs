using Eigenflow.Data;
using Eigenflow.Dynamics;
using Eigenflow.Figures;
using Eigenflow.Schedules;
using Eigenflow.Settings;
using Eigenflow.Solutions;
using Eigenflow.Spectra;
using static Eigenflow.Systems.PhaseRetrieval.PhaseRetrievalParameters;

namespace Eigenflow.Systems.PhaseRetrieval;

/// <summary>Phase retrieval under power-law data (arXiv 2511.18661), as hosts see it.</summary>
internal sealed class PhaseRetrievalSystem : LearningSystem<PhaseRetrievalProblem>
{
    public const string Identifier = "phase-retrieval";

    public override string Id => Identifier;

    public override string Title => "Phase retrieval under power-law data";

    public override string Family => "Feature learning";

    public override string Question => "How long does escape from zero correlation take, and with which exponents does the loss fall afterwards?";

    public override string Summary =>
        "A single quadratic neuron learns y = ⟨x, w*⟩² from Gaussian inputs whose covariance spectrum is a power law. "
        + "Given the spectrum: how long does the escape from zero correlation take, how do loss and parameter error fall afterwards, with which exponents, "
        + "and do gradient flow, gradient descent and online SGD really follow?";

    public override IReadOnlyList<Citation> Citations => [Bibliography.PhaseRetrieval, Bibliography.StiffSolver, Bibliography.RandomNumbers];

    public override IReadOnlyList<Parameter> ProblemParameters => PhaseRetrievalParameters.Problem;

    public override IReadOnlyList<Parameter> Parameters => All;

    public override IReadOnlyList<NamedQuantity> Observables => PhaseObservables.Described;

    public override IReadOnlyList<NamedQuantity> Events => PhaseEvents.Described;

    public override IReadOnlyList<PredictedQuantity> Predictions => PhaseRetrievalPredictions.All;

    public override IReadOnlyList<ReproductionTask> Reproduction => PhaseRetrievalReproduction.Tasks;

    public override IReadOnlyList<ReproductionTask> Beyond => PhaseRetrievalBeyond.Tasks;

    private protected override ScheduleParameters Schedule => ScheduleParameters.OfMethods;

    // Hosts read rows and events, not dense output.
    private protected override MethodTable<PhaseRetrievalProblem> Table => field ??= new()
    {
        { "flow", "Population gradient flow by a stiff solver; exact up to rtol, O(log T) steps.", [.. Continuous, ModelSize, Preconditioner, Rotation], s => new GradientFlow { Modes = s.Get(Modes), KeepsDenseOutput = false } },
        { "gd", "Population gradient descent; exact up to rounding.", [.. Descent, Modes, ModelSize, Preconditioner, Rotation], s => new GradientDescent { Modes = s.Get(Modes) }, MethodRole.Simulation },
        {
            "sgd", "Online stochastic gradient descent with fresh Gaussian samples, or with the rows of inputs: mean and quantile band over replicas.", [.. Descent, Batch, Replicas, Sampling, Precision, InputLaws, ModelSize],
            s => new OnlineSgd { Batch = s[Batch], Replicas = s[Replicas], Seed = s[Seed], Rows = s[Sampling] is "rows" ? Rows(s) : null, Precision = s.Get(Precision), InputLaw = s.Get(InputLaws) }, MethodRole.Ensemble
        },
        { "link-flow", "Population flow of another even link in labels and student; exact up to rtol.", [.. Continuous, Link], s => new LinkFlow { Link = s.Get(Link), Modes = s.Get(Modes) } },
        { "wide", "Population flow of a student of several neurons; exact up to rtol.", [.. ContinuousParameters.All, Width], s => new WideStudent { Width = s[Width] } },
        { "projected", "Population flow with the student's norm held at the teacher's; exact up to rtol.", [.. Continuous, Projection], s => new ProjectedFlow { Projection = s.Get(Projection), Modes = s.Get(Modes) } },
        { "universality", "Population flow of inputs that are not Gaussian and have the same covariance; exact up to rtol.", [.. ContinuousParameters.All, InputLaws], s => new UniversalityFlow { InputLaw = s.Get(InputLaws) } },
        {
            "finite-sample", "Full-batch gradient descent on a fixed set of Gaussian rows: mean and quantile band over replicas.", [.. Descent, Samples, Replicas],
            s => new FiniteSampleDescent { Samples = s[Samples], Replicas = s[Replicas], Seed = s[Seed] }, MethodRole.Ensemble
        },
        { "sgd-theory", "Mean-field theory of online SGD: exact second moments given (s, u), fluctuations of s and u neglected.", [.. Descent, Batch, Modes, ModelSize], s => new SgdTheory { Batch = s[Batch], Modes = s.Get(Modes) } },
        { "sgd-linear-noise", "Mean and full covariance of online SGD between runs, from exact second moments between all modes: bands and standard deviations of s, u, MSE and loss.", [.. Descent, Batch, Closure, Modes], s => new SgdLinearNoise { Batch = s[Batch], Closure = s.Get(Closure), Modes = s.Get(Modes) } },
        { "hierarchy", "Moment hierarchy truncated at hierarchy-order; shows how truncation fails.", [.. Continuous, HierarchyOrder], s => new TruncatedHierarchy { Order = s[HierarchyOrder], Modes = s.Get(Modes) }, MethodRole.Approximation },
        { "volterra", "Phase-I Volterra equation for u (s ≪ s*/3); ends when its u reaches s*.", Continuous, s => new VolterraPhaseOne { Modes = s.Get(Modes) }, MethodRole.Approximation },
        { "isotropic", "Closed two-variable flow of isotropic inputs of the same dimension: the reference curve.", Continuous, s => new IsotropicReduction { Modes = s.Get(Modes) }, MethodRole.Approximation },
        { "clock", "MSE in all phases from the clock ∫|u| dt of the flow, by which every slow mode relaxes; heuristic.", Continuous, s => new MseClock { Modes = s.Get(Modes) }, MethodRole.Approximation },
        { "frozen", "Flow until convergence, then every mode relaxes by itself (Phase III); heuristic.", Continuous, s => new FrozenPhase { Modes = s.Get(Modes) }, MethodRole.Approximation },
    };

    public override bool AllowsSubstitution(CompletedSetting setting) => setting.Has(Modes) && setting.Get(Modes) == ModeRepresentation.Auto;

    public override string? Substitution(CompletedSetting setting) => AllowsSubstitution(setting) && PhaseRetrievalProblem.IsAveraged(setting[Dimension])
        ? FormattableString.Invariant($"modes = auto at dimension = {setting[Dimension]} puts weights averaged over teachers and starts in place of drawn ones: the seed has no influence, and times differ from those of one drawn teacher")
        : null;

    public override (string Parameter, string Value)? Substitute => (Modes.Name, WeightedModes.AveragedName);

    public override IReadOnlyList<Table> Compare(IReadOnlyList<Solution> solutions) => RowComparison.Tables(PhaseOverlay.Comparison, solutions);

    private protected override Overlay Overlay => PhaseOverlay.Overlay;

    private protected override PhaseRetrievalProblem Problem(SettingView setting) => new()
    {
        Spectrum = SpectrumOf(setting),
        Teacher = TeacherOf(setting) with { Normalization = setting.Get(TeacherNorm) },
        Start = StartOf(setting),
        Noise = setting[Noise],
        EscapeThreshold = setting[EscapeThreshold],
        Accuracy = setting[Accuracy],
        ModelSize = setting.Get(ModelSize),
        Preconditioner = setting.Get(Preconditioner) ?? 0,
        Rotation = setting.Get(Rotation) ?? 0,
        RotationSeed = setting[Seed],
    };

    private protected override IReadOnlyList<Prediction> Predict(PhaseRetrievalProblem problem, SettingView setting)
    {
        var predictions = PhaseRetrievalPredictions.Of(
            problem, problem.Rotation != 0 ? RotatedModes.Of(problem) : problem.Modes(setting.Get(Modes)), setting.Get(TeacherVector).Path is null ? setting[SourceExponent] : null, setting[LearningRate], setting[Batch]);
        return ScheduleParameters.OfMethods.ShapeOf(setting) is ConstantShape ? predictions : [.. predictions.Select(PhaseRetrievalPredictions.OfFallingRate)];
    }

    /// <inheritdoc/>
    protected override void Check(SettingDraft draft)
    {
        CheckInputs(draft);
        if (draft.Method is null)
            CheckPredicted(draft);
        var spectrum = draft.Get(InputSpectrum);
        if (!draft.Has(Inputs) && spectrum.Explicit() is { } values)
            draft.Follow(Dimension, values.Length, $"the number of eigenvalues that {spectrum.Text} holds");

        CheckStudent(draft);
        if (draft[SourceExponent] is not 0 and var source && draft.Get(TeacherVector) is var teacher && !teacher.Is("gaussian") && !teacher.Is("source"))
            throw new ParameterException(SourceExponent.Name, source, $"left out, or 0, when teacher = {teacher.Text}", "use teacher = source or gaussian");
    }

    // Predictions are those of one quadratic neuron with Gaussian inputs: what makes another student or other inputs is not silently left out of them.
    private static void CheckPredicted(SettingDraft draft)
    {
        const string Remedy = "the predictions are those of one neuron with the link z², fresh Gaussian inputs and a free norm; ";
        Require(InputLaws, "gaussian, or left out, where nothing is solved", Remedy + "method universality gives the escape rate of a law", draft.Get(InputLaws).Kind == InputLawKind.Gaussian);
        Require(Link, "square, or left out, where nothing is solved", Remedy + "method link-flow gives plateau and escape of a link", draft.Get(Link).Text is "square");
        Require(Width, "1, or left out, where nothing is solved", Remedy + "method wide gives the escape time of several neurons", draft[Width] == 1);
        Require(Projection, "left out where nothing is solved", Remedy + "use method projected", false);
        Require(Samples, "left out where nothing is solved", Remedy + "use method finite-sample", false);

        void Require(Parameter parameter, string allowed, string remedy, bool isPlain)
        {
            if (!draft.IsGiven(parameter) || !isPlain)
                draft.LeaveOut(parameter, allowed, remedy);
        }
    }

    // What changes nothing is no part of a completed setting.
    private static void CheckStudent(SettingDraft draft)
    {
        if (draft.Get(ModelSize) is { } size)
        {
            if (size > draft[Dimension])
                throw new ParameterException(ModelSize.Name, size, $"a whole number from 1 to dimension = {draft[Dimension]}", "raise dimension, or choose a smaller model");
            if (size == draft[Dimension])
                draft.Set(ModelSize, null);
            else if (draft.Get(Sampling) is "rows")
                throw new ParameterException(ModelSize.Name, size, "left out when sgd draws the rows of inputs", "use sampling = gaussian");
        }

        if (draft.Get(Preconditioner) is 0)
            draft.Set(Preconditioner, null);
        if (draft.Get(Rotation) is 0)
            draft.Set(Rotation, null);
        if (draft.Get(Rotation) is not { } rotation)
            return;
        if (draft.Get(Preconditioner) is null)
            draft.LeaveOut(Rotation, "left out without preconditioner", "it turns the basis of the preconditioner: give preconditioner, such as 0.5");
        if (draft[Dimension] > RotatedModes.LargestDimension)
            throw new ParameterException(Dimension.Name, draft[Dimension], $"a whole number from 1 to {RotatedModes.LargestDimension} beside rotation = {rotation}", "leave rotation out, or use a smaller dimension");
        if (draft.Get(ModelSize) is { } few)
            throw new ParameterException(ModelSize.Name, few, "left out beside rotation", "a rotated preconditioner mixes all modes");
        if (draft.Has(Modes) && draft.Get(Modes) is not (ModeRepresentation.Auto or ModeRepresentation.Full))
            throw new ParameterException(Modes.Name, "compressed or averaged", "auto or full beside rotation", "the rotated basis has every mode by itself");
    }

    // Rows have their spectrum, so that nothing else may give one; a completed setting keeps their number of modes.
    private void CheckInputs(SettingDraft draft)
    {
        if (Rows(draft) is not { } rows)
        {
            draft.LeaveOut(Sampling, "left out without inputs", "it says whether sgd draws the rows of inputs: give inputs = file:PATH");
            return;
        }

        foreach (var parameter in (Parameter[])[InputSpectrum, Exponent])
            draft.LeaveOut(parameter, "left out when inputs are given", "the spectrum is that of their rows");
        draft.Follow(Dimension, rows.Dimension, "the number of directions in which the rows of inputs vary");
        if (draft.Method is { } method && Table.Find(method).Reads(Sampling.Name))
            draft.SetDefault(Sampling, () => "rows");
    }

    private static InputRows? Rows(SettingView setting) => setting.Get(Inputs)?.Path is { } path ? InputScope.Once("rows", path, InputRows.Read, rows => 8.0 * rows.Count * rows.Dimension) : null;

    private static Spectrum SpectrumOf(SettingView setting)
    {
        if (Rows(setting) is { } rows)
            return rows.Spectrum;
        var form = setting.Get(InputSpectrum);
        return form.Form switch
        {
            SpectrumForms.PowerLaw => Spectra.Spectrum.PowerLaw(setting[Dimension], setting[Exponent]),
            SpectrumForms.Isotropic => Spectra.Spectrum.Isotropic(setting[Dimension]),
            SpectrumForms.Spikes => Spectra.Spectrum.Spiked(setting[Dimension], form.Count, form.Strength),
            SpectrumForms.ZeroOne => Spectra.Spectrum.ZeroOne(setting[Dimension], form.Count),
            _ => Spectra.Spectrum.FromValues(form.Explicit()!),
        };
    }

    private static Teacher TeacherOf(SettingView setting) => setting.Get(TeacherVector) switch
    {
        { Text: "gaussian" } => PhaseRetrieval.Teacher.Gaussian(setting[Seed], setting[SourceExponent]),
        { Text: "ones" } => PhaseRetrieval.Teacher.Ones(),
        { Text: "source" } => PhaseRetrieval.Teacher.Source(setting[SourceExponent]),
        var file => PhaseRetrieval.Teacher.FromValues(ModeVector.Scaled(file.Read()!)),
    };

    private static Start StartOf(SettingView setting) => setting.Get(StartVector) switch
    {
        { Text: "sphere" } => PhaseRetrieval.Start.UnitSphere(setting[Seed]),
        { Text: "gaussian" } => PhaseRetrieval.Start.Gaussian(setting[Seed]),
        { Text: "alternating" } => PhaseRetrieval.Start.Alternating(),
        var file => PhaseRetrieval.Start.FromValues(ModeVector.CheckedStart(file.Read()!)),
    };
}
