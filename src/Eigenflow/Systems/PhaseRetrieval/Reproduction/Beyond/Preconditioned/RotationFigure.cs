using Eigenflow.Figures;
using Eigenflow.Scaling;
using Eigenflow.Solutions;
using Eigenflow.Spectra;

namespace Eigenflow.Systems.PhaseRetrieval;

/// <summary>Figure and claims: the gain of a preconditioner against the angle by which its basis is wrong.</summary>
internal static class RotationFigure
{
    private const int Dimension = 100;
    private const double Exponent = 2;
    private const int Rotations = 3;
    private const double CurvatureAngle = 0.25;
    private static readonly double[] Preconditioners = [0.25, 0.5, 0.75];
    private static readonly double[] Angles = [.. Enumerable.Range(0, 10).Select(k => 1e-3 * Math.Pow(10, k / 3.0))];
    private static readonly double[] Sizes = [200, 400, 800, 1600];

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
            var eigenvalues = Problem(kappa, 0, 1).Modes(cancellation: cancellation).Eigenvalues;
            var law = RotationLaw.Of(eigenvalues, kappa);
            var aligned = Relaxation(Problem(kappa, 0, 1), cancellation);
            var gain = plain.Time / aligned.Time;
            largest.Add(gain);
            var measured = Angles.Select(angle => Mean(kappa, angle, cancellation)).ToArray();
            gains.Add(SolutionSeries.Function(TimeGrid.Logarithmic(Angles[0], Angles[^1], 20).Where(angle => angle > 0), angle => gain / (1 + (law.Curvature * angle * angle)), "", 0) with { Value = kappa });
            gains.Add(Points(kappa, [.. measured.Select(one => Array.ConvertAll(one, run => plain.Time / run.Time))]));
            steps.Add(Points(kappa, [.. measured.Select(one => Array.ConvertAll(one, run => plain.Time * plain.Rate / run.Time / run.Rate))]) with { Style = SeriesStyle.Line, Role = SeriesRole.Simulation });

            // Pairs ±ε leave no odd power of ε.
            var angle = CurvatureAngle * law.CriticalAngle;
            var changes = Mean(kappa, angle, cancellation).Chunk(2).Select(pair => (((pair[0].Time + pair[1].Time) / 2 / aligned.Time) - 1) / (angle * angle)).ToArray();
            var curvature = changes.Average();
            var spread = Math.Sqrt(changes.Sum(value => (value - curvature) * (value - curvature)) / (Rotations - 1) / Rotations);
            if (kappa <= 0.5)
            {
                // Student's quantile for two degrees of freedom.
                claims.Add(Claim.Relative(
                    $"rotation-curvature-k{DisplayNumber.Of(kappa)}", $"a rotation by ε lengthens T(MSE = ½) − T₁′ by the factor 1 + Kε² (a = 2, κ = {DisplayNumber.Of(kappa)}, d = {Dimension})", law.Curvature, curvature, 0.25, Curves.Derived,
                    $"full-matrix flow at ε = K^{{−½}}/4, mean over {Rotations} rotations and their inverses", PredictionKind.Heuristic, 4.3 * spread).At("d", Dimension).At("rotations", Rotations).Over("Kε² ≪ 1"));
            }

            double[] curvatures = [.. Sizes.Select(size => RotationLaw.Of(Eigenvalues((int)size, cancellation), kappa).Curvature)];
            var fit = PowerLaw.Fit(Sizes, curvatures, new PowerLawOptions { WindowStart = Sizes[0], WindowEnd = Sizes[^1], MinimumDecades = 0.5 });
            claims.Add(Claim.Absolute(
                $"rotation-growth-k{DisplayNumber.Of(kappa)}", $"K grows as d^x, x = max(a − 1, 2aκ − 1) (a = 2, κ = {DisplayNumber.Of(kappa)})", RotationLaw.Growth(Exponent, kappa), fit.Exponent, 0.1, Curves.Derived,
                "second-order law at four dimensions, least squares on the logarithms; 95 % interval, widened for correlated residuals", PredictionKind.Asymptotic, (fit.Upper - fit.Lower) / 2).UpTo(Sizes[^1], "d").Over("d from 200 to 1600"));
            rows.Add([DisplayNumber.Of(kappa), DisplayNumber.Of(gain, 3), DisplayNumber.Of(law.CriticalAngle, 3), DisplayNumber.Of(law.Curvature, 3), DisplayNumber.WithInterval(curvature, 4.3 * spread), DisplayNumber.Fraction(-RotationLaw.Growth(Exponent, kappa) / 2)]);
        }

        var critical = RotationLaw.Of(Eigenvalues(Dimension, cancellation), 0.5).CriticalAngle;
        gains.Add(SolutionSeries.Key("law", SeriesStyle.Dashed));
        return new ReproductionResult
        {
            Claims = claims,
            Tables =
            [
                new Table(
                    "rotation", "What a rotation takes away", ["κ", "gain at ε = 0", "ε_c (rad)", "K", "K measured ± 95 %", "ε_c ∝ d^x, x"], rows,
                    $"Gain: ratio of T(MSE = ½) − T₁′ without and with preconditioner; a = 2, d = {Dimension}, teacher all ones. ε_c = K^{{−½}}; K measured on {Rotations} rotations and their inverses at ε = ε_c/4."),
            ],
            Figures =
            [
                new Figure
                {
                    Id = "preconditioner-rotation",
                    Title = $"A basis turned by {DisplayNumber.Of(critical * 180 / Math.PI, 2)}° halves the gain of κ = ½, {DisplayNumber.Of(largest[1], 2)}-fold in the eigenbasis",
                    Scale = new ColorScale("κ"),
                    Caption = $"Preconditioner P = R diag((RᵀQR)_{{ii}})^{{−κ}}Rᵀ in a basis that is turned at random by ε (root mean square angle), full-matrix flow, a = 2, d = {Dimension}, teacher all ones, alternating start; dots: mean over {Rotations} rotations and their inverses, bars: smallest and largest. "
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

    private static (double Time, double Rate)[] Mean(double kappa, double angle, CancellationToken cancellation) =>
        [.. Enumerable.Range(0, 2 * Rotations).Select(k => Relaxation(Problem(kappa, k % 2 == 0 ? angle : -angle, 1 + (k / 2)), cancellation))];

    private static PhaseRetrievalProblem Problem(double kappa, double angle, long seed) =>
        HalfTime.Problem(Dimension, Exponent, kappa) with { Start = Start.Alternating(), Rotation = angle, RotationSeed = seed };

    private static double[] Eigenvalues(int dimension, CancellationToken cancellation) => HalfTime.Problem(dimension, Exponent, 0).Modes(ModeRepresentation.Full, cancellation).Eigenvalues;

    // From the crossing on, so that the time of the escape is no part of it.
    private static (double Time, double Rate) Relaxation(PhaseRetrievalProblem problem, CancellationToken cancellation)
    {
        var (time, flow) = HalfTime.Of(problem, ModeRepresentation.Full, cancellation);
        var modes = problem.Rotation != 0 ? RotatedModes.Of(problem) : problem.Modes(ModeRepresentation.Full, cancellation);
        return (time - (flow.Events[PhaseEvents.Crossing] ?? 0), EscapeTheory.Of(modes).Rate);
    }
}
