using Eigenflow.Solutions;

namespace Eigenflow.Scaling.LossCurves;

/// <summary>
/// Fits laws of loss curves under learning-rate schedules to measured curves, ranks them on what was not fitted, and forecasts the curves of other schedules.
/// <para>Protocol: points after the warm-up and the first part of the run; means of ln(loss) in bins; minimum of Σ Huber(ln law − ln measured, δ = 1e-3) from random starts; block bootstrap of the residuals.
/// Several curves are fitted with one set of parameters.</para>
/// Work per evaluation of a law O(points · cells), whatever the number of steps; a few hundred evaluations per fit and as many per 20 resamples.
/// </summary>
public sealed partial class ScheduleFit
{
    // Held out at the end of each curve when no other schedule was measured.
    private const double HeldOutPart = 0.2;
    private const string OtherSchedules = "other schedules";

    private readonly ScheduleFitOptions options;
    private readonly FitData[] data;

    private ScheduleFit(ScheduleFitOptions options, IReadOnlyList<LossCurve> curves, FitData[] data)
    {
        this.options = options;
        this.data = data;
        Curves = curves;
        IsIdentifiable = curves.Any(curve => !curve.Rates.IsConstant);
    }

    /// <summary>The fitted curves.</summary>
    public IReadOnlyList<LossCurve> Curves { get; }

    /// <summary>Whether the learning rate changes in any of them, so that forgetting can be seen.</summary>
    public bool IsIdentifiable { get; }

    /// <summary>The laws, the best first: by the median held-out error if anything was held out, else by the error on the fitted points; laws that are not identified come last.</summary>
    public IReadOnlyList<LawFit> Laws { get; private set; } = [];

    /// <summary>The law that forecasts.</summary>
    public LawFit Chosen { get; private set; } = null!;

    /// <summary>Why it is that law, in a sentence.</summary>
    public string Reason { get; private set; } = "";

    /// <summary>What the held-out errors are of.</summary>
    public string HeldOutRule { get; private set; } = "";

    /// <summary>The fitted curves and then the other schedules, as the chosen law sees them.</summary>
    public IReadOnlyList<LossForecast> Forecasts { get; private set; } = [];

    /// <summary>Largest |Δ ln L| between sums over cells and plain sums over all steps, at points spread over the fitted curves, for the chosen law.</summary>
    public double ThinningError { get; private set; }

    /// <summary>Points that were fitted, of all curves.</summary>
    public int Points => data.Sum(one => one.Count);

    /// <summary>Level of intervals and bands.</summary>
    public double Level => options.Level;

    /// <summary>Fits.</summary>
    /// <param name="curves">Measured curves, at least one.</param>
    /// <param name="transfers">Other schedules, measured or not.</param>
    /// <param name="options">Options, or null for the defaults.</param>
    /// <param name="progress">Receives how far it is.</param>
    /// <param name="cancellation">Ends the work.</param>
    /// <exception cref="ParameterException">Too few points, a curve without losses, or an option out of range.</exception>
    public static ScheduleFit Run(
        IReadOnlyList<LossCurve> curves, IReadOnlyList<LossCurve> transfers, ScheduleFitOptions? options = null, IProgress<Progress>? progress = null, CancellationToken cancellation = default)
    {
        options ??= new ScheduleFitOptions();
        options.Validate();
        if (curves.Count == 0)
            throw new ParameterException("curves", 0, "at least one measured loss curve");
        if (curves.FirstOrDefault(curve => !curve.IsMeasured) is { } empty)
            throw new ParameterException("curves", empty.Name, "curves with measured losses");
        FitData[] data = [.. curves.Select(curve => FitData.Of(curve, FitData.FirstStep(curve, options.Skip), curve.Rates.Steps, options.Points))];
        var needed = LossLaws.All.Max(law => law.Parameters.Count) + 1;
        if (data.Sum(one => one.Count) < needed || data.Any(one => one.Count < 2))
        {
            throw new ParameterException(
                "points", data.Sum(one => one.Count), DisplayText.Plain($"at least {needed} after the warm-up and the first {100 * options.Skip:0.#} % of the steps: one more than the largest law has parameters"),
                "log the loss more often, or skip less with --skip");
        }

        var fit = new ScheduleFit(options, curves, data);
        fit.Warn(transfers);
        fit.FitLaws(transfers, progress, cancellation);
        fit.Forecast(transfers, cancellation);
        fit.ThinningError = fit.MeasureThinning(cancellation);
        progress?.Report(new Progress(1, "done"));
        return fit;
    }

