namespace Eigenflow.Scaling.LossCurves;

/// <summary>
/// The points of a curve that are fitted: means of ln(loss) over bins that are even in half the logarithm of the step and half the step itself, so that both the early power law and a decay at the end have points.
/// The last row stands alone: the loss at the end is what schedules are compared by. No bin crosses a jump of the rate. Bins hold the noise of many logged rows down; they replace a smoothing in time.
/// </summary>
internal sealed class FitPoints
{
    // A change of this part of the peak within one bin is a jump.
    private const double Jump = 0.15;

    private FitPoints(int[] steps, double[] logLosses) => (Steps, LogLosses) = (steps, logLosses);

    public int[] Steps { get; }

    public double[] LogLosses { get; }

    /// <summary>Thins the rows from a step on.</summary>
    public static FitPoints Of(LossCurve curve, int from, int to, int bins)
    {
        var steps = new List<int>();
        var logs = new List<double>();
        double first = Math.Max(1, from), last = Math.Max(first + 1, to);
        double sumStep = 0, sumLog = 0, sumSquare = 0, sumProduct = 0, startRate = 0;
        var count = 0;
        var bin = -1;
        for (var row = 0; row < curve.Steps.Length; row++)
        {
            var step = curve.Steps[row];
            if (step < from || step > to)
                continue;
            var place = 0.5 * ((Math.Log(step / first) / Math.Log(last / first)) + ((step - first) / (last - first)));
            var here = (int)Math.Min(bins - 1, place * bins);
            var rate = curve.Rates.RateAt(step - 1);
            if (count > 0 && (row == curve.Steps.Length - 1 || here != bin || Math.Abs(rate - startRate) > Jump * curve.Rates.Peak))
                Close();
            if (count == 0)
                (bin, startRate) = (here, rate);
            var log = curve.IsMeasured ? Math.Log(curve.Losses[row]) : 0;
            sumStep += step;
            sumLog += log;
            sumSquare += (double)step * step;
            sumProduct += step * log;
            count++;
        }

        if (count > 0)
            Close();
        return new FitPoints([.. steps], [.. logs]);

        void Close()
        {
            // The loss at a whole step: along the line through the rows of the bin.
            var mean = sumStep / count;
            var step = (int)Math.Round(mean);
            var spread = sumSquare - (sumStep * mean);
            var slope = spread > 0.5 ? (sumProduct - (sumLog * mean)) / spread : 0;
            if (steps.Count == 0 || step > steps[^1])
            {
                steps.Add(step);
                logs.Add((sumLog / count) + (slope * (step - mean)));
            }

            (sumSquare, sumProduct) = (0, 0);
            (sumStep, sumLog, count) = (0, 0, 0);
        }
    }
}
