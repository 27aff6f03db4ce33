using Eigenflow.Figures;
using Eigenflow.Schedules;
using Eigenflow.Solutions;

namespace Eigenflow.Systems.SpectralDescent;

/// <summary>Figure 8 and its claims: the floor of a constant learning rate, and how a linear decay removes it; tuned rates of both rules at one horizon.</summary>
internal static class FloorFigure
{
    private const double Scale = 0.00137;
    private const int Horizon = 500;
    private static readonly int[] Dimensions = [100, 400];

    public static ReproductionResult Run(IProgress<Progress>? progress, CancellationToken cancellation)
    {
        var series = new List<Series> { SolutionSeries.Key("constant", SeriesStyle.Points), SolutionSeries.Key("linear decay", SeriesStyle.Line), SolutionSeries.Key("η² + d²η⁴", SeriesStyle.Dotted) };
        var floors = new List<Claim>();
        for (var n = 0; n < Dimensions.Length; n++)
        {
            double[] rates = [.. Enumerable.Range(0, 41).Select(k => 3.137e-4 * Math.Pow(0.5 / Math.Sqrt(Dimensions[n]) / 3.137e-4, k / 40.0))];
            var problem = Runs.Spiked(Dimensions[n], 9, Scale);
            double[] constant = [.. rates.Select(rate => Final(Runs.Spectral(problem, rate, Steps(1.3 / rate), cancellation, at: [Steps(1.3 / rate) - 1, Steps(1.3 / rate)])))];
            double[] decayed = [.. rates.Select(rate => Final(Runs.Spectral(problem, rate, Steps(2.06 / rate), cancellation, at: [Steps(2.06 / rate)], schedule: new PowerShape(1))))];
            cancellation.ThrowIfCancellationRequested();
            var label = $"d = {Dimensions[n]}";
            series.Add(new Series { Label = label, X = rates, Y = constant, Color = n, Style = SeriesStyle.Points });
            series.Add(new Series { Label = label, X = rates, Y = decayed, Color = n });
            series.Add(SolutionSeries.Function(rates, rate => Floor(Dimensions[n], rate), "", n, SeriesStyle.Dotted));
            var ratios = constant.Select((loss, k) => loss / Floor(Dimensions[n], rates[k])).ToArray();
            floors.Add(Claim.AtMost(
                $"floor-scale-d{Dimensions[n]}", $"the floor of a constant rate is of the order of η² + d²η⁴ (d = {Dimensions[n]}, λ = 9)", 20, Math.Max(ratios.Max(), 1 / ratios.Min()), DescentCurves.Derived,
                "largest factor between the two, either way, over 41 learning rates from 3 × 10^{-4} to 1/(2√d), after u = 1.3", PredictionKind.Heuristic).UpTo(1.3, "u").At("d", Dimensions[n]).Over("η up to 1/(2√d)"));
        }

        double Floor(int dimension, double rate) => (rate * rate) + (dimension * (double)dimension * Math.Pow(rate, 4));
        var linear = Final(Runs.Spectral(Runs.Spiked(100, 9, Scale), 0.00411, Horizon, cancellation, at: [Horizon], schedule: new PowerShape(1)));
        var flat = Runs.Spectral(Runs.Spiked(100, 9, Scale), 0.00211, Horizon, cancellation, at: [Horizon])["loss"][0];
        var (rows, advantages) = Tuned(cancellation);
        return new ReproductionResult
        {
            Claims =
            [
                .. floors,
                Claim.Relative(
                    "linear-decay", "linear decay over 500 steps from η = 0.00411 ends at L = 2.67 × 10^{-10} (d = 100, λ = 9)", 2.66525286e-10, linear, 1e-4, "reference value, computed independently", "block recursion, α = 0.00137").UpTo(Horizon, "k").At("d", 100),
                Claim.AtLeast(
                    "floor-removed", "linear decay removes the floor of a constant rate: by four orders of magnitude (d = 100, λ = 9, 500 steps)", 1e4, flat / linear, DescentCurves.Derived, "ratio of the final losses, η = 0.00211 against η = 0.00411 (1 − k/500)").UpTo(Horizon, "k").At("d", 100),
                Claim.AtLeast(
                    "tuned-horizon", $"with the best learning rate of each, spectral descent with linear decay ends far below gradient descent after {Horizon} steps, whatever the spike (d = 100)", 1e3, advantages.Min(),
                    $"{DescentCurves.Paper}, abstract", "smallest ratio of final losses over λ = 1, 9, 29, 99, each at the best of a grid of learning rates; three orders of magnitude are the bound", PredictionKind.Heuristic)
                    .UpTo(Horizon, "k").At("d", 100).Over("λ from 1 to 99, a learning rate of the grid for each"),
            ],
            Figures =
            [
                new Figure
                {
                    Id = "figure-8",
                    Title = $"Spectral descent ends at {DisplayNumber.Of(flat, 2)} with a constant rate, {DisplayNumber.Of(linear, 2)} with linear decay",
                    Caption = "Final loss of spectral descent against the (largest) learning rate: constant to u = 1.3 (dots, mean of the last two steps), linear decay to zero with total distance 1.03 (lines), and the scale η² + d²η⁴ (dotted); both scatter with where the lattice of steps falls. λ = 9, α = 0.00137. The ends of the title: 500 steps, d = 100, η = 0.00211 and from 0.00411 to zero.",
                    Panels =
                    [
                        new Panel
                        {
                            X = new Axis("learning rate η", true),
                            Y = new Axis("final loss L", true),
                            Series = series,
                        },
                    ],
                },
            ],
            Tables =
            [
                new Table(
                    "tuned-horizon", $"Best of a grid of learning rates after {Horizon} steps", ["λ", "GD: η", "GD: L", "spectral, linear decay: η_0", "spectral: L", "ratio"], rows,
                    "Population recursions, d = 100, α = 0.00137; 60 rates per decade from 10^{-4}. Who is faster depends on the learning rate of each: this compares each at its best."),
            ],
        };
    }

