using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using Eigenflow.Data;
using Eigenflow.Figures;
using Eigenflow.Rendering;
using Eigenflow.Scaling;
using Eigenflow.Scaling.Collapse;
using Eigenflow.Settings;
using Eigenflow.Solutions;
using Eigenflow.Studies;
using Eigenflow.Systems;

namespace Eigenflow.Cli;

/// <summary><c>eigenflow collapse FILE… --models COLUMN</c>: how well rescaled curves of several models fall on one, beside the noise of seeds.</summary>
internal sealed class RescalingMode
{
    private readonly Option<string?> models = Text("--models", "Rescalings of any curves: the column that tells models apart, such as dimension.", "COLUMN");
    private readonly Option<string[]> rescale = new("--rescale")
    {
        Description = "With --models: rescaled x as a formula of columns, such as \"t/dimension^2\"; with a second formula after ';' for y. Besides columns: first-x, last-x, first-y, last-y, the ends of the curve. May be given several times (default: x alone).",
        HelpName = "FORMULA",
        AllowMultipleArgumentsPerToken = true,
    };

    private readonly Option<string?> exponent = Text("--find-exponent", "With --models: also looks for the exponent with which x/models^exponent collapses best, in this range.", "FROM,TO");
    private readonly Option<bool> absolute = new("--absolute") { Description = "With --models: deviations relative to the largest mean instead of the mean at the same x: for curves that fall to nothing." };
    private readonly Option<string?> range = Text("--range", "With --models: range of rescaled x that is compared (default: what all curves cover).", "FROM,TO");
    private readonly Option<string?> pairing = Text("--pairing", "With --models: whether seeds of one label are compared across models: auto (where their random numbers are common), paired or none (default auto).", "RULE");
    private readonly Screen screen;
    private readonly CurveOptions curveOptions;
    private readonly Option<string?> seeds;

    public RescalingMode(Command command, Screen screen, CurveOptions curveOptions, Option<string?> seeds)
    {
        (this.screen, this.curveOptions, this.seeds) = (screen, curveOptions, seeds);
        foreach (var option in (Option[])[models, rescale, exponent, absolute, range, pairing])
            command.Options.Add(option);
    }

    /// <summary>Whether an option of this mode was typed.</summary>
    public bool IsAsked(ParseResult parse) => parse.GetValue(models) is not null || parse.GetValue(rescale) is { Length: > 0 } || parse.GetValue(exponent) is not null || parse.GetValue(absolute)
        || parse.GetValue(range) is not null || parse.GetValue(pairing) is not null || curveOptions.Group(parse) is not null;

    /// <summary>Scores.</summary>
    public int Run(ParseResult parse, CommonOptions common, CancellationToken cancellation)
    {
        var format = common.Format(parse);
        var pictures = common.Pictures(parse);
        var isQuiet = common.IsQuiet(parse);
        var folder = common.Folder(parse);
        var model = parse.GetValue(models) ?? throw new ParameterException("models", "", "a column that tells models apart", "add --models dimension, or another column of the table");
        var options = new CollapseOptions
        {
            IsRelative = !parse.GetValue(absolute),
            Pairing = parse.GetValue(pairing) switch
            {
                null or "auto" => SeedPairing.Auto,
                "paired" => SeedPairing.Paired,
                "none" => SeedPairing.None,
                var other => throw new ParameterException("pairing", other, "one of auto, paired, none"),
            },
        };
        var (first, last) = OptionNumbers.Pair(parse, range, Parameter.Number("range", 0, Parameter.LargestNumber) with { MinimumIsOpen = true }, "0.1,100");
        options = options with { From = first, To = last };
        var (lowest, highest) = OptionNumbers.Pair(parse, exponent, Parameter.Number("find-exponent", -CollapseExponent.LargestExponent, CollapseExponent.LargestExponent), "0,3");
        options.Validate();
        common.Prepare(parse, screen, ["collapse.json", "collapse.csv"]);
        var (candidates, found, yName, notes) = ProgressDisplay.Run(screen, isQuiet, (progress, _) =>
        {
            progress?.Report(new Progress(0, "reading"));
            var curves = curveOptions.Read(parse, models, seeds);
            var modelName = curves[0].Labels.Keys.First(name => string.Equals(name, model, StringComparison.OrdinalIgnoreCase));
            var seedName = parse.GetValue(seeds) is { } label ? curves[0].Labels.Keys.First(name => string.Equals(name, label, StringComparison.OrdinalIgnoreCase)) : null;
            if (curves.Select(curve => curve.YName).Distinct(StringComparer.Ordinal).Skip(1).Any())
                throw new ParameterException("y", string.Join(",", curves.Select(curve => curve.YName).Distinct(StringComparer.Ordinal)), "one column");
            string[] formulas = parse.GetValue(rescale) is { Length: > 0 } given ? given : [curves[0].XName];
            var tried = new List<CollapseCandidate>();
            foreach (var formula in formulas)
            {
                cancellation.ThrowIfCancellationRequested();
                progress?.Report(new Progress((double)tried.Count / formulas.Length, formula));
                var scaled = Rescaling.Apply(formula, curves, modelName, seedName);
                tried.Add(new CollapseCandidate(formula, scaled, CollapseScore.Of(scaled, options)));
            }

            CollapseExponent? best = null;
            if (lowest is { } from && highest is { } to)
            {
                progress?.Report(new Progress(0.8, "exponent"));
                // With the rescaling of y that the first candidate has.
                var scaleOfY = formulas[0].Split(';') is [_, var y] ? ";" + y.Trim() : "";
                var plain = Rescaling.Apply(curves[0].XName + scaleOfY, curves, modelName, seedName);
                best = CollapseExponent.Find(plain, from, to, options);
                var name = DisplayText.Plain($"{curves[0].XName}/{modelName}^{best.Exponent:G4}{scaleOfY}");
                tried.Add(new CollapseCandidate(name, [.. plain.Select(curve => curve with { X = [.. curve.X.Select(x => x / Math.Pow(double.Parse(curve.Model, CultureInfo.InvariantCulture), best.Exponent))] })], best.Score));
            }

            return (tried.OrderBy(candidate => candidate.Score.Score).ToArray(), best, curves[0].YName, curves.SelectMany(curve => curve.Notes).Distinct(StringComparer.Ordinal).ToArray());
        });
        foreach (var note in notes)
            screen.Error.WriteLine($"warning: {note}");
        var figure = CollapseFigure.Of(candidates, yName, model);
        Print(candidates, found, notes, figure, format, isQuiet);
        if (folder is not null)
        {
            FigureFiles.Write(folder, figure, pictures);
            AtomicFile.WriteText(Path.Combine(folder, "collapse.json"), Json(candidates, found, notes).ToJsonString() + "\n");
            if (!isQuiet)
                screen.Error.WriteLine($"wrote collapse.png, collapse.svg, collapse.csv, collapse.json to {folder}");
        }

        return 0;
    }

