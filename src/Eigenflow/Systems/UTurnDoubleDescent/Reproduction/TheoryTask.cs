using Eigenflow.Figures;
using Eigenflow.Solutions;

namespace Eigenflow.Systems.UTurnDoubleDescent;

/// <summary>Least squares and ridge regression on drawn Gaussian columns against theory at finite and at large size.</summary>
internal static class TheoryTask
{
    private const int Samples = 100, Runs = 100;
    private const double FiniteSize = 0.1;

    private static readonly (string Id, double Exponent, double Ridge, string Name)[] Cases = [("isotropic", 0, 0, "a = 0, λ = 0"), ("power-law", 1, 0, "a = 1, λ = 0"), ("ridge", 1, 2, "a = 1, λ = 2")];

    public static ReproductionResult Run(IProgress<Progress>? progress, CancellationToken cancellation)
    {
        double[] at = [25, 50, 75, 150, 200, 300];
        const int dimension = 400;
        var series = new List<Series>();
        var claims = new List<Claim>();
        for (var k = 0; k < Cases.Length; k++)
        {
            var (id, exponent, ridge, name) = Cases[k];
            var problem = new SmootherProblem { Data = new DataForm(DataKind.Gaussian), Samples = Samples, TestSamples = 400, Dimension = dimension, Exponent = exponent, Noise = 0.1, Seed = 21 + k };
            var theory = problem.Solve(new TheoryCurve { Along = "columns", Columns = 1, Ridge = ridge, From = 4, To = dimension, Points = 200 }, null, cancellation);
            var drawn = problem.Solve(
                new SmootherSweep { MethodName = "ridge", Along = "columns", Family = new LeastSquaresFamily(new ColumnForm(null, false)), Model = new SmootherModel { Ridge = ridge }, At = at, Replicas = Runs, Seed = problem.Seed, Threads = 1 }, null, cancellation);
            cancellation.ThrowIfCancellationRequested();
            progress?.Report(new Progress((k + 1.0) / Cases.Length, name));
            series.Add(SolutionSeries.Of(theory, "p-test", name, k));
            series.Add(SolutionSeries.Of(drawn, "p-test", name, k, SeriesStyle.Points).Against(column => SmootherTheory.Of(Samples, (long)column, exponent, ridge).Test));
            claims.AddRange(Compared(id, name, drawn, column => SmootherTheory.Of(Samples, (long)column, exponent, ridge, dimension, problem.Noise)));
            if (exponent == 0)
                claims.Add(Exact(drawn));
        }

        // The paper's peak on both sides of n, and far beyond it the plateau of a power law.
        foreach (var columns in (long[])[80, 125])
            claims.Add(Claim.Relative(DisplayText.Of($"isotropic-peak-{columns}"), DisplayText.Of($"p_test of least squares on {columns} isotropic columns beside n = {Samples} is n min(n, P)/|P − n|"), (double)Samples * Math.Min(Samples, columns) / Math.Abs(columns - Samples), SmootherTheory.Of(Samples, columns, 0, 0).Test, 1e-9, UTurnReproduction.Derived, "the deterministic equivalent", PredictionKind.Asymptotic));
        claims.Add(Claim.Relative("power-law-plateau", "p_test of least squares on columns of the variances j^(−2) far beyond n tends to n(a − 1)", 1000, SmootherTheory.Of(1000, 1_000_000_000, 2, 0).Test, 0.01, UTurnReproduction.Derived, "the deterministic equivalent at n = 1000, P = 10⁹", PredictionKind.Asymptotic).At("P", 1e9));
        var largest = series.Where(one => one.Expected is not null).Max(one => one.LargestDeparture());
        return new ReproductionResult
        {
            Figures =
            [
                new Figure
                {
                    Id = "least-squares",
                    Title = Headline.Departure("p_test of drawn designs", "its theory", largest),
                    Caption = DisplayText.Of($"Least squares and ridge regression on Gaussian columns of the variances j^{{−a}}, {Samples} training points. Lines: theory of large dimensions; dots: mean of {Runs} designs, bars from the 10 to the 90 % quantile."),
                    Panels = [new Panel { X = new Axis("columns P", true), Y = new Axis("effective parameters p_test", true), Series = series }],
                },
            ],
            Claims = claims,
        };
    }

    // Every row within the finite size, stated in advance, or the interval of its mean: the farthest one.
    private static IEnumerable<Claim> Compared(string id, string name, Solution drawn, Func<double, SmootherTheory> theory)
    {
        foreach (var (observable, of) in ((string, Func<SmootherTheory, double>)[])[("p-test", row => row.Test), ("p-train", row => row.Train), ("test-error", row => row.TestError)])
        {
            var worst = Enumerable.Range(0, drawn.Rows).Select(row => (Row: row, Theory: of(theory(drawn.Axis.Values[row])), Mean: drawn[observable][row], Half: MeanOfRuns.Half(drawn[observable + ReplicaColumns.Error][row], Runs)))
                .MaxBy(row => Math.Max(0, Math.Abs(row.Mean - row.Theory) - row.Half) / row.Theory);
            yield return Claim.Relative(
                $"{id}-{observable}", DisplayText.Of($"{observable} of drawn designs ({name}) is that of large dimensions"), worst.Theory, worst.Mean, FiniteSize, UTurnReproduction.Derived,
                DisplayText.Of($"mean of {Runs} designs at the columns that are farthest from theory, P = {drawn.Axis.Values[worst.Row]}"), PredictionKind.Asymptotic, worst.Half).At("n", Samples).At("runs", Runs);
        }
    }

    private static Claim Exact(Solution drawn) => MeanOfRuns.Of(Enumerable.Range(0, drawn.Rows).Select(row => (drawn["p-test"][row], SmootherTheory.IsotropicTest(Samples, (int)drawn.Axis.Values[row]), drawn["p-test" + ReplicaColumns.Error][row])))
        .Claim("isotropic-exact", "p_test of isotropic designs is np/(n − p − 1) or n²/(p − n − 1) on average", Runs, null, UTurnReproduction.Derived, "mean over designs at six numbers of columns", PredictionKind.Exact);
}
