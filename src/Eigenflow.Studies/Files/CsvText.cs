using System.Globalization;
using System.Text;
using Eigenflow.Data;
using Eigenflow.Figures;
using Eigenflow.Settings;
using Eigenflow.Solutions;
using Eigenflow.Systems;

namespace Eigenflow.Studies;

/// <summary>Writes solutions, predictions, claims and tables as CSV (RFC 4180 with line feeds, round-trip doubles).</summary>
public static class CsvText
{
    /// <summary>One row per saved time of every run; columns <c>run</c> (1-based), <c>method</c>, the parameters that differ between the runs, and all observables (empty where a run has none).</summary>
    /// <param name="solutions">The solutions.</param>
    public static string Solutions(IReadOnlyList<Solution> solutions)
    {
        var parameters = Varying([.. solutions.Select(solution => solution.Setting)]);
        var observables = solutions.SelectMany(solution => solution.Observables.Select(observable => observable.Name)).Distinct(StringComparer.Ordinal).ToArray();
        var rows = new List<IEnumerable<string>>();
        for (var run = 0; run < solutions.Count; run++)
        {
            var solution = solutions[run];
            var columns = observables.Select(name => solution.Has(name) ? solution[name] : null).ToArray();
            for (var row = 0; row < solution.Rows; row++)
            {
                var index = row;
                rows.Add([
                    Number(run + 1), solution.Method, .. parameters.Select(name => Setting.Format(solution.Setting[name])),
                    .. columns.Select(column => column is null ? "" : Number(column[index]))]);
            }
        }

        return Render(["run", "method", .. parameters, .. observables], rows);
    }

    /// <summary>One row per prediction: the parameters that differ, then <c>name,value,kind,source,validity,window,reason,conditions,methods</c>; what is withheld has no value.</summary>
    /// <param name="predictions">Predictions per setting.</param>
    public static string Predictions(IReadOnlyList<(Setting Setting, IReadOnlyList<Prediction> Predictions)> predictions)
    {
        var parameters = Varying([.. predictions.Select(pair => pair.Setting)]);
        return Render(
            [.. parameters, "name", "value", "kind", "source", "validity", "window", "reason", "conditions", "methods"],
            predictions.SelectMany(pair => pair.Predictions.Select(prediction => (IEnumerable<string>)
                [.. parameters.Select(name => Setting.Format(pair.Setting[name])), prediction.Name, double.IsNaN(prediction.Value) ? "" : Number(prediction.Value), PredictionText.Kind(prediction.Kind), prediction.Source, prediction.Validity,
                    PredictionText.Window(prediction.Window), prediction.Reason, string.Join("; ", prediction.Checks), PredictionText.Methods(prediction)])));
    }

    /// <summary>One row per claim: <c>id</c> and the columns of <see cref="ClaimText.Columns"/>.</summary>
    /// <param name="claims">The claims.</param>
    public static string Claims(IEnumerable<Claim> claims) => Render(
        ["id", .. ClaimText.Columns], claims.Select(claim => (IEnumerable<string>)[claim.Id, .. ClaimText.Cells(claim)]));

    /// <summary>A table; cells that are numbers alone are written as programs read them, without the minus and the powers of ten of typesetting.</summary>
    /// <param name="table">The table.</param>
    public static string Table(Table table) => Render(table.Columns, table.Rows.Select(row => row.Select(cell => WrittenNumber.Unsigned(Plain(cell)))));

    /// <summary>Names of the parameters that do not have one value in all settings, in ordinal order.</summary>
    /// <param name="settings">The settings.</param>
    public static IReadOnlyList<string> Varying(IReadOnlyList<Setting> settings) =>
    [
        .. settings.SelectMany(setting => setting.Names).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)
            .Where(name => settings.Where(setting => setting[name] is not null).Select(setting => Setting.Format(setting[name])).Distinct(StringComparer.Ordinal).Skip(1).Any()),
    ];

    /// <summary>Rows under a heading.</summary>
    /// <param name="heading">Names of the columns.</param>
    /// <param name="rows">Cells.</param>
    public static string Render(IEnumerable<string> heading, IEnumerable<IEnumerable<string>> rows)
    {
        var text = new StringBuilder();
        foreach (var row in rows.Prepend(heading))
            text.AppendJoin(',', row.Select(CsvCell.Written)).Append('\n');
        return text.ToString();
    }

    private static string Number(double value) => WrittenNumber.RoundTrip(value);

    private static string Plain(string cell)
    {
        var plain = DisplayNumber.Plain(cell).Replace('−', '-');
        return double.TryParse(plain, NumberStyles.Float, CultureInfo.InvariantCulture, out _) ? plain : cell;
    }
}
