namespace Eigenflow.Systems;

/// <summary>What kind of quantity marks a learning curve.</summary>
public enum CurveMarkKind
{
    /// <summary>A time, a step or another place on an axis: a vertical line, or a dot on each of several curves.</summary>
    Time,

    /// <summary>An exponent: a triangle at the middle of the part of the curve on which the law is stated to hold.</summary>
    Slope,

    /// <summary>A value at which an observable stays: a horizontal line; a dot where it is stated for one abscissa.</summary>
    Level,

    /// <summary>The value of an observable at one abscissa: a dot.</summary>
    Value,
}

/// <summary>Where a prediction is seen in the learning curve, so that <c>eigenflow predict</c> can mark it there.</summary>
public sealed record CurveMark
{
    private CurveMark()
    {
    }

    /// <summary>What kind of quantity the prediction is.</summary>
    public CurveMarkKind Kind { get; private init; }

    /// <summary>The observable on whose curve it is marked; empty for all.</summary>
    public string Observable { get; init; } = "";

    /// <summary>The column that a time counts in, or against which a slope is taken; empty for the independent variable.</summary>
    public string Along { get; init; } = "";

    /// <summary>Name of the prediction after whose time a time counts; empty for the start.</summary>
    public string After { get; init; } = "";

    /// <summary>Name of the predicted time from which on a slope holds; empty for the start of the curve.</summary>
    public string From { get; init; } = "";

    /// <summary>Name of the predicted time up to which a slope holds; empty for the end of the curve.</summary>
    public string To { get; init; } = "";

    /// <summary>The event of a curve from which on a slope holds; empty where <see cref="From"/> or the prediction itself says so.</summary>
    public string FromEvent { get; init; } = "";

    /// <summary>The event of a curve up to which a slope holds; empty where <see cref="To"/> or the prediction itself says so.</summary>
    public string ToEvent { get; init; } = "";

    /// <summary>Parameters of whose value a level or a value speaks: along an axis of that name it is stated at this value alone.</summary>
    public IReadOnlyList<string> OnlyAt { get; init; } = [];

    /// <summary>Parameters along which a level is the least value of the curve, and none at which it stays.</summary>
    public IReadOnlyList<string> LeastAlong { get; init; } = [];

    /// <summary>Name of the predicted time at which a local slope or a value is meant; empty where a slope holds over a range, and where <see cref="OnlyAt"/> or the prediction itself says the place of a value.</summary>
    public string At { get; init; } = "";

    /// <summary>What the prediction is multiplied by to be the slope, −1 for an exponent of decay.</summary>
    public double Factor { get; init; } = 1;

    /// <summary>The exponent of a law of which the prediction is the constant; null where the prediction is the exponent.</summary>
    public double? Exponent { get; init; }

    /// <summary>The event after which a slope is that of the end of the curve: it is looked at over the last part of what follows, once that is a decade. Empty where a slope is one of a range.</summary>
    public string LastAfter { get; init; } = "";

    /// <summary>The event or summary number of a solution that shows when a predicted time is, or the summary number that shows a level, by name; empty where none does.</summary>
    public string Event { get; init; } = "";

    /// <summary>Whether that event is a row at which something is largest or smallest, so that the place lies anywhere between the rows beside it.</summary>
    public bool IsExtreme { get; init; }

    /// <summary>The slope that a prediction of this kind says.</summary>
    /// <param name="prediction">The prediction.</param>
    internal double Slope(Prediction prediction) => Exponent ?? (Factor * prediction.Value);

    /// <summary>A time.</summary>
    /// <param name="along">The column that it counts in; empty for the independent variable.</param>
    public static CurveMark Time(string along = "") => new() { Kind = CurveMarkKind.Time, Along = along };

    /// <summary>An exponent of an observable.</summary>
    /// <param name="observable">The observable.</param>
    /// <param name="along">The column of which it is a power; empty for the independent variable.</param>
    public static CurveMark Slope(string observable, string along = "") => new() { Kind = CurveMarkKind.Slope, Observable = observable, Along = along };

    /// <summary>A value at which an observable stays.</summary>
    /// <param name="observable">The observable.</param>
    public static CurveMark Level(string observable) => new() { Kind = CurveMarkKind.Level, Observable = observable };

    /// <summary>The value of an observable at one abscissa.</summary>
    /// <param name="observable">The observable.</param>
    /// <param name="along">The column in which a prediction counts its place; empty for the independent variable.</param>
    public static CurveMark Value(string observable, string along = "") => new() { Kind = CurveMarkKind.Value, Observable = observable, Along = along };
}
