using System.Diagnostics;
using Eigenflow.Dynamics;
using Eigenflow.Numerics.Volterra;
using Eigenflow.Solutions;
using MathNet.Numerics.Integration;

namespace Eigenflow.Systems.PhaseRetrieval;

/// <summary>
/// The Phase-I Volterra equation u(t) = a(t) + ∫₀ᵗ K(t − τ) u(τ) dτ with a(t) = Σ λ_i w_i(0) w*_i e^(4λ_i s* t), K(t) = 8 Σ (w*_i)² λ_i² e^(4λ_i s* t)
/// (arXiv 2511.18661; s ≈ 0, so that Θ = s* t), and w_i(t) = e^(4λ_i s* t) w_i(0) + 8λ_i w*_i ∫₀ᵗ e^(4λ_i s* (t−τ)) u(τ) dτ for the other statistics.
/// Asymptotic: true while s ≪ s*/3. By default it ends where its own u reaches s*.
/// Work about 300 n exponentials per growth time 1/ρ with n modes or nodes; memory O(n).
/// The grid begins at zero with panels of one growth time, so that no value depends on the last requested time.
/// </summary>
public sealed record VolterraPhaseOne : FlowMethod
{
    private const int QuadraturePoints = 12;

    // Beyond this many growth times the linear theory says nothing and leaves the range of numbers.
    private const double LargestGrowth = 300;

    /// <inheritdoc/>
    public override string Name => "volterra";

    internal override Solution Solve(PhaseRetrievalProblem problem, SolveContext context)
    {
        problem.RequirePlain(Name);
        var clock = Stopwatch.StartNew();
        var modes = problem.Modes(Modes, context.Cancellation);
        var escape = EscapeTheory.Of(modes);
        var end = escape.Coefficient == 0 ? 10 / escape.Rate : Math.Max(1 / escape.Rate, escape.TimeTo(modes.TeacherOverlap));
        var times = (this with { Until = Until is { } until ? Math.Min(until, end) : Times is null ? end : null }).Grid(modes);
        var last = times[^1];
        if (!(last * escape.Rate <= LargestGrowth))
        {
            throw new ParameterException(
                "times", last, DisplayText.Plain($"from 0 to {LargestGrowth / escape.Rate:G4} ({LargestGrowth} growth times) for the method volterra"),
                DisplayText.Plain($"Phase I ends near t = {end:G4}; use the method flow beyond it"));
        }

        var solution = ConvolutionVolterra.Solve(
            time => modes.Sum(j => modes.Weights[j] * modes.Eigenvalues[j] * modes.Start[j] * modes.Teacher[j] * Math.Exp(Exponent(modes, j) * time)),
            time => 8 * modes.Sum(j => modes.Weights[j] * Square(modes.Teacher[j] * modes.Eigenvalues[j]) * Math.Exp(Exponent(modes, j) * time)),
            Math.Max(last, 1 / escape.Rate), 1 / escape.Rate, RelativeTolerance);
        var status = solution.IsConverged
            ? SolveStatus.Completed
            : new SolveStatus(SolveOutcome.Failed, DisplayText.Plain($"the Volterra equation is solved to {solution.EstimatedError:G2} only; raise rtol or shorten the range"));

        var rows = new List<PhaseStatistics>();
        var events = new PhaseEvents(problem, modes.TeacherOverlap);
        var state = new Duhamel(modes, solution);
        events.Begin(state.At(0));
        var before = 0.0;
        foreach (var time in times)
        {
            if (context.Cancellation.IsCancellationRequested)
            {
                status = new SolveStatus(SolveOutcome.Cancelled, DisplayText.Plain($"cancelled at t = {before:G4}; the trajectory is kept up to there"));
                break;
            }

            rows.Add(state.At(time));
            var start = before;
            events.Advance(rows[^1], margin => Numerics.Ode.EventLocation.FirstRise(start, time, at => margin(state.At(at))));
            before = time;
        }

        return Assemble(problem, PhaseObservables.Columns(times[..rows.Count], rows), status, new SolverStatistics
        {
            Steps = solution.Panels,
            Evaluations = solution.Values.Length,
            StateSize = modes.Size,
            Modes = modes.RepresentationName,
            WallSeconds = clock.Elapsed.TotalSeconds,
        }, events.ToDictionary());
    }

