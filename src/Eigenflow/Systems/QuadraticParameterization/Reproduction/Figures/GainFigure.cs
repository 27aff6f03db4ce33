using Eigenflow.Figures;
using Eigenflow.Solutions;

namespace Eigenflow.Systems.QuadraticParameterization;

/// <summary>Figure 5: the exponent that the quadratic model gains over (α, β), with points measured in the flow.</summary>
internal static class GainFigure
{
    private const int Cells = 41;
    private const long ModelSize = 1_000_000_000;
    private const double FirstFront = 1e5;
    private const double LastFront = 1e6;
    private const double Tolerance = 0.01;

    private static readonly (double Exponent, double SignalExponent)[] Points = [(2, 1.5), (3, 1.5), (3, 2.5), (4, 2), (4, 3.5), (4.5, 2.5), (4.5, 4)];

    public static ReproductionResult Run(IProgress<Progress>? progress, CancellationToken cancellation)
    {
        double[] axis = [.. Enumerable.Range(0, Cells).Select(k => 1 + (4.0 * (k + 0.5) / Cells))];
        double[] gains = [.. axis.SelectMany(beta => axis.Select(alpha => Gain(alpha, beta)))];
        var measured = new List<(double Predicted, double Measured)>();
        var claims = new List<Claim>();
        foreach (var (index, (alpha, beta)) in Points.Index())
        {
            cancellation.ThrowIfCancellationRequested();
            progress?.Report(new Progress((double)index / Points.Length, "flows of 10⁹ modes"));
            var problem = new QuadraticProblem { Exponent = alpha, SignalExponent = beta, ModelSize = ModelSize, Dimension = QuadraticProblem.LargestSize, Start = 0.5 };
            var gain = Slope(problem) - Slope(problem with { Model = QuadraticModel.Linear });
            measured.Add((Gain(alpha, beta), gain));
            claims.Add(Claim.Absolute(
                $"gain-{QuadraticCurves.Id(problem)}", $"the quadratic flow gains 2(β − 1)/(α + β) − (β − 1)/α in the exponent ({QuadraticCurves.Case(problem)}, M = 10^{{9}})", Gain(alpha, beta), gain, Tolerance, QuadraticCurves.Derived,
                $"slopes of the flow in t/ln t (signed) and t (linear) while the front goes from mode 10^{{5}} to 10^{{6}}", PredictionKind.Asymptotic).At("M", ModelSize).Over("t → ∞, front far below M"));
        }

        var worst = measured.Max(pair => Math.Abs(pair.Predicted - pair.Measured));
        return new ReproductionResult
        {
            Claims = claims,
            Figures =
            [
                new Figure
                {
                    Id = "figure-5",
                    Title = $"Exponent gained beyond α = β: {Points.Length} flows within {DisplayNumber.Of(worst, 2)} of the prediction",
                    Caption = "(a) Gain p_quad − p_lin of the data exponent, (β − 1)(α − β)/(α(α + β)) for α > β and 0 otherwise; dotted: α = β; dots: where it was measured. (b) Gain of the population flow of M = 10^{9} modes (d = 10^{15}, c = 0.5), slopes in t/ln t (signed) and t (linear) while the front goes from mode 10^{5} to 10^{6}; dotted: equality.",
                    Panels =
                    [
                        new Panel
                        {
                            Title = "predicted gain",
                            X = new Axis("spectral exponent α", false, 1, 5),
                            Y = new Axis("signal exponent β", false, 1, 5),
                            HeatMap = new HeatMap { Label = "p_{quad} − p_{lin}", X = axis, Y = axis, Values = gains },
                            Series =
                            [
                                new Series { Label = "", X = [1, 5], Y = [1, 5], Style = SeriesStyle.Dotted, Color = CurveColors.Neutral },
                                new Series { Label = "", X = [.. Points.Select(point => point.Exponent)], Y = [.. Points.Select(point => point.SignalExponent)], Style = SeriesStyle.Points, Role = SeriesRole.Guide, Color = 1 },
                            ],
                        },
                        new Panel
                        {
                            Title = "measured in the flow",
                            X = new Axis("predicted gain"),
                            Y = new Axis("measured gain"),
                            Series =
                            [
                                new Series { Label = "equality", X = [0, measured.Max(pair => pair.Predicted) * 1.1], Y = [0, measured.Max(pair => pair.Predicted) * 1.1], Style = SeriesStyle.Dotted, Color = CurveColors.Neutral },
                                new Series { Label = "flow of 10^{9} modes", X = [.. measured.OrderBy(pair => pair.Predicted).Select(pair => pair.Predicted)], Y = [.. measured.OrderBy(pair => pair.Predicted).Select(pair => pair.Measured)], Style = SeriesStyle.Points, Role = SeriesRole.Theory, Color = 1 },
                            ],
                        },
                    ],
                },
            ],
        };
    }

    private static double Gain(double alpha, double beta) => new ScalingExponents(alpha, beta, IsLinear: false).Data - new ScalingExponents(alpha, beta, IsLinear: true).Data;

    private static double Slope(QuadraticProblem problem)
    {
        var risk = FlowRisk.Of(problem, isCompressed: true);
        double from = TimeOf(problem, FirstFront), to = TimeOf(problem, LastFront);
        var isLinear = problem.Model == QuadraticModel.Linear;
        return -Math.Log(risk.At(to) / risk.At(from)) / Math.Log(isLinear ? to / from : to / Math.Log(to) / (from / Math.Log(from)));
    }

    // The time at which a mode has half of its target.
    private static double TimeOf(QuadraticProblem problem, double number) => ClosedForms.HalfTime(problem.Model, Math.Pow(number, -problem.Exponent), problem.SizeOfTarget(number), problem.StartSlope);
}
