using Eigenflow.Data;
using Eigenflow.Dynamics;
using Eigenflow.Settings;
using Eigenflow.Spectra;

namespace Eigenflow.Systems.RaoBlackwellDiffusion;

/// <summary>The parameters of this system: each line is option, check, help, and how the system reads it.</summary>
internal static class DiffusionParameters
{
    public const int DefaultSamples = 16, DefaultDraws = 2000;
    public const double DefaultTemperature = 2;
    public const string Clean = "clean", Noise = "noise", Score = "score", Velocity = "velocity";

    private static readonly (string Word, KernelKind Value)[] Kernels = [("edm", KernelKind.Edm), ("vp", KernelKind.VariancePreserving), ("flow", KernelKind.FlowMatching), ("torus", KernelKind.Torus)];

    private static readonly (string Word, object Value)[] Estimators =
    [
        ("plain", EstimatorKind.Plain), ("augmented", EstimatorKind.Augmented), ("orbit", EstimatorKind.Orbit), ("full", EstimatorKind.Full), ("snis", EstimatorKind.Snis), ("snis-without", EstimatorKind.SnisWithout),
        ("local", EstimatorKind.Local), ("local-exact", EstimatorKind.LocalExact), ("kabsch", EstimatorKind.Kabsch), ("tempered", EstimatorKind.Tempered),
    ];

    public static readonly Parameter<GroupForm> Group = GroupForm.Parameter(
        "The group in whose poses the data stand: signs (flips of every coordinate), global-sign, cyclic (shifts of the coordinates), cyclic:N and dihedral:N (turns of planar points by 2π/N, with reflections), so2, o2, so3, o3, permutation (of at most 10 points), torus (translations modulo 1), a product permutation*GROUP or file:PATH*GROUP with a group of space, or the orthogonal matrices of a finite group in a file, one below the other.");

    public static readonly Parameter<VectorForm?> Templates = Parameter.Text<VectorForm?>(
        "templates", "a_m", null,
        "The data in the poses in which they stand: a file with one point per row (one template per row for signs, global-sign and cyclic; see template-rows), or point (1), vector, ring, pair (two planar points, each a template), cloud (four points), crystal (three atoms of a line); by default one that the group acts on.",
        [.. TemplateSet.Words.Select(TextForm.Of), TextForm.File],
        text => TemplateSet.Words.Contains(text, StringComparer.Ordinal) ? new VectorForm(text) : FileOf(text) ?? throw new ParameterException("templates", text, string.Join(", ", TemplateSet.Words) + " or file:PATH", Suggestion.For(text.Split(':')[0], [.. TemplateSet.Words, "file"])),
        form => form?.Text ?? "") with
    { OtherName = "template" };

    public static readonly Parameter<long?> TemplateRows = Parameter.OptionalWhole("template-rows", "n", "Rows of the file that make one template; by default one for signs, global-sign and cyclic, and all for the other groups.", ValueRange.Within(1, 1e6)) with { Usual = UsualRange.Decades(1, 1000) };
    public static readonly Parameter<double[]?> TemplateWeights = Parameter.OptionalList("template-weights", "Probabilities of the templates, to a common factor, such as 2,1; by default equal.", ValueRange.NotNegative);
    public static readonly Parameter<double> Spread = Parameter.Number("spread", "τ", 0, "Variance of every coordinate of the clean data around its template.", ValueRange.NotNegative) with { Usual = UsualRange.ZeroAndDecades(1e-3, 10) };
    public static readonly Parameter<string?> Kernel = Parameter.OptionalChoice("kernel", "The noise: edm (x = α x₀ + σ z with α = 1 or as given), vp (α = √(1 − σ²)), flow (α = t, σ = 1 − t, data at t = 1), or torus (wrapped, period 1), which goes with group = torus; by default edm, or torus with that group.", [.. Kernels.Select(pair => pair.Word)]);
    public static readonly Parameter<double> Sigma = Parameter.Number("sigma", "σ", 0.5, "Standard deviation of the noise of every coordinate, in the units of the templates.", ValueRange.Positive) with { Usual = UsualRange.Decades(0.01, 100) };
    public static readonly Parameter<double?> Alpha = Parameter.OptionalNumber("alpha", "α", "Factor of the clean sample with kernel = edm, by default 1; the other kernels have it from sigma.", ValueRange.NotNegative) with { Usual = UsualRange.Even(0, 2) };
    public static readonly Parameter<double> Bridge = Parameter.Number("bridge-noise", "c", 0, "Bridge noise of kernel = flow: x_t = t x₁ + (1 − t) z + σ_b ε with σ_b(t) = c √(t(1 − t)).", ValueRange.Within(0, 1e30)) with { Usual = UsualRange.Even(0, 2) };
    public static readonly Parameter<VectorForm?> Covariance = VectorForm.OptionalParameter("noise-covariance", "C", "Covariance of the noise at sigma = 1, a file of all coordinates by all coordinates; what is no multiple of the identity is refused with the condition of equivariance that it violates.");
    public static readonly Parameter<bool> Centred = Parameter.Choice("translations", "", false, "Whether translations are kept, or removed: clouds have the mean zero, and so has their noise.", ("kept", false), ("removed", true));

