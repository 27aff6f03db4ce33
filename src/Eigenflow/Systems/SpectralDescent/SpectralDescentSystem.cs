using Eigenflow.Figures;
using Eigenflow.Solutions;

namespace Eigenflow.Systems.SpectralDescent;

/// <summary>Spectral against gradient descent in anisotropic phase retrieval (arXiv 2601.22652), as hosts see it.</summary>
public sealed class SpectralDescentSystem : SystemBase
{
    /// <summary>The identifier of this system.</summary>
    public const string Identifier = "spectral-descent";

    /// <inheritdoc/>
    public override string Id => Identifier;

    /// <inheritdoc/>
    public override string Title => "Spectral descent under anisotropic data";

    /// <inheritdoc/>
    public override string Summary =>
        "A two-layer quadratic network learns y = (θ·x)² from Gaussian inputs whose loudest direction carries no signal. "
        + "Gradient descent escapes from a small start at rates that differ between directions, so that a strong spike is learned first and the alignment collapses; "
        + "spectral descent, whose step is the polar factor of the gradient (idealised Muon), moves every direction alike. "
        + "When and by how much does the orthogonalised update win, and what is left of it with mini-batches, momentum and Newton–Schulz?";

    /// <inheritdoc/>
    public override IReadOnlyList<Citation> Citations { get; } = [Bibliography.SpectralDescent, Bibliography.RandomNumbers];

    /// <inheritdoc/>
    public override IReadOnlyList<ParameterInfo> Parameters => SpectralDescentParameters.All;

    /// <inheritdoc/>
    public override IReadOnlyList<MethodInfo> Methods => SpectralDescentParameters.Methods;

    /// <inheritdoc/>
    public override IReadOnlyList<NamedQuantity> Observables { get; } =
    [
        .. DescentColumns.Clock,
        .. DescentColumns.All,
        new("w1", "w_1", "Coefficients w1, w2, … of the blocks, with weights = all."),
    ];

    /// <inheritdoc/>
    public override IReadOnlyList<NamedQuantity> Events => PhaseTracker.Events;

    /// <inheritdoc/>
    public override IReadOnlyList<NamedQuantity> Predictions => SpectralDescentPredictions.All;

    /// <inheritdoc/>
    public override IReadOnlyList<ReproductionTask> Reproduction => SpectralDescentReproduction.Tasks;

    /// <inheritdoc/>
    public override Solution Solve(
        string method, Setting setting, IProgress<Progress>? progress = null, ICheckpointStore? checkpoint = null, CancellationToken cancellation = default)
    {
        var complete = Complete(method, setting);
        var (problem, notes) = SpectralDescentSetting.Problem(complete);
        var solution = problem.Solve(SpectralDescentSetting.Method(method, complete), progress, cancellation);
        return solution with { Setting = complete, Warnings = [.. notes, .. solution.Warnings] };
    }

    /// <inheritdoc/>
    public override IReadOnlyList<Prediction> Predict(Setting setting)
    {
        var complete = Complete(null, setting);
        return SpectralDescentPredictions.Of(SpectralDescentSetting.Problem(complete).Problem, (double?)complete["learning-rate"]);
    }

    /// <inheritdoc/>
    public override Figure Draw(IReadOnlyList<Solution> solutions) => TrajectoryFigure.Of(solutions);

    /// <inheritdoc/>
    protected override Setting Check(string? method, Setting given, Setting completed) => SpectralDescentSetting.Check(method, given, completed);
}
