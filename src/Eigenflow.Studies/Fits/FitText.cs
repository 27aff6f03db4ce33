using Eigenflow.Scaling;
using Eigenflow.Scaling.Fits;

namespace Eigenflow.Studies;

/// <summary>What is typed for a fit of scaling laws: the options of <c>eigenflow fit</c>, null where they are left out.</summary>
public sealed record FitText
{
    /// <summary>Column of x.</summary>
    public string? X { get; init; }

    /// <summary>Columns of y, with commas between them.</summary>
    public string? Y { get; init; }

    /// <summary>Columns that tell curves apart, with commas between them.</summary>
    public string? Group { get; init; }

    /// <summary>Laws, with commas between them.</summary>
    public string? Law { get; init; }

    /// <summary>Range of x, <c>FROM,TO</c>.</summary>
    public string? Window { get; init; }

    /// <summary>Column of seeds, or <see cref="FitRequest.AllCurves"/>.</summary>
    public string? Seeds { get; init; }

    /// <summary>Level of the intervals.</summary>
    public string? Level { get; init; }

    /// <summary>Resamples of the bootstrap.</summary>
    public string? Resamples { get; init; }

    /// <summary>Largest change of the local exponent.</summary>
    public string? Drift { get; init; }

    /// <summary>Seed of the resamples.</summary>
    public string? Seed { get; init; }

    /// <summary>Reads what was typed.</summary>
    /// <param name="files">The files; at least one.</param>
    /// <exception cref="ParameterException">A value that is not allowed.</exception>
    public FitRequest Read(IReadOnlyList<string> files)
    {
        var defaults = new ScalingFitOptions();
        var (start, end) = TypedNumbers.Pair("window", Window, ScalingFitOptions.WindowRange, "100,1e5 or 100,", mayBeOpen: true);
        var options = defaults with
        {
            WindowStart = start,
            WindowEnd = end,
            Laws = TypedNumbers.Names(Law),
            Level = TypedNumbers.Number("level", Level, ScalingFitOptions.LevelRange) ?? defaults.Level,
            Resamples = (int)(TypedNumbers.Whole("resamples", Resamples, ScalingFitOptions.ResamplesRange) ?? defaults.Resamples),
            LargestDrift = TypedNumbers.Number("drift", Drift, ScalingFitOptions.DriftRange) ?? defaults.LargestDrift,
            Seed = (ulong)(TypedNumbers.Whole("seed", Seed, TypedNumbers.Seeds) ?? 1),
        };
        options.Validate();
        return new FitRequest { Files = files, Columns = new CurveColumns { X = X, Y = TypedNumbers.Names(Y), Group = TypedNumbers.Names(Group) }, Seeds = Seeds, Options = options };
    }

    /// <summary>The command line that gives the same result.</summary>
    /// <param name="files">Names of the files.</param>
    public string Command(IEnumerable<string> files) => CommandLine.Of(
        "fit", files, ("--x", X), ("--y", Y), ("--group", Group), ("--law", Law), ("--window", Window), ("--seeds", Seeds), ("--level", Level), ("--resamples", Resamples), ("--drift", Drift), ("--seed", Seed));
}
