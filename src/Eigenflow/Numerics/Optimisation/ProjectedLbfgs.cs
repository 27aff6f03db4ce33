namespace Eigenflow.Numerics.Optimisation;

/// <summary>A function with its gradient.</summary>
/// <param name="point">Where.</param>
/// <param name="gradient">Receives the gradient.</param>
/// <returns>The value; infinite where the function does not exist.</returns>
public delegate double DifferentiableFunction(ReadOnlySpan<double> point, Span<double> gradient);

/// <summary>What a minimisation came to.</summary>
/// <param name="Point">The best point.</param>
/// <param name="Value">Its value.</param>
/// <param name="Iterations">Accepted steps.</param>
/// <param name="ProjectedGradient">Largest component of the projected gradient.</param>
public sealed record MinimumFound(double[] Point, double Value, int Iterations, double ProjectedGradient);

/// <summary>
/// Minimises a smooth function in a box: L-BFGS directions in the coordinates that are not held at a bound, and a backtracking search along the projected path (Bertsekas 1982; Kim, Sra and Dhillon 2010 for the limited-memory form).
/// Work per step: one or a few evaluations and O(memory · n). Deterministic.
/// </summary>
public static class ProjectedLbfgs
{
    private const int Memory = 12;
    private const double Decrease = 1e-4;
    private const int MostHalvings = 40;

    /// <summary>Minimises.</summary>
    /// <param name="function">The function.</param>
    /// <param name="start">Where to begin; clamped into the box.</param>
    /// <param name="lower">Lower bounds.</param>
    /// <param name="upper">Upper bounds.</param>
    /// <param name="iterations">Most steps.</param>
    /// <param name="tolerance">Ends when no component of the projected gradient is larger, or when ten steps in a row gain less than 1e-13 of the value.</param>
    /// <param name="cancellation">Ends the work.</param>
    public static MinimumFound Minimize(
        DifferentiableFunction function, ReadOnlySpan<double> start, double[] lower, double[] upper, int iterations = 500, double tolerance = 1e-10, CancellationToken cancellation = default)
    {
        var n = start.Length;
        double[] x = start.ToArray(), gradient = new double[n], trial = new double[n], trialGradient = new double[n], direction = new double[n];
        var isHeld = new bool[n];
        for (var i = 0; i < n; i++)
            x[i] = Math.Clamp(x[i], lower[i], upper[i]);
        var value = function(x, gradient);
        var pairs = new List<(double[] S, double[] Y, double Rho)>();
        var idle = 0;
        var iteration = 0;
        for (; iteration < iterations && idle < 10; iteration++)
        {
            cancellation.ThrowIfCancellationRequested();
            if (ProjectedGradient(x, gradient, lower, upper, isHeld) <= tolerance)
                break;
            Direction(gradient, isHeld, pairs, direction);
            if (!(Dot(direction, gradient) < 0))
            {
                pairs.Clear();
                Direction(gradient, isHeld, pairs, direction);
            }

            var length = pairs.Count == 0 ? FirstLength(direction, lower, upper) : 1;
            var next = double.NaN;
            var isFound = false;
            for (var halving = 0; halving < MostHalvings && !isFound; halving++, length /= 2)
            {
                var slope = 0.0;
                for (var i = 0; i < n; i++)
                {
                    trial[i] = Math.Clamp(x[i] + (length * direction[i]), lower[i], upper[i]);
                    slope += gradient[i] * (trial[i] - x[i]);
                }

                next = function(trial, trialGradient);
                isFound = next <= value + (Decrease * slope) && next <= value;
            }

            if (!isFound)
            {
                if (pairs.Count == 0)
                    break;
                pairs.Clear();
                continue;
            }

            Remember(pairs, x, trial, gradient, trialGradient);
            idle = value - next <= 1e-13 * Math.Abs(value) ? idle + 1 : 0;
            value = next;
            (x, trial) = (trial, x);
            (gradient, trialGradient) = (trialGradient, gradient);
        }

        return new MinimumFound(x, value, iteration, ProjectedGradient(x, gradient, lower, upper, isHeld));
    }

    private static double ProjectedGradient(double[] x, double[] gradient, double[] lower, double[] upper, bool[] isHeld)
    {
        var largest = 0.0;
        for (var i = 0; i < x.Length; i++)
        {
            isHeld[i] = (x[i] <= lower[i] && gradient[i] >= 0) || (x[i] >= upper[i] && gradient[i] <= 0);
            if (!isHeld[i])
                largest = Math.Max(largest, Math.Abs(gradient[i]));
        }

        return largest;
    }

    // Without curvature the first step crosses a tenth of the box.
    private static double FirstLength(double[] direction, double[] lower, double[] upper)
    {
        var length = double.PositiveInfinity;
        for (var i = 0; i < direction.Length; i++)
        {
            if (direction[i] != 0)
                length = Math.Min(length, 0.1 * (upper[i] - lower[i]) / Math.Abs(direction[i]));
        }

        return double.IsFinite(length) ? length : 1 / Math.Max(1e-300, Math.Sqrt(Dot(direction, direction)));
    }

    private static void Direction(double[] gradient, bool[] isHeld, List<(double[] S, double[] Y, double Rho)> pairs, double[] direction)
    {
        for (var i = 0; i < direction.Length; i++)
            direction[i] = isHeld[i] ? 0 : -gradient[i];
        if (pairs.Count == 0)
            return;
        Span<double> weights = stackalloc double[Memory];
        for (var k = pairs.Count - 1; k >= 0; k--)
        {
            weights[k] = pairs[k].Rho * Dot(pairs[k].S, direction);
            AddScaled(direction, -weights[k], pairs[k].Y);
        }

        var (_, lastY, lastRho) = pairs[^1];
        var scale = 1 / (lastRho * Dot(lastY, lastY));
        for (var i = 0; i < direction.Length; i++)
            direction[i] *= scale;
        for (var k = 0; k < pairs.Count; k++)
            AddScaled(direction, weights[k] - (pairs[k].Rho * Dot(pairs[k].Y, direction)), pairs[k].S);
        for (var i = 0; i < direction.Length; i++)
        {
            if (isHeld[i])
                direction[i] = 0;
        }
    }

    private static void Remember(List<(double[] S, double[] Y, double Rho)> pairs, double[] x, double[] next, double[] gradient, double[] nextGradient)
    {
        double[] s = new double[x.Length], y = new double[x.Length];
        for (var i = 0; i < x.Length; i++)
        {
            s[i] = next[i] - x[i];
            y[i] = nextGradient[i] - gradient[i];
        }

        var product = Dot(s, y);
        if (!(product > 1e-12 * Math.Sqrt(Dot(s, s) * Dot(y, y))))
            return;
        if (pairs.Count == Memory)
            pairs.RemoveAt(0);
        pairs.Add((s, y, 1 / product));
    }

    private static void AddScaled(double[] target, double factor, double[] source)
    {
        for (var i = 0; i < target.Length; i++)
            target[i] += factor * source[i];
    }

    private static double Dot(double[] first, double[] second)
    {
        var sum = 0.0;
        for (var i = 0; i < first.Length; i++)
            sum += first[i] * second[i];
        return sum;
    }
}
