using Eigenflow.Figures;
using Eigenflow.Scaling;
using Eigenflow.Solutions;
using static Eigenflow.Systems.InAndOutOfEquilibrium.EquilibriumCurves;

namespace Eigenflow.Systems.InAndOutOfEquilibrium;

/// <summary>Figure 2: covariance and shift of shuffled epochs, and the diffusion matrices with and without replacement, against the learning rate.</summary>
internal static class EpochFigure
{
    private const int Chains = 4096;
    private const int Displacements = 204_800;
    private const double SmallFrom = 1e-5, SmallTo = 1e-4;

    private static readonly double[] Rates = Logarithmic(3e-4, 1e-2, 6);

    public static ReproductionResult Run(IProgress<Progress>? progress, CancellationToken cancellation)
    {
        var (variances, shifts, steps, epochs) = (new List<(double, double)>(), new List<(double, double)>(), new List<(double, double)>(), new List<(double, double)>());
        foreach (var (index, rate) in Rates.Index())
        {
            progress?.Report(new Progress((double)index / Rates.Length, "running epochs"));
            var problem = Reference with { LearningRate = rate };
            var burnIn = EquilibriumParameters.Relaxation(problem.Expand(), rate * 3);
            var run = problem.Stationary(new ChainMethod { Scheme = SamplingScheme.WithoutReplacement, Chains = Chains, BurnIn = burnIn, Steps = 3 * burnIn, Seed = 21 }, cancellation);
            variances.Add(run.CovarianceOf(0, 0));
            shifts.Add(run.MeanOf(1));
            steps.Add(Displaced(problem, SamplingScheme.WithReplacement, cancellation));
            epochs.Add(Displaced(problem, SamplingScheme.WithoutReplacement, cancellation));
        }

        SchemeTheory At(double rate) => Reference.Theory(SamplingScheme.WithoutReplacement, rate);
        var grid = Logarithmic(Rates[0] / 2, Rates[^1] * 1.5, 31);
        var claims = new List<Claim>
        {
            SlopeOfTheory("epoch-variance-slope", "Σ_{11} ∝ η^{3} at the ends of shuffled epochs", 3, rate => At(rate).Exact.Covariance[0, 0], SmallFrom, SmallTo, Derived),
            SlopeOfChains("epoch-variance-slope", "Σ_{11} ∝ η^{3} at the ends of shuffled epochs", 3, 0.1, Rates[..4], variances[..4], Derived),
            SlopeOfTheory("shift-slope", "the shift of shuffled epochs is ∝ η", 1, rate => At(rate).Exact.Mean[1], SmallFrom, SmallTo, Derived),
            SlopeOfChains("shift-slope", "the shift of shuffled epochs is ∝ η", 1, 0.05, Rates[..4], shifts[..4], Derived),
            SlopeOfChains("step-diffusion-slope", "D_{11} ∝ η^{2} with replacement", 2, 0.02, Rates, steps, Paper),
            SlopeOfChains("epoch-diffusion-slope", "D_{11} ∝ η^{4} for shuffled epochs", 4, 0.1, Rates[..4], epochs[..4], Derived),
            Measured("shift-value", DisplayText.Of($"the shift of the second parameter is −(η/4)c_B H^{{−1}}∇ tr Γ (η = {Rates[0]:G2})"), SchemeTheory.Shift(Reference.Expand(), Rates[0])[1], shifts[0], 0.02, Derived, $"mean of {Chains} chains at the ends of epochs, seed 21", PredictionKind.Asymptotic).At("chains", Chains),
            Measured("epoch-variance-value", DisplayText.Of($"Σ_{{11}} at the ends of shuffled epochs is that of the exact moments (η = {Rates[3]:G2})"), At(Rates[3]).Exact.Covariance[0, 0], variances[3], 0.05, Derived, $"{Chains} chains, seed 21").At("chains", Chains),
            Measured("step-diffusion-value", DisplayText.Of($"D_{{11}} with replacement is (η²/2)c_B Γ_{{11}} (η = {Rates[0]:G2})"), SchemeTheory.BatchDiffusion(Reference.Expand(), Rates[0])[0, 0], steps[0], 0.02, Paper, $"half of the variance of {Displacements} displacements from the minimum", PredictionKind.Exact).At("displacements", Displacements, 200_000),
            Measured("epoch-diffusion-value", DisplayText.Of($"D_{{11}} of a shuffled epoch is the covariance of η²Σ_{{b<c}}H_c G_b over orders, halved (η = {Rates[0]:G2})"), At(Rates[0]).Diffusion[0, 0], epochs[0], 0.05, Derived, $"half of the variance of {Displacements} displacements from the minimum", PredictionKind.Asymptotic).At("displacements", Displacements, 200_000),
            NoShift(cancellation),
        };
        var (variance, shift) = (Slope(Rates[..4], variances[..4]), Slope(Rates[..4], shifts[..4]));
        Series Exact(Func<SchemeTheory, double> value) => Line("exact in η", grid, rate => value(At(rate)), 1, SeriesStyle.Dashed);
        Series[] lines =
        [
            Line("leading order", grid, rate => At(rate).Leading.Covariance[0, 0], 0), Line("leading order", grid, rate => At(rate).Leading.Mean[1], 0),
            Line("steps with replacement", grid, rate => SchemeTheory.BatchDiffusion(Reference.Expand(), rate)[0, 0], 2), Line("shuffled epochs", grid, rate => At(rate).Diffusion[0, 0], 3),
        ];
        return new ReproductionResult
        {
            Claims = claims,
            Figures =
            [
                new Figure
                {
                    Id = "figure-2",
                    Title = $"Shuffled epochs: Σ_{{11}} ∝ η^{{{DisplayNumber.WithInterval(variance.Slope, variance.Half)}}}, shift ∝ η^{{{DisplayNumber.WithInterval(shift.Slope, shift.Half)}}}",
                    Caption = $"(a) Variance at the ends of shuffled epochs. (b) Shift of the second parameter from the minimum. (c) Diffusion of a time unit: half of the variance of {Displacements} displacements from the minimum (dots) and formulas (lines). Lines: leading order; dashed: exact moments over the 90 orders; dots: {Chains} chains, 95 % intervals. Linear regression on six rows without randomness, d = 2, B = 2, three batches an epoch.",
                    Panels =
                    [
                        new Panel { Title = "variance", X = new Axis("learning rate η", true), Y = new Axis("variance Σ_{11}", true), Series = [lines[0], Exact(theory => theory.Exact.Covariance[0, 0]), Dots("chains", Rates, variances, 0)], Slopes = [lines[0].Triangle(grid[18], grid[27], 3)] },
                        new Panel { Title = "shift of the minimum", X = new Axis("learning rate η", true), Y = new Axis("mean m_{2}", true), Series = [lines[1], Exact(theory => theory.Exact.Mean[1]), Dots("chains", Rates, shifts, 0)], Slopes = [lines[1].Triangle(grid[18], grid[27], 1)] },
                        new Panel { Title = "diffusion", X = new Axis("learning rate η", true), Y = new Axis("diffusion D_{11}", true), Series = [lines[2], lines[3], Dots("", Rates, steps, 2), Dots("", Rates, epochs, 3), SolutionSeries.Key("displacements", SeriesStyle.Points)], Slopes = [lines[2].Triangle(grid[18], grid[27], 2), lines[3].Triangle(grid[18], grid[27], 4)] },
                    ],
                },
            ],
        };
    }

