using Shouldly;
using Xunit;

namespace Eigenflow.Tests.Hostile;

/// <summary>Runs what reads a hostile file: the outcome is one line, soon, and with little memory.</summary>
internal static class Attack
{
    private const long LargestMemory = 512L << 20;

    /// <summary>The line with which a file is refused. What hangs fails here, and what is allocated altogether bounds the memory.</summary>
    public static async Task<string> Refused(string path, Action read)
    {
        var (line, allocated) = await Task.Run(() =>
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            var refusal = Should.Throw<EigenflowException>(read);
            return (refusal.Message, GC.GetAllocatedBytesForCurrentThread() - before);
        }).WaitAsync(TimeSpan.FromSeconds(120), TestContext.Current.CancellationToken);
        allocated.ShouldBeLessThan(LargestMemory);
        line.ShouldContain(Path.GetFileName(path));
        line.Any(char.IsControl).ShouldBeFalse();
        line.Length.ShouldBeLessThan(4100);
        return line;
    }
}
