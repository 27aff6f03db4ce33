using Eigenflow.Figures;

namespace Eigenflow.Rendering.Layout;

/// <summary>The ground on which panels are placed, in CSS pixels of the layout.</summary>
/// <param name="Columns">Panels side by side.</param>
/// <param name="PanelWidth">Width of a panel with its axes.</param>
/// <param name="PanelHeight">Height of a panel with its axes and title.</param>
internal sealed record Page(int Columns, double PanelWidth, double PanelHeight)
{
    private const double MillimetresPerPixel = 25.4 / 96;

    // Widths at which the smallest letters, raised ones beside guides (8.6 pixels), are printed with 6 points (8 pixels) and a little more.
    private const double ColumnWidth = 340;
    private const double DoubleWidth = 720;
    private const double ColumnMillimetres = 85;
    private const double DoubleMillimetres = 180;

    private const double SlideWidth = 960;
    private const double SlideHeight = 540;
    private const double SlideMillimetres = 1000 / 3.0;
    private const double SlidePixels = 1920;
    private const int PrintDensity = 300;

    // A slide with many panels is laid out on more pixels, so that its panels are no smaller than this.
    private const double LeastPanelWidth = 230;
    private const double LeastPanelHeight = 170;
    private const double SmallestPanelHeight = 120;

    // Room of a name along a vertical axis, and of what surrounds the plot.
    private const double CategoryHeight = 15.5;
    private const double AxisHeight = 66;
    private static readonly double[] Enlargements = [1, 1.2, 1.45, 1.75, 2.1, 2.5, 3, 4];

    /// <summary>Height of the whole picture where it is given.</summary>
    public double? Height { get; init; }

    /// <summary>Printed width of the whole picture, or null where it is that of its pixels.</summary>
    public double? Millimetres { get; init; }

    /// <summary>Width of the whole picture in device pixels, or null where the options give a scale.</summary>
    public double? Pixels { get; init; }

    /// <summary>Whether the title is drawn.</summary>
    public bool ShowsTitle { get; init; }

    /// <summary>Whether the caption is drawn.</summary>
    public bool ShowsCaption { get; init; }

    /// <summary>Printed size of a pixel of the layout in ninety-sixths of an inch.</summary>
    public double Magnification => Millimetres is { } millimetres ? millimetres / (Columns * PanelWidth * MillimetresPerPixel) : 1;

    /// <summary>Lays a figure out for what it is made.</summary>
    public static FigureLayout Layout(Figure figure, RenderOptions options)
    {
        FigureValidation.Check(figure);
        options.Validate();
        var columns = PanelColumns.Of(figure);
        var least = Least(figure);
        return options.Size switch
        {
            PictureSize.Column => new FigureLayout(figure, Printed(1, ColumnWidth, Math.Max(256, least), ColumnMillimetres, options)),
            PictureSize.Double => new FigureLayout(figure, Printed(columns, DoubleWidth, Math.Max(columns switch { 1 => 420, 2 => 270, _ => 230 }, least), DoubleMillimetres, options)),
            PictureSize.Slide => Slide(figure),
            _ => new FigureLayout(figure, new Page(columns, options.Width, Math.Max(options.Height, least)) { ShowsTitle = options.ShowTitle, ShowsCaption = options.ShowCaption }),
        };
    }

    // A panel whose ordinate are names is at least as high as they need.
    private static double Least(Figure figure) => figure.Panels.Max(panel => panel.Y.Categories.Count) is > 0 and var names ? (names * CategoryHeight) + AxisHeight : 0;

    private static Page Printed(int columns, double width, double height, double millimetres, RenderOptions options) => new(columns, width / columns, height)
    {
        Millimetres = millimetres,
        Pixels = Math.Round(millimetres / 25.4 * PrintDensity),
        ShowsTitle = options.ShowTitle,
        ShowsCaption = options.ShowCaption,
    };

    // Of all numbers of columns the one with the largest panels, on as few pixels as they need.
    private static FigureLayout Slide(Figure figure)
    {
        foreach (var enlargement in Enlargements)
        {
            var least = Math.Max(LeastPanelHeight, Least(figure));
            var (width, height) = (SlideWidth * enlargement, SlideHeight * enlargement);
            var pages = Enumerable.Range(1, figure.Panels.Count).Select(columns => Filling(figure, columns, width, height)).ToList();
            var best = pages.MaxBy(page => Math.Min(page.PanelWidth / LeastPanelWidth, page.PanelHeight / least))!;
            if ((best.PanelWidth >= LeastPanelWidth && best.PanelHeight >= least) || enlargement == Enlargements[^1])
                return new FigureLayout(figure, best);
        }

        throw new InvalidOperationException("There is a last enlargement.");
    }

    // Where curves are named depends on the room there is, and the room on where they are named: a few rounds settle it.
    private static Page Filling(Figure figure, int columns, double width, double height)
    {
        const int Rounds = 4;
        var page = new Page(columns, width / columns, LeastPanelHeight) { Height = height, Millimetres = SlideMillimetres, Pixels = SlidePixels, ShowsTitle = true };
        var rows = (figure.Panels.Count + columns - 1) / columns;
        for (var round = 0; round < Rounds; round++)
        {
            var excess = new FigureLayout(figure, page).ContentHeight - height;
            if (round > 0 && excess <= 0)
                break;
            page = page with { PanelHeight = Math.Max(SmallestPanelHeight, page.PanelHeight - (excess / rows)) };
        }

        return page;
    }
}
