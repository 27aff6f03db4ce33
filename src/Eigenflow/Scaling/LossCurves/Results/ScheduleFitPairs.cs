using Eigenflow.Numerics;
using Eigenflow.Solutions;

namespace Eigenflow.Scaling.LossCurves;

/// <summary>
/// The test of laws that counts: every curve is fitted alone and forecasts all others. Where the kernel is not identifiable a law forecasts as the baseline does, since that is what <see cref="ScheduleFit"/> then uses.
/// </summary>
public sealed class ScheduleFitPairs
{
    private ScheduleFitPairs(IReadOnlyList<ScheduleFit> fits) => Fits = fits;

    /// <summary>One fit per curve.</summary>
    public IReadOnlyList<ScheduleFit> Fits { get; }

    /// <summary>Fits.</summary>
    /// <param name="curves">Measured curves, at least two.</param>
    /// <param name="options">Options, or null for the defaults.</param>
    /// <param name="progress">Receives how far it is.</param>
    /// <param name="cancellation">Ends the work.</param>
    public static ScheduleFitPairs Run(IReadOnlyList<LossCurve> curves, ScheduleFitOptions? options = null, IProgress<Progress>? progress = null, CancellationToken cancellation = default)
    {
        // The law that ranks first on the other curves would be chosen by what it is then judged by.
        options ??= new ScheduleFitOptions();
        options = options with { Law = options.Law ?? LossLaws.Direct.Name };
        if (curves.Count < 2)
            throw new ParameterException("each", curves.Count, "used with at least two curves");
        return new ScheduleFitPairs([.. curves.Select((curve, index) =>
        {
            progress?.Report(new Progress((double)index / curves.Count, $"fitting {curve.Name}"));
            return ScheduleFit.Run([curve], [.. curves.Where(other => other != curve)], options, null, cancellation);
        })]);
    }

    /// <summary>Held-out errors of a law from one fit.</summary>
    /// <param name="fit">One of <see cref="Fits"/>.</param>
    /// <param name="law">Name of the law.</param>
    public static IReadOnlyList<CurveError> Errors(ScheduleFit fit, string law)
    {
        var own = fit.Laws.First(one => one.Name == law);
        return own.IsIdentified ? own.HeldOut : fit.Laws.First(one => one.Name == LossLaws.Baseline).HeldOut;
    }

    /// <summary>Median held-out log-RMSE of a law over all pairs.</summary>
    /// <param name="law">Name of the law.</param>
    public double Median(string law) => Quantile.Median([.. Fits.SelectMany(fit => Errors(fit, law)).Select(error => error.LogRms)]);

    /// <summary>Median part of the measured points inside the band of the chosen law, over the pairs of identified fits; NaN if there is none.</summary>
    public double Coverage => Quantile.Median([.. Fits.Where(fit => fit.IsIdentifiable).SelectMany(fit => fit.Forecasts).Where(forecast => !forecast.IsFitted).Select(forecast => forecast.Coverage)]);
}
