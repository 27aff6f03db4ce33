namespace Eigenflow.Systems.DiffusionSpectralBias;

/// <summary>What problems whose modes see each other are refused for.</summary>
internal static class CoupledChecks
{
    /// <summary>Largest number of modes of a start or mean, whose matrices are integrated.</summary>
    public const int LargestDimension = 200;

    /// <summary>The same for ties, where every noise level is a system of equations.</summary>
    public const int LargestTied = 32;

    /// <summary>Checks start and mean.</summary>
    /// <exception cref="ParameterException">An architecture without them, or another shape.</exception>
    public static void Check(DiffusionProblem problem)
    {
        var (architecture, d) = (problem.Architecture, problem.Dimension);
        var isTied = architecture.Kind == ArchitectureKind.Tied;
        var name = problem.Start is null ? "mean" : "start";
        if (architecture.Kind is not (ArchitectureKind.OneLayer or ArchitectureKind.Edm) && !(isTied && problem.Start is not null && !problem.Mean.Any(value => value != 0)))
            throw new ParameterException(name, name == "mean" ? "(not zero)" : "(not aligned)", "left out for architecture = " + architecture, name == "mean" ? "a mean needs a bias: architecture = one-layer or edm" : "it belongs to architecture = one-layer, edm or tied without a mean");
        if (isTied && (problem.Objective != Objective.Clean || problem.Process != NoiseProcess.VarianceExploding))
            throw new ParameterException("start", "(not aligned)", "aligned for ties with another objective or process");
        var largest = isTied ? LargestTied : LargestDimension;
        if (d > largest)
            throw new ParameterException("dimension", d, $"a whole number from 1 to {largest} with {(name == "mean" ? "a mean" : "a start that is not aligned")}", "modes see each other there, and whole matrices are integrated");
        if (problem.Start is not { } start)
            return;
        if (start.Rows != d || (!isTied && start.Columns != d) || start.Columns > Math.Max(d, 64))
            throw new ParameterException("start", $"({start.Rows} x {start.Columns})", isTied ? $"a matrix with one row per mode ({d})" : $"a matrix of {d} x {d}");
        if (Array.Exists(start.Values, value => !(Math.Abs(value) <= 1e100)))
            throw new ParameterException("start", "(beyond 1e100)", "finite numbers of a size of at most 1e100");
    }
}
