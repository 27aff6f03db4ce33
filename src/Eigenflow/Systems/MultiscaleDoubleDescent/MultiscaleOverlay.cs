using Eigenflow.Figures;
using static Eigenflow.Systems.MultiscaleDoubleDescent.MultiscaleParameters;

namespace Eigenflow.Systems.MultiscaleDoubleDescent;

/// <summary>How solutions of this system are overlaid: the error over time, the plane of alignment and norm, and the parts of the error.</summary>
internal static class MultiscaleOverlay
{
    private const string Time = "flow time t (1/λ of a ridge)";

    public static readonly Overlay Overlay = new()
    {
        Title = "Multi-scale features",
        Description = "Test error over time, and the plane of alignment R and norm Q, where E = ½(1 − 2R + Q).",
        Panels =
        [
            new OverlayPanel("error", "test error", "E") { Abscissa = "t", AbscissaLabel = Time },
            new OverlayPanel("norm", "plane of R and Q", "norm Q") { Abscissa = "alignment", AbscissaLabel = "alignment R", IsLogarithmicX = false, IsLogarithmicY = false, OfOne = solution => PhasePlane.Of(solution) },
            new OwnPanel([("bias", "bias"), ("noise-part", "noise")], "parts of the error", "part of E") { Abscissa = "t", AbscissaLabel = Time, Solutions = (1, 2) },
        ],
        Caption = [Samples, Dimension, Fast, Condition, FeatureSpectrum, Exponent, Teacher, Noise, Ridge, Active, Update, LearningRate, Evaluation, Shrinkage, Replicas, Seed],
    };
}
