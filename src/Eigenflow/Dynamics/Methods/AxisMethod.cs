using Eigenflow.Settings;
using Eigenflow.Solutions;

namespace Eigenflow.Dynamics;

/// <summary>The parameters of methods along an axis other than time.</summary>
internal sealed class AxisParameters
{
    /// <param name="axes">The names of the axes, the default first.</param>
    public AxisParameters(params IReadOnlyList<string> axes)
    {
        Along = Parameter.Choice("along", "", axes[0], "The parameter that the solution runs along.", [.. axes.Select(axis => (axis, axis))]);
        All = [Along, At, From, To, GridParameters.Points];
    }

    public static Parameter<double[]?> At { get; } = Parameter.OptionalList("at", "These values on the axis are saved, such as 0.1,1,10; by default a logarithmic grid.", ValueRange.NotNegative);

    public static Parameter<double?> From { get; } = Parameter.OptionalNumber("from", "", "Beginning of the grid along the axis.", ValueRange.Positive) with { Usual = UsualRange.Decades(1e-6, 1e6) };

    public static Parameter<double?> To { get; } = Parameter.OptionalNumber("to", "", "End of the grid along the axis.", ValueRange.Positive) with { Usual = UsualRange.Decades(1e-6, 1e6) };

    public Parameter<string> Along { get; }

    public IReadOnlyList<Parameter> All { get; }
}

/// <summary>A static method: its solution has a parameter of the problem, and no time, as its independent variable.</summary>
/// <typeparam name="TProblem">The problems that it solves.</typeparam>
public abstract record AxisMethod<TProblem> : Method<TProblem>
    where TProblem : IProblem
{
    /// <summary>Name of the axis.</summary>
    public required string Along { get; init; }

    /// <summary>The values on the axis to save, or null for a logarithmic grid.</summary>
    public IReadOnlyList<double>? At { get; init; }

    /// <summary>Beginning of the grid, &gt; 0, or null for that of the system.</summary>
    public double? From { get; init; }

    /// <summary>End of the grid, &gt; <see cref="From"/>, or null for that of the system.</summary>
    public double? To { get; init; }

    /// <summary>Number of rows of the grid. Default 200: smooth at the width of a figure.</summary>
    public int Points { get; init; } = GridParameters.DefaultPoints;

    internal override Method<TProblem> Configured(SettingView setting) => this with
    {
        At = setting.Get(AxisParameters.At),
        From = setting[AxisParameters.From],
        To = setting[AxisParameters.To],
        Points = PointsOf(setting),
    };

    /// <summary>The number of rows of the grid in a setting; systems whose methods have defaults of their own read it themselves.</summary>
    private protected virtual int PointsOf(SettingView setting) => setting[GridParameters.Points];

    /// <summary>Evaluates the points of a random method, and keeps the finished ones so that the same solve goes on from them.</summary>
    /// <param name="grid">The values on the axis.</param>
    /// <param name="row">The numbers at a value, as many for each.</param>
    /// <param name="identity">What the rows belong to: all that would change one.</param>
    /// <param name="context">Progress, checkpoints and cancellation.</param>
    private protected static (List<double[]> Rows, SolveStatus Status) Evaluate(double[] grid, Func<double, double[]> row, byte[] identity, SolveContext context)
    {
        var store = context.Checkpoint;
        var kept = store?.Load(AxisState.Part) is { } bytes ? AxisState.Read(bytes, identity) : [];
        if (kept.Count > 0)
            store!.Continue(AxisState.Part, kept.Count);
        var rows = new List<double[]>();
        var result = Evaluate(
            grid,
            value =>
            {
                var done = rows.Count < kept.Count ? kept[rows.Count] : row(value);
                rows.Add(done);
                if (rows.Count > kept.Count && store?.IsDue(AxisState.Part) == true)
                    store.Save(AxisState.Part, AxisState.Write(identity, rows));
                return done;
            },
            context);
        if (result.Status.Outcome == SolveOutcome.Cancelled && rows.Count > kept.Count)
            store?.Save(AxisState.Part, AxisState.Write(identity, rows));
        return result;
    }

    /// <summary>The values on the axis, ascending, with places that a grid which nobody chose does not step over.</summary>
    /// <param name="from">Beginning where none is given.</param>
    /// <param name="to">End where none is given.</param>
    /// <param name="places">The places, such as one at which a column is infinite; those that are not between the ends are left out.</param>
    private protected double[] GridWith(double from, double to, params IReadOnlyList<double> places) =>
        At is null && From is null && To is null ? [.. Grid(from, to).Concat(places.Where(place => place > from && place < to)).Distinct().Order()] : Grid(from, to);

    /// <summary>The values on the axis, ascending.</summary>
    /// <param name="from">Beginning where none is given.</param>
    /// <param name="to">End where none is given.</param>
    private protected double[] Grid(double from, double to)
    {
        if (At is { } given)
        {
            return given.Count > 0 && given.All(value => value >= 0 && double.IsFinite(value))
                ? [.. given.Distinct().Order()]
                : throw new ParameterException("at", given.Count == 0 ? "(empty)" : given.First(value => !(value >= 0 && double.IsFinite(value))), "a list of finite numbers >= 0, such as 0.1,1,10");
        }

        var (first, last) = (From ?? from, To ?? to);
        if (!(first > 0) || !(last > first) || !double.IsFinite(last))
            throw new ParameterException("to", last, FormattableString.Invariant($"a finite number > from = {first:R}"));
        return TimeGrid.Logarithmic(first, last, Math.Max(2, Points))[1..];
    }
}
