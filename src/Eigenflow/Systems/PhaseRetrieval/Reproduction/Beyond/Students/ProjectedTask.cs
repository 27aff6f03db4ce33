using Eigenflow.Figures;
using Eigenflow.Scaling;
using Eigenflow.Solutions;
using Eigenflow.Spectra;

namespace Eigenflow.Systems.PhaseRetrieval;

/// <summary>Beyond the paper: the flow with s held at s*, against the free one.</summary>
internal static class ProjectedTask
{
    private const long Dimension = 1_000_000;

    // Numbers of relaxed modes between which the exponent is fitted, and at which the law is tested.
    private const double FirstModes = 30, LateModes = 300, LastModes = 1000;
    private const int IsotropicDimension = 1000, StartSeed = 4;
    private static readonly double[] Exponents = [1.5, 2, 3];
    private static readonly (string Name, NormProjection? Projection)[] Kinds = [("free flow", null), ("s = s*, tangent", NormProjection.Tangent), ("s = s*, rescaled", NormProjection.Rescale)];

    public static ReproductionResult Run(IProgress<Progress>? progress, CancellationToken cancellation)
    {
        var claims = new List<Claim>();
        var slopes = new List<(double Exponent, MeasuredSlope Slope)>();
        List<Series> escape = [], late = [SolutionSeries.Key("flow", SeriesStyle.Line), SolutionSeries.Key("law p(t)/2", SeriesStyle.Points)];
        for (var k = 0; k < Exponents.Length; k++)
        {
            var exponent = Exponents[k];
            var problem = new PhaseRetrievalProblem { Spectrum = Spectrum.PowerLaw(Dimension, exponent), Teacher = Teacher.Ones() };
            var modes = problem.Modes(ModeRepresentation.Compressed, cancellation).Merged();
            double Time(double relaxed) => Math.Pow(relaxed, exponent) * ((PowerLawSpectrum)problem.Spectrum).Normalization / 16;
            var at = Time(LateModes);
            var flow = problem.Solve(new ProjectedFlow { Modes = ModeRepresentation.Compressed, Until = Time(10 * LastModes), Points = 300 }, PartialProgress.Of(progress, k, Exponents.Length), cancellation);
            cancellation.ThrowIfCancellationRequested();
            var curve = SolutionSeries.Of(flow, "one-minus-u", $"a = {DisplayNumber.Of(exponent)}", k);
            var law = Law(modes, flow["u"][^1] < 0 ? -1 : 1);
            late.Add(curve);
            late.Add(SolutionSeries.Function(curve.Thinned(24).X.Where(time => time > 1), law, "", k, SeriesStyle.Points));
            var end = problem.Solve(new ProjectedFlow { Modes = ModeRepresentation.Compressed, Times = [at] }, null, cancellation)["one-minus-u"][0];
            slopes.Add((exponent, curve.SlopeBetween(Time(FirstModes), Time(LastModes))));
            claims.Add(Claim.Relative(
                $"projected-law-a{DisplayNumber.Of(exponent)}", $"s = s*: 1 − |u|/s* tends to p(t)/(2s*) with p = Σ λ_i (w*_i − w_i(0))² e^{{−16λ_i s* t}} (a = {DisplayNumber.Of(exponent)}, d = 10^6)", law(at), end, 0.05,
                Curves.Derived, "tangent flow where 300 modes have relaxed", PredictionKind.Asymptotic).UpTo(at).At("d", Dimension));
            claims.Add(Claim.Absolute(
                $"projected-exponent-a{DisplayNumber.Of(exponent)}", $"s = s*: 1 − |u| falls with the exponent of the free flow (a = {DisplayNumber.Of(exponent)})", -SharpLaw.Exponent(exponent), slopes[k].Slope.Value, 0.03,
                Curves.Derived, "fitted slope while 30 to 1000 modes relax, tangent flow", PredictionKind.Asymptotic, slopes[k].Slope.MeanHalf).UpTo(Time(LastModes)).At("d", Dimension).Over("1 ≪ 8ct ≪ d^a"));
        }

        Escape(escape, cancellation);
        claims.Add(Isotropic(cancellation));
        return new ReproductionResult
        {
            Claims = claims,
            Figures =
            [
                new Figure
                {
                    Id = "beyond-projected",
                    Title = "Norm held: " + Headline.Slopes("1 − |u|", "t", "a", slopes),
                    Caption = "(a) |u| of the free flow and of the flow whose norm is held at the teacher's, by taking out the gradient along Qw or by rescaling w; a = 2, d = 10^6, one start on the sphere, scaled to s = s* where the norm is held. "
                        + "(b) 1 − |u|/s* with the norm held on the tangent (lines) and its law p(t)/2 (dots), d = 10^6: the exponents are those of the free flow. Teacher all ones.",
                    Panels =
                    [
                        new Panel { Title = "escape, a = 2", X = new Axis("flow time t", false, 0, 4), Y = new Axis("|u|/s*", true, null, 2), Series = escape },
                        new Panel { Title = "late, tangent", X = new Axis("flow time t", true, 0.1), Y = new Axis("1 − |u|/s*", true), Series = late },
                    ],
                },
            ],
        };
    }

