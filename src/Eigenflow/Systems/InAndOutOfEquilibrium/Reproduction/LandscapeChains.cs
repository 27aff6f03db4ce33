using Eigenflow.Solutions;

namespace Eigenflow.Systems.InAndOutOfEquilibrium;

/// <summary>Chains of one parameter with replacement: a histogram and the skewness, beside those of the Fokker–Planck equation and of the exact third moment.</summary>
/// <param name="Landscape">Φ.</param>
/// <param name="Counts">Readings in even bins around the minimum.</param>
/// <param name="Readings">Number of all readings.</param>
/// <param name="Skewness">Measured, with its standard error over blocks.</param>
/// <param name="PredictedSkewness">Of exp(−Φ).</param>
/// <param name="ExactSkewness">By the recursion of the third moment.</param>
internal sealed record LandscapeChains(EffectiveLandscape Landscape, double[] Counts, double Readings, (double Value, double Error) Skewness, double PredictedSkewness, double ExactSkewness)
{
    /// <summary>Number of chains.</summary>
    public const int Chains = Blocks * ChainsOfBlock;

    /// <summary>Steps that are read of each, every tenth.</summary>
    public const int Steps = 8000;

    private const int Blocks = 32;
    private const int ChainsOfBlock = 256;
    private const int BurnIn = 400;
    private const int Apart = 10;
    private const int Cells = 4000;
    private const double Deviations = 10;

    /// <summary>Runs.</summary>
    /// <param name="problem">Of one parameter, B = 1.</param>
    /// <param name="ratePart">η h.</param>
    /// <param name="bins">Bins of the histogram.</param>
    /// <param name="extent">Their reach on both sides in standard deviations.</param>
    /// <param name="progress">Receives reports, or null.</param>
    /// <param name="cancellation">Ends the runs.</param>
    public static LandscapeChains Run(EquilibriumProblem problem, double ratePart, int bins, double extent, IProgress<Progress>? progress, CancellationToken cancellation)
    {
        var expansion = problem.Expand();
        problem = problem with { LearningRate = ratePart / expansion.Largest };
        var landscape = new EffectiveLandscape(expansion, problem.Rate);
        var plan = new ChainMethod { Scheme = SamplingScheme.WithReplacement, Chains = Chains, Steps = BurnIn + Steps, BurnIn = BurnIn + Steps, Seed = 81 }.Plan(problem) with { Chains = ChainsOfBlock };
        var (counts, readings, width) = (new double[bins], 0.0, 2 * extent * landscape.Scale / bins);
        double[][] moments = new double[Blocks][];
        for (var block = 0; block < Blocks; block++)
        {
            cancellation.ThrowIfCancellationRequested();
            progress?.Report(new Progress((double)block / Blocks, "running chains"));
            var chains = new ChainBlock(plan, block);
            chains.Advance(BurnIn);
            var own = moments[block] = new double[4];
            for (var step = 0; step < Steps; step += Apart)
            {
                chains.Advance(Apart);
                foreach (var delta in chains.State)
                {
                    var u = delta / landscape.Scale;
                    own[0]++;
                    own[1] += u;
                    own[2] += u * u;
                    own[3] += u * u * u;
                    readings++;
                    var bin = (int)Math.Floor((delta / width) + (bins / 2.0));
                    if (bin >= 0 && bin < bins)
                        counts[bin]++;
                }
            }
        }

        double[] total = [.. Enumerable.Range(0, 4).Select(k => moments.Sum(one => one[k]))];
        double[] without = [.. moments.Select(one => SkewnessOf([.. total.Zip(one, (all, part) => all - part)]))];
        var mean = without.Average();
        var error = Math.Sqrt(without.Sum(value => (value - mean) * (value - mean)) * (Blocks - 1) / Blocks);
        return new LandscapeChains(landscape, counts, readings, (SkewnessOf(total), error), Predicted(landscape), Exact(expansion, problem.Rate));
    }

    private static double SkewnessOf(double[] sums)
    {
        double mean = sums[1] / sums[0], square = sums[2] / sums[0], cube = sums[3] / sums[0], variance = square - (mean * mean);
        return (cube - (3 * mean * square) + (2 * mean * mean * mean)) / Math.Pow(variance, 1.5);
    }

    private static double Predicted(EffectiveLandscape landscape)
    {
        var sums = new double[4];
        for (var k = 0; k <= Cells; k++)
        {
            var u = ((2.0 * k / Cells) - 1) * Deviations;
            var part = Math.Exp(-landscape.Potential(u * landscape.Scale));
            for (var power = 0; power < 4; power++)
                sums[power] += part * Math.Pow(u, power);
        }

        return SkewnessOf(sums);
    }

    // δ' = aδ + b of one sample, a = 1 − ηH_i, b = −ηg_i: the moments of δ' and δ are equal.
    private static double Exact(LocalExpansion expansion, double rate)
    {
        double a2 = 0, b2 = 0, a3 = 0, b3 = 0, mixed = 0, n = expansion.Samples;
        for (var i = 0; i < expansion.Samples; i++)
        {
            double a = 1 - (rate * expansion.Hessians[i]), b = -rate * expansion.Gradients[i];
            (a2, b2, a3, b3, mixed) = (a2 + (a * a / n), b2 + (b * b / n), a3 + (a * a * a / n), b3 + (b * b * b / n), mixed + (a * a * b / n));
        }

        var variance = b2 / (1 - a2);
        return ((3 * mixed * variance) + b3) / (1 - a3) / Math.Pow(variance, 1.5);
    }
}
