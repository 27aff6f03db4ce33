using Eigenflow.Solutions;

namespace Eigenflow.Systems.UTurnDoubleDescent;

/// <summary>Runs the sweeps of a family, draws them and checks the claims.</summary>
internal static class FamilyTask
{
    public static ReproductionResult Run(FamilyStudy study, IProgress<Progress>? progress, CancellationToken cancellation)
    {
        var path = study.Family.Path!;
        var count = study.Switches.Count + study.SecondValues.Count + study.FirstValues.Count + 2;
        var done = 0;
        Solution Next(Solution solution)
        {
            progress?.Report(new Progress((double)++done / count, study.Name));
            return solution;
        }

        Solution[] paths = [.. study.Switches.Select(place => Next(study.Path(new SwitchForm(place), cancellation))), Next(study.Path(SwitchForm.Interpolation, cancellation))];

        // Without a switch the ends of both axes are those of the path that turns where the training points are interpolated.
        var together = Next(study.Path(SwitchForm.None, cancellation));
        (double Value, Solution Solution)[] along = [.. study.SecondValues.Select(value => (value, Next(study.Along(path.First, study.First, study.End.With(path.Second, value), cancellation))))];
        (double Value, Solution Solution)[] across = [.. study.FirstValues.Select(value => (value, Next(study.Along(study.SecondAxis, study.Second, study.End.With(path.First, value), cancellation))))];
        return new ReproductionResult
        {
            Figures = [FamilyFigures.Paths(study, paths, together), FamilyFigures.Axes(study, along, across), FamilyFigures.Fold(study, paths[^1])],
            Claims = [.. FamilyClaims.All(study, paths, together, [.. along.Select(pair => pair.Solution)], [.. across.Select(pair => pair.Solution)])],
        };
    }
}
