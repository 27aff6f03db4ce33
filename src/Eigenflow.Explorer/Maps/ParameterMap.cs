using Eigenflow.Explorer.Systems;
using Eigenflow.Settings;
using Eigenflow.Solutions;
using Eigenflow.Systems;

namespace Eigenflow.Explorer.Maps;

/// <summary>A number over a grid of two parameters: what is shown, and where on the curves, is decided first (<see cref="MapProbes"/>), then cells are filled from coarse to fine. Cells may be computed at the same time.</summary>
internal sealed class ParameterMap
{
    private readonly Lock reading = new();
    private readonly MapCell?[] cells;
    private DrawnSubject? subject;
    private int done;
    private EigenflowException? refusal;

    /// <summary>Reads a request.</summary>
    /// <exception cref="EigenflowException">A name or a value that is not allowed.</exception>
    public ParameterMap(ISystem system, MapRequest request)
    {
        if (request.Run is null || request.X is null || request.Y is null)
            throw new ExplorerException("A map needs a run, two axes and a quantity: {\"run\": {…}, \"x\": {\"parameter\": \"exponent\", \"values\": [\"1\", \"2\"]}, \"y\": {…}, \"quantity\": \"last:loss\"}.");
        System = system;
        Request = request;
        X = request.X.Read(system);
        Y = request.Y.Read(system);
        if (string.Equals(X.Parameter.Name, Y.Parameter.Name, StringComparison.Ordinal))
            throw new ExplorerException($"A map has two different parameters, and {Y.Parameter.Name} is on both axes.");
        Grid = new MapGrid(X.Numbers.Length, Y.Numbers.Length);
        cells = new MapCell?[Grid.Cells];
        (Added, Reason) = MapSetting.Uniform(this);
        Probes = new MapProbes(this, MapQuantity.Of(system, request.Quantity));
    }

    /// <summary>The system.</summary>
    public ISystem System { get; }

    /// <summary>What was asked for.</summary>
    public MapRequest Request { get; }

    /// <summary>The method.</summary>
    public string Method => Request.Run.Method;

    /// <summary>The parameter along the horizontal axis, with its values.</summary>
    public (Parameter Parameter, double[] Numbers) X { get; }

    /// <summary>The parameter along the vertical axis, with its values.</summary>
    public (Parameter Parameter, double[] Numbers) Y { get; }

    /// <summary>The cells and their order.</summary>
    public MapGrid Grid { get; }

    /// <summary>What is shown, and where on the curves.</summary>
    public MapProbes Probes { get; }

    /// <summary>What all cells have beside what was asked for, so that none is solved in another way than the others; null where nothing is needed.</summary>
    public (string Parameter, string Value)? Added { get; }

    /// <summary>Why something was added, in the engine's words.</summary>
    public string Reason { get; }

    /// <summary>Number of cells.</summary>
    public int Cells => cells.Length;

    /// <summary>How many cells are done, refused ones too.</summary>
    public int Done => Volatile.Read(ref done);

    /// <summary>Why no cell could be solved, or null where one could.</summary>
    public EigenflowException? Refusal => Array.TrueForAll(cells, cell => cell is { Refusal.Length: > 0 }) ? refusal : null;

    /// <summary>What is shown.</summary>
    public MapQuantity Quantity => Probes.Quantity;

    /// <summary>Where all curves are looked at, whatever cells are there; NaN where each is looked at elsewhere, and before it is decided.</summary>
    public double Place => Probes.Place;

    /// <summary>What quantities are called, once a cell is there.</summary>
    public MapWords Words { get; private set; } = MapWords.None;

    /// <summary>What all cells share, for people, once a cell is there.</summary>
    public string SharedWords => ReferenceEquals(Words, MapWords.None) ? "" : field ??= MapSetting.InWords(this);

    /// <summary>The column along which figures are drawn; empty for the independent variable.</summary>
    public string Abscissa => subject?.Abscissa ?? "";

    /// <summary>The observable that figures are spoken of by; empty where that is not known.</summary>
    public string Subject => subject?.Observable ?? "";

    /// <summary>Why it ended before all cells were there, such as <c>stopped after 60 s</c>; empty while it is filled, and once it is whole.</summary>
    public string Stopped { get; set; } = "";

    /// <summary>How long cells have been worked at.</summary>
    public TimeSpan Worked { get; set; }

    /// <summary>A cell; null where it is not there yet.</summary>
    public MapCell? this[int cell] => Volatile.Read(ref cells[cell]);

    /// <summary>Decides what is shown and solves all cells.</summary>
    public void Fill(SolutionCache cache, CancellationToken cancellation)
    {
        foreach (var cell in Probes.Needed())
            Probes.Look(cell, cache, cancellation);
        Probes.Decide(cache, cancellation);
        foreach (var cell in Grid.Order())
        {
            cancellation.ThrowIfCancellationRequested();
            Fill(cell, cache, cancellation);
        }
    }

    /// <summary>Solves a cell that is not there yet; one whose setting is refused stays empty.</summary>
    public void Fill(int cell, SolutionCache cache, CancellationToken cancellation)
    {
        if (this[cell] is not null)
            return;
        MapCell filled;
        try
        {
            var solution = Solve(cell, cache, Probes.Listed, cancellation);
            Name(solution);
            filled = new MapCell(solution, Abscissa, [Quantity]);
            Probes.Follow(filled);
        }
        catch (EigenflowException exception)
        {
            Interlocked.CompareExchange(ref refusal, exception, null);
            filled = MapCell.Refused(exception.Message);
        }

        Keep(cell, filled);
    }

    /// <summary>Solves the setting of a cell.</summary>
    /// <exception cref="EigenflowException">The setting is refused.</exception>
    public Solution Solve(int cell, SolutionCache cache, (string Parameter, string Value)? more, CancellationToken cancellation) =>
        cache.Solve(System, MapSetting.Of(this, cell, more).Complete(System), cancellation);

    /// <summary>Learns from the first solution what things are called.</summary>
    public void Name(Solution solution)
    {
        lock (reading)
        {
            subject ??= System.Subject([solution]);
            if (ReferenceEquals(Words, MapWords.None))
                Words = MapWords.Of(System, solution);
        }
    }

    /// <summary>Leaves a cell without a value that takes too long, or too much memory.</summary>
    public void GiveUp(int cell, string words) => Keep(cell, MapCell.GivenUp(words));

    /// <summary>Goes on: cells that were given up are tried again once all others are there.</summary>
    public void GoOn()
    {
        Stopped = "";
        if (Done < Cells)
            return;
        for (var cell = 0; cell < Cells; cell++)
        {
            if (this[cell] is not { IsGivenUp: true })
                continue;
            Volatile.Write(ref cells[cell], null);
            Interlocked.Decrement(ref done);
        }
    }

    /// <summary>The cell whose colour a cell has: itself, or the coarser one that it lies in where it is not there yet.</summary>
    public MapCell? Seen(int cell) => Grid.Coarser(cell).Select(one => this[one]).FirstOrDefault(one => one is not null);

    private void Keep(int cell, MapCell filled)
    {
        if (Interlocked.CompareExchange(ref cells[cell], filled, null) is null)
            Interlocked.Increment(ref done);
    }
}
