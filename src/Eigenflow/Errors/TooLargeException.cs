namespace Eigenflow;

/// <summary>A request needs more memory than is sensible on this machine.</summary>
public sealed class TooLargeException : EigenflowException
{
    /// <summary>Makes the error.</summary>
    /// <param name="what">The request, such as <c>dimension = 1e12 with modes = full</c>.</param>
    /// <param name="requiredBytes">Memory that it would need, in bytes.</param>
    /// <param name="availableBytes">Memory that may be used, in bytes.</param>
    /// <param name="remedy">What to do instead.</param>
    public TooLargeException(string what, double requiredBytes, double availableBytes, string remedy)
        : base($"{what} needs about {Amount(requiredBytes)} of memory, and {Amount(availableBytes)} can be used; {remedy}.")
    {
        RequiredBytes = requiredBytes;
    }

    /// <summary>Memory that the request would need, in bytes.</summary>
    public double RequiredBytes { get; }

    private static string Amount(double bytes)
    {
        string[] units = ["MiB", "GiB", "TiB", "PiB", "EiB"];
        var unit = 0;
        for (bytes /= 1L << 20; bytes >= 1024 && unit < units.Length - 1; unit++)
            bytes /= 1024;
        return string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{bytes:0.##} {units[unit]}");
    }
}
