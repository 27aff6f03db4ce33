using Eigenflow.Systems;

namespace Eigenflow.Studies;

/// <summary>What a study file asks for: runs of one system, what is derived from them, and the figures and claims that summarise them.</summary>
public sealed record Study
{
    /// <summary>The file as the user named it.</summary>
    public required string Path { get; init; }

    /// <summary>Name of the file without its ending.</summary>
    public required string Name { get; init; }

    /// <summary>The bytes of the file.</summary>
    public required byte[] Source { get; init; }

    /// <summary>Title, one line.</summary>
    public required string Title { get; init; }

    /// <summary>What is asked and why, or empty.</summary>
    public string Description { get; init; } = "";

    /// <summary>The system.</summary>
    public required ISystem System { get; init; }

    /// <summary>Names of the methods.</summary>
    public required IReadOnlyList<string> Methods { get; init; }

    /// <summary>Distinct runs in the order of the plan: methods vary slowest, the last parameter fastest.</summary>
    public required IReadOnlyList<StudyRun> Runs { get; init; }

    /// <summary>Names of the parameters that the file gives.</summary>
    public IReadOnlyList<string> Given { get; init; } = [];

    /// <summary>Quantities that are derived from each run, in the order of the file.</summary>
    internal IReadOnlyList<DerivedQuantity> Derived { get; init; } = [];

    /// <summary>Claims.</summary>
    internal IReadOnlyList<StudyClaim> Claims { get; init; } = [];

    /// <summary>Figures.</summary>
    internal IReadOnlyList<StudyFigure> Figures { get; init; } = [];

    /// <summary>Reads a study file.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="EigenflowException">The file cannot be read or says something that is not allowed; the message names the line.</exception>
    public static Study Read(string path)
    {
        var root = TomlTree.Read(path);
        return StudyReader.Read(root, path, File.ReadAllBytes(path));
    }

    /// <summary>Reads the bytes of a study file.</summary>
    /// <param name="source">The bytes.</param>
    /// <param name="path">The name of the file, for messages.</param>
    /// <exception cref="EigenflowException">The bytes say something that is not allowed; the message names the line.</exception>
    public static Study Parse(byte[] source, string path) => StudyReader.Read(TomlTree.Parse(source, path), path, source);
}

/// <summary>How a quantity is obtained from a run.</summary>
internal enum DerivedKind
{
    /// <summary>Time of an event.</summary>
    Event,

    /// <summary>Exponent of a power-law fit, with the ends of its interval as <c>NAME-lower</c> and <c>NAME-upper</c>.</summary>
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

    /// <summary>Observable against which a fit or a window is taken.</summary>
    internal string Against { get; init; } = "t";

    internal Formula? From { get; init; }

    internal Formula? To { get; init; }

    /// <summary>Where a value is taken; null is the last row.</summary>
    internal Formula? At { get; init; }

    /// <summary>The level that is passed.</summary>
    internal Formula? Level { get; init; }

    internal Formula? Formula { get; init; }

    /// <summary>Names of the columns that it makes.</summary>
    public IReadOnlyList<string> Columns => Kind == DerivedKind.Fit ? [Name, Name + "-lower", Name + "-upper"] : [Name];
}

/// <summary>How a claim compares.</summary>
internal enum ClaimTest
{
    /// <summary>Equal within a relative tolerance.</summary>
    Relative,

    /// <summary>Equal within an absolute tolerance.</summary>
    Absolute,

    /// <summary>At most.</summary>
    AtMost,

    /// <summary>At least.</summary>
    AtLeast,
}

/// <summary>A claim that is checked on every run, or on every fit of a figure.</summary>
internal sealed record StudyClaim
{
    /// <summary>Identifier.</summary>
    public required string Id { get; init; }

    /// <summary>What is claimed, one sentence.</summary>
    public required string Statement { get; init; }

    /// <summary>The measured quantity; null for the slope of a figure's fits.</summary>
    internal Formula? Measured { get; init; }

    /// <summary>Identifier of the figure whose fitted slopes are measured, or null.</summary>
    internal string? SlopeOf { get; init; }

    internal required Formula Predicted { get; init; }

    internal required ClaimTest Test { get; init; }

    internal double Tolerance { get; init; }

    internal required PredictionKind Kind { get; init; }

    internal required string Source { get; init; }

    internal required Selection Only { get; init; }
}

/// <summary>A figure that summarises runs.</summary>
internal sealed record StudyFigure
{
    /// <summary>Identifier, a file name.</summary>
    public required string Id { get; init; }

    /// <summary>Title, one line.</summary>
    public required string Title { get; init; }

    internal string Caption { get; init; } = "";

    internal required Formula X { get; init; }

    /// <summary>Measured ordinates: dots, or curves when the figure shows trajectories.</summary>
    internal required IReadOnlyList<Formula> Y { get; init; }

    /// <summary>Predicted ordinates: lines.</summary>
    internal IReadOnlyList<Formula> Lines { get; init; } = [];

    internal bool IsLogarithmicX { get; init; } = true;

    internal bool IsLogarithmicY { get; init; } = true;

    internal (double Low, double High)? XRange { get; init; }

    internal (double Low, double High)? YRange { get; init; }

    /// <summary>Names of the ordinates in the legend, or none.</summary>
    internal IReadOnlyList<string> Labels { get; init; } = [];

    internal string XLabel { get; init; } = "";

    internal string YLabel { get; init; } = "";

    /// <summary>Columns whose values make one colour each.</summary>
    internal IReadOnlyList<string> Group { get; init; } = [];

    /// <summary>Column whose values make one panel each, or null.</summary>
    internal string? Facet { get; init; }

    internal bool UsesMean { get; init; }

    internal bool HasFit { get; init; }

    internal double? FitFrom { get; init; }

    internal double? FitTo { get; init; }

    internal bool ShowsTrajectories { get; init; }

    internal required Selection Only { get; init; }
}

/// <summary>Restricts figures and claims to some runs.</summary>
/// <param name="Values">Allowed values per column, as typed.</param>
/// <param name="Ranges">Smallest and largest value per quantity, both allowed.</param>
internal sealed record Selection(IReadOnlyDictionary<string, IReadOnlyList<string>> Values, IReadOnlyList<(string Name, double Low, double High)> Ranges);
