using Eigenflow.Dynamics;
using Eigenflow.Settings;
using Eigenflow.Solutions;
using static Eigenflow.Systems.DiffusionSpectralBias.DiffusionParameters;

namespace Eigenflow.Systems.DiffusionSpectralBias;

/// <summary>Spectral bias in the learning dynamics of diffusion models (arXiv 2503.03206), as hosts see it.</summary>
internal sealed class DiffusionSpectralBiasSystem : LearningSystem<DiffusionProblem>
{
    public const string Identifier = "diffusion-spectral-bias";

    private const double SafePart = 0.25;

    public override string Id => Identifier;

    public override string Title => "Spectral bias of diffusion models";

    public override string Family => "Diffusion models";

    public override string Question => "In which order does a diffusion model learn the components of its data?";

    public override string Summary =>
        "A linear denoiser at every noise level is trained by gradient descent, and the probability-flow ODE of the half-trained model generates samples. "
        + "In which order and how fast does a diffusion or flow-matching model learn the principal components of its data, and how do depth, tied weights, convolutions, patches, preconditioning and objective change that?";

    public override IReadOnlyList<Citation> Citations => [Bibliography.DiffusionSpectralBias, Bibliography.DiffusionDesign, Bibliography.RandomNumbers];

    public override IReadOnlyList<Parameter> ProblemParameters => OfProblem;

    public override IReadOnlyList<NamedQuantity> Observables { get; } = [.. DiffusionColumns.Described, .. EmergenceColumns.Described, .. SampleColumns.Described];

    public override IReadOnlyList<PredictedQuantity> Predictions => DiffusionPredictions.All;

    public override IReadOnlyList<ReproductionTask> Reproduction => DiffusionReproduction.Tasks;

    private protected override MethodTable<DiffusionProblem> Table => field ??= new()
    {
        { "theory", "Generated law, loss and gains at any training time, in closed form where there is one and otherwise by a quadrature over noise levels; whole matrices with a mean or a start that is not aligned.", ContinuousParameters.Rows, s => new DiffusionTheory { Shown = Shown(s) } },
        { "quadrature", "The same by the quadrature alone, whatever the architecture.", [.. ContinuousParameters.Rows, Nodes], s => new DiffusionQuadrature { Shown = Shown(s), Nodes = s[Nodes] } },
        { "heun", "The gains of the theory in the discrete Heun sampler, whose few steps leave a bias; exact.", [.. ContinuousParameters.Rows, .. OfSampler], s => new DiffusionHeun { Shown = Shown(s), Sampler = SamplerOf(s) } },
        { "emergence", "Emergence time of every mode, and the exponents of its law with intervals, for rising and falling modes.", [GridParameters.Points], s => new EmergenceMethod { Criterion = s.Get(Emerges).Value } },
        { "samples", "Samples of the half-trained model in the space of the data, as pictures where they are square.", [SampleTimes, Samples, GridParameters.Points], s => new SampleMethod { Times = s.Get(SampleTimes), Samples = s[Samples], Seed = s[DiffusionParameters.Seed] } },
        { "measured", "Emergence times and exponents in variances that were measured during training, from a file.", [Trajectories, Targets, GridParameters.Points], s => new MeasuredMethod { Criterion = s.Get(Emerges).Value, Trajectories = s.Get(Trajectories).Path is { } path ? VarianceTrajectories.Read(path) : null, TargetsAreLast = s.Get(Targets) }, MethodRole.Simulation },
        { "sgd", "SGD on batches of Gaussian samples or of the rows of a file, with fresh noise at every level: mean over replicas, sampled by the discrete sampler.", [.. OfSteps, Batch, Replicas], s => new DiffusionSgd { Shown = Shown(s), Sampler = SamplerOf(s), Steps = s[Steps] ?? 1, Batch = s[Batch], Replicas = s[Replicas], Seed = s[DiffusionParameters.Seed] }, MethodRole.Ensemble },
        { "gd", "Gradient descent on the population loss at every level of the discrete sampler; its law is exact.", OfSteps, s => new DiffusionDescent { Shown = Shown(s), Sampler = SamplerOf(s), Steps = s[Steps] ?? 1 }, MethodRole.Simulation },
    };

    private protected override Overlay Overlay => DiffusionOverlay.Overlay;

    private protected override DiffusionProblem Problem(SettingView setting) => DiffusionSettings.Of(setting);

    private protected override IReadOnlyList<Prediction> Predict(DiffusionProblem problem, SettingView setting) => DiffusionPredictions.Of(problem, setting.Get(Emerges).Value, ShownOf(setting, problem.Dimension));

    /// <inheritdoc/>
    public override IEnumerable<string> Notes(CompletedSetting setting) => [.. base.Notes(setting), .. DiffusionNotes.Of(Problem(setting), setting)];

