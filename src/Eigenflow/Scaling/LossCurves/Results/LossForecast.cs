namespace Eigenflow.Scaling.LossCurves;

/// <summary>
/// The loss along a schedule as a law forecasts it, with a band for single measurements: the band holds the scatter of resampled fits and the noise of the fitted points, but not an error of the law itself.
/// </summary>
public sealed record LossForecast
{
    /// <summary>The schedule, with its losses if they were measured.</summary>
    public required LossCurve Curve { get; init; }

    /// <summary>Whether the curve was among those that were fitted.</summary>
    public required bool IsFitted { get; init; }

    /// <summary>Steps of the forecast points.</summary>
    public required double[] Steps { get; init; }

    /// <summary>Forecast losses.</summary>
    public required double[] Losses { get; init; }

    /// <summary>Lower edge of the band.</summary>
    public required double[] Lower { get; init; }

    /// <summary>Upper edge of the band.</summary>
    public required double[] Upper { get; init; }

    /// <summary>Measured losses, thinned as the fitted points are; empty when none were measured.</summary>
    public required double[] Measured { get; init; }

    /// <summary>Errors against the measured losses, or null.</summary>
    public required CurveError? Error { get; init; }

    /// <summary>Log-RMSE of the baseline that does not see the schedule, or NaN.</summary>
    public required double BaselineLogRms { get; init; }

    /// <summary>Part of the measured points inside the band, or NaN.</summary>
    public double Coverage => Measured.Length == 0 ? double.NaN : Measured.Index().Count(pair => pair.Item >= Lower[pair.Index] && pair.Item <= Upper[pair.Index]) / (double)Measured.Length;

    /// <summary>In words.</summary>
    public required string Verdict { get; init; }
}
