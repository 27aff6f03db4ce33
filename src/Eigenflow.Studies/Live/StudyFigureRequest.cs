using System.Globalization;
using System.Text;
using Eigenflow.Settings;

namespace Eigenflow.Studies;

/// <summary>A figure that is asked for while results are looked at: the keys of <c>[[figure]]</c> in a study file, with the same meanings and rules.</summary>
public sealed record StudyFigureRequest
{
    /// <summary>Identifier; empty for one that stands in no file.</summary>
    public string Id { get; init; } = "";

    /// <summary>Title; empty for one made of what is fitted.</summary>
    public string Title { get; init; } = "";

    /// <summary>Caption, or empty.</summary>
    public string Caption { get; init; } = "";

    /// <summary>Formula of the abscissa.</summary>
    public string X { get; init; } = "";

    /// <summary>Formulas of measured ordinates.</summary>
    public IReadOnlyList<string> Y { get; init; } = [];

    /// <summary>Formulas of predicted ordinates.</summary>
    public IReadOnlyList<string> Line { get; init; } = [];

    /// <summary>Columns whose values make one colour each.</summary>
    public IReadOnlyList<string> Group { get; init; } = [];

    /// <summary>Column whose values make one panel each; empty for one panel.</summary>
    public string Facet { get; init; } = "";

    /// <summary>Whether the horizontal axis is linear.</summary>
    public bool HasLinearX { get; init; }

    /// <summary>Whether the vertical axis is linear.</summary>
    public bool HasLinearY { get; init; }

    /// <summary><c>median</c> or <c>mean</c>; empty for the first.</summary>
    public string Average { get; init; } = "";

    /// <summary><c>quantiles</c> or <c>interval</c>; empty for the first.</summary>
    public string Band { get; init; } = "";

    /// <summary>Whether lines are fitted.</summary>
    public bool Fit { get; init; }

    /// <summary>Start of the window of the fit, as typed; empty for none.</summary>
    public string FitFrom { get; init; } = "";

    /// <summary>Its end.</summary>
    public string FitTo { get; init; } = "";

    /// <summary>Limits of the horizontal axis, or empty.</summary>
    public IReadOnlyList<double> XRange { get; init; } = [];

    /// <summary>Limits of the vertical axis, or empty.</summary>
    public IReadOnlyList<double> YRange { get; init; } = [];

    /// <summary>Name of the horizontal axis; empty for that of its formula.</summary>
    public string XLabel { get; init; } = "";

    /// <summary>Name of the vertical axis.</summary>
    public string YLabel { get; init; } = "";

    /// <summary>Names of the ordinates.</summary>
    public IReadOnlyList<string> Labels { get; init; } = [];

    /// <summary>Values that runs may have, per column.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> Only { get; init; } = new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal);

    /// <summary>Smallest and largest value per quantity.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<double>> Range { get; init; } = new Dictionary<string, IReadOnlyList<double>>(StringComparer.Ordinal);

    /// <summary>The table <c>[[figure]]</c> as it stands in a study file.</summary>
    public string ToToml()
    {
        var text = new StringBuilder("[[figure]]\n");
        void Put(string key, string value) => text.Append(CultureInfo.InvariantCulture, $"{key} = {value}\n");
        void PutText(string key, string value)
        {
            if (value.Length > 0)
                Put(key, TomlText.Quoted(value));
        }

        void PutTexts(string key, IReadOnlyList<string> values)
        {
            if (values.Count == 1)
                PutText(key, values[0]);
            else if (values.Count > 1)
                Put(key, List(values.Select(TomlText.Quoted)));
        }

        void PutPair(string key, IReadOnlyList<double> values)
        {
            if (values.Count > 0)
                Put(key, List(values.Select(Number)));
        }

        PutText("id", Id);
        PutText("title", Title);
        PutText("caption", Caption);
        PutText("x", X);
        PutTexts("y", Y);
        PutTexts("line", Line);
        PutTexts("group", Group);
        PutText("facet", Facet);
        PutText("x-scale", HasLinearX ? "linear" : "");
        PutText("y-scale", HasLinearY ? "linear" : "");
        PutPair("x-range", XRange);
        PutPair("y-range", YRange);
        PutText("average", Average);
        PutText("band", Band);
        if (Fit)
            Put("fit", "true");
        if (FitFrom.Length > 0)
            Put("fit-from", Typed(FitFrom));
        if (FitTo.Length > 0)
            Put("fit-to", Typed(FitTo));
        PutText("x-label", XLabel);
        PutText("y-label", YLabel);
        PutTexts("labels", Labels);
        if (Only.Count > 0)
            Put("only", "{ " + string.Join(", ", Only.Select(pair => $"{TomlText.Quoted(pair.Key)} = {List(pair.Value.Select(Value))}")) + " }");
        if (Range.Count > 0)
            Put("range", "{ " + string.Join(", ", Range.Select(pair => $"{TomlText.Quoted(pair.Key)} = {List(pair.Value.Select(Number))}")) + " }");
        return text.ToString();
    }

