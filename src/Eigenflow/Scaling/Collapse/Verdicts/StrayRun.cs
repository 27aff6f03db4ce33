using MathNet.Numerics.Distributions;

namespace Eigenflow.Scaling.Collapse;

/// <summary>Finds one run whose distance from the other seeds of its size is larger than the noise of all runs explains: an externally studentised residual, p &lt; 0.01 over all runs (Bonferroni).</summary>
internal static class StrayRun
{
    private const double Level = 0.01;

    /// <summary>Name of the run; null where none stands out.</summary>
    /// <param name="curves">Curves with two seeds or more of every size.</param>
    public static string? Of(NormalizedCurves curves)
    {
        int[] late = [.. curves.Inner().Where(i => curves.X[i] >= CollapseStatistics.Late - 1e-9)];
        var (largest, name, total, runs) = (0.0, "", 0.0, 0);
        for (var m = 0; m < curves.Models; m++)
        {
            var seeds = curves.Seeds[m].Length;
            var squares = new double[seeds];
            foreach (var i in late)
            {
                var mean = 0.0;
                for (var s = 0; s < seeds; s++)
                    mean += curves.Reducible(m, s, i) / seeds;
                for (var s = 0; s < seeds; s++)
                    squares[s] += Math.Pow((curves.Reducible(m, s, i) / mean) - 1, 2) / late.Length;
            }

            runs += seeds;
            for (var s = 0; s < seeds; s++)
            {
                // Of its size's mean a run is itself a part.
                var own = squares[s] * seeds / (seeds - 1);
                total += squares[s];
                if (own > largest)
                    (largest, name) = (own, DisplayText.Of($"size {curves.Sizes[m]:G4}") + (curves.Seeds[m][s].Length > 0 ? $" seed {curves.Seeds[m][s]}" : ""));
            }
        }

        var free = runs - curves.Models - 1;
        return free > 0 && total > largest && 1 - FisherSnedecor.CDF(1, free, largest / ((total - largest) / free)) < Level / runs ? name : null;
    }
}
