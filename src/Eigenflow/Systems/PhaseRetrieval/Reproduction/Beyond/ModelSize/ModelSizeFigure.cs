using Eigenflow.Figures;
using Eigenflow.Scaling;
using Eigenflow.Solutions;

namespace Eigenflow.Systems.PhaseRetrieval;

/// <summary>Figure and claims: the loss of students of the first p modes against time, compute and samples, with its compute-optimal frontier.</summary>
internal static class ModelSizeFigure
{
    private const double Tolerance = 0.02;
    private const double Shown = 2;
    private static readonly (double Exponent, double Source)[] Cases = [(1.5, 0), (2, 0), (3, 0), (2, 0.5)];
    private static readonly long[] ShownSizes = [16, 128, 1024, 8192, 65_536];

    public static ReproductionResult Run(IProgress<Progress>? progress, CancellationToken cancellation)
    {
        var claims = new List<Claim>();
        var rows = new List<IReadOnlyList<string>>();
        var frontiers = new List<ComputeFrontier>();
        foreach (var (exponent, source) in Cases)
        {
            progress?.Report(new Progress(0.7 * frontiers.Count / Cases.Length, "model sizes"));
            var frontier = ComputeFrontier.Of(exponent, source, cancellation);
            frontiers.Add(frontier);
            Check("loss", "the least loss", "−(a + b − 1)/(1 + a)", -ModelScaling.ComputeExponent(exponent, source), frontier.LossSlope);
            Check("size", "the best model size p", "1/(1 + a)", ModelScaling.SizeExponent(exponent), frontier.SizeSlope);

            void Check(string key, string subject, string formula, double predicted, MeasuredSlope slope)
            {
                var name = $"a = {DisplayNumber.Of(exponent)}" + (source == 0 ? "" : $", b = {DisplayNumber.Of(source)}");
                var window = $"C = {DisplayNumber.Range(frontier.FitFrom, frontier.Budgets[^1], 2)}";
                claims.Add(Claim.Absolute(
                    $"compute-{key}-a{DisplayNumber.Of(exponent)}" + (source == 0 ? "" : $"-b{DisplayNumber.Of(source)}"),
                    $"{subject} at the compute C = p t goes as C^x, x = {formula} ({name}, d = 10^{{12}})", predicted, slope.Value, Tolerance, Curves.Derived,
                    "gradient flow of students of 2^{4} to 2^{24} modes, typical start; least squares on the logarithms; 95 % interval, widened for correlated residuals", PredictionKind.Asymptotic, slope.MeanHalf)
                    .UpTo(frontier.Budgets[^1], "C").At("d", ComputeFrontier.Dimension).Over(window));
                rows.Add([subject, name, DisplayNumber.Fraction(predicted), DisplayNumber.WithInterval(slope.Value, slope.MeanHalf), window]);
            }
        }

        progress?.Report(new Progress(0.7, "samples"));
        var shown = frontiers.First(frontier => frontier.Exponent == Shown && frontier.Source == 0);
        var (samples, sampleClaims) = SampleFloors.Run(cancellation);
        var (inTime, inCompute) = Curve(shown, cancellation);
        return new ReproductionResult
        {
            Claims = [.. claims, .. sampleClaims],
            Tables =
            [
                new Table(
                    "compute", "Compute-optimal exponents", ["quantity", "spectrum", "predicted", "fitted ± 95 %", "window"], rows,
                    "Gradient flow of students of the first p of d = 10^{12} modes, compute C = p t, teacher w*_i^2 ∝ i^{-b} (b = 0 where none is given), s* = 1. The windows, fixed before the fit, begin at a best size near 4096."),
            ],
            Figures =
            [
                new Figure
                {
                    Id = "model-size",
                    Title = Title([.. frontiers.Where(frontier => frontier.Source == 0)]),
                    Scale = new ColorScale("model size p", IsLogarithmic: true),
                    Caption = "Students of the first p of d = 10^{12} modes under the gradient flow, typical start, teacher all ones, s* = 1. (a) Loss against time for a = 2 with the floors L_p (dotted). (b) The same against the compute C = p t, "
                        + "and the least loss over all sizes (neutral) with the slope −(a − 1)/(1 + a). (c) The best size (dots) and C^{1/(1 + a)} (dashed, through the last dot). (d) One-pass SGD of 24 runs (dots) and its theory (lines) "
                        + $"on d = {SampleFloors.Dimension} modes, a = 2, η = {DisplayNumber.Of(SampleFloors.LearningRate)}, B = 1, no label noise: the modes that are not seen act as label noise, which raises the floor L_p by the factor 1 + η(12 + 48 w*ᵀQ²w*) (dotted).",
                    Panels = [inTime, inCompute, BestSize(frontiers), samples],
                },
            ],
        };
    }

