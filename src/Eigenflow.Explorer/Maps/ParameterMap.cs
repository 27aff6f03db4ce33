using Eigenflow.Explorer.Systems;
using Eigenflow.Figures;
using Eigenflow.Settings;
using Eigenflow.Systems;

namespace Eigenflow.Explorer.Maps;

/// <summary>A number over a grid of two parameters, filled from coarse to fine. Cells may be computed at the same time.</summary>
internal sealed class ParameterMap
{
    // Steps of the passes through the grid.
    private static readonly int[] Passes = [4, 2, 1];

    private const int FewestCells = 24;
    private readonly ISystem system;
    private readonly MapRequest request;
    private readonly Lock reading = new();
    private IReadOnlyList<MapQuantity> quantities;
    private DrawnSubject? subject;
    private readonly (Parameter Parameter, double[] Numbers) across;
    private readonly (Parameter Parameter, double[] Numbers) up;
    private readonly MapCell?[] cells;
    private readonly bool[] isDone;
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
        this.system = system;
        this.request = request;
        across = request.X.Read(system);
        up = request.Y.Read(system);
        if (string.Equals(across.Parameter.Name, up.Parameter.Name, StringComparison.Ordinal))
            throw new ExplorerException($"A map has two different parameters, and {up.Parameter.Name} is on both axes.");
        quantities = MapQuantity.Of(system, request.Quantity);
        cells = new MapCell?[across.Numbers.Length * up.Numbers.Length];
        isDone = new bool[cells.Length];
    }

    /// <summary>Number of cells.</summary>
    public int Cells => cells.Length;

    /// <summary>How many cells are done, refused ones too.</summary>
    public int Done => Volatile.Read(ref done);

    /// <summary>Why no cell could be solved, or null where one could.</summary>
    public EigenflowException? Refusal => refused == Cells ? refusal : null;

    /// <summary>The cells, so that the map is seen as a whole before its details.</summary>
    public IEnumerable<int> Order()
    {
        var (columns, rows) = (across.Numbers.Length, up.Numbers.Length);
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

    /// <summary>Solves a cell; one whose setting is refused stays empty.</summary>
    public void Fill(int cell, SolutionCache cache, CancellationToken cancellation)
    {
        var (column, row) = (cell % across.Numbers.Length, cell / across.Numbers.Length);
        try
        {
            var setting = new Dictionary<string, string>(request.Run.Setting ?? new Dictionary<string, string>(StringComparer.Ordinal), StringComparer.Ordinal)
            {
                [across.Parameter.Name] = request.X.Values[column],
                [up.Parameter.Name] = request.Y.Values[row],
            };
            var solution = cache.Solve(system, (request.Run with { Setting = setting }).Complete(system), cancellation);
            lock (reading)
            {
                if (subject is null && system.Subject([solution]) is { } first)
                    (subject, quantities) = (first, MapQuantity.Of(system, request.Quantity, first.Observable));
            }

            cells[cell] = new MapCell(solution, subject?.Abscissa ?? "", quantities);
        }
        catch (EigenflowException exception)
        {
            Interlocked.Increment(ref refused);
            Interlocked.CompareExchange(ref refusal, exception, null);
        }

        Volatile.Write(ref isDone[cell], true);
        Interlocked.Increment(ref done);
    }

    /// <summary>What is shown: of several that may be, what most of the cells have that are there; it stays once the map is seen as a whole.</summary>
    public MapQuantity Quantity()
    {
        if (chosen is { } kept)
            return kept;
        MapCell[] there = [.. Enumerable.Range(0, Cells).Where(cell => Volatile.Read(ref isDone[cell])).Select(cell => cells[cell]).OfType<MapCell>()];
        var areAlike = there.Select(cell => cell.End).Distinct().Count() < 2;
        var now = quantities.Count == 1 ? quantities[0] : quantities.FirstOrDefault(quantity => quantity.Kind is "event" && 2 * there.Count(cell => cell.Has(quantity.Quantity.Name)) > there.Length && (there.Length < 2 || there.Select(cell => cell.Value(quantity, double.NaN)).Where(double.IsFinite).Distinct().Skip(1).Any())) ?? quantities[areAlike ? ^1 : ^2];
        if (Done >= Math.Min(Cells, Math.Max(FewestCells, Cells / (Passes[0] * Passes[0]))))
            chosen = now;
        return now;
    }

    /// <summary>The map as it is now: cells that are not there yet have the colour of the coarser cell that they lie in.</summary>
    public Figure Draw()
    {
        var quantity = Quantity();
        var end = Enumerable.Range(0, Cells).Where(cell => Volatile.Read(ref isDone[cell])).Select(cell => cells[cell]?.End ?? double.NaN).Where(double.IsFinite).DefaultIfEmpty(double.NaN).Min();
        double[] now = [.. Enumerable.Range(0, Cells).Select(cell => Seen(cell)?.Value(quantity, end) ?? double.NaN)];
        double[] finite = [.. now.Where(double.IsFinite)];
        var colors = MapColors.Of(finite);
        var label = Label(quantity, end);
        int[] there = [.. Enumerable.Range(0, Cells).Where(cell => Volatile.Read(ref isDone[cell]) && cells[cell] is not null)];
        int[] empty = [.. there.Where(cell => !double.IsFinite(now[cell]))];

        // Zero has no colour among decades.
        int[] zeros = [.. there.Where(cell => colors.IsLogarithmic && now[cell] == 0)];
        return new Figure
        {
            Id = "map",
            Title = finite.Length == 0 ? $"{label}: nothing yet" : $"{label}: from {DisplayNumber.Of(finite.Min())} to {DisplayNumber.Of(finite.Max())}",
            Caption = Caption(quantity, colors, empty.Length),
            Panels =
            [
                new Panel
                {
                    X = AxisOf(across),
                    Y = AxisOf(up),

                    // Cells without a value have a mark, whose meaning stands in the legend.
                    Series = [.. empty.Length > 0 ? [Marks(quantity.None, empty, isHollow: true)] : (Series[])[], .. zeros.Length > 0 ? [Marks("0", zeros, isHollow: false)] : (Series[])[]],
                    HeatMap = new HeatMap { Label = label, X = across.Numbers, Y = up.Numbers, Values = now, IsLogarithmic = colors.IsLogarithmic, Minimum = colors.Minimum, Maximum = colors.Maximum },
                },
            ],
        };
    }

    private Series Marks(string label, int[] marked, bool isHollow) => new()
    {
        Label = label,
        X = [.. marked.Select(cell => across.Numbers[cell % across.Numbers.Length])],
        Y = [.. marked.Select(cell => up.Numbers[cell / across.Numbers.Length])],
        Style = SeriesStyle.Points,
        Role = SeriesRole.Guide,
        Color = -1,
        IsHollow = isHollow,
    };

    private string Label(MapQuantity quantity, double end) => quantity.Kind switch
    {
        "last" => $"{quantity.Words} at the end of each curve",
        "common" when double.IsFinite(end) => $"{quantity.Words} at {cells.OfType<MapCell>().First().Axis} = {DisplayNumber.Of(end)}, where the first curve ends",
        "common" => $"{quantity.Words} where the first curve ends",
        _ => quantity.Words,
    };

    private MapCell? Seen(int cell)
    {
        var (columns, column, row) = (across.Numbers.Length, cell % across.Numbers.Length, cell / across.Numbers.Length);
        for (var pass = Passes.Length - 1; pass >= 0; pass--)
        {
            var coarse = ((row - (row % Passes[pass])) * columns) + column - (column % Passes[pass]);
            if (Volatile.Read(ref isDone[coarse]))
                return cells[coarse];
        }

        return null;
    }

    private string Caption(MapQuantity quantity, MapColors colors, int empty)
    {
        var others = (request.Run.Setting ?? new Dictionary<string, string>(StringComparer.Ordinal)).Where(pair => !string.Equals(pair.Key, across.Parameter.Name, StringComparison.Ordinal) && !string.Equals(pair.Key, up.Parameter.Name, StringComparison.Ordinal));
        var set = string.Join(", ", others.Select(pair => $"{pair.Key} = {pair.Value}"));
        var marked = empty == 0 ? "" : $" {Count(empty)} marked: {quantity.None}.";
        var beyond = colors.Beyond == 0 ? "" : $" {Count(colors.Beyond)} beyond the colours, whose {(colors.Minimum is { } low ? $"lower end is {DisplayNumber.Of(low)}" : "")}{(colors is { Minimum: not null, Maximum: not null } ? " and " : "")}{(colors.Maximum is { } high ? $"upper end is {DisplayNumber.Of(high)}" : "")}.";
        var blank = refused == 0 ? "" : $" {Count(refused)} empty because settings are refused{(refusal is null ? "" : ": " + refusal.Message)}";

        // Cells of which the engine warns may not be of one kind with their neighbours.
        MapCell[] warned = [.. Enumerable.Range(0, Cells).Where(cell => Volatile.Read(ref isDone[cell])).Select(cell => cells[cell]).OfType<MapCell>().Where(cell => cell.Warning.Length > 0)];
        var warning = warned.Length == 0 ? "" : $" {Count(warned.Length)} solved with a warning, the first of which is: {warned[0].Warning.TrimEnd('.')}.";
        return $"Method {request.Run.Method}{(set.Length == 0 ? "" : ", " + set)}; {DisplayNumber.Count(Done)} of {DisplayNumber.Count(Cells)} cells.{marked}{beyond}{warning}{blank}";
    }

    private static string Count(int cells) => cells == 1 ? "1 cell is" : $"{DisplayNumber.Count(cells)} cells are";

    private static Axis AxisOf((Parameter Parameter, double[] Numbers) axis) =>
        new(axis.Parameter.Symbol.Length == 0 ? axis.Parameter.Name : $"{axis.Parameter.Name} {axis.Parameter.Symbol}", SliderRange.Of(axis.Parameter)!.IsLogarithmic && axis.Numbers[0] > 0);
}
