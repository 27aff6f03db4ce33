using Eigenflow.Numerics;
using Eigenflow.Solutions;

namespace Eigenflow.Systems.PhaseRetrieval;

/// <summary>Printed statements of arXiv 2511.18661 about Phase IIb and what follows it: Corollary 1, Remark 5, Lemma 14, exponents and equations of appendix D.</summary>
internal static class ConvergenceStatements
{
    /// <summary>All of them.</summary>
    public static IReadOnlyList<PrintedStatement> All(CancellationToken cancellation) =>
        [Duration(cancellation), LastMode(cancellation), Exponent(cancellation), Equation(cancellation), Persistence(cancellation), .. Overshoots(cancellation)];

    /// <summary>The largest 1 − u and 1 − s of the frozen flow after T₂, over those at T₂.</summary>
    /// <param name="dimension">d.</param>
    /// <param name="exponent">a.</param>
    /// <param name="accuracy">ε.</param>
    /// <param name="cancellation">Ends the work.</param>
    public static (double U, double S, double BoundU, double BoundS) FrozenOvershoot(int dimension, double exponent, double accuracy, CancellationToken cancellation)
    {
        var problem = FlowState.Reference(dimension, exponent) with { Accuracy = accuracy };
        var state = FlowState.At(problem, FlowState.TimeOf(problem, PhaseEvents.Convergence, cancellation), cancellation);
        var now = state.Frozen(0);
        double Largest(Func<PhaseStatistics, double> read) => -ScalarMinimum.Find(logarithm => -read(state.Frozen(Math.Exp(logarithm))), Math.Log(1e-4), Math.Log(1e5), gridPoints: 300).Value;
        var beta = SharpLaw.Exponent(exponent);
        return (Largest(row => row.Misalignment) / now.Misalignment, Largest(row => row.Shortfall) / now.Shortfall, 1 / ((1.0 / 3) + Math.Pow(2, -beta - 1)), 3 * (1 - Math.Pow(2, -beta - 1)));
    }

    private static PrintedStatement Duration(CancellationToken cancellation)
    {
        (int Dimension, double Exponent, double Accuracy)[] inputs = [(1000, 2, 0.05), (1000, 2, 0.01), (1000, 1.5, 0.01), (100, 3, 0.01), (10_000, 3, 0.01)];
        return new PrintedStatement
        {
            Id = "corollary-1",
            Paper = Curves.Paper,
            Place = "Corollary 1",
            Printed = "T₂ ≤ ε^{−2a/(a−1)} ln(1/ε), with the constant one",
            Obtained = "event of the flow",
            Trials =
            [
                .. inputs.Select(one => new StatementTrial(
                    Words(one.Dimension, one.Exponent, one.Accuracy), FlowState.TimeOf(FlowState.Reference(one.Dimension, one.Exponent) with { Accuracy = one.Accuracy }, PhaseEvents.Convergence, cancellation),
                    Math.Pow(one.Accuracy, -2 * one.Exponent / (one.Exponent - 1)) * Math.Log(1 / one.Accuracy))),
            ],
        };
    }

    private static PrintedStatement LastMode(CancellationToken cancellation)
    {
        const int dimension = 1000;
        const double exponent = 3;
        var problem = FlowState.Reference(dimension, exponent) with { Accuracy = 1.0 / dimension };
        var flow = problem.Solve(new GradientFlow { RelativeTolerance = FlowState.Tolerance, KeepsDenseOutput = false }, null, cancellation);
        cancellation.ThrowIfCancellationRequested();
        return new PrintedStatement
        {
            Id = "remark-5",
            Paper = Curves.Paper,
            Place = "Remark 5",
            Printed = "T₂(1/d) is of the order d^a",
            Corrected = "T₂(ε) = T₁′ + the time of the sharp law",
            IsErratum = true,
            Test = ClaimTest.Relative,
            Margin = 0.03,
            Kind = PredictionKind.Asymptotic,
            CorrectedKind = PredictionKind.Asymptotic,
            Obtained = "event of the flow",
            Trials =
            [
                new("d = 1000, a = 3", flow.TimeOf(PhaseEvents.Convergence), Math.Pow(dimension, exponent),
                    flow.TimeOf(PhaseEvents.Crossing) + new SharpLaw(problem.Modes(cancellation: cancellation)).TimeTo(1.0 / dimension)),
            ],
        };
    }

    private static PrintedStatement Exponent(CancellationToken cancellation)
    {
        const double exponent = 4;
        const double time = 100;
        const double step = 1e-3;
        var problem = FlowState.Reference(5000, exponent);
        var flow = problem.Solve(new GradientFlow { Times = [time * Math.Exp(-step), time * Math.Exp(step)], RelativeTolerance = FlowState.Tolerance, KeepsDenseOutput = false }, null, cancellation);
        cancellation.ThrowIfCancellationRequested();
        return new PrintedStatement
        {
            Id = "late-exponent",
            Paper = Curves.Paper,
            Place = "appendix D, 1 − u",
            Printed = "1 − u falls as t^{−1/a}",
            Corrected = "1 − u falls as t^{−(a−1)/a}",
            IsErratum = true,
            Test = ClaimTest.Relative,
            Margin = 0.02,
            Kind = PredictionKind.Asymptotic,
            CorrectedKind = PredictionKind.Asymptotic,
            Obtained = "local slope −d ln(1 − u)/d ln t of the flow",
            Trials = [new("d = 5000, a = 4, t = 100", -Math.Log(flow["one-minus-u"][1] / flow["one-minus-u"][0]) / (2 * step), 1 / exponent, SharpLaw.Exponent(exponent))],
        };
    }

