using Eigenflow.Figures;

namespace Eigenflow.Systems.SpectralDescent;

/// <summary>The step counts of every rule at one setting, predicted and measured.</summary>
internal static class StepCountsTable
{
    private const int Dimension = 100;
    private const double Spike = 9;
    private const double Scale = 1.37e-3;
    private const double GradientRate = 0.025;
    private const double Rate = 0.00211;
    private const double Decay = 0.5;
    private const double Slow = 0.9;

    // Where published lists promise to be near one.
    private const double LowestShare = 0.0035;

    /// <summary>The table, and the claims about k_½ of each rule.</summary>
    public static Table Of(List<Claim> claims, CancellationToken cancellation)
    {
        var problem = Runs.Spiked(Dimension, Spike, Scale);
        var blocks = problem.Blocks();
        var (descent, spectral) = (new GradientDescentTheory(blocks), new SpectralTheory(blocks));
        var rows = new List<IReadOnlyList<string>>();
        var gradient = UpdateRule.GradientDescent;
        foreach (var (id, name, rule) in new[] { ("plain", "gradient descent", gradient), ("momentum", "gradient descent, μ = 0.9", gradient with { Momentum = Slow }), ("nesterov", "gradient descent, Nesterov μ = 0.9", gradient with { Momentum = Slow, IsNesterov = true }) })
        {
            var predicted = descent.EscapeSteps(GradientRate, new PredictedRule { Momentum = rule.Momentum, IsNesterov = rule.IsNesterov });
            var half = Add(name, rule, GradientRate, 20_000, DisplayNumber.Of(predicted), "", "");
            claims.Add(Claim.Relative(
                $"count-gradient-{id}", $"k_{{1/2}} of {name} is its escape time (d = {Dimension}, λ = {Spike}, η = {GradientRate})", predicted, half, 0.15, DescentCurves.Derived, "first step with a² ≥ ½, α = 0.00137", PredictionKind.Asymptotic).UpTo(20_000, "k").At("d", Dimension).Over("λ > 2, small start"));
        }

        var polar = UpdateRule.Spectral;
        foreach (var (id, name, rule) in new[]
        {
            ("plain", "spectral", polar), ("nesterov", "spectral, Nesterov μ = 0.95", polar with { Momentum = MuonRuns.Momentum, IsNesterov = true }),
            ("decay", "spectral, weight decay 0.5", polar with { WeightDecay = Decay }), ("rms", "spectral, update-scale rms", polar with { Scale = UpdateScale.RootMeanSquare }),
        })
        {
            var factor = rule.Scale.Factor(problem);
            var rate = Rate / factor;
            double Steps(double a) => spectral.StepsTo(a, rate, factor, rule.WeightDecay);
            var predicted = Steps(Math.Sqrt(0.5));
            var half = Add(name, rule, rate, 2000, DisplayNumber.Of(predicted), DisplayNumber.Of(Steps(spectral.AlignedSignal)), DisplayNumber.Of(Steps(spectral.TargetSignal(1e-3))));
            claims.Add(Claim.Absolute(
                $"count-spectral-{id}", $"k_{{1/2}} of {name} (d = {Dimension}, λ = {Spike}, η = {DisplayNumber.Of(rate)})", predicted, half, 0, DescentCurves.Derived, "first step with a² ≥ ½, α = 0.00137").UpTo(2000, "k").At("d", Dimension).Over("while h_a < 0"));
        }

        foreach (var (name, direction) in new[] { ("fractional, p = 0.5", new PowerDirection(0.5)), ("fractional, p from 1 to 0", new PowerDirection(1) { FinalPower = 0 }) })
        {
            var rule = new UpdateRule { Direction = direction };
            Add(name, rule, DefaultRates.Of(problem, rule, isSampled: false).LearningRate, 4000, "", "", "");
        }

        foreach (var (list, coefficients) in MuonRuns.Lists)
        {
            foreach (var arithmetic in new[] { Arithmetic.Double, Arithmetic.BrainFloat })
            {
                var rule = MuonRuns.Muon(coefficients, arithmetic);
                var direction = (NewtonSchulzDirection)rule.Direction;
                double[] landed = [.. Enumerable.Range(0, 4001).Select(k => direction.Polynomial(LowestShare * Math.Pow(1 / LowestShare, k / 4000.0)))];
                var (least, most) = (landed.Min(), landed.Max());
                double Steps(double speed) => Math.Ceiling((Math.Sqrt(0.5) - Scale) / (Rate * speed));
                var name = $"{list}{(arithmetic == Arithmetic.Double ? "" : ", bf16")}";
                var half = Add($"Muon recipe, {name}", rule, Rate, 4000, FormattableString.Invariant($"{Steps(most):0} … {Steps(least):0}"), "", "");
                if (arithmetic == Arithmetic.BrainFloat || coefficients.Equals(NewtonSchulzCoefficients.Cubic))
                    continue;
                var id = list.Replace(' ', '-').ToLowerInvariant();
                claims.Add(Claim.AtLeast(
                    $"count-{id}-least", $"with {list}'s coefficients k_{{1/2}} is at least (√½ − α)/(η φ_max) (d = {Dimension}, λ = {Spike})", Steps(most), half, DescentCurves.Derived, $"φ_max over σ from {LowestShare} to 1; Nesterov μ = 0.95, η = {Rate}").UpTo(4000, "k").At("d", Dimension).Over("σ of the signal above 0.0035"));
                claims.Add(Claim.AtMost(
                    $"count-{id}-most", "and at most (√½ − α)/(η φ_min)", Steps(least), half, DescentCurves.Derived, $"φ_min over σ from {LowestShare} to 1").UpTo(4000, "k").At("d", Dimension).Over("σ of the signal above 0.0035"));
            }
        }

        return new Table(
            "muon-step-counts", $"Step counts of every rule (d = {Dimension}, λ = {Spike}, α = {Scale})", ["rule", "η", "k_½ predicted", "k_½", "A_F ≥ 0.9 predicted", "A_F ≥ 0.9", "L ≤ 10⁻³ predicted", "L ≤ 10⁻³"], rows,
            "Block recursions, constant learning rate. Predictions of gradient descent are escape times, of fractional powers there are none; of Newton–Schulz the range over all singular values above 0.0035 of the norm.");

        double Add(string name, UpdateRule rule, double rate, long steps, string half, string aligned, string target)
        {
            cancellation.ThrowIfCancellationRequested();
            var run = problem.Solve(new BlockRecursion { Rule = rule, LearningRate = rate, AtSteps = [steps] }, null, cancellation);
            cancellation.ThrowIfCancellationRequested();
            string Measured(string number) => run.SummaryOf(number) is { } value ? DisplayNumber.Of(value) : "—";
            rows.Add([name, DisplayNumber.Of(rate, 3), half, Measured("half-step"), aligned, Measured("aligned-step"), target, Measured("target-step")]);
            return run.SummaryOf("half-step") ?? double.NaN;
        }
    }
}