    /// <summary>
    /// The largest difference of the two sides of the full equation with the two-argument kernel Θ(t) − Θ(τ), relative to |u|, along the flow up to a time.
    /// </summary>
    /// <param name="problem">The problem.</param>
    /// <param name="until">End of the range.</param>
    /// <param name="relativeTolerance">Tolerance of the flow.</param>
    /// <param name="cancellation">Ends the work.</param>
    internal static double Residual(PhaseRetrievalProblem problem, double until, double relativeTolerance, CancellationToken cancellation)
    {
        var modes = problem.Modes(cancellation: cancellation);
        var flow = problem.Solve(new GradientFlow { Until = until, RelativeTolerance = relativeTolerance }, null, cancellation);
        cancellation.ThrowIfCancellationRequested();

        // Panels no wider than the fastest relaxation: the kernel is smooth on each.
        var panels = (int)Math.Ceiling(until * 8 * modes.LargestEigenvalue * modes.TeacherOverlap);
        var rule = new GaussLegendreRule(0, 1, QuadraturePoints);
        var width = until / panels;
        var clock = new double[panels + 1];
        var nodes = new (double Clock, double Weight, double U)[panels * QuadraturePoints];
        for (var panel = 0; panel < panels; panel++)
        {
            var left = panel * width;
            for (var point = 0; point < QuadraturePoints; point++)
            {
                var part = width * rule.GetAbscissa(point);
                nodes[(panel * QuadraturePoints) + point] = (clock[panel] + Elapsed(left, part), width * rule.GetWeight(point), flow.At(left + part)["u"]);
            }

            clock[panel + 1] = clock[panel] + Elapsed(left, width);
        }

        var worst = 0.0;
        for (var check = 1; check <= 10; check++)
        {
            cancellation.ThrowIfCancellationRequested();
            var panel = (int)Math.Ceiling(panels * Math.Pow(check / 10.0, 2));
            var now = clock[panel];
            var right = modes.Sum(j => modes.Weights[j] * modes.Eigenvalues[j] * modes.Start[j] * modes.Teacher[j] * Math.Exp(4 * modes.Eigenvalues[j] * now));
            for (var node = 0; node < panel * QuadraturePoints; node++)
            {
                var (then, weight, value) = nodes[node];
                right += weight * value * 8 * modes.Sum(j => modes.Weights[j] * Square(modes.Teacher[j] * modes.Eigenvalues[j]) * Math.Exp(4 * modes.Eigenvalues[j] * (now - then)));
            }

            var u = flow.At(panel * width)["u"];
            worst = Math.Max(worst, Math.Abs((right - u) / u));
        }

        return worst;

        // Θ = ∫ (s* − 3s) dτ over a part of a panel.
        double Elapsed(double left, double length)
        {
            var sum = 0.0;
            for (var point = 0; point < QuadraturePoints; point++)
                sum += rule.GetWeight(point) * (modes.TeacherOverlap - (3 * flow.At(left + (length * rule.GetAbscissa(point)))["s"]));
            return sum * length;
        }
    }

    private static double Exponent(WeightedModes modes, int index) => 4 * modes.Eigenvalues[index] * modes.TeacherOverlap;

    private static double Square(double value) => value * value;

    // Integrates w_i forward from panel to panel; a request before the last one starts again from zero.
    private sealed class Duhamel(WeightedModes modes, VolterraSolution solution)
    {
        private readonly GaussLegendreRule rule = new(0, 1, QuadraturePoints);
        private readonly double[] reached = (double[])modes.Start.Clone();
        private int reachedPanels;

        private double ReachedTime => reachedPanels * solution.Width;

        public PhaseStatistics At(double time)
        {
            if (time < ReachedTime)
            {
                modes.Start.CopyTo(reached, 0);
                reachedPanels = 0;
            }

            while ((reachedPanels + 1) * solution.Width <= time)
            {
                Advance(reached, ReachedTime, solution.Width);
                reachedPanels++;
            }

            var state = (double[])reached.Clone();
            if (time > ReachedTime)
                Advance(state, ReachedTime, time - ReachedTime);
            double s = 0, near = 0, far = 0;
            for (var j = state.Length - 1; j >= 0; j--)
            {
                s += modes.Weights[j] * modes.Eigenvalues[j] * state[j] * state[j];
                near += modes.Weights[j] * Square(state[j] - modes.Teacher[j]);
                far += modes.Weights[j] * Square(state[j] + modes.Teacher[j]);
            }

            return PhaseStatistics.FromOverlaps(s, solution.At(time), Math.Min(near, far), modes.TeacherOverlap, modes.Dimension);
        }

        private void Advance(double[] state, double from, double length)
        {
            Span<double> values = stackalloc double[QuadraturePoints];
            for (var point = 0; point < QuadraturePoints; point++)
                values[point] = solution.At(from + (length * rule.GetAbscissa(point)));
            for (var j = 0; j < state.Length; j++)
            {
                var exponent = Exponent(modes, j);
                var integral = 0.0;
                for (var point = 0; point < QuadraturePoints; point++)
                    integral += rule.GetWeight(point) * Math.Exp(exponent * length * (1 - rule.GetAbscissa(point))) * values[point];
                state[j] = (Math.Exp(exponent * length) * state[j]) + (8 * modes.Eigenvalues[j] * modes.Teacher[j] * integral * length);
            }
        }
    }
}
