using Eigenflow.Figures;
using Eigenflow.Solutions;

namespace Eigenflow.Systems.SpectralDescent;

/// <summary>Figure 5 and its claims: spectral descent with small steps against its piecewise closed form.</summary>
internal static class SlidingFigure
{
    private const int Dimension = 400;
    private const double Spike = 9;
    private const double Rate = 1e-5;
    private const double Scale = 1.0037e-3;
    private const long Steps = 100_400;
    private const string Window = "sliding, 0.15 < a < 0.95";

    public static ReproductionResult Run(IProgress<Progress>? progress, CancellationToken cancellation)
    {
        var problem = Runs.Spiked(Dimension, Spike, Scale);
        var theory = new SpectralTheory(problem.Blocks());

        // Pairs of neighbouring steps, whose mean is free of the chatter of period two.
        long[] steps = [.. Enumerable.Range(0, 1001).SelectMany(k => new[] { k * 100L, (k * 100L) + 1 })];
        var run = Runs.Spectral(problem, Rate, Steps, cancellation, at: steps);
        cancellation.ThrowIfCancellationRequested();
        double[] Pairs(string name) => [.. Enumerable.Range(0, 1001).Select(k => (Math.Abs(run[name][2 * k]) + Math.Abs(run[name][(2 * k) + 1])) / 2)];
        var (a, b, c, loss) = (Pairs("a"), Pairs("b"), Pairs("c"), Pairs("loss"));
        var window = Enumerable.Range(0, a.Length).Where(row => a[row] is > 0.15 and < 0.95).ToArray();
        const double FirstSliding = 0.15, LastSliding = 0.95;
        double Worst(double[] measured, Func<double, double> law) => window.Max(row => Math.Abs((measured[row] / law(a[row])) - 1));
        var claims = new List<Claim>
        {
            AtMost("sliding-bulk", "while sliding c² = (1 − a²)/(d + 1)", Worst(c, x => theory.Sliding(x, 1)), 0.002),

            // Bulk directions chatter together, T by 2dcη, and h_b = 0 reads 2sb² = −T: b is known to dη/(2c) relative only.
            Claim.AtMost(
                "sliding-spike", FormattableString.Invariant($"while sliding b² = c²/s, up to the chatter dη/(2c) of the bulk (d = {Dimension}, λ = {Spike}, η = 10^{{-5}})"), 1,
                window.Max(row => Math.Abs((b[row] / theory.Sliding(a[row], 1 + Spike)) - 1) / (Dimension * Rate / (2 * theory.Sliding(a[row], 1)))), DescentCurves.Derived,
                "largest relative deviation of the mean of two steps over 0.15 < a < 0.95, in units of dη/(2c)").At("d", Dimension).Over(Window),
            AtMost("sliding-loss", "while sliding L = ½ (1 − a²)² (d + 2)/(d + 1)", Worst(loss, theory.SlidingLoss), 0.001),
            Claim.Absolute(
                "spike-surface", FormattableString.Invariant($"the spike turns at r = 1/√(tr Q + 2s) (d = {Dimension}, λ = {Spike})"), theory.LoudSurface, Scale + run.TimeOf(PhaseTracker.SpikeSurface), 2 * Rate, DescentCurves.Derived,
                $"first step with h_b ≥ 0, η = 10^{{-5}}; tolerance two steps").UpTo(Steps, "k").At("d", Dimension),
            Claim.Relative(
                "bulk-surface", FormattableString.Invariant($"the bulk turns near r = 1/√(tr Q + 2) (d = {Dimension}, λ = {Spike})"), theory.QuietSurface, Scale + run.TimeOf(PhaseTracker.BulkSurface), 0.01, DescentCurves.Derived,
                "first step with h_c ≥ 0", PredictionKind.Asymptotic).UpTo(Steps, "k").At("d", Dimension),
            Claim.Absolute(
                "additive-alignment", $"the alignment stays at 1/√d until the spike turns (d = {Dimension})", theory.AdditiveAlignment,
                Enumerable.Range(0, run.Times.Length).Where(row => run.Times[row] < run.Events[PhaseTracker.SpikeSurface]).Select(row => run["alignment"][row]).MaxBy(value => Math.Abs(value - theory.AdditiveAlignment)),
                1e-12, $"{DescentCurves.Paper}, abstract", "the saved step that deviates most")
                .UpTo(run.TimeOf(PhaseTracker.SpikeSurface), "u").At("d", Dimension).Over("until the spike turns"),
            NoDip(problem, theory, cancellation),
            Finish(run, theory),
        };
        return new ReproductionResult
        {
            Claims = claims,
            Figures =
            [
                new Figure
                {
                    Id = "figure-5",
                    Title = $"Largest distance to the sliding solution: {Headline.Percent(Worst(c, x => theory.Sliding(x, 1)))} (bulk), {Headline.Percent(Worst(loss, theory.SlidingLoss))} (loss)",
                    Caption = $"Spectral descent with η = 10^{{-5}} against the signal coefficient a: bulk and spike (a) and loss (b), means of two neighbouring steps (dots), with the sliding solution c² = (1 − a²)/(d + 1), b² = c²/s, "
                        + FormattableString.Invariant($"L = ½(1 − a²)²(d + 2)/(d + 1) (lines). d = {Dimension}, λ = {Spike}, α = {Scale}."),
                    Panels =
                    [
                        new Panel
                        {
                            Title = "coefficients",
                            X = new Axis("signal coefficient a", false, 0),
                            Y = new Axis("b, c", false, 0),
                            Series =
                            [
                                .. Pair("c (bulk)", c, x => theory.Sliding(x, 1), CurveColors.Bulk), .. Pair("b (spike)", b, x => theory.Sliding(x, 1 + Spike), CurveColors.Spike),
                                SolutionSeries.Key("spectral descent", SeriesStyle.Points), SolutionSeries.Key("sliding solution", SeriesStyle.Line),
                            ],
                        },
                        new Panel
                        {
                            Title = "loss",
                            X = new Axis("signal coefficient a", false, 0),
                            Y = new Axis("loss L", true),
                            Series = [.. Pair("L", loss, theory.SlidingLoss, CurveColors.Error)],
                        },
                    ],
                },
            ],
        };

        // Before the surfaces and after the signal is learned the solution says nothing of the run.
        Series[] Pair(string label, double[] values, Func<double, double> law, int color) =>
            [Curve(label, values, color).Against(x => x is > FirstSliding and < LastSliding ? law(x) : double.NaN), SolutionSeries.Function(Enumerable.Range(0, 171).Select(k => 0.1 + (k * 0.005)), law, label, color, SeriesStyle.Line)];

        // From there on a chatters about one, and abscissae ascend.
        Series Curve(string label, double[] values, int color)
        {
            var rows = Enumerable.Range(0, a.Length).Where(row => a[row] < 0.9999).ToArray();
            return new Series { Label = label, X = [.. rows.Select(row => a[row])], Y = [.. rows.Select(row => values[row])], Color = color, Style = SeriesStyle.Points };
        }
    }

