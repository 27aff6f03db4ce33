using Eigenflow.Figures;
using Eigenflow.Solutions;
using static Eigenflow.Systems.DiffusionSpectralBias.DiffusionCurves;

namespace Eigenflow.Systems.DiffusionSpectralBias;

/// <summary>SGD on batches and gradient descent in the same discrete sampler, and what its few steps cost.</summary>
internal static class SgdFigure
{
    private const int Batch = 256;
    private const int Replicas = 4;
    private const int Steps = 600;
    private const double Rate = 0.02;
    private static readonly double[] Eight = [4, 2, 1, 0.5, 0.25, 0.125, 0.0625, 0.03125];
    private static readonly DiscreteSampler Fine = new(40, 7, HasLastStep: false);

    // A mode that is not learned after these steps, beside two that are.
    private const int LeakRuns = 4000;
    private const int LeakBatch = 16;
    private const int LeakSteps = 40;
    private static readonly double[] Three = [4, 1, 0.0625];
    private static readonly DiscreteSampler Coarse = new(12, 7, HasLastStep: false);

    public static ReproductionResult Run(IProgress<Progress>? progress, CancellationToken cancellation)
    {
        var problem = Problem(new(ArchitectureKind.OneLayer), 0.1, Eight) with { Weighting = NoiseWeighting.Inverse, LearningRate = Rate };
        int[] shown = [0, 2, 4, 6];
        var sgd = problem.Solve(new DiffusionSgd { Batch = Batch, Replicas = Replicas, Steps = Steps, Seed = 11, Points = 40, Shown = shown, Sampler = Fine }, progress, cancellation);
        var gd = problem.Solve(new DiffusionDescent { Steps = Steps, Points = 40, Shown = shown, Sampler = Fine }, null, cancellation);
        cancellation.ThrowIfCancellationRequested();
        var (claims, curves) = (new List<Claim>(), new List<Series>());
        foreach (var (index, mode) in shown.Index())
        {
            var name = DiffusionColumns.Variance(mode + 1).Name;
            curves.Add(SolutionSeries.Of(sgd, name, DisplayText.Of($"λ = {Eight[mode]}"), index, SeriesStyle.Points).Where((x, _) => x >= 1));
            curves.Add(SolutionSeries.Of(gd, name, "", index).Where((x, _) => x >= 1));
            curves.Add(Expected(problem, gd, name, mode, index));
            double measured = sgd[name][^1], error = sgd[name + ReplicaColumns.Error][^1];
            claims.Add(Claim.Relative($"sgd-variance-{mode + 1}", DisplayText.Of($"after {Steps} steps of SGD the samples have the variance of gradient descent (λ = {Eight[mode]})"), gd[name][^1], measured, 0.05, Derived, DisplayText.Of($"law of the sampler with the trained matrices, mean of {Replicas} runs, batch {Batch}, {Fine.Steps} levels, seed 11"), PredictionKind.Asymptotic, MeanOfRuns.Half(error, Replicas)).Over("η → 0, B → ∞").UpTo(Steps, "n").At("runs", Replicas));
        }

        // The recursion is a power: w* + (Q − w*)(1 − 2ηω(λ + σ²))^n at every level.
        var levels = problem.Levels.At(1);
        double variance = Eight[0], optimum = variance / (variance + 1), factor = 1 - (2 * Rate * levels.Rate(variance));
        claims.Add(Claim.Relative("gd-weight", "gradient descent is the flow with the exponential replaced by (1 − 2ηω(λ + σ^{2}))^{n} (λ = 4, σ = 1)", optimum + ((0.1 - optimum) * Math.Pow(factor, Steps)), gd["weight1"][^1], 1e-10, Derived, "600 steps").UpTo(Steps, "n"));
        var bias = ((int[])[20, 80]).Select(steps => Bias(steps)).ToArray();
        claims.Add(Claim.Absolute("heun-20", "twenty Heun steps overshoot a learned variance by 7 % (λ = 1)", 0.07, bias[0], 0.005, Derived, "variance of the sampler over that of the ODE, minus one, 2ητλ = 10"));
        claims.Add(Claim.Absolute("heun-80", "eighty Heun steps by 0.4 % (λ = 1)", 0.004, bias[1], 0.0005, Derived, "the same"));
        var leak = Leaks(cancellation);
        claims.AddRange(leak.Claims);
        var worst = shown.Max(mode => Math.Abs((sgd[DiffusionColumns.Variance(mode + 1).Name][^1] / gd[DiffusionColumns.Variance(mode + 1).Name][^1]) - 1));
        var early = shown.Max(mode => sgd[DiffusionColumns.Variance(mode + 1).Name].Zip(gd[DiffusionColumns.Variance(mode + 1).Name], (noisy, exact) => exact > 0 ? noisy / exact : 0).Max());
        int[] counts = [10, 14, 20, 28, 40, 56, 80, 112, 160];
        return new ReproductionResult
        {
            Claims = claims,
            Figures =
            [
                new Figure
                {
                    Id = "sgd",
                    Title = $"{Headline.Departure($"After {Steps} steps variances of SGD", "gradient descent", worst)}, on the way up to {DisplayNumber.Of(early, 2)} times as large; {Headline.Departure("the leak of an early mode", "its theory", leak.Departure)}; 20 sampler steps add {DisplayNumber.Percent(bias[0])}",
                    Caption = DisplayText.Of($"(a) Generated variance of four of eight modes against steps: dots are SGD (batch {Batch}, mean of {Replicas} runs, whole matrices), lines gradient descent, dashes gradient descent with the variance that noisy weights leak, both in a Heun sampler of {Fine.Steps} levels; W(0) = 0.1 I, loss weighted by 1/(1 + σ²), η = {Rate}. Noise of the weights between modes leaks variance of large modes into those that are not learned yet, so that dots lie above lines there: by 4η²ω²ℓ_{{i}}r_{{j}}/B per step in the squared weight between modes i and j, to leading order. (b) Excess of the variance of a learned mode (λ = 1) in Heun samplers of n levels."),
                    Panels =
                    [
                        new Panel { Title = "training", X = new Axis("step n", true), Y = new Axis("generated variance λ~", true), Series = curves },
                        new Panel { Title = "sampler", X = new Axis("sampler levels n", true), Y = new Axis("excess variance λ~/λ − 1", true), Series = [new Series { Label = "", X = [.. counts.Select(count => (double)count)], Y = [.. counts.Select(count => Math.Abs(Bias(count)))], Style = SeriesStyle.Points, Role = SeriesRole.Theory }], Slopes = [new SlopeGuide(20, 80, 0.07, -2, "−2")] },
                    ],
                },
            ],
        };
    }

