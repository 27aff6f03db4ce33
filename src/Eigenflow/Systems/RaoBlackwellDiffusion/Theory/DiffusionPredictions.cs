using System.Globalization;
using Eigenflow.Settings;

namespace Eigenflow.Systems.RaoBlackwellDiffusion;

/// <summary>The numbers that the theory states in advance for a problem.</summary>
internal static class DiffusionPredictions
{
    public const string Paper = "arXiv:2502.09890";
    public const string Derived = "derived (docs/systems/rao-blackwell-diffusion.md)";

    /// <summary>Largest number of entries of a target that are printed.</summary>
    public const int MostEntries = 64;

    private const int RotationEntries = 9;
    private const double Digits = 1e-6;

    private static readonly string[] Descent = ["sgd-theory", "sgd"];

    private static readonly WindowCondition Stable = new("η/η_max", WindowRelation.Below, 1, "learning rate against the edge of stability", IsRequired: true);

    /// <summary>Names, symbols, meanings and windows of all that can be predicted.</summary>
    public static readonly IReadOnlyList<PredictedQuantity> All =
    [
        new("alpha", "α", "Factor of the clean sample at this noise level.") { Words = "factor of the clean sample", Mark = OfNoise("alpha") },
        new("signal", "s", "Signal-to-noise amplitude α (E‖a‖²)^½/σ.") { Mark = OfNoise("signal") },
        .. DiffusionColumns.Exact.SkipLast(1).Select(pair => new PredictedQuantity(pair.Quantity.Name, pair.Quantity.Symbol, pair.Quantity.Meaning) { Mark = OfNoise(pair.Quantity.Name) }),
        new("noise-ratio", "V_{orbit}/V", "Noise of the gradient of the linear denoiser at its optimum, orbit target over augmented: the ratio of the floors of SGD.") { Methods = Descent },
        new("largest-rate", "η_max", "Largest learning rate at which SGD of this model and batch is stable in mean square.") { Methods = Descent },
        new("floor", "E‖W − W*‖²_∞", "Stationary mean square distance of SGD from its optimum for this estimator.") { Methods = Descent, Window = [Stable], Mark = CurveMark.Level("distance") },
        new("floor-risk", "R_∞", "Stationary excess risk of SGD for this estimator.") { Methods = Descent, Window = [Stable], Mark = CurveMark.Level("excess-risk") },
        .. DiffusionColumns.OfBridge.Select(one => new PredictedQuantity(one.Quantity.Name, one.Quantity.Symbol, one.Quantity.Meaning) { IsAskedFor = true, Mark = OfNoise(one.Quantity.Name) }),
        new("log-normaliser", "ln c", "ln of the Haar mean of exp(α⟨x, g a⟩/σ²) at the noisy sample, for one template.") { IsAskedFor = true },
        .. Enumerable.Range(1, MostEntries).Select(k => new PredictedQuantity(Text("target", k), string.Create(CultureInfo.InvariantCulture, $"t_{k}"), "Entry of the target at the noisy sample, row by row.") { IsAskedFor = true }),
        .. Enumerable.Range(1, RotationEntries).Select(k => new PredictedQuantity(Text("rotation", k), string.Create(CultureInfo.InvariantCulture, $"E[R]_{k}"), "Entry of the posterior mean of the rotation at the noisy sample, row by row (so3 with one template).") { IsAskedFor = true }),
    ];

    /// <summary>The predictions of a problem.</summary>
    /// <param name="problem">The problem.</param>
    /// <param name="setting">Its setting.</param>
    public static IReadOnlyList<Prediction> Of(DiffusionProblem problem, SettingView setting)
    {
        var list = new PredictionList(All);
        var level = problem.Level;
        list.Add("alpha", () => level.Alpha, PredictionKind.Exact, Paper);
        list.Add("signal", () => level.Alpha * Math.Sqrt(problem.Templates.MeanSquare) / level.Sigma, PredictionKind.Exact, Derived);
        AddParts(list, problem);
        AddFloors(list, problem, setting);
        if (DiffusionParameters.NoisyOf(setting)?.Values is { } noisy)
            AddTargets(list, problem, setting, noisy);
        return list.Predictions;
    }

