using System.Text;
using Eigenflow.Figures;
using Eigenflow.Rendering;
using Eigenflow.Systems;

namespace Eigenflow.Cli;

/// <summary>Where a command writes, and what can be shown there.</summary>
public sealed class Screen : IDisposable
{
    /// <summary>Columns when the output is not a terminal.</summary>
    private const int PlainWidth = 120;

    // Of terminals, whatever their size.
    private const int LeastWidth = 20;
    private const int MostWidth = 200;
    private const int LeastHeight = 10;

    /// <summary>Lines when the output is not a terminal: it can be scrolled.</summary>
    private const int Unlimited = 10_000;

    private Screen(TextWriter output, TextWriter error, bool isPlain, bool isPlainBesides)
    {
        HasUnicode = !isPlain;
        Drawing = isPlain ? new AsciiWriter(output) : output;
        DrawingBesides = isPlainBesides ? new AsciiWriter(error) : error;
        Data = new PlainWriter(output);
        Output = new PlainWriter(Drawing);
        Error = new PlainWriter(DrawingBesides);
    }

    /// <summary>Results for people; a character that a terminal would obey is replaced.</summary>
    public TextWriter Output { get; }

    /// <summary>Results for programs (CSV, JSON, BibTeX): the same, but never written in ASCII, so that names stay what they are.</summary>
    public TextWriter Data { get; }

    /// <summary>Messages and errors; a character that a terminal would obey is replaced.</summary>
    public TextWriter Error { get; }

    /// <summary>Results that were drawn with colours, of texts that were cleaned (<see cref="PrintableText"/>), and texts of this program alone.</summary>
    internal TextWriter Drawing { get; }

    /// <summary>The same, beside the results: progress.</summary>
    internal TextWriter DrawingBesides { get; }

    /// <summary>Columns of a line of results.</summary>
    public int Width { get; private init; } = PlainWidth;

    /// <summary>Lines that a picture may take: those of the terminal but one, for the prompt.</summary>
    public int Height { get; private init; } = Unlimited;

    /// <summary>Whether results may have colours: a terminal that is not plain, and the user did not set NO_COLOR.</summary>
    public bool HasColour { get; private init; }

    /// <summary>Whether results may have characters beyond ASCII.</summary>
    public bool HasUnicode { get; }

    /// <summary>Whether messages go to a terminal, where progress is shown.</summary>
    public bool ShowsProgress { get; private init; }

    /// <summary>The folder of results that the command fills beside the screen, once it is known.</summary>
    internal ResultFolder? Results { get; set; }

    /// <summary>The screen of this process.</summary>
    public static Screen OfProcess()
    {
        var isTerminal = !Console.IsOutputRedirected;
        var isPlain = !TerminalKind.IsUnicode || (isTerminal && TerminalKind.IsDumb);
        var isPlainBesides = !TerminalKind.IsUnicode || (!Console.IsErrorRedirected && TerminalKind.IsDumb);

        // One buffered writer: results may be many megabytes of JSON.
        var output = new StreamWriter(Console.OpenStandardOutput(), new UTF8Encoding(false), 1 << 16) { AutoFlush = isTerminal };
        return new Screen(output, Console.Error, isPlain, isPlainBesides)
        {
            Width = isTerminal ? Math.Clamp(Window(() => Console.WindowWidth, PlainWidth), LeastWidth, MostWidth) : PlainWidth,
            Height = isTerminal ? Math.Max(LeastHeight, Window(() => Console.WindowHeight, Unlimited) - 1) : Unlimited,
            HasColour = isTerminal && !isPlain && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR")),
            ShowsProgress = !Console.IsErrorRedirected && !isPlainBesides,
        };
    }

    /// <summary>A screen that keeps what is written: for tests.</summary>
    /// <param name="output">Receives results.</param>
    /// <param name="error">Receives messages.</param>
    /// <param name="width">Columns of a line of results.</param>
    /// <param name="height">Lines that a picture may take.</param>
    /// <param name="isPlain">Whether both show ASCII alone.</param>
    public static Screen Of(TextWriter output, TextWriter error, int width = PlainWidth, int height = Unlimited, bool isPlain = false) =>
        new(output, error, isPlain, isPlain) { Width = width, Height = height };

    /// <summary>Shows tables, with an empty line between two.</summary>
    /// <param name="tables">The tables.</param>
    public void Show(params IEnumerable<Table> tables) => Output.Write(string.Join('\n', tables.Select(table => TableText.Render(table, Width, HasUnicode))));

    /// <summary>Draws a figure, and an empty line below it.</summary>
    /// <param name="figure">The figure.</param>
    public void Show(Figure figure) => Drawing.WriteLine(TerminalPlot.Render(figure, Width, Height, HasColour, HasUnicode, "a taller window shows them, --out DIR draws them all"));

    /// <summary>Shows claims with their verdicts and counts.</summary>
    /// <param name="claims">The claims.</param>
    public void Show(IReadOnlyList<Claim> claims) => Drawing.Write(ClaimsTable.Render(claims, Width, HasColour, HasUnicode));

    /// <summary>Writes a sentence or more: on a terminal broken between words, elsewhere as one line, which programs find.</summary>
    /// <param name="text">The text.</param>
    public void WriteText(string text)
    {
        if (Height < Unlimited)
            Output.Write(TableText.Paragraph(text, Width, HasUnicode));
        else
            Output.WriteLine(TableText.Shown(text, HasUnicode));
    }

    /// <summary>Writes what a function writes into a stream, as text.</summary>
    /// <param name="write">Writes UTF-8.</param>
    public void WriteUtf8(Action<Stream> write)
    {
        using var buffer = new MemoryStream();
        write(buffer);
        Data.WriteLine(Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length));
    }

    /// <summary>Flushes the results; a reader that has gone away is no error.</summary>
    public void Dispose()
    {
        try
        {
            Output.Flush();
        }
        catch (IOException)
        {
            // The reader of the pipe has closed it, as head does.
        }
    }

    private static int Window(Func<int> size, int otherwise)
    {
        try
        {
            return size() is > 0 and var known ? known : otherwise;
        }
        catch (IOException)
        {
            return otherwise;
        }
    }
}
