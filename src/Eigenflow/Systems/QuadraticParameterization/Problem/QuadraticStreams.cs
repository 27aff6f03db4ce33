using Eigenflow.Random;

namespace Eigenflow.Systems.QuadraticParameterization;

/// <summary>Purposes of random numbers in this system.</summary>
internal static class QuadraticStreams
{
    public const int Samples = 0;
    public const int Signs = 1;
    public const int Rotation = 2;

    private const int Group = 16;

    /// <summary>Whether the target of a mode is negative, by a fair coin of the seed and the mode alone.</summary>
    public static bool IsNegative(long seed, long number)
    {
        Span<double> group = stackalloc double[Group];
        var first = (number - 1) / Group * Group;
        GaussianGenerator.Fill(new GaussianAddress((ulong)seed, Signs, 0, 0), first, group);
        return group[(int)(number - 1 - first)] < 0;
    }
}
