using Eigenflow.Settings;
using static Eigenflow.Systems.UTurnDoubleDescent.UTurnParameters;

namespace Eigenflow.Systems.UTurnDoubleDescent;

/// <summary>Defaults that follow from other parameters, and what means nothing beside others.</summary>
internal static class UTurnDefaults
{
    private const int DrawnSamples = 400, DrawnTests = 1000;
    private const double HeldOut = 0.2;

    /// <summary>Completes where points come from.</summary>
    public static void CompleteData(SettingDraft draft)
    {
        var isTheory = draft.Method is null or "theory";
        draft.SetDefault(TrainingData, () => new DataForm(isTheory ? DataKind.Gaussian : DataKind.Prototypes));
        var data = draft.Get(TrainingData)!;
        if (isTheory && data.Kind != DataKind.Gaussian)
            throw new ParameterException(TrainingData.Name, data, "gaussian for predictions and the method theory", "the theory describes Gaussian features");

        // Files are opened first: what is wrong with them comes before what does not belong to them.
        if (data.Kind == DataKind.File)
            CompleteFile(draft, data);
        Parameter[] drawn = [Dimension, Exponent], ofPrototypes = [Classes, Separation, Relabelled], ofGaussian = [Noise], ofFiles = [Test, Label, LabelIs];
        foreach (var parameter in data.Kind switch
        {
            DataKind.Prototypes => [.. ofGaussian, .. ofFiles],
            DataKind.Gaussian => [.. ofPrototypes, .. ofFiles],
            _ => (Parameter[])[.. drawn, .. ofPrototypes, .. ofGaussian],
        })
        {
            draft.LeaveOut(parameter, $"left out when data = {data.Kind switch { DataKind.File => "file:…", _ => data.ToString() }}", "it belongs to other points");
        }

        if (data.Kind == DataKind.File)
            return;
        draft.SetDefault(Samples, () => DrawnSamples);
        draft.SetDefault(TestSamples, () => DrawnTests);
        draft.SetDefault(Exponent, () => 1.2);
        if (data.Kind == DataKind.Prototypes)
        {
            draft.SetDefault(Dimension, () => 30);
            draft.SetDefault(Classes, () => 4);
            draft.SetDefault(Separation, () => 3.0);
            draft.SetDefault(Relabelled, () => 0.2);
            return;
        }

        draft.SetDefault(Dimension, () => 10 * draft[Samples]);
        draft.SetDefault(Noise, () => 0.1);
    }

    /// <summary>Completes the axes of a family.</summary>
    /// <param name="draft">The setting.</param>
    /// <param name="axes">The axes of the method, the default first.</param>
    /// <param name="path">Its composite path; null where it has none.</param>
    /// <exception cref="ParameterException">An axis that the method does not have.</exception>
    public static void CompleteAxes(SettingDraft draft, IReadOnlyList<string> axes, CompositePath? path)
    {
        draft.SetDefault(Along, () => axes[0]);
        var along = draft.Get(Along)!;
        IReadOnlyList<string> allowed = [.. axes, .. path is not null ? [SmootherSweep.PathAxis] : (string[])[]];
        if (!allowed.Contains(along, StringComparer.Ordinal))
            throw new ParameterException(Along.Name, along, $"{(allowed.Count == 1 ? "" : "one of ")}{string.Join(", ", allowed)} for the method {draft.Method}");
        if (draft.Has(Switch) && along != SmootherSweep.PathAxis)
            draft.LeaveOut(Switch, $"left out when along = {along}", $"it belongs to along = {SmootherSweep.PathAxis}");
        foreach (var parameter in (Parameter[])[Leaves, Rounds, Columns, Components, Ridge])
        {
            if ((parameter.Name == along && parameter != Rounds) || (parameter == Columns && along == "excess"))
                draft.LeaveOut(parameter, $"left out when along = {along}", "at, or from and to, give its values");
            else if (along == SmootherSweep.PathAxis && parameter.Name == path!.First)
                draft.LeaveOut(parameter, $"left out when along = {along}", $"switch says how far {parameter.Name} grow");
        }

        if (along is "trees" or "rounds" or "boosters" && (draft.IsGiven(Dynamics.AxisParameters.To) || draft.IsGiven(Dynamics.AxisParameters.At)))
            draft.LeaveOut(along switch { "trees" => Trees, "rounds" => Rounds, _ => Boosters }, "left out when at or to is given", "they give the end of the axis");
    }