    // What is too large for an integral does not keep targets from being printed.
    private static void AddParts(PredictionList list, DiffusionProblem problem)
    {
        var (parts, absent) = (default(TargetVariance), "");
        try
        {
            parts = TargetVariance.Of(problem, CancellationToken.None);
        }
        catch (TooLargeException exception)
        {
            absent = exception.Message;
        }

        foreach (var (quantity, of) in DiffusionColumns.Exact.SkipLast(1))
        {
            var (value, error) = parts is null ? (double.NaN, double.NaN) : (of(parts), parts.ErrorOf(quantity.Name));
            var withheld = parts is null ? absent : quantity.Name == "removed" && !double.IsFinite(value) ? "no noise is left to the rounding of numbers" : TooCoarse(value, error);
            list.Add(quantity.Name, () => value, KindOf(value, error), quantity.Name is "orbit-noise" or "full-noise" or "between" ? Paper : Derived, withheld.Length > 0 ? "" : Accuracy(error), withheld: withheld);
        }

        if (problem.Bridge == 0)
            return;
        var bridge = new BridgeNoise(problem);
        foreach (var (quantity, of, errorOf) in DiffusionColumns.OfBridge)
        {
            var (value, error) = parts is null ? (double.NaN, double.NaN) : (of(bridge, parts), errorOf(bridge, parts));
            list.Add(quantity.Name, () => value, KindOf(value, error), Derived, parts is null ? "" : Accuracy(error), withheld: parts is null ? absent : TooCoarse(value, error));
        }
    }

    // What an integral tells to a few digits is no identity.
    private static PredictionKind KindOf(double value, double error) => error > Digits * Math.Abs(value) ? PredictionKind.Numerical : PredictionKind.Exact;

    private static string Accuracy(double error) => error > 0 ? DisplayText.Plain($"to {error:G1}") : "";

    // Why a number is not stated, or nothing.
    private static string TooCoarse(double value, double error) =>
        !TargetNoise.Tells(value, error) ? "it is below what its integral can tell" : "";

    private static void AddFloors(PredictionList list, DiffusionProblem problem, SettingView setting)
    {
        var (kind, batch) = (setting.Get(DiffusionParameters.Model), DiffusionParameters.BatchOf(setting));
        string absent = Reason(problem, kind), sampled = absent.Length > 0 ? absent : problem.Estimator is EstimatorKind.Plain or EstimatorKind.Augmented or EstimatorKind.Orbit or EstimatorKind.Full ? "" : "the moments of this estimator have no closed form";
        var reason = Reason(problem, ModelKind.Linear);
        var orbit = problem with { Estimator = EstimatorKind.Orbit };
        var model = new Lazy<LinearModel>(() => LinearModel.Of(orbit, true));
        var noise = new Lazy<TargetNoise>(() => TargetNoise.Of(orbit, model.Value, CancellationToken.None));

        // The noise of orbit targets is the same integral for both.
        var own = sampled.Length > 0 ? orbit : problem;
        var moments = new Lazy<SgdMoments>(() => SgdTheory.MomentsOf(own, kind, batch, CancellationToken.None, kind == ModelKind.Linear && own.Estimator == EstimatorKind.Orbit ? noise.Value : null).Moments);
        var stationary = new Lazy<MathNet.Numerics.LinearAlgebra.Matrix<double>?>(() => moments.Value.Stationary(setting[DiffusionParameters.LearningRate] ?? double.NaN));
        var edge = new Lazy<double>(() => moments.Value.LargestRate());
        list.Measure("η/η_max", () => (setting[DiffusionParameters.LearningRate] ?? double.NaN) / edge.Value);
        var ratio = reason.Length > 0 ? (Value: double.NaN, Error: double.NaN) : noise.Value.RatioTo(model.Value);
        list.Add("noise-ratio", () => ratio.Value, KindOf(1, ratio.Error), Derived, reason.Length > 0 ? "" : Accuracy(ratio.Error * Math.Abs(ratio.Value)), withheld: reason.Length > 0 ? reason : TooCoarse(ratio.Value, ratio.Error * Math.Abs(ratio.Value)));
        const string lost = "the noise of the sample is lost beside the signal to the rounding of numbers";
        list.Add("largest-rate", () => edge.Value, PredictionKind.Exact, Derived, withheld: absent.Length > 0 || moments.Value.Model.Rounding <= TargetNoise.LargestError ? absent : lost);
        var error = sampled.Length > 0 ? 0 : moments.Value.FloorError;
        if (!(error <= TargetNoise.LargestError))
            sampled = moments.Value.NoiseError <= TargetNoise.LargestError ? lost : "the noise of the gradient is below what its integral can tell";
        var accuracy = sampled.Length == 0 && error > 0 ? DisplayText.Plain($"to {error:G1} of itself") : "";
        list.Add("floor", () => stationary.Value?.Trace() ?? double.NaN, KindOf(1, error), Derived, accuracy, withheld: sampled);
        list.Add("floor-risk", () => stationary.Value is { } moment ? moments.Value.Model.ExcessRisk(0 * moment, moment) : double.NaN, KindOf(1, error), Derived, accuracy, withheld: sampled);
    }

