namespace Eigenflow.Studies;

/// <summary>How a quantity is obtained from a run.</summary>
internal enum DerivedKind
{
    /// <summary>Time of an event.</summary>
    Event,

    /// <summary>Exponent of a power-law fit, with the ends of its interval as <c>NAME-lower</c> and <c>NAME-upper</c>, and as <c>NAME-is-power-law</c> one where the test of laws says that a power law describes or approximates the window, else zero.</summary>
    Fit,

    /// <summary>Value of an observable at one abscissa.</summary>
    Value,

    /// <summary>First abscissa at which an observable passes a level.</summary>
    Crossing,

    /// <summary>Mean of an observable over a window.</summary>
    Mean,

    /// <summary>Smallest value.</summary>
    Minimum,

    /// <summary>Largest value.</summary>
    Maximum,

    /// <summary>A number of the theory.</summary>
    Prediction,

    /// <summary>A formula of parameters and quantities above it.</summary>
    Formula,
}

/// <summary>A number that is derived from each run.</summary>
internal sealed record DerivedQuantity
{
    /// <summary>Its name: a column of the collected table.</summary>
    public required string Name { get; init; }

    internal required DerivedKind Kind { get; init; }

    /// <summary>Name of the event, observable or prediction.</summary>
    internal string Subject { get; init; } = "";

    /// <summary>Observable against which a fit or a window is taken; null takes the independent variable of the run.</summary>
    internal string? Against { get; init; }

    internal Formula? From { get; init; }

    internal Formula? To { get; init; }

    /// <summary>Where a value is taken; null is the last row.</summary>
    internal Formula? At { get; init; }

    /// <summary>The level that is passed.</summary>
    internal Formula? Level { get; init; }

    internal Formula? Formula { get; init; }

    /// <summary>Names of the columns that it makes.</summary>
    public IReadOnlyList<string> Columns => Kind == DerivedKind.Fit ? [Name, Name + "-lower", Name + "-upper", Name + "-is-power-law"] : [Name];
}
