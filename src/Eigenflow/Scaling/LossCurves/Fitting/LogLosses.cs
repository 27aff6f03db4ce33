namespace Eigenflow.Scaling.LossCurves;

/// <summary>Logarithms of losses at points as functions of logarithms of parameters. Columns are padded with zeros to whole blocks of eight.</summary>
internal abstract class LogLosses(int points, int parameters)
{
    /// <summary>Number of points.</summary>
    public int Points { get; } = points;

    /// <summary>Points and padding: a multiple of eight.</summary>
    public int Stride { get; } = (points + VectorKernel.Width - 1) / VectorKernel.Width * VectorKernel.Width;

    /// <summary>Number of parameters.</summary>
    public int Parameters { get; } = parameters;

    /// <summary>Evaluates.</summary>
    /// <param name="theta">Logarithms of the parameters.</param>
    /// <param name="logs">Receives ln L, NaN where a loss is not positive, <see cref="Stride"/> numbers.</param>
    /// <param name="slopes">Receives ∂ln L/∂θ_j in one column of <see cref="Stride"/> numbers per parameter.</param>
    /// <returns>Whether every loss is positive and finite.</returns>
    public abstract bool Evaluate(ReadOnlySpan<double> theta, Span<double> logs, Span<double> slopes);
}
