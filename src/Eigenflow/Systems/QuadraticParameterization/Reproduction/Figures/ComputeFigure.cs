using Eigenflow.Figures;
using Eigenflow.Numerics;
using Eigenflow.Scaling;
using Eigenflow.Solutions;

namespace Eigenflow.Systems.QuadraticParameterization;

/// <summary>Figure 12: the best split of a compute budget between model size and samples, in the population flow where noise is not the limit (α &gt; β).</summary>
internal static class ComputeFigure
{
    private const double Rate = 0.05;
    private const double FirstOfFit = 1e16;
    private const double Tolerance = 0.05;

    public static ReproductionResult Run(IProgress<Progress>? progress, CancellationToken cancellation)
    {
        var budgets = QuadraticCurves.Logarithmic(1e6, 1e22, 33);
        List<Series> risks = [], sizes = [];
        var claims = new List<Claim>();
        foreach (var (index, (model, name, color)) in QuadraticCurves.Models.Index().Where(pair => pair.Item.Model != QuadraticModel.Positive))
        {
            var problem = QuadraticCurves.Steep with { Model = model, Dimension = QuadraticProblem.LargestSize };
            double[] risk = new double[budgets.Length], size = new double[budgets.Length];
            for (var k = 0; k < budgets.Length; k++)
            {
                cancellation.ThrowIfCancellationRequested();
                progress?.Report(new Progress((index + ((double)k / budgets.Length)) / 3, "budgets"));
                var guess = ScalingExponents.Of(problem).ComputeModelSize * Math.Log(budgets[k]);
                (size[k], risk[k]) = Best(problem, budgets[k], guess);
            }

            var exponents = ScalingExponents.Of(problem);
            risks.Add(new Series { Label = name, X = budgets, Y = risk, Color = color });
            sizes.Add(new Series { Label = name, X = budgets, Y = size, Color = color });
            claims.Add(Law("compute-exponent", "R ∝ C^(−q)", name, -exponents.Compute, risk));
            claims.Add(Law("compute-model", "the best M ∝ C^x", name, exponents.ComputeModelSize, size));
        }

        foreach (var (model, name, _) in QuadraticCurves.Models.Where(one => one.Model != QuadraticModel.Positive))
            claims.AddRange(Sampled(QuadraticCurves.Gentle with { Model = model }, name, cancellation));
        return new ReproductionResult
        {
            Claims = claims,
            Figures =
            [
                new Figure
                {
                    Id = "figure-12",
                    Title = $"Best split of compute: R ∝ C^{{−q}}, q = {string.Join(", ", risks.Select(series => $"{DisplayNumber.Fixed(-series.SlopeBetween(FirstOfFit, budgets[^1]).Value, 3)} ({series.Label})"))}",
                    Caption = "(a) Smallest excess risk for a compute C = MT over model sizes M, with the population flow at t = 0.05 T in place of SGD (α = 3, β = 1.5: noise is not the limit), d = 10^{15}, c = 0.5; (b) the model size at it. Triangles: predicted exponents 2(β − 1)/(α + β + 2) and 2/(α + β + 2), linear (β − 1)/(α + 1) and 1/(α + 1); logarithms of the escape times are still seen in the signed model.",
                    Panels =
                    [
                        new Panel { Title = "risk", X = new Axis("compute C = MT", true), Y = new Axis("smallest excess risk R", true), Series = risks, Slopes = [risks[0].Guide(FirstOfFit, budgets[^1], -2.0 / 13), risks[1].Guide(FirstOfFit, budgets[^1], -1.0 / 8)] },
                        new Panel { Title = "model size", X = new Axis("compute C = MT", true), Y = new Axis("best model size M", true), Series = sizes, Slopes = [sizes[0].Guide(FirstOfFit, budgets[^1], 4.0 / 13), sizes[1].Guide(FirstOfFit, budgets[^1], 1.0 / 4)] },
                    ],
                },
            ],
        };

        Claim Law(string id, string words, string name, double predicted, double[] y)
        {
            var fit = PowerLaw.Fit(budgets, y, new PowerLawOptions { WindowStart = FirstOfFit });
            return Claim.Relative(
                $"{id}-{name}", $"{words}, exponent {DisplayNumber.Of(predicted, 4)}, in the flow ({name}, α = 3, β = 1.5)", predicted, fit.Exponent, Tolerance, QuadraticCurves.Derived,
                "least squares on the logarithms over C = 10^{16} … 10^{22}; 95 % interval, widened for correlated residuals", PredictionKind.Asymptotic, fit.MeanHalf).UpTo(budgets[^1], "C").Over("C → ∞, up to logarithms; α > β");
        }
    }

    // For α < β noise is the limit: mean risks of SGD with the step sizes of the theorem, which is a sample sweep and reaches no further.
    private static IEnumerable<Claim> Sampled(QuadraticProblem problem, string name, CancellationToken cancellation)
    {
        double[] budgets = QuadraticCurves.Logarithmic(1e5, 1e7, 7), risk = new double[7], size = new double[7];
        for (var k = 0; k < budgets.Length; k++)
        {
            var (place, best) = ScalarMinimum.Find(logarithm => RiskOf(Math.Round(Math.Exp(logarithm)), budgets[k]), Math.Log(6), Math.Log(300), 8, 0.05);
            (size[k], risk[k]) = (Math.Exp(place), best);
        }

        var exponents = ScalingExponents.Of(problem);
        yield return Law("compute-exponent", "R ∝ C^(−q)", -exponents.Compute, risk);
        yield return Law("compute-model", "the best M ∝ C^x", exponents.ComputeModelSize, size);

        double RiskOf(double modes, double budget)
        {
            var steps = (long)Math.Max(8, budget / modes);
            return (problem with { ModelSize = (long)modes }).Theory(QuadraticCurves.Rate(problem, steps), steps, cancellation, [steps])["risk"][^1];
        }

        Claim Law(string id, string words, double predicted, double[] y)
        {
            var fit = PowerLaw.Fit(budgets, y);
            return Claim.Relative(
                $"{id}-{name}-{QuadraticCurves.Id(problem)}", $"{words}, exponent {DisplayNumber.Of(predicted, 4)} ({name}, α = 1.5, β = 2.5, σ² = 1, SGD at the step sizes of the theorem)", predicted, fit.Exponent, Tolerance, QuadraticCurves.Derived,
                "least squares on the logarithms over C = 10^{5} … 10^{7}, mean risks by closed moments (exact for the linear model); 95 % interval; the claim needs T = e^{20}, where logarithms of the schedule are 5 %", PredictionKind.Asymptotic, fit.MeanHalf)
                .UpTo(budgets[^1], "C", Math.Exp(20) * size[^1]).Over("C → ∞, up to logarithms; α < β");
        }
    }

    // Smooth in ln M: sizes are rounded to whole modes, of which there are many.
    private static (double Size, double Risk) Best(QuadraticProblem problem, double budget, double guess)
    {
        var (place, risk) = ScalarMinimum.Find(logarithm => RiskAt(problem, budget, logarithm), Math.Max(1, guess - 3), guess + 3, 12, 1e-3);
        return (Math.Exp(place), risk);
    }

    private static double RiskAt(QuadraticProblem problem, double budget, double logarithm)
    {
        var size = (long)Math.Round(Math.Exp(logarithm));
        return FlowRisk.Of(problem with { ModelSize = size }, isCompressed: size > 4096).At(Rate * budget / size);
    }
}