    private void Print(IReadOnlyList<CollapseCandidate> candidates, CollapseExponent? found, IReadOnlyList<string> notes, Figure figure, OutputFormat format, bool isQuiet)
    {
        var table = Scores(candidates);
        switch (format)
        {
            case OutputFormat.Json:
                screen.Data.WriteLine(Json(candidates, found, notes).ToJsonString());
                return;
            case OutputFormat.Csv:
                screen.Data.Write(CsvText.Table(table));
                return;
            default:
                if (!isQuiet)
                    screen.Show(figure);
                screen.Show(table);
                break;
        }

        foreach (var candidate in candidates)
            screen.WriteText($"{DisplayText.Formula(candidate.Name)}: {candidate.Score.Verdict}");
        if (found is not null)
        {
            screen.WriteText(found.IsAtEdge ? $"no best exponent: {found.IntervalMethod}"
                : found.IsNone ? $"these curves collapse at no exponent that was looked at: the spread is smallest at {DisplayNumber.Of(found.Exponent)}, but models differ there by {DisplayNumber.Of(found.Score.Score / found.Score.Floor, 2)} times the noise of seeds"
                : $"best exponent {DisplayNumber.Of(found.Exponent)}{(double.IsNaN(found.Lower) ? "; " : $" ({DisplayNumber.Range(found.Lower, found.Upper)}): ")}{found.IntervalMethod}");
        }
    }

    private static Table Scores(IReadOnlyList<CollapseCandidate> candidates) => new("collapse", "Rescalings, the best first", ["x", "spread", "interval", "noise of seeds", "ratio", "models differ on", "compared"],
    [
        .. candidates.Select(candidate => (IReadOnlyList<string>)
        [
            DisplayText.Formula(candidate.Name), Percent(candidate.Score.Score), double.IsNaN(candidate.Score.Lower) ? "—" : $"{Percent(candidate.Score.Lower)} to {Percent(candidate.Score.Upper)}", Percent(candidate.Score.Floor),
            double.IsNaN(candidate.Score.Floor) ? "—" : DisplayNumber.Of(candidate.Score.Score / candidate.Score.Floor, 3),
            double.IsNaN(candidate.Score.SignificantShare) ? "—" : DisplayNumber.Percent(candidate.Score.SignificantShare),
            $"{DisplayNumber.Of(candidate.Score.X[0], 3)} to {DisplayNumber.Of(candidate.Score.X[^1], 3)}",
        ]),
    ]);

    private static JsonObject Json(IReadOnlyList<CollapseCandidate> candidates, CollapseExponent? found, IReadOnlyList<string> notes) => new()
    {
        ["notes"] = new JsonArray([.. notes.Select(note => (JsonNode)note)]),
        ["candidates"] = new JsonArray([.. candidates.Select(candidate => (JsonNode)new JsonObject
        {
            ["x"] = candidate.Name,
            ["models"] = candidate.Score.Models,
            ["seeds"] = candidate.Score.Seeds,
            ["spread"] = candidate.Score.Score,
            ["lower"] = Finite(candidate.Score.Lower),
            ["upper"] = Finite(candidate.Score.Upper),
            ["noise"] = Finite(candidate.Score.Floor),
            ["significant-share"] = Finite(candidate.Score.SignificantShare),
            ["paired"] = candidate.Score.IsPaired,
            ["difference"] = Finite(candidate.Score.Difference),
            ["power"] = Finite(candidate.Score.Power),
            ["collapse"] = candidate.Score.IsCollapse,
            ["verdict"] = candidate.Score.Verdict,
            ["range"] = new JsonArray(candidate.Score.X[0], candidate.Score.X[^1]),
        })]),
        ["exponent"] = found is null ? null : new JsonObject { ["value"] = found.Exponent, ["lower"] = Finite(found.Lower), ["upper"] = Finite(found.Upper), ["interval-method"] = found.IntervalMethod, ["at-edge"] = found.IsAtEdge, ["no-collapse"] = found.IsNone },
    };

    private static JsonValue? Finite(double value) => WrittenNumber.Json(value);

    private static string Percent(double part) => double.IsNaN(part) ? "—" : DisplayNumber.Percent(part, 3);

    private static Option<string?> Text(string name, string description, string helpName) => new(name) { Description = description, HelpName = helpName };
}
