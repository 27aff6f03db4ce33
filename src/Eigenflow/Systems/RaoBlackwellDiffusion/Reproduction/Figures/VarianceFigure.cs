using Eigenflow.Figures;
using Eigenflow.Solutions;
using static Eigenflow.Systems.RaoBlackwellDiffusion.DiffusionCurves;

namespace Eigenflow.Systems.RaoBlackwellDiffusion;

/// <summary>Figure 1: the variance of the augmented target around the orbit mean against the signal, and the ratio of gradient variances for a denoiser that is zero.</summary>
internal static class VarianceFigure
{
    private const int Draws = 4000;
    private const int Places = 25;

    private static readonly double[] Measured = [0.25, 0.5, 1, 1.5, 2];

    public static ReproductionResult Run(IProgress<Progress>? progress, CancellationToken cancellation)
    {
        var (variances, ratios, claims) = (new List<Series>(), new List<Series>(), new List<Claim>());
        double[] signals = Logarithmic(0.1, 10, Places);
        var halves = new List<string>();
        foreach (var (index, (group, name, color)) in Groups.Index())
        {
            var unit = Problem(group, 1);
            var size = Math.Sqrt(unit.MeanSquare);
            TargetVariance At(double signal) => TargetVariance.Of(unit.At(size / signal), cancellation);
            var theory = new TargetVariance[Places];
            for (var k = 0; k < Places; k++)
            {
                progress?.Report(new Progress((index + ((double)k / Places)) / Groups.Count, name));
                theory[k] = At(signals[k]);
            }

            variances.Add(new Series { Label = name, X = signals, Y = [.. theory.Select(parts => parts.Orbit / parts.Clean)], Color = color });
            ratios.Add(new Series { Label = name, X = signals, Y = [.. theory.Select(parts => parts.OrbitSquare / parts.Clean)], Color = color });
            var (drawn, squares, exact) = (new List<DrawnMean>(), new List<DrawnMean>(), new List<TargetVariance>());
            foreach (var signal in Measured)
            {
                var problem = unit.At(size / signal);
                var clean = EstimatorDraws.Of(problem with { Estimator = EstimatorKind.Augmented }, Draws, 11, 1, cancellation);
                var orbit = EstimatorDraws.Of(problem, Draws, 12, 1, cancellation);
                drawn.Add(Scaled(clean.Error, size));
                squares.Add(Scaled(orbit.Square, size));
                exact.Add(At(signal));
            }

            variances.Add(Dots(name, color, Measured, drawn));
            ratios.Add(Dots(name, color, Measured, squares));
            claims.Add(MeansClaim(
                $"variance-{group}", $"E‖x_{{0}} − φ*‖² of {name} is v(s)‖a‖² at s = 0.25 … 2", drawn.Zip(exact, (mean, parts) => (mean, parts.Orbit / parts.Clean)), Draws, Derived,
                $"largest distance in standard errors over {Measured.Length} noise levels, {Draws} random samples each, seed 11"));
            claims.Add(MeansClaim(
                $"gradient-{group}", $"the gradient variance of the orbit target of {name} is 1 − v(s) of that of the augmented one for a denoiser that is zero", squares.Zip(exact, (mean, parts) => (mean, 1 - (parts.Orbit / parts.Clean))), Draws, Derived,
                $"E‖φ*‖²/E‖x_{{0}}‖² over {Measured.Length} noise levels, {Draws} random samples each, seed 12"));
            halves.Add(DisplayNumber.Of(Crossing(signals, variances[^2].Y), 2));
        }

        return new ReproductionResult
        {
            Claims = claims,
            Figures =
            [
                new Figure
                {
                    Id = "figure-1",
                    Title = $"Orbit averaging takes half of the noise at s = {string.Join(", ", halves)} ({string.Join(", ", Groups.Select(one => one.Name))})",
                    Caption = DisplayText.Of($"(a) Variance of the augmented target around the orbit mean, in units of ‖a‖², against the signal s = α‖a‖/σ: all of it is removed from the gradient noise. (b) Variance of the gradient of a denoiser that is zero, orbit target over augmented one, 1 − v(s): the gain is large where the pose is hidden. One template; lines exact (SO(3) to about 10^{{−3}}), dots means over {Draws} random samples with 95 % intervals."),
                    Panels =
                    [
                        new Panel { Title = "variance that is removed", X = new Axis("signal s = α‖a‖/σ", true), Y = new Axis("v(s) = E‖x_{0} − φ*‖²/‖a‖²", false, 0, 1), Series = variances },
                        new Panel { Title = "gradient variance at φ = 0", X = new Axis("signal s = α‖a‖/σ", true), Y = new Axis("orbit / augmented", false, 0, 1), Series = ratios },
                    ],
                },
            ],
        };
    }

    private static DrawnMean Scaled(DrawnMean mean, double size) => new(mean.Mean / (size * size), mean.Error / (size * size));

    // Where the variance is a half, between the nodes by straight lines in ln s.
    private static double Crossing(double[] signals, double[] variances)
    {
        var k = Array.FindIndex(variances, value => value < 0.5);
        var part = (variances[k - 1] - 0.5) / (variances[k - 1] - variances[k]);
        return Math.Exp(Math.Log(signals[k - 1]) + (part * Math.Log(signals[k] / signals[k - 1])));
    }
}
