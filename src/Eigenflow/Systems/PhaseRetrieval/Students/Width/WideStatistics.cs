using Eigenflow.Dynamics;
using Eigenflow.Solutions;

namespace Eigenflow.Systems.PhaseRetrieval;

/// <summary>A row of a student of several neurons.</summary>
/// <param name="Phase">s = tr QM; u, the root mean square of the neurons' overlaps with the sign of the best one; the MSE of the leading neuron of M; L.</param>
/// <param name="MatrixError">‖M − w*w*ᵀ‖_F/‖w*‖².</param>
/// <param name="Best">Largest |w_kᵀQw*|/√(w_kᵀQw_k s*).</param>
/// <param name="Mean">The same of the mean over the neurons.</param>
internal readonly record struct WideStatistics(PhaseStatistics Phase, double MatrixError, double Best, double Mean)
{
    /// <summary>The columns that a single neuron does not have.</summary>
    public static readonly IReadOnlyList<NamedQuantity> Quantities =
    [
        new("matrix-error", "‖M − M*‖", "Distance ‖M − w*w*ᵀ‖_F/‖w*‖² of the student's matrix M = (1/m) Σ w_k w_kᵀ to the teacher's (method wide)."),
        new("best-alignment", "max |cos|", "Largest |w_kᵀQw*|/√(w_kᵀQw_k s*) of the neurons (method wide)."),
        new("mean-alignment", "|cos w̄|", "The same of the mean of the neurons (method wide)."),
    ];

    /// <summary>The statistic of each.</summary>
    public static readonly Func<WideStatistics, double>[] Readers = [row => row.MatrixError, row => row.Best, row => row.Mean];
}

/// <summary>The phase events of rows that hold phase statistics among others.</summary>
internal sealed class MappedWatch<TRow>(PhaseEvents events, Func<TRow, PhaseStatistics> map) : IContinuousWatch<TRow>
{
    public void Begin(TRow row) => events.Begin(map(row));

    public void Advance(TRow row, Func<Func<TRow, double>, double?> locate) => events.Advance(map(row), margin => locate(state => margin(map(state))));

    public IReadOnlyDictionary<string, double?> ToDictionary() => events.ToDictionary();
}
