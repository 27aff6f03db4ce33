using Eigenflow.Numerics;
using Eigenflow.Scaling.Noise;
using MathNet.Numerics.Distributions;

namespace Eigenflow.Scaling.Collapse;

/// <summary>
/// Curves of a ladder that were cut at one horizon, compared by their shape: ln(L − L̂) less its mean over ln x, so that all records of a run and not its last one alone set its height.
/// The spread between the means of sizes counts in units of what the noise of seeds leaves in it.
/// </summary>
internal sealed class ShapeSample(double[] logSizes, double[] grid, double[][][] losses, double smallest)
{
    private const int Scan = 24;
    private const double Deepest = 1e-3;
    private const int Degree = 4;

    // Variance of ln L below which there is no noise.
    private const double NoNoise = 1e-20;
    private readonly double[][][] shapes = [.. losses.Select(model => model.Select(run => new double[grid.Length]).ToArray())];
    private readonly double[][] means = [.. losses.Select(_ => new double[grid.Length])];
    private readonly double[] heights = new double[losses.Length];

    /// <summary>First x that is compared.</summary>
    public double From => Math.Exp(grid[0]);

    /// <summary>Offset with the smallest ratio of spread to noise.</summary>
    public double BestOffset()
    {
        var lowest = Math.Min(0, smallest - Math.Abs(smallest));
        double At(double depth) => smallest - ((smallest - lowest) * Math.Exp(-depth));
        return At(ScalarMinimum.Find(depth => Spread(At(depth)).Ratio, 0, -Math.Log(Deepest), Scan, 1e-4).Place);
    }

    /// <summary>Mean over ln x of the variance between sizes (unbiased), and that over what seeds leave in it: noise grows with L̂, and takes no part in where the ratio is smallest. Without seeds the ratio is to a constant.</summary>
    /// <param name="offset">L̂, below every loss.</param>
    public (double Between, double Ratio) Spread(double offset)
    {
        Shape(offset);
        double between = 0, within = 0;
        for (var i = 0; i < grid.Length; i++)
        {
            var center = 0.0;
            foreach (var mean in means)
                center += mean[i] / means.Length;
            for (var m = 0; m < means.Length; m++)
            {
                between += (means[m][i] - center) * (means[m][i] - center) / (means.Length - 1);
                within += Within(m, i) / means.Length;
            }
        }

        return (between / grid.Length, between / (within + (NoNoise * grid.Length)));
    }

    /// <summary>Variance over ln x of the mean curve that was measured last.</summary>
    public double Fall()
    {
        double sum = 0, squares = 0;
        for (var i = 0; i < grid.Length; i++)
        {
            var mean = 0.0;
            foreach (var own in means)
                mean += own[i] / means.Length;
            (sum, squares) = (sum + mean, squares + (mean * mean));
        }

        return (squares / grid.Length) - (sum / grid.Length * (sum / grid.Length));
    }

    /// <summary>
    /// Score test of one parameter at an offset: the deviation of sizes from their mean, projected on what a change of the parameter would make of them (by a smooth mean curve: noise of the records is not in it), over the standard error by seeds.
    /// </summary>
    /// <param name="offset">L̂.</param>
    /// <param name="isOfOffset">Whether L̂ is tested, else γ.</param>
    /// <param name="isOtherFree">Whether the other one was fitted, so that what it can explain is left out.</param>
    /// <param name="isTrend">Whether of what γ changes only the sign of its trend over ln x is taken as known, and the step has no unit.</param>
    public ShapeTest Test(double offset, bool isOfOffset, bool isOtherFree, bool isTrend = false)
    {
        Shape(offset);
        var (byExponent, byOffset) = Directions(isTrend);
        var (direction, other) = isOfOffset ? (byOffset, byExponent) : (byExponent, byOffset);
        if (isOtherFree)
        {
            var part = Product(direction, other) / Product(other, other);
            for (var m = 0; m < direction.Length; m++)
            {
                for (var i = 0; i < grid.Length; i++)
                    direction[m][i] -= part * other[m][i];
            }
        }

        double sum = 0, variance = 0, fourth = 0;
        for (var m = 0; m < means.Length; m++)
        {
            double own = 0, count = losses[m].Length;
            foreach (var shape in shapes[m])
            {
                var score = 0.0;
                for (var i = 0; i < grid.Length; i++)
                    score += direction[m][i] * (shape[i] - means[m][i]);
                own += score * score / (count * (count - 1));
            }

            for (var i = 0; i < grid.Length; i++)
                sum += direction[m][i] * means[m][i];
            variance += own;
            fourth += own * own / (count - 1);
        }

        return new ShapeTest(sum, variance, fourth > 0 ? variance * variance / fourth : 1, Product(direction, direction));
    }

