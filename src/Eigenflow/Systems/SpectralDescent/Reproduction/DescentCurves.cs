using Eigenflow.Figures;
using Eigenflow.Solutions;

namespace Eigenflow.Systems.SpectralDescent;

/// <summary>Shared pieces of this system's figures.</summary>
internal static class DescentCurves
{
    public const string Paper = "arXiv:2601.22652";

    /// <summary>Label of the values of the spike in colour bars.</summary>
    public static ColorScale Spikes { get; } = new("spike λ", IsLogarithmic: true);

    public const string Derived = "derived (docs/systems/spectral-descent.md)";

    /// <summary>The size of a solved column against the step (or another column).</summary>
    public static Series Of(Solution solution, string observable, string label, int color, SeriesStyle style = SeriesStyle.Line, string abscissa = "step") =>
        SolutionSeries.Of(solution, observable, label, color, style, abscissa, absolute: true);

    /// <summary>The phases of a trajectory in steps; those that are not reached are left out.</summary>
    public static IReadOnlyList<Region> Phases(Solution solution)
    {
        if (solution.Times.Length < 2 || solution.Times[^1] <= 0)
            return [];

        // Updates of fixed size are those that smooth a sign or approximate one.
        var method = SystemCatalog.Find(SpectralDescentSystem.Identifier).Method(solution.Method);
        var isSpectral = method.Reads(SpectralDescentParameters.Smoothing.Name) || method.Reads(SpectralDescentParameters.NewtonSchulz.Name);
        var last = solution["step"][^1];
        (string Name, string? End)[] phases = isSpectral
            ? [("additive", PhaseTracker.SpikeSurface), ("", PhaseTracker.BulkSurface), ("sliding", PhaseTracker.Contraction), ("finish", null)]
            : [("escape", PhaseTracker.SpikeSurface), ("plateau", PhaseTracker.Half), ("growth", PhaseTracker.Contraction), ("contraction", null)];
        var regions = new List<Region>();
        var start = 1.0;
        foreach (var (name, ends) in phases)
        {
            var end = ends is null ? last : solution.Events[ends] is { } time ? StepOf(solution, time) : last;
            if (end > start)
            {
                regions.Add(new Region(start, end, name));
                start = end;
            }

            if (start >= last)
                break;
        }

        return regions;
    }

    // The first saved step at or after a time.
    private static double StepOf(Solution solution, double time)
    {
        var row = Array.FindIndex(solution.Times, value => value >= time * (1 - 1e-12));
        return row < 0 ? solution["step"][^1] : solution["step"][row];
    }
}
