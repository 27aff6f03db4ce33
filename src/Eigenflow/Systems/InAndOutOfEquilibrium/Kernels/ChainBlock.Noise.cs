using System.Runtime.Intrinsics;
using Eigenflow.Random;

namespace Eigenflow.Systems.InAndOutOfEquilibrium;

/// <content>What a step has beside gradients: thermal noise, noise of a given covariance, and the correction of shuffled epochs.</content>
internal sealed partial class ChainBlock
{
    private void Correct(ref double own, ref double slope)
    {
        for (var i = 0; i < d; i++)
        {
            var sum = Vector512.Create(shift[i]);
            for (var j = 0; j < d; j++)
                sum = Vector512.FusedMultiplyAdd(Vector512.Create(tilt[(i * d) + j]), Vector512.LoadUnsafe(ref own, (nuint)(j * Lanes)), sum);
            (Vector512.LoadUnsafe(ref slope, (nuint)(i * Lanes)) - sum).StoreUnsafe(ref slope, (nuint)(i * Lanes));
        }
    }

    private void Thermal(int group, ref double own, long step, double amplitude)
    {
        Draw(group, step);
        var factor = Vector512.Create(amplitude);
        for (var k = 0; k < d; k++)
        {
            var offset = (nuint)(k * Lanes);
            Vector512.FusedMultiplyAdd(factor, Vector512.LoadUnsafe(ref noise[0], offset), Vector512.LoadUnsafe(ref own, offset)).StoreUnsafe(ref own, offset);
        }
    }

    private void Correlated(int group, ref double own, long step)
    {
        Draw(group, step);
        for (var i = 0; i < d; i++)
        {
            var sum = Vector512.LoadUnsafe(ref own, (nuint)(i * Lanes));
            for (var j = 0; j < d; j++)
                sum = Vector512.FusedMultiplyAdd(Vector512.Create(root[(i * d) + j]), Vector512.LoadUnsafe(ref noise[0], (nuint)(j * Lanes)), sum);
            sum.StoreUnsafe(ref own, (nuint)(i * Lanes));
        }
    }

    private void Draw(int group, long step) => GaussianGenerator.Fill(new GaussianAddress((ulong)plan.Seed, SampleData.Thermal, block, step), (long)group * noise.Length, noise);
}
