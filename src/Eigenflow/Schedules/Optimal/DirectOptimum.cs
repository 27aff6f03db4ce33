namespace Eigenflow.Schedules;

/// <summary>
/// The best schedule that is constant on equal cells, found numerically without use of the exact solution: spectral projected gradient
/// (Barzilai–Borwein steps, Birgin, Martínez and Raydan 2000) on 0 ≤ η ≤ η_max. Over a cell ∫ K(S) η² dz = η ∫ K dS is exact, so its value
/// is that of a schedule that exists and cannot fall below the exact minimum. Work O(cells) per iteration.
/// </summary>
public static class DirectOptimum
{
    private const int History = 10;

    /// <summary>Minimises.</summary>
    /// <param name="objective">What to minimise.</param>
    /// <param name="steps">N ≥ 1.</param>
    /// <param name="largestRate">η_max &gt; 0, or null for no bound.</param>
    /// <param name="cells">Number of cells, ≥ 2.</param>
    /// <param name="iterations">Largest number of iterations.</param>
    /// <param name="cancellation">Ends it with the best so far.</param>
    /// <returns>The rate of each cell, and the value.</returns>
    /// <exception cref="ParameterException">A value that is not allowed.</exception>
    public static (double[] Rates, double Value) Minimise(
        ScheduleObjective objective, double steps, double? largestRate = null, int cells = 120, int iterations = 20_000, CancellationToken cancellation = default)
    {
        objective.Validate();
        if (!(steps >= 1) || !double.IsFinite(steps))
            throw new ParameterException("steps", steps, "a finite number >= 1");
        if (largestRate is { } bound && !(bound > 0 && double.IsFinite(bound)))
            throw new ParameterException("largest-rate", bound, "a finite number > 0");
        if (cells < 2)
            throw new ParameterException("cells", cells, "a whole number >= 2");

        // Rates in units of a start that lies well inside: a linear decay whose intrinsic time balances signal and noise roughly.
        var unit = Math.Min(largestRate ?? double.PositiveInfinity, Math.Pow(steps, -0.5));
        var upper = (largestRate ?? double.PositiveInfinity) / unit;
        var x = new double[cells];
        for (var k = 0; k < cells; k++)
            x[k] = 1 - ((k + 0.5) / cells);
        double[] gradient = new double[cells], trial = new double[cells], trialGradient = new double[cells];
        var value = Evaluate(objective, steps, unit, x, gradient);
        double[] best = [.. x];
        var bestValue = value;
        var recent = new double[History];
        Array.Fill(recent, double.NegativeInfinity);
        var length = 1 / gradient.Max(Math.Abs);
        for (var iteration = 0; iteration < iterations && !cancellation.IsCancellationRequested; iteration++)
        {
            recent[iteration % History] = value;
            var slope = 0.0;
            var largestMove = 0.0;
            for (var k = 0; k < cells; k++)
            {
                var move = Math.Clamp(x[k] - (length * gradient[k]), 0, upper) - x[k];
                slope += gradient[k] * move;
                largestMove = Math.Max(largestMove, Math.Abs(Math.Clamp(x[k] - gradient[k], 0, upper) - x[k]));
            }

            if (largestMove < 1e-11 * bestValue || slope > -1e-17 * bestValue)
                break;
            var reference = recent.Max();
            var part = 1.0;
            double trialValue;
            while (true)
            {
                for (var k = 0; k < cells; k++)
                    trial[k] = x[k] + (part * (Math.Clamp(x[k] - (length * gradient[k]), 0, upper) - x[k]));
                trialValue = Evaluate(objective, steps, unit, trial, trialGradient);
                if (trialValue <= reference + (1e-4 * part * slope) || part < 1e-12)
                    break;
                part /= 2;
            }

            double squares = 0, products = 0;
            for (var k = 0; k < cells; k++)
            {
                var move = trial[k] - x[k];
                squares += move * move;
                products += move * (trialGradient[k] - gradient[k]);
            }

            length = products > 0 ? Math.Clamp(squares / products, 1e-12, 1e12) : 1e3;
            (x, trial, gradient, trialGradient, value) = (trial, x, trialGradient, gradient, trialValue);
            if (value < bestValue)
            {
                bestValue = value;
                x.CopyTo(best, 0);
            }
        }

        return ([.. best.Select(rate => rate * unit)], bestValue);
    }

    // J and dJ/dη_m = A'(T) h + c ∫_cell K dS + c h Σ_{i ≤ m} η_i K(S_i) − c h Σ_{i < m} η_i K(S_{i+1}); S_i is left at the beginning of cell i.
    private static double Evaluate(ScheduleObjective objective, double steps, double unit, double[] x, double[] gradient)
    {
        var width = steps / x.Length * unit;
        double remaining = 0, noise = 0;
        for (var k = x.Length - 1; k >= 0; k--)
        {
            var next = remaining + (x[k] * width);
            var integral = objective.KernelBetween(remaining, next);
            noise += x[k] * integral;
            gradient[k] = integral;
            remaining = next;
        }

        var time = remaining;
        var signal = objective.Signal(time);
        var fall = -signal * objective.Difficulty / (objective.SignalTime + time) * width;
        var scale = objective.Noise * unit;
        var sum = 0.0;
        for (var k = 0; k < x.Length; k++)
        {
            sum += x[k] * objective.Kernel(remaining);
            remaining = Math.Max(0, remaining - (x[k] * width));
            gradient[k] = fall + (scale * (gradient[k] + (width * sum)));
            sum -= x[k] * objective.Kernel(remaining);
        }

        return signal + (scale * noise);
    }
}
