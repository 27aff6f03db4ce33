namespace Eigenflow.Scaling.LossCurves;

/// <summary>A training run: its learning rates, and the losses that were measured along it (none for a schedule that is only to be forecast).</summary>
public sealed class LossCurve
{
    /// <summary>Makes a curve.</summary>
    /// <param name="name">Name for tables and pictures.</param>
    /// <param name="rates">Learning rate of every step.</param>
    /// <param name="steps">Updates done when each loss was measured: ascending, 1 to the number of steps.</param>
    /// <param name="losses">Losses, as many: finite and above zero; empty when none were measured.</param>
    /// <exception cref="ParameterException">Steps that do not grow or leave the schedule, or losses that are not above zero.</exception>
    public LossCurve(string name, StepRates rates, int[] steps, double[] losses)
    {
        Name = name;
        Rates = rates;
        Steps = steps;
        Losses = losses;
        for (var row = 0; row < steps.Length; row++)
        {
            if (steps[row] < 1 || steps[row] > rates.Steps || (row > 0 && steps[row] <= steps[row - 1]))
                throw new ParameterException("step", steps[row], $"growing from row to row, from 1 to the {rates.Steps} steps of the schedule");
            if (losses.Length > 0 && !(losses[row] > 0 && double.IsFinite(losses[row])))
                throw new ParameterException("loss", losses[row], "a number > 0", "laws are fitted to the logarithm of the loss");
        }
    }

    /// <summary>Name.</summary>
    public string Name { get; }

    /// <summary>Learning rates.</summary>
    public StepRates Rates { get; }

    /// <summary>Updates done at each row.</summary>
    public int[] Steps { get; }

    /// <summary>Losses, or empty.</summary>
    public double[] Losses { get; }

    /// <summary>Whether losses were measured.</summary>
    public bool IsMeasured => Losses.Length > 0;

    /// <summary>How the table was read, in sentences: which columns, which rows were left out, what was taken for granted.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>Steps before the first logged learning rate, over which the rate of that row was taken for want of a statement; 0 if nothing was guessed.</summary>
    public int GuessedSteps { get; init; }
}
