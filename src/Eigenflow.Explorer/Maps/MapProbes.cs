using System.Collections.Concurrent;
using System.Globalization;
using Eigenflow.Dynamics;
using Eigenflow.Explorer.Contracts;
using Eigenflow.Explorer.Systems;
using Eigenflow.Settings;
using Eigenflow.Solutions;
using Eigenflow.Systems;

namespace Eigenflow.Explorer.Maps;

/// <summary>
/// What a map shows, and where on its curves, decided once from a few of its settings before any cell is there: so neither depends on which cells have landed, and nothing moves while the map fills.
/// The one place of all curves is where the first of them ends, as their settings say it, or else those at the corners; where the method saves rows that are asked for, every cell is solved right there.
/// </summary>
/// <param name="map">The map.</param>
/// <param name="asked">What may be shown.</param>
internal sealed class MapProbes(ParameterMap map, IReadOnlyList<MapQuantity> asked)
{
    private const double FewestRows = 2;

    // They say which rows there are.
    private static readonly string[] Lists = [AxisParameters.At.Name, ContinuousParameters.Times.Name, GridParameters.AtSteps.Name];

    // They say where rows end.
    private static readonly string[] Ends = [ScheduleParameters.Steps.Name, ContinuousParameters.Until.Name, AxisParameters.To.Name];

    // What differs by less is rounding.
    private const double Seen = 1e-6;
    private const double Rounding = 1e-9;
    private const string Seed = "seed";

    private readonly Lock deciding = new();
    private readonly ConcurrentDictionary<int, MapCell> probes = [];
    private IReadOnlyList<MapQuantity> quantities = asked;
    private MapQuantity? chosen = asked is [var one] ? one : null;
    private bool isDecided;

    /// <summary>What is shown: of several that may be, what most of the cells have.</summary>
    public MapQuantity Quantity => chosen ?? quantities[^1];

    /// <summary>Where all curves are looked at; NaN where each is looked at elsewhere, and before it is decided.</summary>
    public double Place { get; private set; } = double.NaN;

    /// <summary>What cells are solved with so that they have a row at the place; null where nothing makes one.</summary>
    public (string Parameter, string Value)? Listed { get; private set; }

    /// <summary>What another seed makes of a cell, where it makes something else: its value, and the one with the seed after it; null where nothing is drawn at random.</summary>
    public (double Value, double Other)? Chance { get; private set; }

    /// <summary>The cells that decide it, one after the other: the corners, and more of them where those do not tell.</summary>
    public IEnumerable<int> Needed()
    {
        if (isDecided || chosen is { Kind: not "common" })
            yield break;
        foreach (var cell in map.Grid.Corners)
            yield return cell;
        if (chosen is not null && probes.Values.Any(cell => double.IsFinite(cell.End)))
            yield break;
        foreach (var cell in map.Grid.Marks.Where(cell => !probes.ContainsKey(cell)))
            yield return cell;
    }

    /// <summary>Looks at one of them.</summary>
    public void Look(int cell, SolutionCache cache, CancellationToken cancellation)
    {
        MapCell probe;
        try
        {
            var solution = map.Solve(cell, cache, chosen is null ? null : Ended(), cancellation);
            map.Name(solution);
            if (chosen is null)
                quantities = MapQuantity.Of(map.System, map.Request.Quantity, map.Subject);
            probe = new MapCell(solution, map.Abscissa, quantities);
        }
        catch (EigenflowException exception)
        {
            probe = MapCell.Refused(exception.Message);
        }

        probes[cell] = probe;
    }

    /// <summary>Goes on without one that takes too long, or too much memory.</summary>
    public void GiveUp(int cell, string words) => probes.TryAdd(cell, MapCell.GivenUp(words));

    /// <summary>Decides.</summary>
    /// <param name="cache">Solutions of before; null to look at none, so that cells have the rows of their method.</param>
    /// <param name="cancellation">Ends it.</param>
    public void Decide(SolutionCache? cache, CancellationToken cancellation)
    {
        if (isDecided)
            return;
        MapCell[] there = [.. probes.Values.Where(cell => cell.Refusal.Length == 0)];
        double[] ends = [.. there.Select(cell => cell.End).Where(double.IsFinite)];
        var quantity = chosen ?? quantities.FirstOrDefault(candidate => candidate.Kind is "event" && IsTold(candidate)) ?? quantities[ends.Distinct().Count() < 2 ? ^1 : ^2];
        var place = quantity.Kind is "common" && ends.Length > 0 ? First(ends) : double.NaN;
        var listed = cache is not null && double.IsFinite(place) ? Listing(place, cache, cancellation) : null;
        lock (deciding)
            (chosen, Place, Listed, isDecided) = (quantity, place, listed, true);
        if (cache is not null)
            Chance = Drawn(cache, cancellation);

        // Most have it, and it differs.
        bool IsTold(MapQuantity candidate) => 2 * there.Count(cell => cell.Has(candidate.Quantity.Name)) > there.Length
            && (there.Length < 2 || there.Select(cell => cell.Value(candidate, double.NaN)).Where(double.IsFinite).Distinct().Skip(1).Any());
    }

