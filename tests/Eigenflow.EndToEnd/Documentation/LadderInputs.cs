using System.Globalization;
using System.Text;

namespace Eigenflow.EndToEnd;

/// <summary>
/// Training runs of five sizes by a formula with a fixed seed: loss 0.5 + F(τ, p)/(1 − q η) with F = 400 τ^(−0.3) + 300 p^(−0.35), whose compute-optimal horizon has the exponent 7/6; the trace of the gradient covariance
/// is that with which the quarter of the theory is exact. Linear decay up to that horizon, with noise that fades to the end; or a constant rate far beyond it.
/// </summary>
internal static class LadderInputs
{
    /// <summary>The irreducible loss.</summary>
    public const double Floor = 0.5;

    private const double Rate = 0.002;
    private const double Noise = 0.15;
    private static readonly double[] Sizes = [1e6, 2e6, 4e6, 8e6, 1.6e7];

    public static void Write(string path, string schedule, int seeds)
    {
        var text = new StringBuilder("params,seed,schedule,tokens,lr,loss,grad_cov_trace\n");
        foreach (var row in Rows(schedule, seeds))
            text.Append(CultureInfo.InvariantCulture, $"{row.Size},{row.Seed},{schedule},{row.Tokens:F0},{row.Rate:R},{row.Loss:R},{row.Trace:R}\n");
        File.WriteAllText(path, text.ToString());
    }

    public static void WriteLines(string path, string schedule, int seeds)
    {
        var text = new StringBuilder();
        foreach (var row in Rows(schedule, seeds))
            text.Append(CultureInfo.InvariantCulture, $"{{\"params\": {row.Size}, \"seed\": {row.Seed}, \"schedule\": \"{schedule}\", \"tokens\": {row.Tokens:F0}, \"lr\": {row.Rate:R}, \"loss\": {row.Loss:R}}}\n");
        File.WriteAllText(path, text.ToString());
    }

    /// <summary>The rows of all runs.</summary>
    public static IEnumerable<(double Size, int Seed, double Tokens, double Rate, double Loss, double Trace)> Rows(string schedule, int seeds, double exponent = 7.0 / 6)
    {
        var random = new System.Random(11);
        var isConstant = schedule is "constant";
        foreach (var (size, seed) in Sizes.SelectMany(size => Enumerable.Range(0, seeds).Select(seed => (size, seed))))
        {
            const int Points = 200;
            var horizon = 4e7 * Math.Pow(size / 1e6, exponent);
            var common = 0.004 * Gaussian(random);
            var walk = 0.0;
            for (var k = 1; k <= Points; k++)
            {
                var x = (double)k / Points;
                var tokens = Math.Round(isConstant ? 1e6 * Math.Pow(6000, x) : x * horizon);
                var part = isConstant ? 1 : Math.Max(0, 1 - (tokens / horizon));
                var tau = isConstant ? tokens : tokens - (tokens * tokens / (2 * horizon));
                walk = (0.97 * walk) + (0.001 * Gaussian(random));
                var noise = isConstant ? 0.0005 * Gaussian(random) : common + (walk * Math.Sqrt(Math.Max(0, 1 - x)));
                var reducible = ((400 * Math.Pow(tau, -0.3)) + (300 * Math.Pow(size, -0.35))) / (1 - (Noise * part)) * (1 + noise);
                yield return (size, seed, tokens, Rate * part, Floor + reducible, 4 * Noise / (1 - Noise) * reducible / Rate);
            }
        }
    }

    private static double Gaussian(System.Random random) => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
