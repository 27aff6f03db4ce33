using Eigenflow.Solutions;

namespace Eigenflow.Systems.MultiClassSgd;

/// <summary>The claim that SGD follows its theory at some times, made alike for all figures.</summary>
internal static class CurveClaims
{
    /// <summary>Largest departure of the mean over runs from the theory, with the 95 % interval of that mean.</summary>
    /// <param name="id">Identifier.</param>
    /// <param name="statement">What is claimed.</param>
    /// <param name="runs">Mean over runs, at the times that are compared.</param>
    /// <param name="theory">The theory, at the same times and more.</param>
    /// <param name="count">Number of runs.</param>
    /// <param name="times">Times that are compared.</param>
    /// <param name="tolerance">Largest departure, a part of the theory.</param>
    /// <param name="column">The observable.</param>
    public static Claim Follows(string id, string statement, Solution runs, Solution theory, int count, double[] times, double tolerance, string column = "risk")
    {
        var (worst, half) = (double.NaN, double.NaN);
        foreach (var time in times)
        {
            var (run, exact) = (Row(runs, time), Row(theory, time));
            var departure = Math.Abs((runs[column][run] / theory[column][exact]) - 1);
            if (departure <= worst)
                continue;
            (worst, half) = (departure, MeanOfRuns.Half(runs[column + "-se"][run], count) / Math.Abs(theory[column][exact]));
        }

        return Claim.AtMost(id, statement, tolerance, worst, Lab.Paper, $"largest relative departure of the mean over {count} runs at t = {string.Join(", ", times.Select(time => DisplayNumber.Of(time)))}", PredictionKind.Asymptotic, half)
            .UpTo(times[^1], "t", times[^1]).At("runs", count);
    }

    private static int Row(Solution solution, double time) => Array.FindIndex(solution["t"], value => Math.Abs((value / time) - 1) < 1e-3);
}
