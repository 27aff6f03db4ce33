using Eigenflow.Figures;
using Eigenflow.Rendering.Drawing;
using Eigenflow.Rendering.Layout;

namespace Eigenflow.Rendering.Terminal;

/// <summary>One item of a legend: a mark, its colour and what it stands for.</summary>
internal readonly record struct PlotKeyItem(string Mark, uint? Rgb, string Label);

/// <summary>
/// The colours, letters and legend of all panels of a figure, so that a curve is named alike in each: items that several panels have stand once, below all of them.
/// More than eight curves of an ordered parameter have one line in place of their items.
/// </summary>
internal sealed class PlotKey
{
    private const string AsciiMarks = "*+ox#@%&=~$^";
    private const string Letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    private const string Shades = " ░▒▓█";
    private const string AsciiShades = " .:-=+*#%@";

    private readonly bool colour;
    private readonly bool unicode;
    private readonly List<string> labels;
    private readonly HashSet<string> scaled = new(StringComparer.Ordinal);
    private readonly SeriesInks inks;
    private readonly double[] values;

    public PlotKey(Figure figure, bool colour, bool unicode)
    {
        (this.colour, this.unicode, inks) = (colour, unicode, new SeriesInks(figure));
        var series = figure.Panels.SelectMany(panel => panel.Series).ToList();
        values = [.. series.Where(inks.IsScaled).Select(one => one.Value!.Value).Distinct().Order()];

        // Letters follow the parameter.
        var named = series.Where(one => one.Label.Length > 0).DistinctBy(one => one.Label, StringComparer.Ordinal).ToList();
        labels = [.. named.OrderBy(one => inks.IsScaled(one) ? one.Value!.Value : double.PositiveInfinity).Select(one => one.Label)];
        if (inks.HasBar)
            scaled.UnionWith(named.Where(inks.IsScaled).Select(one => one.Label));
        Marks = unicode || labels.Count > AsciiMarks.Length ? Letters : AsciiMarks;
        HeatMapShades = unicode ? Shades : AsciiShades;
    }

    /// <summary>From empty to full.</summary>
    public string HeatMapShades { get; }

    /// <summary>Whether curves are named by letters on them: Braille dots of one colour cannot be told apart.</summary>
    public bool HasLetters => unicode && !colour && labels.Count > 1;

    /// <summary>Number of names.</summary>
    public int Count => labels.Count;

    private string Marks { get; }

    /// <summary>The number of a curve's name in the figure, or −1 without one.</summary>
    public int IndexOf(Series series) => labels.IndexOf(series.Label);

    /// <summary>The character of a curve.</summary>
    public char MarkOf(Series series) => IndexOf(series) is >= 0 and var index ? Marks[index % Marks.Length] : '.';

    /// <summary>The colour of a curve.</summary>
    public uint Rgb(Series series) => Palette.Rgb(inks.Of(series), ThemeKind.Dark);

    /// <summary>What the legend says of a panel.</summary>
    public IReadOnlyList<PlotKeyItem> ItemsOf(Panel panel)
    {
        var items = new List<PlotKeyItem>();
        var hasScale = false;
        foreach (var group in panel.Series.Where(series => series.Label.Length > 0).GroupBy(series => series.Label, StringComparer.Ordinal))
        {
            if (!scaled.Contains(group.Key))
                items.Add(new PlotKeyItem(Swatch(group), colour ? Rgb(group.First()) : null, TerminalText.Script(group.Key, unicode)));
            else if (!hasScale)
                items.Add(ScaleItem());
            hasScale |= scaled.Contains(group.Key);
        }

        foreach (var line in panel.Lines.Where(line => line.Label.Length > 0))
            items.Add(new PlotKeyItem(line.IsVertical ? (unicode ? "┊" : ":") : (unicode ? "┈" : "."), null, TerminalText.Script(line.Label, unicode)));
        if (panel.HeatMap is { } map)
        {
            var range = HeatMapPainter.Range(map);
            string End(double value) => DisplayNumber.Of(range.IsLogarithmic ? Math.Pow(10, value) : value, 3);
            items.Add(new PlotKeyItem(HeatMapShades[1..], null, TerminalText.Script($"{map.Label}: {End(range.Minimum)} to {End(range.Maximum)}", unicode)));
        }

        if (panel.Images is { } images)
            items.Add(new PlotKeyItem(HeatMapShades[1..], null, TerminalText.Script($"{images.Label}: {DisplayNumber.Of(images.Minimum, 3)} (black) to {DisplayNumber.Of(images.Maximum, 3)} (white)", unicode)));
        if (panel.Field is { } field)
            items.Add(new PlotKeyItem(unicode ? "→" : ">", null, TerminalText.Script(field.Label, unicode)));
        return items;
    }

    private string Swatch(IEnumerable<Series> group)
    {
        var first = group.First();
        if (!unicode || !colour)
            return MarkOf(first).ToString();
        var (hasLine, hasDots) = (group.Any(series => series.Style != SeriesStyle.Points), group.Any(series => series.Style == SeriesStyle.Points));
        return (hasLine, hasDots) switch { (true, true) => "━⠶", (true, false) => "━━", _ => "⠶" };
    }

    // Such as "exponent a: 1.1 (dark) … 3 (bright)", or with the letters of the curves.
    private PlotKeyItem ScaleItem()
    {
        var marks = colour && unicode ? ("dark", "bright") : (Marks[0].ToString(), Marks[(scaled.Count - 1) % Marks.Length].ToString());
        return new PlotKeyItem("", null, TerminalText.Script($"{inks.Scale!.Label}: {DisplayNumber.Of(values[0])} ({marks.Item1}) … {DisplayNumber.Of(values[^1])} ({marks.Item2})", unicode));
    }
}
