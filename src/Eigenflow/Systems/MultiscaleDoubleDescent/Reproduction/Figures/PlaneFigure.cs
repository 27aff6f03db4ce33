using Eigenflow.Figures;
using Eigenflow.Solutions;

namespace Eigenflow.Systems.MultiscaleDoubleDescent;

/// <summary>Figure 4: trajectories in the plane of alignment and norm, and the error over time, for condition numbers from one to 10⁵.</summary>
internal static class PlaneFigure
{
    private const double Last = 1e7;
    private static readonly double[] Conditions = [1, 7, 12, 30, 100, 1000, 1e5];

    public static ReproductionResult Run(IProgress<Progress>? progress, CancellationToken cancellation)
    {
        List<Series> plane = [], error = [];
        var claims = new List<Claim>();
        var rows = new List<IReadOnlyList<string>>();
        double fall = 0, below = 0, drop = double.PositiveInfinity;
        foreach (var (k, condition) in Conditions.Index())
        {
            progress?.Report(new Progress((double)k / Conditions.Length, $"κ = {DisplayNumber.Of(condition)}"));
            var label = $"κ = {DisplayNumber.Of(condition)}";
            var problem = Lab.TwoScale(110, 100, 70, condition);
            foreach (var noise in (double[])[0, 0.04])
            {
                var flow = Lab.Solve(problem with { Noise = noise }, new GradientFlow { Until = Last, Points = 160 }, cancellation);
                var (alignment, norm) = (flow["alignment"], flow["norm"]);
                fall = Math.Max(fall, Enumerable.Range(1, flow.Rows - 1).Max(row => alignment[row - 1] - alignment[row]));
                below = Math.Max(below, Enumerable.Range(0, flow.Rows).Max(row => (alignment[row] * alignment[row]) - norm[row]));
                if (condition is >= 7 and <= 1000)
                    drop = Math.Min(drop, Enumerable.Range(0, flow.Rows).Max(row => norm.Take(row + 1).Max() - norm[row]));
                if (noise > 0)
                    continue;
                var phases = Lab.Phases(problem);
                rows.Add([DisplayNumber.Of(condition), phases.Words, .. phases.Points.Take(2).SelectMany(point => new[] { DisplayNumber.Of(point.Time, 3), DisplayNumber.Of(point.Error, 4) }), .. Enumerable.Repeat("", 4 - (2 * Math.Min(2, phases.Points.Count)))]);
                plane.Add(SolutionSeries.Of(flow, "norm", label, k, SeriesStyle.Line, "alignment", keepsZero: true) with { Value = condition });
                error.Add(Lab.Curve(flow, label, k) with { Value = condition });
            }
        }

        claims.Add(Claim.AtMost("alignment-grows", "the alignment R never falls (n = 110, d = 100, p = 70, κ = 1 to 10^{5}, σ = 0 and 0.2): largest fall", 1e-9, fall, Lab.Paper, "between rows; rounding 1e-9", PredictionKind.Exact).UpTo(Last));
        claims.Add(Claim.AtMost("norm-bound", "Q ≥ R² (the same): largest R² − Q", 1e-9, below, "derived (Cauchy–Schwarz)", "over all rows; rounding 1e-9").UpTo(Last));
        claims.Add(Claim.AtLeast("norm-falls", "the norm Q is not monotone where there is double descent, and drives the bump (κ = 7 to 1000): smallest of the largest falls of Q", 0.01, drop, Lab.Paper, "smallest over κ and σ", PredictionKind.Heuristic).UpTo(Last));
        var one = Lab.Phases(Lab.TwoScale(110, 100, 70, 1));
        var seven = Lab.Phases(Lab.TwoScale(110, 100, 70, 7));
        claims.Add(Claim.Absolute("one-scale", "without noise there is no turning point at κ = 1 (n = 110, d = 100, p = 70)", 0, one.Points.Count, 0, Lab.Paper, "turning points of more than 1e-7, exact flow", PredictionKind.Asymptotic).UpTo(one.End.Time));
        claims.Add(Claim.Absolute("seven", "there is a minimum and a maximum at κ = 7 (the same)", 2, seven.Points.Count, 0, Lab.Paper, "turning points of more than 1e-7, exact flow", PredictionKind.Asymptotic).UpTo(seven.End.Time));
        return new ReproductionResult
        {
            Claims = claims,
            Tables = [new Table("turning-points", "Turning points of the flow without noise (n = 110, d = 100, p = 70)", ["κ", "shape", "t_1", "E(t_1)", "t_max", "E(t_max)"], rows)],
            Figures =
            [
                new Figure
                {
                    Id = "figure-4",
                    Title = $"No bump at κ = 1; from E = {DisplayNumber.Of(seven[0]!.Value.Error, 3)} to {DisplayNumber.Of(seven[1]!.Value.Error, 3)} at κ = 7, to {DisplayNumber.Of(error[^1].Y.Skip(40).Max(), 3)} at κ = 10^{{5}}",
                    Scale = Lab.Conditions,
                    Caption = "Exact gradient flow: trajectories in the plane of alignment R and norm Q, coloured by E = ½(1 − 2R + Q) (a), where lines of equal error have slope two, the end is R = Q = 1, and dots are the least norm Q = R²; and the error over time (b). n = 110, d = 100, p = 70, σ = 0.",
                    Panels = [PhasePlane.Of(plane), new Panel { Title = "test error", X = new Axis(Lab.Time, true, 1e-2, Last), Y = new Axis(Lab.Error, false, 0), Series = error }],
                },
            ],
        };
    }
}
