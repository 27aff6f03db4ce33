using Eigenflow.Dynamics;
using Eigenflow.Figures;
using Eigenflow.Scaling;
using Eigenflow.Solutions;
using Eigenflow.Spectra;

namespace Eigenflow.Systems.PhaseRetrieval;

/// <summary>Beyond the paper: escape of other even links, isotropic and anisotropic, and a link whose student is trapped.</summary>
internal static class LinkTask
{
    private const double Exponent = 2;
    private const int TrapDimension = 1000;
    private static readonly LinkFunction[] Links = [LinkFunction.Square, LinkFunction.Hermite4, LinkFunction.Hermite6];
    private static readonly string[] Names = ["z²", "He₄", "He₆"];
    private static readonly long[] Isotropic = [1000, 3000, 10_000, 30_000, 100_000, 1_000_000, 10_000_000];
    private static readonly long[] PowerLaws = [1000, 10_000, 100_000, 1_000_000, 10_000_000, 100_000_000, 1_000_000_000];
    private static readonly double[] Fourths = [0.05, 0.1, 0.2, 0.4, 1];

    public static ReproductionResult Run(IProgress<Progress>? progress, CancellationToken cancellation)
    {
        var claims = new List<Claim>();
        var (flat, steep) = (new List<Series> { SolutionSeries.Key("flow", SeriesStyle.Points), SolutionSeries.Key("theory", SeriesStyle.Line) }, new List<Series>());
        for (var k = 0; k < Links.Length; k++)
        {
            var link = Links[k];
            var times = Isotropic.Select(dimension => Escape(Spectrum.Isotropic(dimension), link, cancellation) / dimension).ToArray();
            double[] dimensions = [.. Isotropic.Select(dimension => (double)dimension)];
            flat.Add(new Series { Label = Names[k], X = dimensions, Y = times, Style = SeriesStyle.Points, Color = k });
            flat.Add(SolutionSeries.Function(dimensions, dimension => IsotropicTime(link, dimension), Names[k], k, SeriesStyle.Line));
            if (k > 0)
            {
                var fit = PowerLaw.Fit([.. dimensions.Select(dimension => 1 / Math.Sqrt(dimension))], times, new PowerLawOptions());
                claims.Add(Claim.Absolute(
                    $"link-information-exponent-{link.InformationExponent}", $"isotropic inputs: the escape time of {Names[k]} is the power 2 − k* of the first cosine u(0)/√(s(0) s*) (k* = {link.InformationExponent})", 2 - link.InformationExponent, fit.Exponent, 0.02,
                    Curves.Derived, "slope of ln(T₁/d) against the logarithm of the cosine, typical starts", PredictionKind.Asymptotic, fit.MeanHalf).At("d", Isotropic[^1]).Over("cosines 10^{−3.5} to 10^{−1.5}"));
                claims.Add(Claim.Relative(
                    $"link-escape-time-{link.InformationExponent}", $"isotropic inputs: T₁ of {Names[k]} is that of a student that settles at s = r₀ s* first (d = 10^7)", IsotropicTime(link, dimensions[^1]), times[^1], 0.01,
                    Curves.Derived, "flow with the typical start; T₁/d", PredictionKind.Asymptotic).At("d", dimensions[^1]));
            }

            var steepTimes = PowerLaws.Select(dimension => Escape(Spectrum.PowerLaw(dimension, Exponent), link, cancellation)).ToArray();
            steep.Add(new Series { Label = Names[k], X = [.. PowerLaws.Select(dimension => (double)dimension)], Y = steepTimes, Style = SeriesStyle.Points, Color = k });
            var slope = (steepTimes[^1] - steepTimes[^3]) / Math.Log((double)PowerLaws[^1] / PowerLaws[^3]);
            var rate = GrowthRate(link, Spectrum.PowerLaw(PowerLaws[^1], Exponent));
            steep.Add(SolutionSeries.Function(PowerLaws.Select(dimension => (double)dimension), dimension => steepTimes[^1] + (Math.Log(dimension / PowerLaws[^1]) / (2 * rate)), Names[k], k, SeriesStyle.Line));
            claims.Add(Claim.Relative(
                $"link-escape-log-{link.InformationExponent}", $"a = 2: T₁ of {Names[k]} grows as (log d)/(2ρ), whatever the information exponent (k* = {link.InformationExponent})", 1 / (2 * rate), slope, 0.02,
                Curves.Derived, "slope of T₁ against ln d from d = 10^7 to 10^9, typical start; ρ = 4λ₁ g(0) where k* > 2, and that of the paper for z²", PredictionKind.Asymptotic).At("d", PowerLaws[^1]));
        }

        progress?.Report(new Progress(0.7, "traps"));
        var (traps, trapClaim, freed) = Traps(cancellation);
        claims.Add(trapClaim);
        return new ReproductionResult
        {
            Claims = claims,
            Figures =
            [
                new Figure
                {
                    Id = "beyond-links",
                    Title = $"Escape: powers of d where inputs are isotropic, log d for a = 2; {freed} of {Fourths.Length} mixed links are learned by t = 100",
                    Caption = "(a) Escape time T₁ (|u| = 0.1 s*) over d for isotropic inputs and typical starts, for the links z², He₄ and He₆ (dots), and theory (lines): (ln 0.1 d)/12 for z², and for degree k a power d^{(k − 2)/2} from the student that settles at r₀. "
                        + $"(b) The same for a = 2: T₁ grows as log d (lines: slope 1/(2ρ) through the last dot), because growth from a small start turns the student to the head modes. (c) |u| for h = He₂ + c₄ He₄, a = 2, d = {TrapDimension}: above a c₄ the set u = 0 attracts, and the student forgets the teacher.",
                    Panels =
                    [
                        new Panel { Title = "isotropic", X = new Axis("dimension d", true), Y = new Axis("T₁/d", true), Series = flat },
                        new Panel { Title = "a = 2", X = new Axis("dimension d", true), Y = new Axis("escape time T₁", true), Series = steep },
                        new Panel { Title = "He₂ + c₄ He₄", X = new Axis("flow time t", true, 1e-3, 100), Y = new Axis("|u|/s*", true, 1e-8, 2), Series = traps },
                    ],
                },
            ],
        };
    }

