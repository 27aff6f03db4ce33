namespace Eigenflow.Benchmarks;

/// <summary>The machine that measurements were made on.</summary>
public static class Machine
{
    /// <summary>Name of the processor, such as <c>AMD EPYC</c>, with its widest vector unit.</summary>
    public static string Processor { get; } = Name() + Width();

    private static string Name()
    {
        try
        {
            return File.ReadLines("/proc/cpuinfo").FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal))?.Split(':', 2)[1].Trim() ?? "unknown processor";
        }
        catch (IOException)
        {
            return "unknown processor";
        }
    }

    private static string Width() =>
        System.Runtime.Intrinsics.Vector512.IsHardwareAccelerated ? ", 512-bit vectors" : System.Runtime.Intrinsics.Vector256.IsHardwareAccelerated ? ", 256-bit vectors" : "";
}
