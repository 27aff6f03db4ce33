namespace Eigenflow.Systems;

/// <summary>A predicted slope with what a curve has there.</summary>
/// <param name="Whose">The curve, where there are several.</param>
/// <param name="Predicted">The predicted slope.</param>
/// <param name="Measured">The measured one; empty where nothing was measured.</param>
/// <param name="Stretch">Where.</param>
/// <param name="IsLaw">Whether the curve is a power law there, or no law is spoken of.</param>
/// <param name="IsOutside">Whether the prediction is out of its window.</param>
internal sealed record SlopeSeen(string Whose, string Predicted, string Measured, LawStretch Stretch, bool IsLaw, bool IsOutside);

/// <summary>What is said of marks: what they are, where they stand, what is not drawn and why.</summary>
/// <param name="isOneSetting">Whether all curves are of one setting.</param>
/// <param name="curves">The curves with their predictions.</param>
internal sealed class MarkWords(bool isOneSetting, IReadOnlyList<PredictedCurve> curves)
{
    // More than these are counted.
    private const int MostNamed = 6;
    private const int MostSlopes = 3;

    private readonly Dictionary<(string Name, IReadOnlyList<Prediction> Predictions), MarkFate> fates = [];
    private readonly List<(string Axis, string Text, string Symbol)> times = [];
    private readonly List<string> dots = [];
    private readonly List<string> points = [];
    private readonly List<string> outside = [];
    private readonly List<SlopeSeen> slopes = [];
    private bool hasLevels;

    /// <summary>The slopes of curves that are power laws where that is predicted; empty where there is none.</summary>
    public string Claim
    {
        get
        {
            SlopeSeen[] told = [.. slopes.Where(slope => slope.IsLaw && !slope.IsOutside && slope.Measured.Length > 0).DistinctBy(slope => (slope.Predicted, slope.Measured))];
            string[] predicted = [.. told.Select(slope => slope.Predicted).Distinct(StringComparer.Ordinal)];
            return told.Length == 0 ? "" : $"slope{(told.Length > 1 ? "s" : "")} {string.Join(", ", told.Select(slope => slope.Measured))} where {string.Join(", ", predicted)} {(predicted.Length > 1 ? "are" : "is")} predicted";
        }
    }

    /// <summary>A vertical line.</summary>
    /// <param name="axis">Label of the axis on which it stands.</param>
    /// <param name="symbol">What it is.</param>
    /// <param name="place">Where.</param>
    public void Time(string axis, string symbol, double place)
    {
        if (!times.Exists(time => time.Symbol == symbol))
            times.Add((axis, $"{symbol} = {DisplayNumber.Of(place)}", symbol));
    }

    /// <summary>Dots at times on curves.</summary>
    /// <param name="axis">Label of the axis.</param>
    public void Dots(string axis) => Once(dots, axis);

    /// <summary>Dots at what is stated for one abscissa.</summary>
    /// <param name="axis">Label of the axis.</param>
    public void Points(string axis) => Once(points, axis);

    /// <summary>A level.</summary>
    public void Level() => hasLevels = true;

    /// <summary>A slope.</summary>
    /// <param name="slope">The slope.</param>
    public void Slope(SlopeSeen slope) => slopes.Add(slope);

    /// <summary>A prediction that is drawn out of its window.</summary>
    /// <param name="symbol">Its symbol.</param>
    public void IsOutside(string symbol) => Once(outside, symbol);

    /// <summary>What became of a prediction in one panel.</summary>
    /// <param name="prediction">The prediction.</param>
    /// <param name="curve">The curve that it is of.</param>
    /// <param name="fate">What became of it.</param>
    public void Note(Prediction prediction, PredictedCurve curve, MarkFate fate) => fates[(prediction.Name, curve.Predictions)] = (MarkFate)Math.Max((int)FateOf(prediction, curve), (int)fate);

    /// <summary>The most that became of a prediction so far.</summary>
    /// <param name="prediction">The prediction.</param>
    /// <param name="curve">The curve that it is of.</param>
    public MarkFate FateOf(Prediction prediction, PredictedCurve curve) => fates.GetValueOrDefault((prediction.Name, curve.Predictions), MarkFate.NoMark);

