using System.Globalization;
using System.Text;
using Eigenflow.Figures;
using Eigenflow.Rendering.Text;

namespace Eigenflow.Rendering.Reports;

/// <summary>The tables of a report, each in a box in which a wide one is scrolled.</summary>
internal static class TableMarkup
{
    /// <summary>Appends a table.</summary>
    /// <param name="page">The page.</param>
    /// <param name="table">The table.</param>
    /// <param name="number">Its number in the report.</param>
    public static void Append(StringBuilder page, Table table, int number)
    {
        TableText.CheckRows(table);
        var numeric = Enumerable.Range(0, table.Columns.Count).Select(column => TableText.IsNumeric(table, column) ? " class=\"number\"" : "").ToList();
        page.Append(CultureInfo.InvariantCulture, $"<h3 id=\"{ReportNumbers.TableId(number)}\">Table {number}.{(table.Title.Length > 0 ? " " : "")}{MarkupText.Html(table.Title)}</h3>\n")
            .Append(CultureInfo.InvariantCulture, $"<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-labelledby=\"{ReportNumbers.TableId(number)}\"><table>\n<thead><tr>");
        for (var column = 0; column < table.Columns.Count; column++)
            page.Append($"<th scope=\"col\"{numeric[column]}>{MarkupText.Html(table.Columns[column])}</th>");
        page.Append("</tr></thead>\n<tbody>\n");
        foreach (var row in table.Rows)
        {
            page.Append("<tr>");
            for (var column = 0; column < row.Count; column++)
                page.Append($"<td{numeric[column]}>{MarkupText.Html(row[column])}</td>");
            page.Append("</tr>\n");
        }

        page.Append("</tbody>\n</table></div>\n");
        if (table.Caption.Length > 0)
            page.Append($"<p class=\"caption\">{MarkupText.Html(table.Caption)}</p>\n");
    }
}
