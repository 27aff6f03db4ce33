using Eigenflow.Random;
using Eigenflow.Scaling.Collapse;

namespace Eigenflow.Tests.Scaling.Collapse;

/// <summary>Constant-rate runs with 150 records, noise of every record or common to long stretches of a run, on laws whose horizon exponent is known.</summary>
internal static class NoisyLadder
{
    private const int Records = 150;

    /// <summary>0.5 + 400 t^(−0.3) + 300 p^(−0.35): γ = 7/6 exactly.</summary>
    public static LadderRun[] TwoTerms(int sizes, int seeds, double noise, bool isCommon, int replica) =>
        Runs(Ladder.Decades(6, 8, sizes), Ladder.Decades(5, 10.3, Records), (t, p) => (400 * Math.Pow(t, -0.3)) + (300 * Math.Pow(p, -0.35)), 0.5, seeds, noise, isCommon, replica);

    /// <summary>0.05 + the excess risk of gradient flow on power-law linear regression with p of many modes: γ = 3/2 up to the finite size.</summary>
    public static LadderRun[] Solvable(int sizes, int seeds, double noise, bool isCommon, int replica) =>
        Runs([.. Ladder.Decades(1.5, 2.4, sizes).Select(size => Math.Round(size))], Ladder.Decades(1, 4.2, Records), Excess, 0.05, seeds, noise, isCommon, replica);

    private static double Excess(double tau, double modes)
    {
        var sum = 0.5 * Math.Pow(modes + 0.5, -0.75) / 0.75;
        for (var j = 1; j <= modes; j++)
            sum += 0.5 * Math.Pow(j, -1.75) * Math.Exp(-2 * Math.Pow(j, -1.5) * tau);
        return sum;
    }

    private static LadderRun[] Runs(double[] sizes, double[] times, Func<double, double, double> excess, double floor, int seeds, double noise, bool isCommon, int replica)
    {
        var runs = new List<LadderRun>();
        foreach (var (m, size) in sizes.Index())
        {
            double[] reducible = [.. times.Select(time => excess(time, size))], normals = new double[Records + 1];
            for (var seed = 0; seed < seeds; seed++)
            {
                GaussianGenerator.Fill(new GaussianAddress((ulong)(100 + replica), m, seed, 0), 0, normals);
                var (walk, losses) = (normals[0], new double[Records]);
                for (var k = 0; k < Records; k++)
                {
                    walk = k == 0 ? walk : (0.95 * walk) + (Math.Sqrt(1 - 0.9025) * normals[k]);
                    losses[k] = floor + (reducible[k] * (1 + (noise * (isCommon ? 0.7 * (normals[Records] + walk) : normals[k]))));
                }

                runs.Add(new LadderRun { Size = size, Seed = $"{seed}", Schedule = "constant", Times = times, Losses = losses });
            }
        }

        return [.. runs];
    }
}
