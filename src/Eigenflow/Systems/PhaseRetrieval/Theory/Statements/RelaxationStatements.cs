using Eigenflow.Solutions;
using Eigenflow.Spectra;

namespace Eigenflow.Systems.PhaseRetrieval;

/// <summary>Printed statements of arXiv 2511.18661 about the MSE: the plateau, Theorems 2 and 5, and the weights of Propositions 14 and 15.</summary>
internal static class RelaxationStatements
{
    private const int Teachers = 16;

    // Means over random teachers need no more.
    private const double Coarse = 1e-7;

    /// <summary>All of them.</summary>
    public static IReadOnlyList<PrintedStatement> All(CancellationToken cancellation) =>
        [Plateau(cancellation), .. FreezingStatements.All(cancellation), TailMeasure(), FlatWeights(cancellation), Benchmark(cancellation)];

    /// <summary>d max π_i with π_i = e_i²/Σ e² at T₂.</summary>
    /// <param name="problem">The problem, with every mode carried.</param>
    /// <param name="cancellation">Ends the work.</param>
    public static double LargestWeight(PhaseRetrievalProblem problem, CancellationToken cancellation)
    {
        var state = FlowState.At(problem, FlowState.TimeOf(problem, PhaseEvents.Convergence, cancellation, Coarse), cancellation, Coarse);
        return problem.Spectrum.Dimension * state.Deviation.Max(value => value * value) / state.Deviation.Sum(value => value * value);
    }

    /// <summary>The largest Ŝ(τ)/S_d(τ) over τ.</summary>
    /// <param name="problem">The problem.</param>
    /// <param name="cancellation">Ends the work.</param>
    public static double LargestRelaxation(PhaseRetrievalProblem problem, CancellationToken cancellation)
    {
        var state = FlowState.At(problem, FlowState.TimeOf(problem, PhaseEvents.Convergence, cancellation), cancellation);
        var error = state.Frozen(0).MeanSquaredError;
        return TimeGrid.Logarithmic(1e-2, 1e2 / (16 * state.Modes.SmallestEigenvalue), 1000).Skip(1).Max(elapsed => state.Frozen(elapsed).MeanSquaredError / error / SpectralRelaxation.Of(state.Modes, elapsed));
    }

    private static PrintedStatement Plateau(CancellationToken cancellation)
    {
        const int dimension = 10_000;
        var problem = FlowState.Reference(dimension, 2);
        var state = FlowState.At(problem, FlowState.TimeOf(problem, PhaseEvents.Convergence, cancellation), cancellation);
        var level = state.Modes.TeacherNormSquared / dimension;
        return new PrintedStatement
        {
            Id = "proposition-4",
            Paper = Curves.Paper,
            Place = "Proposition 4",
            Printed = "|MSE(T₂) − σ*²| ≤ σ*² ((ε^{−a}/d)^{1/3} + (ln d/d)^{1/3}), with the constant one",
            Obtained = "MSE of the flow at T₂",
            Trials =
            [
                new("d = 10000, a = 2, ε = 0.05", Math.Abs(state.Frozen(0).MeanSquaredError - level),
                    level * (Math.Cbrt(Math.Pow(problem.Accuracy, -2) / dimension) + Math.Cbrt(Math.Log(dimension) / dimension))),
            ],
        };
    }

    // λ_i w*_i² of all modes up to λ, by the integral over modes from (c/λ)^(1/a) to d.
    private static PrintedStatement TailMeasure()
    {
        const int dimension = 10_000;
        const double exponent = 2;
        var spectrum = (PowerLawSpectrum)Spectrum.PowerLaw(dimension, exponent);
        var modes = new double[dimension];
        spectrum.Fill(0, modes);
        var largest = 1 / spectrum.Normalization;
        return new PrintedStatement
        {
            Id = "proposition-14",
            Paper = Curves.Paper,
            Place = "Proposition 14",
            Printed = "the measure 8 Σ λ_i w*_i² of all λ_i ≤ λ is the power law 8⟨w*²⟩c^{1/a}λ^β/(a − 1) down to λ_d",
            Corrected = "it is 8⟨w*²⟩(c^{1/a}λ^β − c d^{1−a})/(a − 1), zero below λ_d",
            IsErratum = true,
            Test = ClaimTest.Relative,
            Margin = 0.01,
            Kind = PredictionKind.Asymptotic,
            CorrectedKind = PredictionKind.Asymptotic,
            Obtained = "sum over the modes, all-ones teacher",
            Trials =
            [
                .. new[] { 100, 1000, 5000 }.Select(first =>
                {
                    var law = 8 * Math.Pow(largest, 1 / exponent) * Math.Pow(modes[first - 1], SharpLaw.Exponent(exponent)) / (exponent - 1);
                    return new StatementTrial(
                        FormattableString.Invariant($"d = {dimension}, a = {exponent}, λ = λ_{{{first}}}"), 8 * modes[(first - 1)..].Sum(), law, law - (8 * largest * Math.Pow(dimension, 1 - exponent) / (exponent - 1)));
                }),
            ],
        };
    }

    private static PrintedStatement FlatWeights(CancellationToken cancellation)
    {
        double[] Values(int dimension) =>
            [.. Enumerable.Range(1, Teachers).Select(seed => LargestWeight(new PhaseRetrievalProblem { Spectrum = Spectrum.PowerLaw(dimension, 2), Teacher = Teacher.Gaussian(seed), Start = Start.UnitSphere(seed) }, cancellation))];
        double[] small = Values(100), large = Values(2000);
        return new PrintedStatement
        {
            Id = "proposition-15",
            Paper = Curves.Paper,
            Place = "Proposition 15, weights",
            Printed = "d max π_i is bounded: at d = 2000 no larger than at d = 100, Gaussian teacher",
            Corrected = "d max π_i grows as 2 ln d",
            IsErratum = true,
            CorrectedKind = PredictionKind.Asymptotic,
            Obtained = FormattableString.Invariant($"mean over {Teachers} teachers, π_i = e_i²/Σe² at T₂"),
            Trials = [new("d = 2000, a = 2, ε = 0.05", large.Average(), small.Average(), 2 * Math.Log(2000), MeanOfRuns.Half(large))],
        };
    }

    private static PrintedStatement Benchmark(CancellationToken cancellation)
    {
        var problem = FlowState.Reference(100, 1.2) with { Accuracy = 0.02 };
        return new PrintedStatement
        {
            Id = "proposition-15-benchmark",
            Paper = Curves.Paper,
            Place = "Proposition 15, Ŝ/S_d",
            Printed = "Ŝ(τ) follows S_d(τ), with the ratio one",
            Corrected = "Ŝ(τ) ≤ d max π_i S_d(τ)",
            IsErratum = true,
            CorrectedKind = PredictionKind.Exact,
            Obtained = "largest ratio up to τ = 100/(16λ_d)",
            Trials = [new("d = 100, a = 1.2, ε = 0.02", LargestRelaxation(problem, cancellation), 1, LargestWeight(problem, cancellation))],
        };
    }
}
