using Eigenflow.Scaling;
using Eigenflow.Scaling.Fits;
using MathNet.Numerics.LinearAlgebra;
using Shouldly;
using Xunit;

namespace Eigenflow.Tests.Scaling.Fits;

/// <summary>
/// Least squares find the lowest minimum: no point of a fine grid of a law's shape, with the rest by linear least squares, is lower. Curves of every law are fitted with every law:
/// the law is right, a limit of itself, or wrong. (By hand: multi-start least squares of SciPy on 508 curves, docs/fit.md.)
/// </summary>
public sealed class LawMinimumTests
{
    private static readonly (string Name, double[] Theta)[] Truths =
    [
        ("power-law", [1, -0.5]), ("power-law", [0, 0.3]), ("power-law-floor", [0, -0.5, 0.1]), ("power-law-floor", [0, 0.6, 5]), ("broken-power-law", [0, -0.2, -1.2, 4, -2]), ("broken-power-law", [0, -0.9, -0.1, 3, -1]),
        ("stretched", [0, 5, -0.5]), ("stretched", [0, 3, 0.3]), ("stretched", [0, 9, 0]),
    ];

    [Theory]
    [InlineData("power-law-floor")]
    [InlineData("broken-power-law")]
    [InlineData("stretched")]
    public void NoPointOfAFineGridIsLower(string name)
    {
        var law = ScalingLaw.All.First(one => one.Name == name);
        Parallel.For(0, 3 * Truths.Length, curve =>
        {
            var (truth, theta) = Truths[curve % Truths.Length];
            var x = LawCurves.Grid(9 + (14 * (curve / Truths.Length)), 3);
            var noise = LawCurves.Noise(x.Length, curve % 2 * 0.6, "equal", 12, curve);
            double[] v = [.. LawCurves.Logarithms(truth, theta, x).Select((value, i) => value + (0.03 * noise[i]))];
            var fit = new LawFitting(LogPoints.Of(x, [.. v.Select(Math.Exp)]), new ScalingFitOptions { Resamples = 99 }, TestContext.Current.CancellationToken).Fit(law);
            (fit.LogResidual * fit.LogResidual * x.Length).ShouldBeLessThanOrEqualTo(Lowest(name, [.. x.Select(value => Math.Log(value))], v) * (1 + 1e-6), $"{truth} {curve}");
        });
    }

    /// <summary>Curves on which a limit on τ kept the fit from its minimum: a stretched exponential that bends by little, and one that does not bend.</summary>
    [Theory]
    [InlineData("power-law-floor", new[] { 0, -0.5, 0.1 })]
    [InlineData("power-law", new[] { 0.7, -0.5 })]
    public void AStretchedExponentialReachesThePowerLawThatItIsInItsLimit(string truth, double[] theta)
    {
        // A curve that is convex in the logarithms: the best stretched exponential is the straight line, in the limit of small γ.
        var x = LawCurves.Grid(60, 3);
        var fit = ScalingFit.Of(new ScalingCurve("curve", x, [.. LawCurves.Logarithms(truth, theta, x).Select(Math.Exp)]), new ScalingFitOptions { Resamples = 99 });
        var line = fit.Laws.First(law => law.Name == "power-law");
        var stretched = fit.Laws.First(law => law.Name == "stretched");
        stretched.LogResidual.ShouldBe(line.LogResidual, (1e-6 * line.LogResidual) + 1e-8);
        stretched.Edge.ShouldNotBeNull().ShouldContain("limit of small gamma");
        stretched.At(30).ShouldBe(line.At(30), 1e-6 * line.At(30));
    }

    // Floors by their part of y at the middle; every law without its free factor, by differences from the mean.
    private static double Lowest(string name, double[] u, double[] v)
    {
        var middle = u[^1] / 2;
        var lowest = double.PositiveInfinity;
        switch (name)
        {
            case "stretched":
                for (var k = 0; k <= 300; k++)
                {
                    var gamma = 1e-6 * Math.Pow(5e7, k / 300.0) / u[^1];
                    double[] bend = [.. u.Select(at => (Math.Exp(gamma * (at - u[^1])) - 1) / gamma)];
                    var line = Vector<double>.Build.Dense(bend).Subtract(bend.Average());

                    // Only falling curves are stretched exponentials.
                    if (line.DotProduct(Vector<double>.Build.Dense(v)) < 0)
                        lowest = Math.Min(lowest, Left(v, bend));
                }

                break;
            case "power-law-floor":
                for (var k = 0; k < 120; k++)
                {
                    for (var part = -12.0; part <= 12; part += 0.25)
                    {
                        var p = (k < 60 ? -1 : 1) * 0.05 * Math.Pow(2000, k % 60 / 59.0) / u[^1];
                        double[] rest = [.. u.Select((at, i) => v[i] - Math.Log(Math.Exp(part) + Math.Exp(p * (at - middle))))];
                        lowest = Math.Min(lowest, Left(rest));
                    }
                }

                break;
            default:
                for (var k = 0; k <= 100; k++)
                {
                    for (var l = 0; l <= 8; l++)
                    {
                        var (place, width) = (u[^1] * k / 100, 0.02 * Math.Pow(u[^1] / 0.06, l / 8.0));
                        double[] bend = [.. u.Select(at => at > place ? (at - place) + (width * Math.Log(1 + Math.Exp((place - at) / width))) : width * Math.Log(1 + Math.Exp((at - place) / width)))];
                        lowest = Math.Min(lowest, Left(v, u, bend));
                    }
                }

                break;
        }

        return lowest;
    }

    // What a constant and columns leave of v, by projections.
    private static double Left(double[] v, params double[][] columns)
    {
        var left = Vector<double>.Build.Dense(v).Subtract(v.Average());
        var basis = new List<Vector<double>>();
        foreach (var column in columns)
        {
            var own = Vector<double>.Build.Dense(column).Subtract(column.Average());
            foreach (var other in basis)
                own -= own.DotProduct(other) * other;
            if (!(own.L2Norm() > 1e-7 * column.Max(Math.Abs)))
                continue;
            basis.Add(own /= own.L2Norm());
            left -= left.DotProduct(own) * own;
        }

        return left.DotProduct(left);
    }
}