    private static Claim AtMost(string id, string statement, double measured, double bound) => Claim.AtMost(
        id, FormattableString.Invariant($"{statement} (d = {Dimension}, λ = {Spike}, η = 10^{{-5}})"), bound, measured, DescentCurves.Derived, "largest relative deviation of the mean of two steps over 0.15 < a < 0.95; the bound was chosen from the chatter of size η").At("d", Dimension).Over(Window);

    // Never: ten times the steps after which the signal is learned.
    private static Claim NoDip(SpectralDescentProblem problem, SpectralTheory theory, CancellationToken cancellation)
    {
        const long until = (long)ClaimHorizon.AllTimes * Steps;
        var run = Runs.Spectral(problem, Rate, until, cancellation, at: [0, until]);
        return Claim.AtLeast(
            "no-dip", FormattableString.Invariant($"the alignment of spectral descent never falls below 1/√d (d = {Dimension}, λ = {Spike})"), theory.AdditiveAlignment * (1 - 1e-12), run.SummaryOf("smallest-alignment") ?? double.NaN, $"{DescentCurves.Paper}, abstract", "smallest over all steps")
            .ForAllTimes(until, Steps, "k").At("d", Dimension);
    }

    // The bulk falls at unit speed until S_c is of the order of η, where the chatter of the signal about one takes over: the end is read off the fall.
    private static Claim Finish(Solution run, SpectralTheory theory)
    {
        var row = Array.FindLastIndex(run["c"], value => value > 5 * Math.Sqrt(Rate / Dimension));
        return Claim.Absolute(
            "finite-contraction", FormattableString.Invariant($"the bulk falls to zero at u = 1 − α + 1/(2d) (d = {Dimension}, λ = {Spike})"), theory.Finish, run.Times[row] + run["c"][row], 0.1 / Dimension, DescentCurves.Derived,
            "u + c at the last saved step with c > 5√(η/d), where the bulk falls at unit speed; tolerance a tenth of 1/d", PredictionKind.Asymptotic).UpTo(Steps, "k").At("d", Dimension);
    }
}
