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

    /// <summary>The names that formulas may use.</summary>
    internal StudyColumns Columns { get; init; } = null!;

    /// <summary>Reads a study file.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="EigenflowException">The file cannot be read or says something that is not allowed; the message names the line.</exception>
    public static Study Read(string path)
    {
        var source = TomlTree.ReadBytes(path);
        return StudyReader.Read(TomlTree.Parse(source, path), path, source);
    }

    /// <summary>Reads a study file of which runs are in a folder: where the files that it names are gone, its runs are those that were swept there.</summary>
    /// <param name="path">The file.</param>
    /// <param name="folder">The folder of its runs; it need not exist.</param>
    /// <exception cref="EigenflowException">The file cannot be read or says something that is not allowed; the message names the line.</exception>
    public static Study ReadFor(string path, string folder)
    {
        var source = TomlTree.ReadBytes(path);
        return Read(source, path, () => folder.Contains('\0', StringComparison.Ordinal) ? null : new RunStore(folder).PlanOf(source), _ => true);
    }

    /// <summary>Reads a study file of which only figures and claims may differ from the one that was swept: where none of its runs is there, they are those that were swept.</summary>
    /// <param name="path">The file.</param>
    /// <param name="folder">The folder of a sweep.</param>
    /// <exception cref="EigenflowException">The file cannot be read or says something that is not allowed; the message names the line.</exception>
    public static Study ReadOver(string path, string folder)
    {
        var store = new RunStore(folder);
        return Read(TomlTree.ReadBytes(path), path, store.Plan, study => study.Runs.Any(run => store.StateOf(run) == RunState.Done));
    }

    /// <summary>Reads the bytes of a study file.</summary>
    /// <param name="source">The bytes.</param>
    /// <param name="path">The name of the file, for messages.</param>
    /// <exception cref="EigenflowException">The bytes say something that is not allowed; the message names the line.</exception>
    public static Study Parse(byte[] source, string path) => Parse(source, path, null);

    /// <summary>Reads a study file whose runs are known.</summary>
    internal static Study Parse(byte[] source, string path, IReadOnlyList<KeptRun>? plan, bool readsInputs = true) => StudyReader.Read(TomlTree.Parse(source, path), path, source, plan, readsInputs);

    // The plan of a folder stands in where the file alone gives no study, or not the wanted one.
    private static Study Read(byte[] source, string path, Func<IReadOnlyList<KeptRun>?> plan, Predicate<Study> isWanted)
    {
        try
        {
            var study = Parse(source, path);
            return isWanted(study) || plan() is not { } kept ? study : Parse(source, path, kept);
        }
        catch (EigenflowException) when (plan() is not null)
        {
            return Parse(source, path, plan());
        }
    }
}
