namespace Eigenflow.Scaling.Collapse;

/// <summary>The mean of Δ² over x &lt; 1 of curves that are cut at t* = κ p^γ: population variances, equal weight per model.</summary>
internal sealed class HorizonSpread(double[] sizes, int[] seeds, LossAtTime loss, Func<double, int, double> horizon, double offset, double[] grid)
{
    private readonly int[] inner = NormalizedCurves.InnerOf(grid);
    private readonly double[][] ends = [.. seeds.Select(count => new double[count])];

    /// <summary>Measures.</summary>
    /// <param name="gamma">γ.</param>
    /// <param name="isByLogarithm">Whether Δ is divided by −ln x.</param>
    public double MeanSquare(double gamma, bool isByLogarithm = false)
    {
        int models = sizes.Length;
        var times = new double[models];
        for (var m = 0; m < models; m++)
        {
            times[m] = horizon(gamma, m);
            for (var s = 0; s < seeds[m]; s++)
                ends[m][s] = loss(m, s, times[m]) - offset;
        }

        var total = 0.0;
        foreach (var i in inner)
        {
            double mean = 0, squares = 0, within = 0;
            for (var m = 0; m < models; m++)
            {
                double own = 0, ownSquares = 0;
                for (var s = 0; s < seeds[m]; s++)
                {
                    var value = (loss(m, s, grid[i] * times[m]) - offset) / ends[m][s];
                    var before = own;
                    own += (value - own) / (s + 1);
                    ownSquares += (value - before) * (value - own);
                }

                within += ownSquares / seeds[m] / models;
                var off = mean;
                mean += (own - mean) / (m + 1);
                squares += (own - off) * (own - mean);
            }

            var unit = isByLogarithm ? Math.Log(grid[i]) : 1;
            total += ((squares / models) + within) / (mean * mean * unit * unit) / inner.Length;
        }

        return total;
    }
}
