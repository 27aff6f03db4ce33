using Eigenflow.Figures;
using Eigenflow.Solutions;
using static Eigenflow.Systems.DiffusionSpectralBias.DiffusionCurves;

namespace Eigenflow.Systems.DiffusionSpectralBias;

/// <summary>Figures 2 and 5: gains and generated variances of one layer and of two tied layers against training time.</summary>
internal static class VarianceFigures
{
    private const double Low = 1e-4, High = 1e3;
    private const int Count = 100;
    private static readonly double[] Compared = [0.01, 1, 100];

    public static ReproductionResult First(IProgress<Progress>? progress, CancellationToken cancellation)
    {
        DiffusionProblem one = Problem(new(ArchitectureKind.OneLayer), 0.1, Eight), tied = Problem(new(ArchitectureKind.Tied), 0.1, Eight);
        var times = Times(Low, High, Count);
        cancellation.ThrowIfCancellationRequested();
        Panel Gains(string title, DiffusionProblem problem) => new() { Title = title, X = new Axis("training time τ", true), Y = new Axis("gain w(σ = 1)"), Series = Curves(problem, times, (theory, mode, time) => theory.Weight(mode, time)) };
        var order = Emergences(one, CriterionKind.Geometric).Select(mode => mode.Time).ToArray();
        var fold = order[^1] / order[0];
        var theory = new ModeTheory(tied);
        var passage = Math.Log(2) / (8 * one.Variances[2]);
        double w = 1.0 / 2, harmonic = 2 * 0.1 * w / (0.1 + w);
        return new ReproductionResult
        {
            Claims =
            [
                Claim.Relative("tied-weight-time", "the gain of two tied layers passes the harmonic mean of start and optimum at ln 2/(8ηλ), whatever σ (λ = 1)", harmonic, theory.Weight(2, passage), 1e-10, Paper, "gain at that time, σ = 1"),
                Claim.Relative("closed-form", "the closed form of one layer is the quadrature (eight modes, three times)", 1, Agreement(one), 1e-9, Paper, "largest ratio of variances, 2001 nodes"),
                Claim.Relative("closed-form-tied", "the closed form of two tied layers is the quadrature (eight modes, three times)", 1, Agreement(tied), 1e-9, Derived, "largest ratio of variances, 2001 nodes"),
            ],
            Figures =
            [
                new Figure
                {
                    Id = "figure-2",
                    Title = $"A mode of λ = 10 emerges {DisplayNumber.Of(fold, 2)} times sooner than one of λ = 0.001",
                    Caption = DisplayText.Of($"(a), (b) Gain of modes at σ = 1 and (c), (d) variance that the half-trained model generates, against training time, coloured by the variance λ in the data; dotted: λ. One layer and two tied layers from W(0) = 0.1 I; η = 1, σ_0 = 0.002, σ_T = 80."),
                    Columns = 2,
                    Scale = Scale,
                    Panels = [Gains("one layer", one), Gains("two tied layers", tied), Generated("one layer", one, times), Generated("two tied layers", tied, times)],
                },
            ],
        };
    }

    public static ReproductionResult Second(IProgress<Progress>? progress, CancellationToken cancellation)
    {
        DiffusionProblem one = Problem(new(ArchitectureKind.OneLayer), 0.5, Eight), tied = Problem(new(ArchitectureKind.Tied), 0.5, Eight);
        var times = Times(Low, High, Count);
        cancellation.ThrowIfCancellationRequested();
        var theory = new ModeTheory(one);
        var fine = Times(Low, High, 4000);
        double Dip(int mode) => fine.Min(time => Math.Exp(theory.LogVariance(mode, time)));
        var dip = Dip(6);
        var early = 0.02;
        return new ReproductionResult
        {
            Claims =
            [
                Claim.Relative("undershoot", "a falling mode dips far below its target before it comes back (Q = ½, λ = 0.01)", 8.2e-4, dip, 0.02, Derived, "smallest variance on 4000 times"),
                Claim.Relative("transient", "before that it decays as σ_{0}^{2−2Q}(2e^{γ}ητ)^{−Q} (Q = ½, λ = 0.001, τ = 0.02)", 0.002 * Math.Pow(2 * Math.Exp(Numerics.Special.ExponentialIntegral.EulerGamma) * early, -0.5), Math.Exp(theory.LogVariance(7, early)), 0.01, Derived, "closed form", PredictionKind.Asymptotic).Over("2ητλ ≪ 1 ≪ 2ητσ_{T}^{2}"),
            ],
            Figures =
            [
                new Figure
                {
                    Id = "figure-5",
                    Title = $"From a gain of ½ a mode of λ = 0.01 falls to {DisplayNumber.Of(dip, 2)} before it rises to its target",
                    Caption = DisplayText.Of($"Variance that the half-trained model generates against training time, coloured by the variance λ in the data; dotted: λ. W(0) = 0.5 I; η = 1, σ_0 = 0.002, σ_T = 80."),
                    Scale = Scale,
                    Panels = [Generated("one layer", one, times), Generated("two tied layers", tied, times)],
                },
            ],
        };
    }

    // The largest departure of the closed form from the quadrature, as a ratio.
    private static double Agreement(DiffusionProblem problem)
    {
        ModeTheory closed = new(problem), quadrature = new(problem, ModeTheory.DefaultNodes);
        return Math.Exp(Enumerable.Range(0, problem.Dimension).SelectMany(mode => Compared.Select(time => closed.LogVariance(mode, time) - quadrature.LogVariance(mode, time))).MaxBy(Math.Abs));
    }
}
