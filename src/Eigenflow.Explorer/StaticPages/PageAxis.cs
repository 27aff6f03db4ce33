using System.Globalization;
using System.Text.RegularExpressions;
using Eigenflow.Settings;

namespace Eigenflow.Explorer.StaticPages;

/// <summary>A slider of an exported page: a parameter with the values for which everything is computed.</summary>
public sealed partial record PageAxis
{
    private PageAxis(Parameter parameter, IReadOnlyList<double> values, bool isLogarithmic, int? count)
    {
        Parameter = parameter;
        Values = values;
        IsLogarithmic = isLogarithmic;
        Count = count;
    }

    /// <summary>The parameter.</summary>
    public Parameter Parameter { get; }

    /// <summary>The values, ascending, at least two.</summary>
    public IReadOnlyList<double> Values { get; }

    /// <summary>Whether equal ways between values are equal factors.</summary>
    public bool IsLogarithmic { get; }

    /// <summary>Whether only whole numbers are allowed.</summary>
    public bool IsWhole => Parameter.Kind == ParameterKind.Integer;

    /// <summary>The values as they were typed; empty where they were not.</summary>
    internal string Text { get; private init; } = "";

    /// <summary>How many values over the range of the parameter's slider were asked for; null where the values themselves were given. Whole numbers can be fewer.</summary>
    internal int? Count { get; }

    /// <summary>A number of values over the range of the parameter's slider; the default is one of them where it lies in it.</summary>
    /// <param name="parameter">The parameter.</param>
    /// <param name="count">How many, at least two.</param>
    /// <returns>Null where the parameter has no slider.</returns>
    internal static PageAxis? Over(Parameter parameter, int count)
    {
        if (SliderRange.Of(parameter) is not { } range)
            return null;
        var free = range.HasZero ? count - 1 : count;
        var values = Enumerable.Range(0, free).Select(k => Between(range.From, range.To, free == 1 ? 1 : k / (free - 1.0), range.IsLogarithmic)).Select(value => Rounded(value, range.IsWhole)).ToList();
        if (range.HasZero)
            values.Insert(0, 0);
        if (parameter.Default is { } start && Convert.ToDouble(start, CultureInfo.InvariantCulture) is var number && number > values[0] && number < values[^1] && !values.Contains(number) && values.Count > 2)
        {
            var nearest = Enumerable.Range(1, values.Count - 2).MinBy(k => Math.Abs(Way(values[k], range.IsLogarithmic) - Way(number, range.IsLogarithmic)));
            values[nearest] = number;
        }

        double[] distinct = [.. values.Distinct().Order()];
        return distinct.Length < 2 ? null : new PageAxis(parameter, distinct, range.IsLogarithmic, count);
    }

    /// <summary>Values as they are typed: a list or a range.</summary>
    /// <param name="parameter">The parameter.</param>
    /// <param name="text">Such as <c>1.2,1.5,2</c> or <c>geomspace(1e2,1e6,9)</c>.</param>
    /// <exception cref="ParameterException">Not allowed, or fewer than two.</exception>
    public static PageAxis Typed(Parameter parameter, string text)
    {
        ArgumentNullException.ThrowIfNull(parameter);
        if (parameter.Kind is not (ParameterKind.Number or ParameterKind.Integer))
            throw new ParameterException("grid", parameter.Name, "a parameter that is a number");
        double[] values = [.. parameter.ParseList(text).Select(value => Convert.ToDouble(value, CultureInfo.InvariantCulture)).Order()];
        if (values.Length < 2)
            throw new ParameterException(parameter.Name, text, "at least two values, such as linspace(1,2,9) or geomspace(1e2,1e6,9)");

        // As the values are spaced: equal factors or equal steps.
        var isLogarithmic = values[0] > 0 && (values.Length > 2 ? Math.Abs(Math.Log(values[1] / values[0]) - Math.Log(values[^1] / values[^2])) < 1e-3 * Math.Log(values[^1] / values[0]) : values[^1] / values[0] > 20);
        return new PageAxis(parameter, values, isLogarithmic, null) { Text = text };
    }

