using System.Diagnostics;
using Eigenflow.Solutions;
using Eigenflow.Systems;
using Eigenflow.Systems.MultiClassSgd;

namespace Eigenflow.Benchmarks;

/// <summary>Two logistic classes of probabilities 0.3 and 0.7 with means of either sign, 1/√d in every mode, and eigenvalues ρ/d and (ρ/d)²: one-pass SGD, and its theory.</summary>
internal static class MixtureWork
{
    /// <summary>One run of SGD.</summary>
    public static WorkerMessage Sgd(WorkerMessage request)
    {
        var problem = Problem(request);
        return Solved(() => problem.Solve(new OnlineSgd { LearningRate = request.Number("learning-rate"), Times = [request.Number("steps") / problem.Dimension], Replicas = 1, Threads = 1, Seed = (long)request.Number("seed") }));
    }

    /// <summary>The theory to a time.</summary>
    public static WorkerMessage Theory(WorkerMessage request)
    {
        var modes = request["modes"] is "compressed" ? ModeRepresentation.Compressed : ModeRepresentation.Full;
        return Solved(() => Problem(request).Solve(new MultiClassTheory { LearningRate = request.Number("learning-rate"), Times = [request.Number("until")], Modes = modes }));
    }

    private static MultiClassProblem Problem(WorkerMessage request) => new()
    {
        Dimension = (long)request.Number("dimension"),
        Classes = [new MixtureClass(0.3, MeanProfile.Flat, ClassSpectrum.PowerLaw(1)), new MixtureClass(0.7, MeanProfile.Flat, ClassSpectrum.PowerLaw(2)) { MeanSize = -1, Label = -1 }],
    };

    private static WorkerMessage Solved(Func<Solution> solve)
    {
        var clock = Stopwatch.StartNew();
        var solution = solve();
        return WorkerMessage.Request("", ("seconds", clock.Elapsed.TotalSeconds), ("risk", solution["risk"]), ("m1", solution["m1"]), ("b11", solution["b11"]), ("integration", solution.Statistics.WallSeconds));
    }
}
