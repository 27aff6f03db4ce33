namespace Eigenflow.Scaling.LossCurves;

/// <content>Forecasts of other schedules, and the check of the compressed sums.</content>
public sealed partial class ScheduleFit
{
    // Points of one curve are correlated: a band of the right width covers that much less of some.
    private const double LargestShortfall = 0.15;
    private const int CheckedPoints = 12;
    private const int CheckedWork = 8_000_000;

    /// <summary>Forecasts a schedule with the chosen law.</summary>
    /// <param name="curve">The schedule, with or without losses.</param>
    /// <param name="cancellation">Ends the work.</param>
    public LossForecast Forecast(LossCurve curve, CancellationToken cancellation = default) => Forecast(Prepare(curve), isFitted: false, cancellation);

    private void Forecast(IReadOnlyList<LossCurve> transfers, CancellationToken cancellation) =>
        Forecasts = [.. data.Select(one => Forecast(one, isFitted: true, cancellation)), .. transfers.Select(curve => Forecast(Prepare(curve), isFitted: false, cancellation))];

    private LossForecast Forecast(FitData one, bool isFitted, CancellationToken cancellation)
    {
        var count = one.Count;
        var losses = Evaluate(one, Chosen.Theta);
        var draws = new double[count][];
        for (var i = 0; i < count; i++)
            draws[i] = new double[Chosen.Resamples.Length];
        double[] noise = new double[count], pooled = Chosen.Residuals;
        var block = BlockBootstrap.BlockLength(pooled);
        for (var replica = 0; replica < Chosen.Resamples.Length; replica++)
        {
            cancellation.ThrowIfCancellationRequested();
            var drawn = Evaluate(one, Chosen.Resamples[replica]);

            // Another stretch of numbers than that of the refit, whose noise is not the noise of new measurements.
            BlockBootstrap.Resample(pooled, block, options.Seed + 0x5EED, replica, noise);
            for (var i = 0; i < count; i++)
                draws[i][replica] = drawn[i] * Math.Exp(noise[i]);
        }

        double[] lower = new double[count], upper = new double[count];
        for (var i = 0; i < count; i++)
            (lower[i], upper[i]) = BlockBootstrap.Interval(draws[i], options.Level);
        double[] measured = one.Curve.IsMeasured ? [.. one.Points.LogLosses.Select(Math.Exp)] : [];
        var error = measured.Length > 0 ? ErrorOf(one.Curve.Name, [.. losses.Zip(measured, (a, b) => Math.Log(a / b))]) : null;
        var baseline = Laws.First(law => law.Name == LossLaws.Baseline);
        var forecast = new LossForecast
        {
            Curve = one.Curve,
            IsFitted = isFitted,
            Steps = [.. one.Points.Steps.Select(step => (double)step)],
            Losses = losses,
            Lower = lower,
            Upper = upper,
            Measured = measured,
            Error = error,
            BaselineLogRms = error is null ? double.NaN : ErrorOf("", LawFitter.Residuals(baseline.Law, [one], baseline.Theta)).LogRms,
            Verdict = "",
        };
        return forecast with { Verdict = Words(forecast) };
    }

    private double[] Evaluate(FitData one, double[] theta)
    {
        var losses = new double[one.Count];
        Chosen.Law.Evaluate(one.Cells, [.. theta.Select(Math.Exp)], losses, new double[one.Count * theta.Length]);
        return losses;
    }

    private string Words(LossForecast forecast) => forecast switch
    {
        { Error: null } => "not measured",
        { IsFitted: true } => Words(forecast.Error, Noise([.. forecast.Losses.Zip(forecast.Measured, (a, b) => Math.Log(a / b))])),
        _ => $"{Grade(forecast)}; last loss {LastWords(forecast)}; {CoverageWords(forecast)}",
    };

    // Both the course of the loss and its end must be right.
    private static string Grade(LossForecast forecast) => Math.Max(forecast.Error!.LogRms, Math.Abs(forecast.Error.Last)) switch
    {
        <= Small => "forecast within half a percent",
        <= Large => "forecast within two percent",
        _ when forecast.Error.LogRms <= forecast.BaselineLogRms / 3 => "rough: better than the baseline by 3 or more, but the law does not describe this curve",
        _ => "the law does not describe this curve",
    };

    private static string LastWords(LossForecast forecast) =>
        Off(forecast.Error!.Last) + (double.IsNaN(forecast.Lower[^1]) ? "" : forecast.Measured[^1] >= forecast.Lower[^1] && forecast.Measured[^1] <= forecast.Upper[^1] ? " (inside the band)" : " (outside the band)");

    private string CoverageWords(LossForecast forecast) => DisplayText.Of(
        $"the band covers {100 * forecast.Coverage:0} % of the points{(forecast.Coverage >= options.Level - LargestShortfall ? "" : DisplayText.Of($" instead of {100 * options.Level:0} %: the law errs by more than its band"))}");

    private double MeasureThinning(CancellationToken cancellation)
    {
        var largest = 0.0;
        var values = Chosen.Theta.Select(Math.Exp).ToArray();
        foreach (var one in data)
        {
            var losses = Evaluate(one, Chosen.Theta);
            var checks = Math.Clamp(CheckedWork / one.Curve.Rates.Steps / data.Length, 2, CheckedPoints);
            for (var check = 0; check < checks; check++)
            {
                cancellation.ThrowIfCancellationRequested();
                var point = (one.Count - 1) * (check + 1) / checks;
                largest = Math.Max(largest, Math.Abs(Math.Log(losses[point] / Chosen.Law.ExactAt(one.Curve.Rates, one.Points.Steps[point], values))));
            }
        }

        return largest;
    }
}
