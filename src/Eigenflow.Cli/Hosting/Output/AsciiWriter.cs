namespace Eigenflow.Cli;

/// <summary>Writes to a terminal that shows ASCII alone, whatever is written: tables, plots, help and errors alike.</summary>
internal sealed class AsciiWriter(TextWriter inner) : CleaningWriter(inner)
{
    private protected override string Block(string text) => AsciiText.Of(text);
}