    // With ds = 1 − s and du = 1 − u: ė = −8Qe + 12ds Qe + (12ds − 8du) Qw*.
    private static PrintedStatement Equation(CancellationToken cancellation)
    {
        var problem = FlowState.Reference(1000, 2);
        var time = FlowState.TimeOf(problem, PhaseEvents.Convergence, cancellation);
        var step = 1e-2 * time;
        var flow = problem.Solve(new GradientFlow { Times = [time - (2 * step), time - step, time + step, time + (2 * step)], RelativeTolerance = FlowState.Tolerance, KeepsDenseOutput = false }, null, cancellation);
        cancellation.ThrowIfCancellationRequested();
        var state = FlowState.At(problem, time, cancellation);
        var (self, cross) = (1 - state.Self(1), 1 - state.Cross(1));
        double Form(double[] left) => state.Sum(j => Math.Pow(state.Modes.Eigenvalues[j], 2) * left[j] * state.Modes.Teacher[j]);
        var (deviation, weights, teacher) = (Form(state.Deviation), Form(state.Weights), state.Modes.Moments(2).Teacher);
        var u = flow["u"];
        return new PrintedStatement
        {
            Id = "equation-d-11",
            Paper = Curves.Paper,
            Place = "(D.11), forcing",
            Printed = "ẇ = −8Qw − 12ds Qw + 8du Qw*",
            Corrected = "ė = −8Qe + 12ds Qe + (12ds − 8du) Qw*, e = w − w*",
            IsErratum = true,
            Test = ClaimTest.Relative,
            Margin = 1e-4,
            Kind = PredictionKind.Exact,
            CorrectedKind = PredictionKind.Exact,
            Obtained = "du/dt at T₂ by fourth-order central differences of the flow, against w*ᵀQ times the equation",
            Trials =
            [
                new(Words(1000, 2, problem.Accuracy), (u[0] - (8 * u[1]) + (8 * u[2]) - u[3]) / (12 * step),
                    (8 * cross * teacher) - ((8 + (12 * self)) * weights), (((12 * self) - 8) * deviation) + (((12 * self) - (8 * cross)) * teacher)),
            ],
        };
    }

    private static PrintedStatement Persistence(CancellationToken cancellation)
    {
        (int Dimension, double Exponent, double Accuracy)[] inputs = [(1000, 2, 0.05), (1000, 1.5, 0.05), (100, 2, 0.01), (200, 1.2, 0.05), (1000, 3, 0.01), (10_000, 2, 0.05)];
        return new PrintedStatement
        {
            Id = "lemma-14",
            Paper = Curves.Paper,
            Place = "Lemma 14",
            Printed = "(1 − s) + (1 − u) after T₂ stays below C times its value at T₂, with C = 1",
            Obtained = "200 times up to 10⁴ T₂",
            Trials =
            [
                .. inputs.Select(one =>
                {
                    var problem = FlowState.Reference(one.Dimension, one.Exponent) with { Accuracy = one.Accuracy };
                    var converged = FlowState.TimeOf(problem, PhaseEvents.Convergence, cancellation);
                    var flow = problem.Solve(new GradientFlow { Times = TimeGrid.Logarithmic(converged, 1e4 * converged, 200)[1..], RelativeTolerance = FlowState.Tolerance, KeepsDenseOutput = false }, null, cancellation);
                    cancellation.ThrowIfCancellationRequested();
                    var sums = flow["one-minus-s"].Zip(flow["one-minus-u"], (self, cross) => self + cross).ToArray();
                    return new StatementTrial(Words(one.Dimension, one.Exponent, one.Accuracy), sums.Max(), sums[0]);
                }),
            ],
        };
    }

    private static IEnumerable<PrintedStatement> Overshoots(CancellationToken cancellation)
    {
        var largest = FrozenOvershoot(1000, 2, 0.05, cancellation);
        yield return Overshoot("u", "1 − u", largest.U, largest.BoundU, "1/(1/3 + 2^{−β−1})");
        yield return Overshoot("s", "1 − s", largest.S, largest.BoundS, "3(1 − 2^{−β−1})");

        PrintedStatement Overshoot(string name, string quantity, double ratio, double limit, string words) => new()
        {
            Id = "lemma-14-step-3-" + name,
            Paper = Curves.Paper,
            Place = $"Lemma 14, step 3, {name}",
            Printed = $"{quantity} of the frozen flow never exceeds its value at T₂",
            Corrected = $"{quantity} of the frozen flow exceeds its value at T₂ by at most the factor {words}, β = (a − 1)/a",
            IsErratum = true,
            CorrectedKind = PredictionKind.Asymptotic,
            Obtained = "largest value of the frozen flow over that at T₂",
            Trials = [new(Words(1000, 2, 0.05), ratio, 1, limit)],
        };
    }

    private static string Words(int dimension, double exponent, double accuracy) => FormattableString.Invariant($"d = {dimension}, a = {exponent}, ε = {accuracy}");
}
