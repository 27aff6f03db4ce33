using Eigenflow.Figures;
using Eigenflow.Scaling.Collapse;
using Eigenflow.Solutions;

namespace Eigenflow.Systems.ScalingCollapse;

/// <summary>Figure 4: ladders whose horizon grows with a wrong exponent. Their ends lie on power laws all the same.</summary>
internal static class BrokenFigure
{
    private const double Reference = 64;
    private const double LeastFactor = 2;
    private const double LeastDetermination = 0.99;

    private static readonly (double Factor, string Name)[] Ladders = [(0.8, "too-small"), (1, "right"), (1.2, "too-large")];

    public static ReproductionResult Run(IProgress<Progress>? progress, CancellationToken cancellation)
    {
        var panels = new List<Panel>();
        var spreads = new List<Series>();
        var found = new Dictionary<string, (double Rms, double Drift, double Determination)>(StringComparer.Ordinal);
        foreach (var (index, (factor, name)) in Ladders.Index())
        {
            progress?.Report(new Progress(index / 3.0, "ladders"));
            var gamma = factor * LadderLab.Ladder.Capacity;

            // The horizons of the three ladders agree at M = 64.
            var problem = LadderLab.Ladder with { Models = [16, 32, 64, 128, 256], DataExponent = gamma, Horizon = Math.Pow(Reference, LadderLab.Ladder.Capacity - gamma) };
            var runs = problem.Means(1000, cancellation);
            var curves = runs.Normalize();
            var statistics = CollapseStatistics.Of(curves);
            var drift = CollapseDrift.Of(curves);
            found[name] = (statistics.RootMeanSquare, drift.Slope[drift.Nearest(0.1)], ReducibleLossFit.Of(runs, floor: 0, cancellation: cancellation).Determination);
            panels.Add(new Panel
            {
                Title = $"γ = {DisplayNumber.Of(gamma)}",
                X = new Axis("place in the horizon x", true),
                Y = new Axis("ℓ(x)", true, 0.95, 6),
                Series = [.. runs.Select((run, k) => new Series { Label = $"M = {run.Size:0}", X = curves.X, Y = curves.ModelMean(k), Value = run.Size })],
            });
            spreads.Add(new Series { Label = $"γ = {DisplayNumber.Of(gamma)}", X = statistics.X, Y = statistics.Delta, Color = index }.Where((x, _) => x < 1));
        }

        var (small, right, large) = (found["too-small"], found["right"], found["too-large"]);
        var where = $"M = 16 … 256, mean of SGD at constant rate, horizons equal at M = 64; {LadderLab.Setting}";
        return new ReproductionResult
        {
            Claims =
            [
                Claim.AtLeast("broken-small", $"a horizon that grows too slowly (γ = 0.8β) makes the deviation at least twice as large ({where})", LeastFactor, small.Rms / right.Rms, LadderLab.Paper, "root mean squares over x < 1", PredictionKind.Heuristic),
                Claim.AtLeast("broken-large", $"a horizon that grows too fast (γ = 1.2β) makes the deviation at least twice as large ({where})", LeastFactor, large.Rms / right.Rms, LadderLab.Paper, "root mean squares over x < 1", PredictionKind.Heuristic),
                Claim.AtLeast("drift-small", $"larger models move up where the horizon grows too slowly: d ln ℓ/d ln M > 0 at x = 0.1 ({where})", 0, small.Drift, LadderLab.Paper, "least squares over the models"),
                Claim.AtMost("drift-large", $"larger models move down where the horizon grows too fast: d ln ℓ/d ln M < 0 at x = 0.1 ({where})", 0, large.Drift, LadderLab.Paper, "least squares over the models"),
                Claim.AtLeast("ends-hide-it", $"the ends lie on a power law of the compute all the same, R² ≥ 0.99 for γ = 0.8β and 1.2β ({where})", LeastDetermination, Math.Min(small.Determination, large.Determination), LadderLab.Paper, "fit a c^{−b}, R² in the logarithm", PredictionKind.Heuristic),
            ],
            Figures =
            [
                new Figure
                {
                    Id = "figure-4",
                    Title = $"A wrong data exponent makes the deviation {DisplayNumber.Of(small.Rms / right.Rms, 2)} (γ = 0.8β) and {DisplayNumber.Of(large.Rms / right.Rms, 2)} times as large (1.2β)",
                    Caption = $"Mean curves of SGD at constant rate on ladders with horizons t* ∝ M^{{γ}} that agree at M = 64 ({LadderLab.Setting}; γ = β is right). (d) Deviation Δ between the models.",
                    Scale = new ColorScale("model size M", IsLogarithmic: true),
                    Columns = 2,
                    Panels = [.. panels, new Panel { Title = "deviation", X = new Axis("place in the horizon x"), Y = new Axis("Δ", true), Series = spreads }],
                },
            ],
        };
    }
}
