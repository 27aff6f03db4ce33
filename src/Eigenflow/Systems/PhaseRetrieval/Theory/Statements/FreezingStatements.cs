using Eigenflow.Solutions;

namespace Eigenflow.Systems.PhaseRetrieval;

/// <summary>
/// Printed statements of arXiv 2511.18661 about freezing s = u = s* after T₂: Theorem 2, and the error of Theorem 5 with what bounds it. With e = w − w*, ds = 1 − s, du = 1 − u the flow is
/// ė = −8Qe + 12ds Qe + (12ds − 8du)Qw*. While 0 ≤ ds ≤ E and |12ds − 8du| ≤ G after T₂, Duhamel's formula per mode bounds the change by the coupling,
/// |Δe_i| ≤ |e_i|(e^(−(8−12E)λ_iτ) − e^(−8λ_iτ)) + G|w*_i|(1 − e^(−(8−12E)λ_iτ))/(8 − 12E) (derived).
/// </summary>
internal static class FreezingStatements
{
    /// <summary>Errors of the full and the frozen flow a time after T₂, with the corrected bound on their difference, and that with the constant and the terms of the paper.</summary>
    /// <param name="Full">MSE of the flow.</param>
    /// <param name="Ideal">MSE of the frozen flow.</param>
    /// <param name="Bound">Corrected bound on their difference.</param>
    /// <param name="Printed">With A = (ds + du)/8 and without the cross term of deviation and teacher.</param>
    internal readonly record struct Comparison(double Full, double Ideal, double Bound, double Printed)
    {
        /// <summary>|MSE − MSE_ideal|.</summary>
        public double Difference => Math.Abs(Full - Ideal);
    }

    /// <summary>All of them.</summary>
    public static IReadOnlyList<PrintedStatement> All(CancellationToken cancellation)
    {
        double[] early = [0.01, 1, 100, 10_000];
        var steep = Compare(1000, 2, 0.05, early, cancellation);
        var flat = Compare(1000, 1.5, 0.05, early, cancellation);
        var late = Compare(1000, 2, 0.003, early, cancellation);
        var half = HalfDrop(1000, 2, 0.05, cancellation);
        return
        [
            new PrintedStatement
            {
                Id = "theorem-5",
                Paper = Curves.Paper,
                Place = "Theorem 5",
                Printed = "|MSE − MSE_{ideal}| ≤ (1/d) Σ (2A_i e_i² e^{−8λ_iτ} + A_i² w*_i²), A_i = (ds + du)(1 − e^{−8λ_iτ})/8 with ds, du at T₂: the first order of (D.19) with its constant 1/8 and without the cross term, not its letter",
                Corrected = "the bound by Duhamel's formula with the factor 12 and the cross term",
                IsErratum = true,
                CorrectedKind = PredictionKind.Exact,
                Obtained = "flow started again at T₂ against the frozen flow, τ = 0.01 … 10⁴",
                Trials = [.. Trials("d = 1000, a = 2, ε = 0.05", early, steep), .. Trials("d = 1000, a = 1.5, ε = 0.05", early, flat), .. Trials("d = 1000, a = 2, ε = 0.003", early, late)],
            },
            new PrintedStatement
            {
                Id = "theorem-2",
                Paper = Curves.Paper,
                Place = "Theorem 2",
                Printed = "MSE = (1 + O(ε)) MSE_{ideal} until half of the MSE is left, with the constant one",
                Obtained = "largest relative difference of flow and frozen flow",
                Trials = [new("d = 1000, a = 2, ε = 0.05", half.Max(row => row.Difference / row.Ideal), 0.05)],
            },
        ];
    }

    /// <summary>Full and frozen flow at times after T₂.</summary>
    /// <param name="dimension">d, at most 2048: every mode is carried.</param>
    /// <param name="exponent">a.</param>
    /// <param name="accuracy">ε.</param>
    /// <param name="elapsed">τ, ascending.</param>
    /// <param name="cancellation">Ends the work.</param>
    public static Comparison[] Compare(int dimension, double exponent, double accuracy, double[] elapsed, CancellationToken cancellation)
    {
        var problem = FlowState.Reference(dimension, exponent) with { Accuracy = accuracy };
        var state = FlowState.At(problem, FlowState.TimeOf(problem, PhaseEvents.Convergence, cancellation), cancellation);

        // Started again, so that early differences are not those of two long runs.
        var flow = (problem with { Start = Start.FromValues(state.Weights) }).Solve(new GradientFlow { Times = elapsed, RelativeTolerance = 1e-13, KeepsDenseOutput = false }, null, cancellation);
        cancellation.ThrowIfCancellationRequested();
        var now = state.Frozen(0);
        return [.. elapsed.Select((time, row) => Row(state, now, time, flow["mse"][row]))];
    }

    private static Comparison[] HalfDrop(int dimension, double exponent, double accuracy, CancellationToken cancellation)
    {
        var rows = Compare(dimension, exponent, accuracy, TimeGrid.Logarithmic(0.1, 1e5, 60)[1..], cancellation);
        return [.. rows.TakeWhile(row => row.Ideal >= rows[0].Ideal / 2)];
    }

    private static Comparison Row(FlowState state, PhaseStatistics now, double time, double full)
    {
        var (self, cross) = (now.Shortfall, now.Misalignment);
        var forcing = Math.Abs((12 * self) - (8 * cross));
        var rate = 8 - (12 * self);
        double bound = 0, printed = 0;
        for (var j = state.Deviation.Length - 1; j >= 0; j--)
        {
            var eigenvalue = state.Modes.Eigenvalues[j];
            var (deviation, teacher) = (Math.Abs(state.Deviation[j]), Math.Abs(state.Modes.Teacher[j]));
            var frozen = Math.Exp(-8 * eigenvalue * time);
            var slower = Math.Exp(-rate * eigenvalue * time);
            var change = (deviation * (slower - frozen)) + (forcing * teacher * (1 - slower) / rate);
            bound += change * ((2 * deviation * frozen) + change);
            var part = (self + cross) / 8 * (1 - frozen);
            printed += (2 * part * deviation * deviation * frozen) + (part * part * teacher * teacher);
        }

        return new Comparison(full, state.Frozen(time).MeanSquaredError, bound / state.Modes.Dimension, printed / state.Modes.Dimension);
    }

    private static IEnumerable<StatementTrial> Trials(string inputs, double[] elapsed, Comparison[] rows) =>
        rows.Select((row, k) => new StatementTrial(FormattableString.Invariant($"{inputs}, τ = {elapsed[k]}"), row.Difference, row.Printed, row.Bound));
}
