using System.Diagnostics;
using Eigenflow.Numerics.Ode;
using Eigenflow.Solutions;

namespace Eigenflow.Dynamics;

/// <summary>What integrating a continuous model gives.</summary>
/// <typeparam name="TRow">A row of statistics.</typeparam>
internal sealed record ContinuousResult<TRow>(
    List<double> Times, List<TRow> Rows, IReadOnlyDictionary<string, double?> Events, SolveStatus Status, SolverStatistics Statistics,
    Func<double, TRow>? Dense, double[] FinalState);

/// <summary>Runs a solver over a model: saves rows by dense output, locates events, changes variables where the model asks for it.</summary>
internal static class ContinuousRun
{
    // Steps that grow in small strides do not overshoot to lengths at which the estimated error happens to vanish.
    private const double LargestGrowth = 2;

    // Dense output is kept while it takes no more than this; larger problems save their rows only.
    private const long LargestDenseBytes = 256L << 20;

    /// <summary>Integrates with the stiff solver.</summary>
    /// <param name="model">What is integrated.</param>
    /// <param name="start">Its state at time zero.</param>
    /// <param name="times">The times to save, ascending; the run ends at the last.</param>
    /// <param name="relativeTolerance">Relative tolerance of the solver.</param>
    /// <param name="events">Looks for events.</param>
    /// <param name="modes">How the modes are carried, for the statistics.</param>
    /// <param name="context">Progress and cancellation.</param>
    /// <param name="stop">Ends the run after a step, or null.</param>
    /// <param name="keepsDenseOutput">Whether any time of the trajectory can be asked for afterwards.</param>
    public static ContinuousResult<TRow> Run<TModel, TRow>(
        TModel model, double[] start, double[] times, double relativeTolerance, IContinuousWatch<TRow> events, string modes,
        SolveContext context, Func<double, TRow, bool>? stop = null, bool keepsDenseOutput = false)
        where TModel : class, IContinuousModel<TRow>, ILowRankSystem =>
        Integrate(model, new StiffSolver<TModel>(model, Options(relativeTolerance)), start, times, events, modes, context, stop, keepsDenseOutput);

    /// <summary>Integrates with the explicit solver, for models that are not stiff; parameters as of <see cref="Run"/>.</summary>
    public static ContinuousResult<TRow> RunExplicit<TModel, TRow>(
        TModel model, double[] start, double[] times, double relativeTolerance, IContinuousWatch<TRow> events, string modes,
        SolveContext context, Func<double, TRow, bool>? stop = null, bool keepsDenseOutput = false)
        where TModel : class, IContinuousModel<TRow> =>
        Integrate(model, new ExplicitSolver<TModel>(model, Options(relativeTolerance)), start, times, events, modes, context, stop, keepsDenseOutput);

    private static AdaptiveOptions Options(double relativeTolerance) => new() { RelativeTolerance = relativeTolerance, LargestGrowth = LargestGrowth };

    private static ContinuousResult<TRow> Integrate<TRow>(
        IContinuousModel<TRow> model, AdaptiveSolver solver, double[] start, double[] times, IContinuousWatch<TRow> events, string modes, SolveContext context, Func<double, TRow, bool>? stop, bool keepsDenseOutput)
    {
        var (progress, _, cancellation) = context;
        var clock = Stopwatch.StartNew();
        var state = (double[])start.Clone();
        var saved = new List<double>();
        var rows = new List<TRow>();
        var dense = new DenseTrajectory<TRow>(keepsDenseOutput ? LargestDenseBytes : 0);
        var scratch = new double[state.Length];

        // The first row is told in the variables that keep its digits, as all others.
        var initial = model.Observe(state);
        if (model.Reformulate(state, initial))
            initial = model.Observe(state);
        var observer = model.Observer();
        events.Begin(initial);
        var next = 0;
        while (next < times.Length && times[next] <= 0)
            Save(times[next++], initial);

        var until = times[^1];
        var status = SolveStatus.Completed;
        solver.Start(0, state);
        var firstLogarithm = Math.Log(Math.Max(times.FirstOrDefault(time => time > 0, until), double.Epsilon));
        Func<Func<TRow, double>, double?> locate = Locate;
        while (solver.Time < until)
        {
            if (cancellation.IsCancellationRequested)
            {
                status = new SolveStatus(SolveOutcome.Cancelled, DisplayText.Plain($"cancelled at t = {solver.Time:G4}; the trajectory is kept up to there"));
                break;
            }

            if (!Stepped())
            {
                if (cancellation.IsCancellationRequested)
                    continue;
                status = new SolveStatus(SolveOutcome.Failed, solver.Failure!);
                break;
            }

            var statistics = model.Observe(solver.State);
            events.Advance(statistics, locate);
            while (next < times.Length && times[next] <= solver.Time)
            {
                Save(times[next], times[next] == solver.Time ? statistics : At(times[next]));
                next++;
            }

            dense.Add(solver, observer);
            progress?.Report(new Progress(Fraction(solver.Time), "integrating"));
            if (stop is not null && stop(solver.Time, statistics))
                break;
            solver.State.CopyTo(scratch);
            if (model.Reformulate(scratch, statistics))
            {
                solver.Start(solver.Time, scratch);
                observer = model.Observer();
            }
        }

        return new ContinuousResult<TRow>(saved, rows, events.ToDictionary(), status, Statistics(), dense.Complete(), solver.State.ToArray());

        // A step that takes long may end in its middle; what was saved before it is whole.
        bool Stepped()
        {
            try
            {
                return solver.Step(until);
            }
            catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
            {
                return false;
            }
        }

        void Save(double time, TRow statistics)
        {
            saved.Add(time);
            rows.Add(statistics);
        }

        TRow At(double time)
        {
            solver.Interpolate(time, scratch);
            return model.Observe(scratch);
        }

        double? Locate(Func<TRow, double> margin) =>
            solver.PreviousTime + EventLocation.FirstRise(0, solver.Time - solver.PreviousTime, elapsed => margin(At(solver.PreviousTime + elapsed)));

        double Fraction(double time) =>
            Math.Clamp((Math.Log(Math.Max(time, double.Epsilon)) - firstLogarithm) / Math.Max(1e-9, Math.Log(until) - firstLogarithm), 0, 1);

        SolverStatistics Statistics() => new()
        {
            Steps = solver.Steps,
            Rejections = solver.Rejections,
            Evaluations = solver.Evaluations,
            Linearizations = solver.Linearizations,
            StateSize = state.Length,
            Modes = modes,
            WallSeconds = clock.Elapsed.TotalSeconds,
        };
    }
}
