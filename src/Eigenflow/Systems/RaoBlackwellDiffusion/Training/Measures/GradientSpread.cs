using Eigenflow.Numerics;
using Eigenflow.Random;

namespace Eigenflow.Systems.RaoBlackwellDiffusion.Training;

/// <summary>A variance with its bootstrap interval of 95 %.</summary>
/// <param name="Value">The value.</param>
/// <param name="Low">2.5 % quantile.</param>
/// <param name="High">97.5 % quantile.</param>
internal readonly record struct SpreadInterval(double Value, double Low, double High);

/// <summary>The variance of the gradient of single samples at parameters that stay the same, tr Cov 2ω Jᵀ(φ − target), in the unit of the loss that is followed. Memory for one thread, allocated once.</summary>
internal sealed class GradientSpread
{
    private const uint Purpose = 0x47524144;
    private const double MostNumbers = 1 << 27;

    private readonly NetworkDesign design;
    private readonly Denoiser denoiser;
    private readonly TrainingSamples samples;
    private readonly double[] gradients, output, sums;
    private readonly int length;

    /// <param name="design">The network.</param>
    /// <param name="kind">The target.</param>
    /// <param name="count">Number of samples, ≥ 2.</param>
    /// <param name="keeps">Whether gradients are kept for <see cref="Interval"/>.</param>
    /// <exception cref="TooLargeException">More numbers than a gigabyte holds.</exception>
    public GradientSpread(NetworkDesign design, EstimatorKind kind, int count, bool keeps = false)
    {
        this.design = design;
        denoiser = new Denoiser(design, 1);
        samples = new TrainingSamples(design, kind, count);
        length = design.Shape.PaddedCount;
        var kept = keeps ? (double)count * length : length;
        if (kept > MostNumbers)
            throw new TooLargeException(FormattableString.Invariant($"an interval of the gradients of {count} samples by {length} parameters"), kept * sizeof(double), MostNumbers * sizeof(double), "use fewer samples, or a smaller network");
        gradients = new double[(int)kept];
        output = new double[design.Problem.Dimension];
        sums = new double[length];
    }

    private int Count => samples.Batch;

    /// <summary>Takes the gradients of the samples at an address. Targets of different kinds have the same samples there, but for plain ones.</summary>
    /// <param name="parameters">The parameters.</param>
    /// <param name="address">Seed, stream, replica and step.</param>
    /// <returns>The trace of the covariance, without bias.</returns>
    public double Measure(ReadOnlySpan<double> parameters, GaussianAddress address)
    {
        samples.Draw(address);
        sums.AsSpan().Clear();
        var (dimension, squares) = (output.Length, 0.0);
        for (var b = 0; b < Count; b++)
        {
            denoiser.Forward(parameters, samples.Noisy.Slice(b * dimension, dimension), samples.Inputs.Slice(b, 1), output);
            for (var j = 0; j < dimension; j++)
                output[j] = 2 * samples.Weight(b) / design.LossUnit * (output[j] - samples.Targets[(b * dimension) + j]);
            var row = gradients.AsSpan(gradients.Length == length ? 0 : b * length, length);
            denoiser.Backward(parameters, output, row);
            squares += Add(row);
        }

        return Variance(squares);
    }

    /// <summary>The variance of the gradients that were taken last, with an interval over resamples of them.</summary>
    /// <param name="seed">Seed of the resamples.</param>
    /// <param name="resamples">How many.</param>
    public SpreadInterval Interval(long seed, int resamples = 200) => Resampled(Variance, seed, resamples);

    /// <summary>The variance over that of another target on the same samples, with an interval over joint resamples of both.</summary>
    /// <param name="other">The other target, measured at the same parameters and address, with as many samples.</param>
    /// <param name="seed">Seed of the resamples.</param>
    /// <param name="resamples">How many.</param>
    public SpreadInterval RatioTo(GradientSpread other, long seed, int resamples = 200) => Resampled(choice => Variance(choice) / other.Variance(choice), seed, resamples);

    private SpreadInterval Resampled(Func<Func<int, int>, double> of, long seed, int resamples)
    {
        var values = new double[resamples];
        for (var r = 0; r < resamples; r++)
        {
            var resample = (uint)r;
            values[r] = of(b => WholeNumbers.Below(Philox.Block(((uint)b, Purpose, resample, 0), ((uint)seed, (uint)(seed >> 32))).Word0, Count));
        }

        Array.Sort(values);
        return new SpreadInterval(of(b => b), Quantile.OfSorted(values, 0.025), Quantile.OfSorted(values, 0.975));
    }

    private double Variance(Func<int, int> choice)
    {
        sums.AsSpan().Clear();
        var squares = 0.0;
        for (var b = 0; b < Count; b++)
            squares += Add(gradients.AsSpan(choice(b) * length, length));
        return Variance(squares);
    }

    private double Variance(double squares) => (squares - (Vectors.Dot(sums, sums) / Count)) / (Count - 1);

    private double Add(ReadOnlySpan<double> row)
    {
        var squares = 0.0;
        for (var k = 0; k < row.Length; k++)
        {
            sums[k] += row[k];
            squares += row[k] * row[k];
        }

        return squares;
    }
}
