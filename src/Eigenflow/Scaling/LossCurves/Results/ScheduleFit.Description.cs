namespace Eigenflow.Scaling.LossCurves;

/// <content>How fits become numbers with intervals and words.</content>
public sealed partial class ScheduleFit
{
    // Root mean square residuals in ln(loss): below the first a curve is described for practical purposes, above the second it is not.
    private const double Small = 0.005;
    private const double Large = 0.02;
    private const double AtBound = 1e-6;

    private LawFit Describe(LossLaw law, double[] theta, double objective, double[][] resamples, bool isIdentified, CurveError[] heldOut)
    {
        var residuals = LawFitter.Residuals(law, data, theta);
        var fitted = new List<CurveError>();
        var words = new List<string>();
        var start = 0;
        var describes = true;
        foreach (var one in data)
        {
            var own = residuals.AsSpan(start, one.Count);
            start += one.Count;
            var error = ErrorOf(one.Curve.Name, own);
            fitted.Add(error);
            describes &= IsDescribed(error, Noise(own));
            words.Add((data.Length > 1 ? one.Curve.Name + ": " : "") + Words(error, Noise(own)));
        }

        return new LawFit
        {
            Describes = describes,
            Name = law.Name,
            Formula = law.Formula,
            Law = law,
            Theta = theta,
            Resamples = resamples,
            Residuals = residuals,
            Objective = objective,
            IsIdentified = isIdentified,
            Parameters = Estimates(law, theta, resamples),
            Fitted = fitted,
            HeldOut = heldOut,
            Exponents = isIdentified ? ExponentsOf(law, theta, resamples) : null,
            Verdict = isIdentified ? string.Join("; ", words.Distinct(StringComparer.Ordinal)) : "forgetting kernel not identifiable: the learning rate is constant",
        };
    }

    private LawEstimate[] Estimates(LossLaw law, double[] theta, double[][] resamples)
    {
        var scale = FitData.Scale(data);
        return
        [
            .. law.Parameters.Select((parameter, j) =>
            {
                var (lower, upper) = BlockBootstrap.Interval([.. resamples.Select(one => Math.Exp(one[j]))], options.Level);

                // Parameters along a valley may be drawn away from the estimate on one side: an interval holds its estimate.
                (lower, upper) = (Math.Min(lower, Math.Exp(theta[j])), Math.Max(upper, Math.Exp(theta[j])));
                var (low, high) = parameter.IsAmplitude ? (0, double.PositiveInfinity) : law.Bounds(j, scale);
                return new LawEstimate(
                    parameter.Symbol, parameter.Meaning, Math.Exp(theta[j]), lower, upper,
                    !parameter.IsAmplitude && (theta[j] <= Math.Log(low) + AtBound || theta[j] >= Math.Log(high) - AtBound));
            }),
        ];
    }

    private EffectiveExponents? ExponentsOf(LossLaw law, double[] theta, double[][] resamples)
    {
        var symbols = law.Parameters.Select(parameter => parameter.Symbol).ToList();
        var symbol = law is DirectLaw ? "p" : "g";
        var (s, forgetting) = (symbols.IndexOf("s"), symbols.IndexOf(symbol));
        return law is DirectLaw or PartsLaw
            ? EffectiveExponents.Of(symbol, Math.Exp(theta[s]), Math.Exp(theta[forgetting]), [.. resamples.Select(one => (Math.Exp(one[s]), Math.Exp(one[forgetting])))], options.Level)
            : null;
    }

    // Standard deviation of the noise from second differences, in which a smooth misfit nearly cancels.
    private static double Noise(ReadOnlySpan<double> residuals)
    {
        if (residuals.Length < 5)
            return 0;
        var sum = 0.0;
        for (var i = 1; i + 1 < residuals.Length; i++)
        {
            var second = residuals[i - 1] - (2 * residuals[i]) + residuals[i + 1];
            sum += second * second;
        }

        return Math.Sqrt(sum / (6.0 * (residuals.Length - 2)));
    }

    private static bool IsWithin(double rms, double noise) => rms <= Math.Max(1.3 * noise, 1e-4);

    private static bool IsDescribed(CurveError error, double noise) => IsWithin(error.LogRms, noise) || error.LogRms <= Large;

    private static string Words(CurveError error, double noise) => error.LogRms switch
    {
        var rms when IsWithin(rms, noise) => "describes within the noise",
        <= Small => "describes within half a percent rms",
        <= Large => DisplayText.Of($"approximate: departs by {100 * error.LogRms:0.0} % rms, noise {100 * noise:0.0} %"),
        _ => DisplayText.Of($"does not describe: departs by {100 * error.LogRms:0.0} % rms, up to {100 * error.Largest:0} %"),
    } + (Math.Abs(error.Last) > Math.Max(Small, LargestLast * Math.Max(noise, error.LogRms)) ? $"; last loss {Off(error.Last)}" : "");

    // The last loss stands alone, with the noise of one measurement.
    private const double LargestLast = 3;

    private static string Off(double error) => DisplayText.Of($"{100 * Math.Abs(error):0.0} % too {(error < 0 ? "low" : "high")}");
}
