using Eigenflow.Solutions;

namespace Eigenflow.Systems.UTurnDoubleDescent;

/// <summary>The figures and claims of this system, as independent tasks. The published experiments have 10 000 images; these have drawn prototypes with labels of which a fifth is drawn anew.</summary>
internal static class UTurnReproduction
{
    internal const string Paper = "arXiv:2310.18988", Derived = "derived (docs/systems/u-turn-double-descent.md)";

    public static readonly IReadOnlyList<ReproductionTask> Tasks =
    [
        new() { Id = "forests", Title = "Forests: leaves, then trees", FigureNumbers = [2, 3, 8, 9], Weight = 12, Run = (progress, cancellation) => FamilyTask.Run(Forests, progress, cancellation) },
        new() { Id = "boosting", Title = "Boosting: rounds, then boosters", FigureNumbers = [4], Weight = 12, Run = (progress, cancellation) => FamilyTask.Run(Boosters, progress, cancellation) },
        new() { Id = "features", Title = "Random features: components, then excess columns", FigureNumbers = [5, 7], Weight = 8, Run = (progress, cancellation) => FamilyTask.Run(Features, progress, cancellation) },
        new() { Id = "map", Title = "Components and columns of random features", FigureNumbers = [6], Weight = 2, Run = FeatureTask.Run },
        new() { Id = "theory", Title = "Effective parameters of least squares", Weight = 4, Run = TheoryTask.Run },
        new() { Id = "ensembles", Title = "Means of smoothers and their number", Weight = 3, Run = EnsembleTask.Run },
    ];

    private static FamilyStudy Forests => new()
    {
        Id = "forest",
        Name = "Forests",
        Problem = new SmootherProblem { Samples = 400, TestSamples = 500, Seed = 11 },
        Family = new ForestFamily(true, CandidateForm.Root, false, false),
        End = new SmootherModel { Trees = 50 },
        Switches = [16, 32],
        First = [2, 4, 8, 12, 16, 24, 32, 48, 64, 96],
        FirstValues = [4, 16, 64],
        Second = [1, 2, 3, 5, 8, 12, 20, 32, 50],
        SecondValues = [1, 5, 50],
        SecondAxis = "trees",
        Replicas = 16,
    };

    private static FamilyStudy Boosters => new()
    {
        Id = "boosting",
        Name = "Boosting",
        Problem = new SmootherProblem { Samples = 160, TestSamples = 400, Seed = 12 },
        Family = new BoostingFamily(10, 0.85, CandidateForm.Root, false, true),
        End = new SmootherModel { Boosters = 16 },
        Switches = [3, 8],
        First = [1, 2, 3, 5, 8, 12, 20, 30],
        FirstValues = [1, 4, 16],
        Second = [1, 2, 3, 5, 8, 12, 16],
        SecondValues = [1, 4, 16],
        SecondAxis = "boosters",
        Points = 12,
    };

    private static FamilyStudy Features => new()
    {
        Id = "components",
        Name = "Random features",
        Problem = new SmootherProblem { Samples = 100, TestSamples = 500, Seed = 13 },
        Family = new ComponentsFamily(new ColumnForm(5, false)),
        End = new SmootherModel { Columns = 800 },
        Switches = [50, 75],
        First = [1, 2, 4, 8, 12, 16, 24, 32, 48, 64, 80, 95],
        FirstValues = [10, 50, 99],
        Second = [5, 10, 20, 40, 80, 160, 320, 640],
        SecondValues = [100, 200, 800],
        SecondAxis = "excess",
        HasExactTrain = true,
        Replicas = 16,
    };
}
