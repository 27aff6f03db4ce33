using Eigenflow.Figures;
using Eigenflow.Solutions;

namespace Eigenflow.Systems.SpectralDescent;

/// <summary>Figure 6 and its claims: power-law covariances, with the coefficients of all modes as a picture.</summary>
internal static class PowerLawFigure
{
    private const int Dimension = 50;
    private const double Scale = 1e-3;
    private static readonly double[] Exponents = [0.5, 1, 1.5, 2];

    public static ReproductionResult Run(IProgress<Progress>? progress, CancellationToken cancellation)
    {
        var figures = new List<Figure>();
        foreach (var mode in new[] { 5, 1, 20 })
        {
            var (loss, alignment, slow, fast) = Curves(mode, cancellation);
            Panel[] maps = mode == 5 ? [Map("gradient descent: modes (p = 1)", false, cancellation), Map("spectral descent: modes (p = 1)", true, cancellation)] : [];
            figures.Add(new Figure
            {
                Id = mode == 5 ? "figure-6" : $"figure-6-mode-{mode}",
                Title = $"Signal in mode {mode}: smallest alignment {DisplayNumber.Of(slow, 2)} (gradient descent), {DisplayNumber.Of(fast, 2)} (spectral)",
                Scale = new ColorScale("exponent p"),
                Caption = $"Loss and alignment under gradient descent (lines, η = 0.25/max(q_{{1}}q_{{0}}, 3q_0²)) and spectral descent (dashed, η = 0.00211) for q_j = j^{{-p}}, θ = e_{{{mode}}}"
                    + (mode == 5 ? "; below, |w_j| of every mode for p = 1, with the line below which q_j > 3q_0: by theory these grow faster than the signal under gradient descent" : "") + $". d = {Dimension}, α = 10^{{-3}} (spectral: 0.00137).",
                Panels = [loss, alignment, .. maps],
            });
        }

        return new ReproductionResult { Figures = figures, Claims = [.. Thresholds(cancellation), Additive(cancellation), Sliding(cancellation)] };
    }

    private static (Panel Loss, Panel Alignment, double Descent, double Spectral) Curves(int mode, CancellationToken cancellation)
    {
        List<Series> losses = [], alignments = [];
        var (slow, fast) = (1.0, 1.0);
        for (var k = 0; k < Exponents.Length; k++)
        {
            var problem = Runs.PowerLaw(Dimension, Exponents[k], mode, Scale);
            var defaults = DefaultRates.Of(problem, UpdateRule.GradientDescent, false);
            var descent = Runs.Descent(problem, defaults.LearningRate, defaults.StepsAt(defaults.LearningRate) / 4, cancellation);
            var spectral = Runs.Spectral(Runs.PowerLaw(Dimension, Exponents[k], mode, 0.00137), 0.00211, 480, cancellation, at: Runs.Every(480));
            cancellation.ThrowIfCancellationRequested();
            var label = $"p = {DisplayNumber.Of(Exponents[k])}";
            foreach (var (series, observable) in new[] { (losses, "loss"), (alignments, "alignment") })
            {
                series.Add(DescentCurves.Of(descent, observable, label, k) with { Value = Exponents[k] });
                series.Add(DescentCurves.Of(spectral, observable, label, k, SeriesStyle.Dashed).Smoothed() with { Role = SeriesRole.Theory, Value = Exponents[k] });
            }

            slow = Math.Min(slow, descent.SummaryOf("smallest-alignment") ?? double.NaN);
            fast = Math.Min(fast, spectral.SummaryOf("smallest-alignment") ?? double.NaN);
        }

        losses.Add(SolutionSeries.Key("gradient descent", SeriesStyle.Line));
        losses.Add(SolutionSeries.Key("spectral descent", SeriesStyle.Dashed));
        return (
            new Panel { Title = "loss", X = new Axis("step k", true), Y = new Axis("loss L", true), Series = losses },
            new Panel { Title = "alignment", X = new Axis("step k", true), Y = new Axis("alignment A_F", true), Series = alignments },
            slow,
            fast);
    }

    private static Panel Map(string title, bool isSpectral, CancellationToken cancellation)
    {
        var problem = Runs.PowerLaw(Dimension, 1, 5, isSpectral ? 0.00137 : Scale);
        long[] steps = isSpectral ? Runs.Every(480, 4) : Runs.Every(600, 5);
        var run = problem.Solve(
            new BlockRecursion { Rule = isSpectral ? UpdateRule.Spectral : UpdateRule.GradientDescent, LearningRate = isSpectral ? 0.00211 : 0.5, AtSteps = steps, KeepsWeights = true }, null, cancellation);
        cancellation.ThrowIfCancellationRequested();
        return new Panel
        {
            Title = title,
            X = new Axis("step k", false, 0, steps[^1]),
            Y = new Axis("mode j", true, 1, Dimension),
            Series = [],
            HeatMap = new HeatMap
            {
                Label = "|w_j|",
                X = run["step"],
                Y = [.. Enumerable.Range(1, Dimension).Select(j => (double)j)],
                Values = [.. Enumerable.Range(1, Dimension).SelectMany(j => run[FormattableString.Invariant($"w{j}")].Select(Math.Abs))],
                IsLogarithmic = true,

                // Coefficients end at the chatter of the steps or at nothing: the colours are for what is learned.
                Minimum = 1e-3,
                Maximum = 1,
            },
            Lines = isSpectral ? [] : [new ReferenceLine(5.0 / 3, "q_j = 3q_0", IsVertical: false)],
        };
    }

