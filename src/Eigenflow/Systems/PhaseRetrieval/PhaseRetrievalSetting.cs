using System.Globalization;
using Eigenflow.Data;
using Eigenflow.Schedules;
using Eigenflow.Spectra;

namespace Eigenflow.Systems.PhaseRetrieval;

/// <summary>Translates the flat setting that hosts speak into problem and method.</summary>
internal static class PhaseRetrievalSetting
{
    private const string SpectrumForms = "power-law, isotropic, spiked:COUNT:STRENGTH, zero-one:RANK, list:VALUE,VALUE,… or file:PATH";

    /// <summary>Checks the forms of spectrum, teacher and start, and what involves several of them; fixes the dimension where a file or list gives it.</summary>
    public static Setting Check(string? method, Setting given, Setting setting)
    {
        setting = CheckInputs(method, given, setting);
        var spectrum = Text(setting, "spectrum");
        var explicitCount = ExplicitSpectrum(spectrum) is { } values ? values.Length : (long?)null;
        if (explicitCount is { } count)
        {
            if (given["dimension"] is long dimension && dimension != count)
                throw new ParameterException("dimension", dimension, $"the number of eigenvalues that {spectrum} holds ({count})", "leave it out");
            setting = setting.With("dimension", count);
        }

        if (setting["inputs"] is null && !string.Equals(spectrum, "power-law", StringComparison.Ordinal))
        {
            if (given["exponent"] is { } exponent)
                throw new ParameterException("exponent", exponent, $"left out when spectrum = {spectrum}", "it belongs to spectrum = power-law");

            // A completed setting can be completed again, so it must not hold what a user may not set.
            setting = setting.Without("exponent");
        }

        var source = Number(setting, "source-exponent");
        var teacher = Text(setting, "teacher");
        if (source != 0 && teacher is not ("gaussian" or "source"))
            throw new ParameterException("source-exponent", source, $"0 when teacher = {teacher}", "use teacher = source or gaussian");
        setting = SavedRows.Check(given, setting, areStepsFree: true);

        if (method is not null && setting["schedule"] is not null)
            setting = ScheduleParameters.Check(given, setting, "learning-rate");

        // Constructing the problem checks the rest.
        Problem(setting).Validate();
        return setting;
    }

    /// <summary>The rows of inputs, or null where there are none.</summary>
    public static InputRows? Rows(Setting setting)
    {
        if (setting["inputs"] is not string text)
            return null;
        return InputRows.Read(FilePath(text) ?? throw new ParameterException("inputs", text, "file:PATH", Suggestion.For(text.Split(':')[0], ["file"])));
    }

    /// <summary>The problem of a completed setting.</summary>
    public static PhaseRetrievalProblem Problem(Setting setting)
    {
        var seed = (long)setting["seed"]!;
        return new PhaseRetrievalProblem
        {
            Spectrum = SpectrumOf(setting),
            Teacher = TeacherOf(setting, seed) with
            {
                Normalization = Text(setting, "teacher-norm") is "d" ? TeacherNormalization.Dimension : TeacherNormalization.UnitOverlap,
            },
            Start = StartOf(setting, seed),
            Noise = Number(setting, "noise"),
            EscapeThreshold = Number(setting, "escape-threshold"),
            Accuracy = Number(setting, "accuracy"),
        };
    }

    /// <summary>The method of a completed setting.</summary>
    public static PhaseRetrievalMethod Method(string name, Setting setting)
    {
        var points = (int)(long)setting["points"]!;
        PhaseRetrievalMethod method = name switch
        {
            "flow" => new GradientFlow { Modes = Representation(setting) },
            "gd" => new GradientDescent { Modes = Representation(setting) },
            "sgd" => new OnlineSgd
            {
                Batch = Integer(setting, "batch"),
                Replicas = Integer(setting, "replicas"),
                Seed = (long)setting["seed"]!,
                Rows = Text(setting, "sampling") is "rows" ? Rows(setting) : null,
                Precision = Text(setting, "precision") is "float" ? SamplingPrecision.Single : SamplingPrecision.Double,
            },
            "sgd-theory" => new SgdTheory { Batch = Integer(setting, "batch"), Modes = Representation(setting) },
            "hierarchy" => new TruncatedHierarchy { Order = Integer(setting, "hierarchy-order"), Modes = Representation(setting) },
            "volterra" => new VolterraPhaseOne { Modes = Representation(setting) },
            "isotropic" => new IsotropicReduction { Modes = Representation(setting) },
            _ => new FrozenPhase { Modes = Representation(setting) },
        };
        return method switch
        {
            ContinuousMethod continuous => continuous with
            {
                RelativeTolerance = Number(setting, "rtol"),
                Until = (double?)setting["until"],
                Times = (double[]?)setting["times"],
                Points = points,
            },
            DiscreteMethod discrete => discrete with
            {
                LearningRate = Number(setting, "learning-rate"),
                ScheduleShape = ScheduleText.Parse(Text(setting, "schedule")),
                FinalLearningRate = (double?)setting["final"],
                DecaySteps = (long?)setting["decay-steps"],
                Steps = (long)setting["steps"]!,
                AtSteps = SavedRows.Steps(setting),
                Points = points,
            },
            _ => method,
        };
    }

    /// <summary>How modes are carried.</summary>
    public static ModeRepresentation Representation(Setting setting) => Text(setting, "modes") switch
    {
        "full" => ModeRepresentation.Full,
        "compressed" => ModeRepresentation.Compressed,
        "averaged" => ModeRepresentation.Averaged,
        _ => ModeRepresentation.Auto,
    };

