using Eigenflow.Numerics;

namespace Eigenflow.Scaling.Fits;

/// <summary>
/// Curves that differ by their seed alone: the law and the window are chosen on their geometric mean, every curve is fitted there, and the interval of a parameter is Student's over the seeds.
/// It holds what the seeds change (all of a run's noise, whatever its correlation) and nothing of the choice of law.
/// </summary>
public sealed record SeedFit
{
    /// <summary>The fit of the mean curve.</summary>
    public required ScalingFit Mean { get; init; }

    /// <summary>The law that all seeds were fitted with: the power law on its window if that is the verdict of the mean, else the chosen law.</summary>
    public required FittedLaw Law { get; init; }

    /// <summary>Number of seeds.</summary>
    public required int Seeds { get; init; }

    /// <summary>Means over the seeds with their intervals; positive parameters are averaged in their logarithms.</summary>
    public required IReadOnlyList<ScalingValue> Parameters { get; init; }

    /// <summary>Standard deviations between seeds, of the logarithm for positive parameters.</summary>
    public required IReadOnlyList<double> Deviations { get; init; }

    /// <summary>Fits.</summary>
    /// <param name="curves">At least three curves of different seeds; on different abscissae they are interpolated in the logarithms.</param>
    /// <param name="options">Options, or null for the defaults.</param>
    /// <param name="cancellation">Ends the work.</param>
    /// <exception cref="ParameterException">Fewer than three curves, or less than a decade that all share.</exception>
    public static SeedFit Of(IReadOnlyList<ScalingCurve> curves, ScalingFitOptions? options = null, CancellationToken cancellation = default)
    {
        options ??= new ScalingFitOptions();
        if (curves.Count < 3)
            throw new ParameterException("seeds", $"({curves.Count} curves)", "at least three curves of different seeds", "leave --seeds out: the residual bootstrap gives intervals of single curves");
        var given = curves;
        curves = [.. given.Select(curve => CurveRows.Of(curve)).Zip(given, (rows, curve) => curve with { X = rows.X, Y = rows.Y })];
        var common = CommonAbscissae(curves);
        double[][] logs = [.. curves.Select(curve => Interpolate(curve, common))];
        var mean = ScalingFit.Of(
            curves[0] with { Name = FormattableString.Invariant($"mean of {curves.Count} seeds"), X = common, Y = [.. common.Select((_, i) => Math.Exp(logs.Average(log => log[i])))] }, options, cancellation);
        var law = mean.IsPowerLaw ? mean.PowerLaw! : mean.Chosen;
        double[][] thetas =
        [
            .. logs.Select(log =>
            {
                var points = LogPoints.Of(common, [.. log.Select(Math.Exp)]);
                return LawFitting.Best(law.Law, points.Within(Math.Log(law.WindowStart) - points.OriginU, Math.Log(law.WindowEnd) - points.OriginU));
            }),
        ];
        var quantile = StudentInterval.Quantile(curves.Count - 1, options.Level);
        var values = new List<ScalingValue>();
        var deviations = new List<double>();
        for (var j = 0; j < law.Parameters.Count; j++)
        {
            var average = thetas.Average(theta => theta[j]);
            var deviation = Math.Sqrt(thetas.Sum(theta => (theta[j] - average) * (theta[j] - average)) / (curves.Count - 1));
            var half = quantile * deviation / Math.Sqrt(curves.Count);
            var parameter = law.Law.Parameters[j];
            Func<double, double> back = parameter.IsLogarithm ? Math.Exp : value => value;
            values.Add(new ScalingValue(parameter.Symbol, parameter.Meaning, back(average), back(average - half), back(average + half)));
            deviations.Add(deviation);
        }

        return new SeedFit { Mean = mean, Law = law, Seeds = curves.Count, Parameters = values, Deviations = deviations };
    }

    // The abscissae of the first curve that lie within all.
    private static double[] CommonAbscissae(IReadOnlyList<ScalingCurve> curves)
    {
        var start = curves.Max(curve => Positive(curve).Min());
        var end = curves.Min(curve => Positive(curve).Max());
        double[] common = [.. Positive(curves[0]).Where(x => x >= start && x <= end).Distinct().Order()];
        return common.Length >= 2 ? common : throw new ParameterException("seeds", "(curves without a common range)", "curves over one range of x");
    }

    private static IEnumerable<double> Positive(ScalingCurve curve)
    {
        var isEmpty = true;
        for (var i = 0; i < curve.X.Length; i++)
        {
            if (!(curve.X[i] > 0 && curve.Y[i] > 0 && double.IsFinite(curve.X[i]) && double.IsFinite(curve.Y[i])))
                continue;
            isEmpty = false;
            yield return curve.X[i];
        }

        if (isEmpty)
            throw new ParameterException("points", $"(none in {curve.Name})", "positive x and y");
    }

    private static double[] Interpolate(ScalingCurve curve, double[] common)
    {
        var pairs = curve.X.Zip(curve.Y).Where(pair => pair.First > 0 && pair.Second > 0 && double.IsFinite(pair.First) && double.IsFinite(pair.Second)).OrderBy(pair => pair.First).ToArray();
        return CurveInterpolation.At([.. pairs.Select(pair => Math.Log(pair.First))], [.. pairs.Select(pair => Math.Log(pair.Second))], [.. common.Select(x => Math.Log(x))]);
    }
}
