using System.Diagnostics;
using Eigenflow.Schedules;
using Eigenflow.Solutions;
using Eigenflow.Systems;
using Eigenflow.Systems.ScalingCollapse;

namespace Eigenflow.Benchmarks;

/// <summary>One model of the solvable ladder (β = 1.5, s = 1/2, N = 4096, B = 4, η = 0.2, linear decay to the horizon M^1.5): exact mean, and one-pass SGD.</summary>
internal static class LadderWork
{
    /// <summary>The exact mean risk at the end.</summary>
    public static WorkerMessage Mean(WorkerMessage request)
    {
        var problem = Problem(request);
        return Solved(() => problem.Solve(new LadderTheory { AtSteps = [problem.StepsOf(problem.Own)] }));
    }

    /// <summary>The mean risk of seeds at the end.</summary>
    public static WorkerMessage Sgd(WorkerMessage request)
    {
        var problem = Problem(request);
        return Solved(() => problem.Solve(new LadderSgd { AtSteps = [problem.StepsOf(problem.Own)], Replicas = (int)request.Number("replicas"), Seed = (long)request.Number("seed"), Threads = 1 }));
    }

    private static ScalingProblem Problem(WorkerMessage request) => new() { Models = [request.Number("model-size")], Shape = new PowerShape(1) };

    private static WorkerMessage Solved(Func<Solution> solve)
    {
        var clock = Stopwatch.StartNew();
        var solution = solve();
        return WorkerMessage.Request("", ("seconds", clock.Elapsed.TotalSeconds), ("risk", new[] { solution["loss"][^1] }));
    }
}
