using Eigenflow.Data;
using Eigenflow.Settings;

namespace Eigenflow.Spectra;

/// <summary>Reads vectors that parameters name, once per call.</summary>
internal static class InputVector
{
    /// <summary>The numbers of a file. Do not modify.</summary>
    /// <exception cref="InputFileException">The file cannot be used.</exception>
    public static double[] Read(string path) => InputScope.Once("vector", path, NumericFile.ReadVector, values => 8.0 * values.Length);

    /// <summary>The matrix of a file. Do not modify.</summary>
    /// <exception cref="InputFileException">The file cannot be used.</exception>
    public static DataMatrix ReadMatrix(string path) => InputScope.Once("matrix", path, NumericFile.ReadMatrix, matrix => 8.0 * matrix.Values.Length);

    /// <summary>The matrix of a file whose rows are samples: columns whose values count the rows are left out too. Do not modify.</summary>
    /// <exception cref="InputFileException">The file cannot be used.</exception>
    public static DataMatrix ReadSamples(string path) => InputScope.Once("samples", path, NumericFile.ReadSamples, matrix => 8.0 * matrix.Values.Length);
}

/// <summary>A vector as it was written: one of the words of a system, or a file. The grammar of teachers, targets and starts.</summary>
/// <param name="Text">What was written.</param>
internal sealed record VectorForm(string Text)
{
    /// <summary>The file, or null for a word.</summary>
    public string? Path => TextForm.PathOf(Text);

    /// <summary>Declares a parameter.</summary>
    /// <param name="name">Such as <c>teacher</c>.</param>
    /// <param name="symbol">Symbol.</param>
    /// <param name="value">Default word.</param>
    /// <param name="help">One sentence.</param>
    /// <param name="words">The words of the system, beside <c>file:PATH</c>.</param>
    public static Parameter<VectorForm> Parameter(string name, string symbol, string value, string help, params IReadOnlyList<string> words) =>
        Settings.Parameter.Text(
            name, symbol, value, help, [.. words.Select(TextForm.Of), TextForm.File],
            text => words.Contains(text, StringComparer.Ordinal) || TextForm.PathOf(text) is not null
                ? new VectorForm(text)
                : throw new ParameterException(name, text, string.Join(", ", words) + " or file:PATH", Suggestion.For(text.Split(':')[0], [.. words, "file"])),
            form => form.Text);

    /// <summary>Declares a parameter that is a file, or absent.</summary>
    /// <param name="name">Such as <c>inputs</c>.</param>
    /// <param name="symbol">Symbol.</param>
    /// <param name="help">One sentence.</param>
    public static Parameter<VectorForm?> OptionalParameter(string name, string symbol, string help) =>
        Settings.Parameter.Text<VectorForm?>(
            name, symbol, null, help, [TextForm.File],
            text => TextForm.PathOf(text) is not null ? new VectorForm(text) : throw new ParameterException(name, text, "file:PATH", Suggestion.For(text.Split(':')[0], ["file"])),
            form => form?.Text ?? "");

    /// <summary>Whether it is a word.</summary>
    public bool Is(string word) => string.Equals(Text, word, StringComparison.Ordinal);

    /// <summary>The numbers of the file, or null for a word. Do not modify.</summary>
    /// <exception cref="InputFileException">The file cannot be used.</exception>
    public double[]? Read() => Path is { } path ? InputVector.Read(path) : null;
}
