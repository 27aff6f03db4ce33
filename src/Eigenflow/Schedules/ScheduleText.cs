using System.Globalization;
using Eigenflow.Data;
using Eigenflow.Settings;

namespace Eigenflow.Schedules;

/// <summary>Reads the shape of a schedule from what a user types, such as <c>cosine</c>, <c>power:3</c>, <c>warmup:100+wsd</c> or <c>file:rates.csv</c>.</summary>
public static class ScheduleText
{
    /// <summary>The forms that are read, for help texts.</summary>
    public static IReadOnlyList<TextForm> Forms { get; } =
    [
        .. new[]
        {
            "constant", "linear", "cosine", "exponential", "quadratic", "square", "power:EXPONENT", "multicosine", "multicosine:HALF-TURNS", "wsd", "wsd:linear", "wsd:square-root", "8-1-1", "step-decay:FACTOR:PART[:PART]", "cyclic:CYCLES", "inverse-root", "geometric", "geometric:BASE",
            "decay:PART+SHAPE", "warmup:STEPS+SHAPE",
        }.Select(TextForm.Of),
        TextForm.File,
    ];

    /// <summary>Values of the forms that hold numbers.</summary>
    public static IReadOnlyList<string> Examples { get; } = ["power:2", "step-decay:2:0.5", "step-decay:2:0.5:0.8", "cyclic:4", "geometric:e", "decay:0.2+linear", "warmup:100+cosine"];

    private const string StepDecayForm = "step-decay:FACTOR:PART[:PART] with FACTOR > 1 and <= 1e6 and parts > 0 and < 1, the second larger than the first";

    /// <summary>What decays over the last part of a run.</summary>
    internal const string LateDecays = "a late decay is linear, square, power, quadratic, cosine, multicosine or exponential";

    private static readonly string[] Words = ["constant", "linear", "cosine", "exponential", "quadratic", "square", "power", "multicosine", "wsd", "8-1-1", "step-decay", "cyclic", "inverse-root", "geometric", "decay", "warmup", "file"];

    /// <summary>Reads a shape; files are read at once.</summary>
    /// <param name="text">What the user typed.</param>
    /// <exception cref="ParameterException">Not one of <see cref="Forms"/>.</exception>
    /// <exception cref="InputFileException">The file cannot be used.</exception>
    public static ScheduleShape Parse(string text)
    {
        if (TextForm.PathOf(text) is { } path)
            return InputScope.Once("schedule", path, TableShape.Read, _ => 0);
        if (text.StartsWith("warmup:", StringComparison.Ordinal))
        {
            var plus = text.IndexOf('+', StringComparison.Ordinal);
            var steps = plus < 0 ? 0 : Number(text["warmup:".Length..plus], text, value => value >= 1 && value == Math.Floor(value) && value < 9e15, "warmup:STEPS+SHAPE with whole STEPS >= 1 and < 9e15");
            var rest = plus < 0 ? throw Refuse(text) : Parse(text[(plus + 1)..]);
            return rest is WarmupShape or TableShape ? throw Refuse(text, "a warm-up goes before one shape that is neither a warm-up nor a file") : new WarmupShape((long)steps, rest);
        }

        if (text.StartsWith("decay:", StringComparison.Ordinal))
        {
            var plus = text.IndexOf('+', StringComparison.Ordinal);
            var part = plus < 0 ? throw Refuse(text) : Number(text["decay:".Length..plus], text, value => value is > 0 and <= 1, "decay:PART+SHAPE with PART > 0 and <= 1");
            var rest = Parse(text[(plus + 1)..]);
            return LateDecayShape.Allows(rest) ? new LateDecayShape(part, rest) : throw Refuse(text, LateDecays);
        }

        var parts = text.Split(':');
        return (parts[0], parts.Length) switch
        {
            ("constant", 1) => new ConstantShape(),
            ("linear", 1) => new PowerShape(1),
            ("cosine", 1) => new CosineShape(),
            ("multicosine", 1) => new CosineShape(3),
            ("multicosine", 2) => new CosineShape((int)Number(parts[1], text, value => value is >= 1 and <= CosineShape.MostHalfTurns && value % 2 == 1, "multicosine:HALF-TURNS with an odd number of HALF-TURNS >= 1 and <= 9999")),
            ("quadratic", 1) => new QuadraticShape(),
            ("square", 1) => new PowerShape(2),
            ("exponential" or "exp", 1) => new ExponentialShape(),
            ("power", 2) => new PowerShape(Number(parts[1], text, value => value is > 0 and <= 1000, "power:EXPONENT with EXPONENT > 0 and <= 1000")),
            ("wsd", 1) => new StableDecayShape(DecayKind.Exponential),
            ("wsd", 2) when parts[1] == "exponential" => new StableDecayShape(DecayKind.Exponential),
            ("wsd", 2) when parts[1] == "linear" => new StableDecayShape(DecayKind.Linear),
            ("wsd", 2) when parts[1] == "square-root" => new StableDecayShape(DecayKind.SquareRoot),
            ("8-1-1" or "811", 1) => StepDecayShape.EightOneOne,
            ("step-decay", 3) => new StepDecayShape(Number(parts[1], text, value => value is > 1 and <= 1e6, StepDecayForm), Part(parts[2], 0, text), 1),
            ("step-decay", 4) => new StepDecayShape(Number(parts[1], text, value => value is > 1 and <= 1e6, StepDecayForm), Part(parts[2], 0, text), Part(parts[3], Part(parts[2], 0, text), text)),
            ("cyclic", 2) => new CyclicShape((long)Number(parts[1], text, value => value >= 1 && value == Math.Floor(value) && value < 9e15, "cyclic:CYCLES with whole CYCLES >= 1 and < 9e15")),
            ("inverse-root", 1) => new InverseRootShape(),
            ("geometric", 1) => new GeometricShape(2),
            ("geometric", 2) when parts[1] == "e" => new GeometricShape(Math.E),
            ("geometric", 2) => new GeometricShape(Number(parts[1], text, value => value is >= 1.01 and <= 1e6, "geometric:BASE with BASE >= 1.01 and <= 1e6, or geometric:e")),
            _ => throw Refuse(text),
        };
    }

    private static double Part(string part, double above, string whole) => Number(part, whole, value => value > above && value < 1, StepDecayForm);

    private static double Number(string part, string whole, Func<double, bool> isAllowed, string allowed) =>
        double.TryParse(part, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) && isAllowed(number) ? number : throw new ParameterException("schedule", whole, allowed);

    private static ParameterException Refuse(string text, string remedy = "") =>
        new("schedule", text, "one of " + string.Join(", ", Forms), remedy.Length > 0 ? remedy : Suggestion.For(text.Split(':')[0], Words));
}