    /// <summary>What the marks are and which are missing, as sentences.</summary>
    /// <param name="symbol">The symbol of a prediction as it stands in the figure.</param>
    /// <param name="unmarked">Why a prediction has no mark; empty where it has no place on the axes of curves.</param>
    public string Explanation(Func<Prediction, string> symbol, Func<Prediction, string> unmarked)
    {
        var kinds = new List<string>();
        if (times.Count > 0)
            kinds.Add($"vertical lines at {string.Join("; ", times.GroupBy(time => time.Axis, StringComparer.Ordinal).Select(axis => $"{string.Join(", ", axis.Select(time => time.Text))}{In(axis.Key)}"))}");
        if (dots.Count > 0)
            kinds.Add($"dots are places on the axis ({string.Join(", ", dots)}), named on one curve and in the same order on others");
        if (hasLevels)
            kinds.Add(isOneSetting ? "horizontal lines are levels" : "dashed lines with the name of a level are levels");
        if (points.Count > 0)
            kinds.Add($"dots {(dots.Count > 0 ? "with names of values " : "")}are values at the one place ({string.Join(", ", points)}) for which they are stated");
        if (slopes.Count > 0)
            kinds.Add(Slopes);
        var parts = new List<string>();
        if (kinds.Count > 0)
            parts.Add($"Predicted: {string.Join("; ", kinds)}.");
        if (outside.Count > 0)
            parts.Add(isOneSetting ? "OUT: out of its window, so that the curve need not follow." : $"Out of their windows for some values, so that the curve need not follow there: {string.Join(", ", outside)}.");
        parts.AddRange(Missing(symbol, unmarked));
        return string.Join(" ", parts);
    }

    private static string In(string axis) => axis.Length > 0 ? $" ({axis})" : "";

    private string Slopes
    {
        get
        {
            if (slopes.Count > MostSlopes)
                return "triangles are slopes, with what each curve has along them: the middle third of the range in which the law is stated to hold, or the end of the curve";
            return string.Join("; ", slopes.Select(slope => $"{(slope.Whose.Length > 0 ? slope.Whose : "")}slope {slope.Predicted}, "
                + (slope.Measured.Length == 0 ? "not measured: no range is stated" : $"measured {slope.Measured} from {DisplayNumber.Range(slope.Stretch.Start, slope.Stretch.End, 3)}{(slope.Stretch.Words.Length > 0 ? $", {slope.Stretch.Words}" : "")}{(slope.IsLaw ? "" : ", where the curve is no power law")}")));
        }
    }

    private IEnumerable<string> Missing(Func<Prediction, string> symbol, Func<Prediction, string> unmarked)
    {
        var all = curves.SelectMany(curve => curve.Predictions.Where(prediction => prediction.Window != WindowStatus.Withheld).Select(prediction => (Prediction: prediction, Fate: FateOf(prediction, curve))))
            .GroupBy(pair => pair.Prediction.Name, StringComparer.Ordinal).Select(group => (Symbol: symbol(group.First().Prediction), group.First().Prediction.Words, Why: unmarked(group.First().Prediction), Most: group.Max(pair => pair.Fate), Least: group.Min(pair => pair.Fate))).ToArray();
        if (all.Length == 0)
        {
            yield return "Nothing is predicted here.";
            yield break;
        }

        // A symbol that is drawn is not told to be missing: what else has it is called by its words.
        var seen = all.Where(one => one.Most == MarkFate.Drawn).Select(one => one.Symbol).ToHashSet(StringComparer.Ordinal);
        string[] partly = [.. all.Where(one => one.Most == MarkFate.Drawn && one.Least != MarkFate.Drawn).Select(one => one.Symbol).Distinct(StringComparer.Ordinal)];
        if (partly.Length > 0)
            yield return $"Not drawn for some values: {string.Join(", ", partly)}.";
        var missing = all.Where(one => one.Most != MarkFate.Drawn).ToArray();
        if (missing.Length == 0)
            yield break;
        string[] reasons = [.. missing.GroupBy(one => (one.Most, Why: one.Most == MarkFate.NoMark ? one.Why : "")).OrderByDescending(group => group.Key.Most).ThenByDescending(group => group.Key.Why.Length)
            .Select(group => Reason(group.Key.Most, group.Key.Why, [.. group.Select(one => seen.Contains(one.Symbol) ? one.Words : one.Symbol)], isAll: group.Count() == all.Length))];
        yield return $"{(missing.Length == all.Length ? all.Length == 1 ? "The prediction cannot be drawn in this figure" : $"None of the {DisplayNumber.Count(all.Length)} predictions can be drawn in this figure" : "Not drawn")}: {string.Join("; ", reasons)}.";
    }

    // What has no place on a curve is many numbers in some systems, all of which the list has.
    private static string Reason(MarkFate fate, string why, string[] symbols, bool isAll) => fate == MarkFate.NoMark && why.Length == 0 && symbols.Length > MostNamed
        ? isAll ? "they have no place on these axes" : $"{DisplayNumber.Count(symbols.Length)} numbers that have no place on these axes"
        : $"{string.Join(", ", symbols.Distinct(StringComparer.Ordinal))} ({(why.Length > 0 ? why : Words(fate))})";

    private static string Words(MarkFate fate) => fate switch
    {
        MarkFate.Beyond => "beyond the axes, or far from the curves",
        MarkFate.NoStretch => "the curve has too little of the range of the law",
        MarkFate.Straight => "a slope, where axes are not logarithmic",
        MarkFate.OtherAxis => "along another axis",
        MarkFate.OtherColumn => "of what no panel shows",
        MarkFate.OtherMethod => "of other methods",
        _ => "no place on these axes",
    };

    private static void Once(List<string> texts, string text)
    {
        if (!texts.Contains(text, StringComparer.Ordinal))
            texts.Add(text);
    }
}
