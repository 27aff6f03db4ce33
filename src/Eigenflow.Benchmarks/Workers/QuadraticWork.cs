using System.Diagnostics;
using Eigenflow.Solutions;
using Eigenflow.Systems;
using Eigenflow.Systems.QuadraticParameterization;

namespace Eigenflow.Benchmarks;

/// <summary>The quadratic parameterisation as work of the benchmark: the closed flow at several times, and SGD of the signed model.</summary>
internal static class QuadraticWork
{
    /// <summary>The closed flow: risks at the times of the request.</summary>
    public static WorkerMessage Flow(WorkerMessage request) => Solved(
        Problem(request), new QuadraticFlow { Times = request.Numbers("times"), Modes = request["modes"] is "compressed" ? ModeRepresentation.Compressed : ModeRepresentation.Full });

    /// <summary>One run of SGD: the risk at its end.</summary>
    public static WorkerMessage Sgd(WorkerMessage request)
    {
        var steps = (long)request.Number("steps");
        return Solved(Problem(request), new QuadraticSgd { LearningRate = request.Number("learning-rate"), Steps = steps, AtSteps = [steps], Replicas = 1, Threads = 1, Seed = (long)request.Number("seed") });
    }

    private static QuadraticProblem Problem(WorkerMessage request)
    {
        var size = (long)request.Number("model-size");
        return new() { Exponent = 3, SignalExponent = 1.5, ModelSize = size, Dimension = size, Start = 0.5 };
    }

    private static WorkerMessage Solved(QuadraticProblem problem, Dynamics.Method<QuadraticProblem> method)
    {
        var clock = Stopwatch.StartNew();
        Solution solution = problem.Solve(method);
        return WorkerMessage.Request("", ("seconds", clock.Elapsed.TotalSeconds), ("risk", solution["risk"]));
    }
}
