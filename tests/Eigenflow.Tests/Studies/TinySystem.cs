using Eigenflow.Figures;
using Eigenflow.Solutions;
using Eigenflow.Studies;
using Eigenflow.Systems;

namespace Eigenflow.Tests.Studies;

/// <summary>A system of which a run takes no time: e(t) = scale · e^(−rate t). It counts its solves, fails at rate = 13, and diverges at rate = 14.</summary>
internal sealed class TinySystem : SystemBase
{
    private int solves;

    public int Solves => solves;

    public Action<Setting>? Before { get; init; }

    /// <summary>Whether a run lasts until it is cancelled.</summary>
    public bool IsPatient { get; init; }

    public override string Id => "tiny";

    public override string Title => "Tiny";

    public override string Question => "How fast does an exponential fall?";

    public override string Summary => "An exponential.";

    public override IReadOnlyList<Citation> Citations => [];

    private static readonly Parameter<double> Rate = Parameter.Number("rate", "r", 1, "Rate.");
    private static readonly Parameter<double> Scale = Parameter.Number("scale", "", 1, "Scale.");
    private static readonly Parameter<double> Until = Parameter.Number("until", "", 8, "End.");

    public override IReadOnlyList<Parameter> ProblemParameters { get; } =
    [
        Rate, Scale, Parameter.Whole("seed", "", 1, "Seed.", default), Until,
        Parameter.Text("data", "", null, "A file that it does not read.", [], text => text, text => text),
    ];

    public override IReadOnlyList<MethodInfo> Methods { get; } = [new("exact", "Exact.", [], MethodRole.Theory)];

    public override IReadOnlyList<NamedQuantity> Observables { get; } = [new("t", "t", "Time."), new("e", "e", "Value."), new("power", "p", "(1 + t)^(−rate).")];

    public override IReadOnlyList<NamedQuantity> Events { get; } = [new("half", "T", "e = scale/2.")];

    public override IReadOnlyList<PredictedQuantity> Predictions { get; } = [new("half-time", "T", "log 2/rate.")];

    public static Study Study(TinySystem system, params StudyRun[] runs) => new()
    {
        Path = "tiny.toml",
        Name = "tiny",
        Source = "system = \"tiny\""u8.ToArray(),
        Title = "Tiny",
        System = system,
        Methods = ["exact"],
        Runs = runs,
    };

    public static Study Study(TinySystem system, int count) => Study(system, [.. Enumerable.Range(1, count).Select(seed => Run(system, 1, seed))]);

    public static StudyRun Run(TinySystem system, double rate, long seed) =>
        new(system.Complete("exact", new Setting([new("rate", rate), new("seed", seed)])));

    public override Solution Solve(CompletedSetting setting, IProgress<Progress>? progress = null, ICheckpointStore? checkpoint = null, CancellationToken cancellation = default)
    {
        Interlocked.Increment(ref solves);
        Before?.Invoke(setting.Values);
        if (IsPatient)
            cancellation.WaitHandle.WaitOne();
        cancellation.ThrowIfCancellationRequested();
        var rate = setting[Rate];
        if (rate == 13)
            throw new ParameterException("rate", rate, "another number");
        var (scale, until) = (setting[Scale], setting[Until]);
        double[] times = [.. Enumerable.Range(0, 33).Select(k => until * k / 32)];
        progress?.Report(new Progress(0.5, "half"));
        var half = Math.Log(2) / rate;
        return new Solution
        {
            System = Id,
            Method = setting.Method!,
            Setting = setting.Values,
            Status = rate == 14 ? new SolveStatus(SolveOutcome.Diverged, "it grew") : SolveStatus.Completed,
            Observables =
            [
                new("t", "t", "", times), new("e", "e", "", [.. times.Select(time => scale * Math.Exp(-rate * time))]),
                new("power", "p", "", [.. times.Select(time => Math.Pow(1 + time, -rate))]),
            ],
            Events = new Dictionary<string, double?>(StringComparer.Ordinal) { ["half"] = half <= until ? half : null },
            Statistics = new SolverStatistics { Steps = 32 },
        };
    }

    public override IReadOnlyList<Prediction> Predict(CompletedSetting setting, CancellationToken cancellation = default) => [new("half-time", "T", Math.Log(2) / setting[Rate], PredictionKind.Exact, "derived", "", "")];

    public override Figure Draw(IReadOnlyList<Solution> solutions) => throw new NotSupportedException();
}
