using Eigenflow.Figures;
using Eigenflow.Solutions;

namespace Eigenflow.Systems.QuadraticParameterization;

/// <summary>Figure 10: fraction of diverged runs below the edge of linear stability, and the decay of the product of the weights.</summary>
internal static class StabilityFigure
{
    private const int Replicas = 1000;
    private const int ReferenceRuns = 400;
    private const long Steps = 1000;
    private const long ProductSteps = 10_000;
    private const int ProductRuns = 64;

    private static readonly double[] ProductRates = [0.01, 0.015, 0.02];

    public static ReproductionResult Run(IProgress<Progress>? progress, CancellationToken cancellation)
    {
        var claims = new List<Claim>();
        var fractions = new List<Series>();
        double[] parts = [.. DivergenceTable.Parts];
        foreach (var (index, one) in DivergenceTable.Cases.Index())
        {
            var problem = new QuadraticProblem { Exponent = one.Exponent, SignalExponent = one.SignalExponent, ModelSize = 64, Dimension = 4096, Noise = one.Noise, Start = one.Start };
            var edge = Stability.Of(problem).Edge;
            double[] measured = new double[parts.Length], half = new double[parts.Length];
            for (var k = 0; k < parts.Length; k++)
            {
                progress?.Report(new Progress(0.7 * ((index * parts.Length) + k) / (DivergenceTable.Cases.Count * parts.Length), "diverging runs"));
                measured[k] = problem.Run(new QuadraticSgd { LearningRate = parts[k] * edge, Steps = Steps, AtSteps = [Steps], Replicas = Replicas, Threads = 1, Seed = 7 }, cancellation).SummaryOf("diverged-fraction")!.Value;
                half[k] = 1.96 * Math.Sqrt(measured[k] * (1 - measured[k]) / Replicas);
            }

            var label = $"({DisplayNumber.Of(one.Exponent)}, {DisplayNumber.Of(one.SignalExponent)}), σ² = {DisplayNumber.Of(one.Noise)}";
            fractions.Add(new Series { Label = label, X = parts, Y = [.. one.Fractions], Color = index, Style = SeriesStyle.Dotted, Role = SeriesRole.Reference });
            fractions.Add(new Series { Label = label, X = parts, Y = measured, Lower = [.. measured.Zip(half, (value, error) => Math.Max(0, value - error))], Upper = [.. measured.Zip(half, (value, error) => Math.Min(1, value + error))], Color = index, Style = SeriesStyle.Points });

            // Both numbers are counts: the largest difference in their common standard error, zero counts taken as a half.
            var distance = Enumerable.Range(0, parts.Length).Max(k =>
            {
                var pooled = ((measured[k] * Replicas) + (one.Fractions[k] * ReferenceRuns) + 0.5) / (Replicas + ReferenceRuns + 1);
                return Math.Abs(measured[k] - one.Fractions[k]) / Math.Sqrt(pooled * (1 - pooled) * ((1.0 / Replicas) + (1.0 / ReferenceRuns)));
            });
            claims.Add(Claim.AtMost(
                $"diverged-a{DisplayNumber.Of(one.Exponent)}-n{DisplayNumber.Of(one.Noise)}", $"the fractions of diverged runs at 0.3 … 0.9 of the edge are those of an independent program (signed, {label}, w₀ = {DisplayNumber.Of(one.Start)}, M = 64, 1000 constant steps)", MeanOfRuns.Limit, distance, QuadraticCurves.Derived,
                $"largest distance in standard errors of the difference of two counts, {Replicas} runs here and {ReferenceRuns} there; seed 7", PredictionKind.Exact).UpTo(Steps, "k").At("runs", Replicas, ReferenceRuns));
        }

        var (products, product) = Products(progress, cancellation);
        claims.Add(product);
        var worst = fractions.Where(series => series.Style == SeriesStyle.Points).Select(series => series.Y[2]).ToArray();
        return new ReproductionResult
        {
            Claims = claims,
            Figures =
            [
                new Figure
                {
                    Id = "figure-10",
                    Title = $"Half-way to the edge of linear stability {DisplayNumber.Of(Math.Round(100 * worst.Min(), 1))} to {DisplayNumber.Of(Math.Round(100 * worst.Max(), 1))} % of runs diverge",
                    Caption = $"(a) Fraction of {Replicas} runs of the signed model that diverge in 1000 constant steps against η/η_max (dots; bars: 95 %), beside the counts of an independent program ({ReferenceRuns} runs; dotted); M = 64, d = 4096, labels (α, β). (b) Product v₊v₋/c of the first coordinate: the flow conserves it, SGD makes it decay; mean of {ProductRuns} runs (dots; bars: 10 to 90 % of the runs) and closed moments (dashed); α = 3, β = 1.5, M = 64, d = 6.4 × 10^{{4}}, σ² = 0.25, c = 0.5.",
                    Panels =
                    [
                        new Panel { Title = "diverged runs", X = new Axis("η/η_{max}"), Y = new Axis("fraction of runs", false, 0, 1), Series = [.. fractions, SolutionSeries.Key("here", SeriesStyle.Points), SolutionSeries.Key("independent program", SeriesStyle.Dotted)] },
                        new Panel { Title = "product of the weights", X = new Axis("step k"), Y = new Axis("v₊v₋/c of coordinate 1", true), Series = [.. products, SolutionSeries.Key("SGD", SeriesStyle.Points), SolutionSeries.Key("closed moments", SeriesStyle.Dashed)] },
                    ],
                },
            ],
        };
    }

    private static (List<Series> Series, Claim Claim) Products(IProgress<Progress>? progress, CancellationToken cancellation)
    {
        var series = new List<Series>();
        var problem = new QuadraticProblem { ModelSize = 64, Noise = 0.25, Start = 0.5 };
        var ratios = new List<(double Mean, double Theory, double Error)>();
        foreach (var (index, rate) in ProductRates.Index())
        {
            progress?.Report(new Progress(0.7 + (0.3 * index / ProductRates.Length), "products"));
            long[] steps = [.. Enumerable.Range(0, 21).Select(k => k * ProductSteps / 20)];
            var runs = problem.Run(new QuadraticSgd { LearningRate = rate, Steps = ProductSteps, AtSteps = steps, Replicas = ProductRuns, Threads = 1 }, cancellation);
            var closure = problem.Run(new MomentClosure { LearningRate = rate, Steps = ProductSteps, AtSteps = steps }, cancellation);
            series.Add(SolutionSeries.Of(closure, "product", $"η = {DisplayNumber.Of(rate)}", index, SeriesStyle.Dashed, "step", keepsZero: true));
            series.Add(SolutionSeries.Of(runs, "product", $"η = {DisplayNumber.Of(rate)}", index, SeriesStyle.Points, "step", keepsZero: true));
            ratios.Add((-Math.Log(runs["product"][^1]), -Math.Log(closure["product"][^1]), runs["product-se"][^1] / runs["product"][^1]));
        }

        var (mean, theory, error) = ratios[0];
        return (series, Claim.Relative(
            "product-decay", "v₊v₋ of the first coordinate decays as exp(−Σ η²(λ₁A + 2λ₁²e₁²)) (signed, α = 3, β = 1.5, M = 64, σ² = 0.25, η = 0.01, 10^{4} steps)", theory, mean, 0.05, QuadraticCurves.Derived,
            $"−ln of the mean product of {ProductRuns} runs against that of the closed moments; seed 1", PredictionKind.Heuristic, MeanOfRuns.Half(error, ProductRuns)).UpTo(ProductSteps, "k").At("runs", ProductRuns));
    }
}