    /// <summary>Completes the values of the axes along which the solution does not run.</summary>
    public static void CompleteModel(SettingDraft draft)
    {
        var (method, along, n) = (draft.Method!, draft.Get(Along)!, draft[Samples]!.Value);
        if (method is "tree" or "forest" or "boosting")
        {
            draft.SetDefault(Candidates, () => method == "tree" ? CandidateForm.All : CandidateForm.Root);
            draft.SetDefault(Outputs, () => method == "boosting" ? "separate" : "joint");
        }

        if (method == "boosting")
        {
            draft.SetDefault(Leaves, () => 10);
            if (along != "boosters" || !(draft.IsGiven(Dynamics.AxisParameters.To) || draft.IsGiven(Dynamics.AxisParameters.At)))
                draft.SetDefault(Boosters, () => along is "boosters" or SmootherSweep.PathAxis ? 20 : 1);
        }

        if (along is not ("columns" or "excess") && method is "features" or "components")
            draft.SetDefault(Columns, () => along == SmootherSweep.PathAxis ? 8 * n : 2 * n);
        if (method == "ridge" && along == "ridge")
            draft.SetDefault(Columns, () => Features(draft) + (draft.Get(Bias) ? 1 : 0));
        if (method == "components" && along is "excess" or "columns")
            draft.SetDefault(Components, () => n - 1);
        if (draft.Has(Columns) && draft[Columns] > SmootherModel.MostCount)
            throw new ParameterException(Columns.Name, draft[Columns], FormattableString.Invariant($"at most {SmootherModel.MostCount} for the method {method}"), draft.IsGiven(Columns) ? "" : "they follow from dimension and samples");
        if (method is "features" or "components" or "kernel")
            draft.SetDefault(Bandwidth, () => draft.Get(TrainingData)!.Kind == DataKind.File ? Spread(draft) : 5);
    }

    private static long Features(SettingDraft draft) => draft.Get(TrainingData)!.Kind == DataKind.File ? FileOf(draft).Inputs.Columns : draft[Dimension]!.Value;

    /// <summary>The file of a setting.</summary>
    public static SampleFile FileOf(SettingView setting) => SampleFile.Read(setting.Get(TrainingData)!.Path!, setting[Label], setting.Get(LabelIs));

    private static void CompleteFile(SettingDraft draft, DataForm data)
    {
        var rows = FileOf(draft).Labels.Length;
        var least = draft.Get(Test) is null ? 3 : 2;
        if (rows < least)
            throw new InputFileException(data.Path!, $"it has {rows} {(rows == 1 ? "row" : "rows")}", least == 3 ? "at least 3 rows: two to learn from, one to test" : "at least 2 rows");
        var test = draft.Get(Test) is { } other ? SampleFile.Read(other.Path!, draft[Label], draft.Get(LabelIs)).Labels.Length : (int?)null;
        draft.SetDefault(Samples, () => test is null ? rows - Math.Max(1, (long)(HeldOut * rows)) : rows);
        var most = test is null ? rows - 1 : rows;
        if (draft[Samples] > most)
            throw new ParameterException(Samples.Name, draft[Samples], FormattableString.Invariant($"a whole number from 2 to {most}, since {data} has {rows} rows"), test is null ? "test points are its other rows, unless test names a file" : "");
        var left = test ?? rows - (int)draft[Samples]!.Value;
        draft.SetDefault(TestSamples, () => left);
        if (draft[TestSamples] > left)
            throw new ParameterException(TestSamples.Name, draft[TestSamples], FormattableString.Invariant($"a whole number from 1 to {left}, the rows that there are"));
    }

    // Root mean square distance from the mean: the result does not depend on the unit of the inputs.
    private static double Spread(SettingDraft draft)
    {
        var inputs = FileOf(draft).Inputs;
        var sum = 0.0;
        for (var column = 0; column < inputs.Columns; column++)
        {
            var values = inputs.Column(column);
            var mean = values.Average();
            sum += values.Sum(value => (value - mean) * (value - mean)) / values.Length;
        }

        return sum > 0 ? Math.Sqrt(sum) : 1;
    }
}
