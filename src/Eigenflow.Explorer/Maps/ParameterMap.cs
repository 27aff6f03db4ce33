using System.Globalization;
using Eigenflow.Explorer.Systems;
using Eigenflow.Settings;
using Eigenflow.Systems;

namespace Eigenflow.Explorer.Maps;

/// <summary>A number over a grid of two parameters, filled from coarse to fine. Cells may be computed at the same time.</summary>
internal sealed class ParameterMap
{
    // Steps of the passes through the grid.
    private static readonly int[] Passes = [4, 2, 1];

    private const int FewestCells = 24;
    private readonly MapRequest request;
    private readonly Lock reading = new();
    private readonly MapCell?[] cells;
    private IReadOnlyList<MapQuantity> quantities;
    private DrawnSubject? subject;
    private MapQuantity? chosen;
    private int done;
    private int refused;
    private EigenflowException? refusal;

    /// <summary>Reads a request.</summary>
    /// <exception cref="EigenflowException">A name or a value that is not allowed.</exception>
    public ParameterMap(ISystem system, MapRequest request)
    {
        if (request.Run is null || request.X is null || request.Y is null)
            throw new ExplorerException("A map needs a run, two axes and a quantity: {\"run\": {…}, \"x\": {\"parameter\": \"exponent\", \"values\": [\"1\", \"2\"]}, \"y\": {…}, \"quantity\": \"last:loss\"}.");
        System = system;
        this.request = request;
        X = request.X.Read(system);
        Y = request.Y.Read(system);
        if (string.Equals(X.Parameter.Name, Y.Parameter.Name, StringComparison.Ordinal))
            throw new ExplorerException($"A map has two different parameters, and {Y.Parameter.Name} is on both axes.");
        quantities = MapQuantity.Of(system, request.Quantity);
        cells = new MapCell?[X.Numbers.Length * Y.Numbers.Length];
        Added = Uniform();
    }

    /// <summary>The system.</summary>
    public ISystem System { get; }

    /// <summary>The method.</summary>
    public string Method => request.Run.Method;

    /// <summary>The parameter along the horizontal axis, with its values.</summary>
    public (Parameter Parameter, double[] Numbers) X { get; }

    /// <summary>The parameter along the vertical axis, with its values.</summary>
    public (Parameter Parameter, double[] Numbers) Y { get; }

    /// <summary>What all cells have beside what was asked for, so that none is solved in another way than the others; null where nothing is needed.</summary>
    public (string Parameter, string Value)? Added { get; }

    /// <summary>Why something was added, in the engine's words.</summary>
    public string Reason { get; private set; } = "";