    public static readonly Parameter<EstimatorKind> Estimator = Parameter.Choice(
        "estimator", "", EstimatorKind.Orbit,
        "The target of a sample: plain (the clean sample, data as they stand), augmented (in a random pose), orbit (its mean over the orbit given the noisy sample), full (the mean over all templates and poses), snis and snis-without (the orbit mean over samples candidates with uniform proposals, with the generating element or without it), local and local-exact (proposals near the generating element, or near a hidden centre near it), kabsch (the nearest pose), tempered (weights to the power 1/temperature).",
        Estimators);

    public static readonly Parameter<long?> Samples = Parameter.OptionalWhole("samples", "N", "Candidates of a target of snis, snis-without, local and local-exact; by default 16.", ValueRange.Within(1, DiffusionProblem.MostSamples)) with { Usual = UsualRange.Decades(1, 1e4) };
    public static readonly Parameter<double?> Temperature = Parameter.OptionalNumber("temperature", "T", "What the logarithms of the weights are divided by with estimator = tempered; by default 2.", ValueRange.Positive) with { Usual = UsualRange.Decades(0.1, 100) };
    public static readonly Parameter<VectorForm?> Noisy = Parameter.Text<VectorForm?>(
        "noisy", "x", null, "A noisy sample whose targets are printed: a file of the shape of a template, or of its numbers in one row; columns with names are matched with those of the templates. For predict.",
        [TextForm.File], text => FileOf(text) ?? throw new ParameterException("noisy", text, "file:PATH", Suggestion.For(text.Split(':')[0], ["file"])), form => form?.Text ?? "");

    public static readonly Parameter<string?> Form = Parameter.OptionalChoice("target", "What the target of noisy is given as: clean (the clean sample, the default), noise ((x − α target)/σ), score ((α target − x)/σ²; the default and only form on the torus), or velocity ((target − x)/(1 − t), with kernel = flow).", Clean, Noise, Score, Velocity);
    public static readonly AxisParameters Axes = new("sigma", "samples");
    public static readonly Parameter<int> Points = GridParameters.Points with { Default = 24L };
    public static readonly Parameter<int> Draws = Parameter.Count("draws", "", DefaultDraws, "Random samples per value on the axis, for estimators whose targets have no closed form.", ValueRange.Within(2, 65_535)) with { Usual = UsualRange.Decades(10, 1e4) };
    public static readonly Parameter<ModelKind> Model = Parameter.Choice("model", "φ", ModelKind.Linear, "What is trained: linear (φ = W x), or posterior (φ = θ E[x₀|x], one number whose optimum is realisable).", ("linear", ModelKind.Linear), ("posterior", ModelKind.Posterior));
    public static readonly Parameter<double?> LearningRate = ScheduleParameters.OfMethods.Peak with { Help = "Step size; the gradient is that of the squared distance without ½. By default a tenth of 1/E‖features‖² to one digit.", Usual = UsualRange.Decades(1e-5, 1) };
    public static readonly Parameter<long?> Batch = Parameter.OptionalWhole("batch", "B", "Fresh samples of a step; by default 1, and 16 for the method network.", ValueRange.Within(1, 1e9)) with { Usual = UsualRange.Decades(1, 1e4) };
    public static readonly Parameter<long?> Steps = ScheduleParameters.Steps with { Default = SgdRates.DefaultSteps };
    public static readonly Parameter<long?> Replicas = Parameter.OptionalWhole("replicas", "", "Independent runs; by default 64, and 4 for the method network, where they have initial parameters of their own.", ValueRange.Within(1, 65_535)) with { Usual = UsualRange.Decades(1, 1000) };
    public static readonly IReadOnlyList<Parameter> Descent = [Model, LearningRate, Batch, Steps, .. ScheduleParameters.OfMethods.All, GridParameters.AtSteps, Points];
    public static readonly Parameter<long> Seed = SampledParameters.Seed("Seed of samples; equal seeds give equal results on every machine.");

    /// <summary>Those of the problem.</summary>
    public static readonly IReadOnlyList<Parameter> OfProblem = [Group, Templates, TemplateRows, TemplateWeights, Spread, Kernel, Sigma, Alpha, Bridge, Covariance, Centred, Estimator, Samples, Temperature, Noisy, Form];

