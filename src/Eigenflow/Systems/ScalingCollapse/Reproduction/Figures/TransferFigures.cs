using Eigenflow.Figures;
using Eigenflow.Scaling.Collapse;
using Eigenflow.Solutions;

namespace Eigenflow.Systems.ScalingCollapse;

/// <summary>Figures 6 and 12: the loss under another schedule predicted from a run at constant rate, observed and by four predictors.</summary>
internal static class TransferFigures
{
    private const double FullError = 0.01;
    private const double RatioError = 0.03;
    private const double AlphaTolerance = 0.1;
    private const double First = 0.1;
    private const double Own = 64;
    private const int Records = 2560;

    private static readonly (string Text, string Name, double Steepest)[] Targets = [("linear", "linear", 1), ("cosine", "cosine", Math.PI / 2), ("multicosine", "multicosine", 3 * Math.PI / 2), ("decay:0.2+linear", "linear over the last 20 %", 5)];

    /// <summary>Batch 1, where the noise of gradients is a quarter of the risk.</summary>
    private static ScalingProblem Problem { get; } = LadderLab.Ladder with { Batch = 1, Models = [32, 64, 128, 256] };

    public static ReproductionResult Curves(IProgress<Progress>? progress, CancellationToken cancellation)
    {
        var panels = new List<Panel>();
        var errors = new List<(string Name, double None, double Full)>();
        var constant = Problem.Mean(Own, Records, cancellation);
        foreach (var (index, (text, name, _)) in Targets.Index())
        {
            progress?.Report(new Progress((double)index / Targets.Length, name));
            var transfer = Transfer(Problem, constant, Own, text, cancellation);
            var target = transfer.Target;
            errors.Add((name, Error(transfer, transfer.WithoutModel), Error(transfer, transfer.Full!)));
            Series Curve(string label, double[] values, int color, SeriesStyle style) => new Series { Label = label, X = target.Times, Y = values, Color = color, Style = style }.Where((t, _) => t >= First * target.EndTime);
            panels.Add(new Panel
            {
                Title = name,
                X = new Axis("flow time at the peak rate ηk"),
                Y = new Axis("excess risk E", true),
                Series =
                [
                    Curve("observed", target.Losses, CurveColors.Neutral, SeriesStyle.Points).Every(96), Curve("no model", transfer.WithoutModel, 3, SeriesStyle.Dotted), Curve("reduced, α = 1/4", transfer.Reduced!, 1, SeriesStyle.Dashed),
                    Curve("full", transfer.Full!, 0, SeriesStyle.Line), Curve("ratio", transfer.Ratio!, 2, SeriesStyle.Dashed),
                ],
            });
        }

        return new ReproductionResult
        {
            Figures =
            [
                new Figure
                {
                    Id = "figure-6",
                    Title = $"Other schedules from a constant rate: within {DisplayNumber.Percent(errors.Max(one => one.Full))} (full), {DisplayNumber.Percent(errors.Min(one => one.None))} to {DisplayNumber.Percent(errors.Max(one => one.None))} without a model",
                    Caption = "Mean excess risk of SGD (dots; M = 64, B = 1, β = 1.5, s = 0.5, N = 4096, η = 0.2, κ = 1, no label noise) and predictions from the run at constant rate at equal flow time: its loss alone, with (η′ − η) Tr Σ′/4, with (η′ Tr Σ′ − η Tr Σ)/4, and the quotient of 1 − η Tr H/2. Root mean squares over x ≥ 0.1 in the title.",
                    Columns = 2,
                    Panels = panels,
                },
            ],
        };
    }

