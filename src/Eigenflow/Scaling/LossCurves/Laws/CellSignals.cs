namespace Eigenflow.Scaling.LossCurves;

/// <summary>The signal e = (1 + t/τ)^(−s) in the middle of every cell and how it tilts across it, with derivatives with respect to s and ln τ.</summary>
internal sealed class CellSignals
{
    /// <summary>Computes. O(cells).</summary>
    public CellSignals(ScheduleCells cells, double s, double tau)
    {
        var count = cells.Counts.Length;
        (Value, ByS, ByTau, Tilt, TiltByS, TiltByTau) = (new double[count], new double[count], new double[count], new double[count], new double[count], new double[count]);
        var early = At(cells.Times[0], s, tau);
        for (var c = 0; c < count; c++)
        {
            (Value[c], ByS[c], ByTau[c]) = At(cells.StartTimes[c], s, tau);
            var late = At(cells.Times[c + 1], s, tau);
            var sum = early.Value + late.Value;
            Tilt[c] = (early.Value - late.Value) / sum;
            TiltByS[c] = 2 * ((early.ByS * late.Value) - (late.ByS * early.Value)) / (sum * sum);
            TiltByTau[c] = 2 * ((early.ByTau * late.Value) - (late.ByTau * early.Value)) / (sum * sum);
            early = late;
        }
    }

    public double[] Value { get; }

    public double[] ByS { get; }

    public double[] ByTau { get; }

    public double[] Tilt { get; }

    public double[] TiltByS { get; }

    public double[] TiltByTau { get; }

    /// <summary>e, ∂e/∂s and ∂e/∂ln τ at a time.</summary>
    public static (double Value, double ByS, double ByTau) At(double time, double s, double tau)
    {
        var one = 1 + (time / tau);
        var log = Math.Log(one);
        var value = Math.Exp(-s * log);
        return (value, -log * value, s * value * (time / tau) / one);
    }
}
