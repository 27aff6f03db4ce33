using Eigenflow.Figures;
using Eigenflow.Numerics;
using Eigenflow.Solutions;

namespace Eigenflow.Systems.MultiscaleDoubleDescent;

/// <summary>Lemma B.1 of the paper, early stopping as a ridge 1/(η t), step by step: what every step costs, and where it holds.</summary>
internal static class EarlyStoppingClaims
{
    private const double LargestGap = 0.203632188795;
    private const double PlaceOfGap = 2.51286241725;
    private const double LargestFraction = 1.29842560753;
    private const double Condition = 50;
    private const int Draws = 10;

    public static ReproductionResult Run(IProgress<Progress>? progress, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        var claims = new List<Claim>();
        claims.AddRange(Factors());
        var problem = Lab.TwoScale(110, 100, 70, Condition);
        long[] steps = TimeGrid.Steps(1_000_000, 61)[1..];
        double discrete = 0, ridgeGap = 0, least = double.PositiveInfinity, order = double.PositiveInfinity;
        var errors = new double[3, steps.Length];
        for (var draw = 0; draw < Draws; draw++)
        {
            cancellation.ThrowIfCancellationRequested();
            progress?.Report(new Progress((double)draw / Draws, "draws"));
            var inputs = DrawnInputs.Draw(problem, isRotated: false, 51, draw);
            var curve = new FiniteSizeCurve(inputs, problem.Teacher, problem.Noise);
            var rate = 1 / inputs.Eigenvalues[0];
            foreach (var (row, step) in steps.Index())
            {
                StudentError[] students = [.. ((StudentUpdate[])[StudentUpdate.Descent, StudentUpdate.Flow, StudentUpdate.Ridge]).Select(update => curve.At(new SpectralFilter(update, 0, rate), step * rate))];
                double[] z = [.. inputs.Eigenvalues.Select(value => value * rate * step)];
                var bound = z.Average(value => value * value * Math.Exp(-value)) / step;

                // Beyond, both are learned to rounding.
                if (bound > 1e-12)
                    discrete = Math.Max(discrete, Math.Abs(students[0].Alignment - students[1].Alignment) / bound);
                var gap = students[1].Alignment - students[2].Alignment;
                ridgeGap = Math.Max(ridgeGap, gap);
                var fraction = z.Count(value => value is >= 0.757 and <= 8.98) / (double)z.Length;
                if (fraction > 0)
                    least = Math.Min(least, gap / (0.1 * fraction));
                order = Math.Min(order, Math.Min(students[0].Alignment - students[1].Alignment, gap));
                for (var k = 0; k < 3; k++)
                    errors[k, row] += students[k].Error / Draws;
            }
        }

        const string Place = "n = 110, d = 100, p = 70, κ = 50, σ = 0";
        double[] ratio = [.. steps.Select((_, row) => errors[2, row] / errors[0, row])];
        double[] descent = [.. steps.Select((_, row) => errors[0, row])];
        var phases = ErrorPhases.Of([.. steps.Select(step => (double)step)], descent);
        var (first, top) = (phases[0]?.Time ?? double.NaN, phases[1]?.Time ?? double.NaN);
        var bump = Enumerable.Range(0, steps.Length).Where(row => steps[row] >= first && descent[row] > (phases[0]?.Error ?? 1)).Select(row => ratio[row]).DefaultIfEmpty(double.NaN).Min();
        var fall = Enumerable.Range(0, steps.Length).Where(row => steps[row] > top && descent[row] > 1e-6).Select(row => ratio[row]).DefaultIfEmpty(double.NaN).Max();
        claims.Add(Claim.AtMost("steps", $"|R of GD − R of flow| is at most the mean of z² e^{{−z}}/t over the modes ({Place}): largest ratio", 1, discrete, Lab.Derived, $"{Draws} draws, {steps.Length} steps up to 10^{{6}}, wherever the bound is above 1e-12").UpTo(steps[^1], "k"));
        claims.Add(Claim.AtMost("ridge-gap", "R of flow − R of ridge is at most 0.2036322 (the same)", LargestGap, ridgeGap, Lab.Derived, "largest over draws and steps").UpTo(steps[^1], "k"));
        claims.Add(Claim.AtLeast("ridge-window", "and above a tenth of the part of the modes with z in [0.757, 8.98] (the same): smallest ratio", 1, least, Lab.Derived, "smallest over draws and steps with such modes").UpTo(steps[^1], "k"));
        claims.Add(Claim.AtLeast("order", "R of GD ≥ R of flow ≥ R of ridge (the same): smallest difference", -1e-12, order, Lab.Derived, "over draws and steps; rounding 1e-12").UpTo(steps[^1], "k"));
        claims.Add(Claim.AtMost("bump-ratio", $"E of ridge over E of GD leaves [0.9, 1.1] on the bump ({Place}): smallest", 0.9, bump, Lab.Derived, $"mean over {Draws} draws, while E is above its first minimum", PredictionKind.Heuristic).UpTo(steps[^1], "k").At("runs", Draws));
        claims.Add(Claim.AtLeast("fall-ratio", "and on the second descent (the same): largest", 1.1, fall, Lab.Derived, $"mean over {Draws} draws, behind the maximum", PredictionKind.Heuristic).UpTo(steps[^1], "k").At("runs", Draws));
        double[] x = [.. steps.Select(step => (double)step)], axis = Lab.Times(1e-2, 1e3, 121);
        return new ReproductionResult
        {
            Claims = claims,
            Figures =
            [
                new Figure
                {
                    Id = "early-stopping",
                    Title = $"A ridge 1/(η t) has {DisplayNumber.Of(bump, 2)} of the error of GD on the bump, and {DisplayNumber.Of(fall, 2)} times it on the second descent",
                    Caption = $"Residual of a mode, z = ηΛt, of flow (e^{{−z}}), of a ridge 1/(ηt) (1/(1 + z)), and their difference (a), and the error of gradient descent, flow and ridge, mean over {Draws} draws of the inputs (b). {Place}.",
                    Panels =
                    [
                        new Panel
                        {
                            Title = "one mode",
                            X = new Axis("z = ηΛt", true),
                            Y = new Axis("residual", false, 0, 1),
                            Series = [SolutionSeries.Function(axis, z => Math.Exp(-z), "flow", 0, SeriesStyle.Line), SolutionSeries.Function(axis, z => 1 / (1 + z), "ridge", 1, SeriesStyle.Line), SolutionSeries.Function(axis, Gap, "ridge − flow", 2)],
                            Lines = [new ReferenceLine(PlaceOfGap, "largest")],
                        },
                        new Panel
                        {
                            Title = "test error",
                            X = new Axis("step k", true),
                            Y = new Axis(Lab.Error, true, 1e-3),
                            Series = [.. ((string[])["GD", "flow", "ridge 1/(ηt)"]).Select((label, k) => new Series { Label = label, X = x, Y = [.. steps.Select((_, row) => errors[k, row])], Color = k is 0 ? CurveColors.Neutral : k - 1, Style = k == 2 ? SeriesStyle.Dashed : SeriesStyle.Line })],
                        },
                    ],
                },
            ],
        };
    }

