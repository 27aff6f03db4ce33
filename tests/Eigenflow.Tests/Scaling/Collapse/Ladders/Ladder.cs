using Eigenflow.Random;
using Eigenflow.Scaling.Collapse;

namespace Eigenflow.Tests.Scaling.Collapse;

/// <summary>Ladders made by formulas.</summary>
internal static class Ladder
{
    /// <summary>Sizes of <see cref="Made"/>.</summary>
    public static readonly double[] Sizes = [1e6, 2e6, 4e6, 8e6, 1.6e7];

    /// <summary>0.5 + 400 t^(−0.3) + 300 p^(−0.35): γ = 7/6 exactly.</summary>
    public static double Law(double time, double size) => 0.5 + (400 * Math.Pow(time, -0.3)) + (300 * Math.Pow(size, -0.35));

    /// <summary>
    /// Five sizes with five seeds to horizons 2e8 (p/4e6)^γ; noise of every record alone (fades = 0), or common to a run with an own part of half the size that fades to the end.
    /// </summary>
    /// <param name="gamma">γ.</param>
    /// <param name="fades">Whether noise fades, 0 or 1.</param>
    /// <param name="noise">Its standard deviation.</param>
    /// <param name="records">x of the records of a horizon, or null for the default grid.</param>
    /// <param name="replica">Which noise.</param>
    public static LadderRun[] Made(double gamma, int fades, double noise = 0.002, Func<double, double[]>? records = null, int replica = 0) =>
    [
        .. Sizes.SelectMany((size, m) => Enumerable.Range(0, 5).Select(seed =>
        {
            var horizon = 2e8 * Math.Pow(size / 4e6, gamma);
            double[] x = records is null ? [.. NormalizedCurves.DefaultGrid] : records(horizon), normals = new double[101];
            GaussianGenerator.Fill(new GaussianAddress(3, m, seed, replica), 0, normals);
            double Noise(int k) => fades == 0 ? noise * normals[k] : noise * (normals[100] + (0.5 * normals[k] * Math.Sqrt(1 - x[k])));
            return new LadderRun { Size = size, Seed = $"{seed}", Times = [.. x.Select(value => value * horizon)], Losses = [.. x.Select((value, k) => 0.5 + ((Law(value * horizon, size) - 0.5) * (1 + Noise(k))))] };
        })),
    ];

    /// <summary>x of records at fixed times, so many in a decade, and at the end.</summary>
    public static Func<double, double[]> PerDecade(double count) => horizon =>
        [.. Enumerable.Range(0, 200).Select(k => Math.Pow(10, 5 + (k / count)) / horizon).Where(x => x < 0.98), 1];

    /// <summary>c evenly spaced exponents of ten.</summary>
    public static double[] Decades(double from, double to, int count) => [.. Enumerable.Range(0, count).Select(k => Math.Pow(10, from + ((to - from) * k / (count - 1))))];

    /// <summary>Runs of a law of time and size, at the default grid times the horizon, one per size.</summary>
    public static LadderRun[] Runs(double[] sizes, Func<double, double> horizon, Func<double, double, double> loss, IReadOnlyList<double>? grid = null) =>
    [
        .. sizes.Select(size =>
        {
            double[] times = [.. (grid ?? NormalizedCurves.DefaultGrid).Select(x => x * horizon(size))];
            return new LadderRun { Size = size, Times = times, Losses = [.. times.Select(time => loss(time, size))] };
        }),
    ];

    /// <summary>Three models with four seeds each on x = 0.02, 0.04, …, 1, whose noise is a sum of sines: all times are x itself.</summary>
    public static LadderRun[] Noisy(double floor = 0, double unit = 1)
    {
        double[] x = [.. Enumerable.Range(1, 50).Select(k => 0.02 * k)], sizes = [1e6, 3e6, 1e7];
        return
        [
            .. sizes.SelectMany((size, i) => Enumerable.Range(0, 4).Select(w => new LadderRun
            {
                Size = size,
                Seed = $"{w}",
                Times = [.. x.Select(value => value * unit)],
                Losses = [.. x.Select(value => floor + ((Math.Pow(value, -0.4) + 1) * Math.Pow(size, -0.2) * (1 + (0.01 * Math.Sin((3 * w) + (5 * value) + i)) + (0.002 * Math.Cos((20 * value) + w)))))],
            })),
        ];
    }
}
