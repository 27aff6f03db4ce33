using Eigenflow.Figures;
using Eigenflow.Solutions;

namespace Eigenflow.Systems.MultiClassSgd;

/// <summary>Figure 9: where SGD ends over learning rate and power of the spectrum, and where least squares diverges.</summary>
internal static class StepSizeFigure
{
    private const int Dimension = 1000;
    private const int Columns = 41, Rows = 31;
    private const double LargestRate = 8;
    private const double Late = 1e12;
    private const double LargestSeparation = 500, Below = 1e-30;

    public static ReproductionResult Run(IProgress<Progress>? progress, CancellationToken cancellation)
    {
        double[] rates = [.. Enumerable.Range(0, Columns).Select(k => 0.05 + (k * (LargestRate - 0.05) / (Columns - 1)))], powers = [.. Enumerable.Range(0, Rows).Select(k => 3.0 * k / (Rows - 1))];
        double[] squared = new double[Columns * Rows], logistic = new double[Columns * Rows], limits = new double[Rows];
        for (var row = 0; row < Rows; row++)
        {
            cancellation.ThrowIfCancellationRequested();
            var modes = ClassModes.Of(Lab.Symmetric(Dimension, ClassSpectrum.PowerLaw(powers[row]), new LogisticLoss()).Modes());
            var laws = new LeastSquaresLaws(modes);
            limits[row] = laws.LargestLearningRate;
            var q = modes.Separation;
            for (var column = 0; column < Columns; column++)
            {
                squared[(row * Columns) + column] = rates[column] < limits[row] ? laws.Plateau(rates[column]) : double.NaN;

                // Far below the colours the risk is of the order e^(−q/2), which soon is no number.
                logistic[(row * Columns) + column] = q < LargestSeparation ? LogisticLaws.Stationary(modes, rates[column]).Risk : Below;
            }

            progress?.Report(new Progress(0.8 * row / Rows, "step sizes"));
        }

        var edge = new Series { Label = "", X = limits, Y = powers, Color = CurveColors.Neutral };
        return new ReproductionResult
        {
            Claims = [.. Claims(cancellation)],
            Figures =
            [
                new Figure
                {
                    Id = "figure-9",
                    Title = $"Least squares diverges from γ = {DisplayNumber.Of(limits[0], 3)} (α = 0) to {DisplayNumber.Of(limits[^1], 3)} (α = 3) on; logistic regression never",
                    Caption = "Risk at which SGD ends, by closed form and fixed point, over the learning rate γ and the power α of the spectrum; empty: unstable. d = 1000, flat mean of norm 1. The smallest risks are those of clean spectra at finite d, where the wait is long.",
                    Panels =
                    [
                        Make("least squares", squared, [edge]) with { Annotations = [new Annotation(5.6, 0.5, "unstable: γ Tr K/d > 2")] },
                        Make("logistic", logistic, []),
                    ],
                },
            ],
        };

        Panel Make(string title, double[] values, IReadOnlyList<Series> series) => new()
        {
            Title = title,
            X = new Axis("learning rate γ", false, rates[0], rates[^1]),
            Y = new Axis("power α", false, 0, 3),
            Series = series,
            HeatMap = new HeatMap { Label = "R at t = ∞", X = rates, Y = powers, Values = values, IsLogarithmic = true, Minimum = 1e-4, Maximum = 1 },
        };
    }

    private static IEnumerable<Claim> Claims(CancellationToken cancellation)
    {
        var root = ClassSpectrum.PowerLaw(0.5);
        foreach (var (name, problem) in new[] { ("symmetric, α = 0.5", Lab.Symmetric(400, root, new LeastSquaresLoss())), ("powers 1.1 and 1.5, β = 0.25, p = 0.3, 0.7", Lab.Pair(new MixtureLaws([1.1, 1.5], [0.3, 0.7], 0.25), new LeastSquaresLoss())) })
        {
            var laws = new LeastSquaresLaws(ClassModes.Of(problem.Modes()));
            var id = name.StartsWith("symmetric", StringComparison.Ordinal) ? "symmetric" : "mixture";

            // Above the limit the risk grows, below it settles: bisection on whether it is larger late than early.
            double low = laws.LargestLearningRate * 0.8, high = laws.LargestLearningRate * 1.25;
            for (var k = 0; k < 14; k++)
            {
                var middle = (low + high) / 2;
                var run = problem.Theory(middle, [2e3, 4e3], cancellation);
                var isStable = run.Status.Outcome == SolveOutcome.Completed && run["risk"][^1] < 1.05 * run["risk"][0] && run["risk"][^1] < 100;
                (low, high) = isStable ? (middle, high) : (low, middle);
            }

            yield return Claim.Relative($"stability-{id}", $"least squares is stable up to the learning rate at which the spectral radius of M is 1 ({name}, d = 400)", laws.LargestLearningRate, (low + high) / 2, 0.01, Lab.Derived, "bisection on whether the theory's risk grows from t = 2000 to 4000 or beyond 100").UpTo(4e3);
            yield return Claim.Relative($"plateau-squares-{id}", $"the risk of least squares ends at Σ p [(1 − M)^{{−1}} I0]/2 ({name}, γ = 0.9)", laws.Plateau(0.9), problem.Theory(0.9, [Late], cancellation)["risk"][^1], 1e-6, Lab.Derived, "theory at t = 10^{12}", PredictionKind.Asymptotic).UpTo(Late);
        }

        foreach (var (spectrum, name) in new[] { (ClassSpectrum.Identity, "identity"), (root, "a0.5") })
        {
            var problem = Lab.Symmetric(400, spectrum, new LogisticLoss());
            var point = LogisticLaws.Stationary(ClassModes.Of(problem.Modes()), 0.7);
            var end = problem.Theory(0.7, [Late], cancellation);
            yield return Claim.Relative($"plateau-logistic-{name}", $"the risk of logistic regression ends at the fixed point (ρ, B) ({(name == "identity" ? name : "α = 0.5")}, d = 400, γ = 0.7)", point.Risk, end["risk"][^1], 1e-6, Lab.Derived, "theory at t = 10^{12}", PredictionKind.Asymptotic).UpTo(Late);
            var q = ClassModes.Of(problem.Modes()).Separation;
            yield return Claim.AtLeast($"plateau-excess-{name}", "above the Bayes risk, with ρ > 2 (the same)", 0, Math.Min(end["risk"][^1] - LogisticLaws.BayesRisk(q), (end["m1"][^1] / q) - 2), Lab.Derived, "smaller of R − R* and m/q − 2 of the theory at t = 10^{12}").UpTo(Late);
        }
    }
}
