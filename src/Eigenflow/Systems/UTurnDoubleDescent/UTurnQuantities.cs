using Eigenflow.Solutions;

namespace Eigenflow.Systems.UTurnDoubleDescent;

/// <summary>The columns of this system.</summary>
internal static class UTurnQuantities
{
    public static readonly NamedQuantity Count = new("parameters", "P", "Raw count of parameters: leaves × trees, leaves × rounds × boosters, or columns.");
    public static readonly NamedQuantity Samples = new("samples", "n", "Number of training points.");
    public static readonly NamedQuantity TrainParameters = new("p-train", "p_train", "Effective parameters at the training points, tr S Sᵀ.") { Words = "effective parameters in training" };
    public static readonly NamedQuantity TestParameters = new("p-test", "p_test", "Effective parameters at the test points, (n/n₀) Σ ‖s(x)‖²: the noise part of the test error is σ² p_test/n where s does not look at the labels.") { Words = "effective parameters in testing" };
    public static readonly NamedQuantity Trace = new("trace", "tr S", "Classical count tr S at the training points (p_cov).");
    public static readonly NamedQuantity TrainError = new("train-error", "E_train", "Mean squared error at the training points, summed over classes.");
    public static readonly NamedQuantity TestError = new("test-error", "E_test", "Mean squared error at the test points, summed over classes.");
    public static readonly NamedQuantity NoisePart = new("noise-part", "E_noise", "What label noise adds to the test error, σ² p_test/n.");

    /// <summary>What is measured of every model: at the training and at the test points.</summary>
    public static readonly (NamedQuantity Quantity, Func<EffectiveParameters, EffectiveParameters, double> Of)[] Measured =
    [
        (TrainParameters, (train, _) => train.Parameters),
        (TestParameters, (_, test) => test.Parameters),
        (Trace, (train, _) => train.Trace),
        (TrainError, (train, _) => train.SquaredError),
        (TestError, (_, test) => test.SquaredError),
        (new("train-misclassified", "ε_train", "Part of the training points whose largest output is not that of their label."), (train, _) => train.Misclassified),
        (new("test-misclassified", "ε_test", "Part of the test points whose largest output is not that of their label."), (_, test) => test.Misclassified),
        (new("p-error", "p_err", "Classical count tr(2S − S Sᵀ) at the training points.") { Words = "classical parameters" }, (train, _) => train.ErrorBased),
        (new("p-typical", "p_med", "Median over the test points of n ‖s(x)‖², which few points cannot dominate.") { Words = "median effective parameters in testing" }, (_, test) => test.Median),
        (new("norm-train", "‖s‖_train", "Mean of ‖s(x)‖ over the training points, not squared."), (train, _) => train.MeanNorm),
        (new("norm-test", "‖s‖_test", "Mean of ‖s(x)‖ over the test points, not squared."), (_, test) => test.MeanNorm),
        (new("mismatch", "Δ", "Largest distance between s(x)·y and the prediction of the fit, in units of (1 + ‖s‖) times the root mean square of the labels."), (train, test) => Math.Max(train.LargestMismatch, test.LargestMismatch)),
    ];

    /// <summary>Names of those that need more than one output.</summary>
    public static readonly IReadOnlyList<string> OfClasses = ["train-misclassified", "test-misclassified"];

    /// <summary>What is known of every fit.</summary>
    public static readonly (NamedQuantity Quantity, Func<Smoother, int, double> Of)[] Fitted =
    [
        (new("actual-leaves", "L", "Mean number of leaves that the trees have."), (smoother, stage) => smoother.LeavesOf(stage)),
        (new("singular-value", "s_min", "Smallest singular value of the design that is not zero."), (smoother, stage) => smoother.SmallestSingularValue(stage)),
    ];

    private static readonly NamedQuantity[] Axes =
    [
        new("leaves", "P_leaf", "Most leaves of every tree."), new("trees", "P_ens", "Trees of the forest."), new("rounds", "P_boost", "Rounds of boosting."), new("boosters", "P_ens", "Averaged boosters."),
        new("columns", "P_φ", "Columns of features."), new("components", "P_PC", "Principal components beside the bias."), new("excess", "P_excess", "Columns beyond the components."),
        new("neighbours", "k", "Nearest neighbours."), new("ridge", "λ", "Penalty λ on ΦᵀΦ or on the kernel."),
    ];

    /// <summary>All of them.</summary>
    public static readonly IReadOnlyList<NamedQuantity> All = [Samples, Count, .. Axes, .. Measured.Select(pair => pair.Quantity), .. Fitted.Select(pair => pair.Quantity), NoisePart];

    /// <summary>The column of an axis.</summary>
    /// <param name="name">Its name.</param>
    public static NamedQuantity Axis(string name) => name switch { "path" => Count, "samples" => Samples, _ => Array.Find(Axes, axis => axis.Name == name)! };
}
