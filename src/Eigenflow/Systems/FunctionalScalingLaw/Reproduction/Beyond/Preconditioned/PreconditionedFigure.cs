using Eigenflow.Figures;
using Eigenflow.Scaling;
using Eigenflow.Solutions;

namespace Eigenflow.Systems.FunctionalScalingLaw;

/// <summary>Figure and claims: exponents of bias and tuned loss under the preconditioner H^(−κ), and the κ from which the task is easy.</summary>
internal static class PreconditionedFigure
{
    private const double Capacity = 3, Difficulty = 0.3;
    private const double WindowFrom = 1e9, WindowTo = 1e13;
    private const double LogarithmicTolerance = 0.04;
    private static readonly double[] Preconditioners = [0, 0.1, 0.2, 0.3, 0.4, 0.5];
    private static readonly double[] Shown = [0, 0.2, 0.4];

    public static ReproductionResult Run(IProgress<Progress>? progress, CancellationToken cancellation)
    {
        var claims = new List<Claim> { SameSteps(cancellation) };
        var bias = new List<Series>();
        foreach (var kappa in Shown)
        {
            var (series, claim) = Bias(kappa);
            bias.Add(series);
            claims.Add(claim);
        }

        double[] budgets = LawCurves.Logarithmic(WindowFrom, WindowTo, 9), decays = new double[Preconditioners.Length], constants = new double[Preconditioners.Length];
        for (var k = 0; k < Preconditioners.Length; k++)
        {
            progress?.Report(new Progress(0.1 + (0.9 * k / Preconditioners.Length), "exponents"));
            var law = new PreconditionedLaw(Capacity, Difficulty, Preconditioners[k]);
            decays[k] = Tuned(law, ScheduleFamily.StableDecay, "WSD", "wsd", law.Tuned.DecayData, law.Tuned.WsdDataLogarithm);
            constants[k] = Tuned(law, ScheduleFamily.Constant, "constant rate", "constant", law.Tuned.ConstantData, 0);

            double Tuned(PreconditionedLaw tuned, ScheduleFamily family, string name, string id, double predicted, double logarithm)
            {
                cancellation.ThrowIfCancellationRequested();
                var problem = tuned.Equivalent(new ScalingLawProblem { Features = 1_000_000_000, ModelSize = 1_000_000_000, Noise = 1 });
                double[] losses = [.. budgets.Select(data => BudgetOptimum.ForData(problem, family, FinalLoss.ClosedForm, data, tuned.Tuned.IsEasy ? 0.2 : null).Loss / Math.Pow(Math.Log(data), logarithm))];
                var fit = PowerLaw.Fit(budgets, losses, new PowerLawOptions { WindowStart = WindowFrom, WindowEnd = WindowTo });

                // Near κ* the two regimes cross, and neither law is reached.
                if (Math.Abs(tuned.Preconditioner - tuned.EasyFrom) > 0.1)
                {
                    claims.Add(Claim.Absolute(
                        $"preconditioner-{id}-k{DisplayNumber.Of(tuned.Preconditioner)}",
                        $"under H^{{−κ}} the tuned final loss falls as D^x times the predicted logarithms, x = {DisplayNumber.Of(predicted)} ({name}, s = 0.3, β = 3, κ = {DisplayNumber.Of(tuned.Preconditioner)}, σ² = 1)", predicted, fit.Exponent, LogarithmicTolerance,
                        LawCurves.Derived, "closed-form law of the equivalent problem, best peak (and decay part) for each budget, least squares over D = 10^{9} … 10^{13}; 95 % interval, widened for correlated residuals", PredictionKind.Asymptotic,
                        fit.MeanHalf).UpTo(WindowTo, "D").Over("D from 10^{9} to 10^{13}"));
                }

                return fit.Exponent;
            }
        }

        var easy = new PreconditionedLaw(Capacity, Difficulty, 0).EasyFrom;
        double[] all = [.. Enumerable.Range(0, 56).Select(k => k / 100.0)];
        return new ReproductionResult
        {
            Claims = claims,
            Figures =
            [
                new Figure
                {
                    Id = "preconditioner",
                    Title = $"Tuned loss under H^{{−κ}}: D^{{{DisplayNumber.Of(decays[0], 2)}}} at κ = 0, D^{{{DisplayNumber.Of(decays[^1], 2)}}} at κ = {DisplayNumber.Of(Preconditioners[^1])}; easy from κ = {DisplayNumber.Of(easy, 2)} on",
                    Caption = $"Step v ← v − η H^{{−κ}} g on features λ_j = j^{{−β}}, which is plain SGD with β' = β(1 − κ) and s' = s/(1 − κ); β = {DisplayNumber.Of(Capacity)}, s = {DisplayNumber.Of(Difficulty)}, σ² = 1, N = 10^{{9}}. "
                        + "(a) What the mean iterate has not learned, e(t), with the slopes −s/(1 − κ). (b) Exponent of the tuned final loss in the data, without the predicted logarithms (dots), and its predictions (dashed): the hard task becomes easy at κ = 1 − 1/β − s, from where on a decay has the best exponent −sβ/(1 + sβ) and a preconditioner adds nothing.",
                    Panels =
                    [
                        new Panel
                        {
                            Title = "bias",
                            X = new Axis("intrinsic time t", true),
                            Y = new Axis("e(t)", true),
                            Series = bias,
                            Slopes = [bias[0].Triangle(1e5, 1e6, new PreconditionedLaw(Capacity, Difficulty, Shown[0]).BiasExponent), bias[^1].Triangle(1e4, 1e5, new PreconditionedLaw(Capacity, Difficulty, Shown[^1]).BiasExponent)],
                        },
                        new Panel
                        {
                            Title = "tuned schedules",
                            X = new Axis("κ"),
                            Y = new Axis("exponent of D"),
                            Series =
                            [
                                LawCurves.Function(all, kappa => new PreconditionedLaw(Capacity, Difficulty, kappa).Tuned.ConstantData, "", CurveColors.Schedule("constant"), SeriesStyle.Dashed),
                                LawCurves.Function(all, kappa => new PreconditionedLaw(Capacity, Difficulty, kappa).Tuned.DecayData, "", CurveColors.Schedule("wsd"), SeriesStyle.Dashed),
                                new Series { Label = "constant rate", X = Preconditioners, Y = constants, Style = SeriesStyle.Points, Color = CurveColors.Schedule("constant") },
                                new Series { Label = "WSD", X = Preconditioners, Y = decays, Style = SeriesStyle.Points, Color = CurveColors.Schedule("wsd") },
                            ],
                            Lines = [new ReferenceLine(easy, "1 − 1/β − s")],
                        },
                    ],
                },
            ],
        };
    }

