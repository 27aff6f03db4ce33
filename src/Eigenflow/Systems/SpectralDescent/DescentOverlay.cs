using Eigenflow.Figures;
using static Eigenflow.Systems.SpectralDescent.SpectralDescentParameters;

namespace Eigenflow.Systems.SpectralDescent;

/// <summary>How solutions of this system are overlaid: coefficients, loss and alignment against the step.</summary>
internal static class DescentOverlay
{
    // More solutions than this have a panel per coefficient instead of a panel each.
    private const int MostOwnPanels = 2;
    private static readonly OverlayPanel Shared = new("", "", "") { Abscissa = "step", AbscissaLabel = "step k", IsAbsolute = true };

    public static readonly Overlay Overlay = new()
    {
        Title = "Descent under anisotropic data",
        Description = "Coefficients of signal, spike and bulk, loss and alignment against the step.",
        Panels =
        [
            new OwnPanel([("a", "a (signal)"), ("b", "b (spike or loudest)"), ("c", "c (bulk or last)")], "coefficients", "|a|, |b|, |c|") { Abscissa = "step", AbscissaLabel = "step k", IsAbsolute = true, Solutions = (1, MostOwnPanels) },
            Shared with { Observable = "loss", Title = "loss", Label = "L" },
            Shared with { Observable = "alignment", Title = "alignment", Label = "A_F" },
            Shared with { Observable = "a", Title = "a (signal)", Label = "|a|", Solutions = (MostOwnPanels + 1, int.MaxValue) },
            Shared with { Observable = "b", Title = "b (spike or loudest)", Label = "|b|", Solutions = (MostOwnPanels + 1, int.MaxValue) },
        ],
        Caption = [Dimension, Spike, InputSpectrum, Exponent, SignalMode, TeacherVector, StartWeights, StartScale, LearningRate, Dynamics.ScheduleParameters.OfMethods.Shape, Momentum, Batch, Replicas, Seed],
        IsTheoryOf = (theory, runs) => Rule(theory.Method) == Rule(runs.Method),
        Regions = (solution, _, _) => DescentCurves.Phases(solution),
    };

    // The rule of a method, whichever way it is followed: full-gd, sgd and gd are gradient descent.
    private static string Rule(string method) => method is "sgd" ? "gd" : method.Replace("full-", "", StringComparison.Ordinal).Replace("-sgd", "", StringComparison.Ordinal).Replace("-population", "", StringComparison.Ordinal);
}
