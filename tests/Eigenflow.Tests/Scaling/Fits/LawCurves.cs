using Eigenflow.Random;

namespace Eigenflow.Tests.Scaling.Fits;

/// <summary>Curves of laws by their formulas as the documentation prints them, and noise: what the fits are measured against.</summary>
internal static class LawCurves
{
    /// <summary>ln y of a law.</summary>
    /// <param name="name">Name of the law.</param>
    /// <param name="theta">Parameters of the formula; the logarithms of positive ones, but C itself.</param>
    /// <param name="x">Abscissae.</param>
    public static double[] Logarithms(string name, double[] theta, double[] x) => [.. x.Select(value => name switch
    {
        "power-law" => theta[0] + (theta[1] * Math.Log(value)),
        "power-law-floor" => Math.Log(theta[2] + (Math.Exp(theta[0]) * Math.Pow(value, theta[1]))),
        "broken-power-law" => theta[0] + (theta[1] * Math.Log(value)) + ((theta[2] - theta[1]) * Math.Exp(theta[4]) * Math.Log(1 + Math.Pow(value / Math.Exp(theta[3]), Math.Exp(-theta[4])))),
        "stretched" => theta[0] - Math.Pow(value / Math.Exp(theta[1]), Math.Exp(theta[2])),
        _ => throw new ArgumentOutOfRangeException(nameof(name), name, "no such law"),
    })];

    /// <summary>The parameters as a fit reports them.</summary>
    public static double[] Reported(string name, double[] theta) => [.. theta.Select((value, j) => IsLogarithm(name, j) ? Math.Exp(value) : value)];

    /// <summary>An even grid of ln x from 1 on.</summary>
    public static double[] Grid(int points, double decades) => [.. Enumerable.Range(0, points).Select(i => Math.Pow(10, decades * i / (points - 1)))];

    /// <summary>Normal noise of variance one whose neighbours correlate, of a size that changes along the curve.</summary>
    /// <param name="points">Number of points.</param>
    /// <param name="correlation">Correlation of neighbours.</param>
    /// <param name="size">equal, growing, bulging, or noisy end.</param>
    /// <param name="seed">Seed.</param>
    /// <param name="curve">Number of the curve.</param>
    public static double[] Noise(int points, double correlation, string size, ulong seed, int curve)
    {
        var noise = new double[points];
        GaussianGenerator.Fill(new GaussianAddress(seed, 5, 0, curve), 0, noise);
        var previous = noise[0];
        for (var i = 0; i < points; i++)
        {
            previous = i == 0 ? noise[0] : (correlation * previous) + (Math.Sqrt(1 - (correlation * correlation)) * noise[i]);
            var t = i / (points - 1.0);
            noise[i] = previous * size switch
            {
                "growing" => Math.Exp(2 * (t - 0.5)),
                "bulging" => 0.3 + (2 * Math.Exp(-Math.Pow((t - 0.5) / 0.15, 2))),
                "noisy end" => t > 0.85 ? 5 : 1,
                _ => 1,
            };
        }

        return noise;
    }

    private static bool IsLogarithm(string name, int parameter) => name switch
    {
        "stretched" => true,
        "broken-power-law" => parameter is 0 or 3 or 4,
        _ => parameter == 0,
    };
}
