using Eigenflow.Figures;
using Eigenflow.Settings;
using Eigenflow.Solutions;

namespace Eigenflow.Systems;

/// <summary>A panel in which one observable of every solution is drawn.</summary>
/// <param name="Observable">The column.</param>
/// <param name="Title">Title, a few words.</param>
/// <param name="Label">Label of the ordinate.</param>
internal record OverlayPanel(string Observable, string Title, string Label)
{
    /// <summary>The column on the abscissa; null takes the independent variable.</summary>
    public string? Abscissa { get; init; }

    /// <summary>What the system calls its columns in words; null where it declares none.</summary>
    public Func<string, string?>? Names { get; init; }

    /// <summary>Label of the abscissa.</summary>
    public string AbscissaLabel { get; init; } = "";

    /// <summary>Whether the abscissa may turn back along a solution: curves are drawn in the pieces between its turns.</summary>
    public bool Folds { get; init; }

    /// <summary>Whether the abscissa is logarithmic.</summary>
    public bool IsLogarithmicX { get; init; } = true;

    /// <summary>Whether the ordinate is logarithmic.</summary>
    public bool IsLogarithmicY { get; init; } = true;

    /// <summary>Whether sizes are drawn and not values.</summary>
    public bool IsAbsolute { get; init; }

    /// <summary>Ordinates of a linear axis beyond which nothing is told, as a ratio whose denominator may vanish has them: the axis ends there.</summary>
    public (double Low, double High) Range { get; init; } = (double.NegativeInfinity, double.PositiveInfinity);

    /// <summary>A column that is drawn beside the observable as neutral dots where a solution has it, with its label; or null.</summary>
    public (string Observable, string Label)? Beside { get; init; }

    /// <summary>The smallest and the largest number of solutions for which there is this panel.</summary>
    public (int Fewest, int Most) Solutions { get; init; } = (0, int.MaxValue);

    /// <summary>What is drawn in place of this panel for given solutions, or null.</summary>
    public Func<Solution, Panel>? OfOne { get; init; }

    /// <summary>Up to how many solutions that have it beside others are drawn by <see cref="OfOne"/>, each in a panel of its own, which bears its name where there are several; more share the panel.</summary>
    public int MostApart { get; init; }

    /// <summary>Values that are marked by a line across the panel, such as a limit.</summary>
    public IReadOnlyList<ReferenceLine> Lines { get; init; } = [];

    /// <summary>Whether intervals of 95 % are drawn from the standard errors of the column, where a solution has them.</summary>
    public bool HasErrors { get; init; }

    /// <summary>Which solutions have something to show beyond having the column, or null for all of them.</summary>
    public Func<Solution, bool>? When { get; init; }

    /// <summary>The columns that the panel draws of each solution, each as a panel of its own would show it.</summary>
    public virtual IReadOnlyList<OverlayPanel> Columns => [this];

    /// <summary>Whether a solution has what the panel shows: methods along different axes have different columns.</summary>
    public virtual bool IsIn(Solution solution) => solution.Has(Observable) && When?.Invoke(solution) != false;
}

/// <summary>A panel of its own per solution, in which several observables are drawn.</summary>
/// <param name="Observables">The columns with their labels.</param>
/// <param name="Title">Title where there is one solution; otherwise the panel bears its name.</param>
/// <param name="Label">Label of the ordinate.</param>
internal sealed record OwnPanel(IReadOnlyList<(string Observable, string Label)> Observables, string Title, string Label) : OverlayPanel(Observables[0].Observable, Title, Label)
{
    /// <inheritdoc/>
    public override IReadOnlyList<OverlayPanel> Columns => [.. Observables.Select(pair => new OverlayPanel(pair.Observable, Title, pair.Label) { Abscissa = Abscissa, IsLogarithmicX = IsLogarithmicX, IsLogarithmicY = IsLogarithmicY, IsAbsolute = IsAbsolute, Names = Names })];

    /// <inheritdoc/>
    public override bool IsIn(Solution solution) => Observables.Any(pair => solution.Has(pair.Observable));

    /// <summary>The columns of a solution that are drawn, with their numbers.</summary>
    /// <param name="solution">The solution.</param>
    public (OverlayPanel Column, int Number)[] Shown(Solution solution) => [.. Columns.Select((column, number) => (column, number)).Where(pair => Shows(solution, pair.column.Observable))];

    // What vanishes everywhere has no place on a logarithmic axis.
    private bool Shows(Solution solution, string observable) => solution.Has(observable) && (!IsLogarithmicY || solution.Rows == 0 || Array.Exists(solution[observable], value => value != 0));
}

/// <summary>How the solutions of a system are overlaid: its panels, and what is particular about it. Labels, captions, colours, styles and ranges come from <see cref="OverlayFigure"/>.</summary>
internal sealed record Overlay
{
    /// <summary>Name of the system in titles.</summary>
    public required string Title { get; init; }

    /// <summary>What is drawn, a sentence.</summary>
    public required string Description { get; init; }

    /// <summary>The panels.</summary>
    public required IReadOnlyList<OverlayPanel> Panels { get; init; }

    /// <summary>The column that the title speaks of; null takes that of the first panel that all solutions share.</summary>
    public string? Subject { get; init; }

    /// <summary>The summary number that the title speaks of where all solutions have it, in place of the end of <see cref="Subject"/>, and what it is called: a symbol alone would be taken for that of a column; or null.</summary>
    public (string Name, string Words)? SubjectNumber { get; init; }

    /// <summary>What follows the name of <see cref="SubjectNumber"/> in that of its exact value, which solutions of a theory to leading order have beside it; empty where there is none.</summary>
    public string ExactEnding { get; init; } = "";

    /// <summary>The parameters of captions, in their order.</summary>
    public required IReadOnlyList<Parameter> Caption { get; init; }

    /// <summary>The parameters of the caption that mean something for given solutions, or null for all of <see cref="Caption"/>.</summary>
    public Func<IReadOnlyList<Solution>, IReadOnlyList<Parameter>>? CaptionOf { get; init; }

    /// <summary>The column that the title speaks of for given solutions, or null.</summary>
    public Func<IReadOnlyList<Solution>, string?>? SubjectOf { get; init; }

    /// <summary>What the title says of given solutions in place of a column, or null.</summary>
    public Func<IReadOnlyList<Solution>, string?>? SentenceOf { get; init; }

    /// <summary>The phases of a solution between two abscissae, for panels with one solution alone; or null.</summary>
    public Func<Solution, double, double, IReadOnlyList<Region>>? Regions { get; init; }

    /// <summary>What is said of the phases, a sentence.</summary>
    public string RegionsDescription { get; init; } = "";

    /// <summary>What is said of given solutions in place of the sentence about dots and bands, or null.</summary>
    public Func<IReadOnlyList<Solution>, string?>? Remark { get; init; }

    /// <summary>The style of a solution beside others where it is not that of its method, or null.</summary>
    public Func<Solution, IReadOnlyList<Solution>, SeriesStyle?>? Style { get; init; }

    /// <summary>Whether a theory says something of a sampled solution with the same values, or null where it always does.</summary>
    public Func<Solution, Solution, bool>? IsTheoryOf { get; init; }

    /// <summary>Where the abscissa ends for given solutions, or null for the end of all.</summary>
    public Func<IReadOnlyList<Solution>, double?>? End { get; init; }
}
