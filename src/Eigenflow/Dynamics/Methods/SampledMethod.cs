using Eigenflow.Settings;

namespace Eigenflow.Dynamics;

/// <summary>A method that is the mean over independent random replicas. The result does not depend on the number of threads.</summary>
public interface ISampledMethod
{
    /// <summary>Independent runs, 1 to 65535.</summary>
    int Replicas { get; }

    /// <summary>Seed of the samples.</summary>
    long Seed { get; }

    /// <summary>Threads; 0 uses every core.</summary>
    int Threads { get; }
}

/// <summary>The parameters of methods over replicas.</summary>
internal static class SampledParameters
{
    private const int MostReplicas = 65_535;

    public static Parameter<long> Seed(string help) => Parameter.Whole("seed", "", 1, help, ValueRange.Within(0, 9e15)) with { Usual = UsualRange.Even(0, 50) };

    public static Parameter<int> Replicas(int value, string help) => Parameter.Count("replicas", "", value, help, ValueRange.Within(1, MostReplicas)) with { Usual = UsualRange.Decades(1, 1000) };

    /// <summary>Checks what all sampled methods share.</summary>
    /// <exception cref="ParameterException">An option that is not allowed.</exception>
    public static void Check(ISampledMethod method)
    {
        if (method.Replicas is < 1 or > MostReplicas)
            throw new ParameterException("replicas", method.Replicas, "a whole number from 1 to 65535");
    }
}
