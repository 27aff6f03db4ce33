using Eigenflow.Figures;
using Eigenflow.Solutions;

namespace Eigenflow.Systems.ScalingRenormalization;

/// <summary>The figures and claims of this system, as independent tasks.</summary>
internal static class RegressionReproduction
{
    internal const string Paper = "arXiv:2405.00592";
    internal const string Derived = "derived (docs/systems/scaling-renormalization.md)";

    public static readonly IReadOnlyList<ReproductionTask> Tasks =
    [
        new() { Id = "figure-1", Title = "Double descent of isotropic ridge regression", FigureNumbers = [1], Weight = 4, Run = DoubleDescent },
        new() { Id = "figure-2", Title = "Multiple descent of a gapped spectrum", FigureNumbers = [2], Weight = 0.2, Run = MultipleDescent },
        new() { Id = "figure-3", Title = "Linear random features and their variances", FigureNumbers = [3], Weight = 10, Run = RandomFeatures },
        new() { Id = "figure-4", Title = "Phase diagram of ridge and width", FigureNumbers = [4], Weight = 5, Run = PhaseFigure.Run },
        new() { Id = "figure-5", Title = "Structured ridge regression", FigureNumbers = [5], Weight = 2, Run = RegionFigures.Ridge },
        new() { Id = "figure-6", Title = "What limits random features", FigureNumbers = [6], Weight = 8, Run = RegionFigures.Features },
        new() { Id = "figure-7", Title = "Weights of unequal size", FigureNumbers = [7], Weight = 2, Run = WeightsFigure.Run },
        new() { Id = "figure-8", Title = "Noise on features", FigureNumbers = [8], Weight = 4, Run = RegionFigures.Noisy },
        new() { Id = "figure-9", Title = "Densities of eigenvalues", FigureNumbers = [9], Weight = 3, Run = SpectraFigures.Densities },
        new() { Id = "figure-10", Title = "S-transforms multiply", FigureNumbers = [10], Weight = 2, Run = SpectraFigures.Transforms },
        new() { Id = "figure-11", Title = "Nonlinear features and their Gaussian equivalent", FigureNumbers = [11], Weight = 12, Run = RegionFigures.Nonlinear },
        new() { Id = "claims-exponents", Title = "Exponents of the phase table", Weight = 0.5, Run = (_, cancellation) => new ReproductionResult { Claims = [.. ExponentClaims.All(cancellation)] } },
        new() { Id = "claims-contributions", Title = "Exponents of single contributions", Weight = 0.5, Run = (_, cancellation) => new ReproductionResult { Claims = [.. ContributionClaims.All(cancellation)] } },
        new() { Id = "claims-optima", Title = "Crossovers, best width, early stopping", Weight = 2, Run = (_, cancellation) => new ReproductionResult { Claims = [.. OptimumClaims.All(cancellation)] } },
        new() { Id = "claims-layers", Title = "Layers of features against simulation", Weight = 10, Run = LayerClaims.Run },
    ];

    private static TargetSpectrum Isotropic(double dimension) => TargetSpectrum.Blocks([1], [dimension], [1]);

    private static ReproductionResult DoubleDescent(IProgress<Progress>? progress, CancellationToken cancellation)
    {
        var problem = new RegressionProblem { Target = Isotropic(250), Ridge = 1e-3, Noise = 0.25 };
        double[] at = [25, 75, 150, 225, 250, 275, 400, 600];
        var theory = problem.Solve(new RiskCurve { Along = "samples", From = 2.5, To = 1000 }, null, cancellation);
        var simulated = problem.Solve(new RegressionSimulation { Along = "samples", At = at, Replicas = 16, Threads = 1, Seed = 1 }, progress, cancellation);
        cancellation.ThrowIfCancellationRequested();
        var peak = theory["samples"][Array.IndexOf(theory["error"], theory["error"].Max())];
        return new ReproductionResult
        {
            Figures = [Drawn("figure-1", [theory, simulated], DisplayText.Of($"Ridge regression in 250 dimensions: the error peaks at {DisplayNumber.Of(peak, 3)} samples"))],
            Claims =
            [
                LayerClaims.Compare("isotropic-simulation", "isotropic ridge regression, D = 250, λ = 10⁻³, σ² = 0.25", problem, simulated, "error"),
                Claim.Relative("double-descent", "the error of plain ridge regression peaks at P = D", 250, peak, 0.05, Paper, "largest error of a grid of 200 numbers of samples, λ = 10⁻³", PredictionKind.Asymptotic).At("D", 250, 250),
            ],
        };
    }