    // Rows have their spectrum, so that nothing else may give one; a completed setting keeps their number of modes.
    private static Setting CheckInputs(string? method, Setting given, Setting setting)
    {
        if (Rows(setting) is not { } rows)
        {
            return given["sampling"] is { } sampling
                ? throw new ParameterException("sampling", sampling, "left out without inputs", "it says whether sgd draws the rows of inputs: give inputs = file:PATH")
                : setting;
        }

        foreach (var name in new[] { "spectrum", "exponent" })
        {
            if (given[name] is { } value)
                throw new ParameterException(name, Setting.Format(value), "left out when inputs are given", "the spectrum is that of their rows");
            setting = setting.Without(name);
        }

        if (given["dimension"] is long dimension && dimension != rows.Dimension)
            throw new ParameterException("dimension", dimension, FormattableString.Invariant($"the number of directions in which the rows of inputs vary ({rows.Dimension})"), "leave it out");
        setting = setting.With("dimension", (long)rows.Dimension);
        return method is "sgd" && setting["sampling"] is null ? setting.With("sampling", "rows") : setting;
    }

    private static Spectrum SpectrumOf(Setting setting)
    {
        if (Rows(setting) is { } rows)
            return rows.Spectrum;
        var text = Text(setting, "spectrum");
        var dimension = (long)setting["dimension"]!;
        if (ExplicitSpectrum(text) is { } values)
            return Spectrum.FromValues(values);
        var parts = text.Split(':');
        return parts[0] switch
        {
            "power-law" when parts.Length == 1 => Spectrum.PowerLaw(dimension, Number(setting, "exponent")),
            "isotropic" when parts.Length == 1 => Spectrum.Isotropic(dimension),
            "spiked" when parts.Length == 3 && Whole(parts[1]) is { } count && Real(parts[2]) is { } strength => Spectrum.Spiked(dimension, count, strength),
            "zero-one" when parts.Length == 2 && Whole(parts[1]) is { } rank => Spectrum.ZeroOne(dimension, rank),
            _ => throw new ParameterException("spectrum", text, SpectrumForms, Suggestion.For(parts[0], ["power-law", "isotropic", "spiked", "zero-one", "list", "file"])),
        };
    }

    private static double[]? ExplicitSpectrum(string text)
    {
        if (FilePath(text) is { } path)
            return NumericFile.ReadVector(path);
        if (!text.StartsWith("list:", StringComparison.Ordinal))
            return null;
        return [.. text["list:".Length..].Split(',').Select(part => Real(part) ?? throw new ParameterException("spectrum", text, "list:VALUE,VALUE,… with finite numbers"))];
    }

    private static Teacher TeacherOf(Setting setting, long seed)
    {
        var text = Text(setting, "teacher");
        var source = Number(setting, "source-exponent");
        return text switch
        {
            "gaussian" => Teacher.Gaussian(seed, source),
            "ones" => Teacher.Ones(),
            "source" => Teacher.Source(source),
            _ when FilePath(text) is { } path => Teacher.FromValues(Scaled(NumericFile.ReadVector(path))),
            _ => throw new ParameterException("teacher", text, "gaussian, ones, source or file:PATH", Suggestion.For(text, ["gaussian", "ones", "source", "file"])),
        };
    }

    private static Start StartOf(Setting setting, long seed)
    {
        var text = Text(setting, "start");
        return text switch
        {
            "sphere" => Start.UnitSphere(seed),
            "gaussian" => Start.Gaussian(seed),
            "alternating" => Start.Alternating(),
            _ when FilePath(text) is { } path => Start.FromValues(CheckedStart(NumericFile.ReadVector(path))),
            _ => throw new ParameterException("start", text, "sphere, gaussian, alternating or file:PATH", Suggestion.For(text, ["sphere", "gaussian", "alternating", "file"])),
        };
    }

    // The length of a teacher is fixed afterwards; a power of two leaves its digits as they are and its squares within the range of numbers.
    private static double[] Scaled(double[] coefficients)
    {
        var largest = coefficients.Max(Math.Abs);
        return largest is 0 or (>= 1e-100 and <= 1e100) ? coefficients : [.. coefficients.Select(value => Math.ScaleB(value, -Math.ILogB(largest)))];
    }

    private static double[] CheckedStart(double[] coefficients) => coefficients.Max(Math.Abs) switch
    {
        0 => throw new ParameterException("start", "(zero)", "a vector that is not zero", "w = 0 is a critical point, which nothing leaves"),
        > 1e50 => throw new ParameterException("start", coefficients.MaxBy(Math.Abs), "a list of coefficients of magnitude <= 1e50"),
        _ => coefficients,
    };

    private static string? FilePath(string text) =>
        text.StartsWith("file:", StringComparison.Ordinal) && text.Length > "file:".Length ? text["file:".Length..] : null;

    private static string Text(Setting setting, string name) => setting[name] as string ?? "";

    private static double Number(Setting setting, string name) => (double)setting[name]!;

    private static int Integer(Setting setting, string name) => checked((int)(long)setting[name]!);

    private static long? Whole(string text) =>
        Real(text) is { } number && number == Math.Floor(number) && Math.Abs(number) < 9e15 ? (long)number : null;

    private static double? Real(string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) ? number : null;
}
