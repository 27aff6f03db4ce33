using System.Diagnostics;
using Eigenflow.Dynamics;
using Eigenflow.Solutions;

namespace Eigenflow.Systems;

/// <summary>Solves a problem of any system by one of its methods.</summary>
public static class ProblemSolving
{
    /// <summary>Solves.</summary>
    /// <typeparam name="TProblem">Type of the problem.</typeparam>
    /// <param name="problem">The problem.</param>
    /// <param name="method">How, with its options.</param>
    /// <param name="progress">Receives reports, or null.</param>
    /// <param name="cancellation">Ends the solve early with the trajectory up to there.</param>
    /// <exception cref="EigenflowException">A member or option that is not allowed.</exception>
    /// <exception cref="OperationCanceledException">Cancelled before there was any trajectory.</exception>
    public static Solution Solve<TProblem>(this TProblem problem, Method<TProblem> method, IProgress<Progress>? progress = null, CancellationToken cancellation = default)
        where TProblem : IProblem => problem.Solve(method, null, progress, cancellation);

    /// <summary>Solves, and keeps the state of what may run for hours, so that the same solve continues after an interruption with the same bits.</summary>
    /// <typeparam name="TProblem">Type of the problem.</typeparam>
    /// <param name="problem">The problem.</param>
    /// <param name="method">How, with its options.</param>
    /// <param name="checkpoint">Where the state is kept; null keeps none.</param>
    /// <param name="progress">Receives reports, or null.</param>
    /// <param name="cancellation">Ends the solve early with the trajectory up to there.</param>
    /// <exception cref="EigenflowException">A member or option that is not allowed.</exception>
    /// <exception cref="OperationCanceledException">Cancelled before there was any trajectory.</exception>
    public static Solution Solve<TProblem>(this TProblem problem, Method<TProblem> method, ICheckpointStore? checkpoint, IProgress<Progress>? progress = null, CancellationToken cancellation = default)
        where TProblem : IProblem
    {
        problem.Validate();
        var start = Stopwatch.GetTimestamp();
        var solution = Numerics.Interruption.During(() => method.Solve(problem, new SolveContext(progress, checkpoint, cancellation)), cancellation);
        return solution.Statistics.WallSeconds > 0 ? solution : solution with { Statistics = solution.Statistics with { WallSeconds = Stopwatch.GetElapsedTime(start).TotalSeconds } };
    }
}
