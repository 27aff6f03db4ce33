using MathNet.Numerics.LinearAlgebra;

namespace Eigenflow.Systems.InAndOutOfEquilibrium;

/// <summary>What the blocks of chains of a run share: the scheme, the theory that paths are weighed with, and what is recorded.</summary>
internal sealed record ChainPlan
{
    /// <summary>Most coordinates that have columns of their own.</summary>
    public const int MostColumns = 8;

    /// <summary>The theory of the scheme.</summary>
    public required SchemeTheory Theory { get; init; }

    /// <summary>Gradients of batches.</summary>
    public required GradientKernel Kernel { get; init; }

    /// <summary>Chains of a block, a multiple of eight.</summary>
    public required int Chains { get; init; }

    /// <summary>Time units before the recording of stationary values.</summary>
    public required long BurnIn { get; init; }

    /// <summary>Lengths of the windows over which entropy production is summed.</summary>
    public required IReadOnlyList<int> Windows { get; init; }

    /// <summary>Seed.</summary>
    public required long Seed { get; init; }

    /// <summary>Number of parameters d.</summary>
    public int Dimension => Theory.Expansion.Dimension;

    /// <summary>Coordinates with columns of their own.</summary>
    public int Columns => Math.Min(Dimension, MostColumns);

    /// <summary>Standard deviation of the entropy production of a window that the theorem gives a Gaussian law: √(2T·mean).</summary>
    public double Spread(int window) => Math.Sqrt(2 * window * Math.Max(1e-300, Theory.Exact.Entropy));

    /// <summary>A root of the covariance of the noise of a step where it is not a multiple of the identity; null where noise is that of batches and thermal.</summary>
    public Matrix<double>? NoiseRoot => Theory.Expansion.Samples > 0 ? null : new EigenBasis(Theory.Diffusion * 2).Map(value => Math.Sqrt(Math.Max(0, value)));

    /// <summary>The shape of the rows of blocks.</summary>
    public ChainRow Row => new(Columns, Windows.Count);
}

/// <summary>Where the numbers of a row of a block stand.</summary>
/// <param name="Columns">Coordinates with columns c.</param>
/// <param name="Windows">Number of windows.</param>
internal readonly record struct ChainRow(int Columns, int Windows)
{
    /// <summary>Bins of the histogram of entropy production, half of them below zero.</summary>
    public const int Bins = 80;

    /// <summary>Bins of a standard deviation.</summary>
    public const int BinsPerDeviation = 8;

    private const int WindowNumbers = 4;

    /// <summary>Pairs i ≤ j.</summary>
    public int Pairs => Columns * (Columns + 1) / 2;

    /// <summary>Pairs i &lt; j.</summary>
    public int Planes => Columns * (Columns - 1) / 2;

    /// <summary>Where the covariances of the row stand, after the means.</summary>
    public int Covariance => Columns;

    /// <summary>Where the circulations stand, which are means over the recorded time units.</summary>
    public int Circulation => Covariance + Pairs;

    /// <summary>Where the entropy production stands, a mean over the recorded time units.</summary>
    public int Entropy => Circulation + Planes;

    /// <summary>Where the means over the recorded time units stand.</summary>
    public int StationaryMean => Entropy + 1;

    /// <summary>Where the second moments over the recorded time units stand.</summary>
    public int StationaryMoment => StationaryMean + Columns;

    /// <summary>Where the numbers of a window stand: mean of exp(−σ), of σ, of σ², and the number of windows.</summary>
    public int Window(int number) => StationaryMoment + Pairs + (number * (WindowNumbers + Bins));

    /// <summary>Where the histogram of a window stands.</summary>
    public int Histogram(int number) => Window(number) + WindowNumbers;

    /// <summary>Numbers of a row.</summary>
    public int Width => Window(Windows);
}
