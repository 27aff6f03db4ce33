using Eigenflow.Figures;
using Eigenflow.Solutions;
using Eigenflow.Spectra;

namespace Eigenflow.Systems.PhaseRetrieval;

/// <summary>Claims and figure: the MSE in all phases from the clock ∫|u| dt, and the part of the plateau that is lost at T₂.</summary>
internal static class ClockClaims
{
    private const long Dimension = 1000;
    private const double Lowest = 1e-3;

    // Modes of the plateau within which the law is claimed whatever the teacher and the start: the first ones are not slow, and are driven by u.
    private const double LargestModes = 2;
    private const int Seeds = 6;

    // Parts of ‖w*‖²/d down to which the law is claimed, and within what.
    private static readonly (double Level, double Tolerance)[] Claims = [(1.0 / 3, 0.003), (1.0 / 25, 0.012)];
    private static readonly double[] Exponents = [1.5, 2, 3];

    public static ReproductionResult Run(IProgress<Progress>? progress, CancellationToken cancellation)
    {
        var claims = new List<Claim>();
        var series = new List<Series> { SolutionSeries.Key("gradient flow", SeriesStyle.Points), SolutionSeries.Key("clock", SeriesStyle.Line) };
        var largest = 0.0;
        for (var k = 0; k < Exponents.Length; k++)
        {
            progress?.Report(new Progress((double)k / (Exponents.Length + 1), "clock"));
            var exponent = Exponents[k];
            var (flow, clock) = Solve(Dimension, exponent, cancellation);
            foreach (var (level, tolerance) in Claims)
            {
                var worst = Worst(flow, clock, level);
                largest = Math.Max(largest, worst);
                claims.Add(Claim.AtMost(
                    FormattableString.Invariant($"clock-a{exponent:R}-{1 / level:0}"), $"MSE = (1/d) Σ (w*_i − w_i(0))² e^{{−16λᵢ∫u}} down to 1/{1 / level:0} of the plateau (a = {DisplayNumber.Of(exponent)}, d = 1000)", tolerance, worst, Curves.Derived,
                    "largest relative difference to the gradient flow, teacher all ones, alternating start", PredictionKind.Heuristic).UpTo(flow.Times[^1]).At("d", Dimension).Over($"MSE above 1/{1 / level:0} of ‖w*‖²/d"));
            }

            series.Add((SolutionSeries.Of(flow, "mse", $"a = {DisplayNumber.Of(exponent)}", k, SeriesStyle.Points).Against(clock, "mse") with { Value = exponent }).Where((_, row) => flow["mse"][row] > Lowest));
            series.Add((SolutionSeries.Of(clock, "mse", $"a = {DisplayNumber.Of(exponent)}", k) with { Value = exponent }).Where((_, row) => flow["mse"][row] > Lowest));
            claims.Add(Drop(1_000_000, exponent, cancellation));
        }

        foreach (var dimension in (long[])[100, 1000])
            claims.AddRange(((string[])["ones", "gaussian"]).Select(teacher => Inputs(dimension, teacher, cancellation)));
        var (slow, slowClock) = Solve(Dimension, 1.2, cancellation);
        claims.Add(Claim.AtMost(
            "clock-a1.2", "MSE = (1/d) Σ (w*_i − w_i(0))² e^{−16λᵢ∫u} down to 0.15 (a = 1.2, d = 1000)", 0.02, Worst(slow, slowClock, 0.15), Curves.Derived,
            "largest relative difference to the gradient flow, teacher all ones, alternating start", PredictionKind.Heuristic).UpTo(slow.Times[^1]).At("d", Dimension).Over("MSE above 0.15"));
        return new ReproductionResult
        {
            Claims = claims,
            Figures =
            [
                new Figure
                {
                    Id = "clock",
                    Title = Headline.Departure("MSE in all phases", "its clock ∫u", largest),
                    Scale = new ColorScale("exponent a"),
                    Caption = "MSE along the gradient flow (dots) and (1/d) Σ (w*_i − w_i(0))² e^{−16λᵢ∫u} with u of the same flow (lines). d = 1000, s* = 1, teacher all ones, alternating start; the title's number is for MSE above 1/25 of its start.",
                    Panels = [new Panel { X = new Axis("flow time t", true, 0.1), Y = new Axis("MSE", true, Lowest, 2), Series = series }],
                },
            ],
        };
    }

    private static (Solution Flow, Solution Clock) Solve(long dimension, double exponent, CancellationToken cancellation)
    {
        var problem = EscapeModeClaims.Problem(dimension, exponent);
        var flow = problem.Solve(new GradientFlow { Points = 80, KeepsDenseOutput = false }, null, cancellation);
        cancellation.ThrowIfCancellationRequested();
        var clock = problem.Solve(new MseClock { Times = flow.Times }, null, cancellation);
        cancellation.ThrowIfCancellationRequested();
        return (flow, clock);
    }

