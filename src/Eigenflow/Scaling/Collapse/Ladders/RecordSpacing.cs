namespace Eigenflow.Scaling.Collapse;

/// <summary>
/// What the records of runs leave open between them: at which points of the grid something new was measured, and by how much interpolation may be off. The latter is found by leaving out every second record: monotone cubics on a smooth curve
/// are off by an eighth of that with all of them; a quarter is taken. (Derived.)
/// </summary>
internal sealed class RecordSpacing
{
    private const double Part = 0.25;
    private const int FewestRecords = 5;
    private const double Slack = 1e-9;
    private readonly double[][][] deviations;

    private RecordSpacing(bool[] isApart, double[][][] deviations) => (IsApart, this.deviations) = (isApart, deviations);

    /// <summary>Whether every run has a record between a point of the grid (or at it) and the last such point before: points between two records are one measurement.</summary>
    public bool[] IsApart { get; }

    /// <summary>Measures.</summary>
    /// <param name="models">Runs of every model.</param>
    /// <param name="x">The grid.</param>
    public static RecordSpacing Of(LadderRun[][] models, double[] x)
    {
        double[][][] records = [.. models.Select(model => model.Select(run => run.Times.Select(time => time / run.EndTime).ToArray()).ToArray())];
        return new RecordSpacing(Apart([.. records.SelectMany(model => model)], x), [.. models.Select((model, m) => model.Select((run, s) => Deviations(run, records[m][s], x)).ToArray())]);
    }

    /// <summary>By how much interpolation may move the loss of a run at a point of the grid.</summary>
    public double At(int model, int seed, int point) => deviations[model][seed][point];

    /// <summary>The same without one model.</summary>
    public RecordSpacing Without(int model) => new(IsApart, [.. deviations.Where((_, m) => m != model)]);

    private static bool[] Apart(double[][] records, double[] x)
    {
        var next = new int[records.Length];
        var apart = new bool[x.Length];
        for (var i = 0; i < x.Length; i++)
        {
            apart[i] = i == 0 || Array.TrueForAll(Enumerable.Range(0, records.Length).ToArray(), r => next[r] < records[r].Length && records[r][next[r]] <= x[i] + Slack);
            for (var r = 0; apart[i] && r < records.Length; r++)
            {
                while (next[r] < records[r].Length && records[r][next[r]] <= x[i] + Slack)
                    next[r]++;
            }
        }

        return apart;
    }

    private static double[] Deviations(LadderRun run, double[] records, double[] x)
    {
        var values = new double[x.Length];
        int[] odd = [.. Enumerable.Range(1, Math.Max(0, records.Length - 2)).Where(k => k % 2 == 1)];
        if (records.Length < FewestRecords || records[0] <= 0)
            return values;
        int[] kept = [.. Enumerable.Range(0, records.Length).Where(k => k % 2 == 0 || k == records.Length - 1)];
        var thinned = run with { Times = [.. kept.Select(k => run.Times[k])], Losses = [.. kept.Select(k => run.Losses[k])], Computes = null, LearningRates = null, Traces = null, IntrinsicTimes = null };
        var interpolated = thinned.LossesAt([.. odd.Select(k => run.Times[k])]);
        CurveInterpolation.At([.. odd.Select(k => Math.Log(records[k]))], [.. odd.Select((k, at) => interpolated[at] - run.Losses[k])], [.. x.Select(place => Math.Log(place))], values);

        // At a record nothing is interpolated.
        for (int i = 0, right = 1; i < x.Length; i++)
        {
            while (right < records.Length - 1 && records[right] < x[i])
                right++;
            var part = Math.Clamp(Math.Log(x[i] / records[right - 1]) / Math.Log(records[right] / records[right - 1]), 0, 1);
            values[i] *= Part * 4 * part * (1 - part);
        }

        return values;
    }
}
