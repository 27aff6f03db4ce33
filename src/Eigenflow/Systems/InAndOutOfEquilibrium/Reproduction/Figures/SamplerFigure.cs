using Eigenflow.Figures;
using Eigenflow.Scaling;
using Eigenflow.Solutions;
using static Eigenflow.Systems.InAndOutOfEquilibrium.EquilibriumCurves;

namespace Eigenflow.Systems.InAndOutOfEquilibrium;

/// <summary>Figure 7: how far SGLD and Langevin dynamics in shuffled epochs are from the posterior, against the learning rate and the number of batches.</summary>
internal static class SamplerFigure
{
    private const int Samples = 64;
    private const int Chains = 8192;
    private const double SmallPart = 0.002, LargePart = 0.08;

    private static readonly int[] Batches = [4, 8, 16, 32];
    private static readonly (SamplingScheme Scheme, bool IsCorrected, string Name)[] Others =
        [(SamplingScheme.Sgworld, false, "SGWORLD"), (SamplingScheme.ShuffledSymmetric, false, "forward and backward"), (SamplingScheme.Sgworld, true, "SGWORLD, corrected"), (SamplingScheme.Langevin, false, "all samples")];

    public static ReproductionResult Run(IProgress<Progress>? progress, CancellationToken cancellation)
    {
        var (curves, claims, ratios) = (new List<Series>(), new List<Claim>(), new List<double[]>());
        var scale = 1 / Problem(Batches[0]).Expand().Largest;
        foreach (var (index, batches) in Batches.Index())
        {
            cancellation.ThrowIfCancellationRequested();
            progress?.Report(new Progress((double)index / Batches.Length, "moments of samplers"));
            var expansion = Problem(batches).Expand();
            double Kl(SamplingScheme scheme, double rate, bool isCorrected = false) => SchemeTheory.Of(expansion, new SchemeOptions(scheme, rate, 1, IsCorrected: isCorrected)).Distance.Kl;
            var rates = Logarithmic(scale * 1e-4, scale * 0.1, 13);
            double[] epochRates = [.. rates.Where(rate => rate * batches / scale <= 1)];
            curves.Add(Line($"M = {batches}", rates, rate => Kl(SamplingScheme.Sgld, rate), index, SeriesStyle.Dashed));
            curves.Add(Line($"M = {batches}", epochRates, rate => Kl(SamplingScheme.Sgworld, rate), index));
            double small = SmallPart * scale / batches, sgld = Kl(SamplingScheme.Sgld, small);
            ratios.Add([.. Others.Select(one => sgld / Kl(one.Scheme, small, one.IsCorrected))]);
            foreach (var (scheme, name) in ((SamplingScheme, string)[])[(SamplingScheme.Sgld, "SGLD"), (SamplingScheme.Sgworld, "SGWORLD")])
            {
                claims.Add(Claim.Absolute($"kl-slope-{ChainMethod.NameOf(scheme)}-m{batches}", $"the divergence of {name} from the posterior is ∝ η^{{2}} (M = {batches})", 2, Slope(rate => Kl(scheme, rate), small / 10, small), 0.05, Paper, DisplayText.Of($"exact moments at η h_max M = {SmallPart / 10:G2} and {SmallPart:G2}{(scheme == SamplingScheme.Sgld ? "" : " over sampled orders, with their partitions as control variates")}"), PredictionKind.Asymptotic).Over("η → 0"));
            }

            claims.Add(Claim.AtLeast($"kl-ratio-m{batches}", $"SGWORLD is closer to the posterior than SGLD by an order of magnitude (M = {batches})", 10, ratios[^1][0], Paper, DisplayText.Of($"ratio of divergences at η h_max M = {SmallPart:G2}, exact moments"), PredictionKind.Heuristic));
        }

        var reference = Reference.Theory(SamplingScheme.Sgworld, 1e-3, NoisePlacement.PerEpoch).Distance.Kl / Reference.Theory(SamplingScheme.Sgld, 1e-3).Distance.Kl;
        claims.Add(Claim.AtLeast("noise-per-epoch", "thermal noise once an epoch is worse than SGLD (six rows without randomness, η = 10^{−3})", 1, reference, Derived, "ratio of divergences, exact moments", PredictionKind.Exact));
        claims.AddRange(Chain(scale, cancellation));
        var floor = Line("all samples", Logarithmic(scale * 1e-4, scale * 0.1, 13), rate => Problem(4).Theory(SamplingScheme.Langevin, rate).Distance.Kl, CurveColors.Neutral, SeriesStyle.Dotted);
        double[] m = [.. Batches.Select(batches => (double)batches)];
        return new ReproductionResult
        {
            Claims = claims,
            Figures =
            [
                new Figure
                {
                    Id = "figure-7",
                    Title = $"Shuffled epochs are {DisplayNumber.Of(ratios.Min(one => one[0]), 2)} to {DisplayNumber.Of(ratios.Max(one => one[0]), 2)} times closer to the posterior than SGLD",
                    Caption = DisplayText.Of($"(a) Kullback–Leibler divergence of the Gaussian with the exact moments of SGLD (dashed) and of Langevin dynamics in shuffled epochs of M batches (SGWORLD, lines) from the posterior; dotted: all samples in every step. (b) Divergence of SGLD over that of others at η h_max M = {SmallPart}. Bayesian linear regression, N = {Samples}, d = 2, s = 0.5, λ = 1; sampled orders, with their partitions as control variates."),
                    Panels =
                    [
                        new Panel { Title = "divergence from the posterior", X = new Axis("learning rate η", true), Y = new Axis("divergence KL", true), Series = [.. curves, floor, SolutionSeries.Key("SGLD", SeriesStyle.Dashed), SolutionSeries.Key("SGWORLD", SeriesStyle.Line)], Slopes = [curves[0].Guide(curves[0].X[4], curves[0].X[8], 2)] },
                        new Panel
                        {
                            Title = "gain over SGLD",
                            X = new Axis("batches of an epoch M", true),
                            Y = new Axis("KL of SGLD over KL", true),
                            Series = [.. Others.Select((one, k) => new Series { Label = one.Name, X = m, Y = [.. ratios.Select(ratio => ratio[k])], Color = k == 3 ? CurveColors.Neutral : k, Style = k switch { 1 => SeriesStyle.Points, 3 => SeriesStyle.Dotted, _ => SeriesStyle.Line }, Role = SeriesRole.Theory })],
                        },
                    ],
                },
            ],
        };
    }

