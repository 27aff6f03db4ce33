using Eigenflow.Numerics;
using MathNet.Numerics.Interpolation;

namespace Eigenflow.Scaling.Collapse;

/// <summary>
/// The loss of a target schedule predicted from a constant-rate run of the same model, both read at equal gradient-flow time τ (arXiv 2507.02119, schedule model). With L, η, Tr Σ of the reference and L′, η′, Tr Σ′ of the target:
/// reduced L + α (η′ − η) Tr Σ′; full L + ¼ (η′ Tr Σ′ − η Tr Σ); ratio (L − o) R(η)/R(η′) + o with R(η) = 1 − ρ η, ρ = Tr H/(2B) (linear regression; o = −σ²/2 for an excess risk).
/// The mini-batch covariance is meant, preconditioned as the update is; where the preconditioner holds the peak rate, rates are relative to it.
/// </summary>
public sealed record ScheduleTransfer
{
    private const double Slack = 1e-9;
    private const double LargestExcess = 1e-3;
    private const int RatioScan = 200;
    private const int Resamples = 400;

    /// <summary>The reference.</summary>
    public required LadderRun Reference { get; init; }

    /// <summary>The target.</summary>
    public required LadderRun Target { get; init; }

    /// <summary>Records of the target that count: from this index on.</summary>
    public required int Start { get; init; }

    /// <summary>τ of the target's records.</summary>
    public required double[] Tau { get; init; }

    /// <summary>Loss of the reference at equal τ: what is predicted without a model of the schedule.</summary>
    public required double[] WithoutModel { get; init; }

    /// <summary>η′ − η at equal τ.</summary>
    public required double[] RateDifference { get; init; }

    /// <summary>The reduced predictor; null where the target has no traces.</summary>
    public double[]? Reduced { get; init; }

    /// <summary>The full predictor, with ¼; null where either has no traces.</summary>
    public double[]? Full { get; init; }

    /// <summary>The ratio predictor; null where no ρ makes it positive.</summary>
    public double[]? Ratio { get; init; }

    /// <summary>α; NaN without traces.</summary>
    public double Alpha { get; init; } = double.NaN;

    /// <summary>Lower end of the 95 % interval of a fitted α: residuals of the reduced form in blocks along the run. It holds noise along one run, not what all records of a run share, nor errors of the form. NaN where α is not fitted.</summary>
    public double AlphaLower { get; init; } = double.NaN;

    /// <summary>Upper end.</summary>
    public double AlphaUpper { get; init; } = double.NaN;

    /// <summary>Peak rate of the target over that of the reference.</summary>
    public double PeakRatio => Target.LearningRates!.Max() / Reference.LearningRates!.Max();

    /// <summary>Whether α was fitted to this target.</summary>
    public bool IsAlphaFitted { get; init; }

    /// <summary>ρ of the ratio predictor.</summary>
    public double Curvature { get; init; } = double.NaN;

    /// <summary>Whether ρ was fitted to this target.</summary>
    public bool IsCurvatureFitted { get; init; }

    /// <summary>Predicts.</summary>
    /// <param name="reference">A run at constant rate.</param>
    /// <param name="target">A run of the same size under another schedule with the same peak; it does not go on to a later τ.</param>
    /// <param name="options">Options, or null for the defaults.</param>
    /// <exception cref="ParameterException">No learning rates, a reference that is shorter in τ, or a target whose rate never leaves its peak.</exception>
    public static ScheduleTransfer Of(LadderRun reference, LadderRun target, TransferOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(reference);
        ArgumentNullException.ThrowIfNull(target);
        options ??= new TransferOptions();
        double[] rates = IntrinsicTime.Rates(target.Checked()), tau = IntrinsicTime.Of(target), own = IntrinsicTime.Of(reference.Checked());
        if (!IsCovered(own[^1], tau[^1]))
            throw new ParameterException("reference", DisplayText.Plain($"{own[^1]:G6} (τ at the end of {reference.Label})"), DisplayText.Plain($"at least {tau[^1]:G6}, the τ at the end of {target.Label}"), "train the constant-rate run longer, or predict a shorter one");

        // Nothing is known of the reference before its first record.
        var start = Math.Max(StartOf(target, rates, options), Array.FindIndex(tau, value => value >= own[0] * (1 - Slack)));
        if (start >= tau.Length - 1 || tau[^1] < own[0])
            throw new ParameterException("reference", DisplayText.Plain($"{own[0]:G6} (τ at the first record of {reference.Label})"), $"below the τ of the records of {target.Label} that are compared", "log losses of the reference from an earlier time on");
        double[] loss = At(own, reference.Losses, tau), rate = At(own, IntrinsicTime.Rates(reference), tau);
        double[] difference = [.. rates.Zip(rate, (mine, other) => mine - other)];
        var result = new ScheduleTransfer { Reference = reference, Target = target, Start = start, Tau = tau, WithoutModel = loss, RateDifference = difference };
        if (target.Traces is { } traces)
        {
            var alpha = options.Alpha ?? FittedAlpha(target.Losses, loss, difference, traces, start);
            var (lower, upper) = options.Alpha is null ? AlphaInterval(alpha, target.Losses, loss, difference, traces, start) : (double.NaN, double.NaN);
            result = result with
            {
                Alpha = alpha,
                AlphaLower = lower,
                AlphaUpper = upper,
                IsAlphaFitted = options.Alpha is null,
                Reduced = [.. loss.Select((value, k) => value + (alpha * difference[k] * traces[k]))],
            };
            if (reference.Traces is { } others)
            {
                var trace = At(own, others, tau);
                result = result with { Full = [.. loss.Select((value, k) => value + (TransferOptions.TheoreticalAlpha * ((rates[k] * traces[k]) - (rate[k] * trace[k]))))] };
            }
        }

        if (options.Curvature is { } given && !(given * Math.Max(rates.Max(), rate.Max()) < 1))
            throw new ParameterException("curvature", given, DisplayText.Plain($"below {1 / Math.Max(rates.Max(), rate.Max()):G6}, one over the largest learning rate"), "training with η Tr H/(2B) ≥ 1 is unstable");
        var curvature = options.Curvature ?? FittedCurvature(target.Losses, loss, rates, rate, start, options.RatioOffset);
        return double.IsFinite(curvature)
            ? result with { Curvature = curvature, IsCurvatureFitted = options.Curvature is null, Ratio = [.. loss.Select((value, k) => RatioOf(value, rate[k], rates[k], curvature, options.RatioOffset))] }
            : result;
    }

