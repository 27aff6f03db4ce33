namespace Eigenflow.Systems.RaoBlackwellDiffusion.Training;

/// <summary>The mean and the spread of the losses of the last batches: all of them with equal weights up to <see cref="Window"/>, then forgetting with that time constant, so that they do not depend on the rows that are saved.</summary>
internal static class LossMemory
{
    /// <summary>Numbers in a state.</summary>
    public const int Length = 2;

    /// <summary>Time constant in steps.</summary>
    public const int Window = 1000;

    /// <summary>Takes the loss of a batch.</summary>
    /// <param name="memory">Mean and variance.</param>
    /// <param name="step">Number of the step, from 0.</param>
    /// <param name="loss">The loss.</param>
    public static void Add(Span<double> memory, long step, double loss)
    {
        var part = 1.0 / Math.Min(step + 1, Window);
        var change = loss - memory[0];
        memory[0] += part * change;
        memory[1] = (1 - part) * (memory[1] + (part * change * change));
    }
}
