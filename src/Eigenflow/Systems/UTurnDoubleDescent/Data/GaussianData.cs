using Eigenflow.Random;

namespace Eigenflow.Systems.UTurnDoubleDescent;

/// <summary>
/// Gaussian inputs x_j = j^(−a/2) z_j with labels y = Σ_j x_j/√d + ε (w_j² = 1/d in every coordinate): what the theory of least squares describes. Test labels are clean.
/// </summary>
internal sealed record GaussianData
{
    private const int Training = 1, Evaluation = 2, Noisy = 3;

    /// <summary>Dimension d ≥ 1.</summary>
    public required int Features { get; init; }

    /// <summary>a of the variances j^(−a); 0 is isotropic.</summary>
    public required double Exponent { get; init; }

    /// <summary>Variance of the noise of training labels.</summary>
    public required double Noise { get; init; }

    /// <summary>Seed.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>Training points.</summary>
    /// <param name="rows">n ≥ 2.</param>
    /// <param name="replica">Which of many draws.</param>
    public LabelledSample ForTraining(int rows, int replica) => Draw(rows, Training, replica, Noise);

    /// <summary>Points that are not those of training, with clean labels.</summary>
    /// <param name="rows">n₀ ≥ 1.</param>
    /// <param name="replica">Which of many draws.</param>
    public LabelledSample ForEvaluation(int rows, int replica) => Draw(rows, Evaluation, replica, 0);

    private LabelledSample Draw(int rows, int stream, int replica, double noise)
    {
        Memory.CheckMatrix(FormattableString.Invariant($"{rows} Gaussian samples of {Features} features"), rows, Features, "lower samples or dimension");
        double[] inputs = new double[rows * Features], labels = new double[rows];
        var scales = Enumerable.Range(1, Features).Select(j => Math.Pow(j, -Exponent / 2)).ToArray();
        GaussianGenerator.Fill(new GaussianAddress(Seed, Noisy, replica, stream), 0, labels);
        for (var row = 0; row < rows; row++)
        {
            var x = inputs.AsSpan(row * Features, Features);
            GaussianGenerator.Fill(new GaussianAddress(Seed, stream, replica, row), 0, x);
            var target = 0.0;
            for (var j = 0; j < Features; j++)
                target += x[j] *= scales[j];
            labels[row] = (Math.Sqrt(noise) * labels[row]) + (target / Math.Sqrt(Features));
        }

        return new LabelledSample(rows, Features, inputs, 1, labels);
    }
}
