using Eigenflow.Figures;
using Eigenflow.Settings;
using Eigenflow.Solutions;
using static Eigenflow.Systems.PhaseRetrieval.PhaseRetrievalParameters;

namespace Eigenflow.Systems.PhaseRetrieval;

/// <summary>How solutions of this system are overlaid: loss, MSE, |u| and s against flow time.</summary>
internal static class PhaseOverlay
{
    private static readonly OverlayPanel Shared = new("", "", "") { Abscissa = "t", AbscissaLabel = "flow time t" };

    // Another link, student or law of inputs than that of a run makes another model.
    private static readonly Parameter[] Models = [Link, Width, Projection, InputLaws];

    /// <summary>What is compared of SGD on rows.</summary>
    public static readonly RowComparisonPlan Comparison = new(
        PhaseObservables.RowLoss.Name, [(PhaseObservables.RowLoss.Name, "loss"), ("loss", "loss"), ("mse", "mse"), ("s", "s"), ("u", "u")], ["sampling", "replicas", "precision", "points"],
        reference => reference.Setting[Sampling.Name] is null ? reference.Method : reference.Method + ", Gaussian inputs", "flow neglects the noise of SGD, sgd-theory its fluctuations between runs.");

    private static readonly Parameter[] Told = [Dimension, Exponent, InputSpectrum, Inputs, TeacherVector, StartVector, Noise, LearningRate, Batch, Replicas, Seed, Link, Width, Projection, InputLaws, Samples, ModelSize, Preconditioner, Rotation];

    public static readonly Overlay Overlay = new()
    {
        Title = "Phase retrieval",
        Description = "Loss, MSE, |u| and s against flow time.",
        Panels =
        [
            Shared with { Observable = "loss", Title = "loss", Label = "L", Beside = (PhaseObservables.RowLoss.Name, "loss over the rows") },
            Shared with { Observable = "mse", Title = "parameter error", Label = "MSE" },
            Shared with { Observable = "u", Title = "overlap with the teacher", Label = "|u|", IsAbsolute = true },
            Shared with { Observable = "s", Title = "self overlap", Label = "s" },
        ],
        Caption = Told,

        // Where nothing is drawn, the seed has no influence.
        CaptionOf = solutions => solutions.Count > 0 && solutions.All(IsWithoutDraws) ? [.. Told.Except([Seed])] : Told,
        IsTheoryOf = (theory, runs) => Models.All(parameter => theory.Setting[parameter.Name] is not { } value || (runs.Setting[parameter.Name] is { } other && Setting.Format(value) == Setting.Format(other))),
        Regions = Curves.Phases,
        RegionsDescription = "Phases: I until |u| reaches the escape threshold, IIa until s reaches s*/3, IIb until u and s have converged, III after.",
        Remark = solutions => solutions.Any(Comparison.IsOnRows)
            ? "Dots: SGD on the rows of inputs, mean over runs; neutral dots: the loss over the rows, where the others are the Gaussian formula of s and u; bands: 10 to 90 % of the runs."
            : null,

        // Beside runs on rows, Gaussian sampling is part of the theory, and the comparison ends soon after them: the flow goes on for many decades.
        Style = (solution, all) => solution.Setting[Replicas.Name] is not null && !Comparison.IsOnRows(solution) && all.Any(Comparison.IsOnRows) ? SeriesStyle.Line : null,
        End = solutions => solutions.Where(solution => Comparison.IsOnRows(solution) && solution.Rows > 1).Select(solution => (double?)(2 * solution.Times[^1])).Max(),
    };

    private static bool IsWithoutDraws(Solution solution) => string.Equals(solution.Statistics.Modes, WeightedModes.AveragedName, StringComparison.Ordinal) && solution.Setting[Replicas.Name] is null && solution.Setting[Rotation.Name] is null;
}