    public static ReproductionResult Errors(IProgress<Progress>? progress, CancellationToken cancellation)
    {
        var claims = new List<Claim>();
        var series = new List<Series>();
        var worst = new List<double>();
        foreach (var (index, (text, name, steepest)) in Targets.Index())
        {
            List<double> none = [], reduced = [], full = [], ratio = [];
            foreach (var size in Problem.Models)
            {
                progress?.Report(new Progress(((double)index + (size / 512)) / Targets.Length, name));
                var constant = Problem.Mean(size, Records, cancellation);
                var transfer = Transfer(Problem, constant, size, text, cancellation);
                none.Add(Error(transfer, transfer.WithoutModel));
                reduced.Add(Error(transfer, transfer.Reduced!));
                full.Add(Error(transfer, transfer.Full!));
                ratio.Add(Error(transfer, transfer.Ratio!));
            }

            worst.Add(full.Max());
            claims.AddRange(Claims(index, name, steepest, text, cancellation));
            foreach (var (label, values, color, style) in ((string, List<double>, int, SeriesStyle)[])[("no model", none, 3, SeriesStyle.Dotted), ("reduced, α = 1/4", reduced, 1, SeriesStyle.Dashed), ("full", full, 0, SeriesStyle.Line), ("ratio", ratio, 2, SeriesStyle.Dashed)])
                series.Add(new Series { Label = label, X = [.. Problem.Models], Y = [.. values], Color = color, Style = style });
        }

        return new ReproductionResult
        {
            Claims = claims,
            Figures =
            [
                new Figure
                {
                    Id = "figure-12",
                    Title = $"The full predictor is within {DisplayNumber.Percent(worst.Max())} for all schedules and sizes",
                    Caption = "Root mean square over x ≥ 0.1 of prediction over mean excess risk less one, against the size of the model, for four schedules (B = 1, β = 1.5, s = 0.5, N = 4096, η = 0.2, κ = 1, no label noise).",
                    Columns = 2,
                    Panels = [.. Targets.Select((target, k) => new Panel { Title = target.Name, X = new Axis("model size M", true), Y = new Axis("rms error", true), Series = [.. series.Skip(4 * k).Take(4)] })],
                },
            ],
        };
    }

    // The theory is for slow schedules: horizons are longer by the steepest slope of η/η_peak in x, so that no rate changes faster in flow time than that of the linear decay over κ = 1.
    private static IEnumerable<Claim> Claims(int index, string name, double steepest, string text, CancellationToken cancellation)
    {
        var problem = Problem with { Horizon = steepest };
        var constant = problem.Mean(Own, Records, cancellation);
        var transfer = Transfer(problem, constant, Own, text, cancellation);
        double none = Error(transfer, transfer.WithoutModel), full = Error(transfer, transfer.Full!), ratio = Error(transfer, transfer.Ratio!);
        var how = "root mean square over x ≥ 0.1 of prediction over exact mean less one";
        var where = $"{name}, M = 64, B = 1, κ = {DisplayNumber.Of(steepest, 3)}";
        yield return Claim.AtMost($"transfer-full-{index}", $"the full predictor is within 1 % ({where})", FullError, full, LadderLab.Paper, how, PredictionKind.Heuristic);
        yield return Claim.AtMost($"transfer-ratio-{index}", $"the ratio predictor is within 3 % ({where})", RatioError, ratio, LadderLab.Derived, how, PredictionKind.Heuristic);
        yield return Claim.AtLeast($"transfer-gain-{index}", $"the full predictor is at least five times as close as no model of the schedule ({where})", 5, none / full, LadderLab.Paper, how, PredictionKind.Heuristic);

        // α by least squares of L' − L on η'Tr Σ' − ηTr Σ, which is four times what the full predictor adds.
        double products = 0, squares = 0;
        for (var row = transfer.Start; row < transfer.Target.Losses.Length; row++)
        {
            var move = (transfer.Full![row] - transfer.WithoutModel[row]) / TransferOptions.TheoreticalAlpha;
            products += move * (transfer.Target.Losses[row] - transfer.WithoutModel[row]);
            squares += move * move;
        }

        yield return Claim.Relative($"alpha-{index}", $"α = 1/4 of η′ Tr Σ′ − η Tr Σ ({where})", TransferOptions.TheoreticalAlpha, products / squares, AlphaTolerance, LadderLab.Paper, "least squares over x ≥ 0.1, exact means", PredictionKind.Heuristic);
        var fitted = ScheduleTransfer.Of(constant, transfer.Target, new TransferOptions { From = First });
        yield return Claim.AtLeast($"alpha-reduced-{index}", $"without the change of Tr Σ the fitted α is above 1/4 by more than a tenth: here the trace follows the risk ({where})", 1.1 * TransferOptions.TheoreticalAlpha, fitted.Alpha, LadderLab.Derived, "least squares over x ≥ 0.1, exact means", PredictionKind.Heuristic);
    }

    private static ScheduleTransfer Transfer(ScalingProblem problem, LadderRun constant, double size, string schedule, CancellationToken cancellation)
    {
        var model = LadderModel.Of(problem, size);
        return ScheduleTransfer.Of(constant, problem.Under(schedule).Mean(size, Records, cancellation), new TransferOptions { Alpha = TransferOptions.TheoreticalAlpha, From = First, Curvature = model.Trace / (2 * problem.Batch), RatioOffset = -problem.Noise / 2 });
    }

    private static double Error(ScheduleTransfer transfer, double[] predicted) => LadderLab.Rms(Enumerable.Range(transfer.Start, predicted.Length - transfer.Start).Select(row => (predicted[row] / transfer.Target.Losses[row]) - 1));
}
