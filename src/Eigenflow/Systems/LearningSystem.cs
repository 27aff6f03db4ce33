using Eigenflow.Dynamics;
using Eigenflow.Figures;
using Eigenflow.Numerics;
using Eigenflow.Settings;
using Eigenflow.Solutions;

namespace Eigenflow.Systems;

/// <summary>A system with the type of its problems: settings become problems and methods here, and nowhere else.</summary>
/// <typeparam name="TProblem">One instance of the system.</typeparam>
internal abstract class LearningSystem<TProblem> : SystemBase
    where TProblem : IProblem
{
    /// <inheritdoc/>
    public sealed override IReadOnlyList<MethodInfo> Methods => Table;

    /// <summary>The methods with what makes them.</summary>
    private protected abstract MethodTable<TProblem> Table { get; }

    /// <inheritdoc/>
    public sealed override Solution Solve(CompletedSetting setting, IProgress<Progress>? progress = null, ICheckpointStore? checkpoint = null, CancellationToken cancellation = default) =>
        Interruption.During(() =>
        {
            var solution = Problem(setting).Solve(Table.Find(setting.Method ?? "").Make(setting), checkpoint, progress, cancellation);
            return solution with { Setting = setting.Values, Warnings = [.. Notes(setting), .. solution.Warnings], Summary = [.. Numbers(setting), .. solution.Summary] };
        }, cancellation);

    /// <inheritdoc/>
    public sealed override IReadOnlyList<Prediction> Predict(CompletedSetting setting, CancellationToken cancellation = default) =>
        Interruption.During(() => Predict(Problem(setting), setting), cancellation);

    /// <inheritdoc/>
    public sealed override Figure Draw(IReadOnlyList<Solution> solutions) => OverlayFigure.Of(Named, Methods, Parameters, solutions);

    /// <inheritdoc/>
    public sealed override Figure DrawPredicted(IReadOnlyList<PredictedCurve> curves) => PredictedFigure.Of(Named, Methods, Parameters, Predictions, curves);

    /// <inheritdoc/>
    public sealed override IReadOnlyList<MeasuredPrediction> Measure(PredictedCurve curve) => CurveMeasurement.Of(Named, Predictions, curve);

    /// <inheritdoc/>
    public sealed override DrawnSubject? Subject(IReadOnlyList<Solution> solutions) => OverlayTitle.Subject(Named, solutions);

    // Panels know what the columns of the system are called.
    private Overlay Named => Overlay with { Panels = [.. Overlay.Panels.Select(panel => panel with { Names = WordsOf })] };

    private string? WordsOf(string column) => Observables.FirstOrDefault(quantity => string.Equals(quantity.Name, column, StringComparison.Ordinal))?.Words;

    /// <summary>How solutions are overlaid.</summary>
    private protected abstract Overlay Overlay { get; }

    /// <summary>The problem of a setting.</summary>
    private protected abstract TProblem Problem(SettingView setting);

    /// <summary>The predictions of a problem.</summary>
    private protected abstract IReadOnlyList<Prediction> Predict(TProblem problem, SettingView setting);

    private protected override void Finish(SettingDraft draft) => Problem(draft).Validate();
}
