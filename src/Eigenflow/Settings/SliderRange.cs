using System.Globalization;

namespace Eigenflow.Settings;

/// <summary>
/// The positions of a parameter's slider: those of its <see cref="Parameter.Usual"/> range, or of one that follows from its limits and default, always within the limits.
/// Even sliders have positions that are <see cref="Step"/> apart from <see cref="From"/> on; on logarithmic ones <see cref="Step"/> is in decades, counted from 1, and numbers have three digits.
/// </summary>
internal sealed class SliderRange
{
    private const double FewestPositions = 80;
    private const double MostWholeNumbers = 200;
    private const double DecadesAround = 3;
    private const double SmallestStrength = 1e-6;
    private const double LargestStrength = 10;
    private const double LargestCount = 1e6;

    // Positions per decade: the whole of it is a position, whichever it is.
    private const double FineStep = 0.02;
    private const double CoarseStep = 0.05;
    private const double FewDecades = 8;

    private SliderRange(Parameter parameter, UsualRange usual)
    {
        IsWhole = parameter.Kind == ParameterKind.Integer;
        IsLogarithmic = usual.IsLogarithmic;
        HasZero = usual.HasZero;
        Step = Spacing(usual);
        From = usual.From;
        To = usual.To;
    }

    /// <summary>Smallest number, but for zero.</summary>
    public double From { get; }

    /// <summary>Largest number.</summary>
    public double To { get; }

    /// <summary>Whether equal ways are equal factors.</summary>
    public bool IsLogarithmic { get; }

    /// <summary>Whether zero stands at the left end.</summary>
    public bool HasZero { get; }

    /// <summary>Whether its numbers are whole.</summary>
    public bool IsWhole { get; }

    /// <summary>From one position to the next: a difference, or on a logarithmic slider a number of decades.</summary>
    public double Step { get; }

    /// <summary>The numbers of its positions, from left to right.</summary>
    public IEnumerable<double> Numbers
    {
        get
        {
            if (HasZero)
                yield return 0;
            var first = IsLogarithmic ? Math.Floor((Math.Log10(From) / Step) + 1e-9) : 0;
            var last = IsLogarithmic ? Math.Ceiling((Math.Log10(To) / Step) - 1e-9) : Math.Ceiling(((To - From) / Step) - 1e-9);
            for (var position = first; position <= last; position++)
                yield return Math.Clamp(At(position), From, To);
        }
    }

    /// <summary>The slider of a parameter, or null where it is no number.</summary>
    public static SliderRange? Of(Parameter parameter) =>
        parameter.Kind is ParameterKind.Number or ParameterKind.Integer ? new SliderRange(parameter, Within(parameter, parameter.Usual ?? Derived(parameter))) : null;

    private double At(double position)
    {
        var number = IsLogarithmic ? Math.Pow(10, position * Step) : From + (position * Step);

        // Sums of steps are written with the digits that they have: 0.3 and not 0.30000000000000004.
        number = double.Parse(number.ToString(IsLogarithmic ? "G3" : "G12", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
        return IsWhole ? Math.Round(number) : number;
    }

    private double Spacing(UsualRange usual)
    {
        if (usual.IsLogarithmic)
            return Math.Log10(usual.To / usual.From) <= FewDecades ? FineStep : CoarseStep;
        var step = Round((usual.To - usual.From) / FewestPositions);
        return IsWhole ? Math.Max(1, Math.Round(step)) : step;
    }

    // The largest of 1, 2 and 5 times a power of ten that is not above.
    private static double Round(double number)
    {
        var unit = Math.Pow(10, Math.Floor(Math.Log10(number) + 1e-9));
        var digit = (number / unit) + 1e-9;
        return double.Parse(((digit >= 5 ? 5 : digit >= 2 ? 2 : 1) * unit).ToString("G3", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
    }

    // What a person would play with around the default, where the declaration does not say it.
    private static UsualRange Derived(Parameter parameter)
    {
        var (low, high) = (parameter.Minimum, parameter.Maximum);
        double? value = parameter.Default is null ? null : Convert.ToDouble(parameter.Default, CultureInfo.InvariantCulture);
        if (parameter.Kind == ParameterKind.Integer)
        {
            if (high - low <= MostWholeNumbers)
                return UsualRange.Even(low, high);
            var most = value > 0 ? Math.Max(value.Value, 1) * Math.Pow(10, DecadesAround) : LargestCount;
            return low > 0 ? UsualRange.Decades(low, Math.Min(high, most)) : low == 0 ? UsualRange.ZeroAndDecades(1, Math.Min(high, most)) : UsualRange.Even(Math.Max(low, -most), Math.Min(high, most));
        }

        if (low < 0)
        {
            var size = Math.Max(1, 2 * Math.Abs(value ?? 1));
            return UsualRange.Even(Math.Max(low, -size), Math.Min(high, size));
        }

        // Probabilities, shares, angles.
        if (high <= LargestStrength && (low == 0 || high / low < 100))
            return UsualRange.Even(low, high);
        var (smallest, largest) = value > 0
            ? (Math.Pow(10, Math.Floor(Math.Log10(value.Value)) - DecadesAround), Math.Pow(10, Math.Ceiling(Math.Log10(value.Value)) + DecadesAround))
            : (SmallestStrength, LargestStrength);
        return low == 0 && !parameter.MinimumIsOpen
            ? UsualRange.ZeroAndDecades(smallest, Math.Min(high, largest))
            : UsualRange.Decades(Math.Max(low, smallest), Math.Min(high, largest));
    }

    // Ends that are excluded are left by one position.
    private static UsualRange Within(Parameter parameter, UsualRange usual)
    {
        var whole = parameter.Kind == ParameterKind.Integer;
        var inside = whole ? 1 : usual.IsLogarithmic ? 0 : Round((usual.To - usual.From) / FewestPositions);
        var from = parameter.MinimumIsOpen && usual.From <= parameter.Minimum ? parameter.Minimum + inside : Math.Max(usual.From, parameter.Minimum);
        var to = parameter.MaximumIsOpen && usual.To >= parameter.Maximum ? parameter.Maximum - inside : Math.Min(usual.To, parameter.Maximum);
        return usual with { From = from, To = to };
    }
}
