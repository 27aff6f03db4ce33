using System.Globalization;
using Eigenflow.Data;
using Eigenflow.Schedules;

namespace Eigenflow.Systems.SpectralDescent;

/// <summary>Translates the flat setting that hosts speak into problem and method.</summary>
internal static class SpectralDescentSetting
{
    private const string SpectrumForms = "spiked, power-law, list:VALUE,VALUExCOUNT,… or file:PATH";
    private const int LargestPowerLaw = 10_000_000;

    /// <summary>Checks what involves several parameters, and derives learning rate, steps and momentum.</summary>
    public static Setting Check(string? method, Setting given, Setting setting)
    {
        setting = CheckSpectrum(given, setting);
        if (Text(setting, "teacher") is not "mode")
            setting = Drop(given, setting, "signal-mode", "teacher = mode");
        if (Text(setting, "start") is not "gaussian")
            setting = Drop(given, setting, "width", "start = gaussian");
        else if (setting["width"] is null)
            setting = setting.With("width", setting["dimension"]!);
        setting = SavedRows.Check(given, setting, areStepsFree: true);
        if (setting["start-scale"] is null)
            setting = setting.With("start-scale", DefaultRates.Scale(Covariance(setting)));
        var problem = Problem(setting).Problem;
        if (problem.Teacher.Eigenvector is { } number)
            _ = BlockSystem.Of(problem.Covariance, problem.Covariance.BlockOf(number), problem.Start.Scale);
        if (method is null)
            return setting;
        if (setting["newton-schulz"] is not null)
            _ = NewtonSchulz(setting);
        if (setting["momentum"] is null)
            setting = setting.With("momentum", method.Contains("muon", StringComparison.Ordinal) ? 0.9 : 0.0);
        var chosen = Method(method, setting.With("learning-rate", 1.0).With("steps", 1L).With("schedule", "constant").Without("final").Without("decay-steps").Without("at-steps"));
        var defaults = DefaultRates.Of(problem, chosen.Rule, chosen is MiniBatchDescent);
        if (setting["learning-rate"] is null)
            setting = setting.With("learning-rate", defaults.LearningRate);
        if (setting["steps"] is null)
            setting = setting.With("steps", ScheduleText.Parse(Text(setting, "schedule")) is TableShape ? 1L : defaults.StepsAt((double)setting["learning-rate"]!));
        setting = ScheduleParameters.Check(given, setting, "learning-rate");
        if (chosen is BlockRecursion)
            _ = problem.Blocks();
        return setting;
    }

    /// <summary>The problem of a completed setting, with what the user should know about how it was read.</summary>
    public static (SpectralDescentProblem Problem, IReadOnlyList<string> Notes) Problem(Setting setting)
    {
        var notes = new List<string>();
        var seed = (long)setting["seed"]!;
        var scale = (double)setting["start-scale"]!;
        var covariance = Covariance(setting);
        var problem = new SpectralDescentProblem
        {
            Covariance = covariance,
            Teacher = Teacher(setting, seed, covariance, notes),
            Start = Text(setting, "start") switch
            {
                "identity" => WeightStart.Identity(scale),
                "orthogonal" => WeightStart.Orthogonal(scale, seed),
                _ => WeightStart.Gaussian(scale, (int)Math.Min(int.MaxValue, (long)(setting["width"] ?? setting["dimension"])!), seed),
            },
        };
        return (problem, notes);
    }

    /// <summary>The method of a completed setting.</summary>
    public static SpectralDescentMethod Method(string name, Setting setting)
    {
        var rule = Rule(name, setting);
        SpectralDescentMethod method = name switch
        {
            "gd" or "spectral" or "fractional" or "muon-population" => new BlockRecursion { KeepsWeights = Text(setting, "weights") is "all" },
            _ when name.StartsWith("full-", StringComparison.Ordinal) => new MatrixRecursion(),
            _ => new MiniBatchDescent { Batch = (int)(long)setting["batch"]!, Replicas = (int)(long)setting["replicas"]!, Seed = (long)setting["seed"]! },
        };
        var schedule = ScheduleParameters.Schedule(setting, "learning-rate");
        return method with
        {
            Rule = rule,
            LearningRate = schedule.Peak,
            Steps = schedule.Steps,
            Schedule = schedule.Shape,
            FinalRate = (double?)setting["final"],
            DecaySteps = (long?)setting["decay-steps"],
            AtSteps = SavedRows.Steps(setting),
            Points = (int)(long)setting["points"]!,
        };
    }

    private static UpdateRule Rule(string name, Setting setting)
    {
        Direction direction = name switch
        {
            "gd" or "sgd" or "full-gd" => new GradientDirection(),
            "spectral" or "spectral-sgd" or "full-spectral" => new PolarDirection { Smoothing = (double)setting["smoothing"]! },
            "fractional" or "fractional-sgd" or "full-fractional" => new PowerDirection((double)setting["power"]!),
            _ => NewtonSchulz(setting),
        };
        return new UpdateRule { Direction = direction, Momentum = (double)setting["momentum"]! };
    }

