using Eigenflow.Scaling;
using Eigenflow.Scaling.Fits;
using Eigenflow.Solutions;

namespace Eigenflow.Studies;

/// <summary>A fit of scaling laws to the curves of files, as <c>eigenflow fit</c> and the page ask for it.</summary>
public sealed record FitRequest
{
    /// <summary>In place of a column of seeds: all curves are seeds of one.</summary>
    public const string AllCurves = "all";

    private const string SeedsOption = "seeds";

    /// <summary>The files; at least one.</summary>
    public required IReadOnlyList<string> Files { get; init; }

    /// <summary>Which columns are curves.</summary>
    public CurveColumns Columns { get; init; } = new();

    /// <summary>Curves that differ in this column alone are seeds of one; <see cref="AllCurves"/> for all; null without seeds.</summary>
    public string? Seeds { get; init; }

    /// <summary>Laws, window, intervals.</summary>
    public ScalingFitOptions Options { get; init; } = new();

    /// <summary>Reads the files and fits their curves.</summary>
    /// <param name="progress">Receives reports, or null.</param>
    /// <param name="cancellation">Ends the work.</param>
    /// <exception cref="EigenflowException">A file or an option that cannot be used, or no curve that can be fitted.</exception>
    public FitResult Run(IProgress<Progress>? progress = null, CancellationToken cancellation = default)
    {
        Options.Validate();
        progress?.Report(new Progress(0, "reading"));
        var curves = TableCurve.Read(Files, ReadColumns());
        return Seeds is null ? Single(curves, progress, cancellation) : AcrossSeeds(curves, Seeds, progress, cancellation);
    }

    // The column of seeds tells curves apart too.
    private CurveColumns ReadColumns() => Seeds is null or AllCurves || Columns.Group.Contains(Seeds, StringComparer.OrdinalIgnoreCase)
        ? Columns
        : Columns with { Group = [.. Columns.Group, Seeds], GroupOptions = new Dictionary<string, string>(Columns.GroupOptions, StringComparer.Ordinal) { [Seeds] = SeedsOption } };

    private FitResult Single(IReadOnlyList<TableCurve> curves, IProgress<Progress>? progress, CancellationToken cancellation)
    {
        var fits = new List<ScalingFit>();
        var leftOut = new List<ParameterException>();
        foreach (var curve in curves)
        {
            progress?.Report(new Progress((double)(fits.Count + leftOut.Count) / curves.Count, curve.Name));
            try
            {
                fits.Add(ScalingFit.Of(CurveOf(curve), Options, cancellation));
            }
            catch (ParameterException exception)
            {
                // One curve that is too short does not stop the others.
                leftOut.Add(exception);
            }
        }

        return fits.Count > 0 ? new FitResult(fits, [], [.. leftOut.Select(exception => exception.Message)]) : throw leftOut[0];
    }

    private FitResult AcrossSeeds(IReadOnlyList<TableCurve> curves, string seedColumn, IProgress<Progress>? progress, CancellationToken cancellation)
    {
        var groups = curves.GroupBy(curve => string.Equals(seedColumn, AllCurves, StringComparison.Ordinal)
            ? ""
            : string.Join(", ", [curve.YName, .. curve.Labels.Where(label => !string.Equals(label.Key, seedColumn, StringComparison.OrdinalIgnoreCase)).Select(label => $"{label.Key} {label.Value}")]), StringComparer.Ordinal).ToArray();
        var fits = new List<SeedFit>();
        var leftOut = new List<ParameterException>();
        foreach (var group in groups)
        {
            progress?.Report(new Progress((double)(fits.Count + leftOut.Count) / groups.Length, group.Key));
            try
            {
                var fit = SeedFit.Of([.. group.Select(CurveOf)], Options, cancellation);
                fits.Add(group.Key.Length == 0 ? fit : fit with { Mean = fit.Mean with { Curve = fit.Mean.Curve with { Name = $"{group.Key}, {fit.Mean.Curve.Name}" } } });
            }
            catch (ParameterException exception)
            {
                leftOut.Add(exception);
            }
        }

        return fits.Count > 0 ? new FitResult([.. fits.Select(fit => fit.Mean)], fits, [.. leftOut.Select(exception => exception.Message)]) : throw leftOut[0];
    }

    private static ScalingCurve CurveOf(TableCurve curve) => new(curve.Name, curve.X, curve.Y) { XName = curve.XName, YName = curve.YName, Notes = curve.Notes };
}
