using Eigenflow.Figures;
using Eigenflow.Numerics.Dense;
using Eigenflow.Numerics.RandomMatrix;
using Eigenflow.Random;
using Eigenflow.Solutions;

namespace Eigenflow.Systems.ScalingRenormalization;

/// <summary>Eigenvalues of sample covariances: densities against histograms of one drawn matrix each, and S-transforms, which multiply.</summary>
internal static class SpectraFigures
{
    private const int Size = 400;
    private const double Tolerance = 0.02;
    private const int Bins = 24;

    public static ReproductionResult Densities(IProgress<Progress>? progress, CancellationToken cancellation)
    {
        (string Id, string Title, double[] Values, int Samples, int[] Widths)[] cases =
        [
            ("white-wide", "white, D/P = 0.1", Flat(Size), 10 * Size, []), ("white", "white, D/P = ½", Flat(Size), 2 * Size, []),
            ("white-narrow", "white, D/P = 4", Flat(4 * Size), Size, []), ("structured", "η_{k} = k^{−1.2}, D/P = ½", Law(1.2), 2 * Size, []),
            ("deep", "features, D/P = ½, D/N = ¼", Flat(Size), 2 * Size, [4 * Size]), ("features", "features, D/P = 1, D/N = 4", Flat(4 * Size), 4 * Size, [Size]),
        ];
        var panels = new List<Panel>();
        var claims = new List<Claim>();
        var farthest = 0.0;
        foreach (var (k, (id, title, values, samples, widths)) in cases.Index())
        {
            cancellation.ThrowIfCancellationRequested();
            progress?.Report(new Progress((double)k / cases.Length, title));

            // Entries of variance 1/N, so that a wide layer changes nothing.
            var equivalent = new RidgeEquivalent(Of(values), samples, [.. widths.Select(width => new GaussianLayer(width, 1.0 / width))]);
            double[] drawn = [.. Drawn(values, samples, widths, k).Order()];
            var (low, high) = (drawn[0] / 1.3, drawn[^1] * 1.2);
            double[] grid = TimeGrid.Logarithmic(low, high, 400)[1..];

            // Per eigenvalue of the kernel that is not zero, and per unit of ln l.
            var part = (double)samples / drawn.Length;
            double[] density = [.. grid.Select(value => SpectralDensity.OfKernel(equivalent, value) * value * part)];
            var distance = Distance(grid, density, drawn);
            farthest = Math.Max(farthest, distance);
            claims.Add(Claim.AtMost("density-" + id, $"eigenvalues of a sample covariance have the predicted density ({DisplayNumber.Plain(title)}, {drawn.Length} eigenvalues): largest distance of the distributions", Tolerance, distance, RegressionReproduction.Paper, "one drawn matrix; density integrated over 400 values", PredictionKind.Asymptotic).At("eigenvalues", drawn.Length));
            panels.Add(new Panel
            {
                Title = title,
                X = new Axis("eigenvalue l", true),
                Y = new Axis("density in ln l", false, 0),
                Series = [new Series { Label = "theory", X = grid, Y = density, Color = CurveColors.Neutral }, Histogram(drawn, low, high)],
            });
        }

        return new ReproductionResult
        {
            Claims = claims,
            Figures = [new Figure { Id = "figure-9", Title = $"Eigenvalues of six matrices follow the predicted distributions within {Headline.Percent(farthest)}", Columns = 3, Caption = $"Density of the eigenvalues that are not zero, per unit of ln l, of (1/P) ΦΦ^{{T}}, {Size} of them each: theory by continuation to the negative axis (lines), and histograms of one matrix each (dots, {Bins} bins).", Panels = panels }],
        };
    }

