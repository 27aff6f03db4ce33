using System.Globalization;
using Eigenflow.Data;
using Eigenflow.Figures;
using Eigenflow.Tests;

namespace Eigenflow.EndToEnd;

/// <summary>
/// The data of figures, not their pixels, beside those of before: of every series its number of points, its ends and its extremes, and the sum of all. Files are made anew where
/// <c>EIGENFLOW_GOLDEN=write</c> is set, and are read before they are committed.
/// </summary>
internal static class GoldenFigures
{
    private const string Heading = "figure,panel,series,role,points,first_x,last_x,first_y,last_y,least_y,largest_y,sum_y,sum_bars";

    // Six digits are written; other processors round the last of sixteen otherwise, which solvers enlarge.
    private const double Tolerance = 2e-5;

    // What is smaller than this part of the largest value of its series is rounding.
    private const double Rounding = 1e-10;

    private static readonly string Folder = Path.Combine(RepositoryRoot.Path, "tests", "Eigenflow.EndToEnd", "Reproduction", "Golden");

    /// <summary>Compares, or writes.</summary>
    /// <param name="name">Name of the file.</param>
    /// <param name="figures">The figures.</param>
    public static void Compare(string name, IReadOnlyList<Figure> figures)
    {
        var path = Path.Combine(Folder, name + ".csv");
        string[] rows = [.. figures.SelectMany(Rows)];
        if (rows.Length == 0)
            return;
        if (Environment.GetEnvironmentVariable("EIGENFLOW_GOLDEN") == "write")
        {
            Directory.CreateDirectory(Folder);
            File.WriteAllText(path, Heading + "\n" + string.Concat(rows.Select(row => row + "\n")));
        }

        File.Exists(path).ShouldBeTrue($"{path} is missing: write it with EIGENFLOW_GOLDEN=write");
        var known = File.ReadAllLines(path)[1..];
        rows.Length.ShouldBe(known.Length, name);
        for (var i = 0; i < rows.Length; i++)
            Compare(name, known[i], rows[i]);
    }

    private static void Compare(string name, string known, string now)
    {
        var (text, expected) = Parsed(known);
        var (ownText, own) = Parsed(now);
        ownText.ShouldBe(text, name);
        var scale = expected.Where(double.IsFinite).Select(Math.Abs).DefaultIfEmpty(0).Max();
        for (var i = 0; i < expected.Length; i++)
        {
            if (double.IsFinite(expected[i]) || double.IsFinite(own[i]))
                own[i].ShouldBe(expected[i], (Tolerance * Math.Abs(expected[i])) + (Rounding * scale), $"{name}: {now} in place of {known}");
        }
    }

    // Texts and numbers apart: the last eight cells are numbers.
    private static (string Text, double[] Numbers) Parsed(string row)
    {
        const int Numbers = 8;
        var cells = row.Split(',');
        return (string.Join(',', cells[..^Numbers]), [.. cells[^Numbers..].Select(cell => double.Parse(cell, CultureInfo.InvariantCulture))]);
    }

    private static IEnumerable<string> Rows(Figure figure) => figure.Panels.SelectMany((panel, number) => panel.Series.Where(series => series.X.Length > 0).Select(series => string.Join(
        ',', (string[])[figure.Id, (number + 1).ToString(CultureInfo.InvariantCulture), CsvCell.Written(series.Label), series.Role.ToString(), series.X.Length.ToString(CultureInfo.InvariantCulture), .. Numbers(series).Select(Digits)])));

    private static double[] Numbers(Series series)
    {
        double[] finite = [.. series.Y.Where(double.IsFinite)];
        double Sum(double[]? values) => values?.Where(double.IsFinite).Sum() ?? 0;
        return [series.X[0], series.X[^1], series.Y[0], series.Y[^1], finite.DefaultIfEmpty(double.NaN).Min(), finite.DefaultIfEmpty(double.NaN).Max(), finite.Sum(), Sum(series.Lower) + Sum(series.Upper)];
    }

    private static string Digits(double value) => value.ToString("G6", CultureInfo.InvariantCulture);
}
