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
            Write(estimate, path, source, known, []);
            return;
        }

        var mean = rest / missing;
        Write(estimate, path, source, [.. known, .. Enumerable.Repeat(mean, missing)],
        [
            string.Create(CultureInfo.InvariantCulture, $"modes {known.Length + 1} to {known.Length + missing} were not computed: each is the mean of the {100 * rest / estimate.Trace:0.##} % of the trace that they hold"),
        ]);
    }

    /// <summary>Writes the corrected eigenvalues.</summary>
    public static void WriteCorrected(SpectrumEstimate estimate, string path, string source) => Write(
        estimate, path, source, estimate.Corrected ?? throw new InvalidOperationException("There is no corrected spectrum."), [$"corrected for the size of the sample: {estimate.Correction}"]);

    private static void Write(SpectrumEstimate estimate, string path, string source, double[] eigenvalues, IEnumerable<string> remarks)
    {
        var largest = eigenvalues.Max();
        var trace = eigenvalues.Sum(value => value / largest);
        NumericFile.WriteVector(path, "eigenvalue", [.. eigenvalues.Select(value => value / largest / trace)],
        [
            string.Create(CultureInfo.InvariantCulture, $"covariance spectrum of {source}: {(estimate.Samples is { } samples ? $"{samples} samples, " : "")}{estimate.Features} features, rank {estimate.Rank}; normalised to trace one"),
            $"eigenvalues: {estimate.Method}",
            .. remarks,
            estimate.Exponent is { } exponent
                ? string.Create(CultureInfo.InvariantCulture, $"exponent {exponent:0.####} +- {estimate.ExponentUncertainty:0.####} over modes {estimate.Fit!.First} to {estimate.Fit.Last}; {estimate.Verdict}")
                : $"no exponent: {estimate.Verdict}",
        ]);
    }
}
