using System.Text.RegularExpressions;

namespace Eigenflow.Figures;

/// <summary>Titles that say what is to be seen, made of the numbers that are drawn: where the numbers change, so does the sentence.</summary>
internal static partial class Headline
{
    /// <summary>Most characters of a title, as it is read.</summary>
    public const int Longest = 90;

    /// <summary>Standard errors within which a mean follows its theory.</summary>
    public const double MostErrors = 4;

    // From here on a departure is not called a small one.
    private const double LargestWithin = 0.1;
    private const double SmallestPercent = 1e-4;

    /// <summary>The first text that is short enough, or the last.</summary>
    /// <param name="texts">From the most to the least telling.</param>
    public static string FirstThatFits(params string[] texts) => Array.Find(texts, text => Length(text) <= Longest) ?? texts[^1];

    /// <summary>Characters of a text without its marks for raised and lowered parts.</summary>
    /// <param name="text">The text.</param>
    public static int Length(string text) => Marks().Replace(text, "").Length;

    /// <summary>Such as <c>MSE within 0.4 % of the frozen law</c>, or <c>MSE up to 34 % off the frozen law</c>.</summary>
    /// <param name="subject">What was measured.</param>
    /// <param name="theory">What it is compared with.</param>
    /// <param name="largest">Largest relative departure.</param>
    public static string Departure(string subject, string theory, double largest) =>
        double.IsNaN(largest) ? $"{subject} and {theory}" : largest <= LargestWithin ? $"{subject} within {Percent(largest)} of {theory}" : $"{subject} up to {Percent(largest)} off {theory}";

    /// <summary>Such as <c>Mean of 40 runs within 3.2 standard errors of its theory</c>.</summary>
    /// <param name="subject">What was measured.</param>
    /// <param name="theory">What it is compared with.</param>
    /// <param name="largest">Largest distance in standard errors.</param>
    public static string Errors(string subject, string theory, double largest) =>
        double.IsNaN(largest) ? $"{subject} and {theory}" : $"{subject} {(largest <= MostErrors ? "within" : "up to")} {DisplayNumber.Of(RoundedUp(largest))} standard errors {(largest <= MostErrors ? "of" : "off")} {theory}";

    /// <summary>Such as <c>1 − u ∝ t^{−0.500 ± 0.002} over 5 decades</c>.</summary>
    /// <param name="quantity">The ordinate.</param>
    /// <param name="variable">The abscissa.</param>
    /// <param name="slope">The exponent.</param>
    /// <param name="decades">Decades of the abscissa over which it was measured.</param>
    public static string Slope(string quantity, string variable, MeasuredSlope slope, double decades) =>
        $"{quantity} ∝ {variable}^{{{slope}}} over {DisplayNumber.Of(decades, 2)} {(Math.Abs(decades - 1) < 0.05 ? "decade" : "decades")}";

    /// <summary>Such as <c>1 − u ∝ t^{p}, p = −0.34 ± 0.01, −0.50 ± 0.01 for a = 1.5, 2</c>; without the intervals where that is too long.</summary>
    /// <param name="quantity">The ordinate.</param>
    /// <param name="variable">The abscissa.</param>
    /// <param name="parameter">What tells the curves apart, such as <c>a</c>.</param>
    /// <param name="slopes">The value of the parameter and the exponent of every curve.</param>
    public static string Slopes(string quantity, string variable, string parameter, IReadOnlyList<(double Value, MeasuredSlope Slope)> slopes)
    {
        var values = string.Join(", ", slopes.Select(one => DisplayNumber.Of(one.Value)));
        string Text(Func<MeasuredSlope, string> write) => $"{quantity} ∝ {variable}^{{p}}, p = {string.Join(", ", slopes.Select(one => write(one.Slope)))} for {parameter} = {values}";
        return FirstThatFits(Text(slope => slope.ToString()), Text(slope => slope.Short));
    }

    /// <summary>Such as <c>Tuned losses: 12 exponents within 0.03 of their predictions</c>.</summary>
    /// <param name="subject">What the exponents are of.</param>
    /// <param name="pairs">Predicted and measured exponents.</param>
    public static string Exponents(string subject, IReadOnlyCollection<(double Predicted, double Measured)> pairs) =>
        $"{subject}: {DisplayNumber.Of(pairs.Count)} exponents within {DisplayNumber.Of(RoundedUp(pairs.Max(pair => Math.Abs(pair.Predicted - pair.Measured))))} of their predictions";

    /// <summary>Such as <c>T₁ falls with a</c>: the values in the order of the parameter.</summary>
    /// <param name="quantity">What the values are of.</param>
    /// <param name="parameter">The parameter.</param>
    /// <param name="values">The values, by ascending parameter.</param>
    public static string Trend(string quantity, string parameter, IReadOnlyList<double> values)
    {
        var steps = values.Zip(values.Skip(1), (before, after) => after.CompareTo(before)).Distinct().ToArray();
        return steps switch
        {
            [1] => $"{quantity} grows with {parameter}",
            [-1] => $"{quantity} falls with {parameter}",
            [0] => $"{quantity} does not depend on {parameter}",
            _ => $"{quantity} has no order in {parameter}",
        };
    }

    /// <summary>Such as <c>0.007 (WSD), 0.009 (cosine)</c>, the smallest first.</summary>
    /// <param name="values">Names and values.</param>
    /// <param name="digits">Significant digits.</param>
    public static string Ascending(IEnumerable<(string Name, double Value)> values, int digits = 2) =>
        string.Join(", ", values.OrderBy(pair => pair.Value).Select(pair => $"{DisplayNumber.Of(pair.Value, digits)} ({pair.Name})"));

    /// <summary>A part in per cent, or as a power of ten where it is tiny; rounded up: what lies within it does so.</summary>
    /// <param name="part">The part, not negative.</param>
    public static string Percent(double part) => part is > 0 and < SmallestPercent ? DisplayNumber.Of(RoundedUp(part), 2) : DisplayNumber.Percent(RoundedUp(part));

    private static double RoundedUp(double value)
    {
        if (!(value > 0) || !double.IsFinite(value))
            return value;
        var unit = Math.Pow(10, Math.Floor(Math.Log10(value)) - 1);
        return Math.Ceiling((value / unit) - 1e-9) * unit;
    }

    [GeneratedRegex(@"[\^{}]|_(?=[\p{L}\p{N}{])", RegexOptions.None, 1000)]
    private static partial Regex Marks();
}
