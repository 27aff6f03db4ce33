using System.Diagnostics;
using Eigenflow.Scaling.LossCurves;
using Eigenflow.Schedules;

namespace Eigenflow.Benchmarks;

/// <summary>The work <c>schedule-fit</c>: three curves of 10⁴ rows (constant, cosine and stable-then-linear rates over 10⁵ steps; a power law, a drop with the rate, and noise that every language makes alike) are fitted and forecast.</summary>
internal static class ScheduleFitWork
{
    private const int Steps = 100_000;
    private const int Every = 10;
    private const double Peak = 3e-4;
    private static readonly string[] Shapes = ["constant", "cosine", "wsd:linear"];

    /// <summary>Fits; the answer holds the last losses.</summary>
    /// <param name="request">Restarts and resamples.</param>
    public static WorkerMessage Answer(WorkerMessage request)
    {
        LossCurve[] curves = [.. Shapes.Select(Curve)];
        var options = new ScheduleFitOptions { Restarts = (int)request.Number("restarts"), Resamples = (int)request.Number("resamples"), Law = "direct" };
        var clock = Stopwatch.StartNew();
        var fit = ScheduleFit.Run(curves, [], options);
        return WorkerMessage.Request("", ("seconds", clock.Elapsed.TotalSeconds), ("losses", fit.Forecasts.Select(forecast => forecast.Losses[^1]).ToArray()));
    }

    private static LossCurve Curve(string shape)
    {
        var rates = StepRates.Of(new LearningRateSchedule(ScheduleText.Parse(shape), Peak, Steps));
        int[] steps = [.. Enumerable.Range(1, Steps / Every).Select(row => row * Every)];
        return new LossCurve(shape, rates, steps, [.. steps.Select((step, row) =>
            (2.56 + (0.6 * Math.Pow(rates.TimeAt(step), -0.45)) - (300 * (Peak - rates.RateAt(step - 1)))) * Math.Exp(0.004 * Math.Sin(12.9898 * (row + 1) * (row + 1))))]);
    }
}