    public static ReproductionResult Transforms(IProgress<Progress>? progress, CancellationToken cancellation)
    {
        const int Samples = 800;
        progress?.Report(new Progress(0, "S-transforms"));
        cancellation.ThrowIfCancellationRequested();
        var values = Law(1.5);
        var population = Of(values);
        double[] fractions = [.. Enumerable.Range(1, 18).Select(k => 0.05 * k)];
        var product = Of(Drawn(values, Samples, [], 11));
        var factor = Of(Drawn(Flat(Size), Samples, [], 12));
        double White(double fraction) => 1 / (1 - ((double)Size / Samples * fraction));
        double[] theory = [.. fractions.Select(fraction => population.STransform(fraction) * White(fraction))];
        var series = new Series { Label = "sample covariance", X = fractions, Y = [.. fractions.Select(product.STransform)], Style = SeriesStyle.Points, Color = 1, Expected = theory };
        var noise = new Series { Label = "white sample covariance", X = fractions, Y = [.. fractions.Select(factor.STransform)], Style = SeriesStyle.Points, Color = 0, Expected = [.. fractions.Select(White)] };
        var largest = Math.Max(series.LargestDeparture(), noise.LargestDeparture());
        return new ReproductionResult
        {
            Claims = [Claim.AtMost("s-transforms-multiply", "the S-transform of a sample covariance is that of the covariance times that of white noise (D = 400, P = 800, k^(−1.5)): largest departure", 0.05, largest, RegressionReproduction.Paper, "one drawn matrix each, df = 0.05 to 0.9", PredictionKind.Asymptotic).At("D", Size)],
            Figures =
            [
                new Figure
                {
                    Id = "figure-10",
                    Title = Headline.Departure("S-transforms of drawn matrices", "their products", largest),
                    Caption = $"S(df) of the covariance k^{{−1.5}} and of its sample covariance (a), and of white noise (b): lines 1/(1 − df D/P), and its product with that of the covariance; dots one drawn matrix each. D = {Size}, P = {Samples}.",
                    Panels =
                    [
                        new Panel
                        {
                            Title = "structured",
                            X = new Axis("degrees of freedom df/D"),
                            Y = new Axis("S", true),
                            Series = [SolutionSeries.Function(fractions, population.STransform, "covariance", CurveColors.Neutral, SeriesStyle.Dotted), new Series { Label = "product", X = fractions, Y = theory, Color = 1 }, series],
                        },
                        new Panel { Title = "white", X = new Axis("degrees of freedom df/D"), Y = new Axis("S", false, 1), Series = [SolutionSeries.Function(fractions, White, "1/(1 − df D/P)", 0, SeriesStyle.Line), noise] },
                    ],
                },
            ],
        };
    }

    private static double[] Flat(int dimension) => [.. Enumerable.Repeat(1.0, dimension)];

    private static double[] Law(double exponent) => [.. Enumerable.Range(1, Size).Select(k => Math.Pow(k, -exponent))];

    private static Population Of(double[] values) => Population.Of(values, Flat(values.Length), new double[values.Length]);

    // Eigenvalues of (1/P) ΦᵀΦ that are not zero, Φ = X F_1 …, descending.
    private static double[] Drawn(double[] values, int samples, int[] widths, int number)
    {
        var design = new double[samples * values.Length];
        GaussianGenerator.Fill(new GaussianAddress(61, Stream: 0, number, Step: 0), 0, design);
        for (var k = 0; k < design.Length; k++)
            design[k] *= Math.Sqrt(values[k % values.Length]);
        var before = values.Length;
        foreach (var (layer, width) in widths.Index())
        {
            var weights = new double[before * width];
            GaussianGenerator.Fill(new GaussianAddress(61, Stream: layer + 1, number, Step: 0), 0, weights);
            for (var k = 0; k < weights.Length; k++)
                weights[k] /= Math.Sqrt(width);
            var next = new double[samples * width];
            MatrixProduct.Multiply(design, weights, next, samples, before, width);
            (design, before) = (next, width);
        }

        // Through the smaller of ΦΦᵀ and ΦᵀΦ.
        var count = Math.Min(Math.Min(samples, before), values.Length);
        var size = Math.Min(samples, before);
        var gram = new double[size * size];
        if (samples <= before)
        {
            var transposed = new double[design.Length];
            MatrixProduct.Transpose(design, transposed, samples, before);
            MatrixProduct.Multiply(design, transposed, gram, samples, before, samples);
        }
        else
        {
            MatrixProduct.MultiplyTransposed(design, design, gram, before, samples, before);
        }

        return [.. DenseAlgebra.Best.SymmetricEigenvalues(gram, size).Take(count).Select(value => value / samples)];
    }

    private static Series Histogram(double[] drawn, double low, double high)
    {
        var width = Math.Log(high / low) / Bins;
        var counts = new double[Bins];
        foreach (var value in drawn)
            counts[Math.Clamp((int)(Math.Log(value / low) / width), 0, Bins - 1)] += 1 / (drawn.Length * width);
        return new Series { Label = "drawn", X = [.. Enumerable.Range(0, Bins).Select(k => low * Math.Exp((k + 0.5) * width))], Y = counts, Style = SeriesStyle.Points, Color = 1 };
    }

    // Kolmogorov's distance between the drawn eigenvalues and the integral of the density.
    private static double Distance(double[] grid, double[] density, double[] drawn)
    {
        double sum = 0, distance = 0;
        for (var k = 1; k < grid.Length; k++)
        {
            sum += (density[k] + density[k - 1]) / 2 * Math.Log(grid[k] / grid[k - 1]);
            distance = Math.Max(distance, Math.Abs(sum - (drawn.Count(value => value <= grid[k]) / (double)drawn.Length)));
        }

        return distance;
    }
}
