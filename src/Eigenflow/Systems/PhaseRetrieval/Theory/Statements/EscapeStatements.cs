using System.Numerics;
using Eigenflow.Solutions;
using Eigenflow.Spectra;
using MathNet.Numerics.Integration;

namespace Eigenflow.Systems.PhaseRetrieval;

/// <summary>Printed statements of arXiv 2511.18661 about the start and the escape, on the reference inputs unless said otherwise.</summary>
internal static class EscapeStatements
{
    private const int Starts = 400;
    private const int QuadraturePoints = 96;
    private static readonly (int Dimension, double Exponent)[] Spectra = [(100, 2), (1000, 1.5), (10_000, 1.2), (1000, 3), (100, 1.2)];

    /// <summary>All of them.</summary>
    public static IReadOnlyList<PrintedStatement> All(CancellationToken cancellation) =>
        [StartOverlap(cancellation), Coefficient(cancellation), Contour(), Growth(cancellation), Crossing(cancellation), MemoryKernel.Statement(cancellation)];

    private static PrintedStatement StartOverlap(CancellationToken cancellation)
    {
        const int dimension = 1000;
        var values = Enumerable.Range(1, Starts).Select(seed =>
            new PhaseRetrievalProblem { Spectrum = Spectrum.PowerLaw(dimension, 2), Start = Start.UnitSphere(seed) }.Modes(ModeRepresentation.Full, cancellation).Moments(1).Start).ToArray();
        return new PrintedStatement
        {
            Id = "start-overlap",
            Paper = Curves.Paper,
            Place = "s(0) on the sphere",
            Printed = "s(0) ≈ d^{−1/2} for w(0) uniform on the unit sphere",
            Corrected = "s(0) ≈ 1/d",
            IsErratum = true,
            Test = ClaimTest.Relative,
            Margin = 0.25,
            Kind = PredictionKind.Asymptotic,
            CorrectedKind = PredictionKind.Exact,
            Obtained = FormattableString.Invariant($"mean over {Starts} starts"),
            Trials = [new("d = 1000, a = 2", values.Average(), 1 / Math.Sqrt(dimension), 1.0 / dimension, MeanOfRuns.Half(values))],
        };
    }

    private static PrintedStatement Coefficient(CancellationToken cancellation) => new()
    {
        Id = "proposition-9",
        Paper = Curves.Paper,
        Place = "Proposition 9",
        Printed = "|C| √d ≤ 8 s*⁽²⁾^{3/2}/δ_b with δ_b = ρ − 4λ_1 for ‖w(0)‖ = 1",
        Corrected = "|C| ≤ ‖w(0)‖/√(8D′(ρ)), without a sign",
        IsErratum = true,
        CorrectedKind = PredictionKind.Exact,
        Obtained = "escape coefficient C of the linear theory",
        Trials = [.. Spectra[..2].Select(one => CoefficientTrial(one.Dimension, one.Exponent, cancellation))],
    };

    private static StatementTrial CoefficientTrial(int dimension, double exponent, CancellationToken cancellation)
    {
        var modes = FlowState.Reference(dimension, exponent).Modes(ModeRepresentation.Full, cancellation);
        var escape = EscapeTheory.Of(modes);
        var slope = 8 * modes.Sum(j => modes.Weights[j] * Square(modes.Teacher[j] * modes.Eigenvalues[j] / (escape.Rate - (4 * modes.Eigenvalues[j]))));
        var root = Math.Sqrt(dimension);
        return new StatementTrial(
            Words(dimension, exponent), Math.Abs(escape.Coefficient) * root, 8 * Math.Pow(modes.Moments(2).Teacher, 1.5) / (escape.Rate - (4 * modes.LargestEigenvalue)),
            root * Math.Sqrt(modes.Moments(0).Start / (8 * slope)));
    }

    // |1 − F| on the vertical line through σ* = 4λ₁ + δ_b/2, F(z) = 8 Σ λ_i² w*_i²/(z − 4λ_i): the difference F(σ*) − F(ρ) is at least δ_b/2 times the least slope 1/(8 s*⁽²⁾).
    private static PrintedStatement Contour() => new()
    {
        Id = "proposition-9-step-4",
        Paper = Curves.Paper,
        Place = "Proposition 9, step 4",
        Printed = "|1 − F(σ* + iy)| ≥ δ_b/(128 s*⁽²⁾) for all y",
        Corrected = "|1 − F(σ* + iy)| ≥ δ_b/(16 s*⁽²⁾); 1 − F(σ*) itself is negative",
        Test = ClaimTest.AtLeast,
        CorrectedKind = PredictionKind.Exact,
        Obtained = "least value over 200 ordinates",
        Trials =
        [
            .. Spectra.Select(one =>
            {
                var modes = FlowState.Reference(one.Dimension, one.Exponent).Modes(ModeRepresentation.Full);
                var gap = EscapeTheory.Of(modes).Rate - (4 * modes.LargestEigenvalue);
                var line = (4 * modes.LargestEigenvalue) + (gap / 2);
                var least = Enumerable.Range(0, 200).Min(k => Complex.Abs(1 - Transform(modes, new Complex(line, 0.01 * k * k * gap))));
                var moment = modes.Moments(2).Teacher;
                return new StatementTrial(Words(one.Dimension, one.Exponent), least, gap / (128 * moment), gap / (16 * moment));
            }),
        ],
    };

