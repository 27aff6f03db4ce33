namespace Eigenflow.Systems.UTurnDoubleDescent;

/// <summary>The complexity of one predictor along every axis that its family has; the others are not read.</summary>
internal sealed record SmootherModel
{
    /// <summary>Most leaves of a tree; infinite for trees that are fully grown.</summary>
    public double Leaves { get; init; } = double.PositiveInfinity;

    /// <summary>Trees of a forest.</summary>
    public int Trees { get; init; } = 1;

    /// <summary>Rounds of boosting.</summary>
    public int Rounds { get; init; } = 1;

    /// <summary>Boosters that are averaged.</summary>
    public int Boosters { get; init; } = 1;

    /// <summary>Columns of features, P_φ.</summary>
    public int Columns { get; init; } = 1;

    /// <summary>Principal components beside a bias.</summary>
    public int Components { get; init; }

    /// <summary>Neighbours k.</summary>
    public int Neighbours { get; init; } = 1;

    /// <summary>Penalty λ.</summary>
    public double Ridge { get; init; }

    /// <summary>Most of what an axis counts: products with small numbers still fit in an int.</summary>
    public const int MostCount = int.MaxValue / 4;

    /// <summary>The names of the axes; all but the ridge count whole things.</summary>
    public static IReadOnlyList<string> Axes { get; } = ["leaves", "trees", "rounds", "boosters", "columns", "components", "excess", "neighbours", "ridge"];

    /// <summary>The value on an axis.</summary>
    public double this[string axis] => axis switch
    {
        "leaves" => Leaves,
        "trees" => Trees,
        "rounds" => Rounds,
        "boosters" => Boosters,
        "columns" => Columns,
        "components" => Components,
        "excess" => Columns - Components,
        "neighbours" => Neighbours,
        _ => Ridge,
    };

    /// <summary>The same with another value on an axis; the excess of columns over components keeps the components.</summary>
    public SmootherModel With(string axis, double value) => axis switch
    {
        "leaves" => this with { Leaves = value },
        "trees" => this with { Trees = checked((int)value) },
        "rounds" => this with { Rounds = checked((int)value) },
        "boosters" => this with { Boosters = checked((int)value) },
        "columns" => this with { Columns = checked((int)value) },
        "components" => this with { Components = checked((int)value) },
        "excess" => this with { Columns = checked(Components + (int)value) },
        "neighbours" => this with { Neighbours = checked((int)value) },
        _ => this with { Ridge = value },
    };
}
