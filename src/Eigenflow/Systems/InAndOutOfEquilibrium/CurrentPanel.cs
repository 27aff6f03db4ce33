using Eigenflow.Figures;
using Eigenflow.Solutions;

namespace Eigenflow.Systems.InAndOutOfEquilibrium;

/// <summary>
/// The current of a stationary law in the plane of two coordinates: streamlines of v = −C_P Σ_P⁻¹(δ − m) on the Gaussian density of the plane, with the parts C_P and Σ_P of the circulation and of the covariance.
/// That is the mean velocity of all that passes a point of the plane, whatever the other coordinates (derived: the mean of δ given δ_P is ΣΣ_P⁻¹δ_P, so that Σ⁻¹ drops out).
/// </summary>
internal static class CurrentPanel
{
    private const int Bins = 61;
    private const double Extent = 3;

    // Standard errors below which the sense of a measured current is not told.
    private const double Resolved = 2;

    /// <summary>The panel of one solution.</summary>
    public static Panel Of(Solution solution)
    {
        var plane = solution.Setting[EquilibriumParameters.Plane.Name] is string text ? EquilibriumParameters.Plane.Read(text) : PlaneForm.Default;
        var (i, j) = (Math.Min(plane.First, plane.Second), Math.Max(plane.First, plane.Second));
        var isTurned = plane.First > plane.Second;
        double xx = Value(solution, $"cov-{i}{i}"), xy = Value(solution, $"cov-{i}{j}"), yy = Value(solution, $"cov-{j}{j}"), circulation = Value(solution, $"circulation-{i}{j}");
        double mx = Value(solution, $"mean-{i}"), my = Value(solution, $"mean-{j}");
        if (isTurned)
            (xx, yy, mx, my, circulation) = (yy, xx, my, mx, -circulation);
        var determinant = (xx * yy) - (xy * xy);
        if (!(determinant > 0) || !double.IsFinite(determinant) || !double.IsFinite(circulation + mx + my))
            return new Panel { Title = DisplayText.Of($"no density in the plane {plane}"), X = Axis(plane.First, 0, 1), Y = Axis(plane.Second, 0, 1), Series = [] };
        double sx = Math.Sqrt(xx), sy = Math.Sqrt(yy), norm = 1 / (2 * Math.PI * Math.Sqrt(determinant));
        double[] x = Places(mx, sx), y = Places(my, sy), density = new double[Bins * Bins], across = new double[Bins * Bins], up = new double[Bins * Bins];
        for (var k = 0; k < density.Length; k++)
        {
            double u = x[k % Bins] - mx, v = y[k / Bins] - my, a = ((yy * u) - (xy * v)) / determinant, b = ((xx * v) - (xy * u)) / determinant;
            density[k] = norm * Math.Exp(-0.5 * ((a * u) + (b * v)));
            (across[k], up[k]) = (-circulation * b, circulation * a);
        }

        var error = solution.SummaryOf($"circulation-{i}{j}{ReplicaColumns.Error}") is { } known && double.IsFinite(known) ? Math.Abs(known) : 0;
        var isSeen = circulation != 0 && Math.Abs(circulation) >= Resolved * error;
        var name = FormattableString.Invariant($"C_{{{plane.First}{plane.Second}}}");
        return new Panel
        {
            Title = circulation == 0 ? "no current" : isSeen ? DisplayText.Of($"current {name} = {DisplayNumber.Of(circulation)}") : DisplayText.Of($"no current seen: {name} = {DisplayNumber.WithInterval(circulation, error)}"),
            X = Axis(plane.First, x[0], x[^1]),
            Y = Axis(plane.Second, y[0], y[^1]),
            HeatMap = new HeatMap { Label = "density", X = x, Y = y, Values = density, Minimum = 0, Maximum = norm },
            Field = isSeen ? new VectorField { Label = "velocity v", X = x, Y = y, HorizontalParts = across, VerticalParts = up } : null,
            Series = [],
        };
    }

    // What was measured over all time units after the burn-in; else of the theory, exact before leading.
    private static double Value(Solution solution, string name)
    {
        string[] suffixes = solution.Method == "theory" ? [TheorySummary.Exact, TheorySummary.Sampled, ""] : ["", TheorySummary.Exact, TheorySummary.Sampled];
        return suffixes.Select(suffix => solution.SummaryOf(name + suffix)).FirstOrDefault(value => value is { } number && double.IsFinite(number)) ?? double.NaN;
    }

    private static Axis Axis(int coordinate, double from, double to) => new(FormattableString.Invariant($"δ_{{{coordinate}}}"), false, from, to);

    private static double[] Places(double mean, double deviation) => [.. Enumerable.Range(0, Bins).Select(k => mean + ((((k + 0.5) / Bins * 2) - 1) * Extent * deviation))];
}
