using Eigenflow.Data;
using Eigenflow.Dynamics;
using Eigenflow.Settings;

namespace Eigenflow.Systems.UTurnDoubleDescent;

/// <summary>The parameters of this system.</summary>
internal static class UTurnParameters
{
    private const double MostPoints = 1e7;

    public static readonly Parameter<DataForm?> TrainingData = DataForm.Parameter("Training points: classes around prototypes, Gaussian inputs with a linear target, or a file with features in columns and the label in the last one, or of IDX images; prototypes by default, and Gaussian inputs for predictions and the theory, which describe these.");
    public static readonly Parameter<DataForm?> Test = DataForm.TestParameter("File of test points; without one, rows of the training file that are drawn anew for every replica.");
    public static readonly Parameter<string?> Label = Parameter.Text<string?>("label", "", null, "Column of the label of files, by its name or 1-based number; the last one by default.", [TextForm.Of("column:NAME")], ColumnOf, name => "column:" + name) with { Examples = ["column:1"] };
    public static readonly Parameter<LabelKind> LabelIs = Parameter.Choice("label-is", "", LabelKind.Automatic, "What labels of files are: numbers, or classes, each a column of zeros and ones; by default classes of IDX images and of words.", ("automatic", LabelKind.Automatic), ("numbers", LabelKind.Numbers), ("classes", LabelKind.Classes));
    public static readonly Parameter<long?> Samples = Parameter.OptionalWhole("samples", "n", "Training points: 400 that are drawn, or all of a file, or 4/5 of it where the test points are its others.", ValueRange.Within(2, MostPoints)) with { Usual = UsualRange.Decades(2, 1e5) };
    public static readonly Parameter<long?> TestSamples = Parameter.OptionalWhole("test-samples", "n₀", "Test points: 1000 that are drawn, or all that there are.", ValueRange.Within(1, MostPoints)) with { Usual = UsualRange.Decades(1, 1e5) };
    public static readonly Parameter<long?> Dimension = Parameter.OptionalWhole("dimension", "d", "Dimension of drawn inputs: 30 for prototypes, ten times the samples for Gaussian data.", ValueRange.Within(1, 1e15)) with { Usual = UsualRange.Decades(1, 1e6) };
    public static readonly Parameter<double?> Exponent = Parameter.OptionalNumber("exponent", "a", "Exponent of the variances j^(−a) of the coordinates of drawn inputs, 1.2 by default; 0 is isotropic.", ValueRange.Within(0, 100)) with { Usual = UsualRange.Even(0, 4) };
    public static readonly Parameter<long?> Classes = Parameter.OptionalWhole("classes", "", "Classes of prototypes, 4 by default.", ValueRange.Within(2, 1000)) with { Usual = UsualRange.Even(2, 20) };
    public static readonly Parameter<double?> Separation = Parameter.OptionalNumber("separation", "", "Distance of prototypes in units of the scales of the coordinates, 3 by default.", ValueRange.NotNegative) with { Usual = UsualRange.Even(0, 10) };
    public static readonly Parameter<double?> Relabelled = Parameter.OptionalNumber("relabelled", "ρ", "Part of the training labels of prototypes that is drawn anew, 0.2 by default.", ValueRange.Within(0, 1));
    public static readonly Parameter<double?> Noise = Parameter.OptionalNumber("noise", "σ²", "Variance of the label noise of Gaussian data, 0.1 by default.", ValueRange.NotNegative) with { Usual = UsualRange.ZeroAndDecades(1e-6, 10) };

    public static readonly Parameter<string?> Along = Parameter.OptionalChoice("along", "The axis of complexity that the solution runs along, or path for two of them glued together.", [.. SmootherModel.Axes, "samples", SmootherSweep.PathAxis]);
    public static readonly Parameter<SwitchForm> Switch = SwitchForm.Parameter("Where a path turns from its first axis to its second: where the first one interpolates the training points, at a value of it, or nowhere, so that both grow together.");
    public static readonly Parameter<long?> Points = Parameter.OptionalWhole(GridParameters.Points.Name, "", "Number of rows of the logarithmic grid: 200 of the theory, 24 of fits.", ValueRange.Within(2, 1e6)) with { Usual = GridParameters.Points.Usual };
    public static readonly Parameter<int> Replicas = SampledParameters.Replicas(4, "Independent draws of the points and of the randomness of fits.");
    public static readonly Parameter<long> Seed = SampledParameters.Seed("Seed of points and fits.");

