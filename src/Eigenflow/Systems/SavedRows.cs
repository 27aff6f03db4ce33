namespace Eigenflow.Systems;

/// <summary>
/// The parameters <c>at-steps</c> with <c>steps</c>, and <c>times</c> with <c>until</c>, which systems share: a run goes to the end that was asked for, and its last row is saved
/// whatever other rows are, so that events, divergence and the final values are those of the whole run.
/// </summary>
internal static class SavedRows
{
    /// <summary>Checks that saved rows are whole steps or times within the run.</summary>
    /// <param name="given">What the user set.</param>
    /// <param name="setting">The setting with the defaults of the table.</param>
    /// <param name="areStepsFree">Whether the run ends at the last saved step where its number of steps is not given; otherwise that belongs to the problem.</param>
    /// <returns>The setting with the number of steps.</returns>
    /// <exception cref="ParameterException">A step that is not whole, or a row behind the end.</exception>
    public static Setting Check(Setting given, Setting setting, bool areStepsFree)
    {
        if (setting["at-steps"] is double[] steps)
        {
            if (given["steps"] is null && areStepsFree)
                setting = setting.With("steps", Math.Max(1L, (long)steps.Max()));
            var last = (long)setting["steps"]!;
            foreach (var step in steps)
            {
                if (step != Math.Floor(step))
                    throw new ParameterException("at-steps", step, FormattableString.Invariant($"a list of whole numbers >= 0 and <= steps = {last}, such as 50,100"));
                if (step > last)
                    throw new ParameterException("at-steps", step, FormattableString.Invariant($"a list of whole numbers >= 0 and <= steps = {last}"), "raise steps, or leave the later ones out");
            }
        }

        if (setting["times"] is double[] times && setting["until"] is double until && times.Max() > until)
            throw new ParameterException("times", times.Max(), $"a list of times >= 0 and <= until = {Setting.Format(until)}", "raise until, or leave the later ones out");
        return setting;
    }

    /// <summary>The saved steps with the last one of the run, or null for a grid.</summary>
    /// <param name="setting">A completed setting.</param>
    public static IReadOnlyList<long>? Steps(Setting setting) =>
        setting["at-steps"] is double[] steps ? [.. steps.Select(step => (long)step).Append((long)setting["steps"]!).Distinct().Order()] : null;
}
