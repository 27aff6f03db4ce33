using Eigenflow.Settings;
using Eigenflow.Solutions;

namespace Eigenflow.Dynamics;

/// <summary>A method whose solution runs along the flow time, and says which times are saved.</summary>
/// <typeparam name="TProblem">The problems that it solves.</typeparam>
public abstract record TimedMethod<TProblem> : Method<TProblem>
    where TProblem : IProblem
{
    /// <summary>End of the flow time, &gt; 0; null takes the power of ten at which the slowest mode has relaxed.</summary>
    public double? Until { get; init; }

    /// <summary>The times to save, and <see cref="Until"/> where it is given, or null for a logarithmic grid. A run ends at the last of them.</summary>
    public IReadOnlyList<double>? Times { get; init; }

    /// <summary>Number of logarithmically spaced rows that are saved where no rows are asked for. Default 200: smooth at the width of a figure.</summary>
    public int Points { get; init; } = GridParameters.DefaultPoints;

    internal override Method<TProblem> Configured(SettingView setting) => this with
    {
        Until = setting[ContinuousParameters.Until],
        Times = setting.Get(ContinuousParameters.Times),
        Points = setting[GridParameters.Points],
    };

    /// <summary>Saved times.</summary>
    /// <param name="first">First positive time where nothing is asked for.</param>
    /// <param name="relaxed">The time at which the slowest mode has relaxed: the default end is the next power of ten.</param>
    private protected virtual double[] Grid(double first, double relaxed)
    {
        if (Until is { } until && (!(until > 0) || !double.IsFinite(until)))
            throw new ParameterException("until", until, "a finite time > 0");
        if (Times is { } given)
        {
            if (given.Count == 0)
                throw new ParameterException("times", "(empty)", "a list of times >= 0, such as 1,10,100");
            foreach (var time in given)
            {
                if (!(time >= 0) || !double.IsFinite(time))
                    throw new ParameterException("times", time, "a list of finite times >= 0, such as 1,10,100");
            }

            return [.. given.Concat(Until is { } end ? [end] : []).Distinct().Order()];
        }

        var last = Until ?? DefaultEnd(relaxed);
        return TimeGrid.Logarithmic(Math.Min(first, last / 10), last, Math.Max(2, Points));
    }

    /// <summary>The end of the default times.</summary>
    /// <param name="relaxed">The time at which the slowest mode has relaxed.</param>
    private protected static double DefaultEnd(double relaxed) => Math.Pow(10, Math.Ceiling(Math.Log10(relaxed) - 1e-9));
}
