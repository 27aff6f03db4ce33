using Eigenflow.Solutions;

namespace Eigenflow.Systems.ScalingCollapse;

/// <summary>Means and scatter of many seeds against the theory of the ladder.</summary>
internal static class NoiseClaims
{
    private const int Replicas = 1000;
    private const double Tolerance = 0.15;
    private const double Normal = 1.96;

    private static readonly (string Schedule, double Noise)[] Cases = [("linear", 0), ("constant", 0), ("cosine", 0.01)];

    public static ReproductionResult Run(IProgress<Progress>? progress, CancellationToken cancellation)
    {
        var claims = new List<Claim>();
        foreach (var (index, (schedule, noise)) in Cases.Index())
        {
            progress?.Report(new Progress(index / 3.0, schedule));
            var problem = (LadderLab.Ladder with { Models = [64], Noise = noise }).Under(schedule);
            long[] steps = [256, 1024, 1792, 2304, 2560];
            var runs = problem.Run(new LadderSgd { Replicas = Replicas, Seed = 3, Threads = 1, AtSteps = steps }, cancellation);
            var theory = problem.Run(new LadderTheory { AtSteps = steps }, cancellation);
            var where = $"{schedule}, M = 64, σ² = {DisplayNumber.Of(noise)}; {LadderLab.Setting}";
            claims.Add(MeanOfRuns.Of(runs, theory, "loss", 1).Claim($"mean-{schedule}", $"theory is the mean risk of SGD ({where})", Replicas, null, LadderLab.Derived, "largest distance over x = 0.1, 0.4, 0.7, 0.9, 1", PredictionKind.Exact));
            for (var row = 0; row < steps.Length - 1; row++)
            {
                // A standard deviation of n nearly normal values is known to one part in √(2n).
                var x = DisplayNumber.Of(theory["x"][row]);
                claims.Add(Scatter($"floor-{schedule}-x{x}", $"floor of seeds at x = {x} by Wick's theorem ({where})", theory["floor"][row], runs["floor"][row]));
                claims.Add(Scatter($"deviation-{schedule}-x{x}", $"deviation of the normalised risk over seeds at x = {x} ({where})", theory["deviation"][row], runs["deviation"][row]));
            }
        }

        return new ReproductionResult { Claims = claims };
    }

    private static Claim Scatter(string id, string statement, double predicted, double measured) => Claim.Relative(
        id, statement, predicted, measured, Tolerance, LadderLab.Derived, $"standard deviation over {Replicas} seeds, normal interval", PredictionKind.Heuristic, Normal * measured / Math.Sqrt(2.0 * Replicas)).At("runs", Replicas);
}
