using System.Text;
using Eigenflow.Settings;
using Shouldly;
using Xunit;

namespace Eigenflow.Tests.Conformance;

/// <summary>Which predictions have no mark in the learning curve of their system at its defaults, and why: a number with a place on an axis that is drawn has a mark.</summary>
public sealed class UnmarkedPredictionsTests
{
    // After the colon what the caption says; in brackets the names of those that it counts.
    private const string Expected = """
        phase-retrieval: Not drawn: s(0), u(0) (beyond the axes, or far from the curves); L_floor, MSE_floor (of other methods); K (the constant of a law whose slope is drawn); L∞, MSE∞, ησ²/B, E L (the floor of finite steps is drawn); 1/β_d (next to T₂, which is drawn); T₁ᶜ (near T₁, which is drawn); ⟨T₁⟩, med T₁ (of all random starts); T₂^∞ (it is of d = ∞); 21 numbers that have no place on these axes. [teacher-overlap escape-rate escape-coefficient escape-rate-lower-bound escape-rate-upper-bound escape-coefficient-bound escape-time-deviation sign-change-probability correlation-ratio overlap-ratio convergence-exponent convergence-exponent-bound mse-exponent mse-constant largest-stable-learning-rate first-mode-learning-rate sgd-largest-stable-learning-rate sgd-floor-overlap-variance sgd-floor-correction stable-rate floor-overlap-deviation]
        spectral-descent: Not drawn: K (the curve has too little of the range of the law); A_F, u_b, u_c, k_½, k_A, k_L, u_f (of other methods); K_a (where τ_a stands); 12 numbers that have no place on these axes. [signal-rate spike-rate bulk-rate threshold overtaking largest-learning-rate late-slope largest-spectral-rate sliding-bulk sliding-loss-constant sliding-end lattice-limit]
        functional-scaling-law: Not drawn: E(0), D_M, M^β (beyond the axes, or far from the curves); Γ(s)/(β2^s) (the constant of a law whose slope is drawn); T (the end of the run); theorem loss (up to a constant); 19 numbers that have no place on these axes. [intrinsic-difficulty regime-margin stability-step noise-gain largest-stable-rate kernel-exponent kernel-constant constant-data-exponent constant-compute-exponent constant-model-exponent decay-data-exponent decay-rate-exponent decay-compute-exponent decay-model-exponent optimal-power optimal-fraction-exponent optimal-peak optimal-decay-fraction optimal-loss]
        scaling-renormalization: Not drawn: λ_* (along another axis); κ_2, E_σ (of what no panel shows); t_*, E_t* (of other methods); 7 numbers that have no place on these axes. [train-test-gap samples-to-halve ridge-exponent noise-exponent learning-exponent optimal-ridge-exponent optimal-error-exponent]
        multiscale-double-descent: Not drawn: λ_opt, E(λ_opt) (of other methods); κ_c, κ_c', Λ_max, Λ_min, η_max (no place on these axes). [critical-condition critical-condition-ridge largest-eigenvalue smallest-eigenvalue stability-limit]
        u-turn-double-descent: Not drawn: E_noise (of what no panel shows). []
        multiclass-sgd: Not drawn: R*, R∞, m∞ (beyond the axes, or far from the curves); B∞ (of what no panel shows); q, 1 + 2β, x, B/m (no place on these axes). [separation transition-power logarithm-exponent variance-over-mean]
        quadratic-parameterization: Not drawn: R(0) (beyond the axes, or far from the curves); L_∞ (it counts from R_{tail}); LB(T) (a mean over targets); R(T) (up to a constant); 23 numbers that have no place on these axes. [regime-margin largest-rate population-edge rate-part diverged-low diverged-high product-rate effective-dimension data-exponent data-exponent-linear lower-bound-exponent optimality-gap model-size-exponent dimension-exponent rate-exponent compute-exponent compute-model-exponent bound-model bound-noise bound-data recommended-rate optimal-model-size optimal-samples]
        scaling-collapse: Not drawn: universal curve (of other methods); 19 numbers that have no place on these axes. [optimal-data-exponent used-data-exponent optimal-scale tied-terms total-exponent frontier-exponent exact-horizon exact-horizon-count collapse-deviation exact-collapse ladder-exponent ladder-frontier optimal-horizon universal-loss noise-share noise-factor alpha seed-exponent ladder-steps]
        in-and-out-of-equilibrium: Not drawn: Σ_22 (of what no panel shows); 8 numbers that have no place on these axes. [mean-square-limit effective-temperature excess-loss shift epoch-variance kl-sgld kl-sgworld kl-langevin]
        diffusion-spectral-bias: Not drawn: KL∞ (beyond the axes, or far from the curves); k₀, α, 2ητ*λ, η_max (no place on these axes). [crossover-mode rising-exponent emergence-constant stable-rate]
        rao-blackwell-diffusion: Not drawn: α, s, E‖x₀ − E[x₀|x]‖², E‖φ* − E[x₀|x]‖², r, v, R_{full} (of what no panel shows); E‖W − W*‖²_∞, R_∞ (of other methods); V_{orbit}/V, η_max (no place on these axes). [noise-ratio largest-rate]
        linear-regression:  []
        ridge-of-two-modes:  [ridgeless-variance]
        """;

    [Fact]
    public void WhatHasNoMarkIsKnown()
    {
        var found = new StringBuilder();
        foreach (var id in TestedSystems.Ids().Select(row => (string)row.Data))
            found.Append(Told(TestedSystems.Find(id))).Append('\n');
        found.ToString().Trim().ShouldBe(Expected.ReplaceLineEndings("\n").Trim());
    }

    // Numbers of the curve that have no mark say why; what counts its place has one.
    [Theory]
    [MemberData(nameof(Systems))]
    public void MarksAndReasonsExclude(string id)
    {
        foreach (var quantity in TestedSystems.Find(id).Predictions)
            (quantity.Mark is null || quantity.Unmarked.Length == 0).ShouldBeTrue(quantity.Name);
        var system = TestedSystems.Find(id);
        foreach (var prediction in system.Predict(system.Complete(null, new Setting([]))))
        {
            if (prediction.Place is not null)
                system.Predictions.Single(quantity => quantity.Name == prediction.Name).Mark!.Kind.ShouldBe(CurveMarkKind.Value, prediction.Name);
        }
    }

    public static TheoryData<string> Systems() => TestedSystems.Ids();

    private static string Told(ISystem system)
    {
        var predictions = system.Predict(system.Complete(null, new Setting([])));
        var caption = system.DrawPredicted([new PredictedCurve(system.Solve(system.Complete(system.LearningCurves[0], new Setting([]))), predictions)]).Caption;
        string[] placeless = [.. predictions.Where(prediction => prediction.Window != WindowStatus.Withheld && system.Predictions.Single(quantity => quantity.Name == prediction.Name) is { Mark: null, Unmarked.Length: 0 }).Select(prediction => prediction.Name)];
        var start = caption.IndexOf("Not drawn", StringComparison.Ordinal);
        return $"{system.Id}: {(start < 0 ? "" : caption[start..])} [{string.Join(' ', placeless)}]";
    }
}
