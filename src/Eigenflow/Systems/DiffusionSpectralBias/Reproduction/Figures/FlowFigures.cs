using Eigenflow.Figures;
using Eigenflow.Solutions;
using static Eigenflow.Systems.DiffusionSpectralBias.DiffusionCurves;

namespace Eigenflow.Systems.DiffusionSpectralBias;

/// <summary>Figures 7 and 8: velocities of flow matching, the variances that they generate, and when modes emerge.</summary>
internal static class FlowFigures
{
    private static readonly double[] FlowTimes = [0.1, 0.5, 0.9, 0.99];

    public static ReproductionResult Velocities(IProgress<Progress>? progress, CancellationToken cancellation)
    {
        var times = Times(1e-3, 1e4, 100);
        var panels = FlowTimes.Select(t => new Panel
        {
            Title = FormattableString.Invariant($"t = {t}"),
            X = new Axis("training time τ", true),
            Y = new Axis("velocity gain w_{t}"),
            Series = Curves(Flow(0.1, Eight) with { WeightSigma = (1 - t) / t }, times, (theory, mode, time) => theory.Weight(mode, time)),
        });
        const double at = 0.99;
        var late = new ModeTheory(Flow(0.1, Eight) with { WeightSigma = (1 - at) / at });
        double Spread(double t) => Enumerable.Range(0, Eight.Count).Select(mode => (t * t * Eight[mode]) + ((1 - t) * (1 - t))) is var rates ? rates.Max() / rates.Min() : 0;
        cancellation.ThrowIfCancellationRequested();
        return new ReproductionResult
        {
            Claims =
            [
                Claim.Relative("flow-optimum", "the velocity of a mode tends to (tλ − (1 − t))/(t^{2}λ + (1 − t)^{2}) (t = 0.99, λ = 0.1)", ((at * 0.1) - (1 - at)) / ((at * at * 0.1) + ((1 - at) * (1 - at))), late.Weight(4, 1e4), 1e-9, Derived, "gain at τ = 10^{4}"),
            ],
            Figures =
            [
                new Figure
                {
                    Id = "figure-7",
                    Title = $"Velocities of different modes are learned {DisplayNumber.Of(Spread(0.99), 2)} times apart at t = 0.99, {DisplayNumber.Of(Spread(0.1), 2)} times at t = 0.1",
                    Caption = DisplayText.Of($"Gain of the velocity of flow matching at four times of the path from noise (t = 0) to data (t = 1), against training time, coloured by the variance λ in the data. One layer from W(0) = 0.1 I; η = 1."),
                    Columns = 2,
                    Scale = Scale,
                    Panels = [.. panels],
                },
            ],
        };
    }

    public static ReproductionResult Variances(IProgress<Progress>? progress, CancellationToken cancellation)
    {
        var times = Times(1e-4, 1e3, 100);
        DiffusionProblem one = Flow(0.1, Eight), tied = Problem(new(ArchitectureKind.TiedFlowMatching), 0.1, Eight);
        Emergence[] geometric = Emergences(Flow(0, Twenty), CriterionKind.Geometric), harmonic = Emergences(Flow(0, Twenty), CriterionKind.Harmonic);
        cancellation.ThrowIfCancellationRequested();
        double Tied(double variance) => Math.Exp(new ModeTheory(Problem(new(ArchitectureKind.TiedFlowMatching), 0.1, [variance])).LogVariance(0, 1e7));
        double Fit(Emergence[] all, bool rises) => -EmergenceFit.Fit(Group(all, rises))!.Value.Slope;
        return new ReproductionResult
        {
            Claims =
            [
                FiniteExponent("flow-rising-geometric", "rising modes of flow matching emerge at τ* ∝ λ^{−α} (Q = 0, geometric; α → ½ for λ ≫ v_{0})", 0.54, Group(geometric, rises: true), Derived),
                FiniteExponent("flow-falling-geometric", "falling modes of flow matching emerge at τ* ∝ λ^{−α} (Q = 0, geometric; α → ½ for λ ≪ v_{0})", 0.467, Group(geometric, rises: false), Derived),
                FiniteExponent("flow-rising-harmonic", "rising modes of flow matching emerge at τ* ∝ λ^{−α} (Q = 0, harmonic; α → 1 for λ ≫ v_{0})", 0.978, Group(harmonic, rises: true), Derived),
                FiniteExponent("flow-falling-harmonic", "falling modes of flow matching emerge at τ* ∝ λ^{−α} (Q = 0, harmonic; α → 1 for λ ≪ v_{0})", 0.942, Group(harmonic, rises: false), Derived),
                Claim.Relative("flow-start", "untrained flow matching generates e^{2Q} (Q = 0.1)", Math.Exp(0.2), Math.Exp(new ModeTheory(one).LogVariance(3, 0)), 1e-12, Derived, "closed form"),
                Claim.Relative("flow-tied", "tied layers cannot contract and end at 1 + λ in place of λ (λ = 1, Q = 0.1)", 2, Tied(1), 1e-3, Derived, "quadrature at τ = 10^{7}"),
            ],
            Figures =
            [
                new Figure
                {
                    Id = "figure-8",
                    Title = $"Flow matching: τ* ∝ λ^{{−α}} with α = {DisplayNumber.Of(Fit(geometric, true), 2)} and {DisplayNumber.Of(Fit(geometric, false), 2)} (geometric), {DisplayNumber.Of(Fit(harmonic, true), 2)} and {DisplayNumber.Of(Fit(harmonic, false), 2)} (harmonic)",
                    Caption = DisplayText.Of($"(a), (b) Variance that half-trained flow matching generates against training time, coloured by the variance λ in the data; dotted: λ. One layer and two tied layers from W(0) = 0.1 I. (c) Emergence times of one layer from Q = 0 by two criteria; dashed: fits to rising and falling modes, without those that start within a factor two of their target. η = 1."),
                    Scale = Scale,
                    Panels =
                    [
                        Generated("one layer", one, times), Generated("two tied layers", tied, times),
                        TwoCriteria(geometric, harmonic),
                    ],
                },
            ],
        };
    }

    private static DiffusionProblem Flow(double gain, IReadOnlyList<double> variances) => Problem(new(ArchitectureKind.FlowMatching), gain, variances);
}