    /// <summary>The same with nothing in place of what a sender left out by writing null.</summary>
    public StudyFigureRequest Whole() => this with
    {
        Id = Id ?? "",
        Title = Title ?? "",
        Caption = Caption ?? "",
        X = X ?? "",
        Facet = Facet ?? "",
        Average = Average ?? "",
        Band = Band ?? "",
        FitFrom = FitFrom ?? "",
        FitTo = FitTo ?? "",
        XLabel = XLabel ?? "",
        YLabel = YLabel ?? "",
        Y = Texts(Y),
        Line = Texts(Line),
        Group = Texts(Group),
        Labels = Texts(Labels),
        XRange = XRange ?? [],
        YRange = YRange ?? [],
        Only = (Only ?? new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal)).ToDictionary(pair => pair.Key, pair => Texts(pair.Value), StringComparer.Ordinal),
        Range = (Range ?? new Dictionary<string, IReadOnlyList<double>>(StringComparer.Ordinal)).ToDictionary(pair => pair.Key, pair => pair.Value ?? [], StringComparer.Ordinal),
    };

    /// <summary>The figure of a study.</summary>
    /// <exception cref="EigenflowException">Something is not allowed, in the words of study files.</exception>
    internal StudyFigure Read(Study study)
    {
        const string name = "figure";
        try
        {
            var table = (TomlTable)((TomlList)TomlTree.Parse(Encoding.UTF8.GetBytes(ToToml()), name)["figure"]!).Items[0];
            return FigureReader.Figure(table, name, study.Columns, "shown");
        }
        catch (StudyFileException exception)
        {
            // There is no file whose line could be told.
            throw new StudyRequestException(exception.Message[FormattableString.Invariant($"{name}, line {exception.Line}: ").Length..], exception);
        }
    }

    internal static StudyFigureRequest Of(StudyFigure figure) => new()
    {
        Id = figure.Id,
        Title = figure.Title,
        Caption = figure.Caption,
        X = figure.X.Text,
        Y = [.. figure.Y.Select(formula => formula.Text)],
        Line = [.. figure.Lines.Select(formula => formula.Text)],
        Group = figure.Group,
        Facet = figure.Facet ?? "",
        HasLinearX = !figure.IsLogarithmicX,
        HasLinearY = !figure.IsLogarithmicY,
        Average = figure.Average == Averaging.Median ? "" : "mean",
        Band = figure.Average == Averaging.MeanWithInterval ? "interval" : "",
        Fit = figure.HasFit,
        FitFrom = figure.FitFrom is { } from ? Number(from) : "",
        FitTo = figure.FitTo is { } to ? Number(to) : "",
        XRange = figure.XRange is var (low, high) ? [low, high] : [],
        YRange = figure.YRange is var (bottom, top) ? [bottom, top] : [],
        XLabel = figure.XLabel,
        YLabel = figure.YLabel,
        Labels = figure.Labels,
        Only = figure.Only.Values,
        Range = figure.Only.Ranges.ToDictionary(range => range.Name, range => (IReadOnlyList<double>)[range.Low, range.High], StringComparer.Ordinal),
    };

    private static IReadOnlyList<string> Texts(IReadOnlyList<string>? texts) => [.. (texts ?? []).Select(text => text ?? "")];

    private static string List(IEnumerable<string> items) => "[" + string.Join(", ", items) + "]";

    private static string Number(double value) => Setting.Format(value);

    // A value of a column stays what it is: a number where writing it gives the same text, else a text.
    private static string Value(string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) && string.Equals(Setting.Format(number), text, StringComparison.Ordinal) ? text : TomlText.Quoted(text);

    // What is no number is refused by the reader.
    private static string Typed(string text) => double.TryParse(text.Trim(), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) ? Number(number) : TomlText.Quoted(text);
}
