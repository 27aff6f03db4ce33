using Eigenflow.Data;
using Eigenflow.Solutions;
using Eigenflow.Spectra;
using Eigenflow.Systems;
using Eigenflow.Systems.PhaseRetrieval;
using Shouldly;
using Xunit;

namespace Eigenflow.Tests.PhaseRetrieval;

/// <summary>Online SGD on rows of data: the update, its agreement with the theory on Gaussian rows and its departure on others, and its bits.</summary>
public sealed class RowSgdTests
{
    private static readonly Spectrum Law = Spectrum.PowerLaw(12, 1.5);

    private readonly PhaseRetrievalSystem system = new();

    [Theory]
    [InlineData(SamplingPrecision.Double, 1, 1e-14)]
    [InlineData(SamplingPrecision.Double, 7, 1e-13)]
    [InlineData(SamplingPrecision.Single, 1, 2e-6)]
    [InlineData(SamplingPrecision.Single, 7, 2e-6)]
    public void OnTwoOppositeRowsEveryStepIsThatOfGradientDescent(SamplingPrecision precision, int batch, double tolerance)
    {
        // Rows ±v: whichever is drawn, w moves by −4η(w² − w*²)w along v.
        var rows = InputRows.FromMatrix(new DataMatrix(2, 3, [1, 2, 3, 0, 0, 0]));
        var problem = new PhaseRetrievalProblem { Spectrum = rows.Spectrum, Teacher = Teacher.Ones(), Start = Start.FromValues([0.3]) };
        var solution = problem.Solve(new OnlineSgd { Rows = rows, LearningRate = 0.01, AtSteps = [0, 1, 50], Replicas = 2, Batch = batch, Precision = precision });
        var w = 0.3;
        for (var step = 0; step <= 50; step++)
        {
            if (step is 0 or 1 or 50)
            {
                var row = step == 0 ? 0 : step == 1 ? 1 : 2;
                solution["u"][row].ShouldBe(w, tolerance);
                solution["s"][row].ShouldBe(w * w, tolerance);
                solution["loss-rows"][row].ShouldBe(Math.Pow((w * w) - 1, 2), 4 * tolerance);
                solution["loss"][row].ShouldBe(PhaseStatistics.LossOf(w * w, w, 1), 10 * tolerance);
            }

            w -= 4 * 0.01 * ((w * w) - 1) * w;
        }

        solution.SummaryOf("teacher-excess-kurtosis")!.Value.ShouldBe(-2, 1e-12);
        solution.SummaryOf("escape-rate-rows")!.Value.ShouldBe(4, 1e-8);
    }

    [Fact]
    public void GaussianRowsFollowTheTheory()
    {
        var solutions = Compared(RowData.Gaussian(60_000, Law), "replicas=64 steps=20000 learning-rate=0.002 at-steps=500,2000,5000,10000,20000 noise=0.05");
        var rows = solutions[0];

        // The fourth moment of 60 000 normal numbers has a standard error of √(96/60000) = 0.04.
        rows.SummaryOf("teacher-excess-kurtosis")!.Value.ShouldBe(0, 0.16);
        rows.SummaryOf("escape-rate-rows")!.Value.ShouldBe(rows.SummaryOf("escape-rate-gaussian")!.Value, 0.03 * rows.SummaryOf("escape-rate-gaussian")!.Value);
        foreach (var (own, other) in new[] { ("loss", "loss"), ("mse", "mse"), ("s", "s"), ("u", "u") })
        {
            for (var row = 0; row < rows.Times.Length; row++)
            {
                // Against SGD on Gaussian samples: both scatter. 4.5 standard errors of 20 comparisons.
                var error = Math.Sqrt(Math.Pow(rows[own + "-se"][row], 2) + Math.Pow(solutions[1][other + "-se"][row], 2));
                Math.Abs(rows[own][row] - solutions[1][other][row]).ShouldBeLessThan(4.5 * error, own);
            }
        }

        // Late, where fluctuations between runs are small, also against the mean-field theory.
        for (var row = 3; row < rows.Times.Length; row++)
        {
            Math.Abs(rows["loss"][row] - solutions[2]["loss"][row]).ShouldBeLessThan((4.5 * rows["loss-se"][row]) + (0.02 * solutions[2]["loss"][row]));
            rows["loss-rows"][row].ShouldBe(rows["loss"][row], (4.5 * rows["loss-se"][row]) + (0.03 * rows["loss"][row]));
        }

        Verdict(solutions, "sgd, Gaussian inputs").ShouldStartWith("holds");
    }

    [Fact]
    public void HeavyTailedRowsOfTheSameCovarianceDepartAndAreSaidTo()
    {
        var solutions = Compared(RowData.Sparse(60_000, Law), "replicas=32 steps=200000 learning-rate=0.0002 at-steps=1,500,5000,20000,200000");
        var rows = solutions[0];
        var kurtosis = rows.SummaryOf("teacher-excess-kurtosis")!.Value;

        // E x⁴ is 15 (E x²)²; the sample of 12 000 rows that are not zero adds √(96/12000) · 5.
        kurtosis.ShouldBe(12, 2);
        rows.SummaryOf("escape-rate-rows")!.Value.ShouldBe(5 * rows.SummaryOf("escape-rate-gaussian")!.Value, 0.5 * rows.SummaryOf("escape-rate-gaussian")!.Value);

        // Before anything has moved, s ≈ 1/d and u is small: E(P² − R²)² = 5 times the Gaussian formula.
        (rows["loss-rows"][0] / rows["loss"][0]).ShouldBe((3 + kurtosis) / 3, 0.1 * (3 + kurtosis) / 3);
        foreach (var theory in new[] { "sgd, Gaussian inputs", "sgd-theory" })
            Verdict(solutions, theory).ShouldStartWith("departs by");
        Math.Abs(rows["u"][1]).ShouldBeGreaterThan(1.5 * Math.Abs(solutions[1]["u"][1]));
    }

