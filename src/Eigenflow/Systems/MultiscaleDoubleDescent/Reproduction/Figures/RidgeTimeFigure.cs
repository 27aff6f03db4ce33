using Eigenflow.Figures;
using Eigenflow.Solutions;

namespace Eigenflow.Systems.MultiscaleDoubleDescent;

/// <summary>Figure 5 (c, d): the error over ridge and time with three slices, and over condition number and time.</summary>
internal static class RidgeTimeFigure
{
    private const double Last = 1e8;
    private static readonly int[] Slices = [10, 30, 99];

    public static ReproductionResult Run(IProgress<Progress>? progress, CancellationToken cancellation)
    {
        var problem = Lab.TwoScale(120, 100, 80, 40, 0.04);
        double[] times = Lab.Times(1e-2, Last, 61), ridges = [.. Enumerable.Range(0, 100).Select(k => Math.Pow(10, -(0.1 + (7.9 * k / 99))))];
        var byRidge = Map(ridges, ridge => problem with { Ridge = ridge }, times, 0, progress, cancellation);
        double[] conditions = Lab.Times(1, 1e3, 50);
        var byCondition = Map(conditions, condition => problem with { Scales = FeatureScales.TwoScale(100, 80, condition) }, times, 0.6, progress, cancellation);
        ErrorPhases[] slices = [.. Slices.Select(k => Lab.Phases(problem with { Ridge = ridges[k] }, Last))];
        var onset = Onset(problem, cancellation);
        return new ReproductionResult
        {
            Claims =
            [
                Claim.Absolute("large-ridge", $"a large ridge takes the bump away (n = 120, d = 100, p = 80, κ = 40, σ = 0.2, λ = {DisplayNumber.Of(ridges[0], 2)}): maxima", 0, Lab.Phases(problem with { Ridge = ridges[0] }, Last).Points.Count(point => !point.IsMinimum), 0, Lab.Paper + ", Figure 5", "maxima of more than 1e-7 of the exact flow", PredictionKind.Asymptotic).UpTo(Last),
                Claim.Absolute("small-ridge", $"a small ridge keeps it (the same, λ = {DisplayNumber.Of(ridges[Slices[2]], 2)}): maxima", 1, slices[2].Points.Count(point => !point.IsMinimum), 0, Lab.Paper + ", Figure 5", "maxima of more than 1e-7 of the exact flow", PredictionKind.Asymptotic).UpTo(Last),
                Claim.Relative("small-ridge-bump", "the bump is the same for every small ridge: its height at λ = 10^{−8} against λ = 10^{−4}", Lab.Phases(problem with { Ridge = 1e-4 }, Last)[1]?.Error ?? double.NaN, slices[2][1]?.Error ?? double.NaN, 0.03, Lab.Paper, "maximum of the exact flow", PredictionKind.Heuristic).UpTo(Last),
            ],
            Figures =
            [
                new Figure
                {
                    Id = "figure-5",
                    Title = $"The bump is there for ridges below λ = {DisplayNumber.Of(onset, 2)}, and E = {DisplayNumber.Of(slices[2][1]?.Error ?? double.NaN, 3)} at its height",
                    Columns = 3,
                    Caption = $"Exact gradient flow with weight decay λ: test error over time and ridge (a), along three ridges (b), and over time and condition number without a ridge (c). n = 120, d = 100, p = 80, σ = 0.2, κ = 40 in (a) and (b).",
                    Panels =
                    [
                        new Panel { Title = "ridge and time", X = new Axis(Lab.Time, true, times[0], Last), Y = new Axis("ridge λ", true), Series = [], HeatMap = Heat(times, [.. ridges.Reverse()], [.. byRidge.Reverse()]) },
                        new Panel
                        {
                            Title = "slices",
                            X = new Axis(Lab.Time, true, times[0], Last),
                            Y = new Axis(Lab.Error, false, 0),
                            Series = [.. Slices.Select((k, color) => new Series { Label = $"λ = {DisplayNumber.Of(ridges[k], 2)}", X = times, Y = byRidge[k], Color = color })],
                        },
                        new Panel { Title = "condition number and time", X = new Axis(Lab.Time, true, times[0], Last), Y = new Axis("condition number κ", true), Series = [], HeatMap = Heat(times, conditions, byCondition) },
                    ],
                },
            ],
        };
    }

    private static double[][] Map(double[] values, Func<double, MultiscaleProblem> problem, double[] times, double done, IProgress<Progress>? progress, CancellationToken cancellation)
    {
        var rows = new double[values.Length][];
        for (var k = 0; k < values.Length; k++)
        {
            cancellation.ThrowIfCancellationRequested();
            progress?.Report(new Progress(done + (0.4 * k / values.Length), "maps"));
            var theory = new ExactTheory(problem(values[k]));
            rows[k] = [.. times.Select(time => theory.Flow(time).Error)];
        }

        return rows;
    }

    private static HeatMap Heat(double[] x, double[] y, double[][] rows) => new() { Label = "E", X = x, Y = y, Values = [.. rows.SelectMany(row => row)], Minimum = 0 };

    // The largest ridge with a maximum.
    private static double Onset(MultiscaleProblem problem, CancellationToken cancellation)
    {
        double low = 1e-8, high = 1;
        for (var k = 0; k < 12; k++)
        {
            cancellation.ThrowIfCancellationRequested();
            var middle = Math.Sqrt(low * high);
            if (CriticalCondition.Classify(problem with { Ridge = middle }).Points.Any(point => !point.IsMinimum))
                low = middle;
            else
                high = middle;
        }

        return low;
    }
}
