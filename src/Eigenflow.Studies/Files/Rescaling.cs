using Eigenflow.Scaling;
using Eigenflow.Scaling.Collapse;

namespace Eigenflow.Studies;

/// <summary>Rescales the curves of tables by formulas of their columns, and of <c>first-x</c>, <c>last-x</c>, <c>first-y</c> and <c>last-y</c>, the ends of the curve in the order of its rows.</summary>
public static class Rescaling
{
    /// <summary>Applies a rescaling to every curve; rows where x or y are not positive numbers are left out.</summary>
    /// <param name="text">A formula of x such as <c>t/dimension^2</c>, with a second one for y after a semicolon if it changes.</param>
    /// <param name="curves">The curves.</param>
    /// <param name="model">The label that tells models apart.</param>
    /// <param name="seed">The label that tells seeds of a model apart, or null.</param>
    /// <exception cref="ParameterException">No formula, or a name that is no column of numbers.</exception>
    public static IReadOnlyList<CollapseCurve> Apply(string text, IReadOnlyList<TableCurve> curves, string model, string? seed = null)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(curves);
        var parts = text.Split(';');
        if (parts.Length > 2)
            throw new ParameterException("rescale", text, "a formula of x, or one of x and one of y with a semicolon between them");

        // The abscissa itself, whatever its name is.
        if (parts.Length == 1 && curves.All(curve => string.Equals(curve.XName, text, StringComparison.Ordinal)))
            return [.. curves.Select(curve => Positive(curve.Labels[model], curve.X, curve.Y, curve, text, seed))];
        var x = Read(parts[0], text);
        var y = parts.Length == 2 ? Read(parts[1], text) : null;
        return [.. curves.Select(curve => Apply(curve, x, y, text, model, seed))];
    }

    private static CollapseCurve Apply(TableCurve curve, Formula x, Formula? y, string text, string model, string? seed)
    {
        var columns = new Dictionary<string, double[]>(StringComparer.Ordinal);
        var ordinates = curve.Y;
        foreach (var name in y is null ? x.Names : x.Names.Concat(y.Names))
        {
            if (EndOf(name, curve, ordinates) is { } end)
            {
                columns[name] = [.. Enumerable.Repeat(end, ordinates.Length)];
                continue;
            }

            if (!curve.Has(name))
                throw new ParameterException("rescale", text, $"a formula of columns; '{name}' is none");
            columns[name] = curve.Column(name);
        }

        double[] xs = [.. ordinates.Select((_, row) => x.Evaluate(name => columns[name][row]))];
        double[] ys = y is null ? ordinates : [.. ordinates.Select((_, row) => y.Evaluate(name => columns[name][row]))];
        return Positive(curve.Labels[model], xs, ys, curve, text, seed);
    }

    private static CollapseCurve Positive(string model, double[] x, double[] y, TableCurve curve, string text, string? seed)
    {
        int[] rows = [.. Enumerable.Range(0, x.Length).Where(row => x[row] > 0 && y[row] > 0 && double.IsFinite(x[row]) && double.IsFinite(y[row]))];
        return rows.Length >= 2
            ? new CollapseCurve(model, [.. rows.Select(row => x[row])], [.. rows.Select(row => y[row])], seed is null ? "" : curve.Labels[seed])
            : throw new ParameterException("rescale", text, $"a formula with at least two positive values of x and y in {curve.Name}");
    }

    // What a curve can be normalised by.
    private static double? EndOf(string name, TableCurve curve, double[] ordinates) => name switch
    {
        "first-x" => curve.X[0],
        "last-x" => curve.X[^1],
        "first-y" => ordinates[0],
        "last-y" => ordinates[^1],
        _ => null,
    };

    private static Formula Read(string formula, string text)
    {
        try
        {
            return Formula.Parse(formula.Trim());
        }
        catch (FormatException exception)
        {
            throw new ParameterException("rescale", text, $"a formula of columns ({exception.Message})");
        }
    }
}