    // Why there are no moments of SGD, or nothing.
    private static string Reason(DiffusionProblem problem, ModelKind kind)
    {
        try
        {
            PoseMoments.Check(problem, kind == ModelKind.Linear);
            return "";
        }
        catch (ParameterException exception)
        {
            return $"needs {exception.Allowed}";
        }
    }

    private static void AddTargets(PredictionList list, DiffusionProblem problem, SettingView setting, double[] noisy)
    {
        var level = problem.Level;
        var (kind, d) = (problem.Estimator, problem.Dimension);
        if (problem.Templates.Count == 1 && !problem.IsTorus && problem.Spread == 0)
        {
            // That of the posterior which the printed targets are means of.
            var temperature = kind == EstimatorKind.Tempered ? problem.Temperature : 1;
            var orbit = new OrbitTarget(problem, temperature);
            var mean = new double[d];
            orbit.Target(level, 0, problem.Templates.Values[0], noisy, [], mean);
            list.Add("log-normaliser", () => orbit.LogNormaliser, PredictionKind.Exact, Derived, temperature == 1 ? kind == EstimatorKind.Kabsch ? "of the posterior, not of the alignment" : "" : FormattableString.Invariant($"of the tempered posterior, the exponent divided by {temperature:R}"));
        }

        // With one template the mean over its orbit is that over everything; with several only this one does not need to know which it was.
        var isExact = kind is EstimatorKind.Orbit or EstimatorKind.Full;
        var used = kind is EstimatorKind.Kabsch or EstimatorKind.Tempered && problem.Templates.Count == 1 ? kind : EstimatorKind.Full;
        var target = new double[d];
        TargetEstimator.Of(problem, used).Target(level, 0, problem.Templates.Values[0], noisy, [], target);
        if (!problem.IsTorus)
            Convert(setting[DiffusionParameters.Form], problem, noisy, target);
        var what = isExact ? PredictionKind.Exact : used == EstimatorKind.Full ? PredictionKind.Exact : PredictionKind.Heuristic;
        for (var j = 0; j < Math.Min(d, MostEntries); j++)
        {
            var value = target[j];
            list.Add(Text("target", j + 1), () => value, what, used == EstimatorKind.Full && problem.Templates.Count > 1 ? Paper : Derived);
        }

        if (problem.Group is not SpatialRotations { Name: "so3" } || problem.Templates.Count != 1)
            return;
        Span<double> field = stackalloc double[RotationEntries];
        var rotation = new double[RotationEntries];
        for (var j = 0; j < d; j++)
        {
            for (var k = 0; k < 3; k++)
                field[(j % 3 * 3) + k] += level.FieldFactor / (used == EstimatorKind.Tempered ? problem.Temperature : 1) * noisy[j] * problem.Templates.Values[0][j - (j % 3) + k];
        }

        if (used == EstimatorKind.Kabsch)
            MatrixFisher.Alignment(field, rotation);
        else
            _ = MatrixFisher.Mean(field, rotation);
        for (var k = 0; k < RotationEntries; k++)
        {
            var value = rotation[k];
            list.Add(Text("rotation", k + 1), () => value, what, Derived);
        }
    }

    private static void Convert(string? form, DiffusionProblem problem, double[] noisy, double[] target)
    {
        var (level, bridge) = (problem.Level, problem.Bridge > 0 ? new BridgeNoise(problem) : default);
        for (var j = 0; j < target.Length; j++)
        {
            target[j] = form switch
            {
                DiffusionParameters.Noise => (noisy[j] - (level.Alpha * target[j])) / level.Sigma,
                DiffusionParameters.Score => ((level.Alpha * target[j]) - noisy[j]) / (level.Sigma * level.Sigma),
                DiffusionParameters.Velocity => problem.Bridge > 0 ? (bridge.Clean * target[j]) + (bridge.Noisy * noisy[j]) : (target[j] - noisy[j]) / problem.Sigma,
                _ => target[j],
            };
        }
    }

    // What is stated for one noise level.
    private static CurveMark OfNoise(string column) => CurveMark.Value(column) with { OnlyAt = [DiffusionColumns.Sigma.Name] };

    private static string Text(string name, int k) => string.Create(CultureInfo.InvariantCulture, $"{name}-{k}");
}
