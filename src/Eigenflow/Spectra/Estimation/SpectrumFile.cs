using System.Globalization;
using Eigenflow.Data;

namespace Eigenflow.Spectra.Estimation;

/// <summary>The saved form of a spectrum, read by <c>--spectrum file:PATH</c>: one eigenvalue a line, trace one, with comment lines.</summary>
internal static class SpectrumFile
{
    // Less of the trace is rounding.
    private const double Unresolved = 1e-9;

    /// <summary>Writes the measured eigenvalues. Modes that were not computed follow with the mean of the trace that is left, so that every reader has the trace and the dimension of the data.</summary>
    public static void Write(SpectrumEstimate estimate, string path, string source)
    {
        var known = estimate.Eigenvalues[..estimate.Rank];
        var sum = known.Sum();
        var missing = estimate.IsComplete ? 0 : estimate.Features - known.Length;
        var rest = estimate.Trace - sum;
        if (missing <= 0 || rest <= Unresolved * estimate.Trace)
        {
            Write(estimate, path, source, known, [], estimate.Target?.Power);
            return;
        }

        var mean = rest / missing;
        Write(estimate, path, source, [.. known, .. Enumerable.Repeat(mean, missing)],
        [
            string.Create(CultureInfo.InvariantCulture, $"modes {known.Length + 1} to {known.Length + missing} were not computed: each is the mean of the {100 * rest / estimate.Trace:0.##} % of the trace that they hold{(estimate.Target is null ? "" : "; their target power is not known and written as 0")}"),
        ], estimate.Target?.Power);
    }

    /// <summary>Writes the corrected eigenvalues.</summary>
    public static void WriteCorrected(SpectrumEstimate estimate, string path, string source) => Write(
        estimate, path, source, estimate.Corrected ?? throw new InvalidOperationException("There is no corrected spectrum."), [$"corrected for the size of the sample: {estimate.Correction}", .. estimate.Target?.WithoutChance is null ? (string[])[] : ["target power without what chance adds on average, not below zero"]], estimate.Target?.WithoutChance);

    private static void Write(SpectrumEstimate estimate, string path, string source, double[] eigenvalues, IEnumerable<string> remarks, double[]? power)
    {
        var largest = eigenvalues.Max();
        var trace = eigenvalues.Sum(value => value / largest);
        double[] normalised = [.. eigenvalues.Select(value => value / largest / trace)];
        (string, double[])[] columns = power is null ? [(SpectralModes.EigenvalueHeading, normalised)] : [(SpectralModes.EigenvalueHeading, normalised), (SpectralModes.PowerHeading, [.. power, .. new double[normalised.Length - power.Length]])];
        NumericFile.WriteColumns(path, columns,
        [
            string.Create(CultureInfo.InvariantCulture, $"covariance spectrum of {source}: {(estimate.Samples is { } samples ? $"{samples} samples, " : "")}{estimate.Features} features, rank {estimate.Rank}; normalised to trace one"),
            string.Create(CultureInfo.InvariantCulture, $"{SpectralModes.TraceRemark}{trace * largest:R}"),
            $"eigenvalues: {estimate.Method}",
            .. remarks,
            .. power is null ? [] : TargetText(estimate.Target!),
            estimate.Exponent is { } exponent
                ? string.Create(CultureInfo.InvariantCulture, $"exponent {exponent:0.####} +- {estimate.ExponentUncertainty:0.####} over modes {estimate.Fit!.First} to {estimate.Fit.Last}; {estimate.Verdict}")
                : $"no exponent: {estimate.Verdict}",
        ]);
    }

    private static IEnumerable<string> TargetText(TargetPower target)
    {
        string Number(double value) => WrittenNumber.Rounded(value, 6);
        yield return $"target power: variance of the label '{target.Label}'{(target.Classes.Count > 0 ? FormattableString.Invariant($" ({target.Classes.Count} classes, indicators of zero and one summed)") : "")} that the mode explains by a line, in the squared unit of the label; label variance {Number(target.Variance)}, explained part {Number(target.Explained)}";
        yield return target.NoiseVariance is { } noise
            ? FormattableString.Invariant($"chance gives every mode {Number(target.ChancePower!.Value)} on average (noise variance {Number(noise)} over {target.Degrees} degrees of freedom)")
            : "no more rows than modes: how much of the target power is chance is not known";
    }
}