    /// <summary>The word of an estimator.</summary>
    public static string Word(EstimatorKind kind) => Estimators.First(pair => pair.Value.Equals(kind)).Word;

    /// <summary>The word of a kernel.</summary>
    public static string Word(KernelKind kind) => Kernels.First(pair => pair.Value == kind).Word;

    /// <summary>The kernel of a word; by default that of the group.</summary>
    public static KernelKind KernelOf(string? word, GroupForm group) => word is null ? group.IsTorus ? KernelKind.Torus : KernelKind.Edm : Kernels.First(pair => pair.Word == word).Value;

    /// <summary>The templates of a setting.</summary>
    /// <exception cref="ParameterException">Rows or weights that do not fit.</exception>
    public static TemplateSet TemplatesOf(SettingView setting)
    {
        var (table, usual) = TableOf(setting);
        return TemplateSet.Of(table, (int)(setting[TemplateRows] ?? usual), setting.Get(TemplateWeights));
    }

    /// <summary>The file of the templates of a setting, or null where they are a word.</summary>
    /// <exception cref="InputFileException">It cannot be used.</exception>
    public static DataMatrix? FileOfTemplates(SettingView setting) => setting.Get(Templates)?.Path is null ? null : TableOf(setting).Table;

    /// <summary>The noisy sample of a setting, or null.</summary>
    /// <exception cref="InputFileException">It has not the shape of a template, or other columns.</exception>
    public static DataMatrix? NoisyOf(SettingView setting) =>
        setting.Get(Noisy)?.Path is { } path ? PointFile.ReadNoisy(path, TemplatesOf(setting), FileOfTemplates(setting)?.Names ?? []) : null;

    /// <summary>The problem of a setting.</summary>
    public static DiffusionProblem ProblemOf(SettingView setting)
    {
        var templates = TemplatesOf(setting);
        var form = setting.Get(Group);
        var group = form.Make(templates.Rows, templates.Columns);
        return new DiffusionProblem
        {
            Templates = templates,
            Group = group,
            Kernel = KernelOf(setting[Kernel], form),
            Alpha = setting[Alpha],
            Bridge = setting[Bridge],
            Sigma = setting[Sigma],
            Deviation = setting.Get(Covariance)?.Path is { } covariance ? NoiseCovariance.Deviation(covariance, group) : 1,
            Spread = setting[Spread],
            IsCentred = setting.Get(Centred),
            Estimator = setting.Get(Estimator),
            Samples = (int)(setting[Samples] ?? DefaultSamples),
            Temperature = setting[Temperature] ?? DefaultTemperature,
        };
    }

    /// <summary>The numbers that a problem made in code is named by.</summary>
    public static Setting Describe(DiffusionProblem problem) => Setting.Empty
        .With(Group, new GroupForm(problem.Group.Name)).With(Kernel, Word(problem.Kernel)).With(Sigma, problem.Sigma).With(Alpha, problem.Alpha).With(Spread, problem.Spread).With(Estimator, problem.Estimator)
        .With(Samples, problem.Estimator.IsSampled() ? problem.Samples : null);

    /// <summary>Samples of a step of SGD.</summary>
    public static long BatchOf(SettingView setting) => setting[Batch] ?? 1;

    /// <summary>Independent runs of SGD.</summary>
    public static int ReplicasOf(SettingView setting) => (int)(setting[Replicas] ?? 64);

    /// <summary>Rows of a template where none are given.</summary>
    public static long UsualRows(SettingView setting) => TableOf(setting).Usual;

    private static (DataMatrix Table, int Usual) TableOf(SettingView setting)
    {
        var group = setting.Get(Group);
        var form = setting.Get(Templates) ?? new VectorForm(group.DefaultTemplates);
        return form.Path is { } path ? Given(path, group) : TemplateSet.Named(form.Text, group.Columns);
    }

    private static (DataMatrix Table, int Usual) Given(string path, GroupForm group)
    {
        var table = PointFile.Read(path);
        if (group.Columns > 0 && table.Columns != group.Columns && table.Notes.Count > 0)
            throw new InputFileException(path, FormattableString.Invariant($"its points have {table.Columns} numbers ({string.Join("; ", table.Notes)})"), FormattableString.Invariant($"points of {group.Columns} numbers for group = {group.Text}"));
        return (table, group.ActsOnCoordinates ? 1 : table.Rows);
    }

    // What has an ending or a folder is a file, with its prefix or without.
    private static VectorForm? FileOf(string text) =>
        TextForm.PathOf(text) is not null ? new VectorForm(text)
        : !text.Contains(':', StringComparison.Ordinal) && (text.Contains('/', StringComparison.Ordinal) || Path.GetExtension(text).Length > 1) ? new VectorForm("file:" + text)
        : null;
}