    // In modes: |MSE_clock − MSE| over ‖w*‖²/d², after the crossing.
    private static Claim Inputs(long dimension, string name, CancellationToken cancellation)
    {
        const double exponent = 1.5;
        var worst = 0.0;
        for (var seed = 1; seed <= Seeds; seed++)
        {
            var problem = EscapeModeClaims.Problem(dimension, exponent) with { Teacher = name is "ones" ? Teacher.Ones() : Teacher.Gaussian(seed), Start = Start.UnitSphere(seed) };
            var level = problem.Modes(cancellation: cancellation).TeacherNormSquared / dimension;
            var flow = problem.Solve(new GradientFlow { Points = 40, KeepsDenseOutput = false }, null, cancellation);
            cancellation.ThrowIfCancellationRequested();
            var clock = problem.Solve(new MseClock { Times = flow.Times }, null, cancellation);
            cancellation.ThrowIfCancellationRequested();
            var crossing = flow.TimeOf(PhaseEvents.Crossing);
            worst = Math.Max(worst, Enumerable.Range(0, flow.Rows).Where(row => flow.Times[row] >= crossing).Max(row => Math.Abs(clock["mse"][row] - flow["mse"][row]) * dimension / level));
        }

        return Claim.AtMost(
            FormattableString.Invariant($"clock-{name}-d{dimension}"), FormattableString.Invariant($"MSE = (1/d) Σ (w*_i − w_i(0))² e^{{−16λᵢ∫u}} after the crossing, within {LargestModes} modes of the plateau, {LargestModes}‖w*‖²/d² (a = {exponent}, d = {dimension}, teacher {name})"), LargestModes, worst, Curves.Derived,
            FormattableString.Invariant($"largest difference to the gradient flow over {Seeds} starts on the sphere{(name is "ones" ? "" : " and as many teachers")}, in units of ‖w*‖²/d²"), PredictionKind.Heuristic).At("d", dimension).At("seeds", Seeds).Over("t ≥ T₁′");
    }

    private static double Worst(Solution flow, Solution clock, double level) =>
        Enumerable.Range(0, flow.Rows).Where(row => flow["mse"][row] > level).Max(row => Math.Abs((clock["mse"][row] / flow["mse"][row]) - 1));

    private static Claim Drop(long dimension, double exponent, CancellationToken cancellation)
    {
        const double accuracy = 0.05;
        var problem = EscapeModeClaims.Problem(dimension, exponent) with { Accuracy = accuracy };
        var modes = problem.Modes(cancellation: cancellation);
        var until = 10 + (10 * new SharpLaw(modes).TimeTo(accuracy));
        var time = problem.Solve(new GradientFlow { Until = until, Points = 2, KeepsDenseOutput = false }, null, cancellation).TimeOf(PhaseEvents.Convergence);
        cancellation.ThrowIfCancellationRequested();
        var flow = problem.Solve(new GradientFlow { Times = [time] }, null, cancellation);
        var rule = ErrorClock.Plan([time], EscapeTheory.Of(modes).Rate, flow.Events[PhaseEvents.Crossing]);
        var clock = rule.Integrals([.. rule.Nodes.Select(node => Math.Abs(flow.At(node)["u"]))])[0];
        var (spectrum, level) = ((PowerLawSpectrum)problem.Spectrum, modes.TeacherNormSquared / dimension);

        // The lower one of the finite bounds of S_d: one mode, and what the integral beyond the last mode adds.
        var relaxed = SpectralRelaxation.RelaxedModes(spectrum, clock);
        var beyond = relaxed * Math.Pow(relaxed / dimension, exponent - 1) / (exponent - 1);
        var drop = level - flow["mse"][0];
        var paper = Math.Cbrt(Math.Pow(accuracy, -exponent) / dimension) + Math.Cbrt(Math.Log(dimension) / dimension);
        return Claim.Absolute(
            $"clock-drop-a{DisplayNumber.Of(exponent)}", FormattableString.Invariant($"what the MSE has lost at T₂: (2w(0)·w* − ‖w(0)‖²)/d + ⟨w*²⟩Γ(1 − 1/a)(16c∫u)^{{1/a}}/d (a = {DisplayNumber.Of(exponent)}, d = {dimension}, ε = {accuracy})"),
            ErrorClock.Drop(spectrum, modes, 1, clock), drop, level / dimension * (1 + beyond), Curves.Derived,
            $"gradient flow, teacher all ones, alternating start; the scale of Proposition 4 is {DisplayNumber.Of(paper * level / drop, 2)} times it; tolerance: that of the finite bounds of S_d, 1 + x^a d^{{1−a}}/(a − 1) modes of ⟨w*²⟩/d", PredictionKind.Asymptotic).UpTo(time).At("d", dimension);
    }
}
