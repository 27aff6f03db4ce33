using Eigenflow.Figures;
using Eigenflow.Scaling;
using Eigenflow.Solutions;

namespace Eigenflow.Systems.QuadraticParameterization;

/// <summary>Figure 11: local slopes of the population flow of 10⁹ modes over many decades, plain, in t/ln t, and in the effective dimension.</summary>
internal static class FlowSlopesFigure
{
    private const long ModelSize = 1_000_000_000;
    private const double Last = 1e16;
    private const double First = 1e12;

    public static ReproductionResult Run(IProgress<Progress>? progress, CancellationToken cancellation)
    {
        var times = QuadraticCurves.Logarithmic(10, Last, 91);
        var panels = new List<Panel>();
        var claims = new List<Claim>();
        var title = new List<string>();
        foreach (var (index, steep) in ((QuadraticProblem[])[QuadraticCurves.Steep, QuadraticCurves.Steeper]).Index())
        {
            progress?.Report(new Progress(index / 2.0, "flows of 10⁹ modes"));
            var problem = steep with { ModelSize = ModelSize, Dimension = QuadraticProblem.LargestSize };
            var series = new List<Series>();
            foreach (var model in (QuadraticModel[])[QuadraticModel.Signed, QuadraticModel.Positive, QuadraticModel.Linear])
            {
                var one = problem with { Model = model };
                var (name, color) = (QuadraticCurves.Name(model), Array.Find(QuadraticCurves.Models, candidate => candidate.Model == model).Color);
                var risk = one.Run(new QuadraticFlow { Times = times }, cancellation)["risk"];
                var exponents = ScalingExponents.Of(one);
                var plain = QuadraticCurves.LocalSlopes(times, risk);
                series.Add(new Series { Label = name, X = plain.X, Y = plain.Slopes, Color = color });
                if (model == QuadraticModel.Linear)
                {
                    claims.Add(Fit(one, "t", "flow-slope", exponents.Flow, 0.01, times, times, risk));
                    claims.Add(Fit(one, "t", "dimension-slope", -1 / exponents.Learning, 0.01, times, times, [.. times.Select(time => Relaxation.Front(one, time))]));
                    title.Add($"{DisplayNumber.Fixed(plain.Slopes[^1], 3)} (linear)");
                    continue;
                }

                var corrected = QuadraticCurves.LocalSlopes(times, risk, time => time / Math.Log(time));
                series.Add(new Series { Label = name, X = corrected.X, Y = corrected.Slopes, Color = color, Style = SeriesStyle.Dashed, Role = SeriesRole.Theory });
                double[] logarithmic = [.. times.Select(time => time / Math.Log(time))], fronts = [.. times.Select(time => Relaxation.Front(one, time))];
                claims.Add(Fit(one, "t", "flow-slope", exponents.Flow, 0.05, times, times, risk));
                claims.Add(Fit(one, "t/ln t", "flow-slope-corrected", exponents.Flow, 0.02, times, logarithmic, risk));
                claims.Add(Fit(one, "D(t)", "flow-slope-dimension", exponents.ModelSize, 0.02, times, fronts, risk));
                claims.Add(Fit(one, "t/ln t", "dimension-slope", -1 / exponents.Learning, 0.02, times, logarithmic, fronts));
                if (model == QuadraticModel.Signed)
                    title.Add($"{DisplayNumber.Fixed(corrected.Slopes[^1], 3)} (signed, in t/ln t)");
            }

            panels.Add(new Panel
            {
                Title = QuadraticCurves.Case(problem),
                X = new Axis("flow time t", true),
                Y = new Axis("−d ln R/d ln t"),
                Series = [.. series, SolutionSeries.Key("in t", SeriesStyle.Line), SolutionSeries.Key("in t/ln t", SeriesStyle.Dashed)],
                Lines = [new ReferenceLine(ScalingExponents.Of(problem).Flow, "2(β − 1)/(α + β)", IsVertical: false), new ReferenceLine((ScalingExponents.Of(problem) with { IsLinear = true }).Flow, "(β − 1)/α", IsVertical: false)],
            });
        }

        // For α < β targets fall towards the start, which speeds late escapes: only the slope in the number of learned modes is free of that.
        var gentle = QuadraticCurves.Gentle with { ModelSize = ModelSize, Dimension = QuadraticProblem.LargestSize, Model = QuadraticModel.Signed, Start = null };
        var late = QuadraticCurves.Logarithmic(1e8, 1e12, 33);
        var risks = gentle.Run(new QuadraticFlow { Times = late }, cancellation)["risk"];
        claims.Add(Fit(gentle, "D(t)", "flow-slope-dimension", ScalingExponents.Of(gentle).ModelSize, 0.02, late, [.. late.Select(time => Relaxation.Front(gentle, time))], risks));
        return new ReproductionResult
        {
            Claims = claims,
            Figures =
            [
                new Figure
                {
                    Id = "figure-11",
                    Title = $"Slopes of the flow at t = 10^{{16}}, α = 3, β = 1.5: {title[0]}, {title[1]}",
                    Caption = "Local slopes of the excess risk of the population flow, in t (lines) and for the quadratic models in t/ln t (dashed), M = 10^{9} modes on compressed nodes, d = 10^{15}, w₀ = c = 0.5; horizontal lines: limits. Plain slopes of the quadratic models approach theirs as 1/ln t alone; slopes in t/ln t are there from t = 10^{6} on.",
                    Panels = panels,
                },
            ],
        };
    }

    private static Claim Fit(QuadraticProblem problem, string variable, string id, double predicted, double tolerance, double[] times, double[] x, double[] y)
    {
        var first = Math.Min(First, times[^1] / 1e4);
        int[] rows = [.. Enumerable.Range(0, times.Length).Where(row => times[row] >= first * (1 - 1e-9))];
        var fit = PowerLaw.Fit([.. rows.Select(row => x[row])], [.. rows.Select(row => y[row])], new PowerLawOptions { WindowStart = x[rows[0]] * (1 - 1e-9), WindowEnd = x[rows[^1]] * (1 + 1e-9), MinimumDecades = 0.5 });
        var name = QuadraticCurves.Name(problem.Model);
        var quantity = id == "dimension-slope" ? "D" : "R";
        return Claim.Relative(
            $"{id}-{name}-{QuadraticCurves.Id(problem)}", $"{quantity} of the flow is a power of {variable} with exponent {DisplayNumber.Of(-predicted, 4)} ({name}, {QuadraticCurves.Case(problem)}, M = 10^{{9}})", -predicted, fit.Exponent, tolerance, QuadraticCurves.Derived,
            $"least squares on the logarithms over t = {DisplayNumber.Of(first)} … {DisplayNumber.Of(times[^1])}; 95 % interval, widened for correlated residuals", PredictionKind.Asymptotic, fit.MeanHalf).UpTo(times[^1]).At("M", ModelSize).Over("t → ∞, front far below M");
    }
}
