using Eigenflow.Data;
using Eigenflow.Schedules;

namespace Eigenflow.Systems.FunctionalScalingLaw;

/// <summary>Translates the flat setting that hosts speak into problem and method.</summary>
internal static class ScalingLawSetting
{
    /// <summary>Checks what involves several parameters, and derives defaults.</summary>
    public static Setting Check(Setting given, Setting setting)
    {
        foreach (var name in new[] { "spectrum", "target" })
        {
            if (Text(setting, name) is var text && text != "power-law" && FilePath(text) is null)
                throw new ParameterException(name, text, "power-law or file:PATH", Suggestion.For(text.Split(':')[0], ["power-law", "file"]));
        }

        if (FilePath(Text(setting, "spectrum")) is { } path)
        {
            var count = NumericFile.ReadVector(path).Length;
            if (given["features"] is long features && features != count)
                throw new ParameterException("features", features, $"the number of eigenvalues that {path} holds ({count})", "leave it out");
            setting = setting.With("features", (long)count);
        }
        else if (FilePath(Text(setting, "target")) is { } targetPath && given["features"] is null)
        {
            setting = setting.With("features", (long)NumericFile.ReadVector(targetPath).Length);
        }

        if (given["model-size"] is null)
            setting = setting.With("model-size", Math.Min((long)setting["model-size"]!, (long)setting["features"]!));
        setting = SavedRows.Check(given, setting, areStepsFree: false);
        setting = ScheduleParameters.Check(given, setting, "peak").With("batch", BatchSchedule.Parse(Text(setting, "batch")).Text);
        Problem(setting).Validate();
        return setting;
    }

    /// <summary>The problem of a completed setting.</summary>
    public static ScalingLawProblem Problem(Setting setting)
    {
        var eigenvalues = FilePath(Text(setting, "spectrum")) is { } path ? NumericFile.ReadVector(path) : null;
        var target = FilePath(Text(setting, "target")) is { } targetPath ? NumericFile.ReadVector(targetPath) : null;
        if (eigenvalues is not null)
        {
            if (Array.FindIndex(eigenvalues, value => !(value > 0)) is >= 0 and var wrong)
                throw new ParameterException("spectrum", eigenvalues[wrong], "a file of eigenvalues > 0", $"eigenvalue number {wrong + 1} is not; leave out what is zero");

            // Modes are numbered by descending eigenvalue; a target keeps to its eigenvalue.
            var order = Enumerable.Range(0, eigenvalues.Length).OrderByDescending(k => eigenvalues[k]).ToArray();
            if (target is not null && target.Length == eigenvalues.Length)
                target = [.. order.Select(k => target[k])];
            eigenvalues = [.. order.Select(k => eigenvalues[k])];
        }

        if (target is not null && Array.TrueForAll(target, value => value == 0))
            throw new ParameterException("target", "(all zero)", "a file with at least one coefficient that is not zero");
        return new ScalingLawProblem
        {
            Capacity = Number(setting, "capacity"),
            Difficulty = Number(setting, "difficulty"),
            Features = (long)setting["features"]!,
            ModelSize = (long)setting["model-size"]!,
            Noise = Number(setting, "noise"),
            Schedule = ScheduleParameters.Schedule(setting, "peak"),
            Batch = BatchSchedule.Parse(Text(setting, "batch")),
            Projection = Text(setting, "projection") is "random" ? Projection.Random : Projection.Top,
            Seed = (long)setting["seed"]!,
            Eigenvalues = eigenvalues,
            Target = target,
        };
    }

    /// <summary>The method of a completed setting.</summary>
    public static ScalingLawMethod Method(string name, Setting setting)
    {
        ScalingLawMethod method = name switch
        {
            "exact" => new ExactMoments { Modes = Representation(setting) },
            "sde" => new StochasticDifferential { Modes = Representation(setting), SubSteps = SubSteps(setting) },
            "volterra" => new VolterraEquation { Modes = Representation(setting), SubSteps = SubSteps(setting) },
            "law" => new ScalingLaw { Modes = Representation(setting), SubSteps = SubSteps(setting) },
            "law-infinite" => new InfiniteScalingLaw(),
            _ => new OnlineSgd { Replicas = (int)(long)setting["replicas"]!, Seed = (long)setting["seed"]! },
        };
        return method with
        {
            Points = (int)(long)setting["points"]!,
            AtSteps = SavedRows.Steps(setting),
        };
    }

    /// <summary>How modes are carried.</summary>
    public static ModeRepresentation Representation(Setting setting) => Text(setting, "modes") switch
    {
        "full" => ModeRepresentation.Full,
        "compressed" => ModeRepresentation.Compressed,
        _ => ModeRepresentation.Auto,
    };

    private static int SubSteps(Setting setting) => (int)(long)setting["sub-steps"]!;

    private static string? FilePath(string text) =>
        text.StartsWith("file:", StringComparison.Ordinal) && text.Length > "file:".Length ? text["file:".Length..] : null;

    private static string Text(Setting setting, string name) => setting[name] as string ?? "";

    private static double Number(Setting setting, string name) => (double)setting[name]!;
}