    private static double Escape(Spectrum spectrum, LinkFunction link, CancellationToken cancellation)
    {
        // Beyond every escape here: d³ for He_6.
        var until = spectrum is PowerLawSpectrum ? 1e3 : 10 * Math.Pow(spectrum.Dimension, 3);
        var flow = new PhaseRetrievalProblem { Spectrum = spectrum }.Solve(new LinkFlow { Link = link, Modes = ModeRepresentation.Averaged, Until = until, Points = 3 }, null, cancellation);
        cancellation.ThrowIfCancellationRequested();
        return flow.TimeOf(PhaseEvents.Escape);
    }

    // T₁/d. A student of the cosine d^{−1/2} settles at s = r₀ s*, so that v₀ = √(r₀/d); then v̇ = 4 (h_k/d) v^{k−1}. The square: u = e^{12t/d}/d.
    private static double IsotropicTime(LinkFunction link, double dimension)
    {
        if (link.InformationExponent == 2)
            return Math.Log(0.1 * dimension) / 12;
        var coupling = new LinkCoupling(link, 1);
        var (plateau, _) = LinkFlow.Plateau(coupling);
        var power = link.InformationExponent - 2;
        const double small = 1e-3;
        var drive = coupling.Landscape.Drift(small, plateau).H / Math.Pow(small, power + 1);
        return (Math.Pow(plateau / dimension, -power / 2.0) - Math.Pow(0.1, -power)) / (4 * drive * power);
    }

