using Eigenflow.Figures;
using Eigenflow.Solutions;
using static Eigenflow.Systems.DiffusionSpectralBias.DiffusionCurves;

namespace Eigenflow.Systems.DiffusionSpectralBias;

/// <summary>The preconditioning of EDM, whose untrained model generates variance already, so that modes rise and fall; and the objectives.</summary>
internal static class PreconditioningFigure
{
    private static readonly (string Name, Objective Objective)[] Objectives = [("x_{0}", Objective.Clean), ("ε", Objective.Noise), ("score", Objective.Score), ("v", Objective.Velocity)];

    public static ReproductionResult Run(IProgress<Progress>? progress, CancellationToken cancellation)
    {
        var times = Times(1e-4, 1e4, 100);
        var problem = Edm(Eight);
        Emergence[] geometric = Emergences(Edm(Twenty), CriterionKind.Geometric), harmonic = Emergences(Edm(Twenty), CriterionKind.Harmonic);
        cancellation.ThrowIfCancellationRequested();
        progress?.Report(new Progress(0.4, "objectives"));
        // From zero the score is the noise at another scale: its times are the same.
        var objectives = Objectives.Where(one => one.Objective != Objective.Score).Select((one, index) => Dots(one.Name, Emergences(Problem(new(ArchitectureKind.OneLayer), 0, Twenty) with { Objective = one.Objective, Process = NoiseProcess.VariancePreserving }, CriterionKind.Geometric).Where(mode => !mode.IsGrey), index)).ToArray();
        double[] rises = [.. ((bool[])[true, false]).Select(up => -EmergenceFit.Fit(Group(geometric, up))!.Value.Slope)];
        var start = Math.Exp(new ModeTheory(problem).LogVariance(0, 0));
        return new ReproductionResult
        {
            Claims =
            [
                Claim.Relative("edm-start", "the untrained preconditioned model generates σ_{T}^{2}(σ_{0}^{2} + σ_{d}^{2})/(σ_{T}^{2} + σ_{d}^{2}) (σ_{d} = ½)", 6400 * 0.250004 / 6400.25, start, 1e-9, Derived, "quadrature"),
                FiniteExponent("edm-rising-geometric", "rising modes of preconditioned denoisers emerge at τ* ∝ λ^{−α} (geometric; α → ½ for λ ≫ v_{0})", 0.536, Group(geometric, rises: true), Derived),
                FiniteExponent("edm-falling-geometric", "falling modes of preconditioned denoisers emerge at τ* ∝ λ^{−α} (geometric; α → ½ for λ ≪ v_{0})", 0.462, Group(geometric, rises: false), Derived),
                FiniteExponent("edm-rising-harmonic", "rising modes of preconditioned denoisers emerge at τ* ∝ λ^{−α} (harmonic; α → 1 for λ ≫ v_{0})", 0.986, Group(harmonic, rises: true), Derived),
                FiniteExponent("edm-falling-harmonic", "falling modes of preconditioned denoisers emerge at τ* ∝ λ^{−α} (harmonic; α → 1 for λ ≪ v_{0})", 0.932, Group(harmonic, rises: false), Derived),
                .. Objectives.Select(one => Claim.Relative($"objective-{one.Objective.ToString().ToLowerInvariant()}", $"trained to the end every objective generates σ_{{T}}^{{2}}(λ + σ_{{0}}^{{2}})/(λ + σ_{{T}}^{{2}}) ({one.Name}, λ = 1, variance preserving)", 6400 * 1.000004 / 6401, Math.Exp(new ModeTheory(Problem(new(ArchitectureKind.OneLayer), 0, [1.0]) with { Objective = one.Objective, Process = NoiseProcess.VariancePreserving }).LogVariance(0, 1e12)), 1e-8, Derived, "quadrature at τ = 10^{12}")),
            ],
            Figures =
            [
                new Figure
                {
                    Id = "preconditioning",
                    Title = $"With preconditioning modes rise and fall from {DisplayNumber.Of(start, 2)}, with exponents {DisplayNumber.Of(rises[0], 2)} and {DisplayNumber.Of(rises[1], 2)} (geometric)",
                    Caption = DisplayText.Of($"(a) Variance that a half-trained linear denoiser with the preconditioning of EDM generates against training time, coloured by the variance λ in the data; dotted: λ. σ_d = 0.5, inner gain 0. (b) Its emergence times by two criteria; dashed: fits to rising and falling modes. (c) Emergence times (geometric) of one layer that gives the clean sample, the noise or v, from W(0) = 0, variance preserving. Modes that start within a factor two of their target are left out. η = 1."),
                    Scale = Scale,
                    Panels =
                    [
                        Generated("generated variance", problem, times),
                        TwoCriteria(geometric, harmonic),
                        new Panel { Title = "objectives", X = new Axis("variance λ", true), Y = new Axis("emergence time τ*", true), Series = objectives },
                    ],
                },
            ],
        };
    }
}
