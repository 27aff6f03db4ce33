using Eigenflow.Scaling;
using Eigenflow.Settings;
using Eigenflow.Systems;

namespace Eigenflow.Studies;

/// <summary>Evaluates the derived quantities of a study on one run. What does not exist for a run is not a number.</summary>
internal static class DerivedValues
{
    /// <summary>Evaluates all of them.</summary>
    /// <param name="study">The study.</param>
    /// <param name="run">The run.</param>
    /// <param name="readsInputs">Whether the files that a setting names may be read for its predictions.</param>
    public static void Evaluate(Study study, CollectedRun run, bool readsInputs = true)
    {
        IReadOnlyList<KeptPrediction>? predictions = null;
        foreach (var quantity in study.Derived)
        {
            if (quantity.Kind == DerivedKind.Fit)
            {
                var fit = Fit(quantity, run);
                run.Set(quantity.Columns[0], fit?.Exponent ?? double.NaN);
                run.Set(quantity.Columns[1], fit?.Exponent - fit?.MeanHalf ?? double.NaN);
                run.Set(quantity.Columns[2], fit?.Exponent + fit?.MeanHalf ?? double.NaN);
                run.SetHalf(quantity.Name, fit?.MeanHalf ?? double.NaN);
                run.Set(quantity.Columns[3], fit is null ? double.NaN : fit.IsPowerLaw ? 1 : 0);
                continue;
            }

            // A formula of a prediction holds where the prediction does, and one of a fit is as uncertain.
            if (quantity.Formula is { } formula && run.Outside(formula) is { } reason)
                run.MarkOutside(quantity.Name, reason);
            if (quantity.Formula is { } fitted && run.Half(fitted) is { } half)
                run.SetHalf(quantity.Name, half);
            run.Set(quantity.Name, quantity.Kind switch
            {
                DerivedKind.Event => run.Record?.Events.GetValueOrDefault(quantity.Subject) ?? double.NaN,
                DerivedKind.Prediction => Find(predictions ??= Predict(study, run, readsInputs), quantity, run),
                DerivedKind.Formula => quantity.Formula!.Evaluate(run.Scalar),
                DerivedKind.Value => ValueAt(quantity, run),
                DerivedKind.Crossing => Crossing(quantity, run),
                _ => Window(quantity, run),
            });
        }
    }

    // Of a run with input files only what was said of the contents that it was solved with.
    private static IReadOnlyList<KeptPrediction> Predict(Study study, CollectedRun run, bool readsInputs)
    {
        if (run.Record?.Predictions is { } kept)
            return kept;
        if (run.Run.InputHashes.Count > 0 && !readsInputs)
            return [];
        try
        {
            RunInputs.Check(run.Run);
            var predictions = KeptPrediction.Of(study.System, run.Run.Setting);
            RunInputs.Check(run.Run);
            return predictions;
        }
        catch (EigenflowException)
        {
            return [];
        }
    }

    private static double Find(IReadOnlyList<KeptPrediction> predictions, DerivedQuantity quantity, CollectedRun run)
    {
        if (predictions.FirstOrDefault(prediction => string.Equals(prediction.Name, quantity.Subject, StringComparison.Ordinal)) is not { } found)
            return double.NaN;
        if (found.IsOutside)
            run.MarkOutside(quantity.Name, $"{found.Name}: {found.Reason}");
        return found.Value;
    }

    private static PowerLawFit? Fit(DerivedQuantity quantity, CollectedRun run)
    {
        var (x, y) = Curve(quantity, run);
        var from = quantity.From?.Evaluate(run.Scalar);
        var to = quantity.To?.Evaluate(run.Scalar);
        return x.Length == 0 || from is double.NaN || to is double.NaN ? null : CurveExponent.Of(x, y, from, to);
    }

    private static double ValueAt(DerivedQuantity quantity, CollectedRun run)
    {
        var (x, y) = Curve(quantity, run);
        if (quantity.At is null)
            return y.Length > 0 ? y[^1] : double.NaN;
        var at = quantity.At.Evaluate(run.Scalar);
        for (var k = 0; k < x.Length; k++)
        {
            if (x[k] == at)
                return y[k];
            if (k == 0 || !(x[k - 1] < at && at < x[k]))
                continue;

            // Curves here are close to power laws: straight in the logarithms where they exist.
            var isPositive = x[k - 1] > 0 && y[k - 1] > 0 && y[k] > 0;
            var part = isPositive ? Math.Log(at / x[k - 1]) / Math.Log(x[k] / x[k - 1]) : (at - x[k - 1]) / (x[k] - x[k - 1]);
            return isPositive ? y[k - 1] * Math.Pow(y[k] / y[k - 1], part) : y[k - 1] + (part * (y[k] - y[k - 1]));
        }

        return double.NaN;
    }

    // Straight between the rows in the logarithm of the abscissa, and of the ordinate where it has one.
    private static double Crossing(DerivedQuantity quantity, CollectedRun run)
    {
        var (x, y) = Curve(quantity, run);
        var level = quantity.Level!.Evaluate(run.Scalar);
        for (var k = 1; k < x.Length; k++)
        {
            if (!((y[k - 1] - level) * (y[k] - level) <= 0) || y[k] == y[k - 1])
                continue;
            var isPositive = y[k - 1] > 0 && y[k] > 0 && level > 0;
            var part = isPositive ? Math.Log(level / y[k - 1]) / Math.Log(y[k] / y[k - 1]) : (level - y[k - 1]) / (y[k] - y[k - 1]);
            return x[k - 1] > 0 ? x[k - 1] * Math.Pow(x[k] / x[k - 1], part) : x[k - 1] + (part * (x[k] - x[k - 1]));
        }

        return double.NaN;
    }

    private static double Window(DerivedQuantity quantity, CollectedRun run)
    {
        var (x, y) = Curve(quantity, run);
        var from = quantity.From?.Evaluate(run.Scalar) ?? double.NegativeInfinity;
        var to = quantity.To?.Evaluate(run.Scalar) ?? double.PositiveInfinity;
        var rows = Enumerable.Range(0, x.Length).Where(k => x[k] >= from && x[k] <= to).ToArray();
        if (rows.Length == 0)
            return double.NaN;
        if (quantity.Kind == DerivedKind.Minimum)
            return rows.Min(k => y[k]);
        if (quantity.Kind == DerivedKind.Maximum)
            return rows.Max(k => y[k]);

        // The rows of a logarithmic grid are not evenly spaced: the mean is the area over the width.
        var area = 0.0;
        for (var k = 1; k < rows.Length; k++)
            area += 0.5 * (y[rows[k]] + y[rows[k - 1]]) * (x[rows[k]] - x[rows[k - 1]]);
        var width = x[rows[^1]] - x[rows[0]];
        return width > 0 ? area / width : rows.Average(k => y[k]);
    }

    private static (double[] X, double[] Y) Curve(DerivedQuantity quantity, CollectedRun run) =>
        run.Columns.TryGetValue(quantity.Against ?? run.Axis, out var x) && run.Columns.TryGetValue(quantity.Subject, out var y) ? (x, y) : ([], []);
}
