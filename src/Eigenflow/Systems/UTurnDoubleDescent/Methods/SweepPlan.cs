namespace Eigenflow.Systems.UTurnDoubleDescent;

/// <summary>The models of a sweep.</summary>
/// <param name="Values">The axis, strictly ascending.</param>
/// <param name="Models">A model per value.</param>
/// <param name="Switch">Place on the axis at which a path turns; null where it does not.</param>
internal sealed record SweepPlan(double[] Values, SmootherModel[] Models, double? Switch)
{
    /// <summary>Makes the plan.</summary>
    /// <param name="sweep">What is asked for.</param>
    /// <param name="training">Training points, which tell where the grid ends.</param>
    /// <param name="context">Seed, threads, cancellation.</param>
    /// <param name="grid">Gives the values between two ends, or those that were asked for.</param>
    /// <exception cref="ParameterException">An axis that the family does not have, or a value that is not allowed.</exception>
    public static SweepPlan Of(SmootherSweep sweep, LabelledSample training, FitContext context, Func<double, double, double[]> grid)
    {
        if (sweep.Along == SmootherSweep.PathAxis)
            return OfPath(sweep, training, context, grid);
        if (!sweep.Family.Axes.Contains(sweep.Along, StringComparer.Ordinal))
            throw new ParameterException("along", sweep.Along, $"one of {string.Join(", ", sweep.Family.Axes)} for the method {sweep.MethodName}");
        var (from, to) = sweep.Family.Range(sweep.Along, training, sweep.Model);
        var least = sweep.Along is "ridge" or "excess" or "components" ? 0 : 1;
        var isWhole = sweep.Along != "ridge";
        if (isWhole && sweep.At?.FirstOrDefault(value => value != Math.Floor(value)) is { } broken and not 0)
            throw new ParameterException("at", broken, $"whole numbers of {sweep.Along}");
        var most = sweep.Family.Most(sweep.Along, training);
        double[] values = [.. grid(from, Math.Max(to, from * 1.0001)).Select(value => isWhole ? Math.Round(value) : value).Distinct()];
        foreach (var value in values)
        {
            if (value < least || (isWhole && value > most))
                throw new ParameterException(sweep.At is not null ? "at" : value < least ? "from" : "to", value, FormattableString.Invariant($"{sweep.Along} from {least} to {most}"));
        }

        return new SweepPlan(values, [.. values.Select(value => sweep.Model.With(sweep.Along, value))], null);
    }

    private static SweepPlan OfPath(SmootherSweep sweep, LabelledSample training, FitContext context, Func<double, double, double[]> grid)
    {
        if (sweep.Family.Path is not { } path)
            throw new ParameterException("along", sweep.Along, $"one of {string.Join(", ", sweep.Family.Axes)} for the method {sweep.MethodName}", "it has one axis");
        var place = sweep.Switch.Place > 0 ? sweep.Switch.Place : sweep.Family.Interpolation(training, context);
        var end = sweep.Model[path.Second];
        var isTogether = sweep.Switch == SwitchForm.None;
        var last = path.IsSum ? end : path.Unit * place * end;
        if (path.IsSum && place > end && sweep.Switch.Place <= 0)
            throw new ParameterException(path.Second, end, FormattableString.Invariant($"at least samples - 1 = {place}, where {path.First} interpolate"), "raise them, or give a switch before that");
        if (sweep.Family.LastTurn(training, sweep.Model) is var most && place > most)
            throw new ParameterException("switch", sweep.Switch, FormattableString.Invariant($"at most {most} {path.First}"), "the first axis ends there");
        var turn = path.IsSum ? place : path.Unit * place;
        SmootherModel At(double count) => isTogether ? path.Together(sweep.Model, count, place, end) : path.At(sweep.Model, count, place);
        var asked = grid(path.IsSum ? 2 : path.Unit, last);
        if (Array.Find(asked, count => count > SmootherModel.MostCount) is var large and > 0)
            throw new ParameterException(sweep.At is not null ? "at" : "to", large, FormattableString.Invariant($"a count of at most {SmootherModel.MostCount}"));
        SmootherModel[] models = [.. (sweep.At is null && !isTogether ? [.. asked.Append(turn).Order()] : asked).Select(At).DistinctBy(path.Count)];
        return new SweepPlan([.. models.Select(path.Count)], models, isTogether ? null : turn);
    }
}
