using Eigenflow.Dynamics;
using Eigenflow.Figures;
using Eigenflow.Schedules;
using Eigenflow.Solutions;

namespace Eigenflow.Systems.RaoBlackwellDiffusion.Training;

/// <summary>Trainings of one problem with one target from several seeds, with what is measured of each at some steps and the parameters at the end. Runs of different targets with the same number begin at the same parameters.</summary>
internal sealed class TrainedRuns
{
    // Steps between two looks at cancellation.
    private const long Piece = 256;

    private readonly double[][][] rows;
    private readonly IReadOnlyList<NamedQuantity> quantities;

    private TrainedRuns(TrainingPlan plan, long[] steps, double[][][] rows, double[][] parameters)
    {
        (Plan, Steps, this.rows, Parameters) = (plan, steps, rows, parameters);
        quantities = NetworkMeasure.Of(plan);
    }

    /// <summary>What was trained.</summary>
    public TrainingPlan Plan { get; }

    /// <summary>The measured steps.</summary>
    public long[] Steps { get; }

    /// <summary>Number of runs.</summary>
    public int Count => rows.Length;

    /// <summary>The parameters at the end of each run.</summary>
    public double[][] Parameters { get; }

    /// <summary>Trains.</summary>
    /// <param name="problem">The problem with its target.</param>
    /// <param name="method">The options; its steps and replicas are read.</param>
    /// <param name="steps">The steps at which it is measured, ascending.</param>
    /// <param name="report">Told the part that is done, or null.</param>
    /// <param name="cancellation">Ends it.</param>
    public static TrainedRuns Of(DiffusionProblem problem, NetworkTraining method, long[] steps, Action<double>? report, CancellationToken cancellation)
    {
        var schedule = new LearningRateSchedule(method.ScheduleShape, method.LearningRate ?? 0, steps[^1], method.FinalLearningRate, method.DecaySteps);
        var plan = method.Plan(problem, schedule);
        var width = NetworkMeasure.Of(plan).Count;
        var (rows, parameters) = (new double[method.Replicas][][], new double[method.Replicas][]);
        for (var replica = 0; replica < rows.Length; replica++)
        {
            var trajectory = new NetworkTrajectory(plan, replica);
            rows[replica] = [.. steps.Select(_ => new double[width])];
            foreach (var (index, step) in steps.Index())
            {
                while (trajectory.Step < step)
                {
                    cancellation.ThrowIfCancellationRequested();
                    if (!trajectory.Advance(Math.Min(Piece, step - trajectory.Step)))
                        throw new InvalidOperationException($"training diverged by step {trajectory.Step}");
                }

                trajectory.Observe(rows[replica][index], true);
                report?.Invoke((replica + ((double)step / steps[^1])) / rows.Length);
            }

            parameters[replica] = trajectory.Parameters.ToArray();
        }

        return new TrainedRuns(plan, steps, rows, parameters);
    }

    /// <summary>A quantity of every run, averaged over the last measured steps.</summary>
    /// <param name="quantity">One of <see cref="NetworkMeasure"/>.</param>
    /// <param name="last">How many of the last measured steps.</param>
    public double[] Last(NamedQuantity quantity, int last = 1)
    {
        var at = Column(quantity);
        return [.. rows.Select(run => run[^last..].Average(row => row[at]))];
    }

    /// <summary>The mean of a quantity over runs against steps, with its smallest and largest run as a band; the first step is left out, and the last ones are one point.</summary>
    /// <param name="label">Label of the curve.</param>
    /// <param name="quantity">One of <see cref="NetworkMeasure"/>.</param>
    /// <param name="color">Its colour.</param>
    /// <param name="last">How many of the last measured steps are averaged.</param>
    public Series Curve(string label, NamedQuantity quantity, int color, int last)
    {
        var at = Column(quantity);
        int[] shown = [.. Enumerable.Range(0, Steps.Length - last).Where(row => Steps[row] > 0)];
        double[][] values = [.. shown.Select(row => rows.Select(run => run[row][at]).ToArray()), Last(quantity, last)];
        return new Series
        {
            Label = label,
            X = [.. shown.Select(row => (double)Steps[row]), Steps[^1]],
            Y = [.. values.Select(row => row.Average())],
            Lower = [.. values.Select(row => row.Min())],
            Upper = [.. values.Select(row => row.Max())],
            Color = color,
            Role = SeriesRole.Simulation,
        };
    }

    private int Column(NamedQuantity quantity)
    {
        for (var k = 0; k < quantities.Count; k++)
        {
            if (quantities[k] == quantity)
                return k;
        }

        throw new ArgumentException("It is not measured.", nameof(quantity));
    }
}