    /// <summary>Where no probe has an end, the first cell that has one says where curves are looked at.</summary>
    public void Follow(MapCell cell)
    {
        lock (deciding)
        {
            if (Quantity.Kind is "common" && double.IsNaN(Place) && double.IsFinite(cell.End))
                Place = cell.End;
        }
    }

    // How many rows a curve has does not move its end.
    private (string Parameter, string Value)? Ended() =>
        map.System.Parameter(GridParameters.Points.Name) is { } points && map.System.IsRead(map.System.Method(map.Method), points.Name) && !MapSetting.Typed(map).ContainsKey(points.Name)
            ? (points.Name, Setting.Format(points.Check(Math.Max(FewestRows, points.Minimum))))
            : null;

    // Where curves end apart, all settings are asked, without solving them.
    private double First(double[] ends)
    {
        if (ends.Distinct().Count() == 1)
            return ends[0];
        var known = probes.Where(pair => double.IsFinite(pair.Value.End)).Select(pair => (pair.Value.End, Run: MapSetting.Completed(map, pair.Key))).ToArray();
        return Ends.Where(name => Array.TrueForAll(known, one => Number(one.Run, name) == one.End)).Select(name => Enumerable.Range(0, map.Cells).Select(cell => Number(MapSetting.Completed(map, cell), name)).Where(double.IsFinite).Min()).FirstOrDefault(ends.Min());
    }

    private static double Number(CompletedSetting? run, string name) => run?.Values[name] is { } value and (double or long or int) ? Convert.ToDouble(value, CultureInfo.InvariantCulture) : double.NaN;

    // The list that gives the longest of the probed curves a row at the place, whose value does not depend on where the run ends.
    private (string Parameter, string Value)? Listing(double place, SolutionCache cache, CancellationToken cancellation)
    {
        if (Ends.Contains(map.X.Parameter.Name, StringComparer.Ordinal) || Ends.Contains(map.Y.Parameter.Name, StringComparer.Ordinal))
            return null;
        var longest = probes.Where(pair => double.IsFinite(pair.Value.End)).MaxBy(pair => pair.Value.End).Key;
        foreach (var name in Lists.Where(name => map.System.IsRead(map.System.Method(map.Method), name) && !MapSetting.Typed(map).ContainsKey(name)))
        {
            var list = (name, Setting.Format(place));
            try
            {
                // The same curve to the end that it has by itself.
                var run = MapSetting.Of(map, longest, list);
                var plain = MapSetting.Completed(map, longest)!.Values;
                var whole = run with { Setting = new Dictionary<string, string>(run.Setting.Concat(Ends.Where(end => plain[end] is not null && !run.Setting.ContainsKey(end)).Select(end => KeyValuePair.Create(end, Setting.Format(plain[end])))), StringComparer.Ordinal) };
                if (At(run, cancellation) is var near && double.IsFinite(near) && Math.Abs(near - At(whole, cancellation)) <= Rounding * Math.Abs(near))
                    return list;
            }
            catch (EigenflowException)
            {
                // No list of it.
            }
        }

        return null;

        double At(RunRequest run, CancellationToken token)
        {
            var solution = cache.Solve(map.System, run.Complete(map.System), token);
            var row = Array.IndexOf(SubjectCurve.AlongOf(solution, map.Abscissa).Values, place);
            return row >= 0 && solution.Has(Quantity.Quantity.Name) ? solution[Quantity.Quantity.Name][row] : double.NaN;
        }
    }

    // The middle, or the first of the corners and edges that has a value.
    private (double Value, double Other)? Drawn(SolutionCache cache, CancellationToken cancellation)
    {
        if (map.System.Parameter(Seed) is not { } parameter || !map.System.IsRead(map.System.Method(map.Method), Seed) || map.X.Parameter.Name == Seed || map.Y.Parameter.Name == Seed)
            return null;
        foreach (var cell in map.Grid.Marks.OrderBy(cell => cell != map.Grid.Middle))
        {
            try
            {
                var run = MapSetting.Of(map, cell, Listed);
                var seed = parameter.Parse(run.Setting.GetValueOrDefault(Seed) ?? Setting.Format(parameter.Default)) is long number ? number : 0;
                var (value, other) = (Value(run), Value(run with { Setting = new Dictionary<string, string>(run.Setting, StringComparer.Ordinal) { [Seed] = Setting.Format(seed + 1) } }));
                if (double.IsFinite(value) && double.IsFinite(other))
                    return Math.Abs(value - other) > Seen * Math.Abs(value) ? (value, other) : null;
            }
            catch (EigenflowException)
            {
                // The next one.
            }
        }

        return null;

        double Value(RunRequest run)
        {
            var solution = cache.Solve(map.System, run.Complete(map.System), cancellation);
            map.Name(solution);
            return new MapCell(solution, map.Abscissa, [Quantity]).Value(Quantity, Place);
        }
    }
}
