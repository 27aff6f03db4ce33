using Eigenflow.Figures;
using Eigenflow.Scaling;
using Eigenflow.Solutions;

namespace Eigenflow.Systems.ScalingCollapse;

/// <summary>Figure 8: the deviation of one model over its seeds near the end, against the flow time that is left.</summary>
internal static class ControlFigure
{
    private const double Size = 64;
    private const double Tolerance = 0.05;
    private const double LargestLeft = 0.1;
    private const long FewestSteps = 10;
    private const double SmallestShown = 1e-8;
    private const double LargestShown = 0.3;
    private const double SlowPeak = 0.02;

    public static ReproductionResult Run(IProgress<Progress>? progress, CancellationToken cancellation)
    {
        var series = new List<Series>();
        var claims = new List<Claim>();
        var slopes = new List<double>();
        foreach (var (index, (text, name)) in LadderLab.Schedules.Where(one => one.Name is not "exponential").Index())
        {
            progress?.Report(new Progress(index / 6.0, name));

            // A small peak: the law is for stretches of flow time in which even the fastest mode (λ = 1) hardly relaxes.
            var problem = (LadderLab.Ladder with { Models = [Size], Peak = SlowPeak }).Under(text);
            var model = LadderModel.Of(problem, Size);
            long[] before = [.. LadderLab.Logarithmic(1, model.Steps * 0.9, 160).Select(left => model.Steps - (long)Math.Round(left)).Distinct().Order()];
            var theory = problem.Run(new LadderTheory { AtSteps = [.. before, model.Steps] }, cancellation);
            var end = theory["t"][^1];
            var rows = Enumerable.Range(0, before.Length).Reverse().ToArray();
            double[] left = [.. rows.Select(row => 1 - (theory["t"][row] / end))], spread = [.. rows.Select(row => theory["deviation"][row] / Math.Sqrt(model.RateAt(before[row])))];
            series.Add(new Series { Label = name, X = left, Y = spread, Color = LadderLab.Color(text) }.Where((x, row) => x is >= SmallestShown and <= LargestShown && double.IsFinite(spread[row])));

            // Relaxation of less than a tenth; several steps, so that it is a stretch.
            var near = Enumerable.Range(0, left.Length).Where(row => left[row] > 0 && left[row] * end <= LargestLeft && model.Steps - before[rows[row]] >= (name == "constant" ? 1 : FewestSteps)).ToArray();
            var fit = PowerLaw.Fit([.. near.Select(row => left[row])], [.. near.Select(row => theory["deviation"][rows[row]] / Math.Sqrt(model.RateAt(before[rows[row]])))], new PowerLawOptions { WindowStart = 1e-30 });
            slopes.Add(fit.Exponent);
            claims.Add(Claim.Absolute(
                $"control-{name}", $"near the end Δ ∝ (η (1 − τ/τ*))^{{1/2}} ({name}, M = 64, η = 0.02, B = 4, β = 1.5, s = 0.5)", 0.5, fit.Exponent, Tolerance, LadderLab.Paper, "least squares of Δ/√η on 1 − τ/τ* while λ₁(τ* − τ) ≤ 0.1, theory of seed noise", PredictionKind.Asymptotic).Over("τ → τ*"));
        }

        return new ReproductionResult
        {
            Claims = claims,
            Figures =
            [
                new Figure
                {
                    Id = "figure-8",
                    Title = $"Near the end Δ/√η grows as (1 − τ/τ*)^{{p}}, p = {DisplayNumber.Of(slopes.Min(), 3)} … {DisplayNumber.Of(slopes.Max(), 3)} over {slopes.Count} schedules",
                    Caption = "Relative deviation over seeds of the normalised risk of one model over the root of the learning rate, against the flow time that is left (theory of seed noise; M = 64, η = 0.02, B = 4, β = 1.5, s = 0.5, N = 4096, κ = 1). Triangle: 1/2. Where fast modes relax within the time that is left the curves bend.",
                    Panels = [new Panel { X = new Axis("flow time left 1 − τ/τ*", true), Y = new Axis("Δ/√η", true), Series = series, Slopes = [series[4].Guide(1e-6, 1e-4, 0.5)] }],
                },
            ],
        };
    }
}