    [Fact]
    public void TheStudentEscapesAtTheRateOfTheFourthMoments()
    {
        var rows = InputRows.FromMatrix(RowData.Sparse(20_000, Law));
        var problem = new PhaseRetrievalProblem { Spectrum = rows.Spectrum, Teacher = Teacher.Ones(), Start = Start.FromValues(Enumerable.Repeat(1e-6, 12)) };
        var solution = problem.Solve(new OnlineSgd { Rows = rows, LearningRate = 2e-4, AtSteps = [1000, 2000], Replicas = 8, Batch = 64 });
        var rate = solution.SummaryOf("escape-rate-rows")!.Value;
        rate.ShouldBeGreaterThan(4 * solution.SummaryOf("escape-rate-gaussian")!.Value);
        (Math.Log(solution["u"][1] / solution["u"][0]) / 0.2).ShouldBe(rate, 0.03 * rate);
    }

    [Fact]
    public void DivergenceNamesTheLimitOfTheRows()
    {
        var rows = InputRows.FromMatrix(RowData.Sparse(2000, Law));
        var problem = new PhaseRetrievalProblem { Spectrum = rows.Spectrum };
        var solution = problem.Solve(new OnlineSgd { Rows = rows, LearningRate = 0.5, Steps = 5000, Replicas = 4 });
        solution.Status.Outcome.ShouldBe(SolveOutcome.Diverged);
        var limit = solution.SummaryOf("largest-learning-rate-rows")!.Value;
        limit.ShouldBeLessThan(0.05);
        solution.Status.Message.ShouldContain(FormattableString.Invariant($"use learning-rate < {limit:G4}"));
        solution.Warnings.ShouldHaveSingleItem().ShouldContain("fourth moments");
        problem.Solve(new OnlineSgd { Rows = rows, LearningRate = limit / 10, Steps = 5000, Replicas = 4 }).Status.Outcome.ShouldBe(SolveOutcome.Completed);
    }

    [Theory]
    [InlineData(SamplingPrecision.Double, 1)]
    [InlineData(SamplingPrecision.Single, 3)]
    public void BitsDependNeitherOnThreadsNorOnInterruptions(SamplingPrecision precision, int batch)
    {
        var rows = InputRows.FromMatrix(RowData.Sparse(3000, Law));
        var problem = new PhaseRetrievalProblem { Spectrum = rows.Spectrum, Noise = 0.1 };
        var method = new OnlineSgd { Rows = rows, LearningRate = 2e-4, Steps = 60_000, Points = 20, Replicas = 3, Batch = batch, Precision = precision, Threads = 1 };
        var whole = problem.Solve(method);
        var store = new MemoryStore();
        using var stop = new CancellationTokenSource();
        problem.Solve(method, store, new StopAt(0.5, stop), stop.Token).Status.Outcome.ShouldBe(SolveOutcome.Cancelled);
        store.States.ShouldNotBeEmpty();
        var resumed = problem.Solve(method with { Threads = 2 }, store);
        store.Continued.ShouldNotBeEmpty();
        var several = problem.Solve(method with { Threads = 2 });
        foreach (var observable in whole.Observables)
        {
            resumed[observable.Name].ShouldBe(observable.Values);
            several[observable.Name].ShouldBe(observable.Values);
        }

        // States of other rows are not continued.
        var others = InputRows.FromMatrix(RowData.Sparse(3000, Law, seed: 5));
        store.Continued.Clear();
        (problem with { Spectrum = others.Spectrum }).Solve(method with { Rows = others, Steps = 100 }, store);
        store.Continued.ShouldBeEmpty();
    }

    private IReadOnlyList<Solution> Compared(DataMatrix data, string options)
    {
        using var folder = new TemporaryFolder();
        var setting = Setting.Empty.With("inputs", "file:" + folder.Write("rows.npy", RowData.Npy(data))).With("teacher", "ones");
        foreach (var parts in options.Split(' ').Select(option => option.Split('=')))
            setting = setting.With(parts[0], system.Parameters.First(parameter => parameter.Name == parts[0]).Parse(parts[1]));
        return
        [
            system.Solve("sgd", setting, cancellation: TestContext.Current.CancellationToken),
            system.Solve("sgd", setting.With("sampling", "gaussian"), cancellation: TestContext.Current.CancellationToken),
            system.Solve("sgd-theory", setting.Without("replicas"), cancellation: TestContext.Current.CancellationToken),
        ];
    }

    private string Verdict(IReadOnlyList<Solution> solutions, string theory) =>
        system.Compare(solutions).First(table => table.Id == "verdict").Rows.First(row => row[0] == theory)[1];
}
