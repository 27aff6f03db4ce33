using Eigenflow.Dynamics;
using Eigenflow.Figures;
using Eigenflow.Solutions;

namespace Eigenflow.Systems.MultiClassSgd;

/// <summary>Figure 10: adaptive learning rates, the rate and the risk, in SGD and in the theory.</summary>
internal static class ScheduleFigure
{
    private const int Dimension = 400;
    private const int Runs = 10;
    private const double End = 10;
    private static readonly double[] Compared = [1, 3, 10];

    public static ReproductionResult Run(IProgress<Progress>? progress, CancellationToken cancellation)
    {
        var problem = Lab.Symmetric(Dimension, ClassSpectrum.PowerLaw(0.5), new LeastSquaresLoss());
        var floor = new LeastSquaresLaws(ClassModes.Of(problem.Modes())).OptimalRisk;
        (string Name, string Id, LearningRateRule Rule)[] rules =
            [("constant, γ = 0.7", "constant", ScheduledRate.Constant(0.7)), ("AdaGrad-norm", "adagrad", new AdaGradNormRate(1, 1)), ("line search", "line-search", new LineSearchRate()), ("Polyak", "polyak", new PolyakRate(floor))];
        var claims = new List<Claim>();
        List<Series> rates = [SolutionSeries.Key($"SGD, mean of {Runs} runs", SeriesStyle.Points), SolutionSeries.Key("theory", SeriesStyle.Line)], risks = [.. rates];
        var departure = 0.0;
        var ends = new List<(string Name, double Value)>();
        for (var k = 0; k < rules.Length; k++)
        {
            var (name, id, rule) = rules[k];
            double[] dots = [.. Lab.Logarithmic(0.05, End, 13).Concat(Compared).Distinct().Order()];
            var sgd = problem.Sgd(1, dots, Runs, cancellation, rule);
            var theory = problem.Theory(1, [.. Lab.Logarithmic(0.05, End, 60).Concat(sgd["t"]).Distinct().Order()], cancellation, rule);
            risks.Add(SolutionSeries.Of(theory, "risk", name, k, abscissa: "t"));
            var measured = SolutionSeries.Of(sgd, "risk", name, k, SeriesStyle.Points, "t").Against(theory, "risk", "t");
            risks.Add(measured);
            departure = Math.Max(departure, measured.LargestDeparture(1));
            rates.Add(SolutionSeries.Of(theory, "learning-rate", name, k, abscissa: "t"));
            rates.Add(SolutionSeries.Of(sgd, "learning-rate", name, k, SeriesStyle.Points, "t"));
            ends.Add((name.Split(',')[0], theory["risk"][^1]));
            claims.Add(CurveClaims.Follows($"schedule-{id}", $"the mean risk of SGD under a rule is that of the theory ({name}, least squares, α = 0.5, d = {Dimension})", sgd, theory, Runs, Compared, 0.05).At("d", Dimension));
            if (id == "polyak")
            {
                var last = Array.FindIndex(theory["t"], time => Math.Abs(time - End) < 1e-6);
                claims.Add(Claim.Relative("schedule-polyak-risk", "under Polyak's rule the risk at t = 10 is 0.19723 (the same)", 0.19723, theory["risk"][last], 1e-4, Lab.Derived, "theory").UpTo(End, "t", End).At("d", Dimension, Dimension));
            }

            progress?.Report(new Progress((k + 1.0) / rules.Length, "schedules"));
        }

        return new ReproductionResult
        {
            Claims = claims,
            Figures =
            [
                new Figure
                {
                    Id = "figure-10",
                    Title = Headline.FirstThatFits($"Risk at t = 10: {Headline.Ascending(ends, 3)}", Headline.Departure("Risk of SGD under four rules", "its theory", departure)),
                    Caption = $"Risk (a) and learning rate (b) of one-pass SGD (dots: mean of {Runs} runs, bars: 10 to 90 % of them) and the theory (lines) for a constant rate, AdaGrad-norm (η = b = 1), exact line search and Polyak’s rule. Least squares, α = 0.5, d = {Dimension}; dashed: least risk.",
                    Panels =
                    [
                        new Panel { Title = "risk", X = new Axis("time t", true), Y = new Axis("risk R"), Series = risks, Lines = [new ReferenceLine(floor, "", IsVertical: false)] },
                        new Panel { Title = "learning rate", X = new Axis("time t", true), Y = new Axis("γ", true), Series = rates },
                    ],
                },
            ],
        };
    }
}
