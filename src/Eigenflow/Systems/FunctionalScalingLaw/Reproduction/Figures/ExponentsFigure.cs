using Eigenflow.Figures;
using Eigenflow.Scaling;
using Eigenflow.Solutions;

namespace Eigenflow.Systems.FunctionalScalingLaw;

/// <summary>Figure 9: exponents of the loss in data and compute under tuned peak, decay and model size, against the predictions.</summary>
internal static class ExponentsFigure
{
    private const double Tolerance = 0.04;
    private const double LeastDrift = 0.02;
    private const double WindowFrom = 1e9;
    private const double WindowTo = 1e13;

    private static readonly (ScheduleFamily Family, string Name, string Id)[] Families =
        [(ScheduleFamily.Constant, "constant", "constant"), (ScheduleFamily.Exponential, "exponential", "exponential"), (ScheduleFamily.StableDecay, "WSD", "wsd")];

    public static ReproductionResult Run(IProgress<Progress>? progress, CancellationToken cancellation)
    {
        double[] budgets = LawCurves.Logarithmic(1e5, WindowTo, 17);
        var claims = new List<Claim>();
        var rows = new List<IReadOnlyList<string>>();
        List<Panel> panels = [], slopes = [];
        var measured = new List<(double Predicted, double Measured)>();
        var part = 0;
        foreach (var isCompute in new[] { false, true })
        {
            foreach (var (s, beta) in new[] { (1.0, 2.0), (0.3, 3.0) })
            {
                var exponents = new TunedExponents(beta, s);
                List<Series> series = [], local = [];
                for (var k = 0; k < Families.Length; k++)
                {
                    var (family, name, id) = Families[k];
                    var losses = new double[budgets.Length];
                    for (var n = 0; n < budgets.Length; n++)
                    {
                        cancellation.ThrowIfCancellationRequested();
                        losses[n] = Tuned(s, beta, family, budgets[n], isCompute).Loss;
                        progress?.Report(new Progress((part + ((k + ((n + 1.0) / budgets.Length)) / Families.Length)) / 4, "exponents"));
                    }

                    // What remains after the logarithms of the prediction are divided out is its power of the budget.
                    var power = Power(exponents, family, isCompute);
                    double[] clean = [.. budgets.Zip(losses, (budget, loss) => loss / Logarithms(exponents, family, isCompute, budget))];
                    double[] ratio = [.. budgets.Zip(clean, (budget, value) => value / Math.Pow(budget, power))];
                    var fit = PowerLaw.Fit(budgets, clean, new PowerLawOptions { WindowStart = WindowFrom });
                    var half = fit.MeanHalf;
                    var symbol = isCompute ? "C" : "D";
                    claims.Add(Claim.Absolute(
                        $"exponent-{(isCompute ? "compute" : "data")}-{id}-{(exponents.IsEasy ? "easy" : "hard")}",
                        $"the tuned final loss falls as {symbol}^x times the predicted logarithms, x = {DisplayNumber.Of(power)} ({name}, s = {DisplayNumber.Of(s)}, β = {DisplayNumber.Of(beta)}, σ² = 1)", power, fit.Exponent, Tolerance, LawCurves.Paper,
                        $"closed-form law, best peak{(family == ScheduleFamily.StableDecay ? ", decay part" : "")}{(isCompute ? " and model size" : "")} for each budget; loss over logarithms, least squares over {symbol} = 10^{{9}} … 10^{{13}}; 95 % interval, widened for correlated residuals", PredictionKind.Asymptotic, half)
                        .UpTo(WindowTo, symbol).Over($"{symbol} from 10^{{9}} to 10^{{13}}"));
                    measured.Add((power, fit.Exponent));
                    rows.Add([isCompute ? "C" : "D", exponents.IsEasy ? "easy" : "hard", name, DisplayNumber.Of(power), DisplayNumber.WithInterval(fit.Exponent, half), DisplayNumber.Of(Slope(budgets, losses))]);
                    local.Add(Local(budgets, clean, name, CurveColors.Schedule(id)));
                    local.Add(LawCurves.Function([budgets[0], budgets[^1]], _ => power, name, CurveColors.Schedule(id), SeriesStyle.Dotted));
                    series.Add(new Series { Label = name, X = budgets, Y = [.. ratio.Select(value => value / ratio[^1])], Color = CurveColors.Schedule(id) });
                }

                var title = $"{(isCompute ? "compute" : "data")}, s = {DisplayNumber.Of(s)}, β = {DisplayNumber.Of(beta)} ({(exponents.IsEasy ? "easy" : "hard")})";
                var x = new Axis(isCompute ? "compute C = M D" : "data D", true);
                slopes.Add(new Panel { Title = title, X = x, Y = new Axis("local slope"), Series = [.. local, SolutionSeries.Key("predicted", SeriesStyle.Dotted)] });
                panels.Add(new Panel
                {
                    Title = title,
                    X = x,
                    Y = new Axis("loss / prediction") { LeastExtent = LeastDrift },
                    Series = series,
                    Lines = [new ReferenceLine(1, "", IsVertical: false)],
                });
                part++;
            }
        }

        return new ReproductionResult
        {
            Claims = claims,
            Tables = [new Table("exponents", "Exponents under tuned schedules", ["budget", "regime", "schedule", "predicted", "fitted without logarithms ± 95 %", "plain slope"], rows, "Closed-form law, σ² = 1, B = 1. Easy: s = 1, β = 2; hard: s = 0.3, β = 3. Window 10^{9} … 10^{13}; the plain slope contains the logarithms.")],
            Figures =
            [
                new Figure
                {
                    Id = "figure-9",
                    Title = Headline.Exponents("Tuned final losses over logarithms", measured),
                    Caption = "Final loss of the closed-form law with the best peak (and decay part, and model size for compute), divided by the predicted power and logarithms and by the last value: flat where the prediction holds. σ² = 1, B = 1; decays end at a/K.",
                    Panels = panels,
                },
                new Figure
                {
                    Id = "figure-9-slopes",
                    Title = Headline.Exponents("Local slopes of tuned final losses", measured),
                    Caption = "Local slope d ln/d ln of the same losses after the predicted logarithms are divided out (lines), and the predicted exponents (dotted). σ² = 1, B = 1; decays end at a/K.",
                    Panels = slopes,
                },
            ],
        };
    }

