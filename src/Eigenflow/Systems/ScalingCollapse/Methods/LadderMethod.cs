using Eigenflow.Dynamics;
using Eigenflow.Settings;
using Eigenflow.Solutions;

namespace Eigenflow.Systems.ScalingCollapse;

/// <summary>
/// A method for the regression. Every model runs to its own horizon, and all have their rows at equal places x of it: those of equal distances, or those of given steps of the own model.
/// A normalised curve exists once its run has ended: an interrupted solve gives no rows.
/// </summary>
public abstract record LadderMethod : SteppedMethod<ScalingProblem>
{
    /// <summary>The rows: whole steps of the own model, and their places.</summary>
    /// <param name="problem">The problem.</param>
    private protected (long[] Steps, double[] Places) Rows(ScalingProblem problem)
    {
        var (warmup, last) = (problem.Warmup, problem.StepsOf(problem.Own));
        var steps = AtSteps is null ? [.. SumOfPowerLaws.Places(Points).Select(x => warmup + (long)Math.Round(x * (last - warmup))).Where(step => step > warmup).Distinct()] : Grid(last);
        if (problem.Models.Count > 1 && steps[0] < warmup)
            throw new ParameterException("at-steps", steps[0], $"steps from the end of the warm-up ({warmup}) on for several models", "x counts after the warm-up");
        return (steps, [.. steps.Select(step => (double)(step - warmup) / (last - warmup))]);
    }

    internal override Method<ScalingProblem> Configured(SettingView setting) => this with { AtSteps = GridParameters.Steps(setting), Points = setting[ScalingParameters.Points] };

    /// <summary>The columns that all methods of the regression have: place, step, flow time, loss, reducible and normalised loss, trace.</summary>
    private protected static List<Observable> Columns(LadderModel model, long[] steps, double[] places, double[] losses, double[] normalized, double[] traces)
    {
        var offset = model.Problem.Offset;
        return
        [
            ScalingColumns.Place.Column(places), ScalingColumns.Step.Column([.. steps.Select(step => (double)step)]), ScalingColumns.Time.Column([.. steps.Select(model.Schedule.TimeAt)]), ScalingColumns.Loss.Column(losses),
            ScalingColumns.Reducible.Column([.. losses.Select(loss => loss - offset)]), ScalingColumns.Normalized.Column(normalized), ScalingColumns.Trace.Column(traces),
        ];
    }

    /// <summary>The models of a problem, checked, and the number of the own one among them.</summary>
    private protected static (LadderModel[] Models, int Own) ModelsOf(ScalingProblem problem)
    {
        if (problem.Shape.HasOwnRates && problem.Models.Count > 1)
            throw new ParameterException("schedule", problem.Shape.Text, "a shape for a ladder of models, which have runs of different lengths", "give one model-size with a file of learning rates");
        return ([.. problem.Models.Select(size => LadderModel.Of(problem, size))], problem.Models.ToList().IndexOf(problem.Own));
    }

    /// <summary>What is said of a loss that left every bound.</summary>
    private protected static Divergence Diverged(long step) => new(FormattableString.Invariant($"diverged by step {step} (excess risk above 1e9 of the first one)"), "reduce peak, or raise batch");

    /// <summary>Reports the part of all runs that is done, at most every third where the work is small and finer where it is large: without its end a run has nothing to show.</summary>
    private protected static SolveContext Coarse(SolveContext context, double work) => context.Progress is null ? context : context with { Progress = new CoarseProgress(context.Progress, Math.Clamp(LargestQuickWork / work, 1e-3, 0.3)) };

    // Operations that take a few tens of milliseconds.
    private const double LargestQuickWork = 1e7;

    private sealed class CoarseProgress(IProgress<Progress> inner, double least) : IProgress<Progress>
    {
        private readonly Lock gate = new();
        private double last;

        public void Report(Progress value)
        {
            lock (gate)
            {
                if (value.Fraction < last + least)
                    return;
                last = value.Fraction;
            }

            inner.Report(value);
        }
    }
}
