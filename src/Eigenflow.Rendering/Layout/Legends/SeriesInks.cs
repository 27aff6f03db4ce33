using Eigenflow.Figures;
using Eigenflow.Rendering.Axes;
using Eigenflow.Rendering.Drawing;

namespace Eigenflow.Rendering.Layout;

/// <summary>The colours of the series of a figure: by their number, or by the value of an ordered parameter.</summary>
internal sealed class SeriesInks
{
    /// <summary>Beyond so many values a colour bar takes the place of the legend.</summary>
    public const int MostEntries = 8;

    // Two values need no scale.
    private const int FewestValues = 3;

    private readonly double[] values;

    /// <param name="figure">The figure.</param>
    public SeriesInks(Figure figure)
    {
        var all = figure.Panels.SelectMany(panel => panel.Series).Where(series => series.X.Length > 0 && series.Value is { } value && double.IsFinite(value))
            .Select(series => series.Value!.Value).Distinct().Order().ToArray();
        values = figure.Scale is null || all.Length < FewestValues ? [] : all;
        Scale = values.Length == 0 ? null : figure.Scale;
        Range = AxisRange.Fit(new Axis("", Scale?.IsLogarithmic == true && values[0] > 0), values, margin: 0);
    }

    /// <summary>Colours by number alone.</summary>
    public static SeriesInks None { get; } = new(new Figure { Id = "", Title = "", Panels = [] });

    /// <summary>The scale, or null where colours go by number.</summary>
    public ColorScale? Scale { get; }

    /// <summary>The range of the values.</summary>
    public AxisRange Range { get; }

    /// <summary>Whether a colour bar shows the values.</summary>
    public bool HasBar => values.Length > MostEntries;

    /// <summary>Whether a series is coloured by its value.</summary>
    public bool IsScaled(Series series) => Scale is not null && series.Value is { } value && double.IsFinite(value);

    /// <summary>The ink of a series.</summary>
    public Ink Of(Series series, double opacity = 1) => IsScaled(series) ? Ink.Sequence(Level(series.Value!.Value), opacity) : Ink.Series(series.Color, opacity);

    /// <summary>The ink at a part of the colour bar.</summary>
    public static Ink At(double part) => Ink.Sequence((int)Math.Round(Math.Clamp(part, 0, 1) * (Palette.Levels - 1)));

    // A few values are evenly spread over the colours, so that they can be told apart; a bar is read by position.
    private int Level(double value)
    {
        var part = HasBar ? Range.Fraction(value) : Array.BinarySearch(values, value) / (values.Length - 1.0);
        return double.IsNaN(part) ? 0 : (int)Math.Round(Math.Clamp(part, 0, 1) * (Palette.Levels - 1));
    }
}
