using Eigenflow.Settings;

namespace Eigenflow.Systems.UTurnDoubleDescent;

/// <summary>Where points come from.</summary>
internal enum DataKind
{
    /// <summary>Classes around prototypes.</summary>
    Prototypes,

    /// <summary>Gaussian inputs with a linear target.</summary>
    Gaussian,

    /// <summary>A file.</summary>
    File,
}

/// <summary>Where points come from, as it was written.</summary>
/// <param name="Kind">The kind.</param>
/// <param name="Path">The file, where it is one.</param>
internal sealed record DataForm(DataKind Kind, string? Path = null)
{
    private static readonly TextForm[] Forms = [TextForm.Of("prototypes"), TextForm.Of("gaussian"), TextForm.File];

    /// <summary>Declares the parameter <c>data</c>.</summary>
    public static Parameter<DataForm?> Parameter(string help) => Settings.Parameter.Text<DataForm?>("data", "", null, help, Forms, Read, form => form!.ToString()) with { Examples = ["gaussian"] };

    /// <summary>Declares the parameter <c>test</c>.</summary>
    public static Parameter<DataForm?> TestParameter(string help) => Settings.Parameter.Text<DataForm?>(
        "test", "", null, help, [TextForm.File], text => TextForm.PathOf(text) is { } path ? new DataForm(DataKind.File, path) : throw new ParameterException("test", text, "file:PATH"), form => form!.ToString());

    /// <inheritdoc/>
    public override string ToString() => Kind switch { DataKind.File => "file:" + Path, DataKind.Gaussian => "gaussian", _ => "prototypes" };

    private static DataForm Read(string text) => text switch
    {
        "prototypes" => new(DataKind.Prototypes),
        "gaussian" => new(DataKind.Gaussian),
        _ when TextForm.PathOf(text) is { } path => new(DataKind.File, path),
        _ => throw new ParameterException("data", text, "prototypes, gaussian or file:PATH", Suggestion.For(text.Split(':')[0], Forms.Select(form => form.Word))),
    };
}
