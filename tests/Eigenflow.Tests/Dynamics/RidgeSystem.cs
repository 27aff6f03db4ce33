using Eigenflow.Figures;
using Eigenflow.Solutions;

namespace Eigenflow.Tests.Dynamics;

/// <summary>Ridge regression on two modes of eigenvalues 1 and r with many samples: a static system, whose solutions run along the ridge or the number of samples and know no time.</summary>
internal sealed record RidgeProblem(double Second, double Ridge, double Samples, double Noise) : IProblem
{
    public string SystemId => "ridge-of-two-modes";

    public void Validate()
    {
    }

    /// <summary>Bias and variance, ½ Σ λρ²/(λ + ρ)² and ½ σ²/n Σ λ²/(λ + ρ)².</summary>
    public (double Bias, double Variance) Risk()
    {
        double Sum(Func<double, double> of) => (of(1) + of(Second)) / 2;
        return (Sum(value => value * Math.Pow(Ridge / (value + Ridge), 2)), Noise / Samples * Sum(value => Math.Pow(value / (value + Ridge), 2)));
    }
}

internal sealed record RidgeRisk : AxisMethod<RidgeProblem>
{
    public override string Name => "exact";

    internal override Solution Solve(RidgeProblem problem, SolveContext context)
    {
        var isRidge = Along == "ridge";
        var grid = isRidge ? Grid(1e-4, 1e2) : Grid(10, 1e4);
        var (rows, status) = Evaluate(grid, value => (isRidge ? problem with { Ridge = value } : problem with { Samples = value }).Risk(), context);
        var axis = RidgeSystem.Quantities.Single(quantity => quantity.Name == Along);
        return Assemble(
            problem,
            [
                axis.Column(grid[..rows.Count]), RidgeSystem.Quantities[2].Column([.. rows.Select(row => row.Bias + row.Variance)]),
                RidgeSystem.Quantities[3].Column([.. rows.Select(row => row.Bias)]), RidgeSystem.Quantities[4].Column([.. rows.Select(row => row.Variance)]),
            ],
            status, new SolverStatistics { Evaluations = rows.Count });
    }
}

internal sealed class RidgeSystem : LearningSystem<RidgeProblem>
{
    public static readonly NamedQuantity[] Quantities =
    [
        new("ridge", "ρ", "Ridge penalty."), new("samples", "n", "Number of samples."), new("risk", "R", "Excess risk, bias + variance."),
        new("bias", "B", "½ Σ λρ²/(λ + ρ)²."), new("variance", "V", "½ σ²/n Σ λ²/(λ + ρ)²."),
    ];

    private static readonly Parameter<double> Second = Parameter.Number("second", "λ_2", 0.1, "The second eigenvalue; the first is one.", ValueRange.Within(1e-6, 1));
    private static readonly Parameter<double> Ridge = Parameter.Number("ridge", "ρ", 0.01, "Ridge penalty, where the solution does not run along it.", ValueRange.NotNegative);
    private static readonly Parameter<double> Samples = Parameter.Number("samples", "n", 100, "Number of samples, where the solution does not run along it.", ValueRange.Positive);
    private static readonly Parameter<double> Noise = Parameter.Number("noise", "σ²", 1, "Variance of the label noise.", ValueRange.NotNegative);
    private static readonly AxisParameters Axes = new("ridge", "samples");

    public override string Id => "ridge-of-two-modes";
    public override string Title => "Ridge of two modes";
    public override string Question => "How large should a ridge be?";
    public override string Summary => "How large should a ridge be?";
    public override IReadOnlyList<Citation> Citations => [Bibliography.FunctionalScalingLaw];
    public override IReadOnlyList<Parameter> ProblemParameters => [Second, Ridge, Samples, Noise];
    public override IReadOnlyList<NamedQuantity> Observables => Quantities;
    public override IReadOnlyList<PredictedQuantity> Predictions { get; } = [new("ridgeless-variance", "V_0", "Variance without a ridge, σ²/n.")];
    private protected override MethodTable<RidgeProblem> Table => field ??= new() { { "exact", "The closed form.", Axes.All, s => new RidgeRisk { Along = s.Get(Axes.Along) } } };
    private protected override Overlay Overlay => new()
    {
        Title = "Ridge",
        Description = "Risk along an axis.",
        Panels = [new OverlayPanel("risk", "risk", "excess risk R"), new OwnPanel([("bias", "bias"), ("variance", "variance")], "parts", "part of the risk")],
        Caption = [Second, Noise],
    };

    private protected override RidgeProblem Problem(SettingView setting) => new(setting[Second], setting[Ridge], setting[Samples], setting[Noise]);

    private protected override IReadOnlyList<Prediction> Predict(RidgeProblem problem, SettingView setting)
    {
        var list = new PredictionList(Predictions);
        list.Add("ridgeless-variance", problem.Noise / problem.Samples, PredictionKind.Exact, "derived");
        return list.Predictions;
    }
}