    private static double Gap(double z) => (1 / (1 + z)) - Math.Exp(-z);

    private static IEnumerable<Claim> Factors()
    {
        foreach (var (steps, known) in ((int, double)[])[(1, 0.36788), (5, 0.057995), (10, 0.028000), (100, 0.0027158)])
        {
            var largest = -ScalarMinimum.Find(x => Math.Pow(1 - x, steps) - Math.Exp(-x * steps), 0, 1, 400, 1e-10).Value;
            yield return Claim.Relative(FormattableString.Invariant($"factor-steps-{steps}"), $"the residual of flow exceeds that of {steps} steps of GD by at most a number that falls as 0.27/t", known, largest, 2e-5, Lab.Derived, "largest over ηΛ in [0, 1]");
        }

        var (place, value) = ScalarMinimum.Find(z => -Gap(z), 0, 20, 400, 1e-12);
        yield return Claim.Relative("factor-ridge", "the residual of a ridge 1/(ηt) exceeds that of flow by at most 0.2036, at every t", LargestGap, -value, 1e-9, Lab.Derived, "largest over z");
        yield return Claim.Relative("factor-ridge-place", "at z = 2.5129", PlaceOfGap, place, 1e-6, Lab.Derived, "place of the largest");
        var fraction = ScalarMinimum.Find(z => double.ExpM1(-z) * (1 + z) / z, 1e-3, 20, 400, 1e-12);
        yield return Claim.Relative("factor-learned", "what flow has learned is at most 1.2984 times what the ridge has", LargestFraction, -fraction.Value, 1e-9, Lab.Derived, "largest over z");
        var (best, left) = ScalarMinimum.Find(c => Math.Max(Extreme(c, 1), Extreme(c, -1)), 0.2, 1.2, 101, 1e-9);
        yield return Claim.Absolute("calibration", "the best ridge c/(ηt) has c = 0.532", 0.532, best, 1e-3, Lab.Derived, "smallest largest difference over z");
        yield return Claim.AtMost("calibration-error", "and is wrong by up to 0.1020, half of what it is at c = 1", 0.1020, left, Lab.Derived, "its largest difference");

        static double Extreme(double c, int sign) => -ScalarMinimum.Find(z => -sign * ((c / (c + z)) - Math.Exp(-z)), 1e-6, 20, 200, 1e-10).Value;
    }
}
