using Eigenflow.Settings;
using Eigenflow.Spectra;

namespace Eigenflow.Systems.DiffusionSpectralBias;

/// <summary>What the user should know of a problem, whichever method solves it.</summary>
internal static class DiffusionNotes
{
    private const double Far = 100, Normalised = 1e-6;

    /// <summary>Noise levels that are not far from the variances, and rows of which nothing is left.</summary>
    public static IEnumerable<string> Of(DiffusionProblem problem, SettingView setting)
    {
        if (setting.Has(DiffusionParameters.Trajectories) && setting.Get(DiffusionParameters.Trajectories).Path is { } path)
            yield return VarianceTrajectories.Read(path).Note;
        foreach (var note in problem.Set.Notes)
            yield return note;
        if (setting.Get(DiffusionParameters.InputSpectrum) is { Path: { } spectrum } && SpectralModes.Read(spectrum) is var modes)
        {
            if (modes.Trace is { } trace)
                yield return FormattableString.Invariant($"variances are those of the file times the trace of the data that it tells, {trace:G6}");
            else if (Math.Abs(modes.Eigenvalues.Sum() - 1) <= Normalised)
                yield return $"the variances of the file add up to one, as those that were divided by their trace: noise levels have the unit of the data, so that emergence times change with it; add the line '# {SpectralModes.TraceRemark}VALUE' to the file if they were";
        }

        double[] positive = [.. problem.Variances.Where(value => value > 0)];
        if (!problem.Architecture.IsFlow)
        {
            double high = problem.SigmaMax * problem.SigmaMax, low = problem.SigmaMin * problem.SigmaMin;
            var (most, all) = (positive.Count(value => value * Far > high), positive.Length);
            if (positive.Max() * Far > high)
                yield return DisplayText.Plain($"the largest variance, {positive.Max():G4}, is {Side(positive.Max() > high, "above", "not far below")} sigma-max squared, {high:G4}: even the best denoiser generates less; {(most == all ? "scale the data" : "raise sigma-max, or scale the data")}");
            var least = positive.Count(value => value < Far * low);
            if (positive.Min() < Far * low)
                yield return DisplayText.Plain($"the smallest variance, {positive.Min():G4}, is {Side(positive.Min() < low, "below", "not far above")} sigma-min squared, {low:G4}: sampling ends before it shows; {(least == all ? "scale the data" : "lower sigma-min, or leave such modes out")}");
        }

        if (positive.Length < problem.Dimension)
            yield return FormattableString.Invariant($"{problem.Dimension - positive.Length} modes have no variance in the data: they are in no divergence and have no emergence time");
        if (setting.Get(DiffusionParameters.Inputs) is not null && problem.Set.Basis.Places > problem.Dimension)
            yield return FormattableString.Invariant($"{positive.Length} modes of {problem.Set.Basis.Places} columns have a variance: others are left out{(problem.Dimension > positive.Length && problem.IsCoupled ? ", but for the one along which the mean lies outside of them" : "")}");
        if (problem.Gain < 0)
            yield return FormattableString.Invariant($"gain = {problem.Gain:R} is negative: the untrained denoiser turns its input round");
    }

    private static string Side(bool isBeyond, string beyond, string near) => isBeyond ? beyond : near;
}