    private static ReproductionResult MultipleDescent(IProgress<Progress>? progress, CancellationToken cancellation)
    {
        // The paper's blocks of η = 1, 10⁻², 10⁻⁵; what is not learned yet acts as a ridge, so that peaks come near the sizes of blocks where gaps are wide.
        var problem = Gapped(1e-2, 1e-5) with { Ridge = 1e-8 };
        var wide = Gapped(1e-5, 1e-10).Solve(new RiskCurve { Along = "samples", From = 1, To = 20_000, Points = 1000 }, null, cancellation);
        var limits = SweepExtrema.Maxima(wide["samples"], wide["error"]);
        var theory = problem.Solve(new RiskCurve { Along = "samples", From = 1, To = 20_000, Points = 1000 }, progress, cancellation);
        cancellation.ThrowIfCancellationRequested();
        var peaks = SweepExtrema.Maxima(theory["samples"], theory["error"]);
        return new ReproductionResult
        {
            Figures = [Drawn("figure-2", [theory], DisplayText.Of($"Gapped spectrum: the error peaks at {string.Join(", ", peaks.Select(peak => DisplayNumber.Of(peak.Place, 3)))} samples"))],
            Claims =
            [
                Claim.Absolute("multiple-descent-peaks", "the error of a spectrum of blocks 10, 100, 10000 peaks between the blocks", 2, peaks.Count, 0, Paper, "interior maxima of E_g on 1000 numbers of samples", PredictionKind.Asymptotic),
                .. limits.Take(2).Select((peak, k) => Claim.Relative(
                    $"multiple-descent-peak-{k + 1}", DisplayText.Of($"peak {k + 1} is where the samples are the modes of {(k == 0 ? "the first block" : "two blocks")} (gaps of 10⁵)"), k == 0 ? 10 : 110, peak.Place, 0.1, Paper, "place of the maximum", PredictionKind.Asymptotic)),
            ],
        };
    }

    // Ten, a hundred and ten thousand modes with w = 1, 10, 100 times one constant.
    private static RegressionProblem Gapped(double second, double third)
    {
        double[] values = [1, second, third], counts = [10, 100, 10_000], lengths = [1, 100, 10_000];
        var total = counts.Zip(lengths, (count, length) => count * length).Sum();
        return new RegressionProblem { Target = TargetSpectrum.Blocks(values, counts, [.. Enumerable.Range(0, 3).Select(k => values[k] * counts[k] * lengths[k] / total)]) };
    }

    private static ReproductionResult RandomFeatures(IProgress<Progress>? progress, CancellationToken cancellation)
    {
        var problem = new RegressionProblem { Target = Isotropic(200), Ridge = 1e-3, Noise = 0.0625, Layers = [new LayerForm(LayerKind.Gaussian, 100)] };
        var theory = problem.Solve(new RiskCurve { Along = "samples", From = 2, To = 2000 }, null, cancellation);
        var simulated = problem.Solve(new RegressionSimulation { Along = "samples", At = [50, 100, 160, 300], Replicas = 100, Threads = 1, Seed = 2, DataSets = 3, FeatureDraws = 5 }, progress, cancellation);

        // The variance of features scatters most, at small numbers of samples and at the threshold: four times the repeats, of their own.
        var finer = problem.Solve(new RegressionSimulation { Along = "samples", At = [50, 100], Replicas = 400, Threads = 1, Seed = 77, DataSets = 3, FeatureDraws = 5 }, null, cancellation);
        cancellation.ThrowIfCancellationRequested();
        var peak = theory["samples"][Array.IndexOf(theory["error"], theory["error"].Max())];
        return new ReproductionResult
        {
            Figures = [Drawn("figure-3", [theory, simulated], DisplayText.Of($"100 random features: the error peaks at {DisplayNumber.Of(peak, 3)} samples"))],
            Claims =
            [
                Claim.Relative("features-double-descent", "the error of random features peaks at P = N", 100, peak, 0.05, Paper, "largest error of a grid of 200 numbers of samples, N = 100, λ = 10⁻³", PredictionKind.Asymptotic).At("D", 200, 200),
                .. RegressionQuantities.Parts.Where(part => part.Quantity.Name != "train-error").Select(part => LayerClaims.Farthest(
                    "features-" + part.Quantity.Name, DisplayText.Of($"{part.Quantity.Symbol} of 100 random features, D = 200"), part.Quantity.Name,
                    Rows(part.Quantity.Name))),
            ],
        };

        IReadOnlyList<(RegressionProblem Problem, Solution Simulated, int Row)> Rows(string part)
        {
            IEnumerable<(RegressionProblem Problem, Solution Simulated, int Row)> Of(Solution solution) => solution["samples"].Select((samples, row) => (problem with { Samples = samples }, solution, row));
            return part == "var-f" ? [.. Of(finer), .. Of(simulated).Where(one => one.Problem.Samples > 100)] : [.. Of(simulated)];
        }
    }

    private static Figure Drawn(string id, IReadOnlyList<Solution> solutions, string title) => SystemCatalog.Find(ScalingRenormalizationSystem.Identifier).Draw(solutions) with { Id = id, Title = title };
}
