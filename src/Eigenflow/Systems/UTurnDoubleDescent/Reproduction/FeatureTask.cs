using Eigenflow.Figures;
using Eigenflow.Solutions;

namespace Eigenflow.Systems.UTurnDoubleDescent;

/// <summary>Principal components and columns of random features as a map, with the smallest singular value (figure 6 of the paper).</summary>
internal static class FeatureTask
{
    private const int Samples = 80, Runs = 8;

    public static ReproductionResult Run(IProgress<Progress>? progress, CancellationToken cancellation)
    {
        var problem = new SmootherProblem { Samples = Samples, TestSamples = 400, Seed = 14 };
        double[] columns = [80, 120, 160, 240, 320, 480, 640], components = [2, 4, 8, 12, 16, 24, 32, 48, 64, 79];
        var family = new ComponentsFamily(new ColumnForm(5, false));
        Solution Solve(double width) => problem.Solve(
            new SmootherSweep { MethodName = "components", Along = "components", Family = family, Model = new SmootherModel { Columns = (int)width }, At = components, Replicas = Runs, Seed = 14, Threads = 1 }, null, cancellation);
        var sweeps = new List<Solution>();
        foreach (var width in columns)
        {
            sweeps.Add(Solve(width));
            cancellation.ThrowIfCancellationRequested();
            progress?.Report(new Progress((double)sweeps.Count / columns.Length, "components and columns"));
        }

        double At(int column, int component, string observable) => sweeps[column][observable][component];
        double[] smallest = [.. Enumerable.Range(0, columns.Length).Select(column => At(column, components.Length - 1, "singular-value"))];
        double[] best = [.. Enumerable.Range(0, columns.Length).Select(column => components[Array.IndexOf(sweeps[column]["test-error"], sweeps[column]["test-error"].Min())])];
        return new ReproductionResult
        {
            Figures =
            [
                new Figure
                {
                    Id = "components-map",
                    Title = $"The best number of components is {DisplayNumber.Of(best.Min())} to {DisplayNumber.Of(best.Max())} at any number of columns",
                    Caption = DisplayText.Of($"Least squares on principal components of random Fourier features, {Samples} training points. Dots: the smallest error of every number of columns. Mean of {Runs} runs."),
                    Panels =
                    [
                        new Panel
                        {
                            Title = "test error",
                            X = new Axis("columns P_φ", true),
                            Y = new Axis("components P_PC", true),
                            Series = [new Series { Label = "", X = columns, Y = best, Style = SeriesStyle.Points, Role = SeriesRole.Simulation, Color = 1 }],
                            HeatMap = new HeatMap { Label = "E_test", X = columns, Y = components, Values = [.. from component in Enumerable.Range(0, components.Length) from column in Enumerable.Range(0, columns.Length) select At(column, component, "test-error")], IsLogarithmic = true },
                        },
                        new Panel
                        {
                            Title = "smallest singular value",
                            X = new Axis("columns P_φ", true),
                            Y = new Axis("s_min", true),
                            Series = [.. ((int[])[4, 7, 9]).Select((component, k) => new Series
                            {
                                Label = DisplayText.Of($"{components[component]} components"),
                                X = columns,
                                Y = [.. Enumerable.Range(0, columns.Length).Select(column => At(column, component, "singular-value"))],
                                Style = SeriesStyle.Points,
                                Color = k,
                            })],
                        },
                    ],
                },
            ],
            Claims =
            [
                Claim.AtLeast("components-singular-value", "the smallest singular value grows with the excess of columns", 1, smallest.Zip(smallest.Skip(1), (one, next) => next / one).Min(), UTurnReproduction.Paper, "smallest ratio of neighbouring means over the columns", PredictionKind.Asymptotic).At("n", Samples),
            ],
        };
    }
}
