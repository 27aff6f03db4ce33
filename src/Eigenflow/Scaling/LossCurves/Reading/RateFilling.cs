namespace Eigenflow.Scaling.LossCurves;

/// <summary>What the learning rate is between two logged steps.</summary>
public enum RateFilling
{
    /// <summary>
    /// Linear, except where the rate is the same in the logged rows before a change and the same in those after it: that is a jump of a stepwise schedule, and the rate holds until the row that shows the new one.
    /// A rise from the first row is a warm-up, and linear: one row is no sign that the rate held.
    /// </summary>
    Auto,

    /// <summary>Linear between logged steps.</summary>
    Linear,

    /// <summary>The rate of a row holds until the next row.</summary>
    Hold,
}

/// <summary>Fills in the learning rates between logged steps. O(steps).</summary>
internal static class LoggedRates
{
    /// <summary>The rate of every step 0 … last row − 1; before the first row its own.</summary>
    /// <param name="steps">Logged steps, ascending.</param>
    /// <param name="values">What was logged there.</param>
    /// <param name="count">Number of steps K.</param>
    /// <param name="filling">The rule.</param>
    public static double[] Fill(int[] steps, double[] values, int count, RateFilling filling)
    {
        var filled = new double[count];
        var row = 0;
        for (var k = 0; k < count; k++)
        {
            while (row + 1 < steps.Length && steps[row + 1] <= k)
                row++;
            if (k <= steps[row] || row + 1 == steps.Length || values[row] == values[row + 1] || !IsLinear(values, row, filling))
                filled[k] = values[row];
            else
                filled[k] = values[row] + ((values[row + 1] - values[row]) * ((double)(k - steps[row]) / (steps[row + 1] - steps[row])));
        }

        return filled;
    }

    private static bool IsLinear(double[] values, int row, RateFilling filling) => filling switch
    {
        RateFilling.Linear => true,
        RateFilling.Hold => false,
        _ => !((row == 0 ? values[0] > values[1] : values[row - 1] == values[row]) && (row + 2 >= values.Length || values[row + 1] == values[row + 2])),
    };
}
