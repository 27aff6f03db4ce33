namespace Eigenflow.Figures;

/// <summary>A figure as data only: renderers turn it into PNG, SVG, CSV, HTML or terminal text.</summary>
public sealed record Figure
{
    /// <summary>Identifier that is a file name, such as <c>figure-2</c>.</summary>
    public required string Id { get; init; }

    /// <summary>Title, one line.</summary>
    public required string Title { get; init; }

    /// <summary>What is shown and with which parameters: one or more sentences under the picture.</summary>
    public string Caption { get; init; } = "";

    /// <summary>The panels, in reading order.</summary>
    public required IReadOnlyList<Panel> Panels { get; init; }

    /// <summary>Panels per row.</summary>
    public int Columns { get; init; } = 1;
}

/// <summary>One pair of axes with all that is drawn on it.</summary>
public sealed record Panel
{
    /// <summary>Title of the panel, or empty.</summary>
    public string Title { get; init; } = "";

    /// <summary>The horizontal axis.</summary>
    public required Axis X { get; init; }

    /// <summary>The vertical axis.</summary>
    public required Axis Y { get; init; }

    /// <summary>The curves, in drawing order; dots are drawn above all lines.</summary>
    public required IReadOnlyList<Series> Series { get; init; }

    /// <summary>Colours of a grid below the curves, or null.</summary>
    public HeatMap? HeatMap { get; init; }

    /// <summary>Shaded and named ranges of x, such as phases.</summary>
    public IReadOnlyList<Region> Regions { get; init; } = [];

    /// <summary>Named vertical or horizontal lines.</summary>
    public IReadOnlyList<ReferenceLine> Lines { get; init; } = [];

    /// <summary>Guides that show a power-law slope on log–log axes.</summary>
    public IReadOnlyList<SlopeGuide> Slopes { get; init; } = [];

    /// <summary>Free text at a point.</summary>
    public IReadOnlyList<Annotation> Annotations { get; init; } = [];
}

/// <summary>An axis.</summary>
/// <param name="Label">Label with the unit where there is one, such as <c>flow time t</c>.</param>
/// <param name="IsLogarithmic">Whether the scale is logarithmic (base 10); values that are not positive are left out.</param>
/// <param name="Minimum">Lower limit, or null to fit the data.</param>
/// <param name="Maximum">Upper limit, or null to fit the data.</param>
public sealed record Axis(string Label, bool IsLogarithmic = false, double? Minimum = null, double? Maximum = null);

/// <summary>How a series is drawn.</summary>
public enum SeriesStyle
{
    /// <summary>Solid line: theory, or a deterministic trajectory.</summary>
    Line,

    /// <summary>Dashed line: an approximation, asymptote or prediction.</summary>
    Dashed,

    /// <summary>Dotted line: a reference or bound.</summary>
    Dotted,

    /// <summary>Filled dots: simulation or measurement.</summary>
    Points,
}

/// <summary>
/// A curve, optionally with a band around it. All arrays have one length. A labelled series without points is a legend entry alone,
/// such as "theory" for a line style that several colours share.
/// </summary>
public sealed record Series
{
    /// <summary>Label of the curve; several series with the same label share one legend entry; empty for none.</summary>
    public required string Label { get; init; }

    /// <summary>Abscissae, ascending.</summary>
    public required double[] X { get; init; }

    /// <summary>Ordinates; NaN makes a gap.</summary>
    public required double[] Y { get; init; }

    /// <summary>Lower edge of the band, or null.</summary>
    public double[]? Lower { get; init; }

    /// <summary>Upper edge of the band, or null.</summary>
    public double[]? Upper { get; init; }

    /// <summary>How it is drawn.</summary>
    public SeriesStyle Style { get; init; } = SeriesStyle.Line;

    /// <summary>Index into the palette, so that the same parameter value has the same colour everywhere; -1 is the neutral colour.</summary>
    public int Color { get; init; }
}

/// <summary>A shaded and named range of x.</summary>
/// <param name="Start">Left edge in data units.</param>
/// <param name="End">Right edge in data units.</param>
/// <param name="Label">Name, shown at the top.</param>
public sealed record Region(double Start, double End, string Label);

/// <summary>A named line across the panel.</summary>
/// <param name="Value">Position in data units.</param>
/// <param name="Label">Name at its end.</param>
/// <param name="IsVertical">Whether it stands at an x (true) or lies at a y (false).</param>
public sealed record ReferenceLine(double Value, string Label, bool IsVertical = true);

/// <summary>A right triangle with a power-law slope on log–log axes.</summary>
/// <param name="StartX">Left end in data units.</param>
/// <param name="EndX">Right end in data units.</param>
/// <param name="StartY">Ordinate at the left end.</param>
/// <param name="Slope">Exponent: y ∝ x^slope.</param>
/// <param name="Label">Text beside it, such as <c>−1/2</c>.</param>
public sealed record SlopeGuide(double StartX, double EndX, double StartY, double Slope, string Label);

/// <summary>Free text.</summary>
/// <param name="X">Abscissa in data units.</param>
/// <param name="Y">Ordinate in data units.</param>
/// <param name="Text">The text, one line.</param>
public sealed record Annotation(double X, double Y, string Text);
