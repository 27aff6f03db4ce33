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
            var (loss, error) = Least(problem, size, cancellation);
            Check("loss", "L_p = 4s*²r(1 − r/3)", modes.Target.LossFloor, loss);
            Check("mse", "MSE_p", modes.Target.ErrorFloor(modes.TeacherNormSquared), error);

            void Check(string key, string symbol, double predicted, double measured)
            {
                claims.Add(Claim.Relative(
                    $"model-floor-{key}-p{DisplayNumber.Of(size)}", $"a student of the first {size} modes ends at {symbol} (a = 1.5, d = 200, Gaussian teacher)", predicted, measured, 1e-9, Curves.Derived, "loss and MSE over all modes of the weights at which descent of the loss ends, every mode at a rate of its own; no formula of the floor")
                    .At("p", size).At("d", 200));
                rows.Add([symbol, DisplayNumber.Of(size), DisplayNumber.Of(predicted), DisplayNumber.Of(measured)]);
            }
        }

        // Descent of L(w) = 3s² + 3s*² − 4u² − 2ss* over the first weights, −(12s − 4s*)w + 8uw*: its gradient with every mode divided by its eigenvalue.
        static (double Loss, double Error) Least(PhaseRetrievalProblem problem, int size, CancellationToken cancellation)
        {
            const int most = 100_000;
            const double step = 0.02;
            var modes = (problem with { ModelSize = null }).Modes(ModeRepresentation.Full, cancellation);
            double[] eigenvalues = modes.Eigenvalues, teacher = modes.Teacher, w = [.. modes.Start.Select((value, i) => i < size ? value : 0)];
            var target = eigenvalues.Zip(teacher, (value, weight) => value * weight * weight).Sum();
            double s = 0, u = 0;
            for (var k = 0; k < most; k++)
            {
                (s, u) = (0, 0);
                for (var i = size - 1; i >= 0; i--)
                {
                    s += eigenvalues[i] * w[i] * w[i];
                    u += eigenvalues[i] * w[i] * teacher[i];
                }

                var largest = 0.0;
                for (var i = 0; i < size; i++)
                {
                    var change = (((12 * s) - (4 * target)) * w[i]) - (8 * u * teacher[i]);
                    w[i] -= step / target * change;
                    largest = Math.Max(largest, Math.Abs(change));
                }

                if (largest < 1e-14)
                    break;
            }

            var sign = u < 0 ? -1 : 1;
            return ((3 * s * s) + (3 * target * target) - (4 * u * u) - (2 * s * target), w.Zip(teacher, (value, weight) => Math.Pow(value - (sign * weight), 2)).Sum() / w.Length);
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
                PredictionKind.Asymptotic, fit.MeanHalf).UpTo(sizes[^1], "p").At("d", ComputeFrontier.Dimension).Over("p from 10^{2} to 10^{5}"));
        }

        return new ReproductionResult
        {
            Claims = claims,
            Tables = [new Table("model-floors", "Floors of students of few modes", ["floor", "p", "predicted", "descent"], rows, "a = 1.5, d = 200, Gaussian teacher, s* = 1; r is the part of s* on modes that the student does not see.")],
        };
    }
}
