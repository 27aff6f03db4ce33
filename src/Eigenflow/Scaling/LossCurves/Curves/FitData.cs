namespace Eigenflow.Scaling.LossCurves;

/// <summary>A curve made ready for fits: its points, and its schedule compressed to cells that end at them.</summary>
internal sealed class FitData
{
    private FitData(LossCurve curve, FitPoints points, bool isRough)
    {
        Curve = curve;
        Points = points;
        Cells = new ScheduleCells(curve.Rates, points.Steps, isRough);
    }

    public LossCurve Curve { get; }

    public FitPoints Points { get; }

    public ScheduleCells Cells { get; }

    public int Count => Points.Steps.Length;

    /// <summary>First step that is fitted: past the warm-up, and past a part of the whole run in which no power law has set in.</summary>
    public static int FirstStep(LossCurve curve, double skip) =>
        Math.Max(Math.Max(1, curve.Rates.WarmUp + 1), (int)Math.Ceiling(skip * curve.Rates.Steps));

    /// <summary>Prepares the rows from a step to another.</summary>
    public static FitData Of(LossCurve curve, int from, int to, int bins) => new(curve, FitPoints.Of(curve, from, to, bins), isRough: false);

    /// <summary>The same rows in fewer bins and longer cells: about a tenth of the work, to tell good starts from bad ones.</summary>
    public FitData Rough(int bins) => new(Curve, FitPoints.Of(Curve, Points.Steps[0], Points.Steps[^1], bins), isRough: true);

    /// <summary>Times that bound the parameters.</summary>
    public static CurveScale Scale(IReadOnlyList<FitData> data) => new(
        data.Max(one => one.Curve.Rates.Peak), data.Min(one => one.Cells.Times[one.Cells.Targets[0]]),
        data.Max(one => one.Cells.Times[^1]), data.Max(one => (double)one.Points.Steps[^1]));
}
