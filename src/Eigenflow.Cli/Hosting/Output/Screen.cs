using System.Text;
using Eigenflow.Rendering;

namespace Eigenflow.Cli;

/// <summary>Where a command writes, and what can be shown there.</summary>
public sealed class Screen : IDisposable
{
    /// <summary>Columns when the output is not a terminal.</summary>
    private const int PlainWidth = 120;

    private Screen(TextWriter output, TextWriter error) => (Drawing, DrawingBesides, Output, Error) = (output, error, new PlainWriter(output), new PlainWriter(error));

    /// <summary>Results; a character that a terminal would obey is replaced.</summary>
    public TextWriter Output { get; }

    /// <summary>Messages and errors; a character that a terminal would obey is replaced.</summary>
    public TextWriter Error { get; }

    /// <summary>Results that were drawn with colours, of texts that were cleaned (<see cref="PrintableText"/>), and texts of this program alone.</summary>
    internal TextWriter Drawing { get; }

    /// <summary>The same, beside the results: progress.</summary>
    internal TextWriter DrawingBesides { get; }

    /// <summary>Writes a sentence of the results, whose numbers have the notation of figures.</summary>
    /// <param name="sentence">One line.</param>
    public void Say(string sentence) => Output.WriteLine(TableText.Line(sentence, HasUnicode));

    /// <summary>Columns of a line of results.</summary>
    public int Width { get; private init; } = PlainWidth;

    /// <summary>Whether results may have colours: a terminal, and the user did not set NO_COLOR.</summary>
    public bool HasColour { get; private init; }

    /// <summary>Whether results may have characters beyond ASCII.</summary>
    public bool HasUnicode { get; private init; } = true;

    /// <summary>Whether messages go to a terminal, where progress is shown.</summary>
    public bool ShowsProgress { get; private init; }

    /// <summary>The folder of results that the command fills beside the screen, once it is known.</summary>
    internal ResultFolder? Results { get; set; }

    /// <summary>The screen of this process.</summary>
    public static Screen OfProcess()
    {
        var isTerminal = !Console.IsOutputRedirected;
        var isUnicode = Console.OutputEncoding.WebName.StartsWith("utf", StringComparison.OrdinalIgnoreCase);

        var isDumb = string.Equals(Environment.GetEnvironmentVariable("TERM"), "dumb", StringComparison.Ordinal);

        // One buffered writer: results may be many megabytes of JSON.
        var output = new StreamWriter(Console.OpenStandardOutput(), new UTF8Encoding(false), 1 << 16) { AutoFlush = isTerminal };
        return new Screen(output, Console.Error)
        {
            Width = isTerminal ? Math.Clamp(WindowWidth(), 40, 200) : PlainWidth,
            HasColour = isTerminal && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR")),
            HasUnicode = isUnicode && !(isTerminal && isDumb),
            ShowsProgress = !Console.IsErrorRedirected && !isDumb,
        };
    }

    /// <summary>A screen that keeps what is written: for tests.</summary>
    /// <param name="output">Receives results.</param>
    /// <param name="error">Receives messages.</param>
    public static Screen Of(TextWriter output, TextWriter error) => new(output, error);

    /// <summary>Writes what a function writes into a stream, as text.</summary>
    /// <param name="write">Writes UTF-8.</param>
    public void WriteUtf8(Action<Stream> write)
    {
        using var buffer = new MemoryStream();
        write(buffer);
        Output.WriteLine(Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length));
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

    private static int WindowWidth()
    {
        try
        {
            return Console.WindowWidth > 0 ? Console.WindowWidth : PlainWidth;
        }
        catch (IOException)
        {
            return PlainWidth;
        }
    }
}
