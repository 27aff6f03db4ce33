using Eigenflow.Figures;
using Eigenflow.Schedules;
using Eigenflow.Solutions;

namespace Eigenflow.Systems.FunctionalScalingLaw;

/// <summary>Growing momentum: how long it stays stable.</summary>
internal static class HorizonFigure
{
    private const double Rate = 0.05, Lower = 0.45, Upper = 1.25, Beyond = 8, LeastDifficulty = 0.3;
    private const int Runs = 50, Points = 240, MostRows = 3000;

    // s, β, B, model: the others are learned in no run here.
    private static readonly (double Difficulty, double Capacity, long Batch, long Size)[] Cases = [(0.3, 4, 4, 256), (0.5, 2, 16, MomentumLab.Features), (0.1, 4, 4, 400), (0.3, 2, 8, MomentumLab.Features)];

    public static ReproductionResult Run(IProgress<Progress>? progress, CancellationToken cancellation)
    {
        var (claims, panels, rows) = (new List<Claim>(), new List<Panel>(), new List<IReadOnlyList<string>>());
        List<double> quotients = [];
        foreach (var (n, (s, beta, batch, size)) in Cases.Index())
        {
            var problem = MomentumLab.Problem(s, beta, size, 0) with { Batch = BatchSchedule.Constant(batch) };
            var modes = (problem with { ModelSize = MomentumLab.Features }).Modes();
            List<Series> series = [];
            List<ReferenceLine> lines = [];
            foreach (var (k, (kind, name)) in new[] { (MomentumKind.Polyak, "Polyak"), (MomentumKind.Nesterov, "Nesterov") }.Index())
            {
                var horizon = CriticalRates.Horizon(modes, kind, Rate, batch);
                var steps = (long)Math.Round(horizon * (kind == MomentumKind.Polyak ? Beyond : 2));
                MomentumOptions momentum = new() { Growth = MomentumGrowth.Increasing, Kind = kind };
                var exact = problem.With("constant", Rate, steps).Run(new ExactMoments { Points = Points, AtSteps = steps <= MostRows ? [.. Enumerable.Range(0, (int)steps + 1).Select(step => (long)step)] : null, Momentum = momentum }, cancellation, PartOfProgress.Of(progress, (2 * n) + k, 2 * Cases.Length));
                var curve = LawCurves.Of(exact, "loss", name, k + 1);
                series.Add(curve.Where((_, row) => curve.Y[row] < 30));
                lines.Add(new ReferenceLine(horizon, $"k* {name}"));
                var place = curve.X[Array.IndexOf(curve.Y, curve.Y.Min())];
                quotients.Add(place / horizon);
                var scale = kind == MomentumKind.Polyak ? batch / Rate : Math.Pow(batch, beta) / Rate;
                rows.Add([$"s = {DisplayNumber.Of(s)}, β = {DisplayNumber.Of(beta)}, B = {DisplayNumber.Of(batch)}", name, DisplayNumber.Of(horizon), DisplayNumber.Of(CriticalRates.HorizonAsymptote(kind, beta, Rate, batch)), DisplayNumber.Of(scale), DisplayNumber.Of(place), DisplayNumber.Of(place / horizon, 3)]);
                var id = $"{name.ToLowerInvariant()}-s{DisplayNumber.Of(s)}-b{DisplayNumber.Of(beta)}".Replace('.', '-');
                var statement = $"with ρ_k = 1 − 1/(k + 1) the exact mean risk is least near the step k* at which κ = 1 ({name}, s = {DisplayNumber.Of(s)}, β = {DisplayNumber.Of(beta)}, η = 0.05, B = {DisplayNumber.Of(batch)}, σ = 0)";
                claims.Add(Within(Claim.AtLeast("momentum-horizon-low-" + id, statement, Lower, place / horizon, LawCurves.Derived, "step of the least risk over k*", PredictionKind.Heuristic)));
                claims.Add(Within(Claim.AtMost("momentum-horizon-high-" + id, "and not much behind it (the same)", Upper, place / horizon, LawCurves.Derived, "step of the least risk over k*", PredictionKind.Heuristic)));
                if (n == 0 && kind == MomentumKind.Polyak)
                {
                    // After k* the mean is that of rare large runs: the median stays below.
                    var runs = problem.With("constant", Rate, steps / 2).Run(new OnlineSgd { Replicas = Runs, Points = 30, Threads = 1, Seed = 6, Momentum = momentum }, cancellation);
                    series.Add(LawCurves.Of(runs with { Observables = [.. runs.Observables.Where(column => !column.Name.StartsWith("loss-q", StringComparison.Ordinal))] }, "loss-median", $"{name}, median", k + 1, SeriesStyle.Points).Thinned(18));
                }
            }

            // What is never learned acts as label noise: where that is much, the least risk comes early.
            Claim Within(Claim claim) => claim.At("M", size).Over("s ≥ 0.3") with { Outside = s >= LeastDifficulty ? "" : $"s = {DisplayNumber.Of(s)}, must be at least 0.3: the features that are never learned act as label noise" };

            panels.Add(new Panel { Title = $"s = {DisplayNumber.Of(s)}, β = {DisplayNumber.Of(beta)}, B = {DisplayNumber.Of(batch)}", X = new Axis("step k", true), Y = new Axis("excess risk E", true), Series = series, Lines = lines });
        }

        return new ReproductionResult
        {
            Claims = claims,
            Tables = [new Table("momentum-horizon", "Horizon of growing momentum", ["problem", "rule", "k*", "small η", "scale", "least risk at", "over k*"], rows, "k*: root of κ(η, 1 − 1/(k + 1), B) = 1; small η: its limit; scale: B/η and B^{β}/η. η = 0.05, σ = 0.")],
            Figures =
            [
                new Figure
                {
                    Id = "beyond-momentum-horizon",
                    Title = $"With growing momentum the risk is least at {DisplayNumber.Of(quotients.Min(), 2)} to {DisplayNumber.Of(quotients.Max(), 2)} of the horizon k*",
                    Caption = $"Exact mean risk with ρ_{{k}} = 1 − 1/(k + 1) and η = 0.05, σ = 0, N = 4096; vertical lines: the step k* from which on κ > 1. Dots: median of {Runs} runs, which after k* lies below the mean.",
                    Columns = 2,
                    Panels = panels,
                },
            ],
        };
    }
}
