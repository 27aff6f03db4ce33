using Eigenflow.Settings;

namespace Eigenflow.Scaling.Collapse;

/// <summary>Options of <see cref="LadderAnalysis"/>.</summary>
public sealed record LadderOptions
{
    /// <summary>Allowed tolerances of the onset.</summary>
    public static Parameter<double> OnsetRange { get; } = Parameter.Number("onset", 0, 1);

    /// <summary>Allowed tolerances of the ratio.</summary>
    public static Parameter<double> RatioRange { get; } = Parameter.Number("ratio", 1, 100);

    /// <summary>Allowed tolerances of the drift.</summary>
    public static Parameter<double> DriftRange { get; } = Parameter.Number("drift", 0, 100);

    /// <summary>Allowed numbers of resamples.</summary>
    public static Parameter<long> ResamplesRange { get; } = Parameter.Whole("resamples", 20, 100_000);

    /// <summary>L0 where it is known, or null to fit it.</summary>
    public double? Offset { get; init; }

    /// <summary>Whether compute is known, without which no L0 is fitted.</summary>
    public bool HasCompute { get; init; } = true;

    /// <summary>Points of x, or null for 0.01, 0.02, …, 1.</summary>
    public IReadOnlyList<double>? Grid { get; init; }

    /// <summary>Smallest onset of a supercollapse. Default 0.2.</summary>
    public double Onset { get; init; } = 0.2;

    /// <summary>Largest ratio of Δ to the floor, both as root mean squares from x = 0.2 on, of a collapse. Default 1.5.</summary>
    public double Ratio { get; init; } = 1.5;

    /// <summary>Largest part of x at which models may differ significantly in a collapse. Default 0.1.</summary>
    public double Share { get; init; } = 0.1;

    /// <summary>Largest difference between sizes beyond noise of a supercollapse, in units of what seeds of one size differ by (<see cref="CollapseStatistics.SystematicRatio"/>). Default 0.5.</summary>
    public double Drift { get; init; } = 0.5;

    /// <summary>Refits of L0. Default 200.</summary>
    public int Resamples { get; init; } = 200;

    /// <summary>Seed of the refits.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>Whether variances are unbiased, and not those of the population.</summary>
    public bool IsUnbiased { get; init; }

    /// <summary>Checks the options.</summary>
    /// <exception cref="ParameterException">One is out of range.</exception>
    public void Validate()
    {
        _ = OnsetRange.Check(Onset);
        _ = RatioRange.Check(Ratio);
        _ = DriftRange.Check(Drift);
        _ = ResamplesRange.Check(Resamples);
    }
}
