using Eigenflow.Random;

namespace Eigenflow.Systems.UTurnDoubleDescent;

/// <summary>
/// Classes around prototypes: x = μ_c + s∘z with s_j = j^(−a/2), z ~ N(0, I) and μ_c = separation/√2 · s∘g_c with g_c ~ N(0, I). Classes take turns; labels are one-hot columns.
/// Training labels are drawn anew, each class alike, with a probability; test labels are clean.
/// </summary>
internal sealed record PrototypeData
{
    private const int Prototypes = 0, Training = 1, Evaluation = 2, Resampling = 3;

    /// <summary>Number of classes, ≥ 2.</summary>
    public int Classes { get; init; } = 4;

    /// <summary>Dimension d ≥ 1 of the inputs.</summary>
    public int Features { get; init; } = 30;

    /// <summary>a of the scales of the coordinates.</summary>
    public double Exponent { get; init; } = 1.2;

    /// <summary>Distance of the prototypes in units of the scales.</summary>
    public double Separation { get; init; } = 3;

    /// <summary>Probability that a training label is drawn anew, 0 to 1.</summary>
    public double Relabelled { get; init; } = 0.2;

    /// <summary>Seed of prototypes, points and labels.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>Training points.</summary>
    /// <param name="rows">n ≥ 2.</param>
    /// <param name="replica">Which of many draws around the same prototypes.</param>
    public LabelledSample ForTraining(int rows, int replica = 0) => Draw(rows, Training, replica, Relabelled);

    /// <summary>Points that are not those of training, with clean labels.</summary>
    /// <param name="rows">n₀ ≥ 1.</param>
    /// <param name="replica">Which of many draws around the same prototypes.</param>
    public LabelledSample ForEvaluation(int rows, int replica = 0) => Draw(rows, Evaluation, replica, 0);

    private LabelledSample Draw(int rows, int stream, int replica, double relabelled)
    {
        if (Classes < 2)
            throw new ParameterException("classes", Classes, "a whole number >= 2");
        if (!(relabelled is >= 0 and <= 1))
            throw new ParameterException("relabelled", relabelled, "a number >= 0 and <= 1");
        double[] inputs = new double[rows * Features], labels = new double[rows * Classes], center = new double[Features];
        for (var row = 0; row < rows; row++)
        {
            var kind = row % Classes;
            var point = inputs.AsSpan(row * Features, Features);
            GaussianGenerator.Fill(new GaussianAddress(Seed, stream, replica, row), 0, point);
            GaussianGenerator.Fill(new GaussianAddress(Seed, Prototypes, 0, kind), 0, center);
            for (var j = 0; j < Features; j++)
                point[j] = Math.Pow(j + 1, -Exponent / 2) * (point[j] + (Separation / Math.Sqrt(2) * center[j]));
            var (chance, other, _, _) = Philox.Block(((uint)row, (uint)replica, Resampling, 0x4C41424C), ((uint)Seed, (uint)(Seed >> 32)));
            labels[(row * Classes) + (chance < relabelled * 4294967296.0 ? WholeNumbers.Below(other, Classes) : kind)] = 1;
        }

        return new LabelledSample(rows, Features, inputs, Classes, labels);
    }
}
