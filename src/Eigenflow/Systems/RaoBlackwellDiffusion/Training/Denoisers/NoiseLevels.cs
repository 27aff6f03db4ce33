namespace Eigenflow.Systems.RaoBlackwellDiffusion.Training;

/// <summary>The noise levels that a denoiser is trained for: T values of σ in equal steps up to that of the problem, each drawn as often as the others.</summary>
internal sealed class NoiseLevels
{
    private readonly NoiseLevel[] levels;

    /// <param name="problem">The problem; its σ is the largest, or the only one.</param>
    /// <param name="smallest">Smallest σ &gt; 0 where there are several.</param>
    /// <param name="count">T ≥ 1.</param>
    /// <param name="weight">How they are weighted.</param>
    public NoiseLevels(DiffusionProblem problem, double smallest, int count, LossWeight weight)
    {
        levels = [.. Enumerable.Range(0, count).Select(t => problem.LevelAt(t == count - 1 ? problem.Sigma : smallest + ((problem.Sigma - smallest) * t / (count - 1))))];
        Weights = [.. levels.Select(level => weight == LossWeight.Uniform ? 1 : level.Alpha * level.Alpha / (level.Sigma * level.Sigma))];
    }

    /// <summary>T.</summary>
    public int Count => levels.Length;

    /// <summary>Weights ω of the loss.</summary>
    public IReadOnlyList<double> Weights { get; }

    /// <summary>A level.</summary>
    /// <param name="t">0 to T − 1, by σ.</param>
    public NoiseLevel this[int t] => levels[t];

    /// <summary>The level as an input of the network, t/T.</summary>
    /// <param name="t">0 to T − 1.</param>
    public double Input(int t) => (double)t / Count;
}
