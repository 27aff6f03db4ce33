using Eigenflow.Figures;
using Eigenflow.Scaling;
using Eigenflow.Solutions;
using Eigenflow.Spectra;

namespace Eigenflow.Systems.PhaseRetrieval;

/// <summary>Claims: the flow of a student of p modes ends at v* = c w*, at the floors of loss and MSE; the floor falls as p^(−(a+b−1)).</summary>
internal static class ModelFloorClaims
{
    private static readonly (double Exponent, double Source)[] Cases = [(1.5, 0), (2, 0), (3, 0), (2, 0.5)];
    private static readonly int[] Sizes = [2, 10, 50];

    public static ReproductionResult Run(IProgress<Progress>? progress, CancellationToken cancellation)
    {
        var claims = new List<Claim>();
        var rows = new List<IReadOnlyList<string>>();
        foreach (var size in Sizes)
        {
            progress?.Report(new Progress(0.5 * claims.Count / 6, "floors"));
            var problem = new PhaseRetrievalProblem { Spectrum = Spectrum.PowerLaw(200, 1.5), ModelSize = size };
            var modes = problem.Modes(cancellation: cancellation);
            var flow = problem.Solve(new GradientFlow { Until = 1e5, Points = 40 }, null, cancellation);
            cancellation.ThrowIfCancellationRequested();
            Check("loss", "L_p = 4s*²r(1 − r/3)", modes.Target.LossFloor, flow["loss"][^1]);
            Check("mse", "MSE_p", modes.Target.ErrorFloor(modes.TeacherNormSquared), flow["mse"][^1]);

            void Check(string key, string symbol, double predicted, double measured)
            {
                claims.Add(Claim.Relative(
                    $"model-floor-{key}-p{DisplayNumber.Of(size)}", $"a student of the first {size} modes ends at {symbol} (a = 1.5, d = 200, Gaussian teacher)", predicted, measured, 1e-9, Curves.Derived, "gradient flow at its last time")
                    .UpTo(flow.Times[^1]).At("p", size).At("d", 200));
                rows.Add([symbol, DisplayNumber.Of(size), DisplayNumber.Of(predicted), DisplayNumber.Of(measured)]);
            }
        }

        foreach (var (exponent, source) in Cases)
        {
            double[] sizes = [.. Enumerable.Range(0, 25).Select(k => Math.Round(100 * Math.Pow(10, k / 8.0)))];
            double[] floors = [.. sizes.Select(size => ComputeFrontier.Problem(exponent, source, (long)size).Modes(ModeRepresentation.Averaged, cancellation).Target.LossFloor)];
            var fit = PowerLaw.Fit(sizes, floors, new PowerLawOptions { WindowStart = sizes[0], WindowEnd = sizes[^1] });
            var name = $"a = {DisplayNumber.Of(exponent)}" + (source == 0 ? "" : $", b = {DisplayNumber.Of(source)}");
            claims.Add(Claim.Absolute(
                $"model-floor-exponent-a{DisplayNumber.Of(exponent)}" + (source == 0 ? "" : $"-b{DisplayNumber.Of(source)}"), $"the floor falls as p^{{−(a + b − 1)}} ({name}, d = 10^{{12}})",
                -ModelScaling.FloorExponent(exponent, source), fit.Exponent, 0.02, Curves.Derived, "floors of 25 sizes, least squares on the logarithms; 95 % interval, widened for correlated residuals",
                PredictionKind.Asymptotic, (fit.Upper - fit.Lower) / 2).UpTo(sizes[^1], "p").At("d", ComputeFrontier.Dimension).Over("p from 10^{2} to 10^{5}"));
        }

        return new ReproductionResult
        {
            Claims = claims,
            Tables = [new Table("model-floors", "Floors of students of few modes", ["floor", "p", "predicted", "flow"], rows, "a = 1.5, d = 200, Gaussian teacher, s* = 1; r is the part of s* on modes that the student does not see.")],
        };
    }
}