    // Rate of the overlap while the student is small.
    private static double GrowthRate(LinkFunction link, Spectrum spectrum)
    {
        var modes = new PhaseRetrievalProblem { Spectrum = spectrum }.Modes(ModeRepresentation.Averaged);
        return link.InformationExponent == 2 ? EscapeTheory.Of(modes).Rate : 4 * modes.LargestEigenvalue * new LinkCoupling(link, 1).Landscape.Drift(0, 0).G;
    }

    private static (List<Series> Series, Claim Claim, int Freed) Traps(CancellationToken cancellation)
    {
        var series = new List<Series>();
        Claim? claim = null;
        var freed = 0;
        for (var k = 0; k < Fourths.Length; k++)
        {
            var problem = new PhaseRetrievalProblem { Spectrum = Spectrum.PowerLaw(TrapDimension, Exponent), Teacher = Teacher.Ones(), Start = Start.Alternating() };
            var flow = problem.Solve(new LinkFlow { Link = LinkFunction.Of(1, Fourths[k]), Until = 100, Points = 300 }, null, cancellation);
            cancellation.ThrowIfCancellationRequested();
            series.Add(SolutionSeries.Of(flow, "u", $"c_4 = {DisplayNumber.Of(Fourths[k])}", k, absolute: true));
            if (flow["u"][^1] is var last && Math.Abs(last) > 0.5)
                freed++;
            if (k != Fourths.Length - 1)
                continue;
            claim = Trap(problem, LinkFunction.Of(1, Fourths[k]), cancellation);
        }

        return (series, claim!, freed);
    }

    // Beside the set u = 0, s = r₀s*, with g = g′ δs and h = h′ u: u̇ = 4 h′ s*⁽²⁾ u + 4 g′ u₂ δs, δṡ = 8 h′ u₂ u + 8 g′ s₂ δs.
    private static Claim Trap(PhaseRetrievalProblem problem, LinkFunction link, CancellationToken cancellation)
    {
        double[] times = [.. Enumerable.Range(0, 40).Select(row => 2 + (0.05 * row))];
        var modes = problem.Modes(ModeRepresentation.Full, cancellation);
        var coupling = new LinkCoupling(link, modes.TeacherOverlap);
        var system = new FlowSystem(modes, link: coupling);
        var run = ContinuousRun.Run(system, system.InitialState, times, 1e-10, new PhaseEvents(problem, modes.TeacherOverlap), "", new SolveContext(null, null, cancellation));
        cancellation.ThrowIfCancellationRequested();
        var (plateau, h) = LinkFlow.Plateau(coupling);
        var g = coupling.Landscape.GByQuadratic.At(0, plateau);
        var (_, _, teacher) = modes.Moments(2);
        var student = modes.Sum(j => Math.Pow(modes.Eigenvalues[j] * run.FinalState[j], 2));
        var cross = modes.Sum(j => modes.Eigenvalues[j] * modes.Eigenvalues[j] * run.FinalState[j] * modes.Teacher[j]);
        var (trace, determinant) = ((4 * h * teacher) + (8 * g * student), 32 * h * g * ((teacher * student) - (cross * cross)));
        var rate = (trace / 2) + Math.Sqrt((trace * trace / 4) - determinant);
        var fit = PowerLaw.Fit([.. times.Select(Math.Exp)], [.. run.Rows.Select(row => Math.Abs(row.U))], new PowerLawOptions { MinimumDecades = 0 });
        return Claim.Relative(
            "link-trap", "h = He₂ + He₄: the set u = 0, s = r₀ s* attracts, and u decays there at the slower rate of the linear equations of u and s beside it (a = 2, d = 1000)", rate, fit.Exponent, 0.02, Curves.Derived,
            "least-squares slope of ln |u| over t = 2 to 4; s₂ and u₂ of the last state", PredictionKind.Asymptotic, fit.MeanHalf).UpTo(times[^1]).At("d", TrapDimension);
    }
}
