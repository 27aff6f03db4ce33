using Eigenflow.Data;
using Eigenflow.Dynamics;

namespace Eigenflow.Systems.UTurnDoubleDescent;

/// <summary>Points that smoothers are fitted to, and points at which they are measured (arXiv 2310.18988).</summary>
public sealed record SmootherProblem : IProblem
{
    /// <inheritdoc/>
    public string SystemId => UTurnSystem.Identifier;

    /// <summary>Training points n ≥ 2.</summary>
    public int Samples { get; init; } = 400;

    /// <summary>Evaluation points n₀ ≥ 1.</summary>
    public int TestSamples { get; init; } = 1000;

    /// <summary>Dimension d ≥ 1 of drawn inputs.</summary>
    public long Dimension { get; init; } = 30;

    /// <summary>a of the variances j^(−a) of the coordinates of drawn inputs, ≥ 0.</summary>
    public double Exponent { get; init; } = 1.2;

    /// <summary>Classes of prototypes, ≥ 2.</summary>
    public int Classes { get; init; } = 4;

    /// <summary>Distance of prototypes in units of the scales, ≥ 0.</summary>
    public double Separation { get; init; } = 3;

    /// <summary>Part of the training labels of prototypes that is drawn anew, 0 to 1.</summary>
    public double Relabelled { get; init; } = 0.2;

    /// <summary>Variance of the label noise of Gaussian data, ≥ 0.</summary>
    public double Noise { get; init; } = 0.1;

    /// <summary>Seed of drawn points, and of the rows that are held out of a file.</summary>
    public long Seed { get; init; } = 1;

    /// <summary>Where points come from.</summary>
    internal DataForm Data { get; init; } = new(DataKind.Prototypes);

    /// <summary>File of evaluation points; null holds rows of the file of the training points out.</summary>
    internal DataForm? Test { get; init; }

    /// <summary>Column of the label of files; null for the last one.</summary>
    internal string? Label { get; init; }

    /// <summary>What labels of files are.</summary>
    internal LabelKind LabelKind { get; init; }

    /// <inheritdoc/>
    public void Validate()
    {
        if (Samples < 2)
            throw new ParameterException("samples", Samples, "a whole number >= 2");
        if (TestSamples < 1)
            throw new ParameterException("test-samples", TestSamples, "a whole number >= 1");
        if (Classes < 2)
            throw new ParameterException("classes", Classes, "a whole number >= 2");
        if (Dimension < 1)
            throw new ParameterException("dimension", Dimension, "a whole number >= 1");
        if (!(Noise >= 0) || !double.IsFinite(Noise))
            throw new ParameterException("noise", Noise, "a finite variance >= 0");
    }

    /// <summary>The points of the file.</summary>
    internal SampleFile File() => SampleFile.Read(Data.Path!, Label, LabelKind);

    /// <summary>Training and evaluation points.</summary>
    /// <param name="replica">Which of many draws; a file with a file of evaluation points has one.</param>
    internal (LabelledSample Training, LabelledSample Evaluation) Draw(int replica)
    {
        var (training, evaluation) = Data.Kind switch
        {
            DataKind.Prototypes => Prototypes(replica),
            DataKind.Gaussian => Gaussian(replica),
            _ => OfFile(replica),
        };
        training.Validate();
        return evaluation.Features == training.Features
            ? (training, evaluation)
            : throw new ParameterException("test", Test!, FormattableString.Invariant($"points of {training.Features} features, as the training points have; these have {evaluation.Features}"));
    }

    private int Width => Dimension <= Array.MaxLength ? (int)Dimension : throw new TooLargeException(FormattableString.Invariant($"points of {Dimension} features"), 8.0 * Dimension * Samples, 8.0 * Array.MaxLength, "lower dimension, or take the theory");

    private (LabelledSample Training, LabelledSample Evaluation) Prototypes(int replica)
    {
        Memory.CheckMatrix(FormattableString.Invariant($"{Samples} samples of {Dimension} features"), Math.Max(Samples, TestSamples), Dimension, "lower samples or dimension");
        var data = new PrototypeData { Classes = Classes, Features = Width, Exponent = Exponent, Separation = Separation, Relabelled = Relabelled, Seed = (ulong)Seed };
        return (data.ForTraining(Samples, replica), data.ForEvaluation(TestSamples, replica));
    }

    private (LabelledSample Training, LabelledSample Evaluation) Gaussian(int replica)
    {
        var data = new GaussianData { Features = Width, Exponent = Exponent, Noise = Noise, Seed = (ulong)Seed };
        return (data.ForTraining(Samples, replica), data.ForEvaluation(TestSamples, replica));
    }

    private (LabelledSample Training, LabelledSample Evaluation) OfFile(int replica)
    {
        var file = File();
        var order = file.Order(Test is null ? ((ulong)Seed, replica) : null);
        var training = file.Take(order[..Samples], file.Classes, Data.Path!);
        if (Test is null)
            return (training, file.Take(order[Samples..(Samples + TestSamples)], file.Classes, Data.Path!));
        var test = SampleFile.Read(Test.Path!, Label, LabelKind);
        return (training, test.Take(test.Order(null)[..TestSamples], file.Classes, Test.Path!));
    }
}