    // D by displacements from the minimum, with the error of a variance over blocks.
    private static (double Value, double Error) Displaced(EquilibriumProblem problem, SamplingScheme scheme, CancellationToken cancellation)
    {
        var run = problem.Solve(new ChainMethod { Scheme = scheme, Chains = Displacements, Steps = 1, BurnIn = 1, AtSteps = [1], Threads = 1, Seed = 22 }, null, cancellation);
        cancellation.ThrowIfCancellationRequested();
        return (run["cov-11"][^1] / 2, run["cov-11-se"][^1] / 2);
    }

    private static Claim NoShift(CancellationToken cancellation)
    {
        var problem = new EquilibriumProblem { Model = EquilibriumModel.Mean, Samples = 24, Batch = 4, LearningRate = 4e-3 };
        var run = problem.Stationary(new ChainMethod { Scheme = SamplingScheme.WithoutReplacement, Chains = Chains, BurnIn = 50, Steps = 4050, Seed = 23 }, cancellation);
        var spread = Math.Sqrt(problem.Theory(SamplingScheme.WithoutReplacement, 4e-3).Exact.Covariance[0, 0]);
        var (value, error) = run.MeanOf(0);
        return Claim.Absolute("no-shift", "shuffled epochs do not shift the minimum where all Hessians are equal (mean of rows)", 0, value / spread, 0.01, Derived, $"mean of the first parameter in standard deviations of the chains, {Chains} chains of 4000 epochs, seed 23", PredictionKind.Exact, Normal95 * error / spread);
    }
}
