using System.Text;

namespace Eigenflow.Cli;

/// <summary>Writes to a terminal that shows ASCII alone, whatever is written: tables, plots, help and errors alike.</summary>
internal sealed class AsciiWriter : TextWriter
{
    private readonly TextWriter inner;

    public AsciiWriter(TextWriter inner)
    {
        this.inner = inner;
        CoreNewLine = ['\n'];
    }

    public override Encoding Encoding => inner.Encoding;

    public override void Write(char value) => inner.Write(AsciiText.Of(value.ToString()));

    public override void Write(char[] buffer, int index, int count) => Write(new string(buffer, index, count));

    public override void Write(ReadOnlySpan<char> buffer) => Write(buffer.ToString());

    public override void Write(string? value) => inner.Write(AsciiText.Of(value ?? ""));

    public override void WriteLine(string? value) => Write(value + "\n");

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
