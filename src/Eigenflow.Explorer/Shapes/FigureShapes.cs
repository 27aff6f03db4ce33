namespace Eigenflow.Explorer.Shapes;

/// <summary>A figure as data. What is absent or empty is left out; a number that is not finite is null.</summary>
internal sealed record FigureShape(string Id, string Title, string? Caption = null, int? Columns = null, FigureScaleShape? Scale = null, PanelShape[]? Panels = null);

/// <summary>The scale by which series with a value are coloured.</summary>
internal sealed record FigureScaleShape(string Label, bool IsLogarithmic = false);

/// <summary>Axes and what stands between them.</summary>
internal sealed record PanelShape(
    AxisShape X, AxisShape Y, SeriesShape[] Series, string? Title = null, HeatMapShape? HeatMap = null, ImagesShape? Images = null, FieldShape? Field = null, RegionShape[]? Regions = null,
    LineShape[]? Lines = null, SlopeShape[]? Slopes = null, AnnotationShape[]? Annotations = null);

/// <summary>An axis.</summary>
internal sealed record AxisShape(string Label, bool IsLogarithmic = false, double? Minimum = null, double? Maximum = null, double? LeastExtent = null, string[]? Categories = null);

/// <summary>A curve, or points.</summary>
internal sealed record SeriesShape(
    string Label, double?[] X, double?[] Y, string Style, string Role, int Color, double?[]? Lower = null, double?[]? Upper = null, double?[]? Expected = null, bool IsHollow = false, double? Value = null);

/// <summary>Values of cells: that of (x[i], y[j]) is entry j * x.length + i.</summary>
internal sealed record HeatMapShape(string Label, double?[] X, double?[] Y, double?[] Values, bool IsLogarithmic = false, double? Minimum = null, double? Maximum = null);

/// <summary>Pictures at the places of a grid, channels together, rows from the top.</summary>
internal sealed record ImagesShape(string Label, double?[] X, double?[] Y, int Width, int Height, int Channels, double?[] Values, double? Minimum = null, double? Maximum = null);

/// <summary>Arrows at the places of a grid.</summary>
internal sealed record FieldShape(string Label, double?[] X, double?[] Y, double?[] HorizontalParts, double?[] VerticalParts);

/// <summary>A shaded part of the horizontal axis.</summary>
internal sealed record RegionShape(double? Start, double? End, string Label);

/// <summary>A line across the panel; series is the number of the curve that it belongs to.</summary>
internal sealed record LineShape(double? Value, string Label, bool IsVertical = false, int? Series = null);

/// <summary>A guide with a slope.</summary>
internal sealed record SlopeShape(double? StartX, double? EndX, double? StartY, double? Slope, string Label, string? Measured = null, int? Series = null);

/// <summary>Words at a point.</summary>
internal sealed record AnnotationShape(double? X, double? Y, string Text, int? Series = null);
