using Eigenflow.Solutions;

namespace Eigenflow.Systems.MultiscaleDoubleDescent;

/// <summary>Overlaps and error of a student.</summary>
/// <param name="Alignment">R = WᵀFw/d.</param>
/// <param name="Norm">Q = ‖Fw‖²/d.</param>
/// <param name="Bias">Part of E that is there without label noise.</param>
/// <param name="NoisePart">Part of E that label noise adds.</param>
public readonly record struct StudentError(double Alignment, double Norm, double Bias, double NoisePart)
{
    /// <summary>E = ½(P − 2R + Q), the error on fresh inputs with labels without noise.</summary>
    public double Error => Bias + NoisePart;

    /// <summary>A student of given overlaps and errors.</summary>
    /// <param name="power">P.</param>
    /// <param name="alignment">R.</param>
    /// <param name="bias">Bias.</param>
    /// <param name="noise">Part of the noise.</param>
    internal static StudentError Of(double power, double alignment, double bias, double noise) => new(alignment, Math.Max(0, (2 * (bias + noise)) - power + (2 * alignment)), bias, noise);
}

/// <summary>The columns of the solutions of this system.</summary>
internal static class MultiscaleColumns
{
    public static readonly NamedQuantity Time = new("t", "t", "Flow time t = η k of the summed loss after k steps, in units of 1/s²; 1/λ along a ridge.");

    public static readonly NamedQuantity Ridge = new("ridge", "λ", "Ridge of the sum over samples.");

    public static readonly NamedQuantity[] Student =
    [
        new("alignment", "R", "Alignment of student and teacher, WᵀFw/d."),
        new("norm", "Q", "Norm of the modulated student, ‖Fw‖²/d."),
        new("error", "E", "Test error ½(P − 2R + Q) on labels without noise, P = ‖W‖²/d."),
        new("bias", "E_b", "Part of the error that is there without label noise."),
        new("noise-part", "E_n", "Part of the error that label noise adds."),
    ];

    public static IReadOnlyList<NamedQuantity> All { get; } = [Time, Ridge, .. Student];

    /// <summary>The columns of students.</summary>
    public static IEnumerable<Observable> Of(IReadOnlyList<StudentError> rows) => Student.Select((quantity, column) => quantity.Column([.. rows.Select(row => Value(row, column))]));

    /// <summary>Writes the columns of a student, in the order of <see cref="Student"/>.</summary>
    public static void Write(StudentError row, Span<double> into)
    {
        for (var column = 0; column < Student.Length; column++)
            into[column] = Value(row, column);
    }

    private static double Value(StudentError row, int column) => column switch
    {
        0 => row.Alignment,
        1 => row.Norm,
        2 => row.Error,
        3 => row.Bias,
        _ => row.NoisePart,
    };
}
