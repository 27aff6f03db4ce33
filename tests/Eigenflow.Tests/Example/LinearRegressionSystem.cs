using Eigenflow.Figures;
using Eigenflow.Scaling;
using Eigenflow.Solutions;

namespace Eigenflow.Tests.Example;

/// <summary>The example of docs/adding-a-system.md: linear regression on a power law, complete.</summary>
internal sealed class LinearRegressionSystem : LearningSystem<LinearRegression>
{
    public const string Identifier = "linear-regression";
    public const double DefaultRate = 0.5;
    public const long DefaultSteps = 1000;

    public static readonly Parameter<int> Dimension = Parameter.Count("dimension", "d", 100, "Number of input modes.", ValueRange.Within(1, 1e6)) with { Unit = "modes" };
    public static readonly Parameter<double> Exponent = Parameter.Number("exponent", "a", 1.5, "Exponent of the spectrum λ_j ∝ j^(−a), of trace one.", ValueRange.Within(0, 30));
    public static readonly Parameter<double> Noise = Parameter.Number("noise", "σ²", 0.1, "Variance of the label noise.", ValueRange.NotNegative);
    private static readonly Parameter<double?> LearningRate = ScheduleParameters.OfMethods.Peak with { Default = DefaultRate, Help = "Step size, the largest of the schedule." };
    private static readonly Parameter<long?> Steps = ScheduleParameters.Steps with { Default = DefaultSteps };
    private static readonly Parameter<int> Replicas = SampledParameters.Replicas(16, "Independent SGD runs.");
    private static readonly Parameter<long> Seed = SampledParameters.Seed("Seed of the samples.");
    private static readonly Parameter[] Descent = [LearningRate, Steps, .. ScheduleParameters.OfMethods.All, GridParameters.AtSteps, GridParameters.Points];

    public override string Id => Identifier;

    public override string Title => "Linear regression on a power law";

    public override string Summary => "Least squares by gradient descent and one-pass SGD: how fast does the loss fall, and where does it stop?";

    public override IReadOnlyList<Citation> Citations => [Bibliography.FunctionalScalingLaw, Bibliography.RandomNumbers];

    public override IReadOnlyList<Parameter> ProblemParameters { get; } = [Dimension, Exponent, Noise];

    public override IReadOnlyList<NamedQuantity> Observables => RegressionMethod.Described;

    public override IReadOnlyList<PredictedQuantity> Predictions { get; } =
    [
        new("loss-slope", "−(1 − 1/a)", "Slope of the loss of gradient descent, d ln L/d ln k.") { Window = [new("a", WindowRelation.Above, 1, "the spectral exponent")] },
        new("stationary-loss", "L_∞", "Loss at which SGD with a constant rate stops, ½ σ²q/(1 − q) with q = ½ Σ ηλ_j/(1 − ηλ_j).") { Window = [new("q", WindowRelation.Below, 1, "½ Σ ηλ_j/(1 − ηλ_j)", IsRequired: true)] },
    ];

    public override IReadOnlyList<ReproductionTask> Reproduction { get; } = [new() { Id = "figure-1", Title = "SGD against theory", FigureNumbers = [1], Run = Reproduce }];

    private protected override ScheduleParameters Schedule => ScheduleParameters.OfMethods;

    private protected override MethodTable<LinearRegression> Table => field ??= new()
    {
        { "gd", "Gradient descent on the population loss; exact.", Descent, _ => new SecondMoments(IsStochastic: false) },
        { "theory", "Mean loss of one-pass SGD over all samples; exact.", Descent, _ => new SecondMoments(IsStochastic: true) },
        { "sgd", "One-pass SGD: mean over replicas.", [.. Descent, Replicas, Seed], s => new OnlineSgd { Replicas = s[Replicas], Seed = s[Seed] }, MethodRole.Ensemble },
    };

    private protected override LinearRegression Problem(SettingView setting) => new() { Dimension = setting[Dimension], Exponent = setting[Exponent], Noise = setting[Noise] };

    private protected override IReadOnlyList<Prediction> Predict(LinearRegression problem, SettingView setting)
    {
        double[] steps = [.. problem.Eigenvalues().Select(eigenvalue => setting[LearningRate]!.Value * eigenvalue)];
        var q = steps[0] < 1 ? steps.Sum(step => step / (1 - step)) / 2 : double.NaN;
        var list = new PredictionList(Predictions);
        list.Measure("a", () => problem.Exponent);
        list.Measure("q", () => q);
        list.Add("loss-slope", () => (1 / problem.Exponent) - 1, PredictionKind.Asymptotic, "derived", "1 ≪ ηλ_1 k and ηλ_d k ≪ 1");
        list.Add("stationary-loss", () => problem.Noise * q / (1 - q) / 2, PredictionKind.Exact, "derived", "constant learning rate, k → ∞");
        return list.Predictions;
    }

    public override Figure Draw(IReadOnlyList<Solution> solutions) => new()
    {
        Id = "trajectory",
        Title = "Linear regression",
        Caption = "Loss against steps.",
        Panels =
        [
            new Panel
            {
                X = new Axis("step k", true),
                Y = new Axis("loss L", true),
                Series = [.. solutions.Select((solution, index) => new Series { Label = solution.Method, X = solution["step"], Y = solution["loss"], Color = index, Style = solution.Method == "sgd" ? SeriesStyle.Points : SeriesStyle.Line })],
            },
        ],
    };

    private static ReproductionResult Reproduce(IProgress<Progress>? progress, CancellationToken cancellation)
    {
        var problem = new LinearRegression { Dimension = 50 };
        var theory = problem.Solve(new SecondMoments(IsStochastic: true) { Points = 40 }, progress, cancellation);
        var sgd = problem.Solve(new OnlineSgd { Replicas = 64, Points = 40 }, progress, cancellation);
        var large = new LinearRegression { Dimension = 10_000, Exponent = 2 };
        var descent = large.Solve(new SecondMoments(IsStochastic: false) { Steps = 3000 }, progress, cancellation);
        cancellation.ThrowIfCancellationRequested();
        var fit = PowerLaw.Fit(descent["step"], descent["loss"], new PowerLawOptions { WindowStart = 100 });
        return new ReproductionResult
        {
            Figures = [new LinearRegressionSystem().Draw([theory, sgd]) with { Id = "figure-1" }],
            Claims =
            [
                MeanOfRuns.Of(sgd, theory, "loss", 1).Claim("theory-sgd", "theory is the mean of SGD (d = 50, a = 1.5, η = 0.5, σ² = 0.1)", 64, null, "derived", "largest distance over 1000 steps", PredictionKind.Exact).UpTo(1000, "k"),
                Claim.Relative("loss-slope", "L ∝ k^(−(1 − 1/a)) (d = 10⁴, a = 2, η = 0.5)", -0.5, fit.Exponent, 0.02, "derived", "fit over steps 100 to 3000", PredictionKind.Asymptotic, (fit.Upper - fit.Lower) / 2).UpTo(3000, "k").At("d", 10_000),
            ],
        };
    }
}
