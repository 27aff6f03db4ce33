using Eigenflow.Solutions;

namespace Eigenflow.Systems.QuadraticParameterization;

/// <summary>Claims: mean risks of 4000 runs of SGD against the exact recursion (linear) and closed moments (quadratic models), at three steps.</summary>
internal static class MomentClaims
{
    private const int Replicas = 4000;
    private const long Steps = 2000;
    private static readonly long[] Recorded = [100, 1000, 2000];

    public static ReproductionResult Run(IProgress<Progress>? progress, CancellationToken cancellation)
    {
        var claims = new List<Claim>();
        QuadraticProblem[] cases =
        [
            new() { Exponent = 1.5, SignalExponent = 2, ModelSize = 32, Dimension = 4096, Start = 0.05 },
            new() { Exponent = 3, SignalExponent = 1.5, ModelSize = 32, Dimension = 4096, Start = 0.5 },
        ];
        foreach (var (index, problem) in cases.Index())
        {
            foreach (var (number, (model, name, _)) in QuadraticCurves.Models.Index())
            {
                progress?.Report(new Progress((index + (number / 3.0)) / cases.Length, "running SGD"));
                var one = problem with { Model = model };
                var runs = one.Run(new QuadraticSgd { LearningRate = 0.05, Steps = Steps, ScheduleShape = QuadraticCurves.Geometric, AtSteps = Recorded, Replicas = Replicas, Threads = 1, Seed = 5 }, cancellation);
                var theory = one.Theory(0.05, Steps, cancellation, Recorded);
                var words = $"({name}, {QuadraticCurves.Case(one)}, M = 32, T = 2000, η = 0.05)";
                if (model == QuadraticModel.Linear)
                {
                    claims.Add(MeanOfRuns.Of(runs, theory, "risk", firstStep: 1).Claim(
                        $"moments-{name}-{QuadraticCurves.Id(one)}", $"the mean risk of SGD is that of the exact recursion {words}", Replicas, null, QuadraticCurves.Derived, $"largest distance in standard errors of the mean of {Replicas} runs at k = 100, 1000, 2000; seed 5", PredictionKind.Exact).UpTo(Steps, "k").At("M", 32));
                    continue;
                }

                foreach (var (row, part) in ((int, double)[])[(0, model == QuadraticModel.Signed ? 0.05 : 0.01), (1, 0.01), (2, 0.01)])
                {
                    claims.Add(Claim.Relative(
                        $"moments-{name}-{QuadraticCurves.Id(one)}-k{Recorded[row]}", $"closed moments give the mean risk at k = {Recorded[row]} {words}", theory["risk"][row], runs["risk"][row], part, QuadraticCurves.Derived,
                        $"mean of {Replicas} runs with Student's interval, seed 5", PredictionKind.Heuristic, MeanOfRuns.Half(runs["risk-se"][row], Replicas)).UpTo(Recorded[row], "k").At("M", 32).At("runs", Replicas, 1000));
                }
            }
        }

        claims.AddRange(ConstantRate(cancellation));
        var asymptote = RiskBound.LowerBound(2, 0.25, 1e12, QuadraticProblem.LargestSize) / (Math.Sqrt(0.25 / 1e12) * Math.PI / 2);
        claims.Add(Claim.Relative("lower-bound-asymptote", "LB(T) → (σ²/T)^(1−1/β) π/(β sin(π/β)) (β = 2, σ² = 0.25)", 1, asymptote, 0.01, QuadraticCurves.Derived, "ratio at T = 10^{12}", PredictionKind.Asymptotic).UpTo(1e12, "T").Over("T → ∞"));
        return new ReproductionResult { Claims = claims };
    }

    // At the default step size, four times the noise of the paper's schedule, and without a decay that hides it.
    private static IEnumerable<Claim> ConstantRate(CancellationToken cancellation)
    {
        long[] recorded = [1000, 3000];
        foreach (var (model, name, _) in QuadraticCurves.Models.Where(one => one.Model != QuadraticModel.Linear))
        {
            var problem = new QuadraticProblem { Exponent = 3, SignalExponent = 1.5, ModelSize = 10, Dimension = 10_000, Start = 0.5, Model = model };
            var rate = Stability.Of(problem).SafeRate;
            var runs = problem.Run(new QuadraticSgd { LearningRate = rate, Steps = recorded[^1], AtSteps = recorded, Replicas = Replicas, Threads = 1, Seed = 6 }, cancellation);
            var theory = problem.Run(new MomentClosure { LearningRate = rate, Steps = recorded[^1], AtSteps = recorded }, cancellation);
            for (var row = 0; row < recorded.Length; row++)
            {
                yield return Claim.Relative(
                    $"moments-{name}-constant-k{recorded[row]}", $"closed moments give the mean risk at k = {recorded[row]} of a constant step size, a quarter of the edge ({name}, {QuadraticCurves.Case(problem)}, M = 10)", theory["risk"][row], runs["risk"][row], 0.02, QuadraticCurves.Derived,
                    $"mean of {Replicas} runs with Student's interval, seed 6", PredictionKind.Heuristic, MeanOfRuns.Half(runs["risk-se"][row], Replicas)).UpTo(recorded[row], "k").At("M", 10).At("runs", Replicas, 1000);
            }
        }
    }
}
