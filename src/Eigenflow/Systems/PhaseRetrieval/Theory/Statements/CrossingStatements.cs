using Eigenflow.Figures;
using Eigenflow.Numerics;
using Eigenflow.Solutions;
using Eigenflow.Spectra;

namespace Eigenflow.Systems.PhaseRetrieval;

/// <summary>Printed statements of arXiv 2511.18661 about s and u on their way to s*: Proposition 13 and Lemma 11.</summary>
internal static class CrossingStatements
{
    private const double Entry = (1.0 / 3) + 0.1;
    private const double Until = 10;
    private const int Runs = 60;
    private static readonly int[] Dimensions = [2, 3, 5, 20];

    /// <summary>All of them.</summary>
    public static IReadOnlyList<PrintedStatement> All(CancellationToken cancellation)
    {
        StatementTrial[] entries = [EntryTrial(10_000, 2, cancellation), EntryTrial(10_000, 1.2, cancellation)];
        var (self, cross) = Overshoots(cancellation);
        return [Misalignment(entries), HeadOverlap(entries), .. new[] { self, cross }];
    }

    /// <summary>How often s exceeds s*, over random starts on the sphere with Gaussian teachers (a = 2).</summary>
    /// <param name="cancellation">Ends the work.</param>
    public static Table OvershootTable(CancellationToken cancellation) => new(
        "overshoots", "Starts from which s exceeds s*", ["d", "runs", "s > s*"],
        [.. Dimensions.Select(dimension => (IReadOnlyList<string>)[DisplayNumber.Of(dimension), DisplayNumber.Of(Runs), DisplayNumber.Of(CountOvershoots(dimension, cancellation))])],
        "Random starts on the unit sphere, Gaussian teachers, a = 2: the largest s along the flow is above s* by more than 10^{-6}.");

    /// <summary>How many of 60 random starts lead to s above s*.</summary>
    /// <param name="dimension">d.</param>
    /// <param name="cancellation">Ends the work.</param>
    public static int CountOvershoots(int dimension, CancellationToken cancellation) => Enumerable.Range(1, Runs).Count(seed =>
    {
        var problem = new PhaseRetrievalProblem { Spectrum = Spectrum.PowerLaw(dimension, 2), Teacher = Teacher.Gaussian(seed), Start = Start.UnitSphere(seed) };
        var flow = problem.Solve(new GradientFlow { KeepsDenseOutput = false }, null, cancellation);
        cancellation.ThrowIfCancellationRequested();
        return flow["one-minus-s"].Min() < -1e-6;
    });

    /// <summary>The largest s and |u| of a flow with their times.</summary>
    /// <param name="problem">The problem; the maxima lie before t = 2.</param>
    /// <param name="cancellation">Ends the work.</param>
    public static (double STime, double S, double UTime, double U) Largest(PhaseRetrievalProblem problem, CancellationToken cancellation)
    {
        var flow = problem.Solve(new GradientFlow { Until = 2, RelativeTolerance = FlowState.Tolerance }, null, cancellation);
        cancellation.ThrowIfCancellationRequested();
        var (selfTime, self) = ScalarMinimum.Find(time => -flow.At(time)["s"], 0, 2, gridPoints: 200);
        var (crossTime, cross) = ScalarMinimum.Find(time => -Math.Abs(flow.At(time)["u"]), 0, 2, gridPoints: 200);
        return (selfTime, -self, crossTime, -cross);
    }

    /// <summary>Two modes λ = (0.8, 0.2), w* = (1, 1).</summary>
    /// <param name="start">w(0).</param>
    public static PhaseRetrievalProblem TwoModes(double[] start) =>
        new() { Spectrum = Spectrum.FromValues([0.8, 0.2]), Teacher = Teacher.FromValues([1, 1]), Start = Start.FromValues(start) };

