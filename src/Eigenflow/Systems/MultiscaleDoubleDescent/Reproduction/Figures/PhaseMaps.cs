using Eigenflow.Figures;
using Eigenflow.Solutions;

namespace Eigenflow.Systems.MultiscaleDoubleDescent;

/// <summary>Maps of the shape of the error over condition number and noise, and over condition number and samples, with the critical condition number of flow and ridge.</summary>
internal static class PhaseMaps
{
    private const double Tolerance = 0.03;

    // d = 100; n, p, σ, and κ_c of flow and ridge path.
    private static readonly (long Samples, long Fast, double Deviation, double Flow, double Ridge)[] Known =
        [(110, 70, 0, 5.21, 7.36), (130, 70, 0, 6.36, 9.95), (150, 60, 0, 7.30, 12.6), (110, 70, 0.2, 4.56, 6.36), (150, 60, 0.2, 6.63, 11.3)];

    public static ReproductionResult Run(IProgress<Progress>? progress, CancellationToken cancellation)
    {
        var claims = new List<Claim>();
        foreach (var (k, (samples, fast, deviation, flow, ridge)) in Known.Index())
        {
            cancellation.ThrowIfCancellationRequested();
            progress?.Report(new Progress(0.2 * k / Known.Length, "onset"));
            var problem = Lab.TwoScale(samples, 100, fast, 10, deviation * deviation);
            var place = $"n = {samples}, d = 100, p = {fast}, σ = {DisplayNumber.Of(deviation)}";
            var name = FormattableString.Invariant($"n{samples}-p{fast}{(deviation > 0 ? "-noise" : "")}");
            claims.Add(Claim.Relative($"onset-flow-{name}", $"the error of gradient flow has a maximum from a condition number on ({place})", flow, CriticalCondition.OfFlow(problem), Tolerance, Lab.Derived, "halving of κ; maxima of more than 1e-7, 20 times per decade", PredictionKind.Asymptotic));
            claims.Add(Claim.Relative($"onset-ridge-{name}", $"the error along the ridge path has a maximum from a larger one on ({place})", ridge, CriticalCondition.OfRidge(problem), Tolerance, Lab.Derived, "halving of κ; maxima of more than 1e-7, 20 ridges per decade", PredictionKind.Asymptotic));
        }

        double[] conditions = Lab.Times(1, 100, 25), noises = [.. Enumerable.Range(0, 15).Select(k => 0.05 * k)], ratios = [.. Enumerable.Range(0, 15).Select(k => 0.75 + (0.125 * k))];
        var byNoise = Map(noises, conditions, (noise, condition) => Lab.TwoScale(110, 100, 70, condition, noise * noise), 0.2, progress, cancellation);
        var bySamples = Map(ratios, conditions, (ratio, condition) => Lab.TwoScale((long)Math.Round(100 * ratio), 100, 70, condition), 0.6, progress, cancellation);
        double[] critical = [.. noises.Select(noise => CriticalCondition.OfFlow(Lab.TwoScale(110, 100, 70, 10, noise * noise)))];
        return new ReproductionResult
        {
            Claims = claims,
            Figures =
            [
                new Figure
                {
                    Id = "phase-maps",
                    Title = $"Double descent from κ = {DisplayNumber.Of(critical[0], 2)} on without noise, from {DisplayNumber.Of(critical[8], 2)} on at σ = {DisplayNumber.Of(noises[8])}",
                    Caption = "Shape of the error of the exact flow over time: 0 monotone, 1 U-shaped, 2 double descent, 3 double descent and a rise. Over noise and condition number, with a line at the critical condition number (a), and over samples and condition number (b). d = 100, p = 70; n = 110 in (a), σ = 0 in (b).",
                    Panels =
                    [
                        new Panel
                        {
                            Title = "noise",
                            X = new Axis("noise σ", false, 0, noises[^1]),
                            Y = new Axis("condition number κ", true, 1, 100),
                            HeatMap = new HeatMap { Label = "shape", X = noises, Y = conditions, Values = byNoise, Minimum = 0, Maximum = 3 },
                            Series = [new Series { Label = "", X = noises, Y = critical, Color = CurveColors.Neutral }],
                        },
                        new Panel
                        {
                            Title = "samples",
                            X = new Axis("samples n/d", false, ratios[0], ratios[^1]),
                            Y = new Axis("condition number κ", true, 1, 100),
                            HeatMap = new HeatMap { Label = "shape", X = ratios, Y = conditions, Values = bySamples, Minimum = 0, Maximum = 3 },
                            Series = [],
                            Lines = [new ReferenceLine(1, "n = d")],
                        },
                    ],
                },
            ],
        };
    }

    private static double[] Map(double[] columns, double[] rows, Func<double, double, MultiscaleProblem> problem, double done, IProgress<Progress>? progress, CancellationToken cancellation)
    {
        var values = new double[rows.Length * columns.Length];
        for (var j = 0; j < rows.Length; j++)
        {
            cancellation.ThrowIfCancellationRequested();
            progress?.Report(new Progress(done + (0.4 * j / rows.Length), "maps"));
            for (var i = 0; i < columns.Length; i++)
                values[(j * columns.Length) + i] = Number(CriticalCondition.Classify(problem(columns[i], rows[j])));
        }

        return values;
    }

    private static double Number(ErrorPhases phases) => phases.Shape switch
    {
        ErrorShape.Monotone => 0,
        ErrorShape.UShaped => 1,
        ErrorShape.DoubleDescent or ErrorShape.MultipleDescent => phases.Points.Count,
        _ => double.NaN,
    };
}
