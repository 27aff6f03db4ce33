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

    // Beyond, colours follow the logarithm.
    private const double WideRange = 50;
    private readonly ISystem system;
    private readonly MapRequest request;
    private readonly MapQuantity quantity;
    private readonly (Parameter Parameter, double[] Numbers) across;
    private readonly (Parameter Parameter, double[] Numbers) up;
    private readonly double[] values;
    private readonly bool[] isDone;
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
        quantity = MapQuantity.Of(system, request.Quantity);
        values = new double[across.Numbers.Length * up.Numbers.Length];
        Array.Fill(values, double.NaN);
        isDone = new bool[values.Length];
    }

    /// <summary>Number of cells.</summary>
    public int Cells => values.Length;

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
            values[cell] = quantity.Read(cache.Solve(system, (request.Run with { Setting = setting }).Complete(system), cancellation));
        }
        catch (EigenflowException exception)
        {
            Interlocked.Increment(ref refused);
            Interlocked.CompareExchange(ref refusal, exception, null);
        }

        Volatile.Write(ref isDone[cell], true);
        Interlocked.Increment(ref done);
    }

    /// <summary>The map as it is now: cells that are not there yet have the colour of the coarser cell that they lie in.</summary>
    public Figure Draw()
    {
        double[] now = [.. Enumerable.Range(0, Cells).Select(Seen)];
        double[] finite = [.. now.Where(double.IsFinite)];
        double[] positive = [.. finite.Where(value => value > 0)];
        var isWide = positive.Length > 1 && finite.Min() >= 0 && positive.Max() / positive.Min() > WideRange;
        return new Figure
        {
            Id = "map",
            Title = finite.Length == 0 ? $"{quantity.Label}: nothing yet" : $"{quantity.Label}: from {DisplayNumber.Of(finite.Min())} to {DisplayNumber.Of(finite.Max())}",
            Caption = Caption(),
            Panels =
            [
                new Panel
                {
                    X = AxisOf(across),
                    Y = AxisOf(up),
                    Series = [],
                    HeatMap = new HeatMap { Label = quantity.Label, X = across.Numbers, Y = up.Numbers, Values = now, IsLogarithmic = isWide },
                },
            ],
        };
    }

    private double Seen(int cell)
    {
        var (columns, column, row) = (across.Numbers.Length, cell % across.Numbers.Length, cell / across.Numbers.Length);
        for (var pass = Passes.Length - 1; pass >= 0; pass--)
        {
            var coarse = ((row - (row % Passes[pass])) * columns) + column - (column % Passes[pass]);
            if (Volatile.Read(ref isDone[coarse]))
                return values[coarse];
        }

        return double.NaN;
    }

    private string Caption()
    {
        var others = (request.Run.Setting ?? new Dictionary<string, string>(StringComparer.Ordinal)).Where(pair => !string.Equals(pair.Key, across.Parameter.Name, StringComparison.Ordinal) && !string.Equals(pair.Key, up.Parameter.Name, StringComparison.Ordinal));
        var set = string.Join(", ", others.Select(pair => $"{pair.Key} = {pair.Value}"));
        var empty = refused == 0 ? "" : $" {DisplayNumber.Count(refused)} cells are empty because their settings are refused{(refusal is null ? "" : ": " + refusal.Message)}";
        return $"Method {request.Run.Method}{(set.Length == 0 ? "" : ", " + set)}; {DisplayNumber.Count(Done)} of {DisplayNumber.Count(Cells)} cells.{empty}";
    }

    private static Axis AxisOf((Parameter Parameter, double[] Numbers) axis) =>
        new(axis.Parameter.Symbol.Length == 0 ? axis.Parameter.Name : $"{axis.Parameter.Name} {axis.Parameter.Symbol}", SliderRange.Of(axis.Parameter)!.IsLogarithmic && axis.Numbers[0] > 0);
}
