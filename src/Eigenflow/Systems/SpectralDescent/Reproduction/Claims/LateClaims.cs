using Eigenflow.Figures;
using Eigenflow.Scaling;
using Eigenflow.Solutions;

namespace Eigenflow.Systems.SpectralDescent;

/// <summary>Claims about the late stage of gradient descent: 1/S_c is linear, and the loss falls as the inverse square.</summary>
internal static class LateClaims
{
    private const double Rate = 0.02;
    private const long Steps = 200_000;
    private const double FirstShown = 5;
    private const string Window = "late, τ ≥ 100, S_c the largest part of the noise";

    // Starts such that the bulk dominates the spike from early on: 1/S_c is linear only once S_c is the largest part of the noise.
    private static readonly (int Dimension, double Scale)[] Cases = [(10, 1e-2), (100, 3e-3), (1000, 1e-3)];

    public static ReproductionResult Run(IProgress<Progress>? progress, CancellationToken cancellation)
    {
        var claims = new List<Claim>();
        var exponents = new List<(double Dimension, MeasuredSlope Slope)>();
        List<Series> inverse = [], losses = [SolutionSeries.Key("gradient descent", SeriesStyle.Points), SolutionSeries.Key("K (τ + τ_0)^{−2}", SeriesStyle.Line)];
        for (var n = 0; n < Cases.Length; n++)
        {
            var (d, scale) = Cases[n];
            var problem = Runs.Spiked(d, 9, scale);
            var theory = new GradientDescentTheory(problem.Blocks());
            var run = Runs.Descent(problem, Rate, Steps, cancellation, 400);
            cancellation.ThrowIfCancellationRequested();
            var rows = Enumerable.Range(0, run.Times.Length).Where(row => run.Times[row] >= 100).ToArray();
            double[] time = [.. rows.Select(row => run.Times[row])];
            double[] reciprocal = [.. rows.Select(row => 1 / ((d - 2) * run["c"][row] * run["c"][row]))];
            double[] loss = [.. rows.Select(row => run["loss"][row])];
            var (slope, intercept, spread) = Runs.Line(time, reciprocal);
            claims.Add(Claim.Relative(
                $"late-slope-d{d}", $"1/S_c grows linearly with slope 4/3 + 4/(d − 2) (λ = 9, d = {d})", theory.LateSlope, slope, 2e-3, DescentCurves.Derived,
                "least squares over τ = 100 … 4000, η = 0.02; interval: half the difference between the halves", PredictionKind.Asymptotic, spread).UpTo(Rate * Steps, "τ").At("d", d).Over(Window) with
            { Interval = "half difference of the slopes of the two halves, without a level" });

            // The onset shifts the clock by the intercept over the slope; without it the local exponent is far from −2.
            double[] shifted = [.. time.Select(tau => tau + (intercept / slope))];
            var fit = PowerLaw.Fit(shifted, loss, new PowerLawOptions { WindowStart = shifted[0] * 0.999, WindowEnd = shifted[^1] * 1.001 });
            claims.Add(Claim.Absolute(
                $"late-exponent-d{d}", $"the loss falls as (τ + τ_0)^{{−2}} with the onset shift τ_0 of 1/S_c (λ = 9, d = {d})", -2, fit.Exponent, 0.01, DescentCurves.Derived,
                $"least squares on the logarithms over τ = 100 … 4000, τ_0 = {DisplayNumber.Of(intercept / slope)} from the line of 1/S_c; 95 % interval", PredictionKind.Asymptotic, fit.MeanHalf).UpTo(Rate * Steps, "τ").At("d", d).Over(Window));
            claims.Add(Claim.Relative(
                $"late-constant-d{d}", $"the constant of the late loss is (3/32)/(1 + 3/(d − 2)) (λ = 9, d = {d})", theory.LateLossConstant, loss[^1] * shifted[^1] * shifted[^1], 0.01, DescentCurves.Derived,
                "L (τ + τ_0)² at τ = 4000", PredictionKind.Asymptotic).UpTo(Rate * Steps, "τ").At("d", d).Over(Window));
            exponents.Add((d, fit.Slope()));
            double Law(double tau) => theory.LateLossConstant * Math.Pow(tau + (intercept / slope), -2);
            double Line(double tau) => intercept + (theory.LateSlope * tau);
            inverse.Add((new Series { Label = $"d = {d}", X = time, Y = reciprocal, Color = n, Style = SeriesStyle.Points, Value = d }).Against(Line));
            inverse.Add(SolutionSeries.Function(time, Line, $"d = {d}", n, SeriesStyle.Line) with { Value = d });
            losses.Add(DescentCurves.Of(run, "loss", $"d = {d}", n, SeriesStyle.Points, "t").Against(tau => tau >= time[0] ? Law(tau) : double.NaN) with { Value = d });
            losses.Add(SolutionSeries.Function(run.Times.Where(tau => tau >= FirstShown), Law, $"d = {d}", n, SeriesStyle.Line) with { Value = d });
        }

        return new ReproductionResult
        {
            Claims = claims,
            Figures =
            [
                new Figure
                {
                    Id = "late-stage",
                    Title = Headline.Slopes("Late loss", "(τ + τ_0)", "d", exponents),
                    Scale = new ColorScale("dimension d", IsLogarithmic: true),
                    Caption = "1/S_c with S_c = (d − 2)c² and lines of slope 4/3 + 4/(d − 2) through its intercept (a), and the loss with the law K/(τ + τ_0)² (b); dots: gradient descent. Gradient descent, η = 0.02, λ = 9, α = 0.01, 0.003 and 0.001 for d = 10, 100 and 1000.",
                    Panels =
                    [
                        new Panel { Title = "bulk", X = new Axis("time τ", false, 0), Y = new Axis("1/S_c"), Series = inverse },
                        new Panel { Title = "loss", X = new Axis("time τ", true, FirstShown), Y = new Axis("loss L", true), Series = losses },
                    ],
                },
            ],
        };
    }
}
