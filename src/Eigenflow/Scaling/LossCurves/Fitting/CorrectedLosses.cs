namespace Eigenflow.Scaling.LossCurves;

/// <summary>A local expansion that is corrected to have the values and slopes of the law at the parameters of the moment.</summary>
internal sealed class CorrectedLosses(LocalLosses local) : LogLosses(local.Points, local.Parameters)
{
    private readonly double[] centre = new double[local.Parameters];
    private readonly double[] offsets = new double[local.Stride];
    private readonly double[] tilts = new double[local.Stride * local.Parameters];

    /// <summary>Corrects.</summary>
    /// <param name="theta">The parameters of the moment.</param>
    /// <param name="logs">ln L there.</param>
    /// <param name="slopes">Its slopes.</param>
    /// <returns>Whether the expansion can be evaluated there.</returns>
    public bool Correct(double[] theta, ReadOnlySpan<double> logs, ReadOnlySpan<double> slopes)
    {
        theta.CopyTo(centre, 0);
        if (!local.Evaluate(theta, offsets, tilts))
            return false;
        for (var i = 0; i < Points; i++)
            offsets[i] = logs[i] - offsets[i];
        for (var i = 0; i < tilts.Length; i++)
            tilts[i] = slopes[i] - tilts[i];
        return true;
    }

    /// <inheritdoc/>
    public override bool Evaluate(ReadOnlySpan<double> theta, Span<double> logs, Span<double> slopes)
    {
        if (!local.Evaluate(theta, logs, slopes))
            return false;
        Columns.Add(offsets, 1, logs);
        Columns.Add(tilts, 1, slopes);
        for (var j = 0; j < Parameters; j++)
            Columns.Add(tilts.AsSpan(j * Stride, Stride), theta[j] - centre[j], logs);
        return true;
    }
}
