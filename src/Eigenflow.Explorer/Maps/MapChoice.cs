using Eigenflow.Dynamics;
using Eigenflow.Explorer.Contracts;
using Eigenflow.Explorer.Systems;
using Eigenflow.Settings;
using Eigenflow.Solutions;
using Eigenflow.Systems;

namespace Eigenflow.Explorer.Maps;

/// <summary>What a map of a run can show, and over which two parameters it shows something.</summary>
/// <param name="system">The system.</param>
/// <param name="run">The run.</param>
/// <param name="cache">Solutions of before.</param>
internal sealed class MapChoice(ISystem system, RunRequest run, SolutionCache cache)
{
    private const int Places = 24;
    private const int Tried = 3;
    private const int MostMoving = 5;

    // What differs by less is rounding.
    private const double Seen = 1e-6;
    private const double MostApart = 10;

    // Of all that the colours of a map tell, what one of its axes changes at least.
    private const double VisiblePart = 0.05;
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Quick = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan QuickGrid = TimeSpan.FromSeconds(3);

    // They change how something is computed, and not what comes out.
    private static readonly HashSet<string> Technical = new(StringComparer.Ordinal) { "rtol", "points", "nodes", "sub-steps", "seed", "replicas" };

    // They say where a curve ends, or how well it is known: others come first.
    private static readonly HashSet<string> Dull = new(StringComparer.Ordinal) { "until", "from", "to", "steps", "draws", "test-samples", "escape-threshold", "accuracy" };

    private readonly Dictionary<string, Solution?> solved = new(StringComparer.Ordinal);
    private (string X, string Y, string Quantity)? likely;

    /// <summary>The quantities that the solution of the run has, in groups.</summary>
    /// <exception cref="EigenflowException">The run is not allowed.</exception>
    public IReadOnlyList<Offer> Offers(CancellationToken cancellation)
    {
        var solution = cache.Solve(system, run.Complete(system), cancellation);
        var words = MapWords.Of(system, solution);
        var abscissa = system.Subject([solution])?.Abscissa ?? "";
        return [.. Known(solution, words).Select(quantity => new Offer(quantity.Text, Group(quantity), QuantityWords.Sentence(words.Of(quantity)), quantity.Quantity.Meaning))];

        string Group(MapQuantity quantity) => quantity.Kind switch
        {
            "event" => "Events",
            "number" => "Numbers of the summary",
            "common" => $"Where the first curve ends, at one {SubjectCurve.SymbolOf(SubjectCurve.AlongOf(solution, abscissa))}",
            _ => "Where each curve ends",
        };
    }