    private static Series Local(double[] x, double[] y, string label, int color)
    {
        int[] rows = [.. Enumerable.Range(0, x.Length - 1)];
        return new Series
        {
            Label = label,
            X = [.. rows.Select(row => Math.Sqrt(x[row] * x[row + 1]))],
            Y = [.. rows.Select(row => Math.Log(y[row + 1] / y[row]) / Math.Log(x[row + 1] / x[row]))],
            Color = color,
        };
    }

    private static BudgetOptimum Tuned(double s, double beta, ScheduleFamily family, double budget, bool isCompute)
    {
        var problem = new ScalingLawProblem { Capacity = beta, Difficulty = s, Features = 1_000_000_000, ModelSize = 1_000_000_000, Noise = 1 };
        return isCompute
            ? BudgetOptimum.ForCompute(problem with { Features = 1_000_000_000_000_000 }, family, FinalLoss.ClosedForm, budget, problem.IsEasy ? 0.2 : null)
            : BudgetOptimum.ForData(problem, family, FinalLoss.ClosedForm, budget, problem.IsEasy ? 0.2 : null);
    }

    private static double Power(TunedExponents exponents, ScheduleFamily family, bool isCompute) => (family, isCompute) switch
    {
        (ScheduleFamily.Constant, false) => exponents.ConstantData,
        (ScheduleFamily.Constant, true) => exponents.ConstantCompute,
        (_, false) => exponents.DecayData,
        _ => exponents.DecayCompute,
    };

    private static double Logarithms(TunedExponents exponents, ScheduleFamily family, bool isCompute, double budget) => family switch
    {
        ScheduleFamily.Constant => 1,
        ScheduleFamily.Exponential => Math.Pow(Math.Log(budget), -(isCompute ? exponents.DecayCompute : exponents.DecayData)),
        _ => Math.Pow(Math.Log(budget), isCompute ? exponents.WsdComputeLogarithm : exponents.WsdDataLogarithm),
    };

    private static double Slope(double[] budgets, double[] losses) => PowerLaw.Fit(budgets, losses, new PowerLawOptions { WindowStart = WindowFrom }).Exponent;
}
