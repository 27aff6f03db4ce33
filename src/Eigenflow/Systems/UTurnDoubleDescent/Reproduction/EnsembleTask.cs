using Eigenflow.Figures;
using Eigenflow.Solutions;

namespace Eigenflow.Systems.UTurnDoubleDescent;

/// <summary>The laws p(B) and MSE(B) from the pairs of a few trees against larger forests of other trees; fully grown forests.</summary>
internal static class EnsembleTask
{
    private const int Pairs = 40, Forests = 12;
    private const double FewTrees = 0.1;

    public static ReproductionResult Run(IProgress<Progress>? progress, CancellationToken cancellation)
    {
        var problem = new SmootherProblem { Samples = 300, TestSamples = 300, Seed = 31 };
        var (training, evaluation) = problem.Draw(0);
        var family = new ForestFamily(true, CandidateForm.Root, false, false);
        int[] counts = [1, 2, 4, 8, 16, 32, 64];
        SmootherModel[] models = [.. counts.Select(count => new SmootherModel { Trees = count })];

        // Trees of other seeds on the same points; the law's are not among those that it is compared with.
        var law = EnsembleLaw.Of([.. Enumerable.Range(0, Pairs).Select(tree => family.Fit(training, [new SmootherModel()], new FitContext(1000 + (ulong)tree, 1, cancellation)))], training, evaluation, cancellation);
        var forests = new EffectiveParameters[Forests][];
        for (var forest = 0; forest < Forests; forest++)
        {
            forests[forest] = EffectiveParameters.OfStages(family.Fit(training, models, new FitContext(5000 + (ulong)forest, 1, cancellation)), training, evaluation, 1, null, cancellation);
            progress?.Report(new Progress((forest + 1.0) / Forests, "forests"));
        }

        Series[] Of(string label, int color, Func<EffectiveParameters, double> of, Func<double, double> theory)
        {
            double[] x = [.. counts.Select(count => (double)count)], mean = [.. counts.Select((_, stage) => forests.Average(forest => of(forest[stage])))];
            double[] half = [.. counts.Select((_, stage) => MeanOfRuns.Half([.. forests.Select(forest => of(forest[stage]))]))];
            return
            [
                SolutionSeries.Function(x, theory, label, color, SeriesStyle.Line),
                new Series { Label = label, X = x, Y = mean, Lower = [.. mean.Zip(half, (value, error) => value - error)], Upper = [.. mean.Zip(half, (value, error) => value + error)], Style = SeriesStyle.Points, Color = color, Expected = [.. x.Select(theory)] },
            ];
        }

        Series[] parameters = Of("p_test", 0, one => one.Parameters, law.Parameters), errors = Of("E_test", 1, one => one.SquaredError, law.Error);
        Claim Last(string id, string statement, Series[] series) => Claim.Relative(
            id, statement, series[0].Y[^1], series[1].Y[^1], FewTrees, UTurnReproduction.Derived, DisplayText.Of($"mean of {Forests} forests of {counts[^1]} other trees"), PredictionKind.Asymptotic, (series[1].Upper![^1] - series[1].Lower![^1]) / 2).At("n", problem.Samples);
        return new ReproductionResult
        {
            Figures =
            [
                new Figure
                {
                    Id = "ensembles",
                    Title = Headline.Departure($"Forests of up to {counts[^1]} trees", $"the law of the pairs of {Pairs} trees", Math.Max(parameters[1].LargestDeparture(), errors[1].LargestDeparture())),
                    Caption = DisplayText.Of($"Lines: p(B) = p₁/B + (1 − 1/B) p₁₂ and its like for the error, from all pairs of {Pairs} fully grown trees on {problem.Samples} points. Dots: mean of {Forests} forests of other trees, 95 % intervals."),
                    Panels =
                    [
                        new Panel { Title = "effective parameters", X = new Axis("trees B", true), Y = new Axis("p_test", true), Series = parameters },
                        new Panel { Title = "test error", X = new Axis("trees B", true), Y = new Axis("E_test", true), Series = errors },
                    ],
                },
            ],
            Claims =
            [
                Last("law-parameters", DisplayText.Of($"p_test of {counts[^1]} trees follows from the pairs of {Pairs} others"), parameters),
                Last("law-error", DisplayText.Of($"the error of {counts[^1]} trees follows from the pairs of {Pairs} others"), errors),
                .. FullyGrown(cancellation),
            ],
        };
    }

    // Labels that differ: every tree separates all points.
    private static IEnumerable<Claim> FullyGrown(CancellationToken cancellation)
    {
        var problem = new SmootherProblem { Data = new DataForm(DataKind.Gaussian), Samples = 200, TestSamples = 200, Dimension = 10, Exponent = 0, Seed = 32 };
        var forest = problem.Solve(
            new SmootherSweep { MethodName = "forest", Along = "trees", Family = new ForestFamily(true, CandidateForm.Root, false, false), Model = new SmootherModel { Trees = 50 }, At = [1, 2, 5, 10, 20, 50], Replicas = 4, Seed = 32, Threads = 1 }, null, cancellation);
        cancellation.ThrowIfCancellationRequested();
        yield return Claim.Relative("fully-grown-p-train", "p_train of fully grown forests is n at any number of trees", 200, forest["p-train"].MaxBy(value => Math.Abs(value - 200)), 1e-3, UTurnReproduction.Paper, "the value that is farthest from n, 1 to 50 trees; labels that are nearer than the smallest gain stay in one leaf").At("n", 200);
        yield return Claim.Relative("fully-grown-one", "p_test of one fully grown tree is n", 200, forest["p-test"][0], 1e-3, UTurnReproduction.Derived, "mean over runs").At("n", 200);
        yield return Claim.AtMost("fully-grown-p-test", "p_test of fully grown forests falls with every tree", 1, forest["p-test"].Zip(forest["p-test"].Skip(1), (one, next) => next / one).Max(), UTurnReproduction.Paper, "largest ratio of neighbouring means", PredictionKind.Asymptotic).At("n", 200);
    }
}
