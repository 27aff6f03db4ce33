namespace Eigenflow.Scaling.Collapse;

/// <summary>
/// By how much the horizon exponent of a ladder is off. At constant rate its runs are cut at shorter horizons until their shapes agree (<see cref="ShapeHorizon"/>). Under a schedule that decays a run that is cut is not what a shorter run
/// would have been: there the drift of shapes at equal x is tested alone, and its sign says the side (a longer run lowers the loss early in training by the larger factor: the slope d ln L/d ln t of a sum of power laws flattens), not the
/// size of the error. (Derived.)
/// </summary>
public sealed record HorizonError
{
    private const double Reach = 4;
    private const double SmallestProbability = 0.2;

    /// <summary>Exponent that was used.</summary>
    public required double Used { get; init; }

    /// <summary>Exponent used less the right one: positive where horizons grow too fast with size; in no unit where <see cref="HasSize"/> is false.</summary>
    public required double Value { get; init; }

    /// <summary>Lower end of the 95 % interval.</summary>
    public required double Lower { get; init; }

    /// <summary>Upper end.</summary>
    public required double Upper { get; init; }

    /// <summary>L0 that it rests on: given, or fitted to the shapes.</summary>
    public required double Offset { get; init; }

    /// <summary>Whether L0 was given and taken.</summary>
    public required bool IsOffsetGiven { get; init; }

    /// <summary>Whether the shape of the curves contradicts the L0 that was given (p &lt; 0.05).</summary>
    public required bool IsOffsetRefused { get; init; }

    /// <summary>Whether shapes differ in another way too (p &lt; 0.05).</summary>
    public required bool IsMisfit { get; init; }

    /// <summary>Whether the interval holds all that was looked at.</summary>
    public required bool IsInconclusive { get; init; }

    /// <summary>Whether the size of the error is known, and not its sign alone.</summary>
    public required bool HasSize { get; init; }

    /// <summary>Whether the interval leaves zero out.</summary>
    public bool IsTold => Lower > 0 || Upper < 0;

    /// <summary>
    /// Estimates; null where the data cannot: fewer than three sizes, a size without two seeds, end times that do not grow with size, or curves that share too little of x.
    /// </summary>
    /// <param name="runs">The runs of one ladder.</param>
    /// <param name="offset">L0 where it is known: used unless the shape of the curves speaks against it (p &lt; 0.2), because a wrong one moves the estimate by more than its interval holds.</param>
    /// <param name="cancellation">Ends the work.</param>
    public static HorizonError? Of(IReadOnlyList<LadderRun> runs, double? offset = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(runs);
        var isConstant = runs.All(run => ScheduleShape.IsConstant(run) || (run.LearningRates is null && run.Schedule.Length == 0));
        var used = HorizonUsed.Of(runs).Exponent;
        if (!(used > 0) || runs.GroupBy(run => run.Size).Min(model => model.Count()) < 2 || (!isConstant && runs.Any(run => run.LearningRates is null && run.Schedule.Length == 0)))
            return null;
        try
        {
            return isConstant ? ByCutting(runs, used, offset, cancellation) : ByDrift(runs, used, offset);
        }
        catch (ParameterException)
        {
            return null;
        }
    }

    private static HorizonError ByCutting(IReadOnlyList<LadderRun> runs, double used, double? offset, CancellationToken cancellation)
    {
        double from = Math.Min(CollapseHorizon.DefaultFrom, used / Reach), to = Math.Max(CollapseHorizon.DefaultTo, used * Reach);
        var shape = ShapeHorizon.Of(runs, offset, from, to, cancellation);
        var isRefused = shape.IsOffsetRefused;
        if (shape.OffsetProbability < SmallestProbability)
            shape = ShapeHorizon.Of(runs, null, from, to, cancellation);
        return new HorizonError
        {
            Used = used,
            Value = used - shape.Exponent,
            Lower = used - shape.Upper,
            Upper = used - shape.Lower,
            Offset = shape.Offset,
            IsOffsetGiven = shape.IsOffsetGiven,
            IsOffsetRefused = isRefused,
            IsMisfit = shape.IsMisfit,
            IsInconclusive = shape.IsInconclusive,
            HasSize = true,
        };
    }

    private static HorizonError? ByDrift(IReadOnlyList<LadderRun> runs, double used, double? offset)
    {
        var curves = new ShapeCurves(runs);
        if (curves.At(used) is not { } sample)
            return null;
        var probability = offset is { } given && given < curves.SmallestLoss ? sample.Test(given, true, true, true).Probability : double.NaN;
        var isGiven = probability >= SmallestProbability;
        var own = isGiven ? offset!.Value : sample.BestOffset();
        var test = sample.Test(own, false, !isGiven, true);
        var misfit = new SizeMisfit(sample.Spread(own).Ratio * (1 - Math.Min(1, sample.Explained(test))), curves.LogSizes.Length, runs.Count);
        var half = misfit.Quantile(test.Freedom) * test.Error * Math.Sqrt(misfit.Inflation);
        return new HorizonError
        {
            Used = used,
            Value = test.Step,
            Lower = test.Step - half,
            Upper = test.Step + half,
            Offset = own,
            IsOffsetGiven = isGiven,
            IsOffsetRefused = probability < SizeMisfit.Significance,
            IsMisfit = misfit.IsMisfit,
            IsInconclusive = false,
            HasSize = false,
        };
    }
}