    private void FitLaws(IReadOnlyList<LossCurve> transfers, IProgress<Progress>? progress, CancellationToken cancellation)
    {
        var (training, heldOut) = HoldOut(transfers);
        var laws = new List<LawFit>();
        foreach (var (index, law) in LossLaws.All.Index())
        {
            progress?.Report(new Progress((double)index / (LossLaws.All.Count + 1), $"fitting {law.Name}"));
            var (theta, objective) = LawFitter.Fit(law, data, options.Restarts, options.Seed, cancellation);
            var isIdentified = IsIdentifiable || !law.SeesSchedule;
            var trained = training is null ? theta : LawFitter.Fit(law, training, options.Restarts, options.Seed, cancellation).Theta;
            laws.Add(Describe(law, theta, objective, [], isIdentified, isIdentified ? Errors(law, heldOut, trained) : []));
        }

        Laws = [.. laws.OrderBy(law => !law.IsIdentified).ThenBy(law => double.IsNaN(law.HeldOutMedian) ? law.Objective : law.HeldOutMedian)];
        (var chosen, Reason) = LawChoice.Of(Laws, options.Law, HeldOutRule, IsIdentifiable);
        Chosen = WithIntervals(chosen, cancellation);
        Laws = [.. Laws.Select(law => law.Name == Chosen.Name ? Chosen : law)];
    }

    // Intervals are those of the law that forecasts, and of the one that proposes: refits of the others would cost as much again, and nothing is drawn from them.
    private LawFit WithIntervals(LawFit law, CancellationToken cancellation) => law.Resamples.Length > 0
        ? law
        : Describe(law.Law, law.Theta, law.Objective, LawFitter.Bootstrap(law.Law, data, law.Theta, options.Resamples, options.Seed, cancellation), law.IsIdentified, [.. law.HeldOut]);

    // What is held out, and what is fitted in its stead where it is a part of the curves themselves.
    private (FitData[]? Training, FitData[] HeldOut) HoldOut(IReadOnlyList<LossCurve> transfers)
    {
        FitData[] measured = [.. transfers.Where(curve => curve.IsMeasured).Select(Prepare).Where(one => one.Count > 0)];
        if (measured.Length > 0)
        {
            HeldOutRule = OtherSchedules;
            return (null, measured);
        }

        FitData[] training = [.. data.Select(one => FitData.Of(one.Curve, FitData.FirstStep(one.Curve, options.Skip), Split(one), options.Points))];
        FitData[] rest = [.. data.Select(one => FitData.Of(one.Curve, Split(one) + 1, one.Curve.Rates.Steps, options.Points / 4))];
        if (training.All(one => one.Curve.Rates.IsConstantBefore(Split(one))))
        {
            HeldOutRule = "";
            return (null, []);
        }

        if (training.Sum(one => one.Count) <= LossLaws.All.Max(law => law.Parameters.Count) || training.Any(one => one.Count < 2) || rest.Any(one => one.Count == 0))
            return (null, []);
        HeldOutRule = DisplayText.Of($"the last {100 * HeldOutPart:0} % of the steps, forecast from the steps before");
        return (training, rest);

        static int Split(FitData one) => (int)(one.Curve.Rates.Steps * (1 - HeldOutPart));
    }

    private FitData Prepare(LossCurve curve) => FitData.Of(curve, FitData.FirstStep(curve, options.Skip), curve.Rates.Steps, options.Points);

    private static CurveError[] Errors(LossLaw law, IReadOnlyList<FitData> curves, double[] theta) =>
        [.. curves.Select(one => ErrorOf(one.Curve.Name, LawFitter.Residuals(law, [one], theta)))];

    // A loss below zero, which some laws can forecast, counts as wrong by a factor e and not as nothing.
    private static CurveError ErrorOf(string name, ReadOnlySpan<double> residuals)
    {
        double sum = 0, largest = 0, last = 0;
        foreach (var residual in residuals)
        {
            var value = double.IsFinite(residual) ? residual : 1;
            sum += value * value;
            last = Math.Exp(value) - 1;
            largest = Math.Max(largest, Math.Abs(last));
        }

        return new CurveError(name, Math.Sqrt(sum / residuals.Length), largest, last);
    }
}