    /// <summary>The same with the first and the last value alone.</summary>
    internal PageAxis Ends() => new(Parameter, [Values[0], Values[^1]], IsLogarithmic, null);

    /// <summary>Whether more values may be taken from the range of the values, which nobody asked for.</summary>
    internal bool IsFree { get; init; }

    /// <summary>The same with a value between each two; null where its values were given.</summary>
    internal PageAxis? Refined() => Count is { } count ? Over(Parameter, Values[0] == 0 && IsLogarithmic ? (2 * count) - 2 : (2 * count) - 1)
        : IsFree && Spaced().Match(Text) is { Success: true } range ? Typed(Parameter, FormattableString.Invariant($"{range.Groups["ends"].Value}{(2 * int.Parse(range.Groups["count"].Value, CultureInfo.InvariantCulture)) - 1})")) with { IsFree = true }
        : null;

    [GeneratedRegex(@"^(?<ends>(lin|geom)space\([^,]+,[^,]+,)(?<count>[0-9]+)\)$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Spaced();

    /// <summary>What lies between a value and the next, as the slider has it.</summary>
    /// <param name="index">Number of the value.</param>
    /// <param name="share">The part of the way to the next.</param>
    internal double Inside(int index, double share)
    {
        var number = Between(Values[index], Values[index + 1], share, IsLogarithmic && Values[index] > 0);
        var rounded = Rounded(number, IsWhole);
        return IsWhole || (rounded > Values[index] && rounded < Values[index + 1]) ? Math.Clamp(rounded, Values[index], Values[index + 1]) : number;
    }

    /// <summary>The value as a setting takes it.</summary>
    internal object Value(double value) => Parameter.Check(value);

    /// <summary>
    /// Where a value lies among the values: the entries that it is made of, with their weights. Cubic through four neighbours, or straight between two; exact at the values.
    /// The page does the same (static/grid.ts).
    /// </summary>
    internal IReadOnlyList<(int Index, double Weight)> Weights(double value, bool isCubic)
    {
        var last = Values.Count - 1;
        var k = 0;
        while (k < last - 1 && value > Values[k + 1])
            k++;

        // Zero stands apart from the decades above it.
        var first = IsLogarithmic && Values[0] <= 0 ? 1 : 0;
        if (!isCubic || k < first || last - first < 2)
        {
            var isLog = IsLogarithmic && Values[k] > 0;
            var share = (Way(value, isLog) - Way(Values[k], isLog)) / (Way(Values[k + 1], isLog) - Way(Values[k], isLog));
            return share == 0 ? [(k, 1)] : share == 1 ? [(k + 1, 1)] : [(k, 1 - share), (k + 1, share)];
        }

        var start = Math.Max(first, Math.Min(k - 1, last - 3));
        var count = Math.Min(4, last - start + 1);
        var weights = new (int Index, double Weight)[count];
        for (var i = 0; i < count; i++)
        {
            var weight = 1.0;
            for (var j = 0; j < count; j++)
            {
                if (j != i)
                    weight *= (Way(value, IsLogarithmic) - Way(Values[start + j], IsLogarithmic)) / (Way(Values[start + i], IsLogarithmic) - Way(Values[start + j], IsLogarithmic));
            }

            weights[i] = (start + i, weight);
        }

        return [.. weights.Where(pair => pair.Weight != 0)];
    }

    private static double Way(double value, bool isLogarithmic) => isLogarithmic ? Math.Log(value) : value;

    private static double Between(double low, double high, double share, bool isLogarithmic) => isLogarithmic ? low * Math.Pow(high / low, share) : low + (share * (high - low));

    // As a person would type it.
    private static double Rounded(double value, bool isWhole)
    {
        var rounded = double.Parse(value.ToString("G4", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
        return isWhole ? Math.Round(rounded) : rounded;
    }
}
