using Eigenflow.Figures;
using Eigenflow.Numerics;
using Eigenflow.Scaling;
using Eigenflow.Schedules;
using Eigenflow.Solutions;

namespace Eigenflow.Systems.FunctionalScalingLaw;

/// <summary>Figure 6: exponents of the loss under schedules of fixed shape with the best peak: capacity saturation.</summary>
internal static class ShapeSlopesFigure
{
    private const int QuadraturePoints = 1024;
    private const double Largest = 1;

    public static ReproductionResult Run(IProgress<Progress>? progress, CancellationToken cancellation)
    {
        double[] horizons = LawCurves.Logarithmic(1e2, 1e14, 25);
        var claims = new List<Claim>();
        var rows = new List<IReadOnlyList<string>>();
        var panels = new List<Panel>();
        var measured = new List<(double Predicted, double Measured)>();
        foreach (var (s, beta, part) in new[] { (1.0, 4.0, 0), (0.3, 4.0, 1) })
        {
            var objective = new ScheduleObjective { Capacity = beta, Difficulty = s };
            var exponents = new TunedExponents(beta, s);
            var power = (2 * beta) - 1;
            var optimal = horizons.Select(steps => OptimalSchedule.Solve(objective, steps, Largest).Value).ToArray();
            var series = new List<Series> { Slope("optimal", optimal, CurveColors.Neutral) };
            var shapes = new (string Name, string Id, Func<double, Func<double, double>> Shape, double? Predicted)[]
            {
                ($"power {DisplayNumber.Of(power)}", "power", _ => x => Math.Pow(1 - x, power), exponents.FixedShape(power)),
                ("cosine", "cosine", _ => x => (1 + Math.Cos(Math.PI * x)) / 2, exponents.FixedShape(2)),
                ("linear", "linear", _ => x => 1 - x, exponents.FixedShape(1)),
                ("constant", "constant", _ => _ => 1, exponents.FixedShape(0)),
                ("exponential", "exponential", steps => x => Math.Pow(steps, -x), null),
                ("WSD, last fifth", "wsd", steps => x => x < 0.8 ? 1 : Math.Pow(steps, -5 * (x - 0.8)), null),
            };
            for (var k = 0; k < shapes.Length; k++)
            {
                var (name, id, shape, predicted) = shapes[k];
                var values = new double[horizons.Length];
                for (var n = 0; n < horizons.Length; n++)
                {
                    cancellation.ThrowIfCancellationRequested();
                    values[n] = new FixedShapeOptimum(objective, horizons[n], shape(horizons[n]), QuadraturePoints).Minimise(Largest).Value;
                }

                progress?.Report(new Progress((part + ((k + 1.0) / shapes.Length)) / 2, "shapes"));
                series.Add(Slope(name, values, CurveColors.Schedule(id)));
                var fit = PowerLaw.Fit(horizons, values, new PowerLawOptions { WindowStart = 1e11 });
                if (predicted is { } value)
                {
                    measured.Add((value, fit.Exponent));
                    series.Add(LawCurves.Function([1e11, 1e14], _ => value, "", CurveColors.Schedule(id), SeriesStyle.Dotted));
                    claims.Add(Claim.Absolute(
                        $"shape-{id}-s{DisplayNumber.Of(s)}", $"under the best peak the loss of the schedule {name} falls as N^x, x = {DisplayNumber.Of(value, 3)} (s = {DisplayNumber.Of(s)}, β = 4, η ≤ 1, c = 1)", value, fit.Exponent, 0.02, LawCurves.SchedulePaper,
                        "least squares on the logarithms over N = 10^{11} … 10^{14}; 95 % interval, widened for correlated residuals", PredictionKind.Asymptotic, fit.MeanHalf)
                        .UpTo(horizons[^1], "N").Over("N from 10^{11} to 10^{14}"));
                }

                rows.Add([DisplayNumber.Of(s), name, predicted is { } shown ? DisplayNumber.Of(shown) : $"{DisplayNumber.Of(exponents.DecayData)} and logarithms", DisplayNumber.Of(fit.Exponent), DisplayNumber.Of(values[^1] / optimal[^1], 3)]);
            }

            panels.Add(new Panel
            {
                Title = $"s = {DisplayNumber.Of(s)}, β = {DisplayNumber.Of(beta)} ({(exponents.IsEasy ? "easy" : "hard")})",
                X = new Axis("steps N", true),
                Y = new Axis("local slope d ln E/d ln N"),
                Series = [.. series, SolutionSeries.Key("predicted", SeriesStyle.Dotted)],
            });
        }

        return new ReproductionResult
        {
            Claims = [.. claims, .. Slopes()],
            Tables = [new Table("shape-slopes", "Exponents of schedules of fixed shape", ["s", "schedule", "predicted", "fitted", "loss / optimal at N = 10^{14}"], rows, "β = 4, c = 1, η ≤ 1; fitted over N = 10^{11} … 10^{14}.")],
            Figures =
            [
                new Figure
                {
                    Id = "figure-6",
                    Title = Headline.Exponents("Schedules of fixed shape", measured),
                    Caption = "Local exponent of the noise-dominated law in the number of steps, each schedule with its best peak η ≤ 1; dotted: prediction with β replaced by min(β, g + 1) for a tail (1 − x)^{g}. Exponential and WSD decay to a/N. c = 1, constants one.",
                    Panels = panels,
                },
            ],
        };

        Series Slope(string name, double[] values, int color)
        {
            double[] x = new double[values.Length - 1], y = new double[values.Length - 1];
            for (var n = 0; n < x.Length; n++)
            {
                x[n] = Math.Sqrt(horizons[n] * horizons[n + 1]);
                y[n] = Math.Log(values[n + 1] / values[n]) / Math.Log(horizons[n + 1] / horizons[n]);
            }

            return new Series { Label = name, X = x, Y = y, Color = color };
        }
    }

