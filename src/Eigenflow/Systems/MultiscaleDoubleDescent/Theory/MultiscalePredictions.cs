namespace Eigenflow.Systems.MultiscaleDoubleDescent;

/// <summary>The numbers that the theory states in advance.</summary>
internal static class MultiscalePredictions
{
    private const string Derived = "derived (docs/systems/multiscale-double-descent.md)";
    private const string TwoScalesOnly = "it is of two scales (spectrum = two-scale) and a teacher of unit power";

    private static readonly string[] Flow = ["flow", "closed-form", "finite", "simulation"];
    private static readonly string[] Ridge = ["ridge"];
    private static readonly string[] Descent = ["finite", "simulation"];

    private static readonly WindowCondition Apart = new("κ", WindowRelation.AtLeast, 100, "condition number");
    private static readonly WindowCondition Many = new("n/p", WindowRelation.Above, 1, "samples against fast features", IsRequired: true);
    private static readonly WindowCondition Noisy = new("σ²", WindowRelation.Above, 0, "label noise", IsRequired: true);
    private static readonly WindowCondition Free = new("λ", WindowRelation.Equal, 0, "ridge");

    /// <summary>Names, symbols, meanings and windows of all that can be predicted.</summary>
    public static readonly IReadOnlyList<PredictedQuantity> All =
    [
        new("first-minimum-time", "t_1", "Time of the first minimum when the slow features have not moved, the same for every condition number.") { Methods = Flow, Window = [Apart, Free], Mark = CurveMark.Time() with { Event = "first-minimum", IsExtreme = true } },
        new("first-minimum-error", "E(t_1)", "Error there.") { Methods = Flow, Window = [Apart, Free], Mark = CurveMark.Value("error") with { At = "first-minimum-time" } },
        new("plateau-error", "E_max", "Error between the two descents, ½ [(σ² + (d − p)/d) n/(n − p) − σ²]: the height of the bump.") { Window = [Many, Apart, Free], Mark = CurveMark.Level("error") with { Event = "maximum-error" } },
        new("second-minimum-time", "t_2", "Time of the second minimum, in proportion to κ²: that of n − p samples of d − p slow features alone.") { Methods = Flow, Window = [Many, Noisy, Apart, Free], Mark = CurveMark.Time() with { Event = "second-minimum", IsExtreme = true } },
        new("second-minimum-error", "E(t_2)", "Error there.") { Methods = Flow, Window = [Many, Noisy, Apart, Free], Mark = CurveMark.Value("error") with { At = "second-minimum-time" } },
        new("final-error", "E(∞)", "Error at the end of time, that of ridge regression with λ; σ² d/(2(n − d)) without a ridge and with n > d.") { Mark = CurveMark.Level("error") },
        new("critical-condition", "κ_c", "Condition number from which on the error of gradient flow has a maximum.") { Methods = Flow },
        new("critical-condition-ridge", "κ_c'", "Condition number from which on the error along the ridge path has a maximum; larger than that of the flow.") { Methods = Ridge },
        new("optimal-ridge", "λ_opt", "Ridge of the smallest error of ridge regression; 0 where less is always better.") { Methods = Ridge, Mark = CurveMark.Time("ridge") with { Observable = "error" } },
        new("optimal-ridge-error", "E(λ_opt)", "Error there.") { Methods = Ridge, Mark = CurveMark.Value("error") with { At = "optimal-ridge" } },
        new("largest-eigenvalue", "Λ_max", "Upper edge of the eigenvalues of XᵀX; s²(√n + √d)²/d for one scale."),
        new("smallest-eigenvalue", "Λ_min", "Lower edge of the eigenvalues of XᵀX that are not zero, which sets the time at which all is learned."),
        new("stability-limit", "η_max", "Learning rate of gradient descent on the sum over samples above which it diverges, 2/(Λ_max + λ).") { Methods = Descent },
    ];

    /// <summary>The predictions, each with where it stands to its window.</summary>
    public static IReadOnlyList<Prediction> Of(MultiscaleProblem problem)
    {
        var list = new PredictionList(All);
        var isTwoScale = problem.Scales.Values.Length == 2 && problem.Teacher.Weights.IsEmpty && problem.Scales.Values[0] >= problem.Scales.Values[1];
        var withheld = isTwoScale ? "" : TwoScalesOnly;
        var separation = new ScaleSeparation(problem);
        var (first, second, best) = (new Lazy<(double Time, double Error)>(separation.FirstMinimum), new Lazy<(double Time, double Error)>(separation.SecondMinimum), new Lazy<(double Ridge, double Error)>(() => new ExactTheory(problem).BestRidge()));
        var edges = SampleEdges.Of(problem with { Ridge = 0 });
        list.Measure("κ", () => problem.Scales.Largest / problem.Scales.Smallest);
        list.Measure("n/p", () => problem.Samples / (double)problem.Scales.Multiplicities[0]);
        list.Measure("σ²", () => problem.Noise);
        list.Measure("λ", () => problem.Ridge);
        list.Add("first-minimum-time", () => first.Value.Time, PredictionKind.Asymptotic, Derived, "κ → ∞, large n and d", "1/s²", withheld);
        list.Add("first-minimum-error", () => first.Value.Error, PredictionKind.Asymptotic, Derived, "κ → ∞, large n and d", withheld: withheld);
        list.Add("plateau-error", () => separation.Plateau, PredictionKind.Asymptotic, Derived, "κ → ∞, n > p, large n and d", withheld: withheld);
        list.Add("second-minimum-time", () => second.Value.Time, PredictionKind.Asymptotic, Derived, "κ → ∞, n > p, large n and d", "1/s²", withheld);
        list.Add("second-minimum-error", () => second.Value.Error, PredictionKind.Asymptotic, Derived, "κ → ∞, n > p, large n and d", withheld: withheld);
        list.Add("final-error", () => new ExactTheory(problem).Ridge(problem.Ridge).Error, PredictionKind.Asymptotic, Derived, "large n and d");
        list.Add("critical-condition", () => CriticalCondition.OfFlow(problem), PredictionKind.Asymptotic, Derived, "large n and d", withheld: withheld);
        list.Add("critical-condition-ridge", () => CriticalCondition.OfRidge(problem), PredictionKind.Asymptotic, Derived, "large n and d", withheld: withheld);
        list.Add("optimal-ridge", () => best.Value.Ridge, PredictionKind.Asymptotic, Derived, "large n and d");
        list.Add("optimal-ridge-error", () => best.Value.Error, PredictionKind.Asymptotic, Derived, "large n and d");
        list.Add("largest-eigenvalue", edges.Largest, PredictionKind.Asymptotic, Derived, "large n and d");
        list.Add("smallest-eigenvalue", edges.Lowest, PredictionKind.Asymptotic, Derived, "large n and d");
        list.Add("stability-limit", 2 / (edges.Largest + problem.Ridge), PredictionKind.Asymptotic, Derived, "large n and d", "s²");
        return list.Predictions;
    }
}
