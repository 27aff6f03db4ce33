namespace Eigenflow.Dynamics;

/// <summary>What is said of a trajectory that left every bound.</summary>
/// <param name="What">What happened and where.</param>
/// <param name="Remedy">What to do.</param>
internal readonly record struct Divergence(string What, string Remedy)
{
    /// <summary>The message of the solve.</summary>
    /// <param name="kept">What of the solution is kept.</param>
    public string Message(string kept) => $"{What}; {kept}; {Remedy}";
}