    // The exact optimum far out, and what direct minimisation adds to it.
    private static IEnumerable<Claim> Slopes()
    {
        foreach (var (s, beta) in new[] { (1.0, 2.0), (0.8, 3.0) })
        {
            var objective = new ScheduleObjective { Capacity = beta, Difficulty = s };
            var slope = Math.Log10(OptimalSchedule.Solve(objective, 1e15).Value / OptimalSchedule.Solve(objective, 1e14).Value);
            yield return Claim.Absolute(
                $"optimal-slope-b{DisplayNumber.Of(beta)}", $"under the optimal schedule the loss falls as N^(−sβ/(1 + sβ)) in the easy regime (s = {DisplayNumber.Of(s)}, β = {DisplayNumber.Of(beta)})", new TunedExponents(beta, s).DecayData, slope, 0.003, LawCurves.SchedulePaper,
                "local slope of the exact minimum between N = 10^{14} and 10^{15}; corrections fall as N^(−1/(2β) …), so that it is reached slowly", PredictionKind.Asymptotic).UpTo(1e15, "N").Over("easy regime, s ≥ 1 − 1/β");
        }

        foreach (var (s, beta, steps, bound, id) in new[] { (1.0, 2.0, 1e3, (double?)null, "free"), (0.3, 4.0, 1e4, 0.1, "bounded") })
        {
            var objective = new ScheduleObjective { Capacity = beta, Difficulty = s };
            var exact = OptimalSchedule.Solve(objective, steps, bound).Value;
            var direct = DirectOptimum.Minimise(objective, steps, bound).Value;
            yield return Claim.AtLeast(
                $"optimal-direct-{id}-above", $"direct minimisation over 120 cells does not fall below the exact minimum (s = {DisplayNumber.Of(s)}, β = {DisplayNumber.Of(beta)}, N = {DisplayNumber.Of(steps)})", exact, direct, LawCurves.Derived, "spectral projected gradient; values of schedules that are constant on cells are exact").UpTo(steps, "N");
            yield return Claim.Relative(
                $"optimal-direct-{id}", $"direct minimisation over 120 cells finds the exact minimum (s = {DisplayNumber.Of(s)}, β = {DisplayNumber.Of(beta)}, N = {DisplayNumber.Of(steps)})", exact, direct, 1e-3, LawCurves.Derived, "spectral projected gradient").UpTo(steps, "N");
        }
    }
}