    /// <inheritdoc/>
    protected override void Check(SettingDraft draft)
    {
        var architecture = draft.Get(Network).Value;
        CheckData(draft);
        draft.SetDefault(Gain, () => DiffusionSettings.DefaultGain(architecture));
        var isStepped = draft.Method is "gd" or "sgd";
        draft.SetDefault(Weighting, () => architecture.Kind == ArchitectureKind.Edm ? "edm" : isStepped ? "inverse" : "uniform");
        if (architecture.IsFlow || architecture.Kind == ArchitectureKind.Edm)
        {
            foreach (var own in (Parameter[])[Target, Process])
                LeaveDefault(draft, own, architecture);
        }

        if (DiffusionSettings.FixedCount(draft) is { } count)
        {
            if (draft.IsGiven(Dimension) && draft[Dimension] is { } given && given != count)
                throw new ParameterException(Dimension.Name, given, FormattableString.Invariant($"the number of modes that list or files hold ({count})"), "leave it out");
            draft.Set(Dimension, count);
        }

        draft.SetDefault(Dimension, () => (long)DefaultDimension);
        var dimension = (int)(draft[Dimension] ?? DefaultDimension);
        draft.SetDefault(ModesShown, () => DefaultModes(dimension));
        CheckShown(draft.Get(ModesShown)!, dimension);
        if (draft.Has(Nodes) && (draft[Nodes] % 2) == 0)
            throw new ParameterException(Nodes.Name, draft[Nodes], "an odd whole number", FormattableString.Invariant($"use {draft[Nodes] + 1}"));
        var problem = Problem(draft);
        problem.Validate();
        draft.SetDefault(LearningRate, () => isStepped ? Rounded(SafePart * Stability.Edge(problem, SamplerOf(draft), draft.Has(Batch) ? draft[Batch] : null)) : 1.0);
        if (draft.Get(SampleTimes) is { Length: > SampleColumns.MostSamples } many)
            throw new ParameterException(SampleTimes.Name, Setting.Format(many), FormattableString.Invariant($"at most {SampleColumns.MostSamples} training times"));
        if (draft.Method == "sgd")
            DiffusionSgd.Check(problem);
        if (draft.Has(Trajectories) && draft.Get(Trajectories).Path is { } path)
            _ = VarianceTrajectories.Read(path);
        if (isStepped && draft[LearningRate] is { } rate && Stability.Edge(problem, SamplerOf(draft)) is var edge && !(rate < edge))
            throw new ParameterException(LearningRate.Name, rate, FormattableString.Invariant($"a number > 0 and < {edge:G6}, the edge of stability of update steps here"), DescentMethod.Remedy(problem));
    }

    // Files take the place of the spectrum.
    private static void CheckData(SettingDraft draft)
    {
        var file = draft.Get(Inputs) is not null ? Inputs : draft.Get(Covariance) is not null ? (Parameter)Covariance : null;
        if (draft.Get(Inputs) is not null && draft.Get(Covariance) is not null)
            throw new ParameterException(Covariance.Name, draft.Get(Covariance)!.Text, "left out beside inputs", "the covariance is that of their rows");
        if (draft.Get(DiffusionParameters.Mean).Is(OfData) && draft.Get(Inputs) is null)
            throw new ParameterException(DiffusionParameters.Mean.Name, OfData, "zero or file:PATH without inputs", "data are given by inputs=file:PATH");
        if (draft.Get(Inputs)?.Path is { } path && Data.InputFile.IsFolder(path))
        {
            draft.SetDefault(DiffusionParameters.Patch, () => (long)Data.ImageRows.DefaultSize);
            draft.SetDefault(Patches, () => (long)Data.ImageRows.DefaultCount);
        }
        else
        {
            if (draft.Get(Inputs)?.Path is { } one && Path.GetExtension(one).ToLowerInvariant() is ".png" or ".jpg" or ".jpeg")
                throw new ParameterException(Inputs.Name, "file:" + one, "a table of rows, or a folder of images", "give the folder that holds the image");
            foreach (var own in (Parameter[])[DiffusionParameters.Patch, Patches])
                draft.LeaveOut(own, "left out without a folder of images", "give --inputs file:FOLDER");
        }

        if (file is null)
            return;
        foreach (var own in (Parameter[])[InputSpectrum, Exponent])
            draft.LeaveOut(own, $"left out beside {file.Name}", "the modes are those of the file");
    }

    private static void LeaveDefault(SettingDraft draft, Parameter parameter, Architecture architecture)
    {
        if (draft.IsGiven(parameter) && Setting.Format(draft.Given[parameter.Name]!) != Setting.Format(parameter.Default!))
            throw new ParameterException(parameter.Name, Setting.Format(draft.Given[parameter.Name]!), $"left out for architecture = {architecture}", "it has its own");
    }

    private static void CheckShown(double[] shown, int dimension)
    {
        const int most = 64;
        foreach (var mode in shown)
        {
            if (mode != Math.Floor(mode) || mode > dimension)
                throw new ParameterException(ModesShown.Name, mode, FormattableString.Invariant($"a list of whole numbers >= 1 and <= {dimension}, the number of modes"));
        }

        if (shown.Length is 0 or > most || shown.Distinct().Count() != shown.Length)
            throw new ParameterException(ModesShown.Name, Setting.Format(shown), FormattableString.Invariant($"1 to {most} different numbers of modes"));
    }

    private static double Rounded(double value) => double.Parse(value.ToString("G2", System.Globalization.CultureInfo.InvariantCulture), System.Globalization.CultureInfo.InvariantCulture);

    private static int[] Shown(SettingView setting) => [.. setting.Get(ModesShown)!.Select(mode => (int)mode - 1)];
}
