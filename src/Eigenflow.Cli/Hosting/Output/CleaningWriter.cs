using System.Text;

namespace Eigenflow.Cli;

/// <summary>A writer through which every text passes before it reaches another one; lines end with a line feed.</summary>
internal abstract class CleaningWriter : TextWriter
{
    private protected CleaningWriter(TextWriter inner)
    {
        Inner = inner;
        CoreNewLine = ['\n'];
    }

    public override Encoding Encoding => Inner.Encoding;

    /// <summary>Where the texts go.</summary>
    private protected TextWriter Inner { get; }

    public override void Write(char value) => Write(value.ToString());

    public override void Write(char[] buffer, int index, int count) => Write(new string(buffer, index, count));

    public override void Write(ReadOnlySpan<char> buffer) => Write(buffer.ToString());

    public override void Write(string? value) => Inner.Write(Block(value ?? ""));

    public override void WriteLine(string? value) => Inner.Write(Line(value ?? "") + "\n");

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

    public override void Flush() => Inner.Flush();

    public override Task FlushAsync() => Inner.FlushAsync();

    /// <summary>A text of any number of lines as it is written.</summary>
    private protected abstract string Block(string text);

    /// <summary>A message of one line as it is written.</summary>
    private protected virtual string Line(string text) => Block(text);
}
