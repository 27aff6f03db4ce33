using Eigenflow.Random;

namespace Eigenflow.Scaling.Collapse;

/// <summary>Seeds of every model, drawn with replacement; addressed by seed and replica.</summary>
internal static class SeedChoice
{
    private const uint Stream = 0x5EED;

    public static int[][] Of(IReadOnlyList<int> seeds, ulong seed, int replica)
    {
        var choice = new int[seeds.Count][];
        for (var m = 0; m < choice.Length; m++)
        {
            choice[m] = new int[seeds[m]];
            for (var s = 0; s < choice[m].Length; s++)
                choice[m][s] = WholeNumbers.Below(Philox.Block(((uint)s, Stream, (uint)m, (uint)replica), ((uint)seed, (uint)(seed >> 32))).Word0, seeds[m]);
        }

        return choice;
    }
}
