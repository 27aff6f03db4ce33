using Eigenflow.Spectra;
using MathNet.Numerics;
using MathNet.Numerics.Integration;

namespace Eigenflow.Systems.PhaseRetrieval;

/// <summary>
/// The MSE through all phases from one number, U(t) = ∫₀ᵗ |u| (derived; docs/systems/phase-retrieval.md, section 8): MSE(t) ≈ (1/d) Σ (w*_i ∓ w_i(0))² e^(−16λ_i U(t)).
/// A slow mode obeys ė_i = 4λ_i((s* − 3s)w_i + 2uw*_i), in which s* − 3s ≈ −2u after the crossing; before it, no slow mode has moved.
/// </summary>
public static class ErrorClock
{
    private const int Points = 8;

    // Panels in units of 1/rate before the crossing, and the part of the time since then by which they grow after it.
    private const double PanelWidth = 0.5, PanelGrowth = 0.4;

    // Longer than from the smallest number that there is, in units of 1/rate: a trajectory that has not escaped then never does, and panels grow all the same.
    private const double LongestEscape = 1000;

    private static readonly GaussLegendreRule Rule = new(0, 1, Points);

    /// <summary>The law at a value of the clock.</summary>
    /// <param name="modes">The modes.</param>
    /// <param name="sign">The teacher's sign.</param>
    /// <param name="clock">U.</param>
    public static double ErrorAt(WeightedModes modes, int sign, double clock) => modes.Sum(j =>
    {
        var gap = modes.Teacher[j] - (sign * modes.Start[j]);
        return modes.Weights[j] * gap * gap * Math.Exp(-16 * modes.Rates[j] * clock);
    }) / modes.Dimension;

    /// <summary>
    /// The part of the plateau that is lost at a value of the clock, for a power law with a &gt; 1 and a flat teacher: (2w(0)·w* − ‖w(0)‖²)/d + ⟨w*²⟩Γ(1 − 1/a)(16cU)^(1/a)/d, to be taken from σ*² = ‖w*‖²/d.
    /// </summary>
    /// <param name="spectrum">The power law.</param>
    /// <param name="modes">The modes.</param>
    /// <param name="sign">The teacher's sign.</param>
    /// <param name="clock">U.</param>
    public static double Drop(PowerLawSpectrum spectrum, WeightedModes modes, int sign, double clock)
    {
        var (start, cross, teacher) = modes.Moments(0);
        double d = modes.Dimension;
        return (((2 * sign * cross) - start) / d) + (teacher / d * SpecialFunctions.Gamma(1 - (1 / spectrum.Exponent)) * SpectralRelaxation.RelaxedModes(spectrum, clock) / d);
    }

    /// <summary>The points at which |u| has to be known for U at given times.</summary>
    /// <param name="times">The times ≥ 0, ascending.</param>
    /// <param name="rate">The largest rate of the flow, which sets the panels of the escape.</param>
    /// <param name="crossing">T₁′, after which the flow slows down; null where it has not been reached.</param>
    internal static ClockRule Plan(IReadOnlyList<double> times, double rate, double? crossing)
    {
        var (nodes, weights, ends) = (new List<double>(), new List<double>(), new int[times.Count]);
        var (time, slowing) = (0.0, Math.Min(crossing ?? double.PositiveInfinity, LongestEscape / rate));
        for (var k = 0; k < ends.Length; k++)
        {
            while (time < times[k])
            {
                var width = (PanelWidth / rate) + (PanelGrowth * Math.Max(0, time - slowing));
                var end = Math.Min(times[k], time + width);
                for (var point = 0; point < Points; point++)
                {
                    nodes.Add(time + ((end - time) * Rule.GetAbscissa(point)));
                    weights.Add((end - time) * Rule.GetWeight(point));
                }

                time = end;
            }

            ends[k] = nodes.Count;
        }

        return new ClockRule([.. nodes], [.. weights], ends);
    }
}

/// <summary>A quadrature from zero to several times.</summary>
/// <param name="Nodes">Its points, ascending.</param>
/// <param name="Weights">Their weights.</param>
/// <param name="Ends">Number of points up to each time.</param>
internal sealed record ClockRule(double[] Nodes, double[] Weights, int[] Ends)
{
    /// <summary>The integrals of values at the points.</summary>
    public double[] Integrals(IReadOnlyList<double> values)
    {
        var result = new double[Ends.Length];
        var (sum, next) = (0.0, 0);
        for (var k = 0; k < result.Length; k++)
        {
            for (; next < Ends[k]; next++)
                sum += Weights[next] * values[next];
            result[k] = sum;
        }

        return result;
    }
}
