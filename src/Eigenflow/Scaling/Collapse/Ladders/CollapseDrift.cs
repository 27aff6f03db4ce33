using Eigenflow.Numerics;

namespace Eigenflow.Scaling.Collapse;

/// <summary>
/// Drift d ln ℓ/d ln p of the normalised curves with the size of the model, by least squares at every x. A horizon that grows too fast with size moves larger models down (negative), one that grows too slowly moves them up
/// (arXiv 2507.02119, sum of power laws; the sign is derived there).
/// </summary>
/// <param name="X">The grid.</param>
/// <param name="Slope">The drift.</param>
/// <param name="Lower">Lower end of the 95 % interval; NaN where there are too few models.</param>
/// <param name="Upper">Upper end.</param>
/// <param name="Monotone">1 where ln ℓ rises from each model to the next larger one, −1 where it falls throughout, else 0.</param>
/// <param name="IntervalMethod">Where the interval is from.</param>
public sealed record CollapseDrift(double[] X, double[] Slope, double[] Lower, double[] Upper, int[] Monotone, string IntervalMethod)
{
    private const int FewestModels = 4;

    /// <summary>Measures.</summary>
    /// <param name="curves">The curves.</param>
    public static CollapseDrift Of(NormalizedCurves curves)
    {
        ArgumentNullException.ThrowIfNull(curves);
        int models = curves.Models, points = curves.X.Length;
        double[] sizes = [.. curves.Sizes.Select(value => Math.Log(value))], slope = new double[points], lower = new double[points], upper = new double[points];
        double[][] means = [.. Enumerable.Range(0, models).Select(curves.ModelMean)];
        var monotone = new int[points];

        // Means of models where they leave degrees of freedom; of three models the runs, where they have seeds.
        var byRuns = models < FewestModels && curves.FewestSeeds > 1;
        var runs = Enumerable.Range(0, models).SelectMany(m => Enumerable.Range(0, curves.Seeds[m].Length).Select(s => (Model: m, Seed: s))).ToArray();
        double[] allSizes = [.. runs.Select(run => sizes[run.Model])], all = new double[runs.Length], here = new double[models];
        var freedom = (byRuns ? runs.Length : models) - 2;
        var quantile = StudentInterval.Quantile(freedom);
        for (var i = 0; i < points; i++)
        {
            for (var m = 0; m < models; m++)
                here[m] = Math.Log(means[m][i]);
            var line = LeastSquaresLine.Fit(sizes, here);
            slope[i] = line.Slope;
            if (byRuns)
            {
                for (var r = 0; r < runs.Length; r++)
                    all[r] = Math.Log(curves.Value(runs[r].Model, runs[r].Seed, i));
                line = LeastSquaresLine.Fit(allSizes, all);
            }

            var left = Math.Max(0, line.SquaresY - (line.Slope * line.Products));
            var half = quantile * Math.Sqrt(left / Math.Max(1, freedom) / line.SquaresX);
            (lower[i], upper[i]) = (slope[i] - half, slope[i] + half);
            monotone[i] = Order(here);
        }

        return new CollapseDrift(curves.X, slope, lower, upper, monotone, freedom <= 0 ? "two models leave no interval" : byRuns ? $"Student's t over {runs.Length} runs" : $"Student's t over the means of {models} models");
    }

    /// <summary>Index of the grid point nearest to an x.</summary>
    /// <param name="x">The place.</param>
    public int Nearest(double x)
    {
        var best = 0;
        for (var i = 1; i < X.Length; i++)
            best = Math.Abs(X[i] - x) < Math.Abs(X[best] - x) ? i : best;
        return best;
    }

    private static int Order(double[] values)
    {
        int up = 0, down = 0;
        for (var m = 1; m < values.Length; m++)
        {
            up += values[m] > values[m - 1] ? 1 : 0;
            down += values[m] < values[m - 1] ? 1 : 0;
        }

        return up == values.Length - 1 ? 1 : down == values.Length - 1 ? -1 : 0;
    }
}
