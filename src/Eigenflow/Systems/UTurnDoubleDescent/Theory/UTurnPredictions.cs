namespace Eigenflow.Systems.UTurnDoubleDescent;

/// <summary>The numbers of the theory (arXiv 2310.18988).</summary>
internal static class UTurnPredictions
{
    private const string Paper = "arXiv:2310.18988", Derived = "derived (docs/systems/u-turn-double-descent.md)";

    private static readonly string[] Linear = ["theory", "ridge"];
    private static readonly string[] Columns = ["theory", "ridge", "features", "components"];

    private static readonly WindowCondition Isotropic = new("a", WindowRelation.AtMost, 0, "isotropic features", IsRequired: true);
    private static readonly WindowCondition Convergent = new("a", WindowRelation.Above, 1, "a trace that converges", IsRequired: true);
    private static readonly WindowCondition Noisy = new("σ²", WindowRelation.Above, 0, "label noise", IsRequired: true);

    /// <summary>All of them.</summary>
    public static readonly IReadOnlyList<PredictedQuantity> All =
    [
        new("interpolation-columns", "P_*", "Columns from which least squares without a ridge interpolates the training points: p_test peaks there, and the path of components and excess turns there.") { Methods = Columns, Mark = CurveMark.Time("columns") with { Event = "largest-p-test", IsExtreme = true } },
        new("interpolated-p-train", "p_train", "Effective parameters at the training points of whatever interpolates them, n: more trees or columns do not add any.") { Words = "effective parameters in training, interpolated", Mark = CurveMark.Level("p-train") with { OnlyAt = ["samples"] } },
        new("p-test-at-twice", "p_test", "p_test of the shortest least squares on twice as many isotropic columns as samples, n²/(P − n) = n.") { Words = "effective parameters in testing at twice as many columns", Methods = Linear, Window = [Isotropic], Mark = CurveMark.Value("p-test", "columns") },
        new("p-test-plateau", "p_test", "p_test of the shortest least squares on far more columns than samples of a power law, n(a − 1).") { Words = "plateau of effective parameters in testing", Methods = Linear, Window = [Convergent], Mark = CurveMark.Level("p-test") with { OnlyAt = ["samples"] } },
        new("noise-plateau", "E_noise", "What label noise adds to the test error there, σ²(a − 1).") { Methods = Linear, Window = [Convergent, Noisy], Mark = CurveMark.Level("noise-part") },
    ];

    /// <summary>Those of a problem.</summary>
    public static IReadOnlyList<Prediction> Of(SmootherProblem problem)
    {
        var list = new PredictionList(All);
        double n = problem.Samples;
        list.Measure("a", () => problem.Exponent);
        list.Measure("σ²", () => problem.Noise);
        list.Add("interpolation-columns", n, PredictionKind.Exact, Paper, "ridge 0");
        list.Add("interpolated-p-train", n, PredictionKind.Exact, Paper, "forests whose trees separate all points, least squares on at least n columns");
        list.Add("p-test-at-twice", () => n, PredictionKind.Asymptotic, Derived, "large dimensions, ridge 0", place: 2 * n);
        list.Add("p-test-plateau", () => n * (problem.Exponent - 1), PredictionKind.Asymptotic, Derived, "columns far above samples, ridge 0");
        list.Add("noise-plateau", () => problem.Noise * (problem.Exponent - 1), PredictionKind.Asymptotic, Derived, "columns far above samples, ridge 0");
        return list.Predictions;
    }
}