    private static Complex Transform(WeightedModes modes, Complex place)
    {
        var sum = Complex.Zero;
        for (var j = modes.Size - 1; j >= 0; j--)
            sum += 8 * modes.Weights[j] * Square(modes.Teacher[j] * modes.Eigenvalues[j]) / (place - (4 * modes.Eigenvalues[j]));
        return sum;
    }

    private static PrintedStatement Growth(CancellationToken cancellation)
    {
        var steep = GrowthTrials(10_000, 2, [1], cancellation);
        var flat = GrowthTrials(10_000, 1.2, [1, 2], cancellation);
        return new PrintedStatement
        {
            Id = "propositions-5-11",
            Paper = Curves.Paper,
            Place = "Propositions 5, 11",
            Printed = "u⁽ᵏ⁾(t) ≥ −λ_1^k √(ln d/d) e^{4λ_1t} + 8 s*⁽ᵏ⁾ ∫u until T₁",
            Corrected = "the same with s*⁽ᵏ⁺¹⁾ in place of s*⁽ᵏ⁾",
            IsErratum = true,
            Test = ClaimTest.AtLeast,
            Obtained = "u⁽ᵏ⁾ of the flow at T₁(δ = 0.2), ∫u by Gauss–Legendre quadrature of the dense output",
            Trials = [.. steep, .. flat],
        };
    }

    private static IEnumerable<StatementTrial> GrowthTrials(int dimension, double exponent, int[] orders, CancellationToken cancellation)
    {
        var problem = FlowState.Reference(dimension, exponent) with { EscapeThreshold = 0.2 };
        var flow = problem.Solve(new GradientFlow { Until = 10, RelativeTolerance = FlowState.Tolerance }, null, cancellation);
        cancellation.ThrowIfCancellationRequested();
        var time = flow.TimeOf(PhaseEvents.Escape);
        var state = FlowState.At(problem, time, cancellation);
        var integral = GaussLegendreRule.Integrate(at => flow.At(at)["u"], 0, time, QuadraturePoints);
        var largest = state.Modes.LargestEigenvalue;
        foreach (var order in orders)
        {
            var start = Math.Pow(largest, order) * Math.Sqrt(Math.Log(dimension) / dimension) * Math.Exp(4 * largest * time);
            yield return new StatementTrial(
                FormattableString.Invariant($"{Words(dimension, exponent)}, k = {order}"), state.Cross(order),
                (8 * integral * state.Modes.Moments(order).Teacher) - start, (8 * integral * state.Modes.Moments(order + 1).Teacher) - start);
        }
    }

    private static PrintedStatement Crossing(CancellationToken cancellation) => new()
    {
        Id = "proposition-12",
        Paper = Curves.Paper,
        Place = "Proposition 12",
        Printed = "T₁′ ≤ T₁ + (1/3 − s(T₁))/(16 u u⁽²⁾) at T₁",
        Obtained = "first time with s = s*/3 of the flow",
        Trials = [.. new[] { (10_000, 2.0, 0.2), (1000, 1.5, 0.1) }.Select(given => CrossingTrial(given.Item1, given.Item2, given.Item3, cancellation))],
    };

    private static StatementTrial CrossingTrial(int dimension, double exponent, double threshold, CancellationToken cancellation)
    {
        var problem = FlowState.Reference(dimension, exponent) with { EscapeThreshold = threshold };
        var flow = problem.Solve(new GradientFlow { Until = 10, RelativeTolerance = FlowState.Tolerance, KeepsDenseOutput = false }, null, cancellation);
        cancellation.ThrowIfCancellationRequested();
        var time = flow.TimeOf(PhaseEvents.Escape);
        var state = FlowState.At(problem, time, cancellation);
        return new StatementTrial(
            FormattableString.Invariant($"{Words(dimension, exponent)}, δ = {threshold}"), flow.TimeOf(PhaseEvents.Crossing),
            time + (((1.0 / 3) - state.Self(1)) / (16 * state.Cross(1) * state.Cross(2))));
    }

    private static string Words(int dimension, double exponent) => FormattableString.Invariant($"d = {dimension}, a = {exponent}");

    private static double Square(double value) => value * value;
}
