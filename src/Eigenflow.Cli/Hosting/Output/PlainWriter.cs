namespace Eigenflow.Cli;

/// <summary>
/// The one way of texts to a terminal: a message is one line (<see cref="TextWriter.WriteLine(string)"/>), a table or CSV is a block (<see cref="TextWriter.Write(string)"/>), and neither carries a
/// character that a terminal obeys, wherever the names in it come from. What has colours is drawn by the library of drawing, which cleans its texts itself, and goes to <see cref="Screen.Drawing"/>.
/// </summary>
internal sealed class PlainWriter(TextWriter inner) : CleaningWriter(inner)
{
    // Half of a character says nothing of the whole.
    public override void Write(char value) => Inner.Write(char.IsSurrogate(value) ? value.ToString() : Block(value.ToString()));

    private protected override string Block(string text) => PrintableText.Block(text);

    private protected override string Line(string text) => PrintableText.Line(text);
}
