using System.Text;

namespace Eigenflow.Cli;

/// <summary>
/// The one way of texts to a terminal: a message is one line (<see cref="WriteLine(string)"/>), a table or CSV is a block (<see cref="Write(string)"/>), and neither carries a character
/// that a terminal obeys, wherever the names in it come from. What has colours is drawn by the library of drawing, which cleans its texts itself, and goes to <see cref="Screen.Drawing"/>.
/// </summary>
internal sealed class PlainWriter : TextWriter
{
    private readonly TextWriter inner;

    public PlainWriter(TextWriter inner)
    {
        this.inner = inner;
        CoreNewLine = ['\n'];
    }

    public override Encoding Encoding => inner.Encoding;

    public override void Write(char value) => inner.Write(char.IsSurrogate(value) ? value : PrintableText.Block(value.ToString())[0]);

    public override void Write(char[] buffer, int index, int count) => Write(new string(buffer, index, count));

    public override void Write(ReadOnlySpan<char> buffer) => Write(buffer.ToString());

    public override void Write(string? value) => inner.Write(PrintableText.Block(value ?? ""));

    public override void WriteLine(string? value)
    {
        inner.Write(PrintableText.Line(value ?? ""));
        WriteLine();
    }

    public override Task WriteAsync(string? value)
    {
        Write(value);
        return Task.CompletedTask;
    }

    public override Task WriteLineAsync(string? value)
    {
        WriteLine(value);
        return Task.CompletedTask;
    }

    public override void Flush() => inner.Flush();

    public override Task FlushAsync() => inner.FlushAsync();
}
