namespace Eigenflow.Systems.PhaseRetrieval;

/// <summary>What the covariance equation at w* states in advance of online SGD: its floors at finite steps, and the learning rate beyond which there are none.</summary>
internal static class FluctuationPredictions
{
    private const string Derived = "derived (docs/systems/phase-retrieval.md)";
    private const string Part = "η/η_stable", Spread = "sd(u)/s*", Loss = "|L∞/L_floor − 1|", MeanSquaredError = "|MSE∞/MSE_floor − 1|";

    private static readonly WindowCondition Stable = new(Part, WindowRelation.Below, 1, "learning rate against the largest one that is stable in mean square", IsRequired: true);
    private static readonly WindowCondition Small = new(Part, WindowRelation.AtMost, 0.5, "learning rate against the largest one that is stable in mean square: beyond, rare excursions carry the mean");
    private static readonly WindowCondition Narrow = new(Spread, WindowRelation.AtMost, 0.1, "spread of u between runs");

    /// <summary>That the mean field has the floor of the loss that the covariance equation has.</summary>
    public static readonly WindowCondition SameLoss = new(Loss, WindowRelation.AtMost, 0.1, "departure of the mean field, which keeps no correlations, from the covariance equation (floor-loss)");

    /// <summary>The same of the MSE: for small steps it is 2/d.</summary>
    public static readonly WindowCondition SameError = new(MeanSquaredError, WindowRelation.AtMost, 0.1, "departure of the mean field, which keeps no correlations, from the covariance equation (floor-mse)");

    /// <summary>The methods of SGD.</summary>
    public static readonly string[] Sgd = ["sgd", "sgd-theory", "sgd-linear-noise"];

    /// <summary>Names, symbols, meanings and windows.</summary>
    public static readonly IReadOnlyList<PredictedQuantity> All =
    [
        new("stable-rate", "η_stable", "Largest learning rate of SGD with this batch at which E‖w − w*‖² falls near w* without label noise: the inverse of the largest eigenvalue of the map of covariances.") { Methods = Sgd },
        new("floor-loss", "L_floor", "Stationary mean loss 4 s* tr QΣ + 8 Var u of SGD at finite steps, from the linearised equation of the covariance.") { Methods = Sgd, Window = [Stable, Small, Narrow], Mark = CurveMark.Level("loss") },
        new("floor-mse", "MSE_floor", "Stationary MSE tr Σ/d of SGD at finite steps, from the same equation.") { Methods = Sgd, Window = [Stable, Small, Narrow], Mark = CurveMark.Level("mse") },
        new("floor-overlap-deviation", "sd(u)", "Stationary standard deviation of u between runs of SGD at finite steps, from the same equation.") { Methods = Sgd, Window = [Stable, Small, Narrow] },
    ];

    /// <summary>Measures what windows need, and gives what adds the predictions.</summary>
    /// <param name="list">The list.</param>
    /// <param name="problem">The problem.</param>
    /// <param name="modes">Its modes.</param>
    /// <param name="rate">η.</param>
    /// <param name="batch">B.</param>
    /// <param name="meanField">The floor of the mean field, or null where there is none.</param>
    public static Action Measure(PredictionList list, PhaseRetrievalProblem problem, WeightedModes modes, double rate, int batch, NoiseFloor? meanField)
    {
        var theory = TeacherFluctuations.Of(problem, modes, batch);
        var limit = theory.LargestRate();
        var floor = new Lazy<FluctuationFloor?>(() => rate < limit ? theory.Floor(rate, problem.Noise) : null);
        var window = FormattableString.Invariant($"t → ∞ at learning-rate = {rate:R}, batch = {batch}, linearised at w*");
        double Of(Func<FluctuationFloor, double> value) => floor.Value is { } given ? value(given) : double.NaN;
        list.Measure(Part, () => rate / limit);
        list.Measure(Spread, () => Of(given => Math.Sqrt(given.OverlapVariance)) / modes.TeacherOverlap);
        list.Measure(Loss, () => Apart(4 * modes.TeacherOverlap * (meanField?.Quadratic ?? double.NaN), Of(given => given.Loss)));
        list.Measure(MeanSquaredError, () => Apart(meanField?.MeanSquaredError ?? double.NaN, Of(given => given.MeanSquaredError)));
        return Add;

        // Without label noise both are zero.
        static double Apart(double first, double second) => first == second ? 0 : Math.Abs((first / second) - 1);

        void Add()
        {
            list.Add("stable-rate", limit, PredictionKind.Exact, Derived, FormattableString.Invariant($"linearised at w*, batch = {batch}, no label noise"));
            list.Add("floor-loss", () => Of(given => given.Loss), PredictionKind.Heuristic, Derived, window);
            list.Add("floor-mse", () => Of(given => given.MeanSquaredError), PredictionKind.Heuristic, Derived, window);
            list.Add("floor-overlap-deviation", () => Of(given => Math.Sqrt(given.OverlapVariance)), PredictionKind.Heuristic, Derived, window);
        }
    }
}
