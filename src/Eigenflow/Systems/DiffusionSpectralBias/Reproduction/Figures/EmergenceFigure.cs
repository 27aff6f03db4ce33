using Eigenflow.Figures;
using Eigenflow.Solutions;
using static Eigenflow.Systems.DiffusionSpectralBias.DiffusionCurves;

namespace Eigenflow.Systems.DiffusionSpectralBias;

/// <summary>Figure 6 (and 2 C, F): emergence times against variances by two criteria, for one layer and two tied layers from several starts, and the exponents.</summary>
internal static class EmergenceFigure
{
    private static readonly double[] Gains = [0, 0.1, 0.5, 0.6, 1];

    public static ReproductionResult Run(IProgress<Progress>? progress, CancellationToken cancellation)
    {
        var panels = new List<Panel>();
        foreach (var kind in (ArchitectureKind[])[ArchitectureKind.OneLayer, ArchitectureKind.Tied])
        {
            foreach (var criterion in (CriterionKind[])[CriterionKind.Harmonic, CriterionKind.Geometric])
            {
                cancellation.ThrowIfCancellationRequested();
                progress?.Report(new Progress(panels.Count / 4.0, "emergence times"));
                panels.Add(Panel(kind, criterion));
            }
        }

        var start = Emergences(Problem(new(ArchitectureKind.OneLayer), 0, Twenty), CriterionKind.Geometric);
        var half = EmergenceFit.Fit(Group(Emergences(One(1), CriterionKind.Geometric), rises: false))!.Value;
        var whole = EmergenceFit.Fit(Group(start, rises: true))!.Value;
        return new ReproductionResult
        {
            Claims = [.. Claims()],
            Figures =
            [
                new Figure
                {
                    Id = "figure-6",
                    Title = $"τ* ∝ λ^{{−α}} with α = {DisplayNumber.Of(-whole.Slope, 2)} for rising modes from Q = 0, {DisplayNumber.Of(-half.Slope, 2)} for falling ones from Q = 1 (geometric)",
                    Caption = DisplayText.Of($"Training time at which the generated variance of a mode passes the harmonic or geometric mean of its start and its target, against its variance in the data; Q is the initial gain. Starts near a target leave a gap. Two tied layers do not leave Q = 0. Exact roots; η = 1, σ_0 = 0.002, σ_T = 80."),
                    Columns = 2,
                    Panels = panels,
                },
            ],
        };
    }

    private static DiffusionProblem One(double gain) => Problem(new(ArchitectureKind.OneLayer), gain, Twenty);

    private static Panel Panel(ArchitectureKind kind, CriterionKind criterion)
    {
        var series = new List<Series>();
        foreach (var (index, gain) in Gains.Index())
        {
            if (kind == ArchitectureKind.Tied && gain == 0)
                continue;
            var times = Emergences(Problem(new(kind), gain, Twenty), criterion).Where(one => !one.IsGrey);
            series.Add(Dots(FormattableString.Invariant($"Q = {gain}"), times, index));
        }

        return new Panel
        {
            Title = $"{(kind == ArchitectureKind.Tied ? "two tied layers" : "one layer")}, {(criterion == CriterionKind.Harmonic ? "harmonic" : "geometric")}",
            X = new Axis("variance λ", true),
            Y = new Axis("emergence time τ*", true),
            Series = series,
            Slopes = [new SlopeGuide(0.1, 3, 0.5, -1, "−1")],
        };
    }

