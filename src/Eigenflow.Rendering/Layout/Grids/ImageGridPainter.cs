using Eigenflow.Figures;
using Eigenflow.Rendering.Axes;
using Eigenflow.Rendering.Drawing;

namespace Eigenflow.Rendering.Layout;

/// <summary>Draws the pictures of a grid, each with the proportions of its pixels in the middle of its cell.</summary>
internal static class ImageGridPainter
{
    // Room between neighbours, as a part of the cell.
    private const double Gap = 0.06;

    public static void Draw(Surface surface, PanelFrame frame, ImageGrid grid)
    {
        var plot = frame.Plot;
        var (columns, rows) = (HeatMapPainter.Edges(grid.X, frame.X), HeatMapPainter.Edges(grid.Y, frame.Y));
        for (var j = 0; j < grid.Y.Length; j++)
        {
            for (var i = 0; i < grid.X.Length; i++)
            {
                var (left, right) = (columns[i], columns[i + 1]);
                var (bottom, top) = (rows[j], rows[j + 1]);
                if (double.IsNaN(left + right + bottom + top) || right < 0 || left > 1 || top < 0 || bottom > 1)
                    continue;
                var (width, height) = ((1 - Gap) * (right - left) * plot.Width, (1 - Gap) * (top - bottom) * plot.Height);
                var pixel = Math.Min(width / grid.Width, height / grid.Height);
                var (centerX, centerY) = (plot.Left + ((left + right) / 2 * plot.Width), plot.Bottom - ((bottom + top) / 2 * plot.Height));
                var (halfWidth, halfHeight) = (pixel * grid.Width / 2, pixel * grid.Height / 2);
                surface.Image(new Box(centerX - halfWidth, centerY - halfHeight, centerX + halfWidth, centerY + halfHeight), Pixels(grid, (j * grid.X.Length) + i));
            }
        }
    }

    /// <summary>Brightness of a picture of the grid at a place within the axes, 0 to 255, or -1 where none is.</summary>
    /// <param name="grid">The grid.</param>
    /// <param name="columns">Edges of its columns in fractions of the axis.</param>
    /// <param name="rows">Edges of its rows.</param>
    /// <param name="x">Fraction of the horizontal axis.</param>
    /// <param name="y">Fraction of the vertical axis.</param>
    public static int LevelAt(ImageGrid grid, double[] columns, double[] rows, double x, double y)
    {
        var (i, j) = (Array.FindLastIndex(columns, edge => edge <= x), Array.FindLastIndex(rows, edge => edge <= y));
        if (i < 0 || j < 0 || i >= grid.X.Length || j >= grid.Y.Length)
            return -1;
        var column = (int)((x - columns[i]) / (columns[i + 1] - columns[i]) * grid.Width);
        var row = (int)((rows[j + 1] - y) / (rows[j + 1] - rows[j]) * grid.Height);
        var place = (((j * grid.X.Length) + i) * grid.Width * grid.Height) + (Math.Clamp(row, 0, grid.Height - 1) * grid.Width) + Math.Clamp(column, 0, grid.Width - 1);
        var sum = 0;
        for (var channel = 0; channel < grid.Channels; channel++)
        {
            if (Level(grid, grid.Values[(place * grid.Channels) + channel]) is not { } level)
                return -1;
            sum += level;
        }

        return sum / grid.Channels;
    }

    private static Raster Pixels(ImageGrid grid, int index)
    {
        var count = grid.Width * grid.Height;
        var bytes = new byte[4 * count];
        for (var pixel = 0; pixel < count; pixel++)
        {
            var first = ((index * count) + pixel) * grid.Channels;
            var isWhole = true;
            for (var part = 0; part < 3; part++)
            {
                var level = Level(grid, grid.Values[first + (grid.Channels == 1 ? 0 : part)]);
                isWhole &= level is not null;
                bytes[(4 * pixel) + part] = level ?? 0;
            }

            bytes[(4 * pixel) + 3] = isWhole ? byte.MaxValue : (byte)0;
        }

        return new Raster(grid.Width, grid.Height, bytes);
    }

    // Halved, because the difference of two doubles can overflow.
    private static byte? Level(ImageGrid grid, double value) => double.IsFinite(value)
        ? (byte)Math.Round(255 * Math.Clamp(((0.5 * value) - (0.5 * grid.Minimum)) / ((0.5 * grid.Maximum) - (0.5 * grid.Minimum)), 0, 1))
        : null;
}