    /// <summary>What all cells share, as it was typed, in the order of the parameter table.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Shared => [.. System.Parameters.Select(parameter => parameter.Name)
        .Where(name => !string.Equals(name, X.Parameter.Name, StringComparison.Ordinal) && !string.Equals(name, Y.Parameter.Name, StringComparison.Ordinal) && (Typed.ContainsKey(name) || string.Equals(Added?.Parameter, name, StringComparison.Ordinal)))
        .Select(name => KeyValuePair.Create(name, string.Equals(Added?.Parameter, name, StringComparison.Ordinal) ? Added!.Value.Value : Typed[name]))];

    /// <summary>Number of cells.</summary>
    public int Cells => cells.Length;

    /// <summary>How many cells are done, refused ones too.</summary>
    public int Done => Volatile.Read(ref done);

    /// <summary>Why no cell could be solved, or null where one could.</summary>
    public EigenflowException? Refusal => refused == Cells ? refusal : null;

    /// <summary>Where the first of the curves that are there ends; NaN where none does.</summary>
    public double End => cells.Select(cell => cell?.End ?? double.NaN).Where(double.IsFinite).DefaultIfEmpty(double.NaN).Min();

    /// <summary>What quantities are called, once a cell is there.</summary>
    public MapWords Words { get; private set; } = MapWords.None;

    private IReadOnlyDictionary<string, string> Typed => request.Run.Setting ?? new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>The cells, so that the map is seen as a whole before its details.</summary>
    public IEnumerable<int> Order()
    {
        var (columns, rows) = (X.Numbers.Length, Y.Numbers.Length);
        var before = 0;
        foreach (var pass in Passes)
        {
            for (var row = 0; row < rows; row += pass)
            {
                for (var column = 0; column < columns; column += pass)
                {
                    if (before == 0 || row % before != 0 || column % before != 0)
                        yield return (row * columns) + column;
                }
            }

            before = pass;
        }
    }

    /// <summary>A cell; null where it is not there yet.</summary>
    public MapCell? this[int cell] => Volatile.Read(ref cells[cell]);

    /// <summary>Solves a cell; one whose setting is refused stays empty.</summary>
    public void Fill(int cell, SolutionCache cache, CancellationToken cancellation)
    {
        MapCell filled;
        try
        {
            var solution = cache.Solve(System, (request.Run with { Setting = Setting(cell) }).Complete(System), cancellation);
            lock (reading)
            {
                if (ReferenceEquals(Words, MapWords.None))
                    Words = MapWords.Of(System, solution);
                if (subject is null && System.Subject([solution]) is { } first)
                    (subject, quantities) = (first, MapQuantity.Of(System, request.Quantity, first.Observable));
            }

            filled = new MapCell(solution, subject?.Abscissa ?? "", quantities);
        }
        catch (EigenflowException exception)
        {
            Interlocked.Increment(ref refused);
            Interlocked.CompareExchange(ref refusal, exception, null);
            filled = MapCell.Refused(exception.Message);
        }

        Keep(cell, filled);
    }

    /// <summary>Leaves a cell without a value that takes too long, or too much memory.</summary>
    public void GiveUp(int cell, string words) => Keep(cell, MapCell.GivenUp(words));

    private void Keep(int cell, MapCell filled)
    {
        Volatile.Write(ref cells[cell], filled);
        Interlocked.Increment(ref done);
    }

    /// <summary>What is shown: of several that may be, what most of the cells have that are there; it stays once the map is seen as a whole.</summary>
    public MapQuantity Quantity()
    {
        if (chosen is { } kept)
            return kept;
        MapCell[] there = [.. cells.OfType<MapCell>().Where(cell => cell.Refusal.Length == 0)];
        var areAlike = there.Select(cell => cell.End).Distinct().Count() < 2;
        var now = quantities.Count == 1 ? quantities[0] : quantities.FirstOrDefault(quantity => quantity.Kind is "event" && 2 * there.Count(cell => cell.Has(quantity.Quantity.Name)) > there.Length && (there.Length < 2 || there.Select(cell => cell.Value(quantity, double.NaN)).Where(double.IsFinite).Distinct().Skip(1).Any())) ?? quantities[areAlike ? ^1 : ^2];
        if (Done >= Math.Min(Cells, Math.Max(FewestCells, Cells / (Passes[0] * Passes[0]))))
            chosen = now;
        return now;
    }

    /// <summary>The cell whose colour a cell has: itself, or the coarser one that it lies in where it is not there yet.</summary>
    public MapCell? Seen(int cell)
    {
        var (columns, column, row) = (X.Numbers.Length, cell % X.Numbers.Length, cell / X.Numbers.Length);
        for (var pass = Passes.Length - 1; pass >= 0; pass--)
        {
            var coarse = ((row - (row % Passes[pass])) * columns) + column - (column % Passes[pass]);
            if (this[coarse] is { } seen)
                return seen;
        }

        return null;
    }

    private Dictionary<string, string> Setting(int cell)
    {
        var setting = new Dictionary<string, string>(Typed, StringComparer.Ordinal);
        if (Added is { } added)
            setting[added.Parameter] = added.Value;
        setting[X.Parameter.Name] = request.X.Values[cell % X.Numbers.Length];
        setting[Y.Parameter.Name] = request.Y.Values[cell / X.Numbers.Length];
        return setting;
    }

    // A default that stands for different things in different cells would draw a cliff that is one of the method: then all cells have what some of them would have.
    private (string Parameter, string Value)? Uniform()
    {
        // What is read from files is no draw, and may not allow it.
        if (System.Substitute is not { } substitute || Typed.ContainsKey(substitute.Parameter) || Typed.Values.Any(text => text?.Contains("file:", StringComparison.Ordinal) ?? false))
            return null;
        var (with, without) = (false, false);
        for (var cell = 0; cell < Cells && !(with && without); cell++)
        {
            try
            {
                var run = (request.Run with { Setting = Setting(cell) }).Complete(System);
                if (System.Substitution(run) is { } reason)
                    (with, Reason) = (true, reason);
                else
                    without |= System.AllowsSubstitution(run);
            }
            catch (EigenflowException)
            {
                // What is refused is told when it is solved.
            }
        }

        return with && without ? substitute : null;
    }
}
