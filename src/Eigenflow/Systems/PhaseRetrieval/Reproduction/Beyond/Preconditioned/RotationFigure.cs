using Eigenflow.Figures;
using Eigenflow.Solutions;

namespace Eigenflow.Systems.PhaseRetrieval;

/// <summary>Figure and claims: the gain of a preconditioner against the angle by which its basis is wrong.</summary>
internal static class RotationFigure
{
    private const int Dimension = 100, LargestSize = 800;
    private const double Exponent = 2;
    private const int Rotations = 3;

    // K is measured where the fourth order of ε is small, on more rotations: their spread is the error. The quantile is Student's for 15 degrees of freedom.
    private const int CurvatureRotations = 16;
    private const double CurvatureAngle = 0.1, Quantile = 2.13, LargestLate = 0.5;
    private static readonly double[] Preconditioners = [0.25, 0.5, 0.75];
    private static readonly double[] Angles = [.. Enumerable.Range(0, 10).Select(k => 1e-3 * Math.Pow(10, k / 3.0))];

    public static ReproductionResult Run(IProgress<Progress>? progress, CancellationToken cancellation)
    {
        var claims = new List<Claim>();
        var rows = new List<IReadOnlyList<string>>();
        List<Series> gains = [], steps = [];
        var plain = Relaxation(Problem(0, 0, 1), cancellation);
        var largest = new List<double>();
        foreach (var kappa in Preconditioners)
        {
            progress?.Report(new Progress((double)largest.Count / Preconditioners.Length, $"rotations, κ = {DisplayNumber.Of(kappa)}"));
            var law = Law(Dimension, kappa, cancellation);
            var aligned = Relaxation(Problem(kappa, 0, 1), cancellation);
            var gain = plain.Time / aligned.Time;
            largest.Add(gain);
            var measured = Angles.Select(angle => Mean(kappa, angle, Rotations, cancellation)).ToArray();
            gains.Add(SolutionSeries.Function(TimeGrid.Logarithmic(Angles[0], Math.Min(Angles[^1], 1.5 * law.CriticalAngle), 20).Where(angle => angle > 0), angle => gain / (1 + (law.Curvature * angle * angle)), "", 0) with { Value = kappa });
            gains.Add(Points(kappa, [.. measured.Select(one => Array.ConvertAll(one, run => plain.Time / run.Time))]));
            steps.Add(Points(kappa, [.. measured.Select(one => Array.ConvertAll(one, run => plain.Time * plain.Rate / run.Time / run.Rate))]) with { Style = SeriesStyle.Line, Role = SeriesRole.Simulation });

            // Pairs ±ε leave no odd power of ε.
            var angle = CurvatureAngle * law.CriticalAngle;
            var changes = Mean(kappa, angle, CurvatureRotations, cancellation).Chunk(2).Select(pair => (((pair[0].Clock() + pair[1].Clock()) / 2 / aligned.Clock()) - 1) / (angle * angle)).ToArray();
            var curvature = changes.Average();
            var spread = Math.Sqrt(changes.Sum(value => (value - curvature) * (value - curvature)) / (CurvatureRotations - 1) / CurvatureRotations);

            // The law is that of modes that relax late: at κ = ¾ they relax while the student still escapes.
            if (kappa <= LargestLate)
            {
                claims.Add(Claim.Relative(
                    $"rotation-curvature-k{DisplayNumber.Of(kappa)}", $"a rotation by ε lengthens ∫|u|dt up to MSE = ½ by the factor 1 + Kε², K within a quarter of the second-order law (a = 2, κ = {DisplayNumber.Of(kappa)}, d = {Dimension})", law.Curvature, curvature, 0.25, Curves.Derived,
                    $"full-matrix flow at ε = K^{{−½}}/10, mean over {CurvatureRotations} rotations and their inverses", PredictionKind.Heuristic, Quantile * spread).At("d", Dimension).At("rotations", CurvatureRotations).Over("Kε² ≪ 1"));
            }

            var growth = Math.Log2(Law(2 * LargestSize, kappa, cancellation).Curvature / Law(LargestSize, kappa, cancellation).Curvature);
            claims.Add(Claim.Absolute(
                $"rotation-growth-k{DisplayNumber.Of(kappa)}", $"the K of the second-order law grows as d^x, x = max(a − 1, 2aκ − 1) (a = 2, κ = {DisplayNumber.Of(kappa)})", RotationLaw.Growth(Exponent, kappa), growth, 0.1, Curves.Derived,
                $"sums of the second-order law at d = {LargestSize} and twice that, against their asymptote; no flow" + (kappa > LargestLate ? ", in which K is larger at this κ" : ""), PredictionKind.Asymptotic).UpTo(2 * LargestSize, "d").Over("d → ∞"));
            rows.Add([DisplayNumber.Of(kappa), DisplayNumber.Of(gain, 3), DisplayNumber.Of(law.CriticalAngle, 3), DisplayNumber.Of(law.Curvature, 3), DisplayNumber.WithInterval(curvature, Quantile * spread), DisplayNumber.Fraction(-RotationLaw.Growth(Exponent, kappa) / 2)]);
        }

        var critical = HalfAngle(gains.First(series => series.Value == 0.5 && series.Style == SeriesStyle.Points), largest[1] / 2);
        gains.Add(SolutionSeries.Key("law", SeriesStyle.Dashed));
        return new ReproductionResult
        {
            Claims = claims,
            Tables =
            [
                new Table(
                    "rotation", "What a rotation takes away", ["κ", "gain at ε = 0", "ε_c (rad)", "K", "K measured ± 95 %", "ε_c ∝ d^x, x"], rows,
                    $"Gain: ratio of T(MSE = ½) − T₁′ without and with preconditioner; K: of ∫|u|dt up to MSE = ½; a = 2, d = {Dimension}, teacher all ones. ε_c = K^{{−½}}; K measured on {CurvatureRotations} rotations and their inverses at ε = ε_c/10. The law is that of modes that relax late; at κ = 0.75 half of the MSE is gone soon after the escape."),
            ],
            Figures =
            [
                new Figure
                {
                    Id = "preconditioner-rotation",
                    Title = $"A basis turned by {DisplayNumber.Of(critical * 180 / Math.PI, 2)}° halves the gain of κ = ½, {DisplayNumber.Of(largest[1], 2)}-fold in the eigenbasis",
                    Scale = new ColorScale("κ"),
                    Caption = $"Preconditioner P = R [diag(RᵀQR)]^{{−κ}} Rᵀ in a basis that is turned at random by ε (root mean square angle), full-matrix flow, a = 2, d = {Dimension}, teacher all ones, alternating start; dots: mean over {Rotations} rotations and their inverses, bars: smallest and largest. "
                        + "(a) Gain in the time from T₁′ to MSE = ½ over the plain flow, and the law gain(0)/(1 + Kε²) with K of second order in ε (dashed). (b) The same in steps at the stability limit, which the rotation lowers as well.",
                    Panels =
                    [
                        new Panel { Title = "gain in flow time", X = new Axis("rotation ε (rad)", true), Y = new Axis("gain", true), Series = gains },
                        new Panel { Title = "gain in steps", X = new Axis("rotation ε (rad)", true), Y = new Axis("gain", true), Series = steps, Lines = [new ReferenceLine(1, "no gain", IsVertical: false)] },
                    ],
                },
            ],
        };
    }

