namespace Eigenflow.Figures;

/// <summary>A table as data: renderers turn it into terminal text, CSV or HTML.</summary>
/// <param name="Id">Identifier that is a file name.</param>
/// <param name="Title">Title, one line.</param>
/// <param name="Columns">Column headings.</param>
/// <param name="Rows">Rows of cells, each as long as <paramref name="Columns"/>.</param>
/// <param name="Caption">What is shown, or empty.</param>
public sealed record Table(string Id, string Title, IReadOnlyList<string> Columns, IReadOnlyList<IReadOnlyList<string>> Rows, string Caption = "");
