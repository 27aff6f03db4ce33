using Eigenflow.Settings;
using Eigenflow.Solutions;

namespace Eigenflow.Dynamics;

/// <summary>The parameters that say which rows are saved: a run goes to the end that was asked for, and its last row is saved whatever other rows are, so that events, divergence and the final values are those of the whole run.</summary>
internal static class GridParameters
{
    public const int DefaultPoints = 200;

    /// <summary>The column of methods that count steps, where they say nothing more of it.</summary>
    public static readonly NamedQuantity Step = new("step", "k", "Number of update steps done.");

    public static readonly Parameter<int> Points = Parameter.Count("points", "", DefaultPoints, "Number of saved rows of the logarithmic grid.", ValueRange.Within(2, 1e6)) with { Usual = UsualRange.Decades(10, 1000) };

    public static readonly Parameter<double[]?> AtSteps = Parameter.OptionalList("at-steps", "These steps are saved, such as 100,1000, and the last one; by default a logarithmic grid.", ValueRange.Within(0, 1e15));

    /// <summary>Checks that saved rows are whole steps or times within the run. The run ends at the last saved step where its number of steps is not given and belongs to the method.</summary>
    /// <param name="draft">The setting with the defaults of the table.</param>
    /// <param name="areStepsFree">Whether the number of steps belongs to the method.</param>
    /// <exception cref="ParameterException">A step that is not whole, or a row behind the end.</exception>
    public static void Check(SettingDraft draft, bool areStepsFree)
    {
        if (draft.Get(AtSteps) is { } steps)
        {
            if (!draft.IsGiven(ScheduleParameters.Steps) && areStepsFree)
                draft.Set(ScheduleParameters.Steps, Math.Max(1L, (long)steps.Max()));
            var last = draft[ScheduleParameters.Steps];
            foreach (var step in steps)
            {
                if (step != Math.Floor(step))
                    throw new ParameterException(AtSteps.Name, step, FormattableString.Invariant($"a list of whole numbers >= 0 and <= steps = {last}, such as 50,100"));
                if (step > last)
                    throw new ParameterException(AtSteps.Name, step, FormattableString.Invariant($"a list of whole numbers >= 0 and <= steps = {last}"), "raise steps, or leave the later ones out");
            }
        }

        if (draft.Get(ContinuousParameters.Times) is { } times && draft[ContinuousParameters.Until] is { } until && times.Max() > until)
            throw new ParameterException(ContinuousParameters.Times.Name, times.Max(), $"a list of times >= 0 and <= until = {Setting.Format(until)}", "raise until, or leave the later ones out");
    }

    /// <summary>The saved steps with the last one of the run, or null for a grid.</summary>
    public static IReadOnlyList<long>? Steps(SettingView setting) =>
        setting.Get(AtSteps) is { } steps ? [.. steps.Select(step => (long)step).Append(setting[ScheduleParameters.Steps] ?? 0).Distinct().Order()] : null;
}