    /// <summary>Whether a reference goes far enough in τ: up to a thousandth, which the sum over logged rates leaves uncertain.</summary>
    internal static bool IsCovered(double reached, double needed) => needed <= reached * (1 + LargestExcess);

    /// <summary>Root mean square of prediction less measured loss over the records that count, in units of the loss; NaN without a prediction.</summary>
    /// <param name="predicted">One of the predictions.</param>
    public double ErrorOf(double[]? predicted)
    {
        if (predicted is null)
            return double.NaN;
        double sum = 0;
        for (var k = Start; k < predicted.Length; k++)
            sum += Math.Pow(predicted[k] - Target.Losses[k], 2);
        return Math.Sqrt(sum / (predicted.Length - Start));
    }

    /// <summary>h(x) = Tr Σ/(L − L0) of a run at its records: the same function of x for all sizes under one schedule (arXiv 2507.02119, universality).</summary>
    /// <param name="run">A run with traces.</param>
    /// <param name="offset">L0.</param>
    /// <returns>Null without traces.</returns>
    public static double[]? TraceRatio(LadderRun run, double offset)
    {
        ArgumentNullException.ThrowIfNull(run);
        return run.Traces is { } traces ? [.. traces.Select((trace, k) => trace / (run.Losses[k] - offset))] : null;
    }

    private static int StartOf(LadderRun target, double[] rates, TransferOptions options)
    {
        if (options.From is { } from)
            return Array.FindIndex(target.Times, time => time >= from * target.EndTime * (1 - Slack)) is >= 0 and var given ? given : throw new ParameterException("from", from, "a part of the run, from 0 to 1");
        var peak = rates.Max();
        var top = Array.FindIndex(rates, rate => rate >= peak * (1 - Slack));
        var departs = Array.FindIndex(rates, top, rate => rate < (1 - TransferOptions.Departure) * peak);
        return departs >= 0 ? departs : throw new ParameterException("target", target.Label, "a run whose learning rate leaves its peak", "a constant rate is predicted by the reference itself");
    }

    private static double[] At(double[] tau, double[] values, double[] places)
    {
        // A rate of zero leaves τ where it is: of equal τ the last counts.
        var last = Enumerable.Range(0, tau.Length).Where(k => k + 1 == tau.Length || tau[k + 1] > tau[k]).ToArray();
        var spline = LinearSpline.InterpolateSorted([.. last.Select(k => tau[k])], [.. last.Select(k => values[k])]);
        return [.. places.Select(place => spline.Interpolate(Math.Clamp(place, tau[last[0]], tau[^1])))];
    }

    private static double FittedAlpha(double[] measured, double[] loss, double[] difference, double[] traces, int start)
    {
        double products = 0, squares = 0;
        for (var k = start; k < measured.Length; k++)
        {
            var x = difference[k] * traces[k];
            products += x * (measured[k] - loss[k]);
            squares += x * x;
        }

        return products / squares;
    }

    private static (double Lower, double Upper) AlphaInterval(double alpha, double[] measured, double[] loss, double[] difference, double[] traces, int start)
    {
        double[] x = [.. Enumerable.Range(start, measured.Length - start).Select(k => difference[k] * traces[k])];
        double[] residuals = [.. x.Select((value, k) => measured[start + k] - loss[start + k] - (alpha * value))];
        double[] drawn = new double[x.Length], values = new double[Resamples];
        var (squares, length) = (x.Sum(value => value * value), BlockBootstrap.BlockLength(residuals));
        for (var replica = 0; replica < values.Length; replica++)
        {
            BlockBootstrap.Resample(residuals, length, 1, replica, drawn);
            var products = 0.0;
            for (var k = 0; k < x.Length; k++)
                products += x[k] * drawn[k];
            values[replica] = alpha + (products / squares);
        }

        return BlockBootstrap.Interval(values);
    }

    private static double RatioOf(double loss, double rate, double target, double curvature, double offset) => offset + ((loss - offset) * (1 - (curvature * rate)) / (1 - (curvature * target)));

    private static double FittedCurvature(double[] measured, double[] loss, double[] rates, double[] rate, int start, double offset)
    {
        var largest = Math.Max(rates.Max(), rate.Max());
        var (place, value) = ScalarMinimum.Find(
            part =>
            {
                var sum = 0.0;
                for (var k = start; k < measured.Length; k++)
                    sum += Math.Pow(RatioOf(loss[k], rate[k], rates[k], part / largest, offset) - measured[k], 2);
                return sum;
            },
            0, 1 - 1e-6, RatioScan);
        return double.IsFinite(value) ? place / largest : double.NaN;
    }
}