    private static (IReadOnlyList<IReadOnlyList<string>> Rows, double[] Ratios) Tuned(CancellationToken cancellation)
    {
        double[] spikes = [1, 9, 29, 99];
        var rows = new List<IReadOnlyList<string>>();
        var ratios = new double[spikes.Length];
        double[] rates = [.. Enumerable.Range(0, 210).Select(k => 1e-4 * Math.Pow(10, k / 60.0))];
        for (var n = 0; n < spikes.Length; n++)
        {
            var problem = Runs.Spiked(100, spikes[n], Scale);
            var descent = rates.Select(rate => (rate, Loss: Finite(Runs.Descent(problem, rate, Horizon, cancellation, at: [Horizon])))).MinBy(pair => pair.Loss);
            var spectral = rates.Where(rate => rate < 0.05).Select(rate => (rate, Loss: Finite(Runs.Spectral(problem, rate, Horizon, cancellation, at: [Horizon], schedule: new PowerShape(1))))).MinBy(pair => pair.Loss);
            cancellation.ThrowIfCancellationRequested();
            ratios[n] = descent.Loss / spectral.Loss;
            rows.Add([DisplayNumber.Of(spikes[n]), DisplayNumber.Of(descent.rate, 3), DisplayNumber.Of(descent.Loss, 3), DisplayNumber.Of(spectral.rate, 3), DisplayNumber.Of(spectral.Loss, 3), DisplayNumber.Of(ratios[n], 3)]);
        }

        return (rows, ratios);
    }

    private static double Finite(Solution solution) => solution.Status.Outcome == SolveOutcome.Completed ? solution["loss"][^1] : double.PositiveInfinity;

    private static long Steps(double steps) => (long)Math.Ceiling(steps);

    private static double Final(Solution solution) => solution["loss"].Average();
}
