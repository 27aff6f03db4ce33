using Eigenflow.Figures;
using Eigenflow.Numerics.Dense;
using Eigenflow.Solutions;
using static Eigenflow.Systems.DiffusionSpectralBias.DiffusionCurves;

namespace Eigenflow.Systems.DiffusionSpectralBias;

/// <summary>Figure 21: the plane of weight and bias of one mode whose data have a mean.</summary>
internal static class MeanFigure
{
    private const double Variance = 1, Noise = 0.5;
    private const double LargeMean = 20;
    private const int Cells = 41;
    private const int From = 600, To = 1000;
    private static readonly double[] Means = [0, 1, 2];

    public static ReproductionResult Run(IProgress<Progress>? progress, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        double[] slow = [.. Means.Select(mean => Rates(mean)[1])];
        const double total = Variance + (Noise * Noise);
        double sum = total + (Means[^1] * Means[^1]) + 1, predicted = 0.5 * (sum - Math.Sqrt((sum * sum) - (4 * total)));
        return new ReproductionResult
        {
            Claims =
            [
                Claim.Relative("mean-rate", "the rates of weight and bias add up to 2η times λ + σ^{2} + m^{2} + 1 and multiply to (2η)^{2}(λ + σ^{2}): late steps follow the slower one (m = 2)", predicted, Late(Means[^1], cancellation), 1e-6, Derived, DisplayText.Of($"decay of the weight between steps {From} and {To} of gradient descent with the bias, σ = {Noise}")),
                Claim.Relative("mean-slow", "so that a large mean makes one combination slow, (λ + σ^{2})/(1 + m^{2} + λ + σ^{2}) (m = 20)", total / (1 + (LargeMean * LargeMean) + total), Rates(LargeMean)[1], 0.005, Derived, "smallest eigenvalue of G", PredictionKind.Asymptotic).Over("m ≫ 1"),
            ],
            Figures =
            [
                new Figure
                {
                    Id = "figure-21",
                    Title = $"A mean of {DisplayNumber.Of(Means[^1])} makes one combination of weight and bias {DisplayNumber.Of(slow[0] / slow[^1], 2)} times slower",
                    Caption = DisplayText.Of($"Gradient flow of weight w and bias b of a denoiser of one mode at σ = {Noise}: streamlines; dashed: where one of them stands still; the dot is the optimum w* = λ/(λ + σ^{{2}}), b* = (1 − w*) m. Variance λ = {Variance}, means m = {Means[0]}, {Means[1]} and {Means[2]}."),
                    Panels = [.. Means.Select(Panel)],
                },
            ],
        };
    }

    // (1 − 2ηω r)^n of the distance to the optimum.
    private static double Late(double mean, CancellationToken cancellation)
    {
        var problem = Problem(new(ArchitectureKind.OneLayer), 0, [Variance]) with { Mean = [mean], Weighting = NoiseWeighting.Inverse, LearningRate = 0.02, WeightSigma = Noise };
        const double optimum = Variance / (Variance + (Noise * Noise));
        var weights = problem.Solve(new DiffusionDescent { Steps = To, AtSteps = [From, To], Shown = [0] }, null, cancellation)["weight1"];
        return (1 - Math.Pow((weights[^1] - optimum) / (weights[^2] - optimum), 1.0 / (To - From))) / (2 * problem.LearningRate * problem.Levels.At(Noise).Weight);
    }

    private static double[] Rates(double mean)
    {
        var problem = Problem(new(ArchitectureKind.OneLayer), 0, [Variance]) with { Mean = [mean] };
        return DenseAlgebra.Best.SymmetricEigenvalues(new CoupledTheory(problem).Curvature(problem.Levels.At(Noise)), 2);
    }

    // Where the weight or the bias stands still, within the picture.
    private static IEnumerable<Series> Still(double mean, double w, double bias, double[] x, double[] y)
    {
        var slope = -(Variance + (Noise * Noise) + (mean * mean)) / mean;
        double[] weights = mean == 0 ? [] : [w + ((y[^1] - bias) / slope), w + ((y[0] - bias) / slope)];
        if (mean > 0)
            yield return new Series { Label = "dw = 0", X = weights, Y = [y[^1], y[0]], Style = SeriesStyle.Dashed, Color = 0 };
        double[] ends = mean == 0 ? [x[0], x[^1]] : [Math.Max(x[0], w - ((y[^1] - bias) / mean)), Math.Min(x[^1], w - ((y[0] - bias) / mean))];
        yield return new Series { Label = "db = 0", X = ends, Y = [.. ends.Select(at => bias - (mean * (at - w)))], Style = SeriesStyle.Dashed, Color = 2 };
    }

    private static Panel Panel(double mean)
    {
        const double total = Variance + (Noise * Noise), w = Variance / total;
        var bias = (1 - w) * mean;
        double[] x = [.. Enumerable.Range(0, Cells).Select(i => w + (3.0 * ((2.0 * i / (Cells - 1)) - 1)))], y = [.. Enumerable.Range(0, Cells).Select(i => bias + (3.0 * ((2.0 * i / (Cells - 1)) - 1)))];
        (double W, double B) Slope(double gain, double b) => (-((total + (mean * mean)) * (gain - w)) - (mean * (b - bias)), -(mean * (gain - w)) - (b - bias));
        double[] horizontal = new double[Cells * Cells], vertical = new double[Cells * Cells];
        for (var j = 0; j < Cells; j++)
        {
            for (var i = 0; i < Cells; i++)
                (horizontal[(j * Cells) + i], vertical[(j * Cells) + i]) = Slope(x[i], y[j]);
        }

        return new Panel
        {
            Title = FormattableString.Invariant($"m = {mean}"),
            X = new Axis("weight w", false, x[0], x[^1]),
            Y = new Axis("bias b", false, y[0], y[^1]),
            Field = new VectorField { Label = "gradient flow", X = x, Y = y, HorizontalParts = horizontal, VerticalParts = vertical },
            Series = [.. Still(mean, w, bias, x, y), new Series { Label = "optimum", X = [w], Y = [bias], Style = SeriesStyle.Points, Role = SeriesRole.Theory, Color = 1 }],
        };
    }
}