    private static EquilibriumProblem Problem(int batches) => new() { Samples = Samples, Batch = Samples / batches, NoiseScale = 0.5, Prior = 1, Seed = 7 };

    // At a step size where the error of SGLD is far above what chains can tell.
    private static IEnumerable<Claim> Chain(double scale, CancellationToken cancellation)
    {
        var problem = Problem(8) with { LearningRate = 0.02 * scale };
        foreach (var scheme in (SamplingScheme[])[SamplingScheme.Sgld, SamplingScheme.Sgworld, SamplingScheme.ShuffledSymmetric])
        {
            var theory = problem.Theory(scheme, 0.02 * scale);
            var burnIn = EquilibriumParameters.Relaxation(theory.Expansion, theory.UnitRate);
            var run = problem.Stationary(new ChainMethod { Scheme = scheme, Chains = Chains, BurnIn = burnIn, Steps = 4 * burnIn, Seed = 71 }, cancellation);
            yield return Measured($"sampler-{ChainMethod.NameOf(scheme)}", $"the variance of {ChainMethod.NameOf(scheme)} is that of the exact moments (M = 8, η h_max = 0.02)", theory.Exact.Covariance[0, 0], run.CovarianceOf(0, 0), 0.01, Derived, $"{Chains} chains, seed 71").At("chains", Chains);
        }

        // The divergence is quadratic in the step size, what sampling adds is not: a larger step tells more.
        var large = Problem(8) with { LearningRate = LargePart * scale };
        var posterior = large.Theory(SamplingScheme.Sgld, LargePart * scale);
        var relaxation = EquilibriumParameters.Relaxation(posterior.Expansion, posterior.UnitRate);
        var kl = large.Stationary(new ChainMethod { Scheme = SamplingScheme.Sgld, Chains = Chains, BurnIn = relaxation, Steps = 9 * relaxation, Seed = 72 }, cancellation).Distance(one => one.Kl);
        yield return Measured("sampler-kl-sgld", $"the divergence of sgld from the posterior is that of the exact moments (M = 8, η h_max = 0.08)", posterior.Distance.Kl, (kl.Value - kl.Bias, kl.Error), 0.1, Derived, $"moments of {Chains} chains, what sampling adds taken off, seed 72").At("chains", Chains);
    }
}
