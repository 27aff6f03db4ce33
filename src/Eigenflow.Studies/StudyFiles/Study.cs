using Eigenflow.Systems;

namespace Eigenflow.Studies;

/// <summary>What a study file asks for: runs of one system, what is derived from them, and the figures and claims that summarise them.</summary>
public sealed record Study
{
    /// <summary>The file as the user named it.</summary>
    public required string Path { get; init; }

    /// <summary>Name of the file without its ending.</summary>
    public required string Name { get; init; }

    /// <summary>The bytes of the file.</summary>
    public required byte[] Source { get; init; }

    /// <summary>Title, one line.</summary>
    public required string Title { get; init; }

    /// <summary>What is asked and why, or empty.</summary>
    public string Description { get; init; } = "";

    /// <summary>The system.</summary>
    public required ISystem System { get; init; }

    /// <summary>Names of the methods.</summary>
    public required IReadOnlyList<string> Methods { get; init; }

    /// <summary>Distinct runs in the order of the plan: methods vary slowest, the last parameter fastest.</summary>
    public required IReadOnlyList<StudyRun> Runs { get; init; }

    /// <summary>Names of the parameters that the file gives.</summary>
    public IReadOnlyList<string> Given { get; init; } = [];

    /// <summary>Quantities that are derived from each run, in the order of the file.</summary>
    internal IReadOnlyList<DerivedQuantity> Derived { get; init; } = [];

    /// <summary>Claims.</summary>
    internal IReadOnlyList<StudyClaim> Claims { get; init; } = [];

    /// <summary>Figures.</summary>
    internal IReadOnlyList<StudyFigure> Figures { get; init; } = [];

    /// <summary>Reads a study file.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="EigenflowException">The file cannot be read or says something that is not allowed; the message names the line.</exception>
    public static Study Read(string path)
    {
        var source = TomlTree.ReadBytes(path);
        return StudyReader.Read(TomlTree.Parse(source, path), path, source);
    }

    /// <summary>Reads the bytes of a study file.</summary>
    /// <param name="source">The bytes.</param>
    /// <param name="path">The name of the file, for messages.</param>
    /// <exception cref="EigenflowException">The bytes say something that is not allowed; the message names the line.</exception>
    public static Study Parse(byte[] source, string path) => StudyReader.Read(TomlTree.Parse(source, path), path, source);
}
