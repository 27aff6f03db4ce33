using Eigenflow.Data;
using Eigenflow.Figures;
using Eigenflow.Solutions;
using static Eigenflow.Systems.InAndOutOfEquilibrium.EquilibriumCurves;

namespace Eigenflow.Systems.InAndOutOfEquilibrium;

/// <summary>Figure 8: the effective landscape of one parameter, where noise gathers probability away from the minimum of the loss.</summary>
internal static class LandscapeFigure
{
    private const int Samples = 6;
    private const int Blocks = 32;
    private const int ChainsOfBlock = 256;
    private const int BurnIn = 400;
    private const int Readings = 400;
    private const int Apart = 5;
    private const int Bins = 48;
    private const double Extent = 6;
    private const double FewestCounts = 200;
    private const double RatePart = 0.05;

    public static ReproductionResult Run(IProgress<Progress>? progress, CancellationToken cancellation)
    {
        // A line through zero fitted to a parabola: gradients and curvatures of the samples go together, so that noise leans.
        var rows = SampleData.Reference(Samples).Rows;
        var table = new double[2 * Samples];
        for (var i = 0; i < Samples; i++)
            (table[2 * i], table[(2 * i) + 1]) = (rows[2 * i] + 1, (rows[2 * i] + 1) * (rows[2 * i] + 1));
        var problem = new EquilibriumProblem { Model = EquilibriumModel.Rows, Rows = new DataMatrix(Samples, 2, table), Batch = 1, NoiseScale = 0.5, Prior = 0.1 };
        var expansion = problem.Expand();
        var rate = RatePart / expansion.Largest;
        problem = problem with { LearningRate = rate };
        var landscape = new EffectiveLandscape(expansion, rate);
        var width = 2 * Extent * landscape.Scale / Bins;
        var counts = Count(problem, width, progress, cancellation);
        var total = counts.Sum(count => count.Sum());
        double[] centres = [.. Enumerable.Range(0, Bins).Select(k => (k + 0.5 - (Bins / 2)) * width)];
        var kept = Enumerable.Range(0, Bins).Where(k => counts.Sum(count => count[k]) >= FewestCounts).ToArray();
        double Gaussian(double delta) => (delta * delta / (2 * landscape.Scale * landscape.Scale)) + Math.Log(landscape.Scale * Math.Sqrt(2 * Math.PI));
        double Seen(int k) => -Math.Log(counts.Sum(count => count[k]) / (total * width));
        var scale = landscape.Scale;
        var left = kept[0];
        var right = kept[^1];

        // Asymmetry of the law: a Gaussian has none, whatever its width.
        double asymmetry = landscape.Potential(-2 * scale) - landscape.Potential(2 * scale), own = Asymmetry(counts, width, scale), half = Half(counts, width, scale);
        double[] grid = [.. Enumerable.Range(0, 161).Select(k => ((k / 80.0) - 1) * Math.Max(-centres[left], centres[right]))];
        return new ReproductionResult
        {
            Claims =
            [
                Claim.Relative("landscape-asymmetry", "Φ = ln D + η∫L'/D is the effective landscape of one parameter (η h = 0.05)", asymmetry, own, 0.15, Derived, $"Φ(−2s) − Φ(2s) with s the standard deviation of the Ornstein–Uhlenbeck law, from histograms of {Blocks * ChainsOfBlock} chains, seed 81", PredictionKind.Asymptotic, half).At("chains", Blocks * ChainsOfBlock).Over("η → 0"),
            ],
            Figures =
            [
                new Figure
                {
                    Id = "figure-8",
                    Title = $"The effective landscape leans by {DisplayNumber.WithInterval(own, half)} where theory says {DisplayNumber.Of(asymmetry, 3)} and a parabola nothing",
                    Caption = DisplayText.Of($"(a) Effective landscape Φ = −ln P of one parameter: by Φ = ln D + η∫L'/D (line), by the parabola of the Ornstein–Uhlenbeck law (dashed), and in {Blocks * ChainsOfBlock} chains (dots). (b) The diffusion D(δ) in parts of that at the minimum. A line through zero fitted to six points of a parabola, d = 1, B = 1, s = 0.5, η h = {RatePart}."),
                    Panels =
                    [
                        new Panel
                        {
                            Title = "effective landscape",
                            X = new Axis("distance from the minimum δ"),
                            Y = new Axis("Φ = −ln P"),
                            Series =
                            [
                                new Series { Label = "ln D + η∫L'/D", X = grid, Y = [.. grid.Select(landscape.Potential)], Color = 0 },
                                new Series { Label = "parabola", X = grid, Y = [.. grid.Select(Gaussian)], Color = 1, Style = SeriesStyle.Dashed },
                                new Series { Label = "chains", X = [.. kept.Select(k => centres[k])], Y = [.. kept.Select(Seen)], Color = 0, Style = SeriesStyle.Points },
                            ],
                        },
                        new Panel { Title = "diffusion", X = new Axis("distance from the minimum δ"), Y = new Axis("D(δ)/D(0)"), Series = [new Series { Label = "", X = grid, Y = [.. grid.Select(at => landscape.Diffusion(at) / landscape.Diffusion(0))], Color = 2 }] },
                    ],
                },
            ],
        };
    }

    // −ln P between the mirrored places ∓2s, from the counts within a quarter of s around them.
    private static double Asymmetry(List<double[]> counts, double width, double scale)
    {
        double low = 0, high = 0;
        for (var k = 0; k < Bins; k++)
        {
            var centre = (k + 0.5 - (Bins / 2)) * width;
            var sum = counts.Sum(count => count[k]);
            low += Math.Abs(centre + (2 * scale)) <= scale / 4 ? sum : 0;
            high += Math.Abs(centre - (2 * scale)) <= scale / 4 ? sum : 0;
        }

        return Math.Log(high / low);
    }

    private static double Half(List<double[]> counts, double width, double scale)
    {
        double[] without = [.. Enumerable.Range(0, counts.Count).Select(block => Asymmetry([.. counts.Where((_, k) => k != block)], width, scale))];
        var mean = without.Average();
        return Normal95 * Math.Sqrt(without.Sum(value => (value - mean) * (value - mean)) * (counts.Count - 1) / counts.Count);
    }

    private static List<double[]> Count(EquilibriumProblem problem, double width, IProgress<Progress>? progress, CancellationToken cancellation)
    {
        var plan = new ChainMethod { Scheme = SamplingScheme.WithReplacement, Chains = Blocks * ChainsOfBlock, Steps = BurnIn + (Readings * Apart), BurnIn = BurnIn + (Readings * Apart), Seed = 81 }.Plan(problem) with { Chains = ChainsOfBlock };
        var counts = new List<double[]>();
        for (var block = 0; block < Blocks; block++)
        {
            cancellation.ThrowIfCancellationRequested();
            progress?.Report(new Progress((double)block / Blocks, "running chains"));
            var (chains, own) = (new ChainBlock(plan, block), new double[Bins]);
            chains.Advance(BurnIn);
            for (var reading = 0; reading < Readings; reading++)
            {
                chains.Advance(Apart);
                foreach (var delta in chains.State)
                {
                    var bin = (int)Math.Floor((delta / width) + (Bins / 2.0));
                    if (bin >= 0 && bin < Bins)
                        own[bin]++;
                }
            }

            counts.Add(own);
        }

        return counts;
    }
}