    private static NewtonSchulzDirection NewtonSchulz(Setting setting)
    {
        var text = Text(setting, "newton-schulz");
        var iterations = (int)(long)setting["iterations"]!;
        var parts = text switch
        {
            "muon" => [3.4445, -4.7750, 2.0315],
            "cubic" => [1.5, -0.5, 0],
            _ => text.Split(',').Select(Real).ToArray(),
        };
        return parts is [{ } a, { } b, { } c]
            ? new NewtonSchulzDirection { Linear = a, Cubic = b, Quintic = c, Iterations = iterations }
            : throw new ParameterException("newton-schulz", text, "muon, cubic or three numbers a,b,c", Suggestion.For(text, ["muon", "cubic"]));
    }

    private static Setting CheckSpectrum(Setting given, Setting setting)
    {
        var spectrum = Text(setting, "spectrum");
        if (spectrum is not "spiked")
            setting = Drop(given, setting, "spike", "spectrum = spiked");
        if (spectrum is not "power-law")
            setting = Drop(given, setting, "exponent", "spectrum = power-law");
        var dimension = (long)setting["dimension"]!;
        if (spectrum is "spiked")
            return Drop(given, setting, "signal-mode", "another spectrum: with a spike the signal is a direction orthogonal to it");
        if (spectrum is "power-law")
        {
            if (dimension > LargestPowerLaw)
                throw new ParameterException("dimension", dimension, "at most 1e7 with spectrum = power-law", "every mode is a block");
            return setting["signal-mode"] is null ? setting.With("signal-mode", Math.Min(5, dimension)) : setting;
        }

        var count = Covariance(setting).Dimension;
        if (given["dimension"] is long wanted && wanted != count)
            throw new ParameterException("dimension", wanted, $"the number of directions that {spectrum} holds ({count})", "leave it out");
        setting = setting.With("dimension", count);
        return setting["signal-mode"] is null ? setting.With("signal-mode", 1L) : setting;
    }

    private static Setting Drop(Setting given, Setting setting, string name, string belongs) => given[name] is { } value
        ? throw new ParameterException(name, Setting.Format(value), "left out here", $"it belongs to {belongs}")
        : setting.Without(name);

    private static InputCovariance Covariance(Setting setting)
    {
        var text = Text(setting, "spectrum");
        var dimension = (long)setting["dimension"]!;
        if (text is "spiked")
            return InputCovariance.Spiked(dimension, (double)setting["spike"]!);
        if (text is "power-law")
            return InputCovariance.PowerLaw((int)dimension, (double)setting["exponent"]!);
        if (FilePath(text) is { } path)
        {
            var file = NumericFile.ReadMatrix(path);
            return file.Rows == 1 || file.Columns == 1
                ? InputCovariance.FromBlocks(file.Values, Enumerable.Repeat(1L, file.Values.Length))
                : InputCovariance.FromMatrix(file.Values, file.Rows == file.Columns ? file.Rows : throw new InputFileException(path, $"it holds a table of {file.Rows} rows and {file.Columns} columns", "one column of eigenvalues, or a square symmetric matrix"));
        }

        if (!text.StartsWith("list:", StringComparison.Ordinal))
            throw new ParameterException("spectrum", text, SpectrumForms, Suggestion.For(text.Split(':')[0], ["spiked", "power-law", "list", "file"]));
        var values = new List<double>();
        var counts = new List<long>();
        foreach (var part in text["list:".Length..].Split(','))
        {
            var pair = part.Split('x');
            if (pair.Length > 2 || Real(pair[0]) is not { } value || (pair.Length == 2 && !(Real(pair[1]) is { } count && count == Math.Floor(count) && Math.Abs(count) < 1e15)))
                throw new ParameterException("spectrum", text, "list:VALUE,VALUExCOUNT,… with finite numbers, such as list:4,1x98");
            values.Add(value);
            counts.Add(pair.Length == 2 ? (long)Real(pair[1])!.Value : 1);
        }

        return InputCovariance.FromBlocks(values, counts);
    }

    private static TeacherDirection Teacher(Setting setting, long seed, InputCovariance covariance, List<string> notes)
    {
        var text = Text(setting, "teacher");
        switch (text)
        {
            case "mode":
                var mode = (long)(setting["signal-mode"] ?? 1L);
                _ = covariance.BlockOf(mode);
                return TeacherDirection.Mode(mode);
            case "ramp":
                return TeacherDirection.Ramp();
            case "gaussian":
                return TeacherDirection.Gaussian(seed);
            default:
                if (FilePath(text) is not { } path)
                    throw new ParameterException("teacher", text, "mode, ramp, gaussian or file:PATH", Suggestion.For(text.Split(':')[0], ["mode", "ramp", "gaussian", "file"]));
                var values = NumericFile.ReadVector(path);
                var norm = Math.Sqrt(values.Sum(value => value * value));
                if (Math.Abs(norm - 1) > 1e-9)
                    notes.Add(FormattableString.Invariant($"the teacher of {path} has length {norm:G6} and was scaled to 1"));
                return values.Length == covariance.Dimension
                    ? TeacherDirection.Normalized(values)
                    : throw new ParameterException("teacher", $"({values.Length} coefficients)", $"as many coefficients as the dimension ({covariance.Dimension})");
        }
    }

    private static string? FilePath(string text) =>
        text.StartsWith("file:", StringComparison.Ordinal) && text.Length > "file:".Length ? text["file:".Length..] : null;

    private static string Text(Setting setting, string name) => setting[name] as string ?? "";

    private static double? Real(string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) ? number : null;
}
