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
    /// <exception cref="ParameterException">No formula, or a name that is no column of numbers.</exception>
    public static IReadOnlyList<CollapseCurve> Apply(string text, IReadOnlyList<TableCurve> curves, string model)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(curves);
        var parts = text.Split(';');
        if (parts.Length > 2)
            throw new ParameterException("rescale", text, "a formula of x, or one of x and one of y with a semicolon between them");
        var x = Read(parts[0], text);
        var y = parts.Length == 2 ? Read(parts[1], text) : null;
        return [.. curves.Select(curve => Apply(curve, x, y, text, model))];
    }

    private static CollapseCurve Apply(TableCurve curve, Formula x, Formula? y, string text, string model)
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

        var (xs, ys) = (new List<double>(), new List<double>());
        for (var row = 0; row < ordinates.Length; row++)
        {
            double Look(string name) => columns[name][row];
            var (a, b) = (x.Evaluate(Look), y is null ? ordinates[row] : y.Evaluate(Look));
            if (!(a > 0 && b > 0 && double.IsFinite(a) && double.IsFinite(b)))
                continue;
            xs.Add(a);
            ys.Add(b);
        }

        return xs.Count >= 2
            ? new CollapseCurve(curve.Labels[model], [.. xs], [.. ys])
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
