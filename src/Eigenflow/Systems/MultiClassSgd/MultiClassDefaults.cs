using Eigenflow.Dynamics;
using Eigenflow.Schedules;
using Eigenflow.Settings;
using Eigenflow.Spectra;
using static Eigenflow.Systems.MultiClassSgd.MultiClassParameters;

namespace Eigenflow.Systems.MultiClassSgd;

/// <summary>Completes a setting: what involves several parameters, and defaults that follow from others.</summary>
internal static class MultiClassDefaults
{
    // Steps of a schedule in the continuum, which has none of its own.
    private const long ContinuumSteps = 1_000_000;

    private static readonly Parameter[] OfMixture = [Probabilities, ClassSpectra, Exponent, MeanNorm, Means, Preset];

    /// <summary>Checks and completes.</summary>
    public static void Complete(SettingDraft draft)
    {
        if (RowsOf(draft) is { } rows)
            CompleteRows(draft, rows);
        else
            CompleteMixture(draft);
        CompleteLoss(draft);
        if (draft.Method is null || draft.Has(Rule))
            CompleteRate(draft);
    }

    /// <summary>The rows of a file of classes, or null.</summary>
    public static ClassRows? RowsOf(SettingView setting) => setting.Get(Classes).Path is { } path ? ClassRows.Read(path) : null;

    /// <summary>The number of classes.</summary>
    public static int CountOf(SettingView setting) => setting.Get(Classes).Count ?? RowsOf(setting)!.Count;

    /// <summary>The end of the time.</summary>
    public static double UntilOf(SettingView setting) => setting[Until] ?? setting.Get(Times)?.Max() ?? MixtureMethod.DefaultUntil;

    /// <summary>The schedule of a setting as a rule.</summary>
    public static ScheduledRate RateOf(SettingView setting)
    {
        var isContinuum = setting.Method == MultiClassSgdSystem.ContinuumMethod;
        var perTime = isContinuum ? ContinuumSteps / UntilOf(setting) : setting[Dimension];
        var steps = isContinuum ? ContinuumSteps : Math.Max(1, (long)Math.Round(UntilOf(setting) * perTime));
        try
        {
            return new ScheduledRate(new LearningRateSchedule(MultiClassParameters.Schedule.ShapeOf(setting), setting[LearningRate] ?? 0, steps, setting[MultiClassParameters.Schedule.Final], setting[MultiClassParameters.Schedule.DecaySteps]), perTime);
        }
        catch (ParameterException exception) when (exception.Parameter is "peak" or "steps")
        {
            throw new ParameterException(exception.Parameter == "peak" ? LearningRate.Name : Until.Name, exception.Value, exception.Allowed, exception.Remedy);
        }
    }

    private static void CompleteMixture(SettingDraft draft)
    {
        draft.LeaveOut(Sampling, "left out without rows of classes", "it says whether sgd takes the rows: give classes = file:PATH");
        MultiClassPresets.Apply(draft);
        var count = CountOf(draft);
        var (spectrum, means) = (draft.Get(ClassSpectra), draft.Get(Means));
        int? modesOfSpectrum = null;
        foreach (var (name, path) in new[] { (ClassSpectra.Name, spectrum.Path), (Means.Name, means.Path) })
        {
            if (path is null)
                continue;
            var (modes, columns) = ClassColumns.Shape(path);
            if (columns != 1 && columns != count)
                throw new ParameterException(name, "file:" + path, $"a file with one column, or one per class ({count})", columns == modes ? "a covariance matrix does not do: classes must share eigenvectors; rotate or diagonalise, and give the eigenvalues" : $"it has {columns} columns");
            if (modesOfSpectrum is { } expected && modes != expected)
                throw new ParameterException(name, "file:" + path, FormattableString.Invariant($"a file of {expected} rows, as many as the file of the spectrum has"), FormattableString.Invariant($"it has {modes}; give one row per mode in both"));
            modesOfSpectrum = modes;
            draft.Follow(Dimension, modes, $"the number of modes that {path} holds");
        }

        if (spectrum.Form == SpectrumForms.PowerLaw)
            draft.SetDefault(Exponent, () => [2]);
        if (draft.Get(Exponent) is { } exponents && exponents.Length != 1 && exponents.Length != count)
            throw new ParameterException(Exponent.Name, Setting.Format(exponents), $"one number, or one per class ({count})");
        if (draft.Get(Probabilities) is { } probabilities)
        {
            if (probabilities.Length != count)
                throw new ParameterException(Probabilities.Name, Setting.Format(probabilities), $"one number per class ({count})");
            if (Math.Abs(probabilities.Sum() - 1) > 1e-9)
                throw new ParameterException(Probabilities.Name, Setting.Format(probabilities), "numbers that add to 1", FormattableString.Invariant($"they add to {probabilities.Sum():G6}"));
        }

        if (draft.Method == "continuum" && spectrum.Path is not null)
            throw new ParameterException(ClassSpectra.Name, spectrum.Text, "identity, zero-one:FRACTION or power-law with method = continuum", "the limit d → ∞ needs eigenvalues that are a function of ρ/d; use method = theory");
        if (draft.Method == "continuum" && !means.HasLimit)
            throw new ParameterException(Means.Name, means.Text, "flat, power:EXPONENT or clean with method = continuum", "the limit d → ∞ needs means that are a function of ρ/d; use method = theory");
    }

    // Rows have their means, eigenvalues and probabilities, so that nothing else may give any.
    private static void CompleteRows(SettingDraft draft, ClassRows rows)
    {
        if (draft.Method is "continuum" or "homogenised")
            throw new ParameterException(Classes.Name, draft.Get(Classes).Text, $"a number of classes with method = {draft.Method}", "use method = theory, which has the means and eigenvalues of the rows, or sgd, which takes the rows");
        foreach (var parameter in OfMixture)
            draft.LeaveOut(parameter, "left out when classes are rows of a file", "it is that of the rows");
        draft.Follow(Dimension, rows.Dimension, "the number of directions of the rows");
        if (draft.Method == "sgd")
            draft.SetDefault(Sampling, () => "rows");
        if (draft.Get(Times) is null)
            draft.SetDefault(Until, () => Math.Max(1, rows.Rows / (draft.Has(Batch) ? draft[Batch] : 1)) / (double)rows.Dimension);
    }

    private static void CompleteLoss(SettingDraft draft)
    {
        var count = CountOf(draft);
        draft.SetDefault(Loss, () => count == 2 ? "logistic" : "one-hot");
        if (draft[Loss] is "logistic" or "least-squares" && count != 2)
            throw new ParameterException(Loss.Name, draft[Loss], $"one-hot or softmax with {count} classes", "labels +1 and -1 are two classes");
    }

    // A rule that is not the schedule has no learning rate.
    private static void CompleteRate(SettingDraft draft)
    {
        if (draft.Get(Times) is null)
            draft.SetDefault(Until, () => MixtureMethod.DefaultUntil);
        if (!draft.Get(Rule).IsScheduled)
        {
            foreach (var parameter in (Parameter[])[LearningRate, .. MultiClassParameters.Schedule.All])
                draft.LeaveOut(parameter, $"left out when rule = {draft.Get(Rule).Text}", "the rule gives the learning rate");
            return;
        }

        MultiClassParameters.Schedule.Complete(draft, RateOf(draft).Schedule);
    }
}
