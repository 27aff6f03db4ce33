using Eigenflow.Figures;
using Eigenflow.Numerics;
using Eigenflow.Solutions;

namespace Eigenflow.Systems.QuadraticParameterization;

/// <summary>Figure 4: slopes of the positive model against time, sigmoids at their escape times.</summary>
internal static class StaircaseFigure
{
    private static readonly int[] Numbers = [1, 2, 4, 8, 16, 32, 64, 128, 256];

    public static ReproductionResult Run(IProgress<Progress>? progress, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        var problem = QuadraticCurves.Steep with { Model = QuadraticModel.Positive, ModelSize = 256 };
        var times = QuadraticCurves.Logarithmic(0.1, 1e7, 160);
        var flow = problem.Run(new QuadraticFlow { Times = times, KeepsWeights = true }, cancellation);
        var series = new List<Series>();
        List<double> predicted = [], worst = [];
        foreach (var number in Numbers)
        {
            double eigenvalue = problem.EigenvalueAt(number), target = problem.TargetAt(number);
            series.Add(new Series { Label = $"i = {number}", X = times, Y = [.. flow[$"w{number}"].Select(slope => slope / target)], Value = number });
            var escape = ClosedForms.EscapeTime(eigenvalue, target, problem.StartSlope);
            if (double.IsNaN(escape) || escape <= 0)
                continue;

            // The crossing is looked for in the slope itself, without the formula.
            var crossing = Math.Exp(ScalarRoot.Find(logarithm => ClosedForms.Positive(Math.Exp(logarithm), eigenvalue, target, problem.StartSlope) - (target / 2), Math.Log(1e-3), Math.Log(1e9)));
            predicted.Add(escape);
            worst.Add(Math.Abs((crossing / escape) - 1));
        }

        series.Add(new Series { Label = "t_{i}", X = [.. predicted], Y = [.. predicted.Select(_ => 0.5)], Style = SeriesStyle.Points, Role = SeriesRole.Guide, Color = CurveColors.Neutral });
        var law = new MeasuredSlope(Math.Log(predicted[^1] / predicted[^2]) / Math.Log(2), 0);
        return new ReproductionResult
        {
            Claims =
            [
                Claim.AtMost("escape-times", "coordinate i has half of its target at t_i = ln(w*_i/w₀ − 1)/(2λ_i w*_i) (positive, α = 3, β = 1.5, w₀ = 0.5, i = 2 … 256)", 1e-9, worst.Max(), QuadraticCurves.Derived, "largest relative difference to the crossing of the closed slope, found by bisection").UpTo(times[^1]),
            ],
            Figures =
            [
                new Figure
                {
                    Id = "figure-4",
                    Title = $"Coordinates are learned one by one, at times ∝ i^{{{law.Short}}} from i = 128 to 256",
                    Scale = new ColorScale("coordinate i", IsLogarithmic: true),
                    Caption = "Slope over target of the coordinates i = 1, 2, 4, …, 256 of the positive model (population flow; α = 3, β = 1.5, w₀ = 0.5); dots: predicted escape times t_i, which grow as i^{(α+β)/2} ln i, (α + β)/2 = 2.25. w₀ is half of w*₁, so that the first coordinate begins there.",
                    Panels = [new Panel { X = new Axis("flow time t", true), Y = new Axis("w_{i}/w*_{i}"), Series = series }],
                },
            ],
        };
    }
}
