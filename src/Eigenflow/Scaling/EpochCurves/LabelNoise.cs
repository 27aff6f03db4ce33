using Eigenflow.Settings;

namespace Eigenflow.Scaling.Epochs;

/// <summary>Label noise that shuffles the labels of a part of the samples among themselves: of them one in so many classes keeps its label by chance.</summary>
/// <param name="Nominal">The part whose labels are shuffled, 0 to 1.</param>
/// <param name="Classes">Number of equally frequent classes, at least 2.</param>
public sealed record LabelNoise(double Nominal, int Classes)
{
    /// <summary>Range of the part.</summary>
    public static Parameter<double> NominalRange { get; } = Parameter.Number("label-noise", 0, 1);

    /// <summary>Range of the classes.</summary>
    public static Parameter<long> ClassesRange { get; } = Parameter.Whole("classes", 2, 1e6);

    /// <summary>The part of all labels that are wrong on average.</summary>
    public double Effective => Nominal * (1 - (1.0 / Classes));
}