    /// <summary>Part of the spread between sizes that the step of a test explains, at the offset that was measured last.</summary>
    /// <param name="test">The test.</param>
    public double Explained(ShapeTest test)
    {
        var total = 0.0;
        for (var i = 0; i < grid.Length; i++)
        {
            var center = 0.0;
            foreach (var mean in means)
                center += mean[i] / means.Length;
            foreach (var mean in means)
                total += (mean[i] - center) * (mean[i] - center);
        }

        return total > 0 ? test.Score * test.Step / total : 0;
    }

    private void Shape(double offset)
    {
        for (var m = 0; m < losses.Length; m++)
        {
            Array.Clear(means[m]);
            heights[m] = 0;
            for (var s = 0; s < losses[m].Length; s++)
            {
                var shape = shapes[m][s];
                var height = 0.0;
                for (var i = 0; i < shape.Length; i++)
                {
                    shape[i] = Math.Log(Math.Max(double.Epsilon, losses[m][s][i] - offset));
                    height += shape[i] / shape.Length;
                }

                heights[m] += height / losses[m].Length;
                for (var i = 0; i < shape.Length; i++)
                {
                    shape[i] -= height;
                    means[m][i] += shape[i] / losses[m].Length;
                }
            }
        }
    }

    // Variance of the mean of a size by its seeds.
    private double Within(int model, int place)
    {
        var count = shapes[model].Length;
        if (count < 2)
            return 0;
        var sum = 0.0;
        foreach (var shape in shapes[model])
            sum += (shape[place] - means[model][place]) * (shape[place] - means[model][place]);
        return sum / (count - 1) / count;
    }

    // What γ and L̂ change: ln p · d ln ℓ/d ln x and −1/(L − L̂), both without their means over x and over sizes.
    private (double[][] ByExponent, double[][] ByOffset) Directions(bool isTrend)
    {
        var models = means.Length;
        double[] mean = [.. Enumerable.Range(0, grid.Length).Select(i => means.Average(own => own[i]))];
        var curve = new SmoothCurve(grid, mean, Degree);
        var step = -grid[0] * 1e-4;
        double[] slope = isTrend ? grid : [.. grid.Select(u => (curve.At(u + step) - curve.At(u - step)) / (2 * step))];
        var center = logSizes.Average();
        double[][] byExponent = [.. Enumerable.Range(0, models).Select(m => slope.Select(value => (logSizes[m] - center) * value).ToArray())];

        // In units of the loss: the unit of an offset drops out.
        var height = heights.Average();
        double[][] byOffset = [.. Enumerable.Range(0, models).Select(m => grid.Select(u => -Math.Exp(height - heights[m] - curve.At(u))).ToArray())];
        Center(byExponent);
        Center(byOffset);
        return (byExponent, byOffset);
    }

    private static void Center(double[][] rows)
    {
        foreach (var row in rows)
        {
            var mean = row.Average();
            for (var i = 0; i < row.Length; i++)
                row[i] -= mean;
        }

        for (var i = 0; i < rows[0].Length; i++)
        {
            var mean = 0.0;
            foreach (var row in rows)
                mean += row[i] / rows.Length;
            foreach (var row in rows)
                row[i] -= mean;
        }
    }

    private static double Product(double[][] left, double[][] right)
    {
        var sum = 0.0;
        for (var m = 0; m < left.Length; m++)
            sum += Sums.Product(left[m], right[m]);
        return sum;
    }
}

/// <summary>A score: its value, its variance by seeds, degrees of freedom of that, and the square of its direction.</summary>
internal readonly record struct ShapeTest(double Score, double Variance, double Freedom, double Square)
{
    /// <summary>Change of the parameter that the score stands for.</summary>
    public double Step => Score / Square;

    /// <summary>Standard error of it.</summary>
    public double Error => Math.Sqrt(Variance) / Square;

    /// <summary>Probability of a score as large or larger by noise, Student's t; NaN where seeds are equal.</summary>
    public double Probability => !(Variance > 0) ? double.NaN : 2 * StudentT.CDF(0, 1, Math.Max(1, Freedom), -Math.Abs(Score) / Math.Sqrt(Variance));
}
