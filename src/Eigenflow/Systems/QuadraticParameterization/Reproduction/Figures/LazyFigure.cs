using Eigenflow.Figures;
using Eigenflow.Solutions;

namespace Eigenflow.Systems.QuadraticParameterization;

/// <summary>Figure 6: the size of the start interpolates between the linear model (lazy) and feature learning (rich).</summary>
internal static class LazyFigure
{
    private static readonly double[] Starts = [1e-3, 1e-2, 0.1, 1, 10, 100, 1000];

    // Risk at linear time 3 (α = 1.5, β = 2, M = d = 16), by an independent program.
    private static readonly (double Start, double Risk, double Tolerance)[] Reference = [(0.01, 0.0464649, 2e-6), (1, 0.211991, 5e-6), (100, 0.2140887, 5e-7)];

    public static ReproductionResult Run(IProgress<Progress>? progress, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        var problem = QuadraticCurves.Steep with { ModelSize = 10_000, Dimension = 10_000_000 };
        var times = QuadraticCurves.Logarithmic(0.01, 1e9, 160);
        var linear = (problem with { Model = QuadraticModel.Linear }).Run(new QuadraticFlow { Times = times }, cancellation);
        var series = new List<Series>();
        double[] departures = new double[Starts.Length];
        foreach (var (k, start) in Starts.Index())
        {
            progress?.Report(new Progress((double)k / Starts.Length, "starts"));
            var flow = (problem with { Start = start }).Run(new QuadraticFlow { Times = [.. times.Select(time => time / (4 * start))] }, cancellation);
            series.Add(new Series { Label = $"c = {DisplayNumber.Of(start)}", X = times, Y = flow["risk"], Value = start });
            departures[k] = flow["risk"].Zip(linear["risk"], (rich, lazy) => Math.Abs((rich / lazy) - 1)).Where((_, row) => times[row] <= 1e4).Max();
        }

        series.Add(SolutionSeries.Of(linear, "risk", "linear model", CurveColors.Neutral, SeriesStyle.Dashed) with { Role = SeriesRole.Theory });
        var claims = new List<Claim>();
        foreach (var (start, risk, tolerance) in Reference)
        {
            var measured = new QuadraticProblem { Exponent = 1.5, SignalExponent = 2, ModelSize = 16, Dimension = 16, Start = start }.Run(new QuadraticFlow { Times = [3 / (4 * start)] }, cancellation)["risk"][0];
            claims.Add(Claim.Relative($"lazy-c{DisplayNumber.Of(start)}", $"the risk at linear time 3 is {risk} (signed, α = 1.5, β = 2, M = d = 16, c = {DisplayNumber.Of(start)})", risk, measured, tolerance, QuadraticCurves.Derived, "closed form at t = 3/(4c), beside the digits of an independent program"));
        }

        // c ≫ |w*| gives corrections of (w*/2c)² in the rate: first order of 1/c² while all learned w* are below c.
        var order = -Math.Log(Early(1000) / Early(100)) / Math.Log(10);
        claims.Add(Claim.Absolute("lazy-order", "for c ≫ |w*| the signed flow is the linear one at t = 4c t′ up to O(c^(−2)) (α = 1.5, β = 2, M = d = 16, linear time 3)", 2, order, 0.01, QuadraticCurves.Derived, "order of the difference to the linear risk between c = 100 and 1000", PredictionKind.Asymptotic).Over("c ≫ |w*|"));
        return new ReproductionResult
        {
            Claims = claims,
            Figures =
            [
                new Figure
                {
                    Id = "figure-6",
                    Title = $"With c = 10^{{3}} the signed flow is within {Headline.Percent(departures[^1])} of the linear one up to 4ct = 10^{{4}}",
                    Scale = new ColorScale("start c", IsLogarithmic: true),
                    Caption = "Excess risk of the population flow of the signed model against 4ct, the time of the linear model in the lazy limit, for starts c = 10^{−3} … 10^{3} (α = 3, β = 1.5, M = 10^{4}, d = 10^{7}), beside the linear model. Late, where targets w* exceed c, every start becomes rich.",
                    Panels = [new Panel { X = new Axis("rescaled time 4ct", true), Y = new Axis("excess risk R", true), Series = series }],
                },
            ],
        };

        static double Early(double start)
        {
            var small = new QuadraticProblem { Exponent = 1.5, SignalExponent = 2, ModelSize = 16, Dimension = 16, Start = start };
            return Math.Abs(FlowRisk.Of(small, false).At(3 / (4 * start)) - FlowRisk.Of(small with { Model = QuadraticModel.Linear }, false).At(3));
        }
    }
}