    private static (Series Series, Claim Claim) Bias(double kappa)
    {
        const double from = 1e3, to = 1e8;
        var law = new PreconditionedLaw(Capacity, Difficulty, kappa);
        var modes = law.Equivalent(new ScalingLawProblem { Features = 1_000_000_000, ModelSize = 1_000_000_000 }).Modes(ModeRepresentation.Compressed);
        double[] times = LawCurves.Logarithmic(0.1, to, 60);
        var series = LawCurves.Function(times, modes.SignalProfile, $"κ = {DisplayNumber.Of(kappa)}", (int)Math.Round(10 * kappa) / 2);
        var fit = PowerLaw.Fit(series.X, series.Y, new PowerLawOptions { WindowStart = from, WindowEnd = to });
        return (series, Claim.Absolute(
            $"preconditioner-bias-k{DisplayNumber.Of(kappa)}", $"under H^{{−κ}} the bias falls as t^x, x = −s/(1 − κ) (s = 0.3, β = 3, κ = {DisplayNumber.Of(kappa)})", law.BiasExponent, fit.Exponent, 0.02, LawCurves.Derived,
            "sum over 10^{9} modes, least squares on the logarithms; 95 % interval, widened for correlated residuals", PredictionKind.Asymptotic, fit.MeanHalf).UpTo(to).Over("t from 10^{3} to 10^{8}"));
    }

    // The mean loss of preconditioned SGD in its own coordinates: m_j ← m_j [(1 − ηr_j)² + η²r_j²] + η²λ_j^(1−2κ) (2E + σ²), r_j = λ_j^(1−κ), against the existing recursion of the equivalent problem.
    private static Claim SameSteps(CancellationToken cancellation)
    {
        const int size = 100;
        const long steps = 2000;
        const double kappa = 0.4, rate = 0.1, noise = 0.25;
        var problem = new ScalingLawProblem { Capacity = Capacity, Difficulty = Difficulty, Features = size, ModelSize = size, Noise = noise };
        var equivalent = new PreconditionedLaw(Capacity, Difficulty, kappa).Equivalent(problem).With("constant", rate, steps).Run(new ExactMoments(), cancellation)["loss"][^1];
        double[] eigenvalues = [.. Enumerable.Range(1, size).Select(j => Math.Pow(j, -Capacity))];
        double[] moments = [.. eigenvalues.Select((value, j) => Math.Pow(value, Difficulty - 1) / (j + 1))];
        double Twice() => moments.Zip(eigenvalues, (moment, value) => moment * value).Sum();
        for (var k = 0; k < steps; k++)
        {
            var intensity = Twice() + noise;
            for (var j = 0; j < size; j++)
            {
                var move = rate * Math.Pow(eigenvalues[j], 1 - kappa);
                moments[j] = (moments[j] * (((1 - move) * (1 - move)) + (move * move))) + (rate * rate * Math.Pow(eigenvalues[j], 1 - (2 * kappa)) * intensity);
            }
        }

        return Claim.Relative(
            "preconditioner-same-steps", $"preconditioned SGD is plain SGD with β' = β(1 − κ), s' = s/(1 − κ) (β = 3, s = 0.3, κ = 0.4, N = M = {size}, η = 0.1, σ² = 0.25)", equivalent, Twice() / 2, 1e-10, LawCurves.Derived,
            "exact second moments in the coordinates of the preconditioned step, against the recursion of the equivalent problem").UpTo(steps, "k").At("M", size);
    }
}