    /// <summary>The first two parameters on which a quantity depends together, and that quantity; null where there are none.</summary>
    /// <param name="axes">The parameters that may be taken; null for all.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="EigenflowException">The run is not allowed.</exception>
    public (string X, string Y, string Quantity)? Default(IReadOnlyList<string>? axes, CancellationToken cancellation)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(Longest);
        try
        {
            return Find(axes, limit.Token);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            // Slow methods are not tried for longer than one waits for a map: what is known by then is not proved by a grid.
            return likely ?? (Candidates(axes, system.Method(run.Method)).Take(2).ToArray() is [var first, var second] ? (first.Name, second.Name, "auto") : null);
        }
    }

    private (string X, string Y, string Quantity)? Find(IReadOnlyList<string>? axes, CancellationToken cancellation)
    {
        var middle = cache.Solve(system, run.Complete(system), cancellation);
        var abscissa = system.Subject([middle])?.Abscissa ?? "";
        var quantities = Known(middle, MapWords.Of(system, middle)).ToArray();
        List<(Axis Axis, bool[] Moves)> moving = [];
        List<Axis> slow = [];
        foreach (var parameter in Candidates(axes, system.Method(run.Method)))
        {
            if (Axis.Of(parameter) is not { } axis)
                continue;
            if (Within(Quick, token => Ends(axis, token), cancellation) is not { } ends)
                slow.Add(axis);
            else if (With(axis, ends) is { } found)
                return found;
        }

        // Axes along which a map would take minutes are taken where there are no others; what they change is seen in it.
        if (likely is null && moving is [var first, ..] && slow is [var second, ..])
            likely = (first.Axis.Parameter.Name, second.Parameter.Name, quantities[Array.IndexOf(first.Moves, true)].Text);
        return likely;

        Solution?[] Ends(Axis axis, CancellationToken token) => [Solve(token, (axis, 0.25)), middle, Solve(token, (axis, 0.75))];

        (string X, string Y, string Quantity)? With(Axis axis, Solution?[] ends)
        {
            bool[] moves = [.. quantities.Select(quantity => Differ(Values(quantity, abscissa, ends)))];
            if (!Array.Exists(moves, one => one))
                return null;
            foreach (var (other, movesToo) in moving)
            {
                // The one end of all curves is no quantity where it is what is varied.
                var isOfEnds = Dull.Contains(other.Parameter.Name) || Dull.Contains(axis.Parameter.Name);
                MapQuantity[] both = [.. quantities.Where((quantity, k) => moves[k] && movesToo[k] && !(isOfEnds && quantity.Kind is "common"))];
                if (both.Length == 0)
                    continue;
                if (Within(QuickGrid, token => (Solution?[])[.. Enumerable.Range(0, Tried * Tried).Select(cell => Solve(token, (other, ((cell % Tried) + 0.5) / Tried), (axis, ((cell / Tried) + 0.5) / Tried)))], cancellation) is not { } grid)
                    likely ??= (other.Parameter.Name, axis.Parameter.Name, both[0].Text);
                else if (both.FirstOrDefault(quantity => IsShown(quantity, grid, abscissa)) is { } quantity)
                    return (other.Parameter.Name, axis.Parameter.Name, quantity.Text);
            }

            if (moving.Count < MostMoving)
                moving.Add((axis, moves));
            return null;
        }
    }

    // Null where it takes longer.
    private static Solution?[]? Within(TimeSpan span, Func<CancellationToken, Solution?[]> solve, CancellationToken cancellation)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(span);
        try
        {
            return solve(limit.Token);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return null;
        }
    }

    // Most cells have a value, and it differs along both axes.
    private static bool IsShown(MapQuantity quantity, Solution?[] grid, string abscissa)
    {
        // Where curves end far apart, the end of the first says little of the others.
        if (quantity.Kind is "common" && Ends(quantity, abscissa, grid) is { Length: > 0 } ends && ends.Max() > MostApart * ends.Min())
            return false;
        var values = Values(quantity, abscissa, grid);
        int[] line = [.. Enumerable.Range(0, Tried)];

        // Colours tell logarithms where values are powers apart.
        double[] shades = values.Where(double.IsFinite).DefaultIfEmpty(0).Min() is > 0 and var least && values.Where(double.IsFinite).Max() > MostApart * least ? Array.ConvertAll(values, Math.Log) : values;
        var visible = VisiblePart * Range(shades);
        return 3 * values.Count(double.IsFinite) >= 2 * values.Length && values.Where(double.IsFinite).Distinct().Count() > Tried
            && line.Any(row => Differ(line.Select(column => values[(row * Tried) + column]))) && line.Any(column => Differ(line.Select(row => values[(row * Tried) + column])))
            && line.Any(row => Range(line.Select(column => shades[(row * Tried) + column])) >= visible) && line.Any(column => Range(line.Select(row => shades[(row * Tried) + column])) >= visible);

        static double Range(IEnumerable<double> some) => some.Where(double.IsFinite).ToArray() is { Length: > 1 } finite ? finite.Max() - finite.Min() : 0;
    }

    private static double[] Ends(MapQuantity quantity, string abscissa, Solution?[] solutions) => [.. solutions.OfType<Solution>().Select(solution => new MapCell(solution, abscissa, [quantity]).End).Where(double.IsFinite)];

    private static double[] Values(MapQuantity quantity, string abscissa, Solution?[] solutions)
    {
        MapCell?[] cells = [.. solutions.Select(solution => solution is null ? null : new MapCell(solution, abscissa, [quantity]))];
        var end = cells.Select(cell => cell?.End ?? double.NaN).Where(double.IsFinite).DefaultIfEmpty(double.NaN).Min();
        return [.. cells.Select(cell => cell?.Value(quantity, end) ?? double.NaN)];
    }

    private static bool Differ(IEnumerable<double> values)
    {
        double[] finite = [.. values.Where(double.IsFinite)];
        return finite.Length > 1 && finite.Max() - finite.Min() > Seen * finite.Max(Math.Abs);
    }

    private Solution? Solve(CancellationToken cancellation, params (Axis Axis, double Share)[] places)
    {
        var setting = new Dictionary<string, string>(run.Setting, StringComparer.Ordinal);
        foreach (var (axis, share) in places)
            setting[axis.Parameter.Name] = Setting.Format(axis.At(share));
        if (system.Substitute is var (parameter, value) && !run.Setting.ContainsKey(parameter) && system.AllowsSubstitution(run.Complete(system)))
            setting[parameter] = value;
        var key = string.Join(';', setting.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => $"{pair.Key}={pair.Value}"));
        if (solved.TryGetValue(key, out var known))
            return known;
        try
        {
            return solved[key] = cache.Solve(system, (run with { Setting = setting }).Complete(system), cancellation);
        }
        catch (EigenflowException)
        {
            return solved[key] = null;
        }
    }

    private IEnumerable<Parameter> Candidates(IReadOnlyList<string>? axes, MethodInfo method) =>
        system.Parameters.Where(parameter => SliderRange.Of(parameter) is not null && !Technical.Contains(parameter.Name) && system.IsRead(method, parameter.Name) && IsMeant(parameter) && (axes is null || axes.Contains(parameter.Name, StringComparer.Ordinal)))
            .OrderBy(parameter => Dull.Contains(parameter.Name));

    // Whether the word that it belongs to is chosen.
    private bool IsMeant(Parameter parameter) => parameter.OnlyWith is not var (other, word) || string.Equals(run.Setting.GetValueOrDefault(other.Name) ?? (other.Default is { } value ? Setting.Format(value) : ""), word, StringComparison.Ordinal);

    // Events in their order, then what figures are spoken of by, then what they show, then all else; numbers of the summary last.
    private IEnumerable<MapQuantity> Known(Solution solution, MapWords words)
    {
        var subject = system.Subject([solution])?.Observable ?? "";
        string[] along = [solution.Axis.Name, SubjectCurve.AlongOf(solution, system.Subject([solution])?.Abscissa ?? "").Name];
        NamedQuantity[] there = [.. system.Observables.Where(quantity => solution.Has(quantity.Name) && !along.Contains(quantity.Name, StringComparer.Ordinal) && Array.Exists(solution[quantity.Name], double.IsFinite))];
        int Rank(NamedQuantity quantity) => string.Equals(quantity.Name, subject, StringComparison.Ordinal) ? -1 : words.Labels.ToList().FindIndex(label => quantity.Symbol.Length > 0 && (label.EndsWith(" " + quantity.Symbol, StringComparison.Ordinal) || string.Equals(label, quantity.Symbol, StringComparison.Ordinal))) is >= 0 and var place ? place : int.MaxValue;
        NamedQuantity[] ordered = [.. there.OrderBy(Rank)];
        return
        [
            .. system.Events.Where(moment => solution.Events.ContainsKey(moment.Name)).OrderBy(moment => moment.Counted is not null).Select(moment => new MapQuantity("event", moment)),
            .. ordered.Select(quantity => new MapQuantity("common", quantity)), .. ordered.Select(quantity => new MapQuantity("last", quantity)),
            .. solution.Summary.Where(number => double.IsFinite(number.Value)).Select(number => new MapQuantity("number", new NamedQuantity(number.Name, "", ""))),
        ];
    }

    /// <summary>A parameter with the places of its slider.</summary>
    private sealed record Axis(Parameter Parameter, double[] Numbers)
    {
        public static Axis? Of(Parameter parameter)
        {
            var range = SliderRange.Of(parameter)!;
            double[] all = [.. range.Numbers.Where(number => number > 0 || !(range.IsLogarithmic && range.HasZero))];
            double[] numbers = [.. Enumerable.Range(0, Places).Select(k => all[(int)Math.Round((all.Length - 1.0) * k / (Places - 1))]).Distinct()];
            return numbers.Length > 1 ? new Axis(parameter, numbers) : null;
        }

        public object At(double share) => Parameter.Check(Numbers[(int)Math.Round((Numbers.Length - 1) * share)]);
    }
}

/// <summary>A quantity that a map can show.</summary>
/// <param name="Value">How it is asked for.</param>
/// <param name="Group">What it is one of.</param>
/// <param name="Words">What it is called.</param>
/// <param name="Meaning">What it is; empty where nothing is said.</param>
internal sealed record Offer(string Value, string Group, string Words, string Meaning);

/// <summary>Asks what a map of a run can show.</summary>
/// <param name="Run">The run.</param>
/// <param name="Axes">The parameters that may be on the axes; absent for all.</param>
/// <param name="Choose">Whether two of them are chosen, with a quantity.</param>
internal sealed record MapMenuRequest(RunRequest Run, IReadOnlyList<string>? Axes = null, bool Choose = false);
