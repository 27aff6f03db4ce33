namespace Eigenflow.Figures;

/// <summary>A figure as data only: renderers turn it into PNG, SVG, CSV, HTML or terminal text.</summary>
public sealed record Figure
{
    /// <summary>Identifier that is a file name, such as <c>figure-2</c>.</summary>
    public required string Id { get; init; }

    /// <summary>Title, one line: what is to be seen, from the data.</summary>
    public required string Title { get; init; }

    /// <summary>What is shown and with which parameters: one or more sentences under the picture.</summary>
    public string Caption { get; init; } = "";

    /// <summary>The panels, in reading order.</summary>
    public required IReadOnlyList<Panel> Panels { get; init; }

    /// <summary>Panels per row; null puts up to three side by side, four and more in rows of two or three.</summary>
    public int? Columns { get; init; }

    /// <summary>The scale of the values of an ordered parameter, by which series with a <see cref="Series.Value"/> are coloured; null where there are none.</summary>
    public ColorScale? Scale { get; init; }
}

/// <summary>A sequential scale of colours for the values of an ordered parameter: beyond eight curves a colour bar stands in place of their legend.</summary>
/// <param name="Label">Label of the colour bar, such as <c>exponent a</c>.</param>
/// <param name="IsLogarithmic">Whether colours follow the logarithm of the value.</param>
public sealed record ColorScale(string Label, bool IsLogarithmic = false);

/// <summary>One pair of axes with all that is drawn on it.</summary>
public sealed record Panel
{
    /// <summary>Plain name of the panel, or empty.</summary>
    public string Title { get; init; } = "";

    /// <summary>The horizontal axis.</summary>
    public required Axis X { get; init; }

    /// <summary>The vertical axis.</summary>
    public required Axis Y { get; init; }

    /// <summary>The curves, in drawing order; dots are drawn above all lines.</summary>
    public required IReadOnlyList<Series> Series { get; init; }

    /// <summary>Colours of a grid below the curves, or null.</summary>
    public HeatMap? HeatMap { get; init; }

    /// <summary>Small pictures below the curves, or null.</summary>
    public ImageGrid? Images { get; init; }

    /// <summary>Streamlines above the heat map and below the curves, or null.</summary>
    public VectorField? Field { get; init; }

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
public sealed record Axis(string Label, bool IsLogarithmic = false, double? Minimum = null, double? Maximum = null)
{
    /// <summary>The smallest extent that means something, in data units (decades on a logarithmic axis): what differs by less, such as rounding, is not stretched over the axis.</summary>
    public double LeastExtent { get; init; }

    /// <summary>Names in place of numbers: the first stands at 1, the second at 2, …, on a vertical axis from the top down. Empty for an axis of numbers, which alone has limits and a scale.</summary>
    public IReadOnlyList<string> Categories { get; init; } = [];
}

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

/// <summary>What a series is: files name it, and pictures draw it accordingly.</summary>
public enum SeriesRole
{
    /// <summary>What a theory says, or a deterministic trajectory: a line.</summary>
    Theory,

    /// <summary>An approximation, asymptote or prediction: dashed.</summary>
    Approximation,

    /// <summary>A bound or a reference: dotted.</summary>
    Reference,

    /// <summary>A simulation: dots, with bars or a band.</summary>
    Simulation,

    /// <summary>Data of the user: dots.</summary>
    Measurement,

    /// <summary>A law fitted to data: a line in another colour than the data.</summary>
    Fit,

    /// <summary>No data: what leads the eye, such as a slope or a line at a value.</summary>
    Guide,
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

    /// <summary>What it is; unless set, what its style stands for: a line is theory, dashes are an approximation, small dots a reference, dots a simulation.</summary>
    public SeriesRole Role
    {
        get => role ?? Style switch
        {
            SeriesStyle.Dashed => SeriesRole.Approximation,
            SeriesStyle.Dotted => SeriesRole.Reference,
            SeriesStyle.Points => SeriesRole.Simulation,
            _ => SeriesRole.Theory,
        };
        init => role = value;
    }

    /// <summary>
    /// What this series is compared with, at the same abscissae (what the theory says of a simulation, or a fitted law of data), NaN where it says nothing; or null. A panel that holds such a
    /// series has a strip below it with the ratio to it minus one.
    /// </summary>
    public double[]? Expected { get; init; }

    /// <summary>Index into the palette, so that the same parameter value has the same colour everywhere; -1 is the neutral colour.</summary>
    public int Color { get; init; }

    /// <summary>Whether dots are drawn as rings, for a second measurement in the colour of the first.</summary>
    public bool IsHollow { get; init; }

    /// <summary>Value of an ordered parameter, coloured by the <see cref="Figure.Scale"/> in place of <see cref="Color"/>; null for none.</summary>
    public double? Value { get; init; }

    private readonly SeriesRole? role;
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
public sealed record ReferenceLine(double Value, string Label, bool IsVertical = true)
{
    /// <summary>Number of the series of its panel that it belongs to, whose colour it has and with which it is hidden; null where it belongs to none of them or to all.</summary>
    public int? Series { get; init; }
}

/// <summary>A right triangle with a power-law slope on log–log axes, drawn where it is asked for or as near as it covers no curve.</summary>
/// <param name="StartX">Left end in data units.</param>
/// <param name="EndX">Right end in data units.</param>
/// <param name="StartY">Ordinate at the left end.</param>
/// <param name="Slope">Exponent: y ∝ x^slope.</param>
/// <param name="Label">Text beside it, such as <c>−1/2</c>.</param>
public sealed record SlopeGuide(double StartX, double EndX, double StartY, double Slope, string Label)
{
    /// <summary>The measured slope beside the predicted one, as text with its interval such as <c>−0.499 ± 0.002</c>; empty where nothing was measured.</summary>
    public string Measured { get; init; } = "";

    /// <summary>Number of the series of its panel that it belongs to, whose colour it has and with which it is hidden; null where it belongs to none of them or to all.</summary>
    public int? Series { get; init; }
}

/// <summary>Free text.</summary>
/// <param name="X">Abscissa in data units.</param>
/// <param name="Y">Ordinate in data units.</param>
/// <param name="Text">The text, one line.</param>
public sealed record Annotation(double X, double Y, string Text)
{
    /// <summary>Number of the series of its panel that it belongs to, whose colour it has and with which it is hidden; null where it belongs to none of them or to all.</summary>
    public int? Series { get; init; }
}
