using Eigenflow.Dynamics;
using Eigenflow.Figures;
using Eigenflow.Settings;
using Eigenflow.Solutions;

namespace Eigenflow.Systems;

/// <summary>What tells overlaid solutions apart: their methods, and the parameters whose values differ. Labels, colours and captions follow from it.</summary>
internal sealed class SolutionNames
{
    // What only says which rows are there, or how exactly.
    private static readonly string[] Recording = [GridParameters.Points.Name, GridParameters.AtSteps.Name, ContinuousParameters.Times.Name, ContinuousParameters.Tolerance.Name];

    private readonly IReadOnlyList<Solution> solutions;
    private readonly IReadOnlyList<Parameter> parameters;
    private readonly List<Parameter> varying;
    private readonly string[] values;
    private readonly string[] methods;

    /// <param name="solutions">The solutions.</param>
    /// <param name="parameters">All parameters of their system.</param>
    public SolutionNames(IReadOnlyList<Solution> solutions, IReadOnlyList<Parameter> parameters)
    {
        this.solutions = solutions;
        this.parameters = parameters;
        methods = [.. solutions.Select(solution => solution.Method).Distinct(StringComparer.Ordinal)];
        varying = [.. parameters.Where(parameter => !Recording.Contains(parameter.Name, StringComparer.Ordinal) && IsVarying(parameter))];

        // What a system derives from other values follows them: it is named only where nothing else tells two solutions apart.
        for (var k = varying.Count - 1; k >= 0; k--)
        {
            if (varying[k].Default is null && varying[k].Kind is not (ParameterKind.Text or ParameterKind.Choice) && AreDistinct([.. varying.Where((_, j) => j != k)]))
                varying.RemoveAt(k);
        }

        values = [.. solutions.Select(solution => Values(solution, varying))];
    }

    /// <summary>Whether the values of parameters differ.</summary>
    public bool HasValues => values.Distinct(StringComparer.Ordinal).Skip(1).Any();

    /// <summary>The methods, in the order of the solutions.</summary>
    public IReadOnlyList<string> Methods => methods;

    /// <summary>The label of a solution: the values that differ, and its method where there are several or nothing differs.</summary>
    public string Of(int solution) => methods.Length == 1 && values[solution].Length > 0 ? values[solution] : string.Join(", ", new[] { solutions[solution].Method, values[solution] }.Where(part => part.Length > 0));

    /// <summary>The label of a curve: where styles tell methods apart and colours values, its values alone.</summary>
    /// <param name="solution">Number of the solution.</param>
    /// <param name="style">The style of each.</param>
    public string OfCurve(int solution, IReadOnlyList<SeriesStyle> style) => AreTold(style) ? values[solution] : Of(solution);

    /// <summary>Whether there is one solution per style and value, so that methods differ in style and values in colour.</summary>
    /// <param name="style">The style of each.</param>
    public bool AreTold(IReadOnlyList<SeriesStyle> style) => HasValues && solutions.Select((_, k) => (values[k], style[k])).Distinct().Count() == solutions.Count;

    /// <summary>The number of the colour of a solution: that of its schedule or values where styles tell methods apart, that of its method where nothing else differs, otherwise one of its own.</summary>
    /// <param name="solution">Number of the solution.</param>
    /// <param name="style">The style of each.</param>
    /// <param name="known">The methods of the system in their order, by which methods keep their colours.</param>
    public int Color(int solution, IReadOnlyList<SeriesStyle> style, IReadOnlyList<string> known)
    {
        if (!HasValues)
            return methods.Length == solutions.Count ? known.ToList().IndexOf(solutions[solution].Method) : solution;
        if (!AreTold(style))
            return solution;
        return ScheduleOf(solution) is { } schedule && CurveColors.Schedule(schedule) is >= 0 and var color ? color : Groups.IndexOf(values[solution]);
    }

    /// <summary>The scale of the values of the one number that differs, or null where none or more differ, or fewer than three of its values.</summary>
    public ColorScale? Scale => varying is [{ } parameter] && solutions.All(solution => Value(solution, parameter) is not null)
        ? OrderedValues.Scale($"{parameter.Name.Replace('-', ' ')} {parameter.Symbol}".TrimEnd(), solutions.Select(solution => Value(solution, parameter)!.Value))
        : null;

    /// <summary>The value of a solution on the scale, or null where there is none.</summary>
    /// <param name="solution">Number of the solution.</param>
    public double? ValueOf(int solution) => Scale is null ? null : Value(solutions[solution], varying[0]);

    /// <summary>Whether two solutions have the same values.</summary>
    public bool AreAlike(int one, int other) => string.Equals(values[one], values[other], StringComparison.Ordinal);

    private List<string> Groups => [.. values.Distinct(StringComparer.Ordinal)];

    private string? ScheduleOf(int solution) => varying is [{ Name: "schedule" }] ? Setting.Format(solutions[solution].Setting["schedule"]) : null;

    private static double? Value(Solution solution, Parameter parameter) => solution.Setting[parameter.Name] switch
    {
        double number => number,
        long whole => whole,
        int whole => whole,
        _ => null,
    };

    /// <summary>The parameters that all solutions share, as a text; words that are the default are left out.</summary>
    /// <param name="shown">The parameters in their order.</param>
    public string Shared(IReadOnlyList<Parameter> shown) => string.Join(", ", shown
        .Where(parameter => !IsVarying(parameter))
        .Select(parameter => (Parameter: parameter, Value: solutions.Select(solution => solution.Setting[parameter.Name]).FirstOrDefault(value => value is not null)))
        .Where(pair => pair.Value is not null && !(pair.Parameter.Kind is ParameterKind.Text or ParameterKind.Choice && Setting.Format(pair.Value) == Setting.Format(pair.Parameter.Default)))
        .Select(pair => Text(pair.Parameter, pair.Value!)));

    private bool IsVarying(Parameter parameter) =>
        solutions.Select(solution => solution.Setting[parameter.Name]).Where(value => value is not null).Select(Setting.Format).Distinct(StringComparer.Ordinal).Skip(1).Any();

    private bool AreDistinct(IReadOnlyList<Parameter> left) => solutions.Select(solution => (solution.Method, Values(solution, left))).Distinct().Count() == solutions.Count;

    private static string Values(Solution solution, IReadOnlyList<Parameter> shown) =>
        string.Join(", ", shown.Where(parameter => solution.Setting[parameter.Name] is not null).Select(parameter => Text(parameter, solution.Setting[parameter.Name]!)));

    // A shape of a schedule says by itself what it is.
    private static string Text(Parameter parameter, object value) => parameter.Name switch
    {
        "schedule" => Setting.Format(value),
        var name when parameter.Kind is ParameterKind.Text or ParameterKind.Choice || parameter.Symbol.Length == 0 => $"{name} = {Setting.Shown(value)}",
        _ => $"{parameter.Symbol} = {Setting.Shown(value)}",
    };
}
