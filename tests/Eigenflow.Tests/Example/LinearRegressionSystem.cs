using Eigenflow.Figures;
using Eigenflow.Scaling;
using Eigenflow.Solutions;

namespace Eigenflow.Tests.Example;

/// <summary>Linear regression on a power law, complete: the example of docs/adding-a-system.md.</summary>
internal sealed class LinearRegressionSystem : LearningSystem<LinearRegression>
{
    public const string Identifier = "linear-regression";
    public static readonly Parameter<int> Dimension = Parameter.Count("dimension", "d", 100, "Number of input modes.", ValueRange.Within(1, 1e6)) with { Usual = UsualRange.Decades(1, 1e4) };
    public static readonly Parameter<double> Exponent = Parameter.Number("exponent", "a", 1.5, "Exponent of the spectrum λ_j ∝ j^(−a).", ValueRange.Within(0, 30));
    public static readonly Parameter<double> Noise = Parameter.Number("noise", "σ²", 0.1, "Variance of the label noise.", ValueRange.NotNegative);
    private static readonly Parameter<double?> LearningRate = ScheduleParameters.OfMethods.Peak with { Default = 0.5, Help = "Step size." };
    private static readonly Parameter<long?> Steps = ScheduleParameters.Steps with { Default = 1000L };
    private static readonly Parameter<int> Replicas = SampledParameters.Replicas(16, "Independent runs of SGD.");
    private static readonly Parameter<long> Seed = SampledParameters.Seed("Seed of the samples.");
    private static readonly Parameter[] Descent = [LearningRate, Steps, .. ScheduleParameters.OfMethods.All, GridParameters.AtSteps, GridParameters.Points];

    public override string Id => Identifier;
    public override string Title => "Linear regression on a power law";
    public override string Question => "How fast does the loss of least squares fall?";
    public override string Summary => "Least squares by gradient descent and by one-pass SGD: how fast does the loss fall?";
    public override IReadOnlyList<Citation> Citations => [Bibliography.FunctionalScalingLaw, Bibliography.RandomNumbers];
    public override IReadOnlyList<Parameter> ProblemParameters => [Dimension, Exponent, Noise];
    public override IReadOnlyList<NamedQuantity> Observables => [GridParameters.Step, LinearRegression.Loss];
    public override IReadOnlyList<PredictedQuantity> Predictions { get; } =
        [new("loss-slope", "p", "Slope p = 1/a − 1 of the loss of gradient descent, L ∝ k^p.") { Window = [new("a", WindowRelation.Above, 1)], Mark = CurveMark.Slope("loss") }];

    public override IReadOnlyList<ReproductionTask> Reproduction => [new() { Id = "figure-1", Title = "SGD and its theory", FigureNumbers = [1], Run = Reproduce }];
    private protected override ScheduleParameters Schedule => ScheduleParameters.OfMethods;
    private protected override MethodTable<LinearRegression> Table => field ??= new()
    {
        { "gd", "Gradient descent on the population loss; exact.", Descent, _ => new SecondMoments(IsStochastic: false) },
        { "theory", "Mean loss of SGD over all samples; exact.", Descent, _ => new SecondMoments(IsStochastic: true) },
        { "sgd", "One-pass SGD: mean over replicas.", [.. Descent, Replicas, Seed], s => new OnlineSgd { Replicas = s[Replicas], Seed = s[Seed] }, MethodRole.Ensemble },
    };
    private protected override Overlay Overlay => new()
    {
        Title = "Linear regression",
        Description = "Loss against steps.",
        Panels = [new OverlayPanel("loss", "loss", "excess risk L") { AbscissaLabel = "step k" }],
        Caption = [Dimension, Exponent, Noise, LearningRate, Replicas],
    };

    private protected override LinearRegression Problem(SettingView setting) => new(setting[Dimension], setting[Exponent], setting[Noise]);

    private protected override IReadOnlyList<Prediction> Predict(LinearRegression problem, SettingView setting)
    {
        var list = new PredictionList(Predictions);
        list.Measure("a", () => problem.Exponent);
        list.Add("loss-slope", () => (1 / problem.Exponent) - 1, PredictionKind.Asymptotic, "derived", "1 ≪ ηλ_1 k and ηλ_d k ≪ 1", range: (1, Math.Pow(problem.Dimension, problem.Exponent)));
        return list.Predictions;
    }

    private ReproductionResult Reproduce(IProgress<Progress>? progress, CancellationToken cancellation)
    {
        var problem = new LinearRegression(50, 1.5, 0.1);
        var theory = problem.Solve(new SecondMoments(IsStochastic: true) { LearningRate = 0.5, Steps = 1000, Points = 40 }, progress, cancellation);
        var sgd = problem.Solve(new OnlineSgd { Replicas = 64, LearningRate = 0.5, Steps = 1000, Points = 40 }, progress, cancellation);
        var large = new LinearRegression(10_000, 2, 0).Solve(new SecondMoments(IsStochastic: false) { LearningRate = 0.5, Steps = 3000 }, progress, cancellation);
        cancellation.ThrowIfCancellationRequested();
        var fit = PowerLaw.Fit(large["step"], large["loss"], new PowerLawOptions { WindowStart = 100 });
        Claim[] claims =
        [
            MeanOfRuns.Of(sgd, theory, "loss", 1).Claim("sgd", "theory is the mean of SGD (d = 50, a = 1.5)", 64, null, "derived", "largest distance over the steps", PredictionKind.Exact).UpTo(1000, "k"),
            Claim.Relative("loss-slope", "L ∝ k^(1/a − 1) (d = 10⁴, a = 2)", -0.5, fit.Exponent, 0.02, "derived", "fit over steps 100 to 3000", PredictionKind.Asymptotic).UpTo(3000, "k").At("d", 10_000),
        ];
        return new ReproductionResult { Figures = [Draw([theory, sgd]) with { Id = "figure-1" }], Claims = claims };
    }
}
