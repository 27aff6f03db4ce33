using Eigenflow.Figures;
using Eigenflow.Numerics.RandomMatrix;
using Eigenflow.Solutions;

namespace Eigenflow.Systems.ScalingRenormalization;

/// <summary>The parts of the error over the number of samples, in theory and in a simulation, where the problem may change with the samples in any way.</summary>
/// <param name="Title">Title of the panel.</param>
/// <param name="At">The problem at a number of samples.</param>
/// <param name="From">First number of samples.</param>
/// <param name="To">Last number of samples.</param>
/// <param name="Simulated">Numbers of samples of the simulation.</param>
internal sealed record PartsPanel(string Title, Func<double, RegressionProblem> At, double From, double To, double[] Simulated)
{
    private const int Points = 80;

    private static readonly (string Label, string[] Columns, Func<RiskParts, double> Of)[] Parts =
    [
        ("test error", ["error"], risk => risk.Error),
        ("bias", ["bias"], risk => risk.Bias),
        ("variance of data", ["var-x"], risk => risk.Data),
        ("variance of features", ["var-f", "var-xf"], risk => risk.Features + risk.Both),
        ("label noise", ["var-x-noise", "var-xf-noise"], risk => risk.Labels + risk.LabelsAndFeatures),
    ];

    /// <summary>Repeats of the simulation.</summary>
    public int Replicas { get; init; } = 40;

    /// <summary>Seed of the simulation.</summary>
    public long Seed { get; init; } = 1;

    /// <summary>Guides of slopes.</summary>
    public IReadOnlyList<(int Part, double From, double To, double Slope)> Slopes { get; init; } = [];

    /// <summary>Draws the panel, and hands out the rows of the simulation.</summary>
    /// <param name="cancellation">Ends the work.</param>
    public (Panel Panel, IReadOnlyList<(RegressionProblem Problem, Solution Simulated, int Row)> Rows) Draw(CancellationToken cancellation)
    {
        double[] samples = TimeGrid.Logarithmic(From, To, Points)[1..];
        RiskParts[] theory = [.. samples.Select(Risk)];
        var rows = new List<(RegressionProblem Problem, Solution Simulated, int Row)>();
        foreach (var place in Simulated)
        {
            cancellation.ThrowIfCancellationRequested();
            var problem = At(place);
            rows.Add((problem, problem.Solve(new RegressionSimulation { Along = "samples", At = [place], Replicas = Replicas, Threads = 1, Seed = Seed, DataSets = 3, FeatureDraws = 3 }, null, cancellation), 0));
        }

        cancellation.ThrowIfCancellationRequested();
        var series = new List<Series>();
        var guides = new List<SlopeGuide>();
        foreach (var (color, (label, columns, of)) in Parts.Index())
        {
            if (theory.All(risk => of(risk) == 0))
                continue;
            var line = new Series { Label = label, X = samples, Y = [.. theory.Select(of)], Color = color - 1 };
            series.Add(line);
            guides.AddRange(Slopes.Where(guide => guide.Part == color).Select(guide => Scaling.SlopeMeasurement.Guide(line, guide.From, guide.To, guide.Slope)));
            if (rows.Count == 0)
                continue;
            double[] means = [.. rows.Select(row => columns.Sum(column => row.Simulated[column][0]))];
            var dots = new Series { Label = "", X = Simulated, Y = means, Style = SeriesStyle.Points, Color = color - 1 };
            if (color == 0)
            {
                double[] half = [.. rows.Select(row => MeanOfRuns.Half(row.Simulated["error" + ReplicaColumns.Error][0], Replicas))];
                dots = dots with { Lower = [.. means.Zip(half, (mean, width) => mean - width)], Upper = [.. means.Zip(half, (mean, width) => mean + width)], Expected = [.. Simulated.Select(place => Risk(place).Error)] };
            }

            series.Add(dots);
        }

        return (new Panel { Title = Title, X = new Axis("samples P", true), Y = new Axis("part of E_{g}", true), Series = series, Slopes = guides }, rows);

        RiskParts Risk(double place) => At(place) is var one ? one.Equivalent().At(one.Ridge).Risk(one.Noise) : throw new InvalidOperationException();
    }
}
