using System.Buffers;

namespace Eigenflow.Scaling.LossCurves;

/// <summary>A law at the points of curves. O(points · cells).</summary>
internal sealed class LawLosses(LossLaw law, IReadOnlyList<FitData> data) : LogLosses(data.Sum(one => one.Count), law.Parameters.Count)
{
    /// <inheritdoc/>
    public override bool Evaluate(ReadOnlySpan<double> theta, Span<double> logs, Span<double> slopes)
    {
        Span<double> values = stackalloc double[Parameters];
        for (var j = 0; j < Parameters; j++)
            values[j] = Math.Exp(theta[j]);
        Values(values, logs, slopes);
        var isPositive = true;
        for (var i = 0; i < Points; i++)
        {
            var loss = logs[i];
            if (!(loss > 0) || !double.IsFinite(loss))
            {
                isPositive = false;
                logs[i] = double.NaN;
                continue;
            }

            logs[i] = Math.Log(loss);
            for (var j = 0; j < Parameters; j++)
                slopes[(j * Stride) + i] /= loss;
        }

        return isPositive;
    }

    /// <summary>Losses and their slopes themselves.</summary>
    /// <param name="values">The parameters.</param>
    /// <param name="losses">Receives the losses.</param>
    /// <param name="slopes">Receives ∂L/∂θ_j in columns.</param>
    public void Values(ReadOnlySpan<double> values, Span<double> losses, Span<double> slopes)
    {
        losses.Clear();
        slopes.Clear();
        var rows = ArrayPool<double>.Shared.Rent(Points * Parameters);
        var start = 0;
        foreach (var one in data)
        {
            law.Evaluate(one.Cells, values, losses.Slice(start, one.Count), rows.AsSpan(0, one.Count * Parameters));
            for (var i = 0; i < one.Count; i++)
            {
                for (var j = 0; j < Parameters; j++)
                    slopes[(j * Stride) + start + i] = rows[(i * Parameters) + j];
            }

            start += one.Count;
        }

        ArrayPool<double>.Shared.Return(rows);
    }
}