    private static IEnumerable<Claim> Claims()
    {
        const string small = "λ ≫ σ_{0}^{2}", early = "2ητ*λ ≪ 1";
        Emergence[] Times(double gain, CriterionKind criterion, bool rises) => Group(Emergences(One(gain), criterion), rises);
        yield return Exponent("exponent-rising-geometric", "rising modes emerge at τ* ∝ λ^{−1} (one layer, Q = 0, geometric)", 1, Times(0, CriterionKind.Geometric, true), 0.05, Paper, small);
        yield return Exponent("exponent-rising-harmonic", "rising modes emerge at τ* ∝ λ^{−1} (one layer, Q = 0, harmonic)", 1, Times(0, CriterionKind.Harmonic, true), 0.1, Paper, small);
        yield return Exponent("exponent-tied", "rising modes emerge at τ* ∝ λ^{−1} (two tied layers, Q = 10^{−12}, geometric)", 1, Group(Emergences(Problem(new(ArchitectureKind.Tied), 1e-12, Twenty), CriterionKind.Geometric), rises: true), 0.02, Paper, "Q → 0");
        yield return Exponent("exponent-falling-geometric", "falling modes emerge at τ* ∝ λ^{−1/2} (one layer, Q = 1, geometric)", 0.5, Times(1, CriterionKind.Geometric, false), 0.02, Derived, "λ ≪ v_{0}");
        yield return Exponent("exponent-falling-harmonic", "falling modes emerge at τ* ∝ λ^{−1} (one layer, Q = 1, harmonic)", 1, Times(1, CriterionKind.Harmonic, false), 0.02, Derived, "λ ≪ v_{0}");

        // Far below σ_0 all of the passage is in the transient.
        double[] tiny = [.. Enumerable.Range(0, 12).Select(i => Math.Pow(10, -8 + (2.0 * i / 11)))];
        foreach (var gain in (double[])[0.5, 0.6])
        {
            Emergence[] Tiny(CriterionKind criterion) => Group(Emergences(One(gain) with { SigmaMin = 1e-6, Variances = tiny }, criterion), rises: false);
            var text = FormattableString.Invariant($"{gain}");
            var id = text.Replace('.', '-');
            yield return Exponent($"exponent-transient-geometric-{id}", $"falling modes first pass at τ* ∝ λ^{{−1/(2Q)}} (one layer, Q = {text}, σ_{{0}} = 10^{{−6}}, geometric)", 1 / (2 * gain), Tiny(CriterionKind.Geometric), 0.01, Derived, early);
            yield return Exponent($"exponent-transient-harmonic-{id}", $"falling modes first pass at τ* ∝ λ^{{−1/Q}} (one layer, Q = {text}, σ_{{0}} = 10^{{−6}}, harmonic)", 1 / gain, Tiny(CriterionKind.Harmonic), 0.01, Derived, early);
        }

        // ln 2 is reached as the logarithm of λ/σ_0² grows: a noise level far below all others.
        var far = One(0) with { SigmaMin = 1e-40, Variances = [1] };
        yield return Claim.Relative("emergence-constant", "2ητ*λ → ln 2 (one layer, Q = 0, geometric, λ = 1, σ_{0} = 10^{−40})", Math.Log(2), 2 * Emergences(far, CriterionKind.Geometric)[0].Time, 0.02, Derived, "exact root", PredictionKind.Asymptotic).Over("ln(λ/σ_{0}^{2}) → ∞");
        var harmonic = 2 * Emergences(One(0) with { Variances = [10] }, CriterionKind.Harmonic)[0].Time * 10;
        var logarithm = Math.Log(10 / 4e-6) + 1 - Numerics.Special.ExponentialIntegral.EulerGamma - Math.Log(harmonic);
        yield return Claim.Relative("harmonic-constant", "2ητ*λ ≈ ln 2/(Λ + 1 − γ − ln 2ητ*λ) with Λ = ln λ/σ_{0}^{2} (one layer, Q = 0, harmonic, λ = 10)", Math.Log(2) / logarithm, harmonic, 0.03, Derived, "exact root", PredictionKind.Asymptotic).Over(small);
        var tied = Problem(new(ArchitectureKind.Tied), 1e-12, [1.0]);
        yield return Claim.Relative("tied-constant", "8ηλτ* → ln((1 − Q)/Q) (two tied layers, geometric, Q = 10^{−12})", Math.Log(1e12), 8 * Emergences(tied, CriterionKind.Geometric)[0].Time, 0.02, Derived, "exact root", PredictionKind.Asymptotic).Over("Q → 0");
    }
}