    // p is the size here.
    private static string Title(ComputeFrontier[] frontiers)
    {
        string Text(Func<MeasuredSlope, string> write) =>
            $"At the best size L ∝ C^{{x}}, x = {string.Join(", ", frontiers.Select(frontier => write(frontier.LossSlope)))} for a = {string.Join(", ", frontiers.Select(frontier => DisplayNumber.Of(frontier.Exponent)))}";
        return Headline.FirstThatFits(Text(slope => slope.ToString()), Text(slope => slope.Short));
    }

    private static (Panel InTime, Panel InCompute) Curve(ComputeFrontier frontier, CancellationToken cancellation)
    {
        List<Series> inTime = [], inCompute = [];
        var last = frontier.Budgets[^1] / ShownSizes[^1];
        foreach (var size in ShownSizes)
        {
            var problem = ComputeFrontier.Problem(Shown, 0, size);
            var flow = problem.Solve(new GradientFlow { Modes = ModeRepresentation.Averaged, Until = last, Points = 160, KeepsDenseOutput = false }, null, cancellation);
            cancellation.ThrowIfCancellationRequested();
            var floor = problem.Modes(ModeRepresentation.Averaged, cancellation).Target.LossFloor;
            var late = flow.Times[^60];
            inTime.Add(new Series { Label = "", X = [late, flow.Times[^1]], Y = [floor, floor], Style = SeriesStyle.Dotted, Value = size });
            inTime.Add(new Series { Label = $"p = {DisplayNumber.Count(size)}", X = flow.Times, Y = flow["loss"], Value = size });
            inCompute.Add(new Series { Label = "", X = [.. flow.Times.Select(time => time * size)], Y = flow["loss"], Value = size });
        }

        var best = new Series { Label = "best size", X = frontier.Budgets, Y = frontier.Losses, Color = CurveColors.Neutral };
        inCompute.Add(best);
        return (
            new Panel { Title = "time, a = 2", X = new Axis("flow time t", true, 1e-2), Y = new Axis("L", true), Series = inTime },
            new Panel
            {
                Title = "compute, a = 2",
                X = new Axis("compute C = p t", true, 1),
                Y = new Axis("L", true),
                Series = inCompute,
                Slopes = [best.Guide(frontier.FitFrom, Math.Sqrt(frontier.FitFrom * frontier.Budgets[^1]), -ModelScaling.ComputeExponent(Shown))],
            });
    }

    private static Panel BestSize(List<ComputeFrontier> frontiers)
    {
        var series = new List<Series>();
        foreach (var frontier in frontiers.Where(frontier => frontier.Source == 0))
        {
            var color = series.Count / 2;
            var (budget, size) = (frontier.Budgets[^1], frontier.Sizes[^1]);
            series.Add(SolutionSeries.Function(frontier.Budgets, value => size * Math.Pow(value / budget, ModelScaling.SizeExponent(frontier.Exponent)), "", color));
            series.Add(new Series { Label = $"a = {DisplayNumber.Of(frontier.Exponent)}", X = frontier.Budgets, Y = frontier.Sizes, Color = color, Style = SeriesStyle.Points });
        }

        return new Panel { Title = "best size", X = new Axis("compute C = p t", true), Y = new Axis("p", true), Series = series };
    }
}
