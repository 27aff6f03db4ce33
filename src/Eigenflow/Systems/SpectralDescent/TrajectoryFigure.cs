using Eigenflow.Figures;
using Eigenflow.Settings;
using Eigenflow.Solutions;

namespace Eigenflow.Systems.SpectralDescent;

/// <summary>The figure in which trajectories of any methods and settings are overlaid: coefficients, loss and alignment against the step.</summary>
internal static class TrajectoryFigure
{
    // More trajectories than this have a panel per coefficient instead of a panel each.
    private const int MostOwnPanels = 2;
    private const double DecadesShown = 8;

    private static readonly (string Name, string Label)[] Coefficients = [("a", "a (signal)"), ("b", "b (spike or loudest)"), ("c", "c (bulk or last)")];

    private static readonly string[] CaptionParameters =
        ["dimension", "spike", "spectrum", "exponent", "signal-mode", "teacher", "start", "start-scale", "learning-rate", "schedule", "momentum", "batch", "replicas", "seed"];

    private static readonly string[] Hidden = ["steps", "points", "at-steps", "weights", "final"];

    public static Figure Of(IReadOnlyList<Solution> solutions)
    {
        var varying = Varying(solutions);
        var panels = new List<Panel>();
        if (solutions.Count <= MostOwnPanels)
            panels.AddRange(solutions.Select(solution => Own(solution, solutions.Count == 1 ? "coefficients" : Name(solution, varying, solutions))));
        panels.Add(Shared(solutions, varying, "loss", "loss", "L"));
        panels.Add(Shared(solutions, varying, "alignment", "alignment", "A_F"));
        if (solutions.Count > MostOwnPanels)
            panels.AddRange(Coefficients.Take(2).Select(pair => Shared(solutions, varying, pair.Name, pair.Label, "|" + pair.Name + "|")));
        var methods = string.Join(", ", solutions.Select(solution => solution.Method).Distinct(StringComparer.Ordinal));
        return new Figure
        {
            Id = "trajectory",
            Title = "Descent under anisotropic data: " + methods,
            Caption = Caption(solutions, varying),
            Columns = panels.Count == 3 ? 3 : 2,
            Panels = panels,
        };
    }

    private static Panel Own(Solution solution, string title)
    {
        var series = Coefficients.Select((pair, k) => DescentCurves.Of(solution, pair.Name, pair.Label, k, Style(solution.Method))).ToArray();
        return Framed(title, "|a|, |b|, |c|", series) with { Regions = DescentCurves.Phases(solution) };
    }

    private static Panel Shared(IReadOnlyList<Solution> solutions, IReadOnlyList<string> varying, string observable, string title, string label) => Framed(
        title, label, [.. solutions.Select((solution, k) => DescentCurves.Of(solution, observable, Name(solution, varying, solutions), k + (solutions.Count <= MostOwnPanels ? 3 : 0), Style(solution.Method)))]);

    private static Panel Framed(string title, string label, IReadOnlyList<Series> series)
    {
        var positive = series.SelectMany(curve => curve.Y).Where(value => value > 0 && double.IsFinite(value)).DefaultIfEmpty(1).ToArray();
        var steps = series.SelectMany(curve => curve.X).DefaultIfEmpty(1).ToArray();
        var (first, last) = (steps.Min(), steps.Max());
        return new Panel
        {
            Title = title,
            X = last > first ? new Axis("step k", true, first, last) : new Axis("step k", true),
            Y = new Axis(label, true, Math.Max(positive.Min(), positive.Max() * Math.Pow(10, -DecadesShown)) * 0.7, positive.Max() * 1.6),
            Series = series,
        };
    }

    private static SeriesStyle Style(string method) => SystemCatalog.Find(SpectralDescentSystem.Identifier).Method(method).Role == Dynamics.MethodRole.Ensemble
        ? SeriesStyle.Points
        : SeriesStyle.Line;

    private static string[] Varying(IReadOnlyList<Solution> solutions) =>
    [
        .. solutions.SelectMany(solution => solution.Setting.Names).Distinct(StringComparer.Ordinal).Where(name => !Hidden.Contains(name, StringComparer.Ordinal))
            .Where(name => solutions.Where(solution => solution.Setting[name] is not null).Select(solution => Setting.Format(solution.Setting[name])).Distinct(StringComparer.Ordinal).Count() > 1),
    ];

    // What only follows from the method or from another parameter is left out of names.
    private static string Name(Solution solution, IReadOnlyList<string> varying, IReadOnlyList<Solution> solutions)
    {
        var parts = varying.Where(name => solution.Setting[name] is not null && !(name is "learning-rate" or "momentum" && varying.Count > 1))
            .Select(name => $"{Symbol(name)} = {Short(solution.Setting[name])}");
        var isOneMethod = solutions.All(other => string.Equals(other.Method, solution.Method, StringComparison.Ordinal));
        return string.Join(", ", isOneMethod && varying.Count > 0 ? parts : parts.Prepend(solution.Method));
    }

    private static string Caption(IReadOnlyList<Solution> solutions, string[] varying)
    {
        var shown = CaptionParameters
            .Where(name => solutions.Any(solution => solution.Setting[name] is not null) && !varying.Contains(name, StringComparer.Ordinal))
            .Select(name => (Name: name, Value: Short(solutions.Select(solution => solution.Setting[name]).First(value => value is not null))))
            .Where(pair => pair is not { Name: "schedule", Value: "constant" } and not { Name: "momentum", Value: "0" } and not { Name: "teacher", Value: "mode" } and not { Name: "spectrum", Value: "spiked" })
            .Select(pair => $"{Symbol(pair.Name)} = {pair.Value}");
        var bands = solutions.Any(solution => solution.Has("loss-q10")) ? " Dots: mean over runs; bands: 10 to 90 % of them." : "";
        return $"Coefficients of signal, spike and bulk, loss and alignment against the step.{bands} " + string.Join(", ", shown) + ".";
    }

    private static string Short(object? value) => value is double number ? number.ToString("G4", System.Globalization.CultureInfo.InvariantCulture) : Setting.Format(value);

    private static string Symbol(string name)
    {
        var symbol = SpectralDescentParameters.All.FirstOrDefault(parameter => string.Equals(parameter.Name, name, StringComparison.Ordinal))?.Symbol;
        return name is "spectrum" or "teacher" or "start" or "schedule" || string.IsNullOrEmpty(symbol) ? name : symbol;
    }
}