    private static Series Expected(DiffusionProblem problem, Solution gd, string name, int mode, int color)
    {
        int[] rows = [.. Enumerable.Range(0, gd.Rows).Where(row => gd["step"][row] >= 1)];
        var leaked = LeakedVariance.Of(problem, Fine, Batch, mode, [.. rows.Select(row => (long)gd["step"][row])]);
        return new Series { Label = "", X = [.. rows.Select(row => gd["step"][row])], Y = [.. rows.Select((row, k) => gd[name][row] + leaked[k])], Style = SeriesStyle.Dashed, Role = SeriesRole.Theory, Color = color };
    }

    // The excess of a mode that is not learned yet, with its theory; with another batch, and with half of the learning rate at one training time.
    private static (IEnumerable<Claim> Claims, double Departure) Leaks(CancellationToken cancellation)
    {
        DiffusionProblem Of(double rate) => Problem(new(ArchitectureKind.OneLayer), 0.1, Three) with { Weighting = NoiseWeighting.Inverse, LearningRate = rate };
        (double Mean, double Half, double Theory) Excess(double rate, int batch, int steps)
        {
            int[] last = [Three.Length - 1];
            var name = DiffusionColumns.Variance(Three.Length).Name;
            var sgd = Of(rate).Solve(new DiffusionSgd { Batch = batch, Replicas = LeakRuns, Steps = steps, AtSteps = [steps], Seed = 12, Shown = last, Sampler = Coarse }, null, cancellation);
            var gd = Of(rate).Solve(new DiffusionDescent { Steps = steps, AtSteps = [steps], Shown = last, Sampler = Coarse }, null, cancellation);
            cancellation.ThrowIfCancellationRequested();
            return (sgd[name][^1] - gd[name][^1], MeanOfRuns.Half(sgd[name + ReplicaColumns.Error][^1], LeakRuns), LeakedVariance.Of(Of(rate), Coarse, batch, last[0], [steps])[0]);
        }

        var one = Excess(Rate, LeakBatch, LeakSteps);
        var batch = Excess(Rate, 4 * LeakBatch, LeakSteps);
        var slow = Excess(Rate / 2, LeakBatch, 2 * LeakSteps);
        var how = DisplayText.Of($"variance of the mode over that of gradient descent, mean of {LeakRuns} runs, λ = 4, 1, 0.0625, {Coarse.Steps} levels, seed 12; 95 % interval");
        Claim Ratio(string id, string statement, double expected, (double Mean, double Half, double Theory) other) => Claim.Relative(
            id, statement, expected, one.Mean / other.Mean, 0.2, Derived, how, PredictionKind.Asymptotic, one.Mean / other.Mean * Math.Sqrt(Math.Pow(one.Half / one.Mean, 2) + Math.Pow(other.Half / other.Mean, 2))).Over("η → 0, B → ∞").At("runs", LeakRuns);
        Claim[] claims =
        [
            Claim.Relative("sgd-leak", DisplayText.Of($"noise of the weights leaks variance of large modes into a mode that is not learned yet, Σ_{{j}} E A_{{ij}}^{{2}} with 4η^{{2}}ω^{{2}}ℓ_{{i}}r_{{j}}/B per step (λ = 0.0625, η = {Rate}, B = {LeakBatch}, {LeakSteps} steps)"), one.Theory, one.Mean, 0.15, Derived, how, PredictionKind.Asymptotic, one.Half).Over("η → 0, B → ∞").At("runs", LeakRuns),
            Ratio("sgd-leak-batch", "four times the batch leaves a quarter of it", 4, batch),
            Ratio("sgd-leak-rate", "at the same training time half of the learning rate leaves about half of it, as the same sum says", one.Theory / slow.Theory, slow),
        ];
        return (claims, Math.Abs((one.Mean / one.Theory) - 1));
    }

    private static double Bias(int steps)
    {
        var problem = Problem(new(ArchitectureKind.OneLayer), 0.1, [1.0]);
        double Variance(Dynamics.Method<DiffusionProblem> method) => problem.Solve(method)["variance1"][0];
        return (Variance(new DiffusionHeun { Times = [5], Sampler = new(steps, 7, HasLastStep: true) }) / Variance(new DiffusionTheory { Times = [5] })) - 1;
    }
}
