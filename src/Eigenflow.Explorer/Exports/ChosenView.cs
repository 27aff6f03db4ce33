using Eigenflow.Explorer.Contracts;
using Eigenflow.Figures;
using Eigenflow.Rendering;

namespace Eigenflow.Explorer.Exports;

/// <summary>A figure with the scales and ranges that were chosen on the page, and what its picture looks like.</summary>
internal static class ChosenView
{
    /// <summary>The figure as it is seen.</summary>
    /// <exception cref="ExplorerException">A scale or a range that means nothing.</exception>
    public static Figure Of(Figure figure, IReadOnlyDictionary<int, PanelViewRequest>? views) => views is not { Count: > 0 }
        ? figure
        : figure with
        {
            Panels = [.. figure.Panels.Select((panel, index) => !views.TryGetValue(index, out var view) || view is null
                ? panel
                : panel with { X = Axis(panel.X, view.XScale, view.XRange), Y = Axis(panel.Y, view.YScale, view.YRange) })],
        };

    /// <summary>Size and theme of the picture.</summary>
    /// <exception cref="ParameterException">A word that is none of them.</exception>
    public static RenderOptions Options(PictureRequest? picture) => new()
    {
        Theme = picture?.Theme switch
        {
            null or "light" => ThemeKind.Light,
            "dark" => ThemeKind.Dark,
            var other => throw new ParameterException("theme", other, "one of light, dark"),
        },
        Size = picture?.Size switch
        {
            null or "screen" => PictureSize.Screen,
            "column" => PictureSize.Column,
            "double" => PictureSize.Double,
            "slide" => PictureSize.Slide,
            var other => throw new ParameterException("size", other, "one of screen, column, double, slide"),
        },
        Scale = picture?.Scale ?? new RenderOptions().Scale,
        HasRealText = picture?.SvgText ?? false,
    };

    // An axis of names has neither scale nor limits.
    private static Axis Axis(Axis axis, string? scale, double[]? range)
    {
        if (axis.Categories.Count > 0 || (scale is null && range is null))
            return axis;
        var isLogarithmic = scale switch
        {
            null => axis.IsLogarithmic,
            "log" => true,
            "linear" => false,
            _ => throw new ParameterException("scale", scale, "one of log, linear"),
        };
        if (range is not null && (range.Length != 2 || !double.IsFinite(range[0]) || !double.IsFinite(range[1]) || range[0] >= range[1]))
            throw new ExplorerException("A range of an axis is two numbers, the first smaller than the second: [1, 100].");

        // Extents of another scale mean nothing, and a logarithmic axis has no limits at or below zero.
        var (low, high) = range is [var from, var to] ? (from, to) : isLogarithmic == axis.IsLogarithmic ? (axis.Minimum, axis.Maximum) : ((double?)null, (double?)null);
        return axis with
        {
            IsLogarithmic = isLogarithmic,
            LeastExtent = isLogarithmic == axis.IsLogarithmic ? axis.LeastExtent : 0,
            Minimum = isLogarithmic && low <= 0 ? null : low,
            Maximum = isLogarithmic && high <= 0 ? null : high,
        };
    }
}