    // Linear in the logarithms between the dots around a gain.
    private static double HalfAngle(Series series, double gain)
    {
        var row = Array.FindIndex(series.Y, value => value <= gain);
        var part = Math.Log(series.Y[row - 1] / gain) / Math.Log(series.Y[row - 1] / series.Y[row]);
        return series.X[row - 1] * Math.Pow(series.X[row] / series.X[row - 1], part);
    }

    private static Series Points(double kappa, double[][] values) => new()
    {
        Label = $"κ = {DisplayNumber.Of(kappa)}",
        X = Angles,
        Y = [.. values.Select(one => one.Average())],
        Lower = [.. values.Select(one => one.Min())],
        Upper = [.. values.Select(one => one.Max())],
        Style = SeriesStyle.Points,
        Value = kappa,
    };

    private static Relaxed[] Mean(double kappa, double angle, int rotations, CancellationToken cancellation) =>
        [.. Enumerable.Range(0, 2 * rotations).Select(k => Relaxation(Problem(kappa, k % 2 == 0 ? angle : -angle, 1 + (k / 2)), cancellation))];

    private static PhaseRetrievalProblem Problem(double kappa, double angle, long seed) =>
        HalfTime.Problem(Dimension, Exponent, kappa) with { Start = Start.Alternating(), Rotation = angle, RotationSeed = seed };

    private static RotationLaw Law(int dimension, double kappa, CancellationToken cancellation)
    {
        var modes = (HalfTime.Problem(dimension, Exponent, 0) with { Start = Start.Alternating() }).Modes(ModeRepresentation.Full, cancellation);
        return RotationLaw.Of(modes.Eigenvalues, [.. modes.Teacher.Zip(modes.Start, (teacher, start) => teacher - start)], kappa);
    }

    // From the crossing on, so that the time of the escape is no part of it.
    private static Relaxed Relaxation(PhaseRetrievalProblem problem, CancellationToken cancellation)
    {
        var (time, rate, flow) = HalfTime.Of(problem, ModeRepresentation.Full, cancellation);
        return new Relaxed(time - (flow.Events[PhaseEvents.Crossing] ?? 0), rate, () => Clock(flow, time, rate));
    }

    // ∫|u|dt: the time in which slow modes relax at their rates while u is still on its way.
    private static double Clock(Solution flow, double time, double rate)
    {
        var rule = ErrorClock.Plan([time], rate, flow.Events[PhaseEvents.Crossing]);
        return rule.Integrals([.. rule.Nodes.Select(node => Math.Abs(flow.At(node)["u"]))])[0];
    }

    // From the crossing to MSE = ½, the escape rate, and the clock.
    private sealed record Relaxed(double Time, double Rate, Func<double> Clock);
}