    // With every mode in the head: measured u = S_≥, then its two caps; the misalignment 1 − u is compared with what (C.11) leaves.
    private static StatementTrial EntryTrial(int dimension, double exponent, CancellationToken cancellation)
    {
        var problem = FlowState.Reference(dimension, exponent);
        var flow = problem.Solve(new GradientFlow { Until = Until, RelativeTolerance = FlowState.Tolerance }, null, cancellation);
        cancellation.ThrowIfCancellationRequested();
        var entry = ScalarRoot.Find(time => flow.At(time)["s"] - Entry, flow.TimeOf(PhaseEvents.Crossing), Until);
        var moment = problem.Modes(cancellation: cancellation).Moments(2).Teacher;
        return new StatementTrial(FormattableString.Invariant($"d = {dimension}, a = {exponent}"), flow.At(entry)["u"], Math.Sqrt(moment * Entry), Math.Sqrt(Entry));
    }

    private static PrintedStatement Misalignment(IEnumerable<StatementTrial> entries) => new()
    {
        Id = "proposition-13",
        Paper = Curves.Paper,
        Place = "Proposition 13, (C.11)",
        Printed = "1 − u ≤ |Σ_{head} λ_i w_i w*_i| + the tail, at s = 1/3 + 0.1 with every mode in the head",
        Corrected = "1 − u ≤ Σ_{head} λ_i w*_i² + |Σ_{head} λ_i w_i w*_i| + the tail",
        IsErratum = true,
        CorrectedKind = PredictionKind.Exact,
        Obtained = "u of the flow where s passes 0.4333",
        Trials = [.. entries.Select(one => new StatementTrial(one.Inputs, 1 - one.Measured, one.Measured, 1 + one.Measured))],
    };

    private static PrintedStatement HeadOverlap(IReadOnlyList<StatementTrial> entries) => new()
    {
        Id = "proposition-13-head",
        Paper = Curves.Paper,
        Place = "Proposition 13, S_{≥}",
        Printed = "|Σ_{head} λ_i w_i w*_i| ≤ √(s*⁽²⁾ s)",
        Corrected = "|Σ_{head} λ_i w_i w*_i| ≤ √(s* s)",
        IsErratum = true,
        CorrectedKind = PredictionKind.Exact,
        Obtained = "u of the flow where s passes 0.4333, every mode in the head",
        Trials = entries,
    };

    // L never rises and is 3(s − s*)² + 4(s s* − u²) with u² ≤ s s*, so that s ≤ s* + √(L(0)/3) for ever.
    private static (PrintedStatement Self, PrintedStatement Cross) Overshoots(CancellationToken cancellation)
    {
        (string Words, double[] Start)[] starts = [("(0.88, 1.37)", [0.88, 1.37]), ("(0.1, √0.99)", [0.1, Math.Sqrt(0.99)])];
        var trials = starts.Select(one =>
        {
            var problem = TwoModes(one.Start);
            var largest = Largest(problem, cancellation);
            var cap = 1 + Math.Sqrt(Landscape.Of(problem).Loss(one.Start) / 3);
            var inputs = $"λ = (0.8, 0.2), w* = (1, 1), w(0) = {one.Words}";
            return (Self: new StatementTrial(inputs, largest.S, 1, cap), Cross: new StatementTrial(inputs, largest.U, 1, Math.Sqrt(cap)));
        }).ToArray();
        return (
            Overshoot("lemma-11-s", "Lemma 11, s", "s ≤ s* along the flow", "s ≤ s* + √(L(0)/3)", [.. trials.Select(trial => trial.Self)]),
            Overshoot("lemma-11-u", "Lemma 11, u", "|u| ≤ s* along the flow", "u² ≤ s*(s* + √(L(0)/3))", [.. trials.Select(trial => trial.Cross)]));
    }

    private static PrintedStatement Overshoot(string id, string place, string printed, string corrected, IReadOnlyList<StatementTrial> trials) => new()
    {
        Id = id,
        Paper = Curves.Paper,
        Place = place,
        Printed = printed,
        Corrected = corrected,
        IsErratum = true,
        CorrectedKind = PredictionKind.Exact,
        Obtained = "largest value along the flow, by its dense output",
        Trials = trials,
    };
}