    public static readonly Parameter<long?> Leaves = Parameter.OptionalWhole("leaves", "P_leaf", "Most leaves of a tree, where the solution does not run along them: as many as the labels need, or 10 for boosting.", ValueRange.Within(1, MostPoints)) with { Usual = UsualRange.Decades(1, 1e5) };
    public static readonly Parameter<int> Trees = Parameter.Count("trees", "P_ens", 50, "Trees of a forest; the end of their axis where the solution runs along them.", ValueRange.Within(1, 100_000)) with { Usual = UsualRange.Decades(1, 1000) };
    public static readonly Parameter<int> Rounds = Parameter.Count("rounds", "P_boost", 60, "Rounds of boosting; the end of their axis where the solution runs along them.", ValueRange.Within(1, 60_000)) with { Usual = UsualRange.Decades(1, 1e4) };
    public static readonly Parameter<long?> Boosters = Parameter.OptionalWhole("boosters", "P_ens", "Boosters that are averaged: 1, or the end of their axis, 20.", ValueRange.Within(1, 10_000));
    public static readonly Parameter<long?> Columns = Parameter.OptionalWhole("columns", "P_φ", "Columns of features, where the solution does not run along them: twice the samples, all inputs, or the end of a path, eight times the samples.", ValueRange.Within(1, 1e15)) with { Usual = UsualRange.Decades(1, 1e5) };
    public static readonly Parameter<long?> Components = Parameter.OptionalWhole("components", "P_PC", "Principal components beside the bias, where the solution does not run along them: one fewer than samples or columns.", ValueRange.Within(0, MostPoints)) with { Usual = UsualRange.ZeroAndDecades(1, 1e4) };
    public static readonly Parameter<double> Ridge = Parameter.Number("ridge", "λ", 0, "Penalty λ on ΦᵀΦ or on the kernel, where the solution does not run along it; 0 takes the shortest solution.", ValueRange.NotNegative) with { Usual = UsualRange.ZeroAndDecades(1e-9, 10) };
    public static readonly Parameter<double> LearningRate = Parameter.Number("learning-rate", "η", 0.85, "Learning rate of boosting; it diverges from 2 on, at most 1 is recommended.", ValueRange.Above(0).Below(2));
    public static readonly Parameter<CandidateForm?> Candidates = CandidateForm.Parameter("Features that every node of a tree looks at, drawn anew for each: all for method = tree, otherwise the root of their number, by default.");
    public static readonly Parameter<bool> Bootstrap = Parameter.Choice("bootstrap", "", false, "Whether every tree sees points that are drawn with repetition.", ("no", false), ("yes", true));
    public static readonly Parameter<string?> Outputs = Parameter.OptionalChoice("outputs", "Whether the classes share their trees (joint, as forests by default) or have trees of their own (separate, as boosting by default).", "joint", "separate");
    public static readonly Parameter<bool> Normalised = Parameter.Choice("normalised", "", false, "Whether predictions of boosting are divided by 1 − (1 − η)^k, the sum of its rows, as the published experiments do.", ("no", false), ("yes", true));
    public static readonly Parameter<bool> Bias = Parameter.Choice("bias", "", false, "Whether a column of ones stands before the others.", ("no", false), ("yes", true));
    public static readonly Parameter<double?> Bandwidth = Parameter.OptionalNumber("bandwidth", "", "Width of the Gaussian kernel that the features or the kernel stand for, in the unit of the inputs: 5 for drawn points, the root mean square distance of the points from their mean for files.", ValueRange.Positive) with { Usual = UsualRange.Decades(0.01, 100) };

    /// <summary>Those of the problem.</summary>
    public static readonly IReadOnlyList<Parameter> Problem = [TrainingData, Test, Label, LabelIs, Samples, TestSamples, Dimension, Exponent, Classes, Separation, Relabelled, Noise];

    /// <summary>Those of every method.</summary>
    public static readonly IReadOnlyList<Parameter> AxisOptions = [Along, AxisParameters.At, AxisParameters.From, AxisParameters.To, Points];

    private static string? ColumnOf(string text) => text.Split(':') is ["column", { Length: > 0 } name] ? name : throw new ParameterException("label", text, "column:NAME with the name or the 1-based number of a column");
}
