using Eigenflow.Figures;
using Eigenflow.Solutions;
using Eigenflow.Spectra;

namespace Eigenflow.Systems.PhaseRetrieval;

/// <summary>Claims: the derivatives of the moment hierarchy, the Volterra equation along a trajectory, and how truncation fails.</summary>
internal static class HierarchyClaims
{
    private static readonly int[] Orders = [2, 4, 8, 16, 32];

    public static ReproductionResult Run(IProgress<Progress>? progress, CancellationToken cancellation)
    {
        var (truncation, figure) = Truncation(cancellation);
        return new ReproductionResult { Claims = [.. Derivatives(), VolterraResidual(cancellation), .. truncation], Figures = [figure] };
    }

    // d/dt of wᵀQᵏw and wᵀQᵏw* by the chain rule through ẇ = −∇L, against the right-hand side of the hierarchy.
    private static IEnumerable<Claim> Derivatives()
    {
        var modes = new PhaseRetrievalProblem { Spectrum = Spectrum.PowerLaw(200, 1.5) }.Modes(ModeRepresentation.Full);
        var landscape = new Landscape(modes.Eigenvalues, modes.Teacher);
        var weights = new double[modes.Size];
        for (var i = 0; i < weights.Length; i++)
            weights[i] = (0.4 * modes.Teacher[i]) + (0.3 * Math.Sin(2.1 * i));
        var velocity = new double[modes.Size];
        landscape.Gradient(weights, velocity);
        for (var i = 0; i < velocity.Length; i++)
            velocity[i] = -velocity[i];
        var (s, u) = landscape.Overlaps(weights);
        var drift = landscape.TeacherOverlap - (3 * s);
        for (var k = 1; k <= 6; k++)
        {
            var selfDirect = 2 * Form(k, weights, velocity);
            var crossDirect = Form(k, velocity, modes.Teacher);
            var self = (8 * drift * Form(k + 1, weights, weights)) + (16 * u * Form(k + 1, weights, modes.Teacher));
            var cross = (4 * drift * Form(k + 1, weights, modes.Teacher)) + (8 * u * Form(k + 1, modes.Teacher, modes.Teacher));
            var worst = Math.Max(Math.Abs((self / selfDirect) - 1), Math.Abs((cross / crossDirect) - 1));
            yield return Claim.AtMost(
                $"hierarchy-{k}", $"ṡ⁽ᵏ⁾ and u̇⁽ᵏ⁾ of the hierarchy at k = {k} (d = 200, a = 1.5)", 1e-11, worst, $"{Curves.Paper}, hierarchy",
                "larger relative difference of the two to the chain rule through ẇ = −∇L at a generic point", PredictionKind.Exact).At("d", modes.Size);
        }

        double Form(int power, double[] left, double[] right) =>
            modes.Sum(i => Math.Pow(modes.Eigenvalues[i], power) * left[i] * right[i]);
    }

    private static Claim VolterraResidual(CancellationToken cancellation)
    {
        var problem = new PhaseRetrievalProblem { Spectrum = Spectrum.PowerLaw(1000, 1.5) };
        const double horizon = 50;
        const double until = ClaimHorizon.AllTimes * horizon;
        var residual = VolterraPhaseOne.Residual(problem, until, 1e-11, cancellation);
        return Claim.AtMost(
            "volterra-residual", FormattableString.Invariant($"the Volterra equation of u with the two-argument kernel holds along the flow, here up to t = {until} (d = 1000, a = 1.5)"),
            1e-7, residual, $"{Curves.Paper}, Volterra equation, u(t) = Σ λ_i w_i(0) w*_i e^{{4λᵢΘ(t)}} + 8∫₀ᵗ Σ (w*_i λ_i)² e^{{4λᵢ(Θ(t)−Θ(τ))}} u(τ) dτ",
            "largest difference of the two sides relative to |u|, by Gauss–Legendre quadrature of the dense output, rtol 1e-11", PredictionKind.Exact).ForAllTimes(until, horizon).At("d", problem.Spectrum.Dimension);
    }

    private static (IReadOnlyList<Claim> Claims, Figure Figure) Truncation(CancellationToken cancellation)
    {
        var problem = new PhaseRetrievalProblem { Spectrum = Spectrum.PowerLaw(1000, 2), Teacher = Teacher.Ones() };
        var times = TimeGrid.Logarithmic(0.1, 10, 1500);
        var flow = problem.Solve(new GradientFlow { Times = times }, null, cancellation);
        var series = new List<Series>();
        var claims = new List<Claim>();
        var previous = 0.0;
        var departures = new double[Orders.Length];
        for (var k = 0; k < Orders.Length; k++)
        {
            cancellation.ThrowIfCancellationRequested();
            var truncated = problem.Solve(new TruncatedHierarchy { Order = Orders[k], Times = times }, null, cancellation);
            series.Add(UntilLost(Oriented(SolutionSeries.Of(truncated, "u", $"K = {Orders[k]}", k, SeriesStyle.Dashed) with { Value = Orders[k] })));
            var departure = Departure(flow, truncated);
            claims.Add(Claim.AtLeast(
                $"truncation-{Orders[k]}", $"the hierarchy truncated at K = {Orders[k]} follows the flow longer than a smaller K, and then leaves it (d = 1000, a = 2)",
                previous, departure ?? double.NaN, $"{Curves.Paper}, hierarchy", "first time at which u differs by more than 1 % from the flow; the bound is that of the previous K")
                .UpTo(times[^1]).At("d", problem.Spectrum.Dimension));
            previous = departures[k] = departure ?? double.NaN;
        }

        series.Add(Oriented(SolutionSeries.Of(flow, "u", "flow (all orders)", CurveColors.Neutral)));
        return (claims, new Figure
        {
            Id = "hierarchy-truncation",
            Title = $"Truncated at K = {Orders[0]}, …, {Orders[^1]}, u leaves the flow by 1 % at t = {string.Join(", ", departures.Select(time => DisplayNumber.Of(time, 2)))}",
            Scale = new ColorScale("order K", IsLogarithmic: true),
            Caption = "u from the moment hierarchy truncated at order K (dashed, until they leave the picture or the range of numbers), against the flow, which keeps all orders (line). d = 1000, a = 2, teacher all ones, random start, s* = 1.",
            Panels =
            [
                new Panel
                {
                    X = new Axis("flow time t", true),
                    Y = new Axis("u", false, 0, 1),
                    Series = series,
                },
            ],
        });

        // The teacher's sign is free: the flow ends at a positive u.
        Series Oriented(Series curve) => flow["u"][^1] < 0 ? curve with { Y = [.. curve.Y.Select(value => -value)] } : curve;
    }

    // A truncated trajectory that has left the picture oscillates without bound: what comes back means nothing.
    private static Series UntilLost(Series series)
    {
        var lost = Array.FindIndex(series.Y, value => value is < -0.2 or > 1.5);
        return lost < 0 ? series : series.Where((_, row) => row <= lost);
    }

    // Null when the truncated trajectory covers the whole range within 1 %.
    private static double? Departure(Solution flow, Solution truncated)
    {
        for (var row = 0; row < truncated.Times.Length; row++)
        {
            if (Math.Abs((truncated["u"][row] / flow["u"][row]) - 1) > 0.01)
                return truncated.Times[row];
        }

        return truncated.Times.Length < flow.Times.Length ? flow.Times[truncated.Times.Length] : null;
    }
}
