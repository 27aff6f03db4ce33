using Eigenflow.Settings;
using Eigenflow.Solutions;

namespace Eigenflow.Dynamics;

/// <summary>The parameters of methods in continuous time.</summary>
internal static class ContinuousParameters
{
    public static readonly Parameter<double> Tolerance = Parameter.Number("rtol", "", 1e-8, "Relative tolerance of the stiff solver; each factor 30 costs about twice the work.", ValueRange.Within(1e-13, 0.1));

    public static readonly Parameter<double?> Until = Parameter.OptionalNumber("until", "T", "End of the flow time; by default the power of ten at which the slowest mode has relaxed.", ValueRange.Positive);

    public static readonly Parameter<double[]?> Times = Parameter.OptionalList("times", "These flow times are saved, such as 1,10,100, and until where it is given; by default a logarithmic grid.", ValueRange.NotNegative);

    public static IReadOnlyList<Parameter> All { get; } = [Tolerance, Until, Times, GridParameters.Points];
}

/// <summary>A method in continuous time.</summary>
/// <typeparam name="TProblem">The problems that it solves.</typeparam>
public abstract record ContinuousMethod<TProblem> : Method<TProblem>
    where TProblem : IProblem
{
    /// <summary>End of the flow time, &gt; 0; null takes the power of ten at which the slowest mode has relaxed.</summary>
    public double? Until { get; init; }

    /// <summary>The times to save, and <see cref="Until"/> where it is given, or null for a logarithmic grid. A run ends at the last of them.</summary>
    public IReadOnlyList<double>? Times { get; init; }

    /// <summary>Relative tolerance of the solver, 1e-13 to 0.1. Default 1e-8: eight digits cost twice the work of five.</summary>
    public double RelativeTolerance { get; init; } = 1e-8;

    /// <summary>Number of logarithmically spaced rows that are saved where no rows are asked for. Default 200: smooth at the width of a figure.</summary>
    public int Points { get; init; } = GridParameters.DefaultPoints;

    internal override Method<TProblem> Configured(SettingView setting) => this with
    {
        RelativeTolerance = setting[ContinuousParameters.Tolerance],
        Until = setting[ContinuousParameters.Until],
        Times = setting.Get(ContinuousParameters.Times),
        Points = setting[GridParameters.Points],
    };

    /// <summary>Saved times.</summary>
    /// <param name="first">First positive time where nothing is asked for.</param>
    /// <param name="relaxed">The time at which the slowest mode has relaxed: the default end is the next power of ten.</param>
    private protected double[] Grid(double first, double relaxed)
    {
        if (!(RelativeTolerance is >= 1e-13 and <= 0.1))
            throw new ParameterException("rtol", RelativeTolerance, "a number >= 1e-13 and <= 0.1");
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

        var last = Until ?? Math.Pow(10, Math.Ceiling(Math.Log10(relaxed) - 1e-9));
        return TimeGrid.Logarithmic(Math.Min(first, last / 10), last, Math.Max(2, Points));
    }
}
