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

    /// <summary>The row of a single neuron near the teacher, told in its deviation e = w ∓ w*, so that nothing cancels: ‖wwᵀ − w*w*ᵀ‖² = 2‖w*‖²‖e‖² + 2(w*ᵀe)² + 4 w*ᵀe ‖e‖² + ‖e‖⁴. Null far from it.</summary>
    /// <param name="rates">λ.</param>
    /// <param name="teacher">w*.</param>
    /// <param name="neuron">w.</param>
    /// <param name="sign">Sign of u.</param>
    /// <param name="overlap">s*.</param>
    /// <param name="teacherSquare">‖w*‖².</param>
    /// <param name="dimension">d.</param>
    public static WideStatistics? Near(ReadOnlySpan<double> rates, ReadOnlySpan<double> teacher, ReadOnlySpan<double> neuron, int sign, double overlap, double teacherSquare, double dimension)
    {
        double linear = 0, quadratic = 0, along = 0, squared = 0, other = 0;
        for (var i = neuron.Length - 1; i >= 0; i--)
        {
            var off = (sign * neuron[i]) - teacher[i];
            linear += rates[i] * teacher[i] * off;
            quadratic += rates[i] * off * off;
            along += teacher[i] * off;
            squared += off * off;
            other += ((sign * neuron[i]) + teacher[i]) * ((sign * neuron[i]) + teacher[i]);
        }

        var phase = PhaseStatistics.FromDeviation(linear, quadratic, Math.Min(squared, other), sign, overlap, dimension);
        if (sign == 0 || !(phase.Loss < overlap * overlap))
            return null;
        var matrix = (2 * teacherSquare * squared) + (2 * along * along) + (4 * along * squared) + (squared * squared);

        // cos² = 1 − (p − q²/s*)/s.
        var cosine = Math.Sqrt(Math.Max(0, 1 - ((quadratic - (linear * linear / overlap)) / phase.S)));
        return new WideStatistics(phase, Math.Sqrt(Math.Max(0, matrix)) / teacherSquare, cosine, cosine);
    }

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
