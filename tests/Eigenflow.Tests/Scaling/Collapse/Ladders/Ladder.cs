using Eigenflow.Scaling.Collapse;

namespace Eigenflow.Tests.Scaling.Collapse;

/// <summary>Ladders made by formulas.</summary>
internal static class Ladder
{
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