    // Escape from a tiny start, before anything saturates: modes that have saturated shrink T and with it the growth of the others.
    private static IEnumerable<Claim> Thresholds(CancellationToken cancellation)
    {
        foreach (var (exponent, mode) in new[] { (0.5, 20), (1.0, 5), (1.5, 20), (2.0, 5), (2.0, 20) })
        {
            var problem = Runs.PowerLaw(Dimension, exponent, mode, 1e-8);
            var theory = new GradientDescentTheory(problem.Blocks());
            var rate = 1e-3 / Math.Max(theory.SignalRate, theory.LoudRate);
            var run = problem.Solve(new BlockRecursion { LearningRate = rate, AtSteps = [1000], KeepsWeights = true }, null, cancellation);
            cancellation.ThrowIfCancellationRequested();
            var faster = Enumerable.Range(1, Dimension).Count(j => run[FormattableString.Invariant($"w{j}")][0] > run["a"][0]);
            yield return Claim.Absolute(
                $"power-law-threshold-p{DisplayNumber.Of(exponent)}-mode{mode}", $"under gradient descent the directions with q_j > 3q_0 grow faster than the signal (p = {DisplayNumber.Of(exponent)}, k₀ = {mode}, d = {Dimension})", theory.OvertakingCount, faster, 0,
                DescentCurves.Derived, "number of modes with w_j > a in the escape, after growth of the fastest by e from α = 10^{-8}", PredictionKind.Asymptotic).UpTo(1000, "k").At("d", Dimension).Over("escape");
        }
    }

    // Every mode that has reached its surface, with small steps, at a = 0.8.
    private static Claim Sliding(CancellationToken cancellation)
    {
        const int Small = 20;
        const double Rate = 2e-6;
        var problem = Runs.PowerLaw(Small, 0.5, 5, 0.0010037);
        var theory = new SpectralTheory(problem.Blocks());
        var step = (long)((0.8 - 0.0010037) / Rate);
        var run = problem.Solve(new BlockRecursion { Rule = UpdateRule.Spectral, LearningRate = Rate, AtSteps = [step, step + 1], KeepsWeights = true }, null, cancellation);
        cancellation.ThrowIfCancellationRequested();
        var worst = Enumerable.Range(1, Small).Where(j => j != 5).Max(j =>
        {
            var w = run[FormattableString.Invariant($"w{j}")];
            return Math.Abs(((Math.Abs(w[0]) + Math.Abs(w[1])) / 2 / theory.Sliding(run["a"][0], Math.Pow(j, -0.5))) - 1);
        });
        return Claim.AtMost(
            "power-law-sliding", $"every mode slides on q_j w_j² = q_0 (1 − a²)/(d + 1) (p = 0.5, k₀ = 5, d = {Small})", 0.01, worst, DescentCurves.Derived,
            "largest relative deviation of |w_j|, mean of two steps, at a = 0.8, η = 2 × 10^{-6}").UpTo(step + 1, "k").At("d", Small).Over("sliding, modes that have reached their surface");
    }

    private static Claim Additive(CancellationToken cancellation)
    {
        var problem = Runs.PowerLaw(Dimension, 1, 5, 0.00137);
        var theory = new SpectralTheory(problem.Blocks());
        var steps = (long)((theory.LoudSurface - 0.00137) / 0.00211);
        var run = problem.Solve(new BlockRecursion { Rule = UpdateRule.Spectral, LearningRate = 0.00211, AtSteps = [steps], KeepsWeights = true }, null, cancellation);
        cancellation.ThrowIfCancellationRequested();
        var spread = Enumerable.Range(1, Dimension).Max(j => Math.Abs(run[FormattableString.Invariant($"w{j}")][0] - run["a"][0]));
        return Claim.Absolute(
            "power-law-additive", $"spectral descent moves every mode alike until the first surface (p = 1, k₀ = 5, d = {Dimension})", 0, spread, 1e-14, DescentCurves.Derived, $"largest |w_j − a| at step {steps}, before mode 1 turns").UpTo(steps, "k").At("d", Dimension).Over("before the first surface");
    }
}