    // p(t)/(2 s*): the slow modes start from the scaled start, the norm holds q = −p/2.
    private static Func<double, double> Law(WeightedModes modes, int sign)
    {
        var scale = sign * Math.Sqrt(modes.TeacherOverlap / modes.Moments(1).Start);
        return time => modes.Sum(j =>
        {
            var deviation = modes.Teacher[j] - (scale * modes.Start[j]);
            return modes.Weights[j] * modes.Eigenvalues[j] * deviation * deviation * Math.Exp(-16 * modes.Eigenvalues[j] * modes.TeacherOverlap * time);
        }) / (2 * modes.TeacherOverlap);
    }

    private static void Escape(List<Series> series, CancellationToken cancellation)
    {
        var problem = new PhaseRetrievalProblem { Spectrum = Spectrum.PowerLaw(Dimension, 2), Teacher = Teacher.Ones(), Start = Start.UnitSphere(StartSeed) };
        double[] times = [.. Enumerable.Range(0, 161).Select(row => row / 40.0)];
        for (var k = 0; k < Kinds.Length; k++)
        {
            FlowMethod method = Kinds[k].Projection is { } projection
                ? new ProjectedFlow { Projection = projection, Modes = ModeRepresentation.Compressed, Times = times }
                : new GradientFlow { Modes = ModeRepresentation.Compressed, Times = times };
            series.Add(SolutionSeries.Of(problem.Solve(method, null, cancellation), "u", Kinds[k].Name, k, absolute: true, keepsZero: true));
            cancellation.ThrowIfCancellationRequested();
        }
    }

    // One eigenvalue: u̇ = (8/d) u (s* − u²/s*) in closed form.
    private static Claim Isotropic(CancellationToken cancellation)
    {
        const double threshold = 0.1;
        var flow = new PhaseRetrievalProblem { Spectrum = Spectrum.Isotropic(IsotropicDimension) }.Solve(new ProjectedFlow { Times = [0, 1e4] }, null, cancellation);
        var cosine = Math.Abs(flow["u"][0]);
        double Odds(double u) => u * u / (1 - (u * u));
        return Claim.Relative(
            "projected-isotropic", "s = s*, isotropic inputs: T₁ = (d/16) ln[δ²(1 − c²)/((1 − δ²)c²)] with c = u(0)/s*, where the free flow has the rate 12/d and starts from s(0) = 1/d (d = 1000)",
            IsotropicDimension / 16.0 * Math.Log(Odds(threshold) / Odds(cosine)), flow.TimeOf(PhaseEvents.Escape), 1e-5, Curves.Derived, "tangent flow", PredictionKind.Exact).At("d", IsotropicDimension);
    }
}
